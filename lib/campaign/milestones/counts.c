/* Running counts of what ballots give each contribution, and whether that reaches its next milestone. */

#include "campaign/milestones/counts.h"
#include "campaign/rounds/ballots.h"
#include "campaign/rounds/drop.h"

/* What a ballot gives: {contribution: amount}. */
static cocreate_status given(const cci_round_spec *spec, const json_t *ballot, json_t *out,
                             cocreate_error *error)
{
    const char *id;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)ballot, id, value)
    {
        int64_t number = 0;
        CCI_TRY(cci_ballot_value(spec, value, &CCI_ROOT, &number, error));
        if (number > 0 && !cci_json_put(out, id, json_integer(number)))
            return cci_no_memory(error);
    }
    return COCREATE_OK;
}

cocreate_status cci_count_get(cci_engine *e, const cci_campaign *c, const char *round, const char *id,
                              int64_t *ballots, int64_t *amount, cocreate_error *error)
{
    json_t *row = NULL;
    cocreate_status status = cci_state_get_by(e, c->part, CCI_KIND_COUNT, CCI_KEY(round, id), &row, error);
    *ballots = json_integer_value(json_object_get(row, "ballots"));
    *amount = json_integer_value(json_object_get(row, "amount"));
    json_decref(row);
    return status;
}

cocreate_status cci_count_put(cci_engine *e, const cci_campaign *c, const char *round, const char *id,
                              int64_t ballots, int64_t amount, cocreate_error *error)
{
    json_t *row = cci_json_new();
    int made = cci_json_put(row, "ballots", json_integer(ballots)) &&
               cci_json_put(row, "amount", json_integer(amount));
    cocreate_status status =
        made ? cci_state_put_by(e, c->part, CCI_KIND_COUNT, CCI_KEY(round, id), row, error)
             : cci_no_memory(error);
    json_decref(row);
    return status;
}

static cocreate_status change(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                              const char *id, int64_t before, int64_t after, cocreate_error *error)
{
    int64_t ballots, amount;
    if (before == after)
        return COCREATE_OK;
    CCI_TRY(cci_count_get(e, event->campaign, spec->id, id, &ballots, &amount, error));
    ballots += (after > 0) - (before > 0);
    amount += after - before;
    CCI_TRY(cci_count_put(e, event->campaign, spec->id, id, ballots, amount, error));
    return cci_milestone_look(e, event, id, error);
}

cocreate_status cci_count_merge(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                                const char *from, const char *to, int64_t by, int64_t more,
                                cocreate_error *error)
{
    int64_t ballots, amount;
    const cci_campaign *c = event->campaign;
    if (!(spec->counted & CCI_COUNTED_MILESTONE))
        return COCREATE_OK;
    CCI_TRY(cci_count_get(e, c, spec->id, to, &ballots, &amount, error));
    CCI_TRY(cci_count_put(e, c, spec->id, to, ballots + by, amount + more, error));
    CCI_TRY(cci_count_put(e, c, spec->id, from, 0, 0, error));
    return cci_milestone_look(e, event, to, error);
}

cocreate_status cci_milestones_vote(cci_engine *e, const cci_event *event, size_t round, const json_t *old,
                                    const json_t *now, cocreate_error *error)
{
    const cci_round_spec *spec = &event->campaign->brief.rounds[round];
    if (spec->counted & CCI_COUNTED_DROP)
        CCI_TRY(cci_drop_vote(e, event, spec, old, now, error));
    if (!(spec->counted & CCI_COUNTED_MILESTONE))
        return COCREATE_OK;
    json_t *before = cci_json_new(), *after = cci_json_new(), *value;
    const char *id, *channel, *voided;
    cocreate_status status = before && after ? COCREATE_OK : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = given(spec, cci_ballot_marks(old, &channel, &voided), before, error);
    if (status == COCREATE_OK)
        status = given(spec, now, after, error);
    /* In the order of the ballots' canonical documents: it is the same in every replay. */
    json_object_foreach(before, id, value)
    {
        if (status == COCREATE_OK)
            status = change(e, event, spec, id, json_integer_value(value),
                            json_integer_value(json_object_get(after, id)), error);
    }
    json_object_foreach(after, id, value)
    {
        if (status == COCREATE_OK && !json_object_get(before, id))
            status = change(e, event, spec, id, 0, json_integer_value(value), error);
    }
    json_decref(before);
    json_decref(after);
    return status;
}
