/* The one way in: transitions that are due, then the command, then what it makes due. */
#include <string.h>

#include "base/text.h"
#include "base/time.h"
#include "campaign/boundary/hooks.h"
#include "campaign/cache.h"
#include "campaign/people/people.h"
#include "campaign/registry.h"
#include "campaign/report/hidden.h"

cocreate_status cci_decide(cci_decision *d, const char *type, const cci_campaign *campaign,
                           json_t *data, cocreate_error *error)
{
    json_t *event = cci_json_new();
    if (!d->events)
        d->events = json_array();
    /* Every put and push steals what it is given, so that nothing leaks whatever fails. */
    int made = cci_json_put(event, "data", data);
    made &= cci_json_put(event, "type", json_string(type));
    if (campaign)
        made &= cci_json_put(event, "campaign", json_string(campaign->id));
    made &= cci_json_push(d->events, event);
    return made ? COCREATE_OK : cci_no_memory(error);
}

void cci_decision_free(cci_decision *d)
{
    json_decref(d->events);
    json_decref(d->answer);
    if (d->payload.data)
        sodium_memzero(d->payload.data, d->payload.size);
    cci_buffer_free(&d->payload);
    sodium_memzero(d->salt, sizeof d->salt);
}

/* ---- events ---- */

cocreate_status cci_apply(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const cci_event_type *type = cci_event_find(event->type);
    if (!type)
        return cci_fail_at(error, COCREATE_ERR_VERSION, event->seq,
                           "event %llu is of the unknown type '%s'",
                           (unsigned long long)event->seq, event->type);
    if (!event->campaign && !cci_event_storewide(type))
        return cci_fail_at(error, COCREATE_ERR_CORRUPT, event->seq,
                           "event %llu names no campaign", (unsigned long long)event->seq);
    if (e->verifying && type->check)
        CCI_TRY(type->check(e, event, error));
    if (event->campaign)
        event->campaign->dirty = 1; /* its document may change before it is written */
    return type->apply(e, event, error);
}

/* Write one decided event, {"type", "campaign", "data"}: complete it, append it, apply it. */
static cocreate_status write_event(cci_engine *e, int64_t at, const char *actor,
                                   cci_campaign *campaign, json_t *decided,
                                   cocreate_error *error)
{
    uint64_t seq = cci_next_seq(e);
    if (!cci_json_put(decided, "actor", json_string(actor)) ||
        !cci_json_put(decided, "at", json_integer(at)) ||
        !cci_json_put(decided, "seq", json_integer((json_int_t)seq)))
        return cci_no_memory(error);
    cci_buffer payload;
    cci_buffer_init(&payload, &e->allocator);
    cocreate_status status = cci_json_canonical(decided, &payload, error);
    if (status == COCREATE_OK)
        status = cci_append(e, campaign ? campaign->part : 0, at, payload.data, payload.size,
                            error);
    cci_buffer_free(&payload);
    CCI_TRY(status);
    cci_event event = {.seq = seq,
                       .at = at,
                       .actor = actor,
                       .type = json_string_value(json_object_get(decided, "type")),
                       .campaign = campaign,
                       .data = json_object_get(decided, "data")};
    CCI_TRY(cci_apply(e, &event, error));
    if (e->outcome && !cci_json_push(e->outcome, json_incref(decided)))
        return cci_no_memory(error);
    return COCREATE_OK;
}

static cocreate_status write_events(cci_engine *e, int64_t at, const char *actor,
                                    cci_campaign *campaign, const cci_decision *decision,
                                    cocreate_error *error)
{
    for (size_t i = 0; i < json_array_size(decision->events); i++) {
        json_t *event = json_array_get(decision->events, i);
        cci_campaign *c = json_object_get(event, "campaign") ? campaign : NULL;
        CCI_TRY(write_event(e, at, actor, c, event, error));
    }
    return COCREATE_OK;
}

/* ---- transitions ---- */

/* All that is due by `at` in one campaign. An event that should have happened before the last one
 * in the log happens now: time in the log never runs backwards. */
static cocreate_status settle_campaign(cci_engine *e, cci_campaign *c, int64_t at,
                                       cocreate_error *error)
{
    for (int more = 1; more;) {
        cci_decision decision = {0};
        cci_buffer_init(&decision.payload, &e->allocator);
        cocreate_status status = cci_due(e, c, at, &decision, error);
        more = json_array_size(decision.events) > 0;
        if (status == COCREATE_OK)
            status = write_events(e, at > e->last_at ? at : e->last_at, CCI_HOST, c, &decision,
                                  error);
        cci_decision_free(&decision);
        CCI_TRY(status);
    }
    return COCREATE_OK;
}

/* The campaign to settle next: the earliest due, then the smallest id. */
static const cci_due_time *first_due(const cci_engine *e)
{
    const cci_due_time *first = NULL;
    for (size_t i = 0; i < e->n_dues; i++)
        if (e->dues[i].at == e->next_due && (!first || strcmp(e->dues[i].id, first->id) < 0))
            first = &e->dues[i];
    return first;
}

