/* Huntington-Hill (equal proportions): d(a) = sqrt(a(a + 1)), compared by its square. */
#include "base/checked.h"
#include "money/split/divisor.h"

static void divisor(uint64_t units, cci_divisor *out)
{
    out->denominator = 1;
    cci_mul_u64(units, units + 1, &out->numerator_high, &out->numerator);
}

static cocreate_status split(const cci_claims *claims, uint64_t *shares, cocreate_error *error)
{
    static const cci_divisor_rule rule = {2, 0, divisor};
    return cci_divisor_split(&rule, claims, shares, error);
}

const cci_split_method cci_split_huntington_hill = {"huntington_hill", split};
