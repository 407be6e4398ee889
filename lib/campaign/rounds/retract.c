/* {"do":"ballot.retract"}: a voter takes a ballot back. {"do":"ballot.void"}: the firm strikes one, with a
 * reason. What was cast stays in the log. */
#include <string.h>

#include "campaign/graph/merge.h"
#include "campaign/guards.h"
#include "campaign/limits/limits.h"
#include "campaign/milestones/milestones.h"
#include "campaign/pairs/pairs.h"
#include "campaign/money/pledges.h"
#include "campaign/rounds/ballots.h"
#include "campaign/rounds/extras.h"
#include "campaign/segments/segment.h"
#include "campaign/tasks/tasks.h"

/* The ballot a command or event is about. */
typedef struct subject {
    size_t round;
    const char *voter;
    cci_ballot_key key;
    json_t *kept;          /* what stands, owned; or NULL */
    const json_t *marks;   /* of it, or NULL */
    const char *voided;    /* why, or NULL */
} subject;

/* The key of these names, as they stand. */
static cocreate_status key_of(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                              const json_t *names, subject *s, cocreate_error *error)
{
    json_t *meant;
    CCI_TRY(cci_merge_marks(e, c, spec, names, &meant, error));
    int one = meant && json_object_size(meant) < json_object_size(names);
    cci_ballot_key_of(spec, s->voter, meant ? meant : names, &s->key);
    json_decref(meant);
    return one ? cci_fail(error, COCREATE_ERR_REFUSED,
                          "$.options: the two were merged: there is no duel between them any more")
               : COCREATE_OK;
}

/* Under what the ballot is kept: its options name it where a voter has several. */
static cocreate_status find_key(cci_engine *e, const cci_campaign *c, const json_t *object, subject *s,
                                cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[s->round];
    size_t wanted = spec->unit == CCI_UNIT_VOTER ? 0 : spec->unit == CCI_UNIT_OPTION ? 1 : 2;
    json_t *options = NULL, *names = cci_json_new();
    cci_path path = cci_path_key(&CCI_ROOT, "options");
    cocreate_status status = cci_json_get_array_opt(object, "options", &options, &CCI_ROOT, error);
    for (size_t i = 0; i < json_array_size(options) && status == COCREATE_OK; i++) {
        const char *id = json_string_value(json_array_get(options, i));
        cci_path here = cci_path_at(&path, i);
        if (!id)
            status = cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "expected an option");
        else if (!cci_json_put(names, id, json_integer(1)))
            status = cci_no_memory(error);
    }
    if (status == COCREATE_OK && json_object_size(names) != wanted)
        status = cci_json_fail(error, COCREATE_ERR_SCHEMA, &path,
                               wanted == 0   ? "a voter has one ballot in this round: name none"
                               : wanted == 1 ? "name the option whose ballot it is"
                                             : "name the two options of the duel");
    if (status == COCREATE_OK)
        status = key_of(e, c, spec, names, s, error);
    json_decref(names);
    return status;
}

static cocreate_status read_subject(cci_engine *e, const cci_campaign *c, const json_t *object,
                                    const char *voter, subject *s, cocreate_error *error)
{
    const char *channel;
    *s = (subject){.voter = voter};
    CCI_TRY(cci_round_named(c, object, &s->round, error));
    CCI_TRY(cci_json_id_opt(object, "voter", &s->voter, &CCI_ROOT, error));
    CCI_TRY(find_key(e, c, object, s, error));
    CCI_TRY(cci_ballot_get(e, c, s->round, &s->key, &s->kept, error));
    s->marks = cci_ballot_marks(s->kept, &channel, &s->voided);
    return COCREATE_OK;
}

static cocreate_status no_ballot(const cci_campaign *c, const subject *s, cocreate_error *error)
{
    return cci_fail(error, COCREATE_ERR_NOT_FOUND, "'%s' has cast no such ballot in round '%s'",
                    s->voter, c->brief.rounds[s->round].id);
}

