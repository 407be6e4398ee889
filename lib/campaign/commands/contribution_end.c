/* {"do":"contribution.disqualify"}, {"do":"contribution.forfeit"}, {"do":"contribution.implement"}: what the
 * firm finds out about a contribution, and what became of the selected. */
#include <string.h>

#include "campaign/commands.h"
#include "campaign/commands/contribution.h"
#include "campaign/guards.h"

typedef struct ending {
    const char *state; /* in which it ends */
    const char *event;
    const char *const *from; /* states it may be in */
    const char *may;   /* what is refused, as "disqualified" */
    int reason;        /* required */
    int owners;        /* its authors may do it, too */
} ending;

/* Whoever is selected keeps the place, unless it is forfeited. */
static const char *const in_game[] = {"submitted", "published", "shortlisted", "not_selected", NULL};
static const char *const chosen[] = {"selected", NULL};

static const ending disqualify = {"disqualified", "contribution.disqualified", in_game, "disqualified", 1, 0};
static const ending forfeit = {"forfeited", "contribution.forfeited", chosen, "forfeited", 1, 1};
static const ending implement = {"implemented", "contribution.implemented", chosen, "implemented", 0, 0};

static int is_one_of(const char *word, const char *const *words)
{
    for (; *words; words++)
        if (strcmp(word, *words) == 0)
            return 1;
    return 0;
}

/* Who may end it has been checked by side and role; a contribution is forfeited by its authors too. */
static cocreate_status check_actor(cci_engine *e, const cci_command *command, const ending *end,
                                   const char *id, const json_t *row, cocreate_error *error)
{
    const char *side;
    if (!end->owners)
        return COCREATE_OK;
    CCI_TRY(cci_side_of(e, command->actor, &side, error));
    if (cci_speaks_for_firm(side))
        return COCREATE_OK;
    return cci_contribution_owned(command, id, row, error);
}

static cocreate_status check(cci_engine *e, const cci_command *command, const ending *end, const char *id,
                             const json_t *row, const char *reason, cci_decision *decision,
                             cocreate_error *error)
{
    const char *state = cci_contribution_state(row);
    const cci_campaign *c = command->campaign;
    CCI_TRY(check_actor(e, command, end, id, row, error));
    if (strcmp(state, end->state) == 0) {
        const char *before = json_string_value(json_object_get(row, "reason"));
        if ((before && reason) ? strcmp(before, reason) != 0 : before != reason)
            return cci_fail(error, COCREATE_ERR_CONFLICT, "contribution '%s' is %s with another 'reason'", id,
                            end->state);
        decision->exists = 1;
        return COCREATE_OK;
    }
    if (cci_campaign_is(c, "cancelled") || cci_campaign_is(c, "draft"))
        return cci_require_published(c, error);
    if (is_one_of(state, end->from))
        return COCREATE_OK;
    if (strcmp(state, "selected") == 0)
        return cci_fail(error, COCREATE_ERR_REFUSED,
                        "contribution '%s' is selected: it cannot be %s, only forfeited", id, end->may);
    return cci_fail(error, COCREATE_ERR_REFUSED, "contribution '%s' is %s: it cannot be %s", id, state,
                    end->may);
}

static cocreate_status decide(cci_engine *e, const cci_command *command, const ending *end,
                              cci_decision *decision, cocreate_error *error)
{
    const char *id, *reason = NULL;
    json_t *row = NULL;
    CCI_TRY(cci_json_string_opt(command->body, "reason", &reason, &CCI_ROOT, error));
    CCI_TRY(cci_contribution_named(e, command, &id, &row, error));
    cocreate_status status = check(e, command, end, id, row, reason, decision, error);
    json_t *data =
        status == COCREATE_OK && !decision->exists ? cci_contribution_ending(id, row) : NULL;
    json_decref(row);
    if (status != COCREATE_OK || decision->exists)
        return status;
    if (reason && !cci_json_put(data, "reason", json_string(reason))) {
        json_decref(data);
        return cci_no_memory(error);
    }
    return cci_decide(decision, end->event, command->campaign, data, error);
}

static cocreate_status apply(cci_engine *e, const cci_event *event, const ending *end, cocreate_error *error)
{
    const char *id;
    json_t *row = NULL;
    CCI_TRY(cci_contribution_of(e, event, &id, &row, error));
    return cci_contribution_move(e, event, id, row, end->state, error);
}

#define ENDING(name)                                                                                     \
    static cocreate_status decide_##name(cci_engine *e, const cci_command *command,                       \
                                         cci_decision *decision, cocreate_error *error)                   \
    {                                                                                                     \
        return decide(e, command, &name, decision, error);                                                \
    }                                                                                                     \
    static cocreate_status apply_##name(cci_engine *e, const cci_event *event, cocreate_error *error)     \
    {                                                                                                     \
        return apply(e, event, &name, error);                                                             \
    }

ENDING(disqualify)
ENDING(forfeit)
ENDING(implement)

static const cci_parameter with_reason[] = {{"campaign", "id", 1, "the campaign"},
                                            {"contribution", "id", 1, "which contribution"},
                                            {"reason", "text", 1, "why, for everybody to read"},
                                            {NULL, NULL, 0, NULL}};
static const cci_parameter with_note[] = {{"campaign", "id", 1, "the campaign"},
                                          {"contribution", "id", 1, "which contribution"},
                                          {"reason", "text", 0, "what became of it, for everybody to read"},
                                          {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_contribution_disqualify = {
    .name = "contribution.disqualify",
    .title = "Rule a contribution out, with a reason",
    .parameters = with_reason,
    .sides = cci_firm_alone,
    .decide = decide_disqualify,
};
const cci_command_type cci_command_contribution_forfeit = {
    .name = "contribution.forfeit",
    .title = "Give up the place of a selected contribution, or take it away",
    .parameters = with_reason,
    .decide = decide_forfeit,
};
const cci_command_type cci_command_contribution_implement = {
    .name = "contribution.implement",
    .title = "Say that a selected contribution was implemented",
    .parameters = with_note,
    .sides = cci_firm_alone,
    .decide = decide_implement,
};

const cci_event_type cci_event_contribution_disqualified = {"contribution.disqualified", apply_disqualify,
                                                            NULL};
const cci_event_type cci_event_contribution_forfeited = {"contribution.forfeited", apply_forfeit, NULL};
const cci_event_type cci_event_contribution_implemented = {"contribution.implemented", apply_implement, NULL};
