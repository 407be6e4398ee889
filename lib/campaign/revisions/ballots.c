/* Ballots of open rounds, when a candidate is revised: they stay, or say nothing of it any more, or it is not
 * revised.
 *
 * A ballot that speaks of several options keeps the others; one that names nothing else stands no more. What
 * reads ballots (counts of milestones, limits, early ends, pledges) learns of it as of any ballot that is
 * taken back. Where ballots stay as they are cast, a row lets the voter cast another, once. */
#include <string.h>

#include "base/time.h"
#include "campaign/limits/limits.h"
#include "campaign/milestones/milestones.h"
#include "campaign/money/pledges.h"
#include "campaign/revisions/revisions.h"
#include "campaign/rounds/about.h"
#include "campaign/rounds/extras.h"

/* How many ballots speak of it, and of these speak of nothing else. */
typedef struct tally {
    json_int_t ballots, ended;
} tally;

/* ---- one more ballot ---- */

cocreate_status cci_ballot_again(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                 const char *voter, int *out, cocreate_error *error)
{
    json_t *row = NULL;
    *out = 0;
    if (!(spec->counted & CCI_COUNTED_AGAIN))
        return COCREATE_OK;
    CCI_TRY(cci_state_get_by(e, c->part, CCI_KIND_AGAIN, CCI_KEY(spec->id, voter), &row, error));
    *out = row != NULL;
    json_decref(row);
    return COCREATE_OK;
}

cocreate_status cci_ballot_settled(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                   const char *voter, cocreate_error *error)
{
    int again;
    CCI_TRY(cci_ballot_again(e, c, spec, voter, &again, error));
    return again ? cci_state_delete_by(e, c->part, CCI_KIND_AGAIN, CCI_KEY(spec->id, voter), error)
                 : COCREATE_OK;
}

static cocreate_status let_again(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                 const char *voter, cocreate_error *error)
{
    json_t *row = cci_json_new();
    cocreate_status status =
        cci_state_put_by(e, c->part, CCI_KIND_AGAIN, CCI_KEY(spec->id, voter), row, error);
    json_decref(row);
    return status;
}

/* ---- clearing ---- */

/* What is left of the marks; *out stays NULL where nothing is. */
static cocreate_status rest_of(const cci_round_spec *spec, const json_t *marks, const char *id, json_t **out,
                               cocreate_error *error)
{
    *out = NULL;
    if (spec->unit != CCI_UNIT_VOTER || json_object_size(marks) < 2)
        return COCREATE_OK;
    *out = cci_json_copy(marks);
    if (!*out)
        return cci_no_memory(error);
    json_object_del(*out, id);
    return COCREATE_OK;
}

/* The ballot with these marks; NULL: it stands no more. */
static cocreate_status put(cci_engine *e, const cci_campaign *c, size_t round, const cci_standing *s,
                           const json_t *rest, cocreate_error *error)
{
    return rest ? cci_standing_put(e, c, round, s, NULL, rest, error)
                : cci_standing_delete(e, c, round, s, error);
}

static cocreate_status clear_one(cci_engine *e, const cci_event *event, size_t round, const cci_standing *s,
                                 const char *id, const json_t *rest, cocreate_error *error)
{
    const cci_campaign *c = event->campaign;
    const cci_round_spec *spec = &c->brief.rounds[round];
    char voter[3 * COCREATE_ID_MAX + 3];
    const char *ids[2];
    size_t n = strlen(s->key);
    if (n >= sizeof voter)
        return cci_fail(error, COCREATE_ERR_CORRUPT, "the key of a ballot is too long");
    memcpy(voter, s->key, n + 1);
    cci_key_split(voter, ids);
    CCI_TRY(put(e, c, round, s, rest, error));
    CCI_TRY(cci_milestones_vote(e, event, round, s->kept, rest, error));
    CCI_TRY(cci_limits_voted(e, event, round, voter, s->marks, rest, error));
    CCI_TRY(cci_pledge_changed(e, event, round, voter, s->marks, NULL, error));
    CCI_TRY(cci_extras_clear(e, event, round, voter, id, error));
    if (!(spec->counted & CCI_COUNTED_AGAIN))
        return COCREATE_OK;
    return rest ? let_again(e, c, spec, voter, error) : cci_ballot_settled(e, c, spec, voter, error);
}

/* Count, and where an event is given, clear. */
static cocreate_status clear(cci_engine *e, const cci_campaign *c, const cci_event *event, size_t round,
                             const char *id, tally *out, cocreate_error *error)
{
    json_t *rows;
    *out = (tally){0, 0};
    CCI_TRY(cci_ballots_about(e, c, round, id, &rows, error));
    cocreate_status status = COCREATE_OK;
    for (size_t i = 0; i < json_array_size(rows) && status == COCREATE_OK; i++) {
        cci_standing s = cci_standing_of(json_array_get(rows, i));
        json_t *rest = NULL;
        if (!s.marks)
            continue;
        status = rest_of(&c->brief.rounds[round], s.marks, id, &rest, error);
        out->ballots++;
        out->ended += rest == NULL;
        if (status == COCREATE_OK && event)
            status = clear_one(e, event, round, &s, id, rest, error);
        json_decref(rest);
    }
    json_decref(rows);
    return status;
}

