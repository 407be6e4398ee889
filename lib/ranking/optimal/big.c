/* Arrays of big integers. */
#include "ranking/optimal/big.h"

mp_int *cci_bigs(const cocreate_allocator *a, size_t n)
{
    mp_int *bigs = cci_alloc(a, n, sizeof *bigs);
    for (size_t i = 0; bigs != NULL && i < n; i++)
        if (mp_init_size(&bigs[i], 2) != MP_OKAY) {
            cci_bigs_free(a, bigs, i);
            return NULL;
        }
    return bigs;
}

void cci_bigs_free(const cocreate_allocator *a, mp_int *bigs, size_t n)
{
    for (size_t i = 0; bigs != NULL && i < n; i++)
        mp_clear(&bigs[i]);
    cci_free(a, bigs);
}

mp_err cci_big_gcd(mp_int *x, mp_int *y, mp_int *out)
{
    while (!mp_iszero(y)) {
        mp_err result = mp_div(x, y, NULL, x);
        if (result != MP_OKAY)
            return result;
        mp_exch(x, y);
    }
    return mp_abs(x, out);
}

static int is_one(const mp_int *x)
{
    return mp_cmp_d(x, 1) == MP_EQ;
}

mp_err cci_bigs_reduce(mp_int *bigs, size_t n, mp_int *one, mp_int *two)
{
    mp_err result = MP_OKAY;
    mp_zero(one);
    for (size_t i = 0; i < n && result == MP_OKAY && !is_one(one); i++) {
        result = mp_abs(&bigs[i], two);
        if (result == MP_OKAY)
            result = cci_big_gcd(one, two, one);
    }
    if (is_one(one) || mp_iszero(one))
        return result;
    for (size_t i = 0; i < n && result == MP_OKAY; i++)
        result = mp_div(&bigs[i], one, &bigs[i], NULL);
    return result;
}
