/* The arithmetic of checked.h in plain C11: what runs where the compiler offers nothing better, and
 * what tests compare the compiler's own with. */
#ifndef CCI_BASE_CHECKED_PORTABLE_H
#define CCI_BASE_CHECKED_PORTABLE_H

#include <stddef.h>
#include <stdint.h>

static inline int cci_portable_add_i64(int64_t a, int64_t b, int64_t *out)
{
    if (b > 0 ? a > INT64_MAX - b : a < INT64_MIN - b)
        return 0;
    *out = a + b;
    return 1;
}

static inline int cci_portable_sub_i64(int64_t a, int64_t b, int64_t *out)
{
    if (b > 0 ? a < INT64_MIN + b : a > INT64_MAX + b)
        return 0;
    *out = a - b;
    return 1;
}

static inline uint64_t cci_portable_magnitude(int64_t a)
{
    return a < 0 ? 0 - (uint64_t)a : (uint64_t)a;
}

static inline int cci_portable_mul_i64(int64_t a, int64_t b, int64_t *out)
{
    uint64_t ma = cci_portable_magnitude(a), mb = cci_portable_magnitude(b);
    int negative = (a < 0) != (b < 0);
    uint64_t limit = (uint64_t)INT64_MAX + (uint64_t)negative;
    if (mb && ma > limit / mb)
        return 0;
    uint64_t product = ma * mb;
    *out = negative && product ? -(int64_t)(product - 1) - 1 : (int64_t)product;
    return 1;
}

static inline int cci_portable_add_size(size_t a, size_t b, size_t *out)
{
    if (a > SIZE_MAX - b)
        return 0;
    *out = a + b;
    return 1;
}

static inline int cci_portable_mul_size(size_t a, size_t b, size_t *out)
{
    if (b && a > SIZE_MAX / b)
        return 0;
    *out = a * b;
    return 1;
}

/* Schoolbook on 32-bit halves. `middle` holds at most three of them: it cannot overflow. */
static inline void cci_portable_mul_u64(uint64_t a, uint64_t b, uint64_t *high, uint64_t *low)
{
    uint64_t a0 = a & UINT32_MAX, a1 = a >> 32, b0 = b & UINT32_MAX, b1 = b >> 32;
    uint64_t p00 = a0 * b0, p01 = a0 * b1, p10 = a1 * b0, p11 = a1 * b1;
    uint64_t middle = (p00 >> 32) + (p01 & UINT32_MAX) + (p10 & UINT32_MAX);
    *high = p11 + (p01 >> 32) + (p10 >> 32) + (middle >> 32);
    *low = middle << 32 | (p00 & UINT32_MAX);
}

/* Long division of high:low by c, bit by bit; needs high < c, so that the quotient fits. */
static inline void cci_portable_divide(uint64_t high, uint64_t low, uint64_t c,
                                       uint64_t *quotient, uint64_t *remainder)
{
    uint64_t rest = high, q = 0;
    for (int bit = 63; bit >= 0; bit--) {
        uint64_t carry = rest >> 63;
        rest = rest << 1 | (low >> bit & 1);
        q <<= 1;
        if (carry || rest >= c) {
            rest -= c;
            q |= 1;
        }
    }
    *quotient = q;
    *remainder = rest;
}

#endif
