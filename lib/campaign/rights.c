#include "campaign/rights.h"

#include <string.h>

static cocreate_status set_state(cci_engine *e, const cci_event *event, const char *contribution,
                                 json_t *right, const char *state, const char *since,
                                 cocreate_error *error)
{
    if (!cci_json_put(right, "state", json_string(state)) ||
        !cci_json_put(right, since, json_integer(event->at)))
        return cci_no_memory(error);
    return cci_state_put(e, event->campaign->part, CCI_KIND_RIGHT, contribution, right, error);
}

cocreate_status cci_right_reach(cci_engine *e, const cci_event *event, const char *effective,
                                const char *contribution, cocreate_error *error)
{
    const char *moment = event->campaign->brief.rights.effective;
    json_t *right;
    if (!moment || strcmp(moment, effective) != 0)
        return COCREATE_OK;
    CCI_TRY(cci_state_get(e, event->campaign->part, CCI_KIND_RIGHT, contribution, &right, error));
    if (!right)
        return COCREATE_OK;
    cocreate_status status =
        set_state(e, event, contribution, right, "active", "active_at", error);
    json_decref(right);
    return status;
}

cocreate_status cci_right_release(cci_engine *e, const cci_event *event, const char *contribution,
                                  cocreate_error *error)
{
    json_t *right;
    CCI_TRY(cci_state_get(e, event->campaign->part, CCI_KIND_RIGHT, contribution, &right, error));
    const char *state = json_string_value(json_object_get(right, "state"));
    cocreate_status status = COCREATE_OK;
    if (state && strcmp(state, "held") == 0)
        status = set_state(e, event, contribution, right, "released", "released_at", error);
    json_decref(right);
    return status;
}
