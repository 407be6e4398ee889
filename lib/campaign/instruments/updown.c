/* Votes up and down, each worth `step` points: Salesforce Ideas counts 10 and -10. */
#include "campaign/instruments/instrument.h"
#include "cocreate/profile.h"

#define STEP_MAX 1000000

static cocreate_status read(const cci_brief *brief, json_t *json, cci_round_spec *spec,
                            const cci_path *path, cocreate_error *error)
{
    (void)brief;
    spec->step = 1;
    CCI_TRY(cci_json_i64_opt(json, "step", 1, STEP_MAX, &spec->step, path, error));
    json_t *options = cci_json_new(); /* the sum of ups and downs, not their mean */
    int made = cci_json_put(options, "aggregate", json_string("sum"));
    return cci_instrument_options(json, options, made, error);
}

static cocreate_status check_value(const cci_round_spec *spec, size_t round, const char *option,
                                   int64_t value, cocreate_error *error)
{
    (void)spec;
    (void)round;
    if (value == 1 || value == -1)
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_ARGUMENT, "a vote on '%s' is 1 (up) or -1 (down), not %lld",
                    option, (long long)value);
}

static int64_t evidence(const cci_round_spec *spec, int64_t value)
{
    return value * spec->step;
}

static const char *const members[] = {"step", NULL};

const cci_instrument_type cci_instrument_updown = {
    .name = "updown",
    .leads = CCI_LEADS_VOTERS,
    .kinds = {COCREATE_BALLOT_SCORE},
    .method = "score",
    .unit = CCI_UNIT_OPTION,
    .members = members,
    .read = read,
    .check_value = check_value,
    .evidence = evidence,
    .needs_values = 1,
};
