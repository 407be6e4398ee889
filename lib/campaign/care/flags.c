/* {"do":"flag.raise"}, {"do":"flag.uphold"}, {"do":"flag.dismiss"}: people point at what breaks the rules,
 * and the firm decides about it: a flag that is upheld takes the contribution down. */
#include <stdio.h>
#include <string.h>

#include "campaign/care/care.h"
#include "campaign/commands/contribution.h"
#include "campaign/graph/edges.h"
#include "campaign/graph/kinds.h"
#include "campaign/limits/limits.h"

cocreate_status cci_flag_get(cci_engine *e, const cci_campaign *c, const char *id, json_t **out,
                             cocreate_error *error)
{
    json_t *row = NULL;
    CCI_TRY(cci_state_get(e, c->part, CCI_KIND_FLAG, id, &row, error));
    if (!row)
        return cci_fail(error, COCREATE_ERR_NOT_FOUND, "campaign '%s' has no flag '%s'", c->id, id);
    *out = row;
    return COCREATE_OK;
}

cocreate_status cci_reason_check(const cci_campaign *c, const char *reason, cocreate_error *error)
{
    const json_t *reasons = c->brief.reasons;
    if (!reasons || cci_json_lists(reasons, reason))
        return COCREATE_OK;
    return cci_refuse(error, "$.moderation.reasons", "'%.80s' is none of the reasons, as '%.80s'", reason,
                      json_string_value(json_array_get(reasons, 0)));
}

/* ---- raise ---- */

/* One flag of a reporter for a revision; the key of the row that says so, owned by the caller. */
static char *mark_key(const cci_engine *e, const char *contribution, const char *reporter, const json_t *row)
{
    char revision[24];
    snprintf(revision, sizeof revision, "%lld",
             (long long)json_integer_value(json_object_get(row, "revision")));
    return cci_state_key(e, CCI_KEY(contribution, reporter, revision));
}

static cocreate_status check_first(cci_engine *e, const cci_command *command, const char *contribution,
                                   const json_t *row, cocreate_error *error)
{
    json_t *mark = NULL;
    char *key = mark_key(e, contribution, command->actor, row);
    cocreate_status status =
        key ? cci_state_get(e, command->campaign->part, CCI_KIND_FLAG_MARK, key, &mark, error)
            : cci_no_memory(error);
    cci_free(&e->allocator, key);
    if (status == COCREATE_OK && mark)
        status = cci_fail(error, COCREATE_ERR_REFUSED,
                          "'%s' has flagged this revision of contribution '%s' already, by flag '%s'",
                          command->actor, contribution, cci_json_text(mark, "flag"));
    json_decref(mark);
    return status;
}

static cocreate_status check_raise(cci_engine *e, const cci_command *command, const char *contribution,
                                   const json_t *row, const char *reason, cocreate_error *error)
{
    const cci_campaign *c = command->campaign;
    CCI_TRY(cci_require_phase(c, command->at, CCI_ALLOW_FLAG, error));
    CCI_TRY(cci_reason_check(c, reason, error));
    if (cci_state_ended(cci_contribution_state(row)))
        return cci_fail(error, COCREATE_ERR_REFUSED, "contribution '%s' is %s: it cannot be flagged",
                        contribution, cci_contribution_state(row));
    if (cci_contribution_by(row, command->actor))
        return cci_fail(error, COCREATE_ERR_REFUSED,
                        "'%s' is an author of contribution '%s': contribution.withdraw takes it back",
                        command->actor, contribution);
    CCI_TRY(check_first(e, command, contribution, row, error));
    return cci_limits_flag(e, c, command->actor, command->at, error);
}

/* The same flag again, or another one under its id. */
static cocreate_status check_known(const cci_command *command, const char *id, const json_t *flag,
                                   cocreate_error *error)
{
    static const char *const keys[] = {"contribution", "reason"};
    for (size_t i = 0; i < 2; i++)
        if (strcmp(cci_json_text(flag, keys[i]), cci_json_text(command->body, keys[i])) != 0)
            return cci_fail(error, COCREATE_ERR_CONFLICT, "flag '%s' exists with another '%s'", id, keys[i]);
    return strcmp(cci_json_text(flag, "by"), command->actor) == 0
               ? COCREATE_OK
               : cci_fail(error, COCREATE_ERR_CONFLICT, "flag '%s' exists with another 'actor'", id);
}

