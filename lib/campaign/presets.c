#include "cocreate/campaign.h"

#include "base/fail.h"
#include "presets/presets.h"

extern const char cci_brief_schema_text[]; /* docs/reference/schemas/brief.schema.json */

const char *cocreate_brief_schema(void)
{
    return cci_brief_schema_text;
}

size_t cocreate_preset_count(void)
{
    size_t n = 0;
    while (cci_presets[n])
        n++;
    return n;
}

cocreate_status cocreate_preset_at(size_t index, cocreate_preset *out, cocreate_error *error)
{
    if (!out || out->size != sizeof *out)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "cocreate_preset.size is not %zu",
                        sizeof *out);
    size_t count = cocreate_preset_count();
    if (index >= count)
        return cci_fail_at(error, COCREATE_ERR_ARGUMENT, index, "there is no preset %zu of %zu",
                           index, count);
    const cci_preset *preset = cci_presets[index];
    out->name = preset->name;
    out->title = preset->title;
    out->brief = preset->brief;
    return COCREATE_OK;
}
