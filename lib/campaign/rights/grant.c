/* {"do":"right.grant"} and {"do":"right.revoke"}: rights by contract, and rights given back. */
#include <string.h>

#include "base/time.h"
#include "campaign/commands/contribution.h"
#include "campaign/graph/kinds.h"
#include "campaign/guards.h"
#include "campaign/rights/rights.h"
#include "campaign/windows/windows.h"

typedef struct grant {
    const char *id, *type, *terms, *grantee, *reference, *reason;
    json_t *contribution, *right; /* owned; `right` may be NULL */
    int firm, author;
} grant;

static void grant_free(grant *g)
{
    json_decref(g->contribution);
    json_decref(g->right);
}

static const char *state_of(const grant *g)
{
    return cci_json_text(g->right, "state");
}

/* Who may speak about the rights of a contribution: its authors, and the firm. */
static cocreate_status load(cci_engine *e, const cci_command *command, grant *g, cocreate_error *error)
{
    const cci_campaign *c = command->campaign;
    const char *side;
    CCI_TRY(cci_contribution_named(e, command, &g->id, &g->contribution, error));
    CCI_TRY(cci_state_get(e, c->part, CCI_KIND_RIGHT, g->id, &g->right, error));
    CCI_TRY(cci_side_of(e, command->actor, &side, error));
    g->firm = cci_speaks_for_firm(side);
    g->author = cci_contribution_by(g->contribution, command->actor);
    if (!g->firm)
        CCI_TRY(cci_contribution_owned(command, g->id, g->contribution, error));
    return cci_campaign_is(c, "draft") || cci_campaign_is(c, "cancelled") ? cci_require_published(c, error)
                                                                          : COCREATE_OK;
}

static int put_text(json_t *object, const char *key, const char *text)
{
    return !text || cci_json_put(object, key, json_string(text));
}

/* ---- right.grant ---- */

static cocreate_status read_terms(const cci_command *command, grant *g, cocreate_error *error)
{
    static const char *const words[] = {"nonexclusive", "exclusive", "assignment", "cc", NULL};
    const cci_rights_spec *rights = &command->campaign->brief.rights;
    const json_t *given = json_object_get(command->body, "type");
    int word;
    CCI_TRY(cci_json_string_opt(command->body, "terms", &g->terms, &CCI_ROOT, error));
    CCI_TRY(cci_json_id_opt(command->body, "grantee", &g->grantee, &CCI_ROOT, error));
    CCI_TRY(cci_json_id_opt(command->body, "reference", &g->reference, &CCI_ROOT, error));
    if (given && !json_is_null(given)) {
        CCI_TRY(cci_json_choice(command->body, "type", words, &word, &CCI_ROOT, error));
        g->type = words[word];
    } else if (strcmp(rights->type, "none") != 0) {
        g->type = rights->type;
    } else {
        return cci_fail(error, COCREATE_ERR_SCHEMA,
                        "$.type: missing: the brief asks for no rights by itself");
    }
    if (!g->terms)
        g->terms = rights->terms;
    return g->terms ? COCREATE_OK
                    : cci_fail(error, COCREATE_ERR_SCHEMA, "$.terms: missing: the brief names none");
}

static int differs(const json_t *right, const char *key, const char *now)
{
    return strcmp(cci_json_text(right, key), now ? now : "") != 0;
}

static cocreate_status check_grant(const cci_command *command, const grant *g, cci_decision *decision,
                                   cocreate_error *error)
{
    static const char *const keys[] = {"type", "terms", "grantee", "reference"};
    const char *const now[] = {g->type, g->terms, g->grantee, g->reference};
    const char *end = cci_state_end(cci_contribution_state(g->contribution));
    if (!g->author && !g->reference)
        return cci_fail(error, COCREATE_ERR_SCHEMA,
                        "$.reference: missing: '%s' is no author of '%s' and names the contract",
                        command->actor, g->id);
    if (strcmp(state_of(g), "active") == 0) {
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
            if (differs(g->right, keys[i], now[i]))
                return cci_fail(error, COCREATE_ERR_CONFLICT,
                                "the rights of '%s' are granted with another '%s': right.revoke first", g->id,
                                keys[i]);
        decision->exists = 1;
        return COCREATE_OK;
    }
    return end ? cci_fail(error, COCREATE_ERR_REFUSED, "contribution '%s' is %s", g->id, end) : COCREATE_OK;
}