static cocreate_status decide_raise(cci_engine *e, const cci_command *command, cci_decision *decision,
                                    cocreate_error *error)
{
    const char *id, *contribution, *reason;
    json_t *row = NULL, *flag = NULL;
    CCI_TRY(cci_json_id(command->body, "flag", &id, &CCI_ROOT, error));
    CCI_TRY(cci_json_string(command->body, "reason", &reason, &CCI_ROOT, error));
    CCI_TRY(cci_contribution_named(e, command, &contribution, &row, error));
    cocreate_status status =
        cci_state_get(e, command->campaign->part, CCI_KIND_FLAG, id, &flag, error);
    if (status == COCREATE_OK && flag) {
        status = check_known(command, id, flag, error);
        decision->exists = status == COCREATE_OK;
        json_decref(flag);
    } else if (status == COCREATE_OK) {
        status = check_raise(e, command, contribution, row, reason, error);
    }
    json_t *revision = json_incref(json_object_get(row, "revision"));
    json_decref(row);
    if (status != COCREATE_OK || decision->exists) {
        json_decref(revision);
        return status;
    }
    json_t *data = cci_json_new();
    int made = cci_json_put(data, "revision", revision);
    made &= cci_json_put(data, "flag", json_string(id));
    made &= cci_json_put(data, "contribution", json_string(contribution));
    made &= cci_json_put(data, "reason", json_string(reason));
    if (!made) {
        json_decref(data);
        return cci_no_memory(error);
    }
    return cci_decide(decision, "flag.raised", command->campaign, data, error);
}

static cocreate_status apply_raised(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *id, *contribution;
    cci_campaign *c = event->campaign;
    json_t *row = NULL;
    CCI_TRY(cci_contribution_of(e, event, &contribution, &row, error));
    json_decref(row);
    CCI_TRY(cci_json_id(event->data, "flag", &id, &CCI_ROOT, error));
    json_t *doc = cci_json_copy(event->data), *mark = cci_json_new();
    int made = cci_json_put(doc, "state", json_string("raised")) &&
               cci_json_put(doc, "at", json_integer(event->at)) &&
               cci_json_put(doc, "by", json_string(event->actor)) &&
               cci_json_put(mark, "flag", json_string(id));
    char *key = made ? mark_key(e, contribution, event->actor, doc) : NULL;
    cocreate_status status = key ? COCREATE_OK : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = cci_state_put(e, c->part, CCI_KIND_FLAG, id, doc, error);
    if (status == COCREATE_OK)
        status = cci_state_put(e, c->part, CCI_KIND_FLAG_MARK, key, mark, error);
    if (status == COCREATE_OK)
        status = cci_limits_flagged(e, event, event->actor, 1, error);
    cci_free(&e->allocator, key);
    json_decref(doc);
    json_decref(mark);
    return status;
}

/* ---- uphold and dismiss ---- */

static cocreate_status add_removal(cci_engine *e, const cci_command *command, const char *id,
                                   const json_t *flag, cci_decision *decision, cocreate_error *error)
{
    const cci_campaign *c = command->campaign;
    const char *contribution = cci_json_text(flag, "contribution");
    json_t *row = NULL, *data = NULL;
    CCI_TRY(cci_state_get(e, c->part, CCI_KIND_CONTRIBUTION, contribution, &row, error));
    const char *state = cci_contribution_state(row);
    int stands = !cci_state_ended(state);
    cocreate_status status = COCREATE_OK;
    if (strcmp(state, "selected") == 0)
        status = cci_fail(error, COCREATE_ERR_REFUSED,
                          "contribution '%s' is selected: contribution.forfeit takes its place away first",
                          contribution);
    if (strcmp(state, "implemented") == 0)
        status = cci_fail(error, COCREATE_ERR_REFUSED,
                          "contribution '%s' is implemented: it cannot be removed", contribution);
    if (status == COCREATE_OK && stands)
        data = cci_contribution_ending(contribution, row);
    json_decref(row);
    if (status != COCREATE_OK || !stands)
        return status;
    if (!cci_json_put(data, "reason", json_string(cci_json_text(flag, "reason"))) ||
        !cci_json_put(data, "flag", json_string(id))) {
        json_decref(data);
        return cci_no_memory(error);
    }
    return cci_decide(decision, "contribution.removed", c, data, error);
}

