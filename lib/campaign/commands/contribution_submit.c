/* {"do":"contribution.submit"}: the first step of co-creation. */
#include <string.h>

#include "campaign/commands.h"
#include "campaign/commands/contribution.h"
#include "campaign/graph/kinds.h"
#include "campaign/milestones/milestones.h"
#include "campaign/rounds/drop.h"
#include "campaign/tasks/tasks.h"
#include "campaign/money/fact_lists.h"
#include "campaign/money/fees.h"
#include "campaign/limits/categories.h"
#include "campaign/limits/limits.h"
#include "campaign/people/people.h"
#include "campaign/people/teams.h"
#include "campaign/windows/windows.h"
#include "campaign/rights/rights.h"

/* ---- the submission as a document ---- */

/* The members that make the content of a submission, in the order they are compared. */
static const char *const content_keys[] = {"authors", "title", "fields",   "terms",   "cost",
                                           "category", "kind", "channel", "reply_to", "team",    NULL};

static cocreate_status read_content(cci_engine *e, const cci_command *command, const char *id,
                                    const json_t *row, json_t **out, cocreate_error *error)
{
    json_t *list = NULL, *team = json_object_get(row, "team");
    if (team && json_equal(team, json_object_get(command->body, "team")))
        list = cci_json_deep_copy(json_object_get(row, "authors")); /* its members then */
    else
        CCI_TRY(cci_authors_read(e, command, row != NULL, &list, error));
    json_t *data = cci_json_new();
    int made = cci_json_put(data, "authors", list);
    made &= cci_json_put(data, "contribution", json_string(id));
    for (const char *const *key = content_keys + 1; made && *key; key++) {
        json_t *value = json_object_get(command->body, *key);
        if (value && !json_is_null(value))
            made = cci_json_put(data, *key, cci_json_deep_copy(value));
    }
    cocreate_status status = made ? cci_kind_read(command, data, error) : cci_no_memory(error);
    if (status == COCREATE_OK)
        *out = data;
    else
        json_decref(data);
    return status;
}

static int same_member(const json_t *a, const json_t *b, const char *key)
{
    const json_t *x = json_object_get(a, key), *y = json_object_get(b, key);
    return x && y ? json_equal(x, y) : x == y;
}

cocreate_status cci_contribution_digest(cci_engine *e, const json_t *document,
                                        char out[CCI_DIGEST_TEXT], cocreate_error *error)
{
    json_t *content = cci_json_new();
    int made = content != NULL;
    for (const char *const *key = content_keys; made && *key; key++) {
        json_t *value = json_object_get(document, *key);
        made = !value || cci_json_put(content, *key, json_incref(value));
    }
    cocreate_status status =
        made ? cci_json_digest(&e->allocator, content, out, error) : cci_no_memory(error);
    json_decref(content);
    return status;
}

/* The id exists: with the content it was submitted with, or with another. */
static cocreate_status compare(cci_engine *e, const char *id, const json_t *row,
                               const json_t *data, cci_decision *decision, cocreate_error *error)
{
    const char *digest = json_string_value(json_object_get(row, "content"));
    if (digest) { /* removed: only the digest of the content is left */
        char mine[CCI_DIGEST_TEXT];
        CCI_TRY(cci_contribution_digest(e, data, mine, error));
        if (strcmp(mine, digest) != 0)
            return cci_fail(error, COCREATE_ERR_CONFLICT,
                            "contribution '%s' was removed and had other content", id);
        decision->exists = 1;
        return COCREATE_OK;
    }
    const json_t *original = json_object_get(row, "original");
    for (const char *const *key = content_keys; *key; key++) {
        int revised = original && (strcmp(*key, "title") == 0 || strcmp(*key, "fields") == 0);
        if (!same_member(revised ? original : row, data, *key))
            return cci_fail(error, COCREATE_ERR_CONFLICT,
                            "contribution '%s' exists with other '%s'", id, *key);
    }
    decision->exists = 1;
    return COCREATE_OK;
}

/* ---- guards ---- */

cocreate_status cci_authors_allowed(cci_engine *e, const cci_command *command, const char *activity,
                                    json_t *data, cocreate_error *error)
{
    const json_t *list = json_object_get(data, "authors");
    int evaluated = 0;
    int is_author = strcmp(command->actor, CCI_HOST) == 0;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *side, *author = json_string_value(
                              json_object_get(json_array_get(list, i), "participant"));
        if (strcmp(author, CCI_HOST) == 0)
            return cci_fail(error, COCREATE_ERR_SCHEMA,
                            "$.authors: the host is no author; say who is");
        CCI_TRY(cci_side_of(e, author, &side, error));
        if (strcmp(activity, "contribute") == 0)
            CCI_TRY(cci_require_contributor(command->campaign, author, side, error));
        CCI_TRY(cci_require_eligible(e, command->campaign, activity, author, command->at, &evaluated, error));
        is_author |= strcmp(author, command->actor) == 0;
    }
    if (!is_author)
        return cci_fail(error, COCREATE_ERR_PERMISSION, "$.authors: '%s' submits for others only",
                        command->actor);
    return !evaluated || cci_json_put(data, "eligible", json_true()) ? COCREATE_OK
                                                                     : cci_no_memory(error);
}

