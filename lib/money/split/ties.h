/* Who comes first among equal claims. */
#ifndef CCI_MONEY_SPLIT_TIES_H
#define CCI_MONEY_SPLIT_TIES_H

#include "cocreate/money.h"
#include "money/split/natural.h"

/* Fill rank[0 .. n-1] with a permutation of 0 .. n-1 by options->ties; lower comes first. Checks
 * ties, ids and seed. Weights are as in cci_claims, zeros included. O(n log n). */
cocreate_status cci_tie_ranks(const cocreate_allocator *allocator,
                              const cocreate_split_options *options, const char *method,
                              const cci_limb *weights, size_t weight_limbs, size_t n,
                              uint32_t *rank, cocreate_error *error);

#endif