cocreate_status cci_settle(cci_engine *e, int64_t at, cocreate_error *error)
{
    CCI_TRY(cci_cache_dues(e, error));
    while (e->next_due <= at && e->next_due != INT64_MAX) {
        const cci_due_time *due = first_due(e);
        int64_t instant = due->at;
        size_t index = (size_t)(due - e->dues);
        cci_campaign *c;
        CCI_TRY(cci_campaign_get(e, due->id, &c, error));
        CCI_TRY(settle_campaign(e, c, instant, error));
        if (e->dues[index].at <= instant)
            return cci_fail(error, COCREATE_ERR_INTERNAL, "campaign '%s' does not settle", c->id);
    }
    return COCREATE_OK;
}

int cci_is_late(const cci_engine *e, int64_t at)
{
    return at < e->last_at;
}

cocreate_status cci_fail_late(const cci_engine *e, int64_t at, cocreate_error *error)
{
    char now[CCI_TIME_TEXT], last[CCI_TIME_TEXT];
    return cci_fail(error, COCREATE_ERR_TIME, "at %s is before the last event, at %s",
                    cci_time_text(at, now), cci_time_text(e->last_at, last));
}

cocreate_status cci_command_begin(cci_engine *e, int64_t at, cocreate_error *error)
{
    CCI_TRY(cci_transaction_begin(e, error));
    cocreate_status status = COCREATE_OK;
    if (at < -CCI_JSON_INTEGER_MAX || at > CCI_JSON_INTEGER_MAX)
        status = cci_fail(error, COCREATE_ERR_ARGUMENT,
                          "at %lld is beyond the years that a log can hold", (long long)at);
    else if (!cci_is_late(e, at))
        status = cci_settle(e, at, error);
    return status == COCREATE_OK ? status : cci_transaction_end(e, status, error);
}

/* ---- commands ---- */

/* May the actor command this? By a role where the brief gives the command to roles, else by the
 * side. */
static cocreate_status check_allowed(cci_engine *e, const cci_command_type *type,
                                     const cci_command *command, const char *side,
                                     cocreate_error *error)
{
    int ruled = 0;
    if (strcmp(side, CCI_HOST) == 0)
        return COCREATE_OK;
    if (command->campaign)
        CCI_TRY(cci_require_role(e, command->campaign, type->name, command->actor, command->at,
                                 &ruled, error));
    if (ruled || !type->sides)
        return COCREATE_OK;
    for (const char *const *allowed = type->sides; *allowed; allowed++)
        if (strcmp(*allowed, side) == 0)
            return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_PERMISSION, "'%s' is on the %s side, which may not %s",
                    command->actor, side, type->name);
}

static cocreate_status find_campaign(cci_engine *e, const cci_command_type *type,
                                     cci_command *command, cocreate_error *error)
{
    const char *campaign = NULL;
    CCI_TRY(cci_json_id_opt(command->body, "campaign", &campaign, &CCI_ROOT, error));
    if (!campaign)
        return COCREATE_OK;
    return (type->creates ? cci_campaign_find : cci_campaign_get)(e, campaign, &command->campaign,
                                                                  error);
}

static cocreate_status check_actor(cci_engine *e, const cci_command_type *type,
                                   cci_command *command, cocreate_error *error)
{
    const char *side, *actor = command->actor;
    CCI_TRY(cci_id_check(actor, "actor", error));
    cocreate_status status = cci_side_of(e, actor, &side, error);
    if (status == COCREATE_ERR_NOT_FOUND)
        return cci_fail(error, status, "actor '%s' is no registered participant", actor);
    CCI_TRY(status);
    cocreate_error missing = {0};
    cocreate_status found = find_campaign(e, type, command, &missing);
    if (found == COCREATE_ERR_MEMORY || found == COCREATE_ERR_IO) { /* its roles are not known */
        if (error)
            *error = missing;
        return found;
    }
    CCI_TRY(check_allowed(e, type, command, side, error));
    const char *campaign = NULL;
    CCI_TRY(cci_json_id_opt(command->body, "campaign", &campaign, &CCI_ROOT, error));
    CCI_TRY(cci_hook_authorize(e, actor, command->name, campaign, error));
    if (found != COCREATE_OK && error)
        *error = missing;
    return found;
}

/* What was done before is known to its actor; all else that names what they may not see is refused as if
 * it were not there. */
static cocreate_status decide_as_seen(cci_engine *e, const cci_command_type *type,
                                      const cci_command *command, cci_decision *decision,
                                      cocreate_error *error)
{
    cocreate_error why = {0};
    cocreate_status status = type->decide(e, command, decision, &why);
    int known = status == COCREATE_OK && decision->exists;
    if (!known && status != COCREATE_ERR_MEMORY && status != COCREATE_ERR_IO)
        CCI_TRY(cci_hidden_refuse(e, type, command, error));
    if (status != COCREATE_OK && error)
        *error = why;
    return status;
}

