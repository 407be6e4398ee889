/* {"do":"task.take"}: the next item for a person, theirs for a time. {"do":"task.release"}: given back. */
#include <string.h>

#include "base/time.h"
#include "campaign/people/people.h"
#include "campaign/tasks/choose.h"
#include "campaign/timers.h"

/* Who takes: the actor, or the participant the host names. */
static cocreate_status read_subject(cci_engine *e, const cci_command *command, cci_taking *t,
                                    cocreate_error *error)
{
    const char *side;
    CCI_TRY(cci_round_named(command->campaign, command->body, &t->round, error));
    t->participant = command->actor;
    CCI_TRY(cci_json_id_opt(command->body, "participant", &t->participant, &CCI_ROOT, error));
    CCI_TRY(cci_json_id_opt(command->body, "contribution", &t->wanted, &CCI_ROOT, error));
    t->c = command->campaign;
    t->spec = &t->c->brief.rounds[t->round];
    t->at = command->at;
    if (strcmp(command->actor, CCI_HOST) != 0 && strcmp(t->participant, command->actor) != 0)
        return cci_fail(error, COCREATE_ERR_PERMISSION, "'%s' takes no items for '%s'", command->actor,
                        t->participant);
    CCI_TRY(cci_side_of(e, t->participant, &side, error));
    if (t->spec->lease_us == 0)
        return cci_refuse_round(error, t->round, "lease", "round '%s' hands out no items", t->spec->id);
    return cci_lease_get(e, t->c, t->spec->id, t->participant, &t->lease, error);
}

/* Whose item it is, or was; NULL where memory is short. */
static json_t *data_of(const char *round, const char *participant, const char *contribution)
{
    json_t *data = cci_json_new();
    if (cci_json_put(data, "round", json_string(round)) &&
        cci_json_put(data, "participant", json_string(participant)) &&
        cci_json_put(data, "contribution", json_string(contribution)))
        return data;
    json_decref(data);
    return NULL;
}

/* What they are told: what it is, and until when. */
static json_t *answer_of(const cci_taking *t, const char *contribution, const json_t *until)
{
    json_t *answer = data_of(t->spec->id, t->participant, contribution);
    if (cci_json_put(answer, "until", json_incref((json_t *)(uintptr_t)until)))
        return answer;
    json_decref(answer);
    return NULL;
}

/* Who has one is told which, also when they ask again after it has ended. */
static cocreate_status take_again(const cci_taking *t, cci_decision *decision, cocreate_error *error)
{
    char until[CCI_TIME_TEXT];
    const char *id = cci_json_text(t->lease, "contribution");
    const json_t *end = json_object_get(t->lease, "until");
    if (t->wanted && strcmp(t->wanted, id) != 0)
        return cci_refuse_round(error, t->round, "lease",
                                "'%.80s' has '%.80s' until %s: answer it, or task.release it first",
                                t->participant, id, cci_time_text(json_integer_value(end), until));
    decision->exists = 1;
    decision->answer = answer_of(t, id, end);
    return decision->answer ? COCREATE_OK : cci_no_memory(error);
}

static cocreate_status decide_taken(const cci_taking *t, const char *contribution, cci_decision *decision,
                                    cocreate_error *error)
{
    if (t->at > CCI_JSON_INTEGER_MAX - t->spec->lease_us)
        return cci_refuse_round(error, t->round, "lease",
                                "it would end beyond the years that a log can hold");
    json_t *until = json_integer(t->at + t->spec->lease_us);
    decision->answer = until ? answer_of(t, contribution, until) : NULL;
    json_decref(until);
    json_t *data = cci_json_deep_copy(decision->answer);
    return data ? cci_decide(decision, "task.taken", t->c, data, error) : cci_no_memory(error);
}

static cocreate_status take_new(cci_engine *e, cci_taking *t, cci_decision *decision, cocreate_error *error)
{
    char contribution[COCREATE_ID_MAX + 1];
    CCI_TRY(cci_round_cache_get(e, t->c, t->round, t->at, CCI_ALLOW_VOTE, &t->cache, error));
    CCI_TRY(cci_electorate_allows(e, t->c, t->round, t->participant, t->at, error));
    CCI_TRY(t->wanted ? cci_tasks_wanted(e, t, contribution, error)
                      : cci_tasks_next(e, t, contribution, error));
    return decide_taken(t, contribution, decision, error);
}

static cocreate_status decide_take(cci_engine *e, const cci_command *command, cci_decision *decision,
                                   cocreate_error *error)
{
    cci_taking t = {0};
    CCI_TRY(read_subject(e, command, &t, error));
    int again = cci_lease_live(t.lease) ||
                (cci_is_late(e, t.at) && t.lease &&
                 json_integer_value(json_object_get(t.lease, "at")) == t.at);
    cocreate_status status =
        again ? take_again(&t, decision, error) : take_new(e, &t, decision, error);
    json_decref(t.lease);
    return status;
}

