/* {"do":"contribution.revise"}: new content under the same id; the log keeps the old. */
#include <string.h>

#include "campaign/commands.h"
#include "campaign/commands/contribution.h"

/* The members that a revision may change. */
static const char *const revised_keys[] = {"title", "fields"};

static json_t *member(const json_t *object, const char *key)
{
    json_t *value = json_object_get(object, key);
    return json_is_null(value) ? NULL : value;
}

static int changes(const json_t *row, const json_t *body)
{
    for (size_t i = 0; i < 2; i++) {
        const json_t *now = json_object_get(row, revised_keys[i]);
        const json_t *next = member(body, revised_keys[i]);
        if (next && !(now && json_equal(now, next)))
            return 1;
    }
    return 0;
}

static cocreate_status check(const cci_command *command, const char *id, const json_t *row,
                             cocreate_error *error)
{
    const cci_campaign *c = command->campaign;
    CCI_TRY(cci_contribution_owned(command, id, row, error));
    CCI_TRY(cci_require_phase(c, command->at, CCI_ALLOW_REVISE, error));
    if (!cci_contribution_is(row, "submitted") && !cci_contribution_is(row, "published"))
        return cci_fail(error, COCREATE_ERR_REFUSED,
                        "contribution '%s' is %s: it cannot be revised", id,
                        cci_contribution_state(row));
    json_t *fields = member(command->body, "fields");
    return fields ? cci_form_check(&c->brief, fields, error) : COCREATE_OK;
}

static cocreate_status decide_on(const cci_command *command, const char *id, const json_t *row,
                                 cci_decision *decision, cocreate_error *error)
{
    if (!member(command->body, "title") && !member(command->body, "fields"))
        return cci_fail(error, COCREATE_ERR_SCHEMA, "$: a revision has 'fields' or a 'title'");
    if (!changes(row, command->body)) {
        CCI_TRY(cci_contribution_owned(command, id, row, error));
        decision->exists = 1;
        return COCREATE_OK;
    }
    CCI_TRY(check(command, id, row, error));
    int64_t revision = json_integer_value(json_object_get(row, "revision")) + 1;
    json_t *data = cci_json_new();
    int made = cci_json_put(data, "contribution", json_string(id)) &&
               cci_json_put(data, "revision", json_integer(revision));
    for (size_t i = 0; made && i < 2; i++) {
        json_t *value = member(command->body, revised_keys[i]);
        made = !value || cci_json_put(data, revised_keys[i], cci_json_deep_copy(value));
    }
    if (!made) {
        json_decref(data);
        return cci_no_memory(error);
    }
    return cci_decide(decision, "contribution.revised", command->campaign, data, error);
}

static cocreate_status decide(cci_engine *e, const cci_command *command, cci_decision *decision,
                              cocreate_error *error)
{
    const char *id;
    json_t *row;
    CCI_TRY(cci_contribution_named(e, command, &id, &row, error));
    cocreate_status status = decide_on(command, id, row, decision, error);
    json_decref(row);
    return status;
}

/* What was submitted first is kept once, whatever the number of revisions. */
static int keep_original(json_t *row)
{
    if (json_object_get(row, "original"))
        return 1;
    json_t *original = cci_json_new();
    int made = original != NULL;
    for (size_t i = 0; made && i < 2; i++) {
        json_t *value = json_object_get(row, revised_keys[i]);
        made = !value || cci_json_put(original, revised_keys[i], json_incref(value));
    }
    return cci_json_put(row, "original", original) && made;
}

static int revise(json_t *row, const cci_event *event)
{
    int made = keep_original(row) &&
               cci_json_put(row, "revision",
                            json_incref(json_object_get(event->data, "revision"))) &&
               cci_json_put(row, "changed_at", json_integer(event->at)) &&
               cci_json_put(row, "by", json_string(event->actor));
    for (size_t i = 0; made && i < 2; i++) {
        json_t *value = json_object_get(event->data, revised_keys[i]);
        made = !value || cci_json_put(row, revised_keys[i], json_incref(value));
    }
    return made;
}

static cocreate_status apply(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *id;
    json_t *row;
    CCI_TRY(cci_contribution_of(e, event, &id, &row, error));
    cocreate_status status =
        revise(row, event)
            ? cci_state_put(e, event->campaign->part, CCI_KIND_CONTRIBUTION, id, row, error)
            : cci_no_memory(error);
    json_decref(row);
    return status;
}

static const cci_parameter parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"contribution", "id", 1, "what is revised"},
    {"title", "text", 0, "the new title"},
    {"fields", "object", 0, "the new fields, in place of all old ones"},
    {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_contribution_revise = {
    "contribution.revise", "Give a contribution new content", parameters, NULL, decide, 0};

const cci_event_type cci_event_contribution_revised = {"contribution.revised", apply, NULL};
