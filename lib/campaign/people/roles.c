/* {"do":"role.grant"} and {"do":"role.revoke"}: what a person may do, beside the side they are on.
 *
 * A role stands for one campaign, or for all: "*". The brief says which commands need which role; the
 * row keeps when a role began, ends, and was taken back. */
#include "campaign/people/people.h"

#include <string.h>

#include "base/time.h"
#include "campaign/commands.h"

const char *const cci_role_words[] = {"contributor", "voter",     "juror",   "moderator",
                                      "manager",     "treasurer", "auditor", NULL};

static cocreate_status get_role(cci_engine *e, const char *participant, const char *role,
                                const char *scope, json_t **row, cocreate_error *error)
{
    return cci_state_get_by(e, 0, CCI_KIND_ROLE, CCI_KEY(participant, role, scope), row, error);
}

static int is_active(const json_t *row, int64_t at)
{
    const json_t *from = json_object_get(row, "from"), *until = json_object_get(row, "until");
    return row && !json_object_get(row, "revoked_at") &&
           (!from || at >= json_integer_value(from)) && (!until || at < json_integer_value(until));
}

cocreate_status cci_role_holds(cci_engine *e, const cci_campaign *c, const char *participant,
                               const char *role, int64_t at, int *holds, cocreate_error *error)
{
    const char *scopes[] = {"*", c ? c->id : "*"};
    *holds = 0;
    for (int i = 0; i < 1 + (c != NULL) && !*holds; i++) {
        json_t *row;
        CCI_TRY(get_role(e, participant, role, scopes[i], &row, error));
        *holds = is_active(row, at);
        json_decref(row);
    }
    return COCREATE_OK;
}

cocreate_status cci_require_role(cci_engine *e, const cci_campaign *c, const char *command,
                                 const char *participant, int64_t at, int *ruled,
                                 cocreate_error *error)
{
    const json_t *roles = json_object_get(json_object_get(c->brief.json, "roles"), command);
    cci_buffer all;
    *ruled = roles != NULL;
    for (size_t i = 0; i < json_array_size(roles); i++) {
        int holds;
        CCI_TRY(cci_role_holds(e, c, participant, json_string_value(json_array_get(roles, i)), at,
                               &holds, error));
        if (holds)
            return COCREATE_OK;
    }
    if (!roles)
        return COCREATE_OK;
    cci_buffer_init(&all, &e->allocator);
    for (size_t i = 0; i < json_array_size(roles); i++)
        cci_buffer_format(&all, "%s%s", i ? " or " : "",
                          json_string_value(json_array_get(roles, i)));
    cci_path path = cci_path_key(&CCI_ROOT, "roles"), rule = cci_path_key(&path, command);
    cocreate_status status =
        all.failed ? cci_no_memory(error)
                   : cci_json_fail(error, COCREATE_ERR_PERMISSION, &rule,
                                   "'%s' needs the role %s, which role.grant gives", participant,
                                   all.data ? all.data : "");
    cci_buffer_free(&all);
    return status;
}

/* ---- role.grant ---- */

typedef struct role_in {
    const char *participant, *role, *scope;
    int64_t from, until; /* INT64_MIN, INT64_MAX: open */
} role_in;

static cocreate_status read_role(cci_engine *e, const cci_command *command, role_in *in,
                                 cocreate_error *error)
{
    const json_t *body = command->body;
    json_t *person;
    int word;
    *in = (role_in){.scope = "*", .from = INT64_MIN, .until = INT64_MAX};
    CCI_TRY(cci_json_id(body, "participant", &in->participant, &CCI_ROOT, error));
    CCI_TRY(cci_json_choice(body, "role", cci_role_words, &word, &CCI_ROOT, error));
    in->role = cci_role_words[word];
    if (command->campaign)
        in->scope = command->campaign->id;
    const json_t *from = json_object_get(body, "from"), *until = json_object_get(body, "until");
    if (from && !json_is_null(from))
        CCI_TRY(cci_json_time(body, "from", &in->from, &CCI_ROOT, error));
    if (until && !json_is_null(until))
        CCI_TRY(cci_json_time(body, "until", &in->until, &CCI_ROOT, error));
    char opens[CCI_TIME_TEXT], closes[CCI_TIME_TEXT];
    if (in->from >= in->until)
        return cci_fail(error, COCREATE_ERR_SCHEMA, "$.until: %s is not after the beginning, %s",
                        cci_time_text(in->until, closes), cci_time_text(in->from, opens));
    CCI_TRY(cci_participant_get(e, in->participant, &person, error));
    json_decref(person);
    return COCREATE_OK;
}

static json_t *role_document(const role_in *in)
{
    json_t *doc = cci_json_new();
    if (!cci_json_put(doc, "participant", json_string(in->participant)) ||
        !cci_json_put(doc, "role", json_string(in->role)) ||
        !cci_json_put(doc, "scope", json_string(in->scope)) ||
        (in->from != INT64_MIN && !cci_json_put(doc, "from", json_integer(in->from))) ||
        (in->until != INT64_MAX && !cci_json_put(doc, "until", json_integer(in->until)))) {
        json_decref(doc);
        return NULL;
    }
    return doc;
}

