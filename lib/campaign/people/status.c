/* {"do":"participant.suspend"}, {"do":"participant.restore"}, {"do":"participant.erase"}.
 *
 * Who is suspended acts no more until restored. Erasing destroys the personal data and the salt of its
 * commitment, and the attributes; what the person did stays under the pseudonym, so that no tally,
 * place, sum or hash changes, and the pseudonym can never act again. */
#include <string.h>

#include "campaign/commands.h"
#include "campaign/people/people.h"

static const char *status_of(const json_t *row)
{
    const char *status = json_string_value(json_object_get(row, "status"));
    return status ? status : "active";
}

static cocreate_status decide_change(cci_engine *e, const cci_command *command, const char *from,
                                     const char *to, const char *type, cci_decision *decision,
                                     cocreate_error *error)
{
    const char *id, *reason = NULL;
    json_t *row;
    CCI_TRY(cci_json_id(command->body, "participant", &id, &CCI_ROOT, error));
    CCI_TRY(cci_json_string_opt(command->body, "reason", &reason, &CCI_ROOT, error));
    CCI_TRY(cci_participant_get(e, id, &row, error));
    const char *is = status_of(row);
    cocreate_status status = COCREATE_OK;
    if (strcmp(is, to) == 0)
        decision->exists = 1;
    else if (strcmp(is, "erased") == 0)
        status = cci_fail(error, COCREATE_ERR_REFUSED, "participant '%s' was erased", id);
    else if (from && strcmp(is, from) != 0)
        status = cci_fail(error, COCREATE_ERR_REFUSED, "participant '%s' is %s, not %s", id, is,
                          from);
    json_decref(row);
    if (status != COCREATE_OK || decision->exists)
        return status;
    json_t *data = cci_json_new();
    if (!cci_json_put(data, "participant", json_string(id)) ||
        (reason && !cci_json_put(data, "reason", json_string(reason)))) {
        json_decref(data);
        return cci_no_memory(error);
    }
    return cci_decide(decision, type, NULL, data, error);
}

static cocreate_status decide_suspend(cci_engine *e, const cci_command *command,
                                      cci_decision *decision, cocreate_error *error)
{
    return decide_change(e, command, "active", "suspended", "participant.suspended", decision,
                         error);
}

static cocreate_status decide_restore(cci_engine *e, const cci_command *command,
                                      cci_decision *decision, cocreate_error *error)
{
    return decide_change(e, command, "suspended", "active", "participant.restored", decision,
                         error);
}

static cocreate_status decide_erase(cci_engine *e, const cci_command *command,
                                    cci_decision *decision, cocreate_error *error)
{
    return decide_change(e, command, NULL, "erased", "participant.erased", decision, error);
}

/* ---- apply ---- */

static cocreate_status set_status(cci_engine *e, const cci_event *event, const char *to,
                                  const char **id, cocreate_error *error)
{
    json_t *row;
    CCI_TRY(cci_json_id(event->data, "participant", id, &CCI_ROOT, error));
    CCI_TRY(cci_participant_get(e, *id, &row, error));
    int made = 1;
    if (to)
        made = cci_json_put(row, "status", json_string(to));
    else
        json_object_del(row, "status"); /* as it was before the suspension */
    cocreate_status status = made ? cci_state_put(e, 0, CCI_KIND_PARTICIPANT, *id, row, error)
                                  : cci_no_memory(error);
    json_decref(row);
    return status;
}

static cocreate_status apply_suspended(cci_engine *e, const cci_event *event,
                                       cocreate_error *error)
{
    const char *id;
    return set_status(e, event, "suspended", &id, error);
}

static cocreate_status apply_restored(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *id;
    return set_status(e, event, NULL, &id, error);
}

static cocreate_status apply_erased(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *id;
    json_t *attributes;
    CCI_TRY(set_status(e, event, "erased", &id, error));
    CCI_TRY(cci_attributes_get(e, id, &attributes, error));
    if (attributes) { /* the log still says them: they were declared public */
        json_object_clear(attributes);
        cocreate_status status =
            cci_state_put(e, 0, CCI_KIND_ATTRIBUTES, id, attributes, error);
        json_decref(attributes);
        CCI_TRY(status);
    }
    return e->store->backend->erase_person(e->store->self, (cci_bytes){id, strlen(id)}, error);
}

static const cci_parameter suspend_parameters[] = {
    {"participant", "id", 1, "who may not act"},
    {"reason", "text", 1, "why, for everybody to read"},
    {NULL, NULL, 0, NULL}};
static const cci_parameter restore_parameters[] = {{"participant", "id", 1, "who may act again"},
                                                   {"reason", "text", 0, "why"},
                                                   {NULL, NULL, 0, NULL}};
static const cci_parameter erase_parameters[] = {
    {"participant", "id", 1, "whose personal data is destroyed"}, {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_participant_suspend = {
    "participant.suspend", "Keep a participant from acting", suspend_parameters, cci_firm_alone,
    decide_suspend, 0};
const cci_command_type cci_command_participant_restore = {
    "participant.restore", "Let a suspended participant act again", restore_parameters, cci_firm_alone,
    decide_restore, 0};
const cci_command_type cci_command_participant_erase = {
    "participant.erase", "Destroy the personal data of a participant", erase_parameters, cci_firm_alone,
    decide_erase, 0};

const cci_event_type cci_event_participant_suspended = {"participant.suspended", apply_suspended,
                                                        NULL};
const cci_event_type cci_event_participant_restored = {"participant.restored", apply_restored,
                                                       NULL};
const cci_event_type cci_event_participant_erased = {"participant.erased", apply_erased, NULL};
