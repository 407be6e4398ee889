/* Whose turn it is to be judged. */
#include "campaign/rounds/turns.h"

#include <string.h>

#include "base/time.h"
#include "campaign/commands.h"
#include "campaign/graph/kinds.h"
#include "campaign/timers.h"

cocreate_status cci_turns_read(json_t *json, cci_round_spec *spec, const cci_path *path,
                               cocreate_error *error)
{
    static const char *const keys[] = {"within_us", NULL};
    static const char *const words[] = {"fail", "reopen", NULL};
    json_t *turn;
    cci_path here = cci_path_key(path, "in_turn");
    if (json_object_get(json, "on_none"))
        CCI_TRY(cci_json_choice(json, "on_none", words, &spec->reopens, path, error));
    if (!json_object_get(json, "in_turn"))
        return COCREATE_OK;
    if (!spec->from_round)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                             "is the order of places in the round before: candidates are {\"round\": ID}");
    CCI_TRY(cci_json_get_object(json, "in_turn", &turn, path, error));
    CCI_TRY(cci_brief_object(turn, keys, &here, error));
    spec->in_turn = 1;
    return cci_json_i64_opt(turn, "within_us", 1, CCI_JSON_INTEGER_MAX / 4, &spec->turn_us, &here, error);
}

/* ---- whose turn comes next ---- */

typedef enum judged { WAITS, GONE, SELECTED, REJECTED } judged;

static cocreate_status judgement(cci_engine *e, const cci_campaign *c, const char *round,
                                 const json_t *passed, const char *id, judged *out, cocreate_error *error)
{
    json_t *work = NULL, *decision = NULL;
    CCI_TRY(cci_state_get(e, c->part, CCI_KIND_CONTRIBUTION, id, &work, error));
    const char *state = json_string_value(json_object_get(work, "state"));
    int gone = !state || cci_state_ended(state) || cci_json_lists(passed, id);
    json_decref(work);
    *out = GONE;
    if (gone)
        return COCREATE_OK;
    cocreate_status status =
        cci_state_get_by(e, c->part, CCI_KIND_DECISION, CCI_KEY(round, id), &decision, error);
    const char *verdict = json_string_value(json_object_get(decision, "verdict"));
    *out = !verdict ? WAITS : strcmp(verdict, "select") == 0 ? SELECTED : REJECTED;
    json_decref(decision);
    return status;
}

/* The first that waits; NULL once enough are selected, or none is left. Borrows from `row`. */
static cocreate_status next_turn(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                 const json_t *row, const char **out, cocreate_error *error)
{
    const json_t *ids = json_object_get(row, "candidates"), *passed = json_object_get(row, "passed");
    int64_t selected = 0;
    *out = NULL;
    for (size_t i = 0; i < json_array_size(ids); i++) {
        const char *id = json_string_value(json_array_get(ids, i));
        judged is;
        CCI_TRY(judgement(e, c, spec->id, passed, id, &is, error));
        selected += is == SELECTED;
        if (spec->select_max > 0 && selected >= spec->select_max)
            return COCREATE_OK;
        if (is == WAITS) {
            *out = id;
            return COCREATE_OK;
        }
    }
    return COCREATE_OK;
}

static const char *turn_of(const json_t *row)
{
    const char *id = json_string_value(json_object_get(json_object_get(row, "turn"), "contribution"));
    return id ? id : "";
}

cocreate_status cci_turns_due(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                              const json_t *row, cci_decision *decision, cocreate_error *error)
{
    const char *next;
    if (!spec->in_turn)
        return COCREATE_OK;
    CCI_TRY(next_turn(e, c, spec, row, &next, error));
    if (!next)
        return cci_round_decide(decision, c, "round.closed", spec->id, NULL, NULL, error);
    if (strcmp(next, turn_of(row)) == 0)
        return COCREATE_OK;
    return cci_round_decide(decision, c, "round.turned", spec->id, "contribution", json_string(next), error);
}

cocreate_status cci_turns_require(const cci_campaign *c, size_t round, const json_t *row,
                                  const char *contribution, cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[round];
    const json_t *until = json_object_get(json_object_get(row, "turn"), "until");
    char at[CCI_TIME_TEXT];
    if (!spec->in_turn || strcmp(turn_of(row), contribution) == 0)
        return COCREATE_OK;
    return cci_refuse_round(error, round, "in_turn", "it is the turn of '%s'%s%s, not of '%s'",
                            turn_of(row), until ? " until before " : "",
                            until ? cci_time_text(json_integer_value(until), at) : "", contribution);
}

/* ---- what happens ---- */

/* The row of the round that an event names, and "contribution" of it. */
static cocreate_status named(cci_engine *e, const cci_event *event, const cci_round_spec **spec,
                             const char **contribution, json_t **row, cocreate_error *error)
{
    size_t index;
    cci_round_state state;
    CCI_TRY(cci_round_named(event->campaign, event->data, &index, error));
    CCI_TRY(cci_json_id(event->data, "contribution", contribution, &CCI_ROOT, error));
    *spec = &event->campaign->brief.rounds[index];
    CCI_TRY(cci_round_get(e, event->campaign, (*spec)->id, row, &state, error));
    if (*row && state == CCI_ROUND_OPEN)
        return COCREATE_OK;
    json_decref(*row);
    return cci_fail(error, COCREATE_ERR_CORRUPT, "event %llu is about the turns of a round that is not open",
                    (unsigned long long)event->seq);
}

