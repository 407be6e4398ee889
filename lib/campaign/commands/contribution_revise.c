/* {"do":"contribution.revise"}: new content under the same id; the log keeps the old. */
#include <string.h>

#include "campaign/commands.h"
#include "campaign/commands/contribution.h"
#include "campaign/revisions/revisions.h"

#define NOTE_MAX 1000

static json_t *member(const json_t *object, const char *key)
{
    json_t *value = json_object_get(object, key);
    return json_is_null(value) ? NULL : value;
}

static int changes(const json_t *row, const json_t *body)
{
    for (const char *const *key = cci_revised_keys; *key; key++) {
        const json_t *now = json_object_get(row, *key);
        const json_t *next = member(body, *key);
        if (next && !(now && json_equal(now, next)))
            return 1;
    }
    return 0;
}

static cocreate_status check(cci_engine *e, const cci_command *command, const char *id, const json_t *row,
                             cocreate_error *error)
{
    CCI_TRY(cci_contribution_owned(command, id, row, error));
    CCI_TRY(cci_revision_window(e, command, id, row, error));
    json_t *fields = member(command->body, "fields");
    return fields ? cci_form_check(&command->campaign->brief, fields, error) : COCREATE_OK;
}

static cocreate_status read_note(const json_t *body, const char **note, cocreate_error *error)
{
    CCI_TRY(cci_json_string_opt(body, "note", note, &CCI_ROOT, error));
    size_t n = *note ? strlen(*note) : 1;
    return n >= 1 && n <= NOTE_MAX ? COCREATE_OK
                                   : cci_fail(error, COCREATE_ERR_SCHEMA,
                                              "$.note: expected 1 to %d bytes, got %zu", NOTE_MAX, n);
}

/* The content stands already: sent again, if its note is the same. */
static cocreate_status check_repeated(cci_engine *e, const cci_command *command, const char *id,
                                      const json_t *row, const char *note, cci_decision *decision,
                                      cocreate_error *error)
{
    json_t *stands;
    CCI_TRY(cci_contribution_owned(command, id, row, error));
    CCI_TRY(cci_revision_note(e, command->campaign, id, row, &stands, error));
    int same = !note || strcmp(note, json_string_value(stands)) == 0;
    json_decref(stands);
    if (!same)
        return cci_fail(error, COCREATE_ERR_CONFLICT,
                        "contribution '%s' has this content already, as revision %lld, without this 'note'",
                        id, (long long)json_integer_value(json_object_get(row, "revision")));
    decision->exists = 1;
    return COCREATE_OK;
}

static cocreate_status event_data(cci_engine *e, const cci_command *command, const char *id,
                                  const json_t *row, const char *note, json_t **out, cocreate_error *error)
{
    char digest[CCI_DIGEST_TEXT];
    int64_t revision = json_integer_value(json_object_get(row, "revision")) + 1;
    json_t *data = cci_json_new();
    int made = cci_json_put(data, "contribution", json_string(id)) &&
               cci_json_put(data, "revision", json_integer(revision)) &&
               (!note || cci_json_put(data, "note", json_string(note)));
    for (const char *const *key = cci_revised_keys; made && *key; key++) {
        json_t *value = member(command->body, *key);
        made = !value || cci_json_put(data, *key, cci_json_deep_copy(value));
    }
    cocreate_status status = made ? cci_revision_digest(e, row, data, digest, error) : cci_no_memory(error);
    if (status == COCREATE_OK && !cci_json_put(data, "digest", json_string(digest)))
        status = cci_no_memory(error);
    if (status == COCREATE_OK)
        *out = data;
    else
        json_decref(data);
    return status;
}

static cocreate_status decide_on(cci_engine *e, const cci_command *command, const char *id, const json_t *row,
                                 cci_decision *decision, cocreate_error *error)
{
    const char *note = NULL;
    json_t *data;
    if (!member(command->body, "title") && !member(command->body, "fields"))
        return cci_fail(error, COCREATE_ERR_SCHEMA, "$: a revision has 'fields' or a 'title'");
    CCI_TRY(read_note(command->body, &note, error));
    if (!changes(row, command->body))
        return check_repeated(e, command, id, row, note, decision, error);
    CCI_TRY(check(e, command, id, row, error));
    CCI_TRY(event_data(e, command, id, row, note, &data, error));
    CCI_TRY(cci_decide(decision, "contribution.revised", command->campaign, data, error));
    return cci_revision_rounds(e, command, id, row, decision, error);
}

static cocreate_status decide(cci_engine *e, const cci_command *command, cci_decision *decision,
                              cocreate_error *error)
{
    const char *id;
    json_t *row;
    CCI_TRY(cci_contribution_named(e, command, &id, &row, error));
    cocreate_status status = decide_on(e, command, id, row, decision, error);
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
    for (const char *const *key = cci_revised_keys; made && *key; key++) {
        json_t *value = json_object_get(row, *key);
        made = !value || cci_json_put(original, *key, json_incref(value));
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
    for (const char *const *key = cci_revised_keys; made && *key; key++) {
        json_t *value = json_object_get(event->data, *key);
        made = !value || cci_json_put(row, *key, json_incref(value));
    }
    return made;
}

static cocreate_status apply(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *id;
    json_t *row;
    CCI_TRY(cci_contribution_of(e, event, &id, &row, error));
    cocreate_status status = cci_revision_put(e, event, id, row, error);
    if (status == COCREATE_OK)
        status = revise(row, event)
                     ? cci_state_put(e, event->campaign->part, CCI_KIND_CONTRIBUTION, id, row, error)
                     : cci_no_memory(error);
    json_decref(row);
    return status;
}

static cocreate_status check_again(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *id;
    json_t *row;
    CCI_TRY(cci_contribution_of(e, event, &id, &row, error));
    cocreate_status status = cci_revision_check(e, event, id, row, error);
    json_decref(row);
    return status;
}

static const cci_parameter parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"contribution", "id", 1, "what is revised"},
    {"title", "text", 0, "the new title"},
    {"fields", "object", 0, "the new fields, in place of all old ones"},
    {"note", "text", 0, "what changed and why, at most 1,000 bytes, for whoever sees the contribution"},
    {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_contribution_revise = {
    "contribution.revise", "Give a contribution new content", parameters, NULL, decide, 0};

const cci_event_type cci_event_contribution_revised = {"contribution.revised", apply, check_again};
