/* Approvals: a ballot names the options it approves. */
#include "campaign/instruments/instrument.h"
#include "cocreate/profile.h"

static cocreate_status check_value(const cci_round_spec *spec, size_t round, const char *option,
                                   int64_t value, cocreate_error *error)
{
    (void)spec;
    (void)round;
    if (value == 1)
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_ARGUMENT, "an approval of '%s' is 1, not %lld", option,
                    (long long)value);
}

const cci_instrument_type cci_instrument_approve = {
    .name = "approve",
    .leads = CCI_LEADS_VOTERS,
    .kinds = {COCREATE_BALLOT_APPROVAL},
    .each = 1,
    .check_value = check_value,
};
