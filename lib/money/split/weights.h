/* Weights as natural numbers of one size. */
#ifndef CCI_MONEY_SPLIT_WEIGHTS_H
#define CCI_MONEY_SPLIT_WEIGHTS_H

#include "base/rational.h"
#include "money/split/natural.h"

typedef struct cci_weights {
    cci_limb *limbs; /* weight i from i * limbs_each */
    size_t limbs_each;
    int all_zero;
} cci_weights;

/* Both refuse a negative weight with `where` its index. */
cocreate_status cci_weights_from_i64(cci_weights *w, const cocreate_allocator *a,
                                     const int64_t *weights, size_t n, cocreate_error *error);
/* Times their common denominator. */
cocreate_status cci_weights_from_rationals(cci_weights *w, const cocreate_allocator *a,
                                           const cci_rational *weights, size_t n,
                                           cocreate_error *error);
void cci_weights_set_equal(cci_weights *w, size_t n);
void cci_weights_free(cci_weights *w, const cocreate_allocator *a);

#endif
