#include "presets/presets.h"

#include <string.h>

/* Each a JSON file of this folder: see CMakeLists.txt. */
extern const char cci_preset_text_feedback_prizes[], cci_preset_text_netflix_prize[],
    cci_preset_text_threadless_2007[];

static const cci_preset feedback_prizes = {
    "feedback_prizes", "Feedback with prizes: the best and the most creative review",
    cci_preset_text_feedback_prizes};
static const cci_preset netflix_prize = {
    "netflix_prize", "Netflix Prize, 2006 to 2009: a million for an error 10 % smaller",
    cci_preset_text_netflix_prize};
static const cci_preset threadless_2007 = {
    "threadless_2007", "Threadless, 2007: the crowd scores T-shirts, the staff prints ten",
    cci_preset_text_threadless_2007};

const cci_preset *const cci_presets[] = {
    &feedback_prizes,
    &netflix_prize,
    &threadless_2007,
    NULL,
};

const cci_preset *cci_preset_find(const char *name)
{
    for (const cci_preset *const *preset = cci_presets; *preset; preset++)
        if (strcmp((*preset)->name, name) == 0)
            return *preset;
    return NULL;
}
