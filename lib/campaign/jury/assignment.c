/* {"do":"assignment.plan"} and what jurors and the firm do with what was planned. */
#include <string.h>

#include "campaign/jury/plan.h"

/* ---- assignment.plan ---- */

static cocreate_status planned(cci_engine *e, const cci_campaign *c, size_t round, int64_t at,
                               int close, json_t **out, cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[round];
    json_t *row;
    if (!spec->per_entry)
        return cci_refuse_round(error, round, "assignment", "round '%s' assigns nothing", spec->id);
    unsigned allows = spec->kind ? CCI_ALLOW_VOTE : CCI_ALLOW_DECIDE;
    CCI_TRY(cci_round_require_open(e, c, round, at, allows, &row, error));
    cocreate_status status = cci_plan(e, c, round, row, at, close, out, error);
    json_decref(row);
    return status;
}

static cocreate_status decide_plan(cci_engine *e, const cci_command *command,
                                   cci_decision *decision, cocreate_error *error)
{
    const cci_campaign *c = command->campaign;
    size_t round;
    json_t *data = NULL;
    CCI_TRY(cci_round_named(c, command->body, &round, error));
    CCI_TRY(planned(e, c, round, command->at, 1, &data, error));
    decision->exists = !json_object_get(data, "offers") && !json_object_get(data, "expired");
    if (decision->exists) {
        json_decref(data);
        return COCREATE_OK;
    }
    if (!cci_json_put(data, "round", json_string(c->brief.rounds[round].id))) {
        json_decref(data);
        return cci_no_memory(error);
    }
    return cci_decide(decision, "assignments.planned", c, data, error);
}

static cocreate_status put_pairs(cci_engine *e, const cci_event *event, size_t round,
                                 const char *key, cci_assignment_state state,
                                 cocreate_error *error)
{
    const cci_round_spec *spec = &event->campaign->brief.rounds[round];
    const json_t *pairs = json_object_get(event->data, key);
    json_t *due = spec->due_us && state == CCI_ASSIGNMENT_OFFERED
                      ? json_integer(event->at + spec->due_us)
                      : NULL;
    cocreate_status status = COCREATE_OK;
    for (size_t i = 0; i < json_array_size(pairs) && status == COCREATE_OK; i++) {
        const json_t *pair = json_array_get(pairs, i);
        const char *juror, *contribution;
        status = cci_json_id(pair, "juror", &juror, &CCI_ROOT, error);
        if (status == COCREATE_OK)
            status = cci_json_id(pair, "contribution", &contribution, &CCI_ROOT, error);
        if (status == COCREATE_OK)
            status = cci_assignment_put(e, event->campaign, spec->id, juror, contribution, state,
                                        due, error);
    }
    json_decref(due);
    return status;
}

static cocreate_status apply_planned(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    size_t round;
    CCI_TRY(cci_round_named(event->campaign, event->data, &round, error));
    CCI_TRY(put_pairs(e, event, round, "expired", CCI_ASSIGNMENT_EXPIRED, error));
    return put_pairs(e, event, round, "offers", CCI_ASSIGNMENT_OFFERED, error);
}

static cocreate_status check_planned(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    size_t round;
    json_t *again = NULL;
    CCI_TRY(cci_round_named(event->campaign, event->data, &round, error));
    int close = json_object_get(event->data, "conflicts") != NULL; /* older plans did not look at them */
    CCI_TRY(planned(e, event->campaign, round, event->at, close, &again, error));
    int same = cci_json_put(again, "round", json_string(event->campaign->brief.rounds[round].id)) &&
               json_equal(again, event->data);
    json_decref(again);
    return same ? COCREATE_OK
                : cci_fail(error, COCREATE_ERR_VERIFY,
                           "the assignments of round '%s' are not what the plan gives",
                           event->campaign->brief.rounds[round].id);
}

/* ---- assignment.accept, .decline, .start, .done, .reassign ---- */

typedef struct move {
    size_t round;
    const char *juror, *contribution, *reason, *to;
    json_t *row; /* of the pair, owned */
} move;

static cocreate_status read_move(cci_engine *e, const cci_command *command, move *m,
                                 cocreate_error *error)
{
    const cci_campaign *c = command->campaign;
    *m = (move){.juror = command->actor};
    CCI_TRY(cci_round_named(c, command->body, &m->round, error));
    CCI_TRY(cci_json_id(command->body, "contribution", &m->contribution, &CCI_ROOT, error));
    CCI_TRY(cci_json_id_opt(command->body, "juror", &m->juror, &CCI_ROOT, error));
    CCI_TRY(cci_json_string_opt(command->body, "reason", &m->reason, &CCI_ROOT, error));
    CCI_TRY(cci_json_id_opt(command->body, "to", &m->to, &CCI_ROOT, error));
    const char *round = c->brief.rounds[m->round].id;
    CCI_TRY(cci_assignment_get(e, c, round, m->juror, m->contribution, &m->row, error));
    if (m->row)
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_NOT_FOUND, "in round '%s' '%s' is not assigned to '%s'",
                    round, m->contribution, m->juror);
}

