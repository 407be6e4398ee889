/* {"do":"contribution.screen"}: moderation before anybody sees a contribution. */
#include <string.h>

#include "campaign/commands.h"
#include "campaign/commands/contribution.h"
#include "campaign/milestones/milestones.h"
#include "campaign/rounds/drop.h"
#include "campaign/tasks/tasks.h"

static const char *const verdicts[] = {"accept", "decline", NULL};
static const char *const states[] = {"published", "declined"};

/* Was it accepted, and a result said more since? */
static int went_on(const json_t *row)
{
    return cci_contribution_is(row, "shortlisted") || cci_contribution_is(row, "selected") ||
           cci_contribution_is(row, "not_selected");
}

static cocreate_status check(const cci_command *command, const char *id, const json_t *row,
                             int verdict, const char *reason, cci_decision *decision,
                             cocreate_error *error)
{
    const cci_campaign *c = command->campaign;
    if (!c->brief.pre_moderation)
        return cci_refuse(error, "$.moderation", "contributions are published without screening");
    if (verdict == 1 && !reason)
        return cci_fail(error, COCREATE_ERR_SCHEMA,
                        "$.reason: a declined contribution is told why");
    if (cci_contribution_is(row, states[verdict])) {
        const char *before = json_string_value(json_object_get(row, "reason"));
        if ((before && reason) ? strcmp(before, reason) != 0 : before != reason)
            return cci_fail(error, COCREATE_ERR_CONFLICT,
                            "contribution '%s' is %s with another 'reason'", id, states[verdict]);
        decision->exists = 1;
        return COCREATE_OK;
    }
    decision->exists = verdict == 0 && went_on(row);
    if (decision->exists)
        return COCREATE_OK;
    if (!cci_campaign_is(c, "published"))
        return cci_fail(error, COCREATE_ERR_REFUSED, "campaign '%s' is over", c->id);
    if (cci_contribution_is(row, states[1 - verdict]))
        return cci_fail(error, COCREATE_ERR_CONFLICT, "contribution '%s' exists with 'verdict' %s",
                        id, verdicts[1 - verdict]);
    if (!cci_contribution_is(row, "submitted"))
        return cci_fail(error, COCREATE_ERR_REFUSED,
                        "contribution '%s' is %s: it cannot be screened", id,
                        cci_contribution_state(row));
    return COCREATE_OK;
}

static cocreate_status decide(cci_engine *e, const cci_command *command, cci_decision *decision,
                              cocreate_error *error)
{
    const char *id, *reason = NULL;
    int verdict;
    json_t *row;
    CCI_TRY(cci_json_choice(command->body, "verdict", verdicts, &verdict, &CCI_ROOT, error));
    CCI_TRY(cci_json_string_opt(command->body, "reason", &reason, &CCI_ROOT, error));
    CCI_TRY(cci_contribution_named(e, command, &id, &row, error));
    cocreate_status status = check(command, id, row, verdict, reason, decision, error);
    json_decref(row);
    if (status != COCREATE_OK || decision->exists)
        return status;
    json_t *data = cci_json_new();
    if (!cci_json_put(data, "contribution", json_string(id)) ||
        !cci_json_put(data, "verdict", json_string(verdicts[verdict])) ||
        (reason && !cci_json_put(data, "reason", json_string(reason)))) {
        json_decref(data);
        return cci_no_memory(error);
    }
    return cci_decide(decision, "contribution.screened", command->campaign, data, error);
}

/* Does a round give each entry its own time from its publication on? */
static int opens_windows(const cci_campaign *c)
{
    for (size_t i = 0; i < c->brief.n_rounds; i++)
        if (c->brief.rounds[i].per_entry_us || c->brief.rounds[i].lease_us)
            return 1;
    return 0;
}

static cocreate_status apply(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *id;
    int verdict;
    json_t *row;
    CCI_TRY(cci_json_choice(event->data, "verdict", verdicts, &verdict, &CCI_ROOT, error));
    CCI_TRY(cci_contribution_of(e, event, &id, &row, error));
    if (verdict == 0 && opens_windows(event->campaign) &&
        !cci_json_put(row, "published_at", json_integer(event->at))) {
        json_decref(row);
        return cci_no_memory(error);
    }
    cocreate_status status = verdict == 0 ? cci_drop_join(e, event, id, row, error) : COCREATE_OK;
    if (status == COCREATE_OK && verdict == 0)
        status = cci_tasks_join(e, event, id, row, error);
    if (status != COCREATE_OK) {
        json_decref(row);
        return status;
    }
    CCI_TRY(cci_contribution_move(e, event, id, row, states[verdict], error));
    return verdict == 0 ? cci_milestones_start(e, event, id, error) : COCREATE_OK;
}

static const cci_parameter parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"contribution", "id", 1, "what is screened"},
    {"verdict", "text", 1, "accept or decline"},
    {"reason", "text", 0, "why, for its authors to read; required to decline"},
    {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_contribution_screen = {
    "contribution.screen",
    "Accept or decline a contribution before it is published",
    parameters,
    cci_firm_alone,
    decide,
    0};

const cci_event_type cci_event_contribution_screened = {"contribution.screened", apply, NULL};