/* A command from before the last event can only be one that was executed and is sent again. */
static cocreate_status decide(cci_engine *e, const cci_command_type *type,
                              const cci_command *command, cci_decision *decision,
                              cocreate_error *error)
{
    if (!cci_is_late(e, command->at))
        return decide_as_seen(e, type, command, decision, error);
    cocreate_error why = {0};
    cocreate_status status = type->decide(e, command, decision, &why);
    if (status == COCREATE_OK && decision->exists)
        return COCREATE_OK;
    if (status != COCREATE_ERR_MEMORY && status != COCREATE_ERR_IO)
        return cci_fail_late(e, command->at, error);
    if (error)
        *error = why;
    return status;
}

/* Everything between begin and end. */
static cocreate_status run_inside(cci_engine *e, const cci_command_type *type,
                                  cci_command *command, cocreate_error *error)
{
    command->transitions = (size_t)(e->tree.size - e->undo_tree.size);
    CCI_TRY(check_actor(e, type, command, error));
    cci_decision decision = {0};
    cci_buffer_init(&decision.payload, &e->allocator);
    cocreate_status status = decide(e, type, command, &decision, error);
    if (status == COCREATE_OK)
        status = write_events(e, command->at, command->actor, command->campaign, &decision, error);
    if (status == COCREATE_OK && decision.person)
        status = e->store->backend->put_person(
            e->store->self, (cci_bytes){decision.person, strlen(decision.person)}, decision.salt,
            (cci_bytes){decision.payload.data, decision.payload.size}, error);
    json_decref(e->answer);
    e->answer = json_incref(decision.answer);
    int exists = decision.exists, wrote = json_array_size(decision.events) > 0;
    cci_decision_free(&decision);
    CCI_TRY(status);
    if (wrote) {
        CCI_TRY(cci_settle(e, command->at, error));
        if (command->campaign)
            CCI_TRY(settle_campaign(e, command->campaign, command->at, error));
    }
    return exists ? COCREATE_EXISTS : COCREATE_OK;
}

/* What the caller is told, made while the command can still be undone. */
static cocreate_status report(cci_engine *e, cocreate_status status, cocreate_text **out,
                              cocreate_error *error)
{
    json_t *document = cci_json_new();
    const char *word = status == COCREATE_EXISTS ? "exists" : "done";
    cci_buffer text;
    cci_buffer_init(&text, &e->allocator);
    int made = cci_json_put(document, "events", json_incref(e->outcome));
    made &= cci_json_put(document, "status", json_string(word));
    if (e->answer)
        made &= cci_json_put(document, "answer", json_incref(e->answer));
    cocreate_status written =
        made ? cci_json_canonical(document, &text, error) : cci_no_memory(error);
    if (written == COCREATE_OK)
        written = cci_buffer_finish(&text, out, error);
    cci_buffer_free(&text);
    json_decref(document);
    return written == COCREATE_OK ? status : written;
}

/* The command as the log will hold it: what was sent as 5.0 is 5 from the start, and equal to what is
 * read back from the store. */
static cocreate_status canonical_copy(cci_engine *e, const json_t *body, json_t **out,
                                      cocreate_error *error)
{
    cci_buffer text;
    cci_buffer_init(&text, &e->allocator);
    cocreate_status status = cci_json_canonical(body, &text, error);
    if (status == COCREATE_OK)
        status = cci_json_parse_canonical(text.data, text.size, out, error);
    cci_buffer_free(&text);
    return status;
}

/* Run a command whose parameters are checked; e->outcome collects its events. */
static cocreate_status run_checked(cci_engine *e, const cci_command_type *type,
                                   cci_command *command, cocreate_text **out,
                                   cocreate_error *error)
{
    CCI_TRY(cci_command_begin(e, command->at, error));
    cocreate_text *text = NULL;
    cocreate_status status = run_inside(e, type, command, error);
    if (status >= 0 && out)
        status = report(e, status, &text, error);
    status = cci_transaction_end(e, status, error);
    if (status >= 0 && out)
        *out = text;
    else
        cocreate_text_free(text);
    return status;
}

static cocreate_status no_command(const char *name, cocreate_error *error)
{
    const char *nearest = cci_command_nearest(name);
    if (nearest)
        return cci_fail(error, COCREATE_ERR_NOT_FOUND, "$.do: no command '%.60s'; did you mean '%s'?",
                        name, nearest);
    return cci_fail(error, COCREATE_ERR_NOT_FOUND, "$.do: no command '%.60s'", name);
}

cocreate_status cci_run(cci_engine *e, int64_t at, const char *actor, const char *name,
                        const json_t *body, cocreate_text **out, cocreate_error *error)
{
    const cci_command_type *type = cci_command_find(name);
    if (!type)
        return no_command(name, error);
    json_t *canonical;
    CCI_TRY(canonical_copy(e, body, &canonical, error));
    cci_command command = {.at = at, .actor = actor, .name = name, .body = canonical};
    cocreate_status status = cci_parameters_check(type, canonical, error);
    if (status == COCREATE_OK) {
        e->outcome = json_array();
        status = e->outcome ? run_checked(e, type, &command, out, error) : cci_no_memory(error);
        json_decref(e->outcome);
        json_decref(e->answer);
        e->outcome = e->answer = NULL;
    }
    json_decref(canonical);
    return status;
}
