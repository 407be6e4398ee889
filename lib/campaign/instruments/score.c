/* Scores on a scale; options may be left unscored. */
#include "campaign/engine.h"
#include "campaign/instruments/instrument.h"
#include "cocreate/profile.h"

#define SCORE_MAX 1000000

static cocreate_status read(const cci_brief *brief, json_t *json, cci_round_spec *spec,
                            const cci_path *path, cocreate_error *error)
{
    (void)brief;
    return cci_brief_range(json, "scale", -SCORE_MAX, SCORE_MAX, 0, 5, &spec->scale_min,
                           &spec->scale_max, path, error);
}

static cocreate_status check_value(const cci_round_spec *spec, size_t round, const char *option,
                                   int64_t value, cocreate_error *error)
{
    if (value >= spec->scale_min && value <= spec->scale_max)
        return COCREATE_OK;
    return cci_refuse_round(error, round, "scale", "the score %lld for '%s' is outside %lld..%lld",
                            (long long)value, option, (long long)spec->scale_min,
                            (long long)spec->scale_max);
}

static const char *const members[] = {"scale", NULL};

const cci_instrument_type cci_instrument_score = {
    .name = "score",
    .leads = CCI_LEADS_VOTERS,
    .kinds = {COCREATE_BALLOT_SCORE},
    .each = 1,
    .members = members,
    .read = read,
    .check_value = check_value,
    .needs_values = 1,
};
