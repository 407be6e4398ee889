#include "campaign/rounds/override.h"

#include <string.h>

#include "campaign/guards.h"

static cocreate_status check_override(cci_engine *e, const cci_command *command, size_t round,
                                      const json_t *row, cci_round_state state,
                                      const char *contribution, const char *reason,
                                      cocreate_error *error)
{
    const cci_campaign *c = command->campaign;
    const cci_round_spec *spec = &c->brief.rounds[round];
    const char *side;
    json_t *doc;
    if (spec->questions)
        return cci_refuse_round(error, round, "instrument",
                                "round '%s' is a survey, which selects nobody", spec->id);
    CCI_TRY(cci_side_of(e, command->actor, &side, error));
    if (!cci_speaks_for_firm(side))
        return cci_fail(error, COCREATE_ERR_PERMISSION,
                        "'%s' is of side '%s', and the firm alone overrides results",
                        command->actor, side);
    if (!reason || !*reason)
        return cci_fail(error, COCREATE_ERR_SCHEMA, "$.reason: an override needs a reason");
    if (cci_campaign_is(c, "cancelled"))
        return cci_fail(error, COCREATE_ERR_REFUSED, "campaign '%s' is cancelled", c->id);
    if (state != CCI_ROUND_TALLIED)
        return cci_fail(error, COCREATE_ERR_REFUSED,
                        "round '%s' is %s: a result is overridden once it is tallied, before it is "
                        "certified",
                        spec->id, cci_round_state_name(state));
    if (!cci_json_lists(json_object_get(row, "candidates"), contribution))
        return cci_fail(error, COCREATE_ERR_NOT_FOUND, "'%s' is no candidate of round '%s'",
                        contribution, spec->id);
    CCI_TRY(cci_state_get(e, c->part, CCI_KIND_CONTRIBUTION, contribution, &doc, error));
    const char *is = json_string_value(json_object_get(doc, "state"));
    int out = !is || strcmp(is, "withdrawn") == 0 || strcmp(is, "removed") == 0;
    json_decref(doc);
    return out ? cci_fail(error, COCREATE_ERR_REFUSED,
                          "'%s' was withdrawn or removed since round '%s' opened", contribution,
                          spec->id)
               : COCREATE_OK;
}

/* An override is bound by the brief as any decision. */
static cocreate_status check_room(const cci_campaign *c, size_t round, const json_t *selected,
                                  cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[round];
    int64_t n = (int64_t)json_array_size(selected);
    return spec->select_max == 0 || n < spec->select_max
               ? COCREATE_OK
               : cci_refuse_round(error, round, "select",
                                  "round '%s' selects at most %lld, and %lld %s selected: reject one by an "
                                  "override first",
                                  spec->id, (long long)spec->select_max, (long long)n, n == 1 ? "is" : "are");
}

cocreate_status cci_override_decide(cci_engine *e, const cci_command *command, size_t round,
                                    const char *contribution, int selects, const char *reason,
                                    cci_decision *decision, cocreate_error *error)
{
    const cci_campaign *c = command->campaign;
    json_t *row;
    cci_round_state state;
    CCI_TRY(cci_round_get(e, c, c->brief.rounds[round].id, &row, &state, error));
    cocreate_status status =
        check_override(e, command, round, row, state, contribution, reason, error);
    const json_t *selected = json_object_get(json_object_get(row, "result"), "selected");
    decision->exists = status == COCREATE_OK && cci_json_lists(selected, contribution) == selects;
    if (status == COCREATE_OK && selects && !decision->exists)
        status = check_room(c, round, selected, error);
    json_decref(row);
    if (status != COCREATE_OK || decision->exists)
        return status;
    json_t *data = cci_json_new();
    if (!cci_json_put(data, "round", json_string(c->brief.rounds[round].id)) ||
        !cci_json_put(data, "contribution", json_string(contribution)) ||
        !cci_json_put(data, "verdict", json_string(selects ? "select" : "reject")) ||
        !cci_json_put(data, "by", json_string(command->actor)) ||
        !cci_json_put(data, "override", json_true()) ||
        !cci_json_put(data, "reason", json_string(reason))) {
        json_decref(data);
        return cci_no_memory(error);
    }
    return cci_decide(decision, "decision.made", c, data, error);
}

/* The row of the round keeps its tally; who is selected changes, and the override is told beside it. */
cocreate_status cci_override_apply(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    size_t index;
    json_t *row;
    const char *contribution, *verdict;
    cci_round_state state;
    CCI_TRY(cci_round_named(event->campaign, event->data, &index, error));
    CCI_TRY(cci_json_id(event->data, "contribution", &contribution, &CCI_ROOT, error));
    CCI_TRY(cci_json_string(event->data, "verdict", &verdict, &CCI_ROOT, error));
    const char *id = event->campaign->brief.rounds[index].id;
    CCI_TRY(cci_round_get(e, event->campaign, id, &row, &state, error));
    json_t *selected = json_object_get(json_object_get(row, "result"), "selected");
    if (!json_is_array(selected)) {
        json_decref(row);
        return cci_fail(error, COCREATE_ERR_CORRUPT, "round '%s' has no result to override", id);
    }
    int ok = json_object_get(row, "overrides") || cci_json_put(row, "overrides", json_array());
    size_t at = cci_json_index(selected, contribution);
    if (ok && strcmp(verdict, "select") == 0)
        ok = cci_json_push(selected, json_string(contribution));
    else if (ok && at < json_array_size(selected))
        json_array_remove(selected, at);
    ok = ok && cci_json_push(json_object_get(row, "overrides"), json_incref(event->data));
    cocreate_status status =
        ok ? cci_state_put(e, event->campaign->part, CCI_KIND_ROUND, id, row, error)
           : cci_no_memory(error);
    json_decref(row);
    return status;
}