static cocreate_status decide_grant(cci_engine *e, const cci_command *command, cci_decision *decision,
                                    cocreate_error *error)
{
    grant g = {0};
    cocreate_status status = load(e, command, &g, error);
    if (status == COCREATE_OK)
        status = read_terms(command, &g, error);
    if (status == COCREATE_OK)
        status = check_grant(command, &g, decision, error);
    grant_free(&g);
    if (status != COCREATE_OK || decision->exists)
        return status;
    json_t *data = cci_json_new();
    if (!data || !put_text(data, "contribution", g.id) || !put_text(data, "type", g.type) ||
        !put_text(data, "terms", g.terms) || !put_text(data, "grantee", g.grantee) ||
        !put_text(data, "reference", g.reference)) {
        json_decref(data);
        return cci_no_memory(error);
    }
    return cci_decide(decision, "right.granted", command->campaign, data, error);
}

/* What the last grant said of itself goes. */
static int fill(json_t *right, const cci_event *event)
{
    static const char *const old[] = {"grantee", "reference", "reason", "released_at", "revoked_at", NULL};
    static const char *const new[] = {"type", "terms", "grantee", "reference", NULL};
    int made = 1;
    for (size_t i = 0; old[i]; i++)
        json_object_del(right, old[i]);
    for (size_t i = 0; new[i] && made; i++) {
        json_t *value = json_object_get(event->data, new[i]);
        made = !value || cci_json_put(right, new[i], json_incref(value));
    }
    return made && cci_json_put(right, "by", json_string(event->actor)) &&
           (json_object_get(right, "accepted_at") ||
            cci_json_put(right, "accepted_at", json_integer(event->at)));
}

static cocreate_status apply_granted(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *id;
    json_t *right = NULL;
    CCI_TRY(cci_json_id(event->data, "contribution", &id, &CCI_ROOT, error));
    CCI_TRY(cci_state_get(e, event->campaign->part, CCI_KIND_RIGHT, id, &right, error));
    if (!right)
        right = cci_json_new();
    cocreate_status status = right && fill(right, event)
                                 ? cci_right_set(e, event, id, right, "active", "active_at", error)
                                 : cci_no_memory(error);
    json_decref(right);
    return status;
}

/* ---- right.revoke ---- */

/* The firm gives back whenever it likes; authors take back where and when the brief lets them. */
static cocreate_status check_rule(const cci_command *command, const grant *g, cocreate_error *error)
{
    const cci_rights_spec *rights = &command->campaign->brief.rights;
    char from[CCI_TIME_TEXT];
    if (g->firm)
        return COCREATE_OK;
    if (rights->revocable_after_us < 0)
        return cci_refuse(error, "$.rights.revocable_after_us",
                          "is not given: the authors of '%s' cannot revoke its grant, the firm can", g->id);
    if (rights->locked && (cci_contribution_is(g->contribution, "selected") ||
                           cci_contribution_is(g->contribution, "implemented")))
        return cci_refuse(error, "$.rights.locked", "contribution '%s' is %s: its grant stays", g->id,
                          cci_contribution_state(g->contribution));
    int64_t due = cci_deadline(command->campaign, json_integer_value(json_object_get(g->right, "active_at")),
                               rights->revocable_after_us);
    if (command->at >= due)
        return COCREATE_OK;
    return cci_refuse(error, "$.rights.revocable_after_us", "the grant of '%s' may be revoked from %s", g->id,
                      cci_time_text(due, from));
}