static cocreate_status decide_moved(const cci_command *command, const move *m,
                                    cci_assignment_state to, cci_decision *decision,
                                    cocreate_error *error)
{
    const cci_campaign *c = command->campaign;
    json_t *data = cci_json_new();
    if (!cci_json_put(data, "round", json_string(c->brief.rounds[m->round].id)) ||
        !cci_json_put(data, "contribution", json_string(m->contribution)) ||
        !cci_json_put(data, "juror", json_string(m->juror)) ||
        !cci_json_put(data, "state", json_string(cci_assignment_words[to])) ||
        (m->to && !cci_json_put(data, "to", json_string(m->to))) ||
        (m->reason && !cci_json_put(data, "reason", json_string(m->reason)))) {
        json_decref(data);
        return cci_no_memory(error);
    }
    return cci_decide(decision, "assignment.moved", c, data, error);
}

/* `last` is the last state from which the juror may go to `to`. */
static cocreate_status move_own(cci_engine *e, const cci_command *command, cci_assignment_state to,
                                cci_assignment_state last, cci_decision *decision,
                                cocreate_error *error)
{
    move m;
    const char *round;
    CCI_TRY(read_move(e, command, &m, error));
    round = command->campaign->brief.rounds[m.round].id;
    const char *state = json_string_value(json_object_get(m.row, "state"));
    cci_assignment_state from = CCI_ASSIGNMENT_OFFERED;
    while (from < CCI_ASSIGNMENT_STATES && strcmp(state, cci_assignment_words[from]) != 0)
        from++;
    cocreate_status status = COCREATE_OK;
    if (strcmp(command->actor, CCI_HOST) != 0 && strcmp(command->actor, m.juror) != 0)
        status = cci_fail(error, COCREATE_ERR_PERMISSION, "'%s' cannot speak for juror '%s'",
                          command->actor, m.juror);
    else if (from == to)
        decision->exists = 1;
    else if (from > last)
        status = cci_fail(error, COCREATE_ERR_REFUSED,
                          "'%.60s' was %s by '%.60s' in round '%.60s' and cannot be %s any more",
                          m.contribution, cci_assignment_words[from], m.juror, round,
                          cci_assignment_words[to]);
    else
        status = cci_round_require_open(e, command->campaign, m.round, command->at,
                                        CCI_ALLOW_VOTE | CCI_ALLOW_DECIDE, NULL, error);
    if (status == COCREATE_OK && !decision->exists)
        status = decide_moved(command, &m, to, decision, error);
    json_decref(m.row);
    return status;
}

static cocreate_status decide_accept(cci_engine *e, const cci_command *command,
                                     cci_decision *decision, cocreate_error *error)
{
    return move_own(e, command, CCI_ASSIGNMENT_ACCEPTED, CCI_ASSIGNMENT_OFFERED, decision, error);
}

static cocreate_status decide_decline(cci_engine *e, const cci_command *command,
                                      cci_decision *decision, cocreate_error *error)
{
    return move_own(e, command, CCI_ASSIGNMENT_DECLINED, CCI_ASSIGNMENT_STARTED, decision, error);
}

static cocreate_status decide_start(cci_engine *e, const cci_command *command,
                                    cci_decision *decision, cocreate_error *error)
{
    return move_own(e, command, CCI_ASSIGNMENT_STARTED, CCI_ASSIGNMENT_ACCEPTED, decision, error);
}

static cocreate_status decide_done(cci_engine *e, const cci_command *command,
                                   cci_decision *decision, cocreate_error *error)
{
    return move_own(e, command, CCI_ASSIGNMENT_DONE, CCI_ASSIGNMENT_STARTED, decision, error);
}

/* May `to` take it over? */
static cocreate_status check_successor(cci_engine *e, const cci_command *command, const move *m,
                                       cocreate_error *error)
{
    const cci_campaign *c = command->campaign;
    const cci_round_spec *spec = &c->brief.rounds[m->round];
    char reason[CCI_REASON_SIZE];
    cci_conflict kind;
    json_t *row, *doc;
    CCI_TRY(cci_jury_require_panel(spec, m->round, m->to, error));
    CCI_TRY(cci_assignment_get(e, c, spec->id, m->to, m->contribution, &row, error));
    const char *state = json_string_value(json_object_get(row, "state"));
    cocreate_status status = COCREATE_OK;
    if (row)
        status = cci_fail(error, COCREATE_ERR_REFUSED,
                          "'%.60s' was assigned to '%.60s' before: it is %s", m->contribution,
                          m->to, state ? state : "in no state");
    json_decref(row);
    CCI_TRY(status);
    CCI_TRY(cci_state_get(e, c->part, CCI_KIND_CONTRIBUTION, m->contribution, &doc, error));
    status = cci_jury_conflict(e, c, spec, m->to, m->contribution, json_object_get(doc, "authors"),
                               &kind, reason, error);
    json_decref(doc);
    CCI_TRY(status);
    if (reason[0])
        return cci_refuse_round(error, m->round, "lead", "%s", reason);
    return cci_round_require_open(e, c, m->round, command->at, CCI_ALLOW_VOTE | CCI_ALLOW_DECIDE,
                                  NULL, error);
}

