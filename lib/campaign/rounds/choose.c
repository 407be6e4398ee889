/* {"do":"run.choose"}: authors say which of their runs count. And the last call: the first run that is
 * good enough ends the phase of its round some time later. */
#include <string.h>

#include "campaign/commands/contribution.h"
#include "campaign/rounds/runs.h"
#include "campaign/rounds/turns.h"

cocreate_status cci_run_choice(cci_engine *e, const cci_campaign *c, const char *round,
                               const char *contribution, json_t **out, cocreate_error *error)
{
    *out = NULL;
    return cci_state_get_by(e, c->part, CCI_KIND_CHOICE, CCI_KEY(round, contribution), out, error);
}

/* ---- run.choose ---- */

/* Its authors choose, or the host for them. */
static cocreate_status check_author(cci_engine *e, const cci_command *command,
                                    const char *contribution, cocreate_error *error)
{
    json_t *doc;
    CCI_TRY(cci_contribution_find(e, command->campaign, contribution, &doc, error));
    int is_author = strcmp(command->actor, CCI_HOST) == 0 || cci_contribution_by(doc, command->actor);
    json_decref(doc);
    return is_author ? COCREATE_OK
                     : cci_fail(error, COCREATE_ERR_PERMISSION, "'%s' is no author of '%s'",
                                command->actor, contribution);
}

static cocreate_status check_runs(cci_engine *e, const cci_campaign *c, size_t round,
                                  const char *contribution, const json_t *runs,
                                  cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[round];
    cci_path path = cci_path_key(&CCI_ROOT, "runs");
    if (spec->pick != CCI_PICK_CHOSEN)
        return cci_refuse_round(error, round, "pick", "nobody chooses runs of round '%s'", spec->id);
    if (json_array_size(runs) > (uint64_t)spec->chosen_max)
        return cci_refuse_round(error, round, "pick", "%zu runs are chosen, the most is %lld",
                                json_array_size(runs), (long long)spec->chosen_max);
    for (size_t i = 0; i < json_array_size(runs); i++) {
        const char *run = json_string_value(json_array_get(runs, i));
        cci_path here = cci_path_at(&path, i);
        json_t *doc = NULL;
        if (!run)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "expected a run");
        CCI_TRY(
            cci_state_get_by(e, c->part, CCI_KIND_RUN, CCI_KEY(spec->id, contribution, run), &doc, error));
        int found = doc != NULL;
        json_decref(doc);
        if (!found)
            return cci_fail(error, COCREATE_ERR_NOT_FOUND, "'%s' has no run '%.60s' in round '%s'",
                            contribution, run, spec->id);
    }
    return COCREATE_OK;
}

static cocreate_status decide_choose(cci_engine *e, const cci_command *command,
                                     cci_decision *decision, cocreate_error *error)
{
    const cci_campaign *c = command->campaign;
    size_t round;
    const char *contribution;
    json_t *runs, *old;
    CCI_TRY(cci_round_named(c, command->body, &round, error));
    CCI_TRY(cci_json_id(command->body, "contribution", &contribution, &CCI_ROOT, error));
    CCI_TRY(cci_json_get_array(command->body, "runs", &runs, &CCI_ROOT, error));
    CCI_TRY(check_author(e, command, contribution, error));
    const char *id = c->brief.rounds[round].id;
    CCI_TRY(cci_run_choice(e, c, id, contribution, &old, error));
    decision->exists = old && json_equal(json_object_get(old, "runs"), runs);
    json_decref(old);
    if (decision->exists)
        return COCREATE_OK;
    CCI_TRY(check_runs(e, c, round, contribution, runs, error));
    CCI_TRY(cci_round_require_open(e, c, round, command->at, CCI_ALLOW_RUN, NULL, error));
    json_t *data = cci_json_new();
    if (!cci_json_put(data, "round", json_string(id)) ||
        !cci_json_put(data, "contribution", json_string(contribution)) ||
        !cci_json_put(data, "runs", json_incref(runs))) {
        json_decref(data);
        return cci_no_memory(error);
    }
    return cci_decide(decision, "runs.chosen", c, data, error);
}

static cocreate_status apply_chosen(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *round, *contribution;
    CCI_TRY(cci_json_id(event->data, "round", &round, &CCI_ROOT, error));
    CCI_TRY(cci_json_id(event->data, "contribution", &contribution, &CCI_ROOT, error));
    return cci_state_put_by(e, event->campaign->part, CCI_KIND_CHOICE, CCI_KEY(round, contribution),
                            event->data, error);
}

/* ---- the last call ---- */

