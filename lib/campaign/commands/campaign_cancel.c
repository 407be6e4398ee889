/* {"do":"campaign.cancel"}: nothing more is submitted, voted or decided. */
#include <string.h>

#include "campaign/commands.h"
#include "campaign/guards.h"
#include "campaign/money/pledges.h"
#include "campaign/tasks/tasks.h"
#include "campaign/timers.h"
#include "campaign/rounds/rounds.h"
#include "campaign/windows/auto_stop.h"

/* A prize that is promised once finalists are chosen stays promised. */
static cocreate_status check_guarantees(cci_engine *e, const cci_campaign *c,
                                        cocreate_error *error)
{
    for (size_t i = 0; i < c->brief.n_rewards; i++) {
        const cci_reward_spec *reward = &c->brief.rewards[i];
        cci_round_state state = CCI_ROUND_PLANNED;
        json_t *row = NULL;
        if (!reward->guarantee)
            continue;
        CCI_TRY(cci_round_get(e, c, reward->guarantee, &row, &state, error));
        size_t chosen = json_array_size(
            json_object_get(json_object_get(row, "result"), "selected"));
        json_decref(row);
        if (state == CCI_ROUND_CERTIFIED && chosen > 0)
            return cci_fail(error, COCREATE_ERR_REFUSED,
                            "$.rewards[%zu].guarantee: round '%s' chose %zu, and reward '%s' is "
                            "promised since",
                            i, reward->guarantee, chosen, reward->id);
    }
    return COCREATE_OK;
}

static cocreate_status decide(cci_engine *e, const cci_command *command, cci_decision *decision,
                              cocreate_error *error)
{
    const cci_campaign *c = command->campaign;
    const char *reason;
    CCI_TRY(cci_json_string(command->body, "reason", &reason, &CCI_ROOT, error));
    if (cci_campaign_is(c, "cancelled")) {
        const char *before = json_string_value(json_object_get(c->doc, "reason"));
        if (!before || strcmp(before, reason) != 0)
            return cci_fail(error, COCREATE_ERR_CONFLICT,
                            "campaign '%s' was cancelled with another 'reason'", c->id);
        decision->exists = 1;
        return COCREATE_OK;
    }
    if (cci_campaign_is(c, "decided"))
        return cci_fail(error, COCREATE_ERR_REFUSED,
                        "campaign '%s' is decided: it cannot be cancelled", c->id);
    CCI_TRY(check_guarantees(e, c, error));
    json_t *data = cci_json_new();
    if (!cci_json_put(data, "reason", json_string(reason))) {
        json_decref(data);
        return cci_no_memory(error);
    }
    return cci_decide(decision, "campaign.cancelled", c, data, error);
}

/* What was captured stays: it was selected, and the firm may owe it. */
static cocreate_status return_pledges(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const cci_campaign *c = event->campaign;
    for (size_t i = 0; i < c->brief.n_rounds; i++) {
        cci_round_state state;
        CCI_TRY(cci_round_get(e, c, c->brief.rounds[i].id, NULL, &state, error));
        if (state != CCI_ROUND_CERTIFIED)
            CCI_TRY(cci_pledges_end(e, event, i, NULL, error));
    }
    return COCREATE_OK;
}

cocreate_status cci_campaign_end(cci_engine *e, const cci_event *event, const char *reason,
                                 cocreate_error *error)
{
    cci_campaign *c = event->campaign;
    int made = cci_json_put(c->doc, "state", json_string("cancelled")) &&
               cci_json_put(c->doc, "reason", json_string(reason)) &&
               cci_json_put(c->doc, "cancelled_at", json_integer(event->at));
    CCI_TRY(made ? cci_campaign_put(e, c, error) : cci_no_memory(error));
    CCI_TRY(return_pledges(e, event, error));
    for (size_t i = 0; i < c->brief.n_rounds; i++)
        CCI_TRY(cci_tasks_close(e, c, &c->brief.rounds[i], error));
    CCI_TRY(cci_timers_clear(e, c, "drop", NULL, error));
    CCI_TRY(cci_timers_clear(e, c, "turn", NULL, error));
    CCI_TRY(cci_timers_clear(e, c, "cut", NULL, error));
    CCI_TRY(cci_timers_clear(e, c, "rules", NULL, error));
    CCI_TRY(cci_timers_clear(e, c, "default", NULL, error));
    CCI_TRY(cci_timers_clear(e, c, "milestone", NULL, error));
    return cci_stop_clear(e, c, error);
}

static cocreate_status apply(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *reason;
    CCI_TRY(cci_json_string(event->data, "reason", &reason, &CCI_ROOT, error));
    return cci_campaign_end(e, event, reason, error);
}

static const cci_parameter parameters[] = {{"campaign", "id", 1, "the campaign"},
                                           {"reason", "text", 1, "why, for everybody to read"},
                                           {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_campaign_cancel = {
    "campaign.cancel", "Cancel a campaign, with a reason", parameters, cci_firm_alone, decide, 0};

const cci_event_type cci_event_campaign_cancelled = {"campaign.cancelled", apply, NULL};
