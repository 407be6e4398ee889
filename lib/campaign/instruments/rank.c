/* Rankings: 1 is best, equal ranks and unranked options are legal. */
#include "campaign/instruments/instrument.h"
#include "cocreate/profile.h"

static cocreate_status check_value(const cci_round_spec *spec, size_t round, const char *option,
                                   int64_t value, cocreate_error *error)
{
    (void)spec;
    (void)round;
    if (value < 1)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "the rank %lld of '%s' is below 1",
                        (long long)value, option);
    if (value > CCI_JSON_INTEGER_MAX)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "the rank %lld of '%s' is above 2^53 - 1",
                        (long long)value, option);
    return COCREATE_OK;
}

const cci_instrument_type cci_instrument_rank = {
    .name = "rank",
    .leads = CCI_LEADS_VOTERS,
    .kinds = {COCREATE_BALLOT_RANKING},
    .check_value = check_value,
    .both = CCI_BOTH_SMALLER,
};