static cocreate_status decide_event(const cci_command *command, const subject *s, const char *type,
                                    const char *reason, cci_decision *decision,
                                    cocreate_error *error)
{
    const cci_campaign *c = command->campaign;
    json_t *data = cci_json_new(), *options = json_object_get(command->body, "options");
    if (!cci_json_put(data, "round", json_string(c->brief.rounds[s->round].id)) ||
        !cci_json_put(data, "voter", json_string(s->voter)) ||
        (json_is_array(options) && !cci_json_put(data, "options", json_incref(options))) ||
        (reason && !cci_json_put(data, "reason", json_string(reason)))) {
        json_decref(data);
        return cci_no_memory(error);
    }
    return cci_decide(decision, type, c, data, error);
}

/* ---- ballot.retract ---- */

static cocreate_status check_retract(cci_engine *e, const cci_command *command, const subject *s,
                                     cci_decision *decision, cocreate_error *error)
{
    const cci_campaign *c = command->campaign;
    const cci_round_spec *spec = &c->brief.rounds[s->round];
    if (strcmp(command->actor, CCI_HOST) != 0 && strcmp(command->actor, s->voter) != 0)
        return cci_fail(error, COCREATE_ERR_PERMISSION, "'%s' cannot retract a ballot of '%s'",
                        command->actor, s->voter);
    if (!s->kept)
        return no_ballot(c, s, error);
    if (s->voided)
        return cci_fail(error, COCREATE_ERR_REFUSED,
                        "the ballot of '%.60s' in round '%.60s' was voided: %.100s", s->voter,
                        spec->id, s->voided);
    decision->exists = s->marks == NULL;
    if (decision->exists)
        return COCREATE_OK;
    if (!spec->retract)
        return cci_refuse_round(error, s->round, "retract", "a ballot cast in round '%s' stays", spec->id);
    CCI_TRY(cci_round_require_open(e, c, s->round, command->at, CCI_ALLOW_VOTE, NULL, error));
    return decide_event(command, s, "ballot.retracted", NULL, decision, error);
}

static cocreate_status decide_retract(cci_engine *e, const cci_command *command,
                                      cci_decision *decision, cocreate_error *error)
{
    subject s;
    CCI_TRY(read_subject(e, command->campaign, command->body, command->actor, &s, error));
    cocreate_status status = check_retract(e, command, &s, decision, error);
    json_decref(s.kept);
    return status;
}

/* ---- ballot.void ---- */

static cocreate_status check_void(cci_engine *e, const cci_command *command, const subject *s,
                                  const char *reason, cci_decision *decision,
                                  cocreate_error *error)
{
    const cci_campaign *c = command->campaign;
    const cci_round_spec *spec = &c->brief.rounds[s->round];
    cci_round_state state;
    if (!s->kept)
        return no_ballot(c, s, error);
    decision->exists = s->voided != NULL;
    if (decision->exists)
        return COCREATE_OK;
    CCI_TRY(cci_round_get(e, c, spec->id, NULL, &state, error));
    if (cci_campaign_is(c, "cancelled"))
        return cci_fail(error, COCREATE_ERR_REFUSED, "campaign '%s' is cancelled", c->id);
    if (state < CCI_ROUND_OPEN || state > CCI_ROUND_TALLIED)
        return cci_fail(error, COCREATE_ERR_REFUSED,
                        "round '%s' is %s: ballots are voided before it is certified", spec->id,
                        cci_round_state_name(state));
    return decide_event(command, s, "ballot.voided", reason, decision, error);
}

static cocreate_status decide_void(cci_engine *e, const cci_command *command,
                                   cci_decision *decision, cocreate_error *error)
{
    subject s;
    const char *reason;
    CCI_TRY(cci_json_string(command->body, "reason", &reason, &CCI_ROOT, error));
    CCI_TRY(read_subject(e, command->campaign, command->body, command->actor, &s, error));
    cocreate_status status = check_void(e, command, &s, reason, decision, error);
    json_decref(s.kept);
    return status;
}

/* ---- what happens ---- */