/* Write the row. The tables of an open round hold it, too. */
static cocreate_status put_row(cci_engine *e, cci_campaign *c, const char *round, const json_t *row,
                               cocreate_error *error)
{
    cci_rounds_forget(c);
    return cci_state_put(e, c->part, CCI_KIND_ROUND, round, row, error);
}

cocreate_status cci_turns_close(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                                cocreate_error *error)
{
    return spec->turn_us ? cci_timers_clear(e, event->campaign, "turn", spec->id, error) : COCREATE_OK;
}

static cocreate_status apply_turned(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const cci_round_spec *spec = NULL;
    const char *contribution = NULL;
    json_t *row = NULL;
    CCI_TRY(named(e, event, &spec, &contribution, &row, error));
    int64_t until = cci_later(event->at, spec->turn_us);
    json_t *turn = cci_json_new();
    int made = cci_json_put(turn, "contribution", json_string(contribution)) &&
               cci_json_put(turn, "since", json_integer(event->at)) &&
               (spec->turn_us == 0 || cci_json_put(turn, "until", json_integer(until))) &&
               cci_json_put(row, "turn", json_incref(turn));
    json_decref(turn);
    cocreate_status status = made ? put_row(e, event->campaign, spec->id, row, error) : cci_no_memory(error);
    json_decref(row);
    CCI_TRY(status);
    CCI_TRY(cci_turns_close(e, event, spec, error));
    return spec->turn_us ? cci_timer_set_by(e, event->campaign, until, "turn",
                                            CCI_KEY(spec->id, contribution), error)
                         : COCREATE_OK;
}

static cocreate_status check_turned(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const cci_round_spec *spec = NULL;
    const char *contribution = NULL, *next = NULL;
    json_t *row = NULL;
    CCI_TRY(named(e, event, &spec, &contribution, &row, error));
    cocreate_status status = next_turn(e, event->campaign, spec, row, &next, error);
    if (status == COCREATE_OK && (!next || strcmp(next, contribution) != 0))
        status = cci_fail(error, COCREATE_ERR_VERIFY,
                          "round '%s': the turn is that of '%s', recomputed of '%s'",
                          spec->id, contribution, next ? next : "nobody");
    json_decref(row);
    return status;
}

cocreate_status cci_turns_decide(cci_engine *e, cci_campaign *c, int64_t at, const char *subject,
                                 cci_decision *decision, cocreate_error *error)
{
    size_t round;
    const char *contribution;
    (void)e;
    (void)at;
    CCI_TRY(cci_timer_round(c, subject, &round, &contribution, error));
    return cci_round_decide(decision, c, "round.passed", c->brief.rounds[round].id, "contribution",
                            json_string(contribution), error);
}

cocreate_status cci_turns_shift(cci_engine *e, cci_campaign *c, const char *subject, int64_t by,
                                cocreate_error *error)
{
    size_t round;
    const char *contribution;
    json_t *row;
    cci_round_state state;
    CCI_TRY(cci_timer_round(c, subject, &round, &contribution, error));
    const char *id = c->brief.rounds[round].id;
    CCI_TRY(cci_round_get(e, c, id, &row, &state, error));
    cocreate_status status = cci_put_later(json_object_get(row, "turn"), "until", by)
                                 ? put_row(e, c, id, row, error)
                                 : cci_no_memory(error);
    json_decref(row);
    return status;
}

static cocreate_status apply_passed(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const cci_round_spec *spec = NULL;
    const char *contribution = NULL;
    json_t *row = NULL;
    CCI_TRY(named(e, event, &spec, &contribution, &row, error));
    int made = json_object_get(row, "passed") || cci_json_put(row, "passed", json_array());
    made = made && cci_json_push(json_object_get(row, "passed"), json_string(contribution));
    cocreate_status status = made ? put_row(e, event->campaign, spec->id, row, error) : cci_no_memory(error);
    json_decref(row);
    return status == COCREATE_OK ? cci_turns_close(e, event, spec, error) : status;
}

static cocreate_status check_passed(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const cci_round_spec *spec = NULL;
    const char *contribution = NULL;
    json_t *row = NULL;
    CCI_TRY(named(e, event, &spec, &contribution, &row, error));
    const json_t *until = json_object_get(json_object_get(row, "turn"), "until");
    int due = strcmp(turn_of(row), contribution) == 0 && until && json_integer_value(until) <= event->at;
    json_decref(row);
    return due ? COCREATE_OK
               : cci_fail(error, COCREATE_ERR_VERIFY,
                          "round '%s': '%s' is passed over, recomputed it is not due",
                          spec->id, contribution);
}

const cci_event_type cci_event_round_turned = {"round.turned", apply_turned, check_turned};
const cci_event_type cci_event_round_passed = {"round.passed", apply_passed, check_passed};
