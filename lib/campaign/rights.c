#include "campaign/rights.h"

#include <string.h>

cocreate_status cci_right_reach(cci_engine *e, const cci_event *event, const char *effective,
                                const char *contribution, cocreate_error *error)
{
    const char *moment = event->campaign->brief.rights.effective;
    int64_t part = event->campaign->part;
    json_t *right;
    if (!moment || strcmp(moment, effective) != 0)
        return COCREATE_OK;
    CCI_TRY(cci_state_get(e, part, CCI_KIND_RIGHT, contribution, &right, error));
    if (!right)
        return COCREATE_OK;
    cocreate_status status = COCREATE_OK;
    if (!cci_json_put(right, "state", json_string("active")) ||
        !cci_json_put(right, "active_at", json_integer(event->at)))
        status = cci_no_memory(error);
    else
        status = cci_state_put(e, part, CCI_KIND_RIGHT, contribution, right, error);
    json_decref(right);
    return status;
}
