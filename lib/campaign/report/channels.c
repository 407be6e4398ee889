/* What each channel of a round would have chosen by itself. */
#include "campaign/report/facts.h"

static cocreate_status make(const cci_known *f, json_t *out, cocreate_error *error)
{
    for (size_t i = 0; i < json_array_size(f->rounds); i++) {
        const json_t *round = json_array_get(f->rounds, i);
        json_t *channels = json_object_get(round, "channels");
        if (channels && !cci_json_put(out, json_string_value(json_object_get(round, "id")),
                                      json_incref(channels)))
            return cci_no_memory(error);
    }
    return COCREATE_OK;
}

const cci_report_type cci_report_channels = {"channels", "the tally of each channel by itself",
                                             make, 0};