/* ---- deciding ---- */

static cocreate_status refuse(const cci_campaign *c, size_t index, const char *id, cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[index];
    char until[CCI_TIME_TEXT];
    int64_t opens, closes;
    if (!cci_phase_window(c, spec->phase, &opens, &closes) || closes == CCI_JSON_INTEGER_MAX)
        return cci_refuse_round(error, index, "revisions",
                                "round '%s' votes on '%s': revise it once the round has closed", spec->id,
                                id);
    return cci_refuse_round(error, index, "revisions", "round '%s' votes on '%s': revise it from %s",
                            spec->id, id, cci_time_text(closes, until));
}

/* Votes that a milestone froze cannot be cast again. */
static cocreate_status check_frozen(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                    const char *id, cocreate_error *error)
{
    int frozen = -1;
    if (spec->counted & CCI_COUNTED_MILESTONE)
        CCI_TRY(cci_milestone_frozen(e, c, id, &frozen, error));
    if (frozen < 0)
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_REFUSED,
                    "$.milestones[%d].on_reach: '%s' has reached milestone '%s', which freezes its votes: a "
                    "revision would take them away",
                    frozen, id, c->brief.milestones[frozen].id);
}

static cocreate_status decide_clear(cci_engine *e, const cci_command *command, size_t round, const char *id,
                                    cci_decision *decision, cocreate_error *error)
{
    const cci_campaign *c = command->campaign;
    const cci_round_spec *spec = &c->brief.rounds[round];
    tally n;
    CCI_TRY(clear(e, c, NULL, round, id, &n, error));
    if (n.ballots == 0)
        return COCREATE_OK;
    CCI_TRY(check_frozen(e, c, spec, id, error));
    json_t *data = cci_json_new();
    int made = cci_json_put(data, "contribution", json_string(id)) &&
               cci_json_put(data, "round", json_string(spec->id)) &&
               cci_json_put(data, "ballots", json_integer(n.ballots)) &&
               cci_json_put(data, "ended", json_integer(n.ended));
    if (!made) {
        json_decref(data);
        return cci_no_memory(error);
    }
    return cci_decide(decision, "ballots.cleared", c, data, error);
}

cocreate_status cci_revision_rounds(cci_engine *e, const cci_command *command, const char *id,
                                    const json_t *row, cci_decision *decision, cocreate_error *error)
{
    const cci_campaign *c = command->campaign;
    for (size_t i = 0; i < c->brief.n_rounds; i++) {
        const cci_round_spec *spec = &c->brief.rounds[i];
        json_t *round;
        cci_round_state state;
        if (spec->revisions == CCI_REVISIONS_KEEP)
            continue;
        CCI_TRY(cci_round_get(e, c, spec->id, &round, &state, error));
        int votes = state == CCI_ROUND_OPEN && cci_round_votes_on(spec, round, id, row);
        json_decref(round);
        if (votes && spec->revisions == CCI_REVISIONS_REFUSE)
            return refuse(c, i, id, error);
        if (votes)
            CCI_TRY(decide_clear(e, command, i, id, decision, error));
    }
    return COCREATE_OK;
}

/* ---- the event ---- */

static cocreate_status apply(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *id;
    size_t round;
    tally n;
    CCI_TRY(cci_json_id(event->data, "contribution", &id, &CCI_ROOT, error));
    CCI_TRY(cci_round_named(event->campaign, event->data, &round, error));
    return clear(e, event->campaign, event, round, id, &n, error);
}

static cocreate_status check_again(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *id;
    size_t round;
    tally n;
    CCI_TRY(cci_json_id(event->data, "contribution", &id, &CCI_ROOT, error));
    CCI_TRY(cci_round_named(event->campaign, event->data, &round, error));
    CCI_TRY(clear(e, event->campaign, NULL, round, id, &n, error));
    json_int_t ballots = json_integer_value(json_object_get(event->data, "ballots"));
    json_int_t ended = json_integer_value(json_object_get(event->data, "ended"));
    if (ballots == n.ballots && ended == n.ended)
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_VERIFY,
                    "round '%s': %lld ballots speak of '%s', %lld of nothing else, and not %lld and %lld",
                    event->campaign->brief.rounds[round].id, (long long)n.ballots, id, (long long)n.ended,
                    (long long)ballots, (long long)ended);
}

const cci_event_type cci_event_ballots_cleared = {"ballots.cleared", apply, check_again};