static int same_bounds(const json_t *row, const role_in *in)
{
    const json_t *from = json_object_get(row, "from"), *until = json_object_get(row, "until");
    return (from ? json_integer_value(from) : INT64_MIN) == in->from &&
           (until ? json_integer_value(until) : INT64_MAX) == in->until;
}

static cocreate_status decide_grant(cci_engine *e, const cci_command *command,
                                    cci_decision *decision, cocreate_error *error)
{
    role_in in;
    json_t *row;
    const char *side;
    CCI_TRY(read_role(e, command, &in, error));
    CCI_TRY(get_role(e, in.participant, in.role, in.scope, &row, error));
    decision->exists = row && !json_object_get(row, "revoked_at") && same_bounds(row, &in);
    json_decref(row);
    if (decision->exists)
        return COCREATE_OK;
    CCI_TRY(cci_side_of(e, in.participant, &side, error)); /* not to who is suspended or erased */
    return cci_decide(decision, "role.granted", command->campaign, role_document(&in), error);
}

static cocreate_status put_role(cci_engine *e, const cci_event *event, json_t *row,
                                cocreate_error *error)
{
    const char *participant, *role, *scope;
    CCI_TRY(cci_json_id(event->data, "participant", &participant, &CCI_ROOT, error));
    CCI_TRY(cci_json_id(event->data, "role", &role, &CCI_ROOT, error));
    CCI_TRY(cci_json_id(event->data, "scope", &scope, &CCI_ROOT, error));
    return cci_state_put_by(e, 0, CCI_KIND_ROLE, CCI_KEY(participant, role, scope), row, error);
}

static cocreate_status apply_granted(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    static const char *const bounds[] = {"from", "until"};
    json_t *row = cci_json_new();
    int made = cci_json_put(row, "at", json_integer(event->at)) &&
               cci_json_put(row, "by", json_string(event->actor));
    for (int i = 0; i < 2 && made; i++) {
        json_t *bound = json_object_get(event->data, bounds[i]);
        made = !bound || cci_json_put(row, bounds[i], json_incref(bound));
    }
    cocreate_status status = made ? put_role(e, event, row, error) : cci_no_memory(error);
    json_decref(row);
    return status;
}

/* ---- role.revoke ---- */

static cocreate_status decide_revoke(cci_engine *e, const cci_command *command,
                                     cci_decision *decision, cocreate_error *error)
{
    role_in in;
    json_t *row;
    CCI_TRY(read_role(e, command, &in, error));
    CCI_TRY(get_role(e, in.participant, in.role, in.scope, &row, error));
    int known = row != NULL;
    decision->exists = json_object_get(row, "revoked_at") != NULL;
    json_decref(row);
    if (!known)
        return cci_fail(error, COCREATE_ERR_NOT_FOUND, "'%s' was never given the role %s for %s",
                        in.participant, in.role,
                        strcmp(in.scope, "*") == 0 ? "every campaign" : in.scope);
    return decision->exists ? COCREATE_OK
                            : cci_decide(decision, "role.revoked", command->campaign,
                                         role_document(&in), error);
}

static cocreate_status apply_revoked(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *participant, *role, *scope;
    json_t *row;
    CCI_TRY(cci_json_id(event->data, "participant", &participant, &CCI_ROOT, error));
    CCI_TRY(cci_json_id(event->data, "role", &role, &CCI_ROOT, error));
    CCI_TRY(cci_json_id(event->data, "scope", &scope, &CCI_ROOT, error));
    CCI_TRY(get_role(e, participant, role, scope, &row, error));
    if (!row)
        return cci_fail(error, COCREATE_ERR_CORRUPT, "event %llu revokes a role that nobody has",
                        (unsigned long long)event->seq);
    int made = cci_json_put(row, "revoked_at", json_integer(event->at)) &&
               cci_json_put(row, "revoked_by", json_string(event->actor));
    cocreate_status status = made ? put_role(e, event, row, error) : cci_no_memory(error);
    json_decref(row);
    return status;
}

static const cci_parameter grant_parameters[] = {
    {"participant", "id", 1, "who gets it"},
    {"role", "text", 1, "contributor, voter, juror, moderator, manager, treasurer or auditor"},
    {"campaign", "id", 0, "where; default: in every campaign of the store"},
    {"from", "time", 0, "from when on; default: at once"},
    {"until", "time", 0, "until before when; default: until it is revoked"},
    {NULL, NULL, 0, NULL}};

static const cci_parameter revoke_parameters[] = {
    {"participant", "id", 1, "who loses it"},
    {"role", "text", 1, "the role that was given"},
    {"campaign", "id", 0, "where it was given; default: for every campaign"},
    {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_role_grant = {
    "role.grant", "Give a participant a role, in one campaign or everywhere", grant_parameters,
    cci_firm_alone, decide_grant, 0};
const cci_command_type cci_command_role_revoke = {"role.revoke",  "Take a role back", revoke_parameters,
                                                  cci_firm_alone, decide_revoke,      0};

const cci_event_type cci_event_role_granted = {"role.granted", apply_granted, NULL};
const cci_event_type cci_event_role_revoked = {"role.revoked", apply_revoked, NULL};
