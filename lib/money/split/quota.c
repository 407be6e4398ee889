#include "base/checked.h"
#include "money/split/claims.h"

#define LIMB_BITS 32

/* A number of at most two limbs, or of more that are 0. */
static uint64_t as_u64(const cci_limb *a, size_t size)
{
    return a[0] | (size > 1 ? (uint64_t)a[1] << LIMB_BITS : 0);
}

cocreate_status cci_quotas_init(cci_quotas *q, const cci_claims *claims, cocreate_error *error)
{
    q->total_limbs = claims->weight_limbs + 1;
    size_t product_limbs = claims->weight_limbs + CCI_LIMBS_U64 + 1;
    q->total = cci_alloc(claims->allocator, q->total_limbs + product_limbs, sizeof *q->total);
    if (q->total == NULL)
        return cci_no_memory(error);
    for (size_t k = 0; k < claims->n; k++)
        cci_natural_add(q->total, q->total_limbs, cci_claim_weight(claims, claims->who[k]),
                        claims->weight_limbs);
    q->short_total = 0;
    if (claims->weight_limbs <= CCI_LIMBS_U64 &&
        (q->total_limbs <= CCI_LIMBS_U64 || q->total[CCI_LIMBS_U64] == 0))
        q->short_total = as_u64(q->total, q->total_limbs);
    return COCREATE_OK;
}

void cci_quotas_free(cci_quotas *q, const cci_claims *claims)
{
    cci_free(claims->allocator, q->total);
}

uint64_t cci_quota(cci_quotas *q, const cci_claims *claims, uint64_t pool, uint32_t claimant,
                   const cci_limb **remainder)
{
    cci_limb *product = q->total + q->total_limbs;
    size_t product_limbs = claims->weight_limbs + CCI_LIMBS_U64;
    if (q->short_total > 0) {
        uint64_t weight = as_u64(cci_claim_weight(claims, claimant), claims->weight_limbs);
        uint64_t whole = 0, rest = 0;
        int fits = cci_muldiv_u64(pool, weight, q->short_total, &whole, &rest);
        assert(fits); /* no quota is above the pool */
        (void)fits;
        cci_natural_set(product, q->total_limbs, rest);
        *remainder = product;
        return whole;
    }
    cci_limb factor[CCI_LIMBS_U64];
    cci_natural_set(factor, CCI_LIMBS_U64, pool);
    cci_natural_multiply(product, cci_claim_weight(claims, claimant), claims->weight_limbs, factor,
                         CCI_LIMBS_U64);
    product[product_limbs] = 0;
    uint64_t quota = cci_natural_divide(product, product_limbs + 1, q->total, q->total_limbs);
    *remainder = product;
    return quota;
}
