/* Pledges: what a backer would pay for an option, in minor units. Counted by backers, or by the sum
 * of the amounts. */
#include "campaign/engine.h"
#include "campaign/instruments/instrument.h"
#include "campaign/money/pledges.h"
#include "cocreate/profile.h"

static cocreate_status read(const cci_brief *brief, json_t *json, cci_round_spec *spec,
                            const cci_path *path, cocreate_error *error)
{
    static const char *const words[] = {"backers", "amount", NULL};
    int by = 0;
    (void)brief;
    spec->pledge_min = 1;
    CCI_TRY(cci_json_i64_opt(json, "pledge_min", 1, CCI_JSON_INTEGER_MAX, &spec->pledge_min, path,
                             error));
    CCI_TRY(cci_pledges_read(json, spec, path, error));
    CCI_TRY(cci_brief_choice(json, "count_by", words, 0, &by, path, error));
    spec->kind = by == 0 ? COCREATE_BALLOT_APPROVAL : COCREATE_BALLOT_POINTS;
    if (by == 1 && !json_object_get(json, "method") &&
        !cci_json_put(json, "method", json_string("cumulative")))
        return cci_no_memory(error);
    return COCREATE_OK;
}

static cocreate_status check_value(const cci_round_spec *spec, size_t round, const char *option,
                                   int64_t value, cocreate_error *error)
{
    if (value < spec->pledge_min)
        return cci_refuse_round(error, round, "pledge_min", "the pledge of %lld for '%s' is below %lld",
                                (long long)value, option, (long long)spec->pledge_min);
    if (value > CCI_JSON_INTEGER_MAX)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "the pledge of %lld for '%s' is above 2^53 - 1",
                        (long long)value, option);
    return COCREATE_OK;
}

static const char *const members[] = {"pledge_min", "count_by", "hold", NULL};

const cci_instrument_type cci_instrument_pledge = {
    .name = "pledge",
    .leads = 1u << CCI_LEAD_CUSTOMER,
    .kinds = {COCREATE_BALLOT_APPROVAL, COCREATE_BALLOT_POINTS},
    .method = "approval",
    .unit = CCI_UNIT_OPTION,
    .members = members,
    .read = read,
    .check_value = check_value,
    .needs_values = 1,
};