static cocreate_status decide_reassign(cci_engine *e, const cci_command *command,
                                       cci_decision *decision, cocreate_error *error)
{
    move m;
    json_t *row = NULL;
    CCI_TRY(read_move(e, command, &m, error));
    const cci_campaign *c = command->campaign;
    const char *round = c->brief.rounds[m.round].id;
    const char *state = json_string_value(json_object_get(m.row, "state"));
    int was = strcmp(state, cci_assignment_words[CCI_ASSIGNMENT_REASSIGNED]) == 0;
    cocreate_status status = COCREATE_OK;
    if (was)
        status = cci_assignment_get(e, c, round, m.to, m.contribution, &row, error);
    decision->exists = row != NULL;
    json_decref(row);
    if (status == COCREATE_OK && !decision->exists) {
        if (!cci_assignment_stands(m.row) ||
            strcmp(state, cci_assignment_words[CCI_ASSIGNMENT_DONE]) == 0)
            status = cci_fail(error, COCREATE_ERR_REFUSED,
                              "'%.60s' is %s by '%.60s': there is nothing to hand over",
                              m.contribution, state, m.juror);
        else
            status = check_successor(e, command, &m, error);
        if (status == COCREATE_OK)
            status = decide_moved(command, &m, CCI_ASSIGNMENT_REASSIGNED, decision, error);
    }
    json_decref(m.row);
    return status;
}

static cocreate_status apply_moved(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    size_t round;
    int state;
    json_t *row;
    const char *juror, *contribution, *to = NULL;
    CCI_TRY(cci_round_named(event->campaign, event->data, &round, error));
    CCI_TRY(cci_json_id(event->data, "juror", &juror, &CCI_ROOT, error));
    CCI_TRY(cci_json_id(event->data, "contribution", &contribution, &CCI_ROOT, error));
    CCI_TRY(cci_json_id_opt(event->data, "to", &to, &CCI_ROOT, error));
    CCI_TRY(cci_json_choice(event->data, "state", cci_assignment_words, &state, &CCI_ROOT, error));
    const char *id = event->campaign->brief.rounds[round].id;
    CCI_TRY(cci_assignment_get(e, event->campaign, id, juror, contribution, &row, error));
    const json_t *due = json_object_get(row, "due");
    cocreate_status status = cci_assignment_put(e, event->campaign, id, juror, contribution,
                                                (cci_assignment_state)state, due, error);
    if (status == COCREATE_OK && to)
        status = cci_assignment_put(e, event->campaign, id, to, contribution,
                                    CCI_ASSIGNMENT_OFFERED, due, error);
    json_decref(row);
    return status;
}

static const cci_parameter plan_parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"round", "id", 1, "an open round of its brief that assigns entries to jurors"},
    {NULL, NULL, 0, NULL}};

static const cci_parameter own_parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"round", "id", 1, "a round led by a jury"},
    {"contribution", "id", 1, "what was assigned"},
    {"juror", "id", 0, "to whom, where the host speaks for a juror; default: the actor"},
    {"reason", "text", 0, "why"},
    {NULL, NULL, 0, NULL}};

static const cci_parameter reassign_parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"round", "id", 1, "a round led by a jury"},
    {"contribution", "id", 1, "what was assigned"},
    {"juror", "id", 1, "to whom"},
    {"to", "id", 1, "the juror who takes it over"},
    {"reason", "text", 1, "why"},
    {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_assignment_plan = {
    "assignment.plan", "Assign the entries of a round to its jurors", plan_parameters, cci_firm_alone,
    decide_plan, 0};
const cci_command_type cci_command_assignment_accept = {
    "assignment.accept", "Take on an assigned entry", own_parameters, NULL, decide_accept, 0};
const cci_command_type cci_command_assignment_decline = {
    "assignment.decline", "Decline an assigned entry", own_parameters, NULL, decide_decline, 0};
const cci_command_type cci_command_assignment_start = {
    "assignment.start", "Begin with an assigned entry", own_parameters, NULL, decide_start, 0};
const cci_command_type cci_command_assignment_done = {
    "assignment.done", "Be done with an assigned entry", own_parameters, NULL, decide_done, 0};
const cci_command_type cci_command_assignment_reassign = {
    "assignment.reassign", "Hand an assigned entry to another juror", reassign_parameters, cci_firm_alone,
    decide_reassign, 0};

const cci_event_type cci_event_assignments_planned = {"assignments.planned", apply_planned,
                                                      check_planned};
const cci_event_type cci_event_assignment_moved = {"assignment.moved", apply_moved, NULL};
