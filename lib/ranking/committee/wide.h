/* Natural numbers of a fixed number of 64-bit limbs, least first: sums of scores that a word cannot
 * hold. Whoever sets the number of limbs sees to it that no sum overflows. */
#ifndef CCI_RANKING_COMMITTEE_WIDE_H
#define CCI_RANKING_COMMITTEE_WIDE_H

#include <stddef.h>
#include <stdint.h>

#include "base/checked.h"

static inline int cci_wide_compare(const uint64_t *a, const uint64_t *b, size_t limbs)
{
    for (size_t i = limbs; i-- > 0;)
        if (a[i] != b[i])
            return a[i] > b[i] ? 1 : -1;
    return 0;
}

static inline void cci_wide_add(uint64_t *a, const uint64_t *b, size_t limbs)
{
    uint64_t carry = 0;
    for (size_t i = 0; i < limbs; i++) {
        uint64_t sum = a[i] + carry;
        carry = sum < carry;
        sum += b[i];
        carry += sum < b[i];
        a[i] = sum;
    }
}

/* a -= b, b <= a */
static inline void cci_wide_sub(uint64_t *a, const uint64_t *b, size_t limbs)
{
    uint64_t borrow = 0;
    for (size_t i = 0; i < limbs; i++) {
        uint64_t rest = a[i] - borrow;
        borrow = rest > a[i];
        borrow += rest < b[i];
        a[i] = rest - b[i];
    }
}

/* out = b * factor */
static inline void cci_wide_scale(uint64_t *out, const uint64_t *b, uint64_t factor, size_t limbs)
{
    uint64_t carry = 0;
    if (limbs == 1) {
        out[0] = b[0] * factor;
        return;
    }
    for (size_t i = 0; i < limbs; i++) {
        uint64_t high, low;
        cci_mul_u64(b[i], factor, &high, &low);
        out[i] = low + carry;
        carry = high + (out[i] < low);
    }
}

#endif
