/* Adams (smallest divisors): d(a) = a. Leans to the small. */
#include "money/split/divisor.h"

static void divisor(uint64_t units, cci_divisor *out)
{
    *out = (cci_divisor){0, units, 1};
}

static cocreate_status split(const cci_claims *claims, uint64_t *shares, cocreate_error *error)
{
    static const cci_divisor_rule rule = {1, -1, divisor};
    return cci_divisor_split(&rule, claims, shares, error);
}

const cci_split_method cci_split_adams = {"adams", split};