static cocreate_status release(const cci_taking *t, cci_decision *decision, cocreate_error *error)
{
    const char *id = cci_json_text(t->lease, "contribution");
    int named = !t->wanted || strcmp(t->wanted, id) == 0;
    decision->exists = t->lease && named && strcmp(cci_json_text(t->lease, "state"), "released") == 0;
    if (decision->exists)
        return COCREATE_OK;
    if (!cci_lease_live(t->lease) || !named)
        return cci_fail(error, COCREATE_ERR_NOT_FOUND, "'%.80s' has no lease%s%.80s%s in round '%.60s'",
                        t->participant, t->wanted ? " of '" : "", t->wanted ? t->wanted : "",
                        t->wanted ? "'" : "", t->spec->id);
    return cci_decide(decision, "task.released", t->c, data_of(t->spec->id, t->participant, id), error);
}

static cocreate_status decide_release(cci_engine *e, const cci_command *command, cci_decision *decision,
                                      cocreate_error *error)
{
    cci_taking t = {0};
    CCI_TRY(read_subject(e, command, &t, error));
    cocreate_status status = release(&t, decision, error);
    json_decref(t.lease);
    return status;
}

/* ---- what happens ---- */

/* The round, the person and the item of an event; the rows are owned by the caller. */
typedef struct happening {
    const cci_round_spec *spec;
    const char *participant, *contribution;
    json_t *task, *lease;
} happening;

static cocreate_status read_happening(cci_engine *e, const cci_event *event, happening *h,
                                      cocreate_error *error)
{
    size_t index;
    *h = (happening){0};
    CCI_TRY(cci_round_named(event->campaign, event->data, &index, error));
    CCI_TRY(cci_json_id(event->data, "participant", &h->participant, &CCI_ROOT, error));
    CCI_TRY(cci_json_id(event->data, "contribution", &h->contribution, &CCI_ROOT, error));
    h->spec = &event->campaign->brief.rounds[index];
    CCI_TRY(cci_task_get(e, event->campaign, h->spec->id, h->contribution, &h->task, error));
    if (!h->task)
        return cci_fail(error, COCREATE_ERR_CORRUPT, "event %llu is about '%.60s', which is no item",
                        (unsigned long long)event->seq, h->contribution);
    cocreate_status status =
        cci_lease_get(e, event->campaign, h->spec->id, h->participant, &h->lease, error);
    if (status != COCREATE_OK)
        json_decref(h->task);
    return status;
}

/* What they gave back last is remembered over what they take next. */
static json_t *new_lease(const cci_event *event, const happening *h)
{
    json_t *row = cci_json_new(), *passed = json_object_get(h->lease, "passed");
    if (cci_json_put(row, "contribution", json_string(h->contribution)) &&
        cci_json_put(row, "at", json_integer(event->at)) &&
        cci_json_put(row, "until", json_incref(json_object_get(event->data, "until"))) &&
        cci_json_put(row, "state", json_string("live")) &&
        (!passed || cci_json_put(row, "passed", json_incref(passed))))
        return row;
    json_decref(row);
    return NULL;
}

static cocreate_status take(cci_engine *e, const cci_event *event, const happening *h, cocreate_error *error)
{
    cci_campaign *c = event->campaign;
    json_t *row = new_lease(event, h);
    int64_t until = json_integer_value(json_object_get(row, "until"));
    int made = row && cci_json_push(json_object_get(h->task, "held"), json_string(h->participant));
    cocreate_status status = made ? cci_lease_put(e, c, h->spec->id, h->participant, row, error)
                                  : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = cci_timer_set_by(e, c, until, "lease", CCI_KEY(h->spec->id, h->participant), error);
    if (status == COCREATE_OK)
        status = cci_task_put(e, c, h->spec, h->contribution, h->task, error);
    json_decref(row);
    return status;
}

static cocreate_status apply_taken(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    happening h;
    int64_t until;
    CCI_TRY(cci_json_i64(event->data, "until", -CCI_JSON_INTEGER_MAX, CCI_JSON_INTEGER_MAX, &until, &CCI_ROOT,
                         error));
    CCI_TRY(read_happening(e, event, &h, error));
    cocreate_status status =
        cci_lease_live(h.lease)
            ? cci_fail(error, COCREATE_ERR_CORRUPT, "event %llu gives '%.60s' a second lease",
                       (unsigned long long)event->seq, h.participant)
            : take(e, event, &h, error);
    json_decref(h.task);
    json_decref(h.lease);
    return status;
}

/* It was the next for them, by what the log tells of that instant. */
static cocreate_status check_taken(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    happening h;
    CCI_TRY(read_happening(e, event, &h, error));
    int64_t until = json_integer_value(json_object_get(event->data, "until"));
    int sound = !cci_lease_live(h.lease) && json_object_get(h.task, "load") &&
                !cci_task_held(h.task, h.participant) &&
                cci_task_answer(h.task, h.participant) ==
                    json_array_size(json_object_get(h.task, "answers")) &&
                until == event->at + h.spec->lease_us;
    json_decref(h.task);
    json_decref(h.lease);
    return sound ? COCREATE_OK
                 : cci_fail(error, COCREATE_ERR_VERIFY, "'%.60s' takes '%.60s', which cannot be taken then",
                            h.participant, h.contribution);
}

