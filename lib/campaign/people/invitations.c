/* Who invited whom: said once, when a participant is registered, and never changed. */
#include <string.h>

#include "campaign/people/people.h"

cocreate_status cci_inviter_get(cci_engine *e, const char *participant, char out[COCREATE_ID_MAX + 1],
                                cocreate_error *error)
{
    json_t *row = NULL;
    CCI_TRY(cci_state_get(e, 0, CCI_KIND_INVITATION, participant, &row, error));
    const char *by = cci_json_text(row, "by");
    size_t n = strlen(by);
    memcpy(out, by, n <= COCREATE_ID_MAX ? n + 1 : 0);
    out[n <= COCREATE_ID_MAX ? n : 0] = '\0'; /* longer is no id */
    json_decref(row);
    return COCREATE_OK;
}

cocreate_status cci_inviter_check(cci_engine *e, const char *participant, const char *inviter,
                                  cocreate_error *error)
{
    json_t *row = NULL;
    if (strcmp(inviter, participant) == 0)
        return cci_fail(error, COCREATE_ERR_SCHEMA, "$.invited_by: '%s' cannot invite themselves", inviter);
    CCI_TRY(cci_state_get(e, 0, CCI_KIND_PARTICIPANT, inviter, &row, error));
    int known = row != NULL, erased = strcmp(cci_json_text(row, "status"), "erased") == 0;
    json_decref(row);
    if (!known)
        return cci_fail(error, COCREATE_ERR_NOT_FOUND,
                        "$.invited_by: no participant '%s': who invites is registered before", inviter);
    return !erased ? COCREATE_OK
                   : cci_fail(error, COCREATE_ERR_REFUSED, "$.invited_by: participant '%s' was erased",
                              inviter);
}

cocreate_status cci_inviter_put(cci_engine *e, const cci_event *event, const char *participant,
                                cocreate_error *error)
{
    const char *by = NULL;
    CCI_TRY(cci_json_id_opt(event->data, "invited_by", &by, &CCI_ROOT, error));
    if (!by)
        return COCREATE_OK;
    json_t *row = cci_json_new();
    cocreate_status status =
        cci_json_put(row, "by", json_string(by)) && cci_json_put(row, "at", json_integer(event->at))
            ? cci_state_put(e, 0, CCI_KIND_INVITATION, participant, row, error)
            : cci_no_memory(error);
    json_decref(row);
    return status;
}
