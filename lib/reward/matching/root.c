/* Zimmermann, Karatsuba Square Root, INRIA RR-3805, 1999: half of the digits at a time. */
#include "reward/matching/root.h"

#include "base/checked.h"

/* floor(sqrt(n)) and the rest, for n >= 2^30: 16 digits by trial. */
static uint32_t root_of_32(uint32_t n, uint32_t *rest)
{
    uint32_t s = 0, left = n;
    for (uint32_t bit = UINT32_C(1) << 15; bit != 0; bit >>= 1) {
        /* (s + bit)^2 = s^2 + bit (2 s + bit), and s^2 has been taken off. */
        uint64_t step = (uint64_t)bit * (2 * s + bit);
        if (step <= left) {
            left -= (uint32_t)step;
            s += bit;
        }
    }
    *rest = left;
    return s;
}

/* floor(sqrt(n)) and the rest, for n >= 2^62. */
static uint64_t root_of_64(uint64_t n, uint64_t *rest)
{
    uint32_t rest1;
    uint64_t high = root_of_32((uint32_t)(n >> 32), &rest1);
    uint64_t low = n & 0xffff;
    uint64_t numerator = (uint64_t)rest1 << 16 | (n >> 16 & 0xffff);
    uint64_t q = numerator / (2 * high), u = numerator % (2 * high);
    uint64_t s = (high << 16) + q, left = (u << 16) + low;
    /* One too large at most, as `high` has its top bit. */
    if (left < q * q) {
        left += 2 * s - 1;
        s--;
    }
    *rest = left - q * q;
    return s;
}

/* Is x^2 <= n * 2^64? */
static int square_fits(uint64_t x, uint64_t n)
{
    uint64_t high, low;
    cci_mul_u64(x, x, &high, &low);
    return high < n || (high == n && low == 0);
}

uint64_t cci_root(uint64_t n)
{
    int shift = 0;
    uint64_t rest;
    if (n == 0)
        return 0;
    for (; n < UINT64_C(1) << 62; n <<= 2)
        shift++;
    uint64_t s = root_of_64(n, &rest);
    /* 32 digits more: (s 2^32 + q)^2 <= (s^2 + rest) 2^64 needs q <= rest 2^31 / s; rest <= 2 s, so that
     * nothing overflows, and this q is one too large at most. */
    uint64_t q = (rest << 31) / s;
    if (q > UINT32_MAX)
        q = UINT32_MAX;
    uint64_t x = (s << 32) + q;
    while (!square_fits(x, n))
        x--;
    return x >> shift;
}
