#include "money/split/claims.h"

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
    cci_limb factor[CCI_LIMBS_U64];
    cci_natural_set(factor, CCI_LIMBS_U64, pool);
    cci_natural_multiply(product, cci_claim_weight(claims, claimant), claims->weight_limbs, factor,
                         CCI_LIMBS_U64);
    product[product_limbs] = 0;
    uint64_t quota = cci_natural_divide(product, product_limbs + 1, q->total, q->total_limbs);
    *remainder = product;
    return quota;
}
