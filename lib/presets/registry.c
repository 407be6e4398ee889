#include "presets/presets.h"

#include <string.h>

#include "presets/list.h"

/* Each a JSON file of this folder, embedded: see CMakeLists.txt. */
#define DECLARE(name, title) extern const char cci_preset_text_##name[];
CCI_PRESETS(DECLARE)

#define DEFINE(name, title) static const cci_preset preset_##name = {#name, title, cci_preset_text_##name};
CCI_PRESETS(DEFINE)

#define LIST(name, title) &preset_##name,
const cci_preset *const cci_presets[] = {CCI_PRESETS(LIST) NULL};

const cci_preset *cci_preset_find(const char *name)
{
    for (const cci_preset *const *preset = cci_presets; *preset; preset++)
        if (strcmp((*preset)->name, name) == 0)
            return *preset;
    return NULL;
}
