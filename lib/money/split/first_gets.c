/* Whole parts of the quotas; what is left goes by single units to the head of the list (Fowler,
 * Patterns of Enterprise Application Architecture, 2002: Money.allocate). The only method whose
 * result depends on the order of the list, by its definition. */
#include "money/split/claims.h"

static cocreate_status split(const cci_claims *claims, uint64_t *shares, cocreate_error *error)
{
    cci_quotas quotas;
    CCI_TRY(cci_quotas_init(&quotas, claims, error));
    uint64_t left = claims->pool;
    for (size_t k = 0; k < claims->n; k++) {
        const cci_limb *remainder;
        uint64_t quota = cci_quota(&quotas, claims, claims->pool, claims->who[k], &remainder);
        shares[claims->who[k]] = quota;
        left -= quota;
    }
    cci_quotas_free(&quotas, claims);

    /* Whoever stands at the cap has no fraction, so the others take all that is left in one go. */
    for (size_t k = 0; k < claims->n && left > 0; k++)
        if (shares[claims->who[k]] < claims->cap) {
            shares[claims->who[k]]++;
            left--;
        }
    assert(left == 0);
    return COCREATE_OK;
}

const cci_split_method cci_split_first_gets = {"first_gets", split};