/* Put `instead` in the place of the ballot that an event is about; it counts no more. */
static cocreate_status strike(cci_engine *e, const cci_event *event, json_t *instead,
                              size_t *round, cocreate_error *error)
{
    subject s;
    cci_buffer data;
    if (!instead)
        return cci_no_memory(error);
    CCI_TRY(read_subject(e, event->campaign, event->data, event->actor, &s, error));
    *round = s.round;
    cci_buffer_init(&data, &e->allocator);
    cocreate_status status = s.marks ? cci_json_canonical(instead, &data, error)
                                     : no_ballot(event->campaign, &s, error);
    cci_ballot_row row = {s.key.bytes, event->seq, 0, {data.data, data.size}};
    if (status == COCREATE_OK)
        status = cci_seal_break(e, event->campaign, s.round, error);
    if (status == COCREATE_OK)
        status = e->store->backend->put_ballot(e->store->self, event->campaign->part,
                                               (int64_t)s.round, &row, error);
    if (status == COCREATE_OK && event->campaign->brief.rounds[s.round].counted)
        status = cci_milestones_vote(e, event, s.round, s.kept, NULL, error);
    if (status == COCREATE_OK)
        status = cci_tasks_struck(e, event, &event->campaign->brief.rounds[s.round], s.voter, s.marks, error);
    if (status == COCREATE_OK)
        status = cci_pairs_changed(e, event, &event->campaign->brief.rounds[s.round], s.voter, s.marks, NULL,
                                   strcmp(event->type, "ballot.voided") == 0, error);
    if (status == COCREATE_OK)
        status = cci_limits_voted(e, event, s.round, s.voter, s.marks, NULL, error);
    if (status == COCREATE_OK)
        status = cci_extras_cast(e, event, s.round, s.voter, s.marks, NULL, error);
    if (status == COCREATE_OK)
        status = cci_pledge_changed(e, event, s.round, s.voter, s.marks, NULL, error);
    cci_buffer_free(&data);
    json_decref(s.kept);
    return status;
}

static cocreate_status apply_retracted(cci_engine *e, const cci_event *event,
                                       cocreate_error *error)
{
    size_t round;
    json_t *instead = json_array();
    if (!cci_json_push(instead, json_string("retracted"))) {
        json_decref(instead);
        return cci_no_memory(error);
    }
    cocreate_status status = strike(e, event, instead, &round, error);
    json_decref(instead);
    return status;
}

/* A round that was tallied is tallied again without it. */
static cocreate_status reopen_tally(cci_engine *e, cci_campaign *c, size_t round,
                                    cocreate_error *error)
{
    const char *id = c->brief.rounds[round].id;
    json_t *row;
    cci_round_state state;
    CCI_TRY(cci_round_get(e, c, id, &row, &state, error));
    cocreate_status status = COCREATE_OK;
    if (state == CCI_ROUND_TALLIED) {
        json_object_del(row, "result");
        status = cci_json_put(row, "state", json_string(cci_round_state_name(CCI_ROUND_CLOSED)))
                     ? cci_state_put(e, c->part, CCI_KIND_ROUND, id, row, error)
                     : cci_no_memory(error);
    }
    json_decref(row);
    return status;
}

static cocreate_status apply_voided(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    size_t round;
    const char *reason;
    json_t *instead = json_array();
    cocreate_status status = cci_json_string(event->data, "reason", &reason, &CCI_ROOT, error);
    if (status == COCREATE_OK && (!cci_json_push(instead, json_string("void")) ||
                                  !cci_json_push(instead, json_string(reason))))
        status = cci_no_memory(error);
    if (status == COCREATE_OK)
        status = strike(e, event, instead, &round, error);
    json_decref(instead);
    return status == COCREATE_OK ? reopen_tally(e, event->campaign, round, error) : status;
}

static const cci_parameter retract_parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"round", "id", 1, "an open round of its brief that takes ballots"},
    {"voter", "id", 0, "whose ballot, where the host speaks for a participant; default: the actor"},
    {"options", "array", 0, "the option or the pair that it is about, where each has its own ballot"},
    {NULL, NULL, 0, NULL}};

static const cci_parameter void_parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"round", "id", 1, "a round of its brief that takes ballots and is not certified"},
    {"voter", "id", 1, "whose ballot"},
    {"options", "array", 0, "the option or the pair that it is about, where each has its own ballot"},
    {"reason", "text", 1, "why it does not count"},
    {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_ballot_retract = {
    "ballot.retract", "Take a ballot back", retract_parameters, NULL, decide_retract, 0};
const cci_command_type cci_command_ballot_void = {
    "ballot.void", "Strike a ballot, with a reason", void_parameters, cci_firm_alone, decide_void, 0};

const cci_event_type cci_event_ballot_retracted = {"ballot.retracted", apply_retracted, NULL};
const cci_event_type cci_event_ballot_voided = {"ballot.voided", apply_voided, NULL};
