/* Divisor methods: one unit at a time to the largest weight / d(units held so far).
 *
 * Each method is its divisor d(a), a <= d(a) <= a + 1. Balinski & Young, Fair Representation,
 * 1982, appendix A, section 3. */
#ifndef CCI_MONEY_SPLIT_DIVISOR_H
#define CCI_MONEY_SPLIT_DIVISOR_H

#include "money/split/claims.h"

/* d(a) ^ power = numerator / denominator. */
typedef struct cci_divisor {
    uint64_t numerator_high, numerator; /* 128 bits in two halves */
    uint64_t denominator;
} cci_divisor;

typedef struct cci_divisor_rule {
    unsigned power; /* 1, or 2 where d(a) is a square root: then squares are compared */
    int lean;       /* d(a) is near a + 1: 1, a + 1/2: 0, a: -1; for speed alone */
    void (*divisor)(uint64_t units, cci_divisor *out);
} cci_divisor_rule;

/* Where d(0) = 0 everybody's first claim is infinite: the first units go by weight, larger first,
 * so that with fewer units than claimants those of the largest weights get one each. */
cocreate_status cci_divisor_split(const cci_divisor_rule *rule, const cci_claims *claims,
                                  uint64_t *shares, cocreate_error *error);

#endif