static cocreate_status check_terms(const cci_campaign *c, const char *terms, cocreate_error *error)
{
    const char *needed = c->brief.rights.terms;
    if (!needed)
        return terms ? cci_refuse(error, "$.rights.terms", "the brief has no terms to accept")
                     : COCREATE_OK;
    if (!terms)
        return cci_refuse(error, "$.rights.terms", "a submission accepts terms '%s'", needed);
    if (strcmp(terms, needed) != 0)
        return cci_refuse(error, "$.rights.terms", "a submission accepts terms '%s', not '%s'",
                          needed, terms);
    return COCREATE_OK;
}

/* A phase takes it, or takes what is late, which is marked. */
static cocreate_status require_window(const cci_campaign *c, int64_t at, json_t *data,
                                      cocreate_error *error)
{
    cocreate_error why = {0};
    cocreate_status status = cci_require_phase(c, at, CCI_ALLOW_SUBMIT, &why);
    if (status == COCREATE_ERR_REFUSED && cci_late_lane(c, at, CCI_ALLOW_SUBMIT))
        return cci_json_put(data, "late", json_true()) ? COCREATE_OK : cci_no_memory(error);
    if (status != COCREATE_OK && error)
        *error = why;
    return status;
}

static cocreate_status check(cci_engine *e, const cci_command *command, json_t *data,
                             cocreate_error *error)
{
    const cci_campaign *c = command->campaign;
    int64_t cost = 0;
    if (cci_kind_replies(cci_contribution_kind(data)))
        return cci_reply_check(e, command, data, error);
    if (json_object_get(data, "reply_to"))
        return cci_fail(error, COCREATE_ERR_SCHEMA, "$.reply_to: a contribution of kind '%s' answers none",
                        cci_contribution_kind(data));
    CCI_TRY(cci_authors_allowed(e, command, "contribute", data, error));
    CCI_TRY(require_window(c, command->at, data, error));
    CCI_TRY(cci_require_category(e, c, json_string_value(json_object_get(data, "category")), error));
    CCI_TRY(cci_json_i64_opt(data, "cost", 0, CCI_JSON_INTEGER_MAX, &cost, &CCI_ROOT, error));
    CCI_TRY(check_terms(c, json_string_value(json_object_get(data, "terms")), error));
    CCI_TRY(cci_form_check(&c->brief, json_object_get(data, "fields"), error));
    CCI_TRY(cci_limits_works(e, command, data, error));
    return cci_fees_require(e, c, command->actor, json_object_get(data, "authors"), error);
}

static cocreate_status decide(cci_engine *e, const cci_command *command, cci_decision *decision,
                              cocreate_error *error)
{
    const char *id;
    json_t *data, *row;
    CCI_TRY(cci_json_id(command->body, "contribution", &id, &CCI_ROOT, error));
    CCI_TRY(cci_state_get(e, command->campaign->part, CCI_KIND_CONTRIBUTION, id, &row, error));
    cocreate_status status = read_content(e, command, id, row, &data, error);
    if (status == COCREATE_OK) {
        status = row ? compare(e, id, row, data, decision, error) : check(e, command, data, error);
        if (status == COCREATE_OK && !row)
            status = cci_decide(decision, "contribution.submitted", command->campaign,
                                json_incref(data), error);
        json_decref(data);
    }
    json_decref(row);
    return status;
}

/* ---- apply ---- */

static cocreate_status put_author(cci_engine *e, const cci_event *event, const char *id, const char *author,
                                  cocreate_error *error)
{
    json_t *at = cci_json_new(), *row = NULL;
    cocreate_status status =
        cci_json_put(at, "at", json_integer(event->at)) ? COCREATE_OK : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = cci_limits_submitted(e, event, id, author, at, error);
    if (status == COCREATE_OK) {
        row = cci_json_copy(at);
        status = row ? cci_fact_list_keep(e, event->campaign, author, row, error) : cci_no_memory(error);
    }
    if (status == COCREATE_OK)
        status = cci_state_put_by(e, event->campaign->part, CCI_KIND_AUTHOR, CCI_KEY(author, id), row, error);
    json_decref(row);
    json_decref(at);
    return status;
}