static cocreate_status check_revoke(const cci_command *command, const grant *g, cci_decision *decision,
                                    cocreate_error *error)
{
    const char *state = state_of(g);
    int waits = strcmp(state, "held") == 0 || strcmp(state, "proposed") == 0;
    if (!g->right)
        return cci_fail(error, COCREATE_ERR_NOT_FOUND, "there is no grant of rights of '%s'", g->id);
    if (strcmp(state, "revoked") == 0) {
        if (differs(g->right, "reason", g->reason))
            return cci_fail(error, COCREATE_ERR_CONFLICT,
                            "the rights of '%s' were revoked with another 'reason'", g->id);
        decision->exists = 1;
        return COCREATE_OK;
    }
    if (strcmp(state, "active") != 0 && !(waits && g->firm))
        return cci_fail(error, COCREATE_ERR_REFUSED, "the rights of '%s' are %s, not active%s", g->id, state,
                        waits ? ": contribution.withdraw takes the work back" : "");
    return check_rule(command, g, error);
}

static cocreate_status decide_revoke(cci_engine *e, const cci_command *command, cci_decision *decision,
                                     cocreate_error *error)
{
    grant g = {0};
    CCI_TRY(cci_json_string(command->body, "reason", &g.reason, &CCI_ROOT, error));
    cocreate_status status = load(e, command, &g, error);
    if (status == COCREATE_OK)
        status = check_revoke(command, &g, decision, error);
    grant_free(&g);
    if (status != COCREATE_OK || decision->exists)
        return status;
    json_t *data = cci_json_new();
    if (!data || !put_text(data, "contribution", g.id) || !put_text(data, "reason", g.reason)) {
        json_decref(data);
        return cci_no_memory(error);
    }
    return cci_decide(decision, "right.revoked", command->campaign, data, error);
}

static cocreate_status apply_revoked(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *id;
    json_t *right = NULL, *reason = json_object_get(event->data, "reason");
    CCI_TRY(cci_json_id(event->data, "contribution", &id, &CCI_ROOT, error));
    CCI_TRY(cci_state_get(e, event->campaign->part, CCI_KIND_RIGHT, id, &right, error));
    if (!right)
        return cci_fail(error, COCREATE_ERR_CORRUPT, "event %llu revokes no grant",
                        (unsigned long long)event->seq);
    cocreate_status status = cci_json_put(right, "reason", json_incref(reason)) &&
                                     cci_json_put(right, "by", json_string(event->actor))
                                 ? cci_right_set(e, event, id, right, "revoked", "revoked_at", error)
                                 : cci_no_memory(error);
    json_decref(right);
    return status;
}

static const cci_parameter grant_parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"contribution", "id", 1, "whose rights"},
    {"type", "text", 0, "nonexclusive, exclusive, assignment or cc; default: that of the brief"},
    {"terms", "text", 0, "version of the terms; default: those of the brief"},
    {"grantee", "id", 0, "to whom, a word of the host; default: the firm"},
    {"reference", "id", 0, "of the contract; needed where the actor is no author"},
    {NULL, NULL, 0, NULL}};
static const cci_parameter revoke_parameters[] = {{"campaign", "id", 1, "the campaign"},
                                                  {"contribution", "id", 1, "whose rights"},
                                                  {"reason", "text", 1, "why, for everybody to read"},
                                                  {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_right_grant = {
    .name = "right.grant",
    .title = "Grant the rights of a contribution, by contract",
    .parameters = grant_parameters,
    .decide = decide_grant,
};
const cci_command_type cci_command_right_revoke = {
    .name = "right.revoke",
    .title = "Take the rights of a contribution back, or give them back",
    .parameters = revoke_parameters,
    .decide = decide_revoke,
};

const cci_event_type cci_event_right_granted = {"right.granted", apply_granted, NULL};
const cci_event_type cci_event_right_revoked = {"right.revoked", apply_revoked, NULL};
