/* What a split method is given, and the registry of methods. */
#ifndef CCI_MONEY_SPLIT_CLAIMS_H
#define CCI_MONEY_SPLIT_CLAIMS_H

#include "base/memory.h"
#include "money/split/natural.h"

/* A pool to be handed out in whole units among claimants of positive weight.
 *
 * Claimants are known by their index in the list of the caller; `who` are the n of them that take
 * part, in the order of that list. Only ratios of weights matter. */
typedef struct cci_claims {
    const cocreate_allocator *allocator;
    const cci_limb *weights; /* of claimant i from i * weight_limbs */
    size_t weight_limbs;
    const uint32_t *rank; /* of claimant i in the tie order; lower comes first, no two equal */
    const uint32_t *who;
    size_t n;      /* > 0 */
    uint64_t pool; /* units, below 2^63 */
    uint64_t cap;  /* no share may be larger; no quota is (see limit.c) */
} cci_claims;

/* Write the share of every claimant of `who` to shares[claimant]. The sum is at most the pool;
 * what is missing is returned to the giver. */
typedef struct cci_split_method {
    const char *name;
    cocreate_status (*split)(const cci_claims *claims, uint64_t *shares, cocreate_error *error);
} cci_split_method;

extern const cci_split_method cci_split_largest_remainder, cci_split_sainte_lague,
    cci_split_dhondt, cci_split_adams, cci_split_huntington_hill, cci_split_dean,
    cci_split_first_gets, cci_split_floor_return;

/* In order of registration; NULL past the end. The first is the default. */
const cci_split_method *cci_split_method_at(size_t index);
const cci_split_method *cci_split_method_find(const char *name);

static inline const cci_limb *cci_claim_weight(const cci_claims *claims, uint32_t claimant)
{
    return claims->weights + claimant * claims->weight_limbs;
}

/* Exact quotas: pool * weight / total, by whole part and remainder.
 *
 * The total needs one limb more than a weight, because there are fewer than 2^32 claimants. */
typedef struct cci_quotas {
    cci_limb *total; /* total_limbs limbs, then room for one product */
    size_t total_limbs;
    uint64_t short_total; /* the same where weights and total fit in 64 bits, else 0 */
} cci_quotas;

cocreate_status cci_quotas_init(cci_quotas *q, const cci_claims *claims, cocreate_error *error);
void cci_quotas_free(cci_quotas *q, const cci_claims *claims);
/* floor(pool * weight / total); *remainder (total_limbs limbs, borrowed until the next call) is
 * what the division leaves. `pool` need not be that of the claims, but is not larger. */
uint64_t cci_quota(cci_quotas *q, const cci_claims *claims, uint64_t pool, uint32_t claimant,
                   const cci_limb **remainder);

#endif
