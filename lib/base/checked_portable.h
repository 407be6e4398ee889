/* The arithmetic of checked.h in plain C11: what runs where the compiler offers nothing better, and
 * what tests compare the compiler's own with. The contracts are proved by scripts/prove. */
#ifndef CCI_BASE_CHECKED_PORTABLE_H
#define CCI_BASE_CHECKED_PORTABLE_H

#include <stddef.h>
#include <stdint.h>

/*@ requires \valid(out);
  @ behavior fits:
  @   assumes INT64_MIN <= a + b <= INT64_MAX;
  @   assigns *out;
  @   ensures \result == 1 && *out == a + b;
  @ behavior does_not_fit:
  @   assumes !(INT64_MIN <= a + b <= INT64_MAX);
  @   assigns \nothing;
  @   ensures \result == 0;
  @ complete behaviors;
  @ disjoint behaviors;
  @*/
static inline int cci_portable_add_i64(int64_t a, int64_t b, int64_t *out)
{
    if (b > 0 ? a > INT64_MAX - b : a < INT64_MIN - b)
        return 0;
    *out = a + b;
    return 1;
}

/*@ requires \valid(out);
  @ behavior fits:
  @   assumes INT64_MIN <= a - b <= INT64_MAX;
  @   assigns *out;
  @   ensures \result == 1 && *out == a - b;
  @ behavior does_not_fit:
  @   assumes !(INT64_MIN <= a - b <= INT64_MAX);
  @   assigns \nothing;
  @   ensures \result == 0;
  @ complete behaviors;
  @ disjoint behaviors;
  @*/
static inline int cci_portable_sub_i64(int64_t a, int64_t b, int64_t *out)
{
    if (b > 0 ? a < INT64_MIN + b : a > INT64_MAX + b)
        return 0;
    *out = a - b;
    return 1;
}

/*@ assigns \nothing;
  @ ensures \result == (a < 0 ? -a : a);
  @*/
static inline uint64_t cci_portable_magnitude(int64_t a)
{
    return a < 0 ? (uint64_t) - (a + 1) + 1 : (uint64_t)a;
}

/*@ requires \valid(out);
  @ behavior fits:
  @   assumes INT64_MIN <= a * b <= INT64_MAX;
  @   assigns *out;
  @   ensures \result == 1 && *out == a * b;
  @ behavior does_not_fit:
  @   assumes !(INT64_MIN <= a * b <= INT64_MAX);
  @   assigns \nothing;
  @   ensures \result == 0;
  @ complete behaviors;
  @ disjoint behaviors;
  @*/
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

/*@ requires \valid(out);
  @ behavior fits:
  @   assumes 0 <= a + b <= SIZE_MAX;
  @   assigns *out;
  @   ensures \result == 1 && *out == a + b;
  @ behavior does_not_fit:
  @   assumes !(0 <= a + b <= SIZE_MAX);
  @   assigns \nothing;
  @   ensures \result == 0;
  @ complete behaviors;
  @ disjoint behaviors;
  @*/
static inline int cci_portable_add_size(size_t a, size_t b, size_t *out)
{
    if (a > SIZE_MAX - b)
        return 0;
    *out = a + b;
    return 1;
}

/*@ requires \valid(out);
  @ behavior fits:
  @   assumes 0 <= a * b <= SIZE_MAX;
  @   assigns *out;
  @   ensures \result == 1 && *out == a * b;
  @ behavior does_not_fit:
  @   assumes !(0 <= a * b <= SIZE_MAX);
  @   assigns \nothing;
  @   ensures \result == 0;
  @ complete behaviors;
  @ disjoint behaviors;
  @*/
static inline int cci_portable_mul_size(size_t a, size_t b, size_t *out)
{
    if (b && a > SIZE_MAX / b)
        return 0;
    *out = a * b;
    return 1;
}

/* Schoolbook on 32-bit halves. `middle` holds at most three of them: it cannot overflow. */
/*@ requires \valid(high) && \valid(low) && \separated(high, low);
  @ assigns *high, *low;
  @ ensures *high * 0x10000000000000000 + *low == a * b;
  @*/
static inline void cci_portable_mul_u64(uint64_t a, uint64_t b, uint64_t *high, uint64_t *low)
{
    const uint64_t half = UINT64_C(0x100000000);
    uint64_t a0 = a % half, a1 = a / half, b0 = b % half, b1 = b / half;
    /*@ assert a == a1 * 0x100000000 + a0 && b == b1 * 0x100000000 + b0; */
    /*@ assert a0 <= UINT32_MAX && a1 <= UINT32_MAX && b0 <= UINT32_MAX && b1 <= UINT32_MAX; */
    uint64_t p00 = a0 * b0, p01 = a0 * b1, p10 = a1 * b0, p11 = a1 * b1;
    /*@ assert p00 == a0 * b0 && p01 == a0 * b1 && p10 == a1 * b0 && p11 == a1 * b1; */
    /*@ assert a * b == p11 * 0x10000000000000000 + (p01 + p10) * 0x100000000 + p00; */
    uint64_t middle = p00 / half + p01 % half + p10 % half;
    *high = p11 + p01 / half + p10 / half + middle / half;
    *low = middle % half * half + p00 % half;
}

/* Long division of high:low by c, bit by bit; needs high < c, so that the quotient fits. What one
 * step does to quotient * c + rest is a lemma of its own in scripts/prove. */
/*@ requires \valid(quotient) && \valid(remainder) && \separated(quotient, remainder);
  @ requires high < c;
  @ assigns *quotient, *remainder;
  @ ensures *remainder < c;
  @*/
static inline void cci_portable_divide(uint64_t high, uint64_t low, uint64_t c,
                                       uint64_t *quotient, uint64_t *remainder)
{
    const uint64_t top = UINT64_C(0x8000000000000000);
    uint64_t rest = high, q = 0;
    /*@ loop invariant -1 <= bit <= 63 && rest < c;
      @ loop assigns bit, rest, q, low;
      @ loop variant bit;
      @*/
    for (int bit = 63; bit >= 0; bit--) {
        /* Is 2 * rest + digit >= c? Asked so that nothing needs a 65th bit. */
        uint64_t digit = low / top, room = c - rest - digit;
        low = low % top * 2;
        q <<= 1;
        if (rest >= room) {
            rest -= room;
            q |= 1;
        } else {
            rest += rest + digit;
        }
    }
    *quotient = q;
    *remainder = rest;
}

#endif
