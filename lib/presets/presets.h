/* Real campaigns as briefs: one JSON file and one line in list.h each. */
#ifndef CCI_PRESETS_PRESETS_H
#define CCI_PRESETS_PRESETS_H

typedef struct cci_preset {
    const char *name;
    const char *title; /* one line for people */
    const char *brief; /* text of the JSON file */
} cci_preset;

extern const cci_preset *const cci_presets[]; /* NULL-ended, in order of their names */

/* By name, or NULL. */
const cci_preset *cci_preset_find(const char *name);

#endif
