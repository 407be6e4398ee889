/* {"do":"contribution.lead"}: who leads a contribution, as the lead designer of a part: named by the firm,
 * changed with a reason. Where a phase says "revises": {"by": "lead"} they alone revise in it, and rules that
 * pay the leader of a team pay them. Source: Local Motors, a lead designer for each sub-project. */
#include "campaign/revisions/lead.h"

#include <string.h>

#include "campaign/commands/contribution.h"
#include "campaign/people/people.h"

const char *cci_lead_of(const json_t *row)
{
    return cci_json_text(json_object_get(row, "lead"), "participant");
}

/* Has it not come to its end? */
static int goes_on(const json_t *row)
{
    static const char *const states[] = {"submitted", "published", "shortlisted", "selected", "not_selected",
                                         NULL};
    size_t i = 0;
    while (states[i] && !cci_contribution_is(row, states[i]))
        i++;
    return states[i] != NULL;
}

static cocreate_status check(const char *id, const json_t *row, const char *lead, const char *reason,
                             cci_decision *decision, cocreate_error *error)
{
    const json_t *before = json_object_get(row, "lead");
    if (strcmp(cci_lead_of(row), lead) == 0) {
        decision->exists = strcmp(cci_json_text(before, "reason"), reason) == 0;
        return decision->exists ? COCREATE_OK
                                : cci_fail(error, COCREATE_ERR_CONFLICT,
                                           "'%s' leads contribution '%s' already, with another 'reason'",
                                           lead, id);
    }
    if (!goes_on(row))
        return cci_fail(error, COCREATE_ERR_REFUSED, "contribution '%s' is %s: nobody leads it any more", id,
                        cci_contribution_state(row));
    return cci_contribution_by(row, lead)
               ? COCREATE_OK
               : cci_fail(error, COCREATE_ERR_REFUSED,
                          "'%s' is no author of contribution '%s': one of its %zu is its lead", lead, id,
                          json_array_size(json_object_get(row, "authors")));
}

static cocreate_status decide(cci_engine *e, const cci_command *command, cci_decision *decision,
                              cocreate_error *error)
{
    const char *id, *lead, *reason, *side;
    json_t *row = NULL;
    CCI_TRY(cci_json_id(command->body, "participant", &lead, &CCI_ROOT, error));
    CCI_TRY(cci_json_string(command->body, "reason", &reason, &CCI_ROOT, error));
    CCI_TRY(cci_require_published(command->campaign, error));
    CCI_TRY(cci_side_of(e, lead, &side, error)); /* who was suspended or erased leads nothing */
    CCI_TRY(cci_contribution_named(e, command, &id, &row, error));
    cocreate_status status = check(id, row, lead, reason, decision, error);
    json_decref(row);
    if (status != COCREATE_OK || decision->exists)
        return status;
    json_t *data = cci_json_new();
    if (cci_json_put(data, "contribution", json_string(id)) &&
        cci_json_put(data, "participant", json_string(lead)) &&
        cci_json_put(data, "reason", json_string(reason)))
        return cci_decide(decision, "contribution.led", command->campaign, data, error);
    json_decref(data);
    return cci_no_memory(error);
}

static cocreate_status apply(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *id, *lead, *reason;
    json_t *row = NULL, *item = cci_json_new();
    cocreate_status status = cci_json_id(event->data, "participant", &lead, &CCI_ROOT, error);
    if (status == COCREATE_OK)
        status = cci_json_string(event->data, "reason", &reason, &CCI_ROOT, error);
    if (status == COCREATE_OK)
        status = cci_contribution_of(e, event, &id, &row, error);
    if (status == COCREATE_OK &&
        (!cci_json_put(item, "participant", json_string(lead)) ||
         !cci_json_put(item, "reason", json_string(reason)) ||
         !cci_json_put(item, "by", json_string(event->actor)) ||
         !cci_json_put(item, "at", json_integer(event->at)) || !cci_json_put(row, "lead", json_incref(item))))
        status = cci_no_memory(error);
    if (status == COCREATE_OK)
        status = cci_state_put(e, event->campaign->part, CCI_KIND_CONTRIBUTION, id, row, error);
    json_decref(item);
    json_decref(row);
    return status;
}

static const cci_parameter parameters[] = {{"campaign", "id", 1, "the campaign"},
                                           {"contribution", "id", 1, "which contribution"},
                                           {"participant", "id", 1,
                                            "one of its authors: who leads it from now on"},
                                           {"reason", "text", 1, "why, for everybody to read"},
                                           {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_contribution_lead = {
    .name = "contribution.lead",
    .title = "Name who leads a contribution",
    .parameters = parameters,
    .sides = cci_firm_alone,
    .decide = decide,
};

const cci_event_type cci_event_contribution_led = {"contribution.led", apply, NULL};
