#include "money/split/limit.h"

#include "money/split/order.h"

static int larger_weight(void *context, uint32_t a, uint32_t b)
{
    const cci_claims *c = context;
    int order =
        cci_natural_compare(cci_claim_weight(c, a), cci_claim_weight(c, b), c->weight_limbs);
    return order != 0 ? order > 0 : a < b;
}

/* Is pool * weight / total above the cap? `scratch` has room for two products. */
static int above_cap(const cci_claims *c, uint32_t claimant, const cci_limb *total,
                     cci_limb *scratch)
{
    size_t limbs = c->weight_limbs + 1, product_limbs = limbs + CCI_LIMBS_U64;
    cci_limb *claimed = scratch, *allowed = scratch + product_limbs;
    cci_limb factor[CCI_LIMBS_U64];
    cci_natural_set(factor, CCI_LIMBS_U64, c->pool);
    cci_natural_multiply(claimed, cci_claim_weight(c, claimant), c->weight_limbs, factor,
                         CCI_LIMBS_U64);
    claimed[product_limbs - 1] = 0;
    cci_natural_set(factor, CCI_LIMBS_U64, c->cap);
    cci_natural_multiply(allowed, total, limbs, factor, CCI_LIMBS_U64);
    return cci_natural_compare(claimed, allowed, product_limbs) > 0;
}

/* Taking out one whose quota is above the cap raises the quotas of the others, so one pass from the
 * largest weight down ends where the rounds do: those above the cap are always the first. */
static void fill(cci_claims *claims, uint32_t *order, uint32_t *who, cci_limb *total,
                 uint64_t *shares)
{
    size_t limbs = claims->weight_limbs + 1;
    for (size_t k = 0; k < claims->n; k++) {
        order[k] = who[k];
        shares[who[k]] = 0;
        cci_natural_add(total, limbs, cci_claim_weight(claims, who[k]), claims->weight_limbs);
    }
    cci_order(order, claims->n, larger_weight, claims);

    size_t out = 0;
    while (out < claims->n && above_cap(claims, order[out], total, total + limbs)) {
        uint32_t claimant = order[out++];
        shares[claimant] = claims->cap;
        claims->pool -= claims->cap;
        cci_natural_subtract(total, limbs, cci_claim_weight(claims, claimant),
                             claims->weight_limbs);
    }

    /* Those taken out hold at least the weight of `last`; the equal ones have the lower index. */
    size_t kept = 0;
    for (size_t k = 0; k < claims->n; k++)
        if (out == 0 || larger_weight(claims, order[out - 1], who[k]))
            who[kept++] = who[k];
    assert(kept == claims->n - out);
    claims->n = kept;
}

cocreate_status cci_limit(cci_claims *claims, uint32_t *who, uint64_t *shares,
                          cocreate_error *error)
{
    size_t limbs = claims->weight_limbs + 1;
    uint32_t *order = cci_alloc(claims->allocator, claims->n, sizeof *order);
    cci_limb *total =
        cci_alloc(claims->allocator, limbs + 2 * (limbs + CCI_LIMBS_U64), sizeof *total);
    int ok = order != NULL && total != NULL;
    if (ok)
        fill(claims, order, who, total, shares);
    cci_free(claims->allocator, order);
    cci_free(claims->allocator, total);
    return ok ? COCREATE_OK : cci_no_memory(error);
}