static cocreate_status decide_on(cci_engine *e, const cci_command *command, const char *state, const char *id,
                                 const json_t *flag, cci_decision *decision, cocreate_error *error)
{
    const char *note = cci_json_text(command->body, "note"), *now = cci_json_text(flag, "state");
    if (strcmp(now, state) == 0) {
        if (strcmp(note, cci_json_text(flag, "note")) != 0)
            return cci_fail(error, COCREATE_ERR_CONFLICT, "flag '%s' is %s with another 'note'", id, state);
        decision->exists = 1;
        return COCREATE_OK;
    }
    if (strcmp(now, "raised") != 0)
        return cci_fail(error, COCREATE_ERR_CONFLICT, "flag '%s' is %s already", id, now);
    int uphold = strcmp(state, "upheld") == 0;
    json_t *data = cci_json_new();
    if (!cci_json_put(data, "flag", json_string(id)) ||
        (note[0] && !cci_json_put(data, "note", json_string(note)))) {
        json_decref(data);
        return cci_no_memory(error);
    }
    CCI_TRY(cci_decide(decision, uphold ? "flag.upheld" : "flag.dismissed", command->campaign, data, error));
    return uphold ? add_removal(e, command, id, flag, decision, error) : COCREATE_OK;
}

static cocreate_status decide_about(cci_engine *e, const cci_command *command, const char *state,
                                    cci_decision *decision, cocreate_error *error)
{
    const char *id;
    json_t *flag = NULL;
    CCI_TRY(cci_json_id(command->body, "flag", &id, &CCI_ROOT, error));
    CCI_TRY(cci_flag_get(e, command->campaign, id, &flag, error));
    cocreate_status status = decide_on(e, command, state, id, flag, decision, error);
    json_decref(flag);
    return status;
}

static cocreate_status decide_uphold(cci_engine *e, const cci_command *command, cci_decision *decision,
                                     cocreate_error *error)
{
    return decide_about(e, command, "upheld", decision, error);
}

static cocreate_status decide_dismiss(cci_engine *e, const cci_command *command, cci_decision *decision,
                                      cocreate_error *error)
{
    return decide_about(e, command, "dismissed", decision, error);
}

static cocreate_status apply_decided(cci_engine *e, const cci_event *event, const char *state,
                                     cocreate_error *error)
{
    const char *id;
    json_t *flag = NULL, *note = json_object_get(event->data, "note");
    CCI_TRY(cci_json_id(event->data, "flag", &id, &CCI_ROOT, error));
    CCI_TRY(cci_flag_get(e, event->campaign, id, &flag, error));
    json_object_del(flag, "note");
    int made = cci_json_put(flag, "state", json_string(state)) &&
               cci_json_put(flag, "decided_at", json_integer(event->at)) &&
               cci_json_put(flag, "decided_by", json_string(event->actor)) &&
               (!note || cci_json_put(flag, "note", json_incref(note)));
    cocreate_status status = made ? cci_state_put(e, event->campaign->part, CCI_KIND_FLAG, id, flag, error)
                                  : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = cci_limits_flagged(e, event, cci_json_text(flag, "by"), -1, error);
    json_decref(flag);
    return status;
}

static cocreate_status apply_upheld(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    return apply_decided(e, event, "upheld", error);
}

static cocreate_status apply_dismissed(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    return apply_decided(e, event, "dismissed", error);
}

static const cci_parameter raise_parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"flag", "id", 1, "of the new flag"},
    {"contribution", "id", 1, "what breaks a rule"},
    {"reason", "text", 1, "which one: of the brief's reasons, where it lists them"},
    {NULL, NULL, 0, NULL}};
static const cci_parameter decide_parameters[] = {{"campaign", "id", 1, "the campaign"},
                                                  {"flag", "id", 1, "which flag"},
                                                  {"note", "text", 0, "why, for everybody to read"},
                                                  {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_flag_raise = {
    .name = "flag.raise",
    .title = "Point at a contribution that breaks a rule",
    .parameters = raise_parameters,
    .decide = decide_raise,
};
const cci_command_type cci_command_flag_uphold = {
    .name = "flag.uphold",
    .title = "Agree with a flag, and take the contribution down",
    .parameters = decide_parameters,
    .sides = cci_firm_alone,
    .decide = decide_uphold,
};
const cci_command_type cci_command_flag_dismiss = {
    .name = "flag.dismiss",
    .title = "Dismiss a flag",
    .parameters = decide_parameters,
    .sides = cci_firm_alone,
    .decide = decide_dismiss,
};

const cci_event_type cci_event_flag_raised = {"flag.raised", apply_raised, NULL};
const cci_event_type cci_event_flag_upheld = {"flag.upheld", apply_upheld, NULL};
const cci_event_type cci_event_flag_dismissed = {"flag.dismissed", apply_dismissed, NULL};
