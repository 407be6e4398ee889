/* Largest remainder (Hamilton; Hare/Niemeyer): whole parts of the quotas, then one unit each to the
 * largest fractions. Balinski & Young, Fair Representation, 1982, appendix A. */
#include "money/split/claims.h"
#include "money/split/order.h"

struct remainders {
    const uint32_t *rank, *who;
    cci_limb *of; /* of who[k] from k * limbs */
    size_t limbs;
};

static int larger_first(void *context, uint32_t a, uint32_t b)
{
    const struct remainders *r = context;
    int order = cci_natural_compare(r->of + a * r->limbs, r->of + b * r->limbs, r->limbs);
    return order != 0 ? order > 0 : r->rank[r->who[a]] < r->rank[r->who[b]];
}

static cocreate_status split(const cci_claims *claims, uint64_t *shares, cocreate_error *error)
{
    cci_quotas quotas;
    CCI_TRY(cci_quotas_init(&quotas, claims, error));
    struct remainders remainders = {claims->rank, claims->who, NULL, quotas.total_limbs};
    uint32_t *order = cci_alloc(claims->allocator, claims->n, sizeof *order);
    remainders.of =
        cci_alloc(claims->allocator, claims->n, quotas.total_limbs * sizeof *remainders.of);
    int ok = order != NULL && remainders.of != NULL;
    if (ok) {
        uint64_t left = claims->pool;
        for (size_t k = 0; k < claims->n; k++) {
            const cci_limb *remainder;
            uint64_t quota = cci_quota(&quotas, claims, claims->pool, claims->who[k], &remainder);
            for (size_t i = 0; i < remainders.limbs; i++)
                remainders.of[k * remainders.limbs + i] = remainder[i];
            shares[claims->who[k]] = quota;
            left -= quota;
            order[k] = (uint32_t)k;
        }
        /* The fractions sum to `left`, so fewer than n units are left, and no more than there are
         * claimants with a fraction: no share passes its quota by a whole unit, nor the cap. */
        assert(left < claims->n);
        cci_select(order, claims->n, (size_t)left, larger_first, &remainders);
        for (size_t k = 0; k < left; k++)
            shares[claims->who[order[k]]]++;
    }
    cci_free(claims->allocator, remainders.of);
    cci_free(claims->allocator, order);
    cci_quotas_free(&quotas, claims);
    return ok ? COCREATE_OK : cci_no_memory(error);
}

const cci_split_method cci_split_largest_remainder = {"largest_remainder", split};
