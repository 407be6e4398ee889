/* Integer arithmetic that never wraps: the compiler's where it has one, else plain C. */
#include <assert.h>

#include "base/checked.h"
#include "base/checked_portable.h"

#if defined(__GNUC__) || defined(__clang__)
#define HAS_BUILTIN_OVERFLOW 1
#endif
#if defined(__SIZEOF_INT128__)
#define HAS_INT128 1
__extension__ typedef unsigned __int128 wide;
#endif

#ifdef HAS_BUILTIN_OVERFLOW
/* The builtins write a wrapped result on overflow; ours write nothing. */
#define CHECKED(name, type, builtin)              \
    int cci_##name(type a, type b, type *out)     \
    {                                             \
        type result;                              \
        if (builtin(a, b, &result))               \
            return 0;                             \
        *out = result;                            \
        return 1;                                 \
    }
CHECKED(add_i64, int64_t, __builtin_add_overflow)
CHECKED(sub_i64, int64_t, __builtin_sub_overflow)
CHECKED(mul_i64, int64_t, __builtin_mul_overflow)
CHECKED(add_size, size_t, __builtin_add_overflow)
CHECKED(mul_size, size_t, __builtin_mul_overflow)
#else
#define CHECKED(name, type)                       \
    int cci_##name(type a, type b, type *out)     \
    {                                             \
        return cci_portable_##name(a, b, out);    \
    }
CHECKED(add_i64, int64_t)
CHECKED(sub_i64, int64_t)
CHECKED(mul_i64, int64_t)
CHECKED(add_size, size_t)
CHECKED(mul_size, size_t)
#endif

void cci_mul_u64(uint64_t a, uint64_t b, uint64_t *high, uint64_t *low)
{
#ifdef HAS_INT128
    wide product = (wide)a * b;
    *high = (uint64_t)(product >> 64);
    *low = (uint64_t)product;
#else
    cci_portable_mul_u64(a, b, high, low);
#endif
}

int cci_muldiv_u64(uint64_t a, uint64_t b, uint64_t c, uint64_t *quotient, uint64_t *remainder)
{
    assert(c > 0);
    uint64_t high, low;
    cci_mul_u64(a, b, &high, &low);
    if (high >= c)
        return 0;
#ifdef HAS_INT128
    wide product = (wide)high << 64 | low;
    *quotient = (uint64_t)(product / c);
    *remainder = (uint64_t)(product % c);
#else
    cci_portable_divide(high, low, c, quotient, remainder);
#endif
    return 1;
}

int cci_compare_products(uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
    uint64_t high1, low1, high2, low2;
    cci_mul_u64(a, b, &high1, &low1);
    cci_mul_u64(c, d, &high2, &low2);
    if (high1 != high2)
        return high1 < high2 ? -1 : 1;
    return low1 == low2 ? 0 : low1 < low2 ? -1 : 1;
}
