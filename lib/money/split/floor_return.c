/* Whole parts of the quotas; the fractions go back to the giver. The one method here that keeps a
 * posted price the same for all. */
#include "money/split/claims.h"

static cocreate_status split(const cci_claims *claims, uint64_t *shares, cocreate_error *error)
{
    cci_quotas quotas;
    CCI_TRY(cci_quotas_init(&quotas, claims, error));
    for (size_t k = 0; k < claims->n; k++) {
        const cci_limb *remainder;
        shares[claims->who[k]] =
            cci_quota(&quotas, claims, claims->pool, claims->who[k], &remainder);
    }
    cci_quotas_free(&quotas, claims);
    return COCREATE_OK;
}

const cci_split_method cci_split_floor_return = {"floor_return", split};