static cocreate_status give_back(cci_engine *e, const cci_event *event, const char *state,
                                 cocreate_error *error)
{
    happening h;
    CCI_TRY(read_happening(e, event, &h, error));
    cocreate_status status = COCREATE_OK;
    if (!cci_lease_live(h.lease) || strcmp(cci_json_text(h.lease, "contribution"), h.contribution) != 0)
        status = cci_fail(error, COCREATE_ERR_CORRUPT, "event %llu ends a lease that '%.60s' does not have",
                          (unsigned long long)event->seq, h.participant);
    if (status == COCREATE_OK)
        status = cci_lease_end(e, event->campaign, h.spec, h.participant, h.task, state, error);
    if (status == COCREATE_OK)
        status = cci_task_put(e, event->campaign, h.spec, h.contribution, h.task, error);
    json_decref(h.task);
    json_decref(h.lease);
    return status;
}

static cocreate_status apply_released(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *participant, *contribution;
    json_t *row = NULL;
    size_t index;
    CCI_TRY(give_back(e, event, "released", error));
    CCI_TRY(cci_round_named(event->campaign, event->data, &index, error));
    CCI_TRY(cci_json_id(event->data, "participant", &participant, &CCI_ROOT, error));
    CCI_TRY(cci_json_id(event->data, "contribution", &contribution, &CCI_ROOT, error));
    const char *round = event->campaign->brief.rounds[index].id;
    CCI_TRY(cci_lease_get(e, event->campaign, round, participant, &row, error));
    cocreate_status status = row && cci_json_put(row, "passed", json_string(contribution))
                                 ? cci_lease_put(e, event->campaign, round, participant, row, error)
                                 : cci_no_memory(error);
    json_decref(row);
    return status;
}

static cocreate_status apply_expired(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    return give_back(e, event, "expired", error);
}

/* It was live, and its time is over. */
static cocreate_status check_expired(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    happening h;
    CCI_TRY(read_happening(e, event, &h, error));
    int sound = cci_lease_live(h.lease) &&
                json_integer_value(json_object_get(h.lease, "until")) <= event->at &&
                strcmp(cci_json_text(h.lease, "contribution"), h.contribution) == 0;
    json_decref(h.task);
    json_decref(h.lease);
    return sound ? COCREATE_OK
                 : cci_fail(error, COCREATE_ERR_VERIFY,
                            "the lease of '%.60s' in round '%.60s' did not end then",
                            h.participant, h.spec->id);
}

/* ---- the timer ---- */

cocreate_status cci_lease_decide(cci_engine *e, cci_campaign *c, int64_t at, const char *subject,
                                 cci_decision *decision, cocreate_error *error)
{
    const char *participant = NULL;
    json_t *row = NULL;
    size_t round = 0;
    (void)at;
    CCI_TRY(cci_timer_round(c, subject, &round, &participant, error));
    CCI_TRY(cci_state_get(e, c->part, CCI_KIND_LEASE, subject, &row, error));
    cocreate_status status =
        cci_lease_live(row)
            ? cci_decide(decision, "task.expired", c,
                         data_of(c->brief.rounds[round].id, participant, cci_json_text(row, "contribution")),
                         error)
            : cci_fail(error, COCREATE_ERR_CORRUPT, "'%.60s' waits for no lease", participant);
    json_decref(row);
    return status;
}

cocreate_status cci_lease_shift(cci_engine *e, cci_campaign *c, const char *subject, int64_t by,
                                cocreate_error *error)
{
    json_t *row = NULL;
    CCI_TRY(cci_state_get(e, c->part, CCI_KIND_LEASE, subject, &row, error));
    cocreate_status status = row && cci_put_later(row, "until", by)
                                 ? cci_state_put(e, c->part, CCI_KIND_LEASE, subject, row, error)
                                 : cci_no_memory(error);
    json_decref(row);
    return status;
}

static const cci_parameter parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"round", "id", 1, "an open round of its brief that hands out items"},
    {"participant", "id", 0, "to whom, where the host speaks for a participant; default: the actor"},
    {"contribution", "id", 0, "this item and no other"},
    {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_task_take = {
    "task.take", "Take the next item of a round, for a time", parameters, NULL, decide_take, 0};
const cci_command_type cci_command_task_release = {
    "task.release", "Give an item back", parameters, NULL, decide_release, 0};

const cci_event_type cci_event_task_taken = {"task.taken", apply_taken, check_taken};
const cci_event_type cci_event_task_released = {"task.released", apply_released, NULL};
const cci_event_type cci_event_task_expired = {"task.expired", apply_expired, check_expired};