static cocreate_status put_authors(cci_engine *e, const cci_event *event, const char *id,
                                   cocreate_error *error)
{
    const json_t *list = json_object_get(event->data, "authors");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *author;
        CCI_TRY(cci_json_id(json_array_get(list, i), "participant", &author, &CCI_ROOT, error));
        CCI_TRY(put_author(e, event, id, author, error));
    }
    return COCREATE_OK;
}

static cocreate_status put_contribution(cci_engine *e, const cci_event *event, const char *id,
                                        cocreate_error *error)
{
    int screened = event->campaign->brief.pre_moderation &&
                   !cci_kind_replies(cci_contribution_kind(event->data));
    const char *state = screened ? "submitted" : "published";
    json_t *row = cci_json_deep_copy(event->data);
    if (row)
        json_object_del(row, "contribution"); /* it is the key */
    int made = row && cci_json_put(row, "at", json_integer(event->at)) &&
               cci_json_put(row, "changed_at", json_integer(event->at)) &&
               cci_json_put(row, "by", json_string(event->actor)) &&
               cci_json_put(row, "revision", json_integer(1)) &&
               cci_json_put(row, "state", json_string(state));
    cocreate_status status =
        made ? cci_state_put(e, event->campaign->part, CCI_KIND_CONTRIBUTION, id, row, error)
             : cci_no_memory(error);
    json_decref(row);
    return status;
}

static cocreate_status apply(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *id;
    CCI_TRY(cci_json_id(event->data, "contribution", &id, &CCI_ROOT, error));
    CCI_TRY(put_contribution(e, event, id, error));
    CCI_TRY(put_authors(e, event, id, error));
    const char *team = json_string_value(json_object_get(event->data, "team"));
    if (team)
        CCI_TRY(cci_team_worked(e, event, team, id, error));
    if (cci_kind_replies(cci_contribution_kind(event->data))) {
        CCI_TRY(cci_reply_link(e, event, id, error));
    } else {
        CCI_TRY(cci_right_propose(e, event, id, error));
        CCI_TRY(cci_fees_use(e, event, error));
        CCI_TRY(cci_category_count(e, event->campaign, event->data, 1, error));
    }
    CCI_TRY(cci_count(event->campaign, event->data, "created", 1, error));
    CCI_TRY(cci_count(event->campaign, event->data, "live", 1, error));
    if (!event->campaign->brief.pre_moderation && !cci_kind_replies(cci_contribution_kind(event->data)))
        CCI_TRY(cci_milestones_start(e, event, id, error));
    if (!event->campaign->brief.pre_moderation)
        CCI_TRY(cci_drop_join(e, event, id, event->data, error));
    if (!event->campaign->brief.pre_moderation)
        CCI_TRY(cci_tasks_join(e, event, id, event->data, error));
    return cci_campaign_put_counts(e, event->campaign, error);
}

/* Whoever was said to be eligible was, by what the log tells of them. */
static cocreate_status check_again(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const json_t *list = json_object_get(event->data, "authors");
    int replies = cci_kind_replies(cci_contribution_kind(event->data));
    /* Replies were once written without a look at who may comment; their events say nothing of it. */
    if (replies && !json_object_get(event->data, "eligible"))
        return COCREATE_OK;
    for (size_t i = 0; event->campaign && i < json_array_size(list); i++) {
        const char *author;
        int evaluated;
        CCI_TRY(cci_json_id(json_array_get(list, i), "participant", &author, &CCI_ROOT, error));
        CCI_TRY(cci_require_eligible(e, event->campaign, replies ? "comment" : "contribute", author,
                                     event->at, &evaluated, error));
    }
    return COCREATE_OK;
}

static const cci_parameter parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"contribution", "id", 1, "of the new contribution"},
    {"authors", "array", 0,
     "of {participant, share}, shares as \"1/2\" that sum to 1; default: the actor alone, or equal "
     "shares"},
    {"team", "id", 0, "for whom, in place of authors: its members with their shares"},
    {"title", "text", 0, "one line for people"},
    {"fields", "object", 0, "what the form of the brief asks for"},
    {"terms", "text", 0, "version of the rights terms that the authors accept"},
    {"cost", "integer", 0, "what it asks for in minor units, where selection spends a budget"},
    {"category", "text", 0, "a word of the host"},
    {"kind", "text", 0, "one of the kinds of the brief; default: its first kind of works"},
    {"channel", "id", 0, "where it came from, a word of the host"},
    {"reply_to", "id", 0, "what a comment, review, answer or response answers"},
    {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_contribution_submit = {
    "contribution.submit", "Submit a contribution, alone or as a team", parameters, NULL, decide,
    0};

const cci_event_type cci_event_contribution_submitted = {"contribution.submitted", apply, check_again};