static cocreate_status reaches(const cci_round_spec *spec, const char *value, int *out,
                               cocreate_error *error)
{
    cci_rational line, is;
    int order = 0;
    CCI_TRY(cci_rational_init(&line, error));
    cocreate_status status = cci_rational_init(&is, error);
    if (status == COCREATE_OK) {
        status = cci_rational_parse(spec->last_call_line, strlen(spec->last_call_line), &line,
                                    error);
        if (status == COCREATE_OK)
            status = cci_rational_parse(value, strlen(value), &is, error);
        if (status == COCREATE_OK)
            status = cci_rational_compare(&is, &line, &order, error);
        cci_rational_clear(&is);
    }
    cci_rational_clear(&line);
    *out = spec->ascending ? order <= 0 : order >= 0;
    return status;
}

cocreate_status cci_last_call_decide(cci_engine *e, const cci_command *command, size_t round,
                                     const char *run, const char *contribution, const char *value,
                                     int64_t submitted_at, cci_decision *decision,
                                     cocreate_error *error)
{
    const cci_campaign *c = command->campaign;
    const cci_round_spec *spec = &c->brief.rounds[round];
    int64_t closes = submitted_at + spec->last_call_us;
    json_t *row;
    cci_round_state state;
    int reached;
    if (!spec->last_call_line || !value)
        return COCREATE_OK;
    CCI_TRY(cci_round_get(e, c, spec->id, &row, &state, error));
    int called = json_object_get(row, "last_call") != NULL;
    json_decref(row);
    if (called)
        return COCREATE_OK;
    CCI_TRY(reaches(spec, value, &reached, error));
    if (!reached)
        return COCREATE_OK;
    if (closes <= command->at)
        closes = command->at + 1;
    int64_t opens, planned = command->at;
    cci_phase_window(c, spec->phase, &opens, &planned);
    int back = cci_reopened_by(c, spec) != NULL; /* then the time that was left is needed again */
    json_t *data = cci_json_new();
    if (!cci_json_put(data, "round", json_string(spec->id)) ||
        !cci_json_put(data, "run", json_string(run)) ||
        !cci_json_put(data, "contribution", json_string(contribution)) ||
        !cci_json_put(data, "closes", json_integer(closes)) ||
        (back && (!cci_json_put(data, "at", json_integer(command->at)) ||
                  !cci_json_put(data, "left_us", json_integer(planned - command->at))))) {
        json_decref(data);
        return cci_no_memory(error);
    }
    return cci_decide(decision, "round.last_call", c, data, error);
}

/* The phase of the round closes then, be it earlier or later than it would. */
static cocreate_status apply_last_call(cci_engine *e, const cci_event *event,
                                       cocreate_error *error)
{
    cci_campaign *c = event->campaign;
    size_t round;
    int64_t closes;
    json_t *row;
    cci_round_state state;
    CCI_TRY(cci_round_named(c, event->data, &round, error));
    CCI_TRY(cci_json_i64(event->data, "closes", INT64_MIN, INT64_MAX, &closes, &CCI_ROOT, error));
    const cci_round_spec *spec = &c->brief.rounds[round];
    CCI_TRY(cci_round_get(e, c, spec->id, &row, &state, error));
    if (state != CCI_ROUND_OPEN) {
        json_decref(row);
        return cci_fail(error, COCREATE_ERR_CORRUPT, "round '%s' is %s: its last call is while it is open",
                        spec->id, cci_round_state_name(state));
    }
    cocreate_status status = cci_json_put(row, "last_call", json_incref(event->data))
                                 ? cci_state_put(e, c->part, CCI_KIND_ROUND, spec->id, row, error)
                                 : cci_no_memory(error);
    json_decref(row);
    CCI_TRY(status);
    for (size_t i = 0; i < c->brief.n_phases; i++)
        if (strcmp(c->brief.phases[i].id, spec->phase) == 0) {
            json_t *phase = json_array_get(json_object_get(c->doc, "phases"), i);
            if (!cci_json_put(phase, "closes", json_integer(closes)))
                return cci_no_memory(error);
            c->brief.phases[i].closes = closes;
        }
    return cci_campaign_put(e, c, error);
}

static const cci_parameter parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"round", "id", 1, "an open round that counts the runs its contributors choose"},
    {"contribution", "id", 1, "whose runs"},
    {"runs", "array", 1, "ids of its runs; the best of them counts; none: the best of all"},
    {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_run_choose = {
    "run.choose", "Choose the runs that count", parameters, NULL, decide_choose, 0};

const cci_event_type cci_event_runs_chosen = {"runs.chosen", apply_chosen, NULL};
const cci_event_type cci_event_round_last_call = {"round.last_call", apply_last_call, NULL};
