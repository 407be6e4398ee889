/* {"do":"response.post"}: what the firm officially answers to a contribution. */
#include <string.h>

#include "campaign/care/care.h"
#include "campaign/commands/contribution.h"

typedef enum response_kind { ACK, ANSWER, STATUS, NOTE } response_kind;
static const char *const kind_words[] = {"ack", "answer", "status", "note", NULL};
static const char *const members[] = {"kind", "status", "text", "digest", NULL};

/* What a response of a kind needs and may not have. */
static cocreate_status check_members(const json_t *body, response_kind kind, cocreate_error *error)
{
    const char *status = NULL, *text = NULL, *digest = NULL;
    CCI_TRY(cci_json_string_opt(body, "status", &status, &CCI_ROOT, error));
    CCI_TRY(cci_json_string_opt(body, "text", &text, &CCI_ROOT, error));
    CCI_TRY(cci_json_string_opt(body, "digest", &digest, &CCI_ROOT, error));
    if (kind == STATUS && !(status && status[0]))
        return cci_fail(error, COCREATE_ERR_SCHEMA, "$.status: a response of kind 'status' says which");
    if (kind != STATUS && status)
        return cci_fail(error, COCREATE_ERR_SCHEMA,
                        "$.status: is only for responses of kind 'status', not '%s'", kind_words[kind]);
    if ((kind == ANSWER || kind == NOTE) && !text && !digest)
        return cci_fail(error, COCREATE_ERR_SCHEMA, "$: a response of kind '%s' has a 'text' or its 'digest'",
                        kind_words[kind]);
    if (digest && !cci_digest_parse(digest, NULL))
        return cci_fail(error, COCREATE_ERR_SCHEMA, "$.digest: must be \"sha256:\" and 64 hex digits");
    return COCREATE_OK;
}

static const json_t *member(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return json_is_null(value) ? NULL : value;
}

/* Was it posted already? The same again is no fault, another one under its id is. */
static cocreate_status check_posted(cci_engine *e, const cci_command *command, const char *contribution,
                                    const char *id, cci_decision *decision, cocreate_error *error)
{
    json_t *row = NULL;
    cocreate_status status = cci_state_get_by(e, command->campaign->part, CCI_KIND_RESPONSE,
                                              CCI_KEY(contribution, id), &row, error);
    CCI_TRY(status);
    decision->exists = row != NULL;
    for (size_t i = 0; row && members[i] && status == COCREATE_OK; i++) {
        const json_t *now = member(row, members[i]), *next = member(command->body, members[i]);
        if (now && next ? !json_equal(now, next) : now != next)
            status = cci_fail(error, COCREATE_ERR_CONFLICT,
                              "response '%s' to contribution '%s' exists with another '%s'", id, contribution,
                              members[i]);
    }
    json_decref(row);
    return status;
}

static json_t *response_data(const json_t *body)
{
    static const char *const keys[] = {"contribution", "response", "kind", "status", "text", "digest"};
    json_t *data = cci_json_new();
    int made = data != NULL;
    for (size_t i = 0; made && i < sizeof keys / sizeof *keys; i++) {
        const json_t *value = member(body, keys[i]);
        made = !value || cci_json_put(data, keys[i], cci_json_deep_copy(value));
    }
    if (made)
        return data;
    json_decref(data);
    return NULL;
}

static cocreate_status decide(cci_engine *e, const cci_command *command, cci_decision *decision,
                              cocreate_error *error)
{
    const char *contribution, *id;
    int kind;
    json_t *row = NULL;
    CCI_TRY(cci_json_id(command->body, "response", &id, &CCI_ROOT, error));
    CCI_TRY(cci_json_choice(command->body, "kind", kind_words, &kind, &CCI_ROOT, error));
    CCI_TRY(check_members(command->body, (response_kind)kind, error));
    CCI_TRY(cci_contribution_named(e, command, &contribution, &row, error));
    json_decref(row);
    CCI_TRY(check_posted(e, command, contribution, id, decision, error));
    if (decision->exists)
        return COCREATE_OK;
    return cci_decide(decision, "response.posted", command->campaign, response_data(command->body), error);
}

/* An answer or a status answers; an ack says that somebody read it, a note nothing to its authors. */
static int answers(const json_t *data)
{
    const char *kind = json_string_value(json_object_get(data, "kind"));
    return kind && (strcmp(kind, kind_words[ANSWER]) == 0 || strcmp(kind, kind_words[STATUS]) == 0);
}

/* The contribution keeps when it was first answered, and its last status. */
static int mark_answered(json_t *row, const cci_event *event)
{
    json_t *status = json_object_get(event->data, "status");
    return (!answers(event->data) || json_object_get(row, "answered_at") ||
            cci_json_put(row, "answered_at", json_integer(event->at))) &&
           (!status || cci_json_put(row, "status", json_incref(status)));
}

static cocreate_status put_response(cci_engine *e, const cci_event *event, const char *contribution,
                                    cocreate_error *error)
{
    const char *id;
    CCI_TRY(cci_json_id(event->data, "response", &id, &CCI_ROOT, error));
    json_t *doc = cci_json_copy(event->data);
    int made = cci_json_put(doc, "at", json_integer(event->at)) &&
               cci_json_put(doc, "by", json_string(event->actor));
    cocreate_status status = made ? cci_state_put_by(e, event->campaign->part, CCI_KIND_RESPONSE,
                                                     CCI_KEY(contribution, id), doc, error)
                                  : cci_no_memory(error);
    json_decref(doc);
    return status;
}

static cocreate_status apply(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *contribution;
    json_t *row = NULL;
    CCI_TRY(cci_contribution_of(e, event, &contribution, &row, error));
    cocreate_status status = put_response(e, event, contribution, error);
    if (status == COCREATE_OK && !mark_answered(row, event))
        status = cci_no_memory(error);
    if (status == COCREATE_OK)
        status = cci_state_put(e, event->campaign->part, CCI_KIND_CONTRIBUTION, contribution, row, error);
    json_decref(row);
    return status;
}

static const cci_parameter parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"contribution", "id", 1, "what is answered"},
    {"response", "id", 1, "of the new response, among those to the contribution"},
    {"kind", "text", 1, "ack, answer, status or note"},
    {"status", "text", 0, "what the contribution has come to, a word of the host; for kind status"},
    {"text", "text", 0, "what is answered; it stands in the log"},
    {"digest", "text", 0, "\"sha256:\" of a text that stands elsewhere"},
    {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_response_post = {
    .name = "response.post",
    .title = "Answer a contribution officially",
    .parameters = parameters,
    .sides = cci_firm_alone,
    .decide = decide,
};

const cci_event_type cci_event_response_posted = {"response.posted", apply, NULL};
