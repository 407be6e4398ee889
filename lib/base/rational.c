/* Exact arithmetic: results are made aside, reduced, and only then put in place. */
#include "base/checked.h"
#include "base/rational.h"

cocreate_status cci_big_status(mp_err result, cocreate_error *error)
{
    if (result == MP_OKAY)
        return COCREATE_OK;
    if (result == MP_MEM)
        return cci_no_memory(error);
    return cci_fail(error, COCREATE_ERR_INTERNAL, "big integers: %s", mp_error_to_string(result));
}

cocreate_status cci_rational_init(cci_rational *r, cocreate_error *error)
{
    cci_rational fresh = {0};
    CCI_TRY(cci_big_status(mp_init(&fresh.num), error));
    mp_err result = mp_init(&fresh.den);
    if (result != MP_OKAY) {
        mp_clear(&fresh.num);
        return cci_big_status(result, error);
    }
    mp_set(&fresh.den, 1); /* fits what mp_init has allocated */
    *r = fresh;
    return COCREATE_OK;
}

void cci_rational_clear(cci_rational *r)
{
    mp_clear(&r->num);
    mp_clear(&r->den);
}

static int fits_u64(const mp_int *a)
{
    return mp_count_bits(a) <= 64;
}

/* *out = gcd(a, b), by Euclid. Not mp_gcd: that of libtommath 1.2 leaks when memory runs out, and is
 * slow for what fits a word, which nearly everything does. `a` and `b` are used up. */
static mp_err greatest_common_divisor(mp_int *a, mp_int *b, mp_int *out)
{
    while (!mp_iszero(b)) {
        if (fits_u64(a) && fits_u64(b)) {
            uint64_t x = mp_get_mag_u64(a), y = mp_get_mag_u64(b);
            while (y) {
                uint64_t rest = x % y;
                x = y;
                y = rest;
            }
            mp_set_u64(out, x); /* fits what mp_init has allocated */
            return MP_OKAY;
        }
        mp_err result = mp_div(a, b, NULL, a);
        if (result != MP_OKAY)
            return result;
        mp_exch(a, b);
    }
    return mp_abs(a, out);
}

/* Divide num and den by what they have in common. */
static mp_err reduce(cci_rational *r)
{
    mp_int a = {0}, b = {0}, gcd = {0};
    mp_err result = mp_init(&gcd);
    if (result == MP_OKAY)
        result = mp_init_copy(&a, &r->num);
    if (result == MP_OKAY)
        result = mp_init_copy(&b, &r->den);
    if (result == MP_OKAY)
        result = greatest_common_divisor(&a, &b, &gcd);
    if (result == MP_OKAY && mp_cmp_d(&gcd, 1) != MP_EQ) {
        result = mp_div(&r->num, &gcd, &r->num, NULL);
        if (result == MP_OKAY)
            result = mp_div(&r->den, &gcd, &r->den, NULL);
    }
    mp_clear_multi(&a, &b, &gcd, NULL);
    return result;
}

/* Reduce `made`, swap it into `out` if all went well, and clear what is left. */
static cocreate_status deliver(mp_err result, cci_rational *made, cci_rational *out,
                               cocreate_error *error)
{
    if (result == MP_OKAY && made->den.sign == MP_NEG) {
        result = mp_neg(&made->den, &made->den);
        if (result == MP_OKAY)
            result = mp_neg(&made->num, &made->num);
    }
    if (result == MP_OKAY)
        result = reduce(made);
    if (result == MP_OKAY) {
        mp_exch(&made->num, &out->num);
        mp_exch(&made->den, &out->den);
    }
    cci_rational_clear(made);
    return cci_big_status(result, error);
}

cocreate_status cci_rational_set_big(cci_rational *r, const mp_int *num, const mp_int *den,
                                     cocreate_error *error)
{
    assert(!mp_iszero(den));
    cci_rational made = {0};
    mp_err result = mp_init_copy(&made.num, num);
    if (result == MP_OKAY)
        result = mp_init_copy(&made.den, den);
    return deliver(result, &made, r, error);
}

cocreate_status cci_rational_set_i64(cci_rational *r, int64_t num, int64_t den,
                                     cocreate_error *error)
{
    if (den == 0)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "the denominator is 0");
    cci_rational made = {0};
    mp_err result = mp_init_i64(&made.num, num);
    if (result == MP_OKAY)
        result = mp_init_i64(&made.den, den);
    return deliver(result, &made, r, error);
}

cocreate_status cci_rational_copy(cci_rational *to, const cci_rational *from,
                                  cocreate_error *error)
{
    cci_rational made = {0};
    mp_err result = mp_init_copy(&made.num, &from->num);
    if (result == MP_OKAY)
        result = mp_init_copy(&made.den, &from->den);
    if (result == MP_OKAY) {
        mp_exch(&made.num, &to->num);
        mp_exch(&made.den, &to->den);
    }
    cci_rational_clear(&made);
    return cci_big_status(result, error);
}

/* a/b + c/d or a/b - c/d = (a*d +- c*b) / (b*d) */
static cocreate_status add_or_subtract(const cci_rational *a, const cci_rational *b, int subtract,
                                       cci_rational *out, cocreate_error *error)
{
    cci_rational made = {0};
    mp_int other = {0};
    mp_err result = mp_init_multi(&made.num, &made.den, &other, NULL);
    if (result != MP_OKAY)
        return cci_big_status(result, error);
    result = mp_mul(&a->num, &b->den, &made.num);
    if (result == MP_OKAY)
        result = mp_mul(&b->num, &a->den, &other);
    if (result == MP_OKAY)
        result = subtract ? mp_sub(&made.num, &other, &made.num)
                          : mp_add(&made.num, &other, &made.num);
    if (result == MP_OKAY)
        result = mp_mul(&a->den, &b->den, &made.den);
    mp_clear(&other);
    return deliver(result, &made, out, error);
}

cocreate_status cci_rational_add(const cci_rational *a, const cci_rational *b, cci_rational *out,
                                 cocreate_error *error)
{
    return add_or_subtract(a, b, 0, out, error);
}

cocreate_status cci_rational_sub(const cci_rational *a, const cci_rational *b, cci_rational *out,
                                 cocreate_error *error)
{
    return add_or_subtract(a, b, 1, out, error);
}

/* (an * bn) / (ad * bd) */
static cocreate_status multiply(const mp_int *an, const mp_int *ad, const mp_int *bn,
                                const mp_int *bd, cci_rational *out, cocreate_error *error)
{
    cci_rational made = {0};
    mp_err result = mp_init_multi(&made.num, &made.den, NULL);
    if (result != MP_OKAY)
        return cci_big_status(result, error);
    result = mp_mul(an, bn, &made.num);
    if (result == MP_OKAY)
        result = mp_mul(ad, bd, &made.den);
    return deliver(result, &made, out, error);
}

cocreate_status cci_rational_mul(const cci_rational *a, const cci_rational *b, cci_rational *out,
                                 cocreate_error *error)
{
    return multiply(&a->num, &a->den, &b->num, &b->den, out, error);
}

cocreate_status cci_rational_div(const cci_rational *a, const cci_rational *b, cci_rational *out,
                                 cocreate_error *error)
{
    if (mp_iszero(&b->num))
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "division by 0");
    return multiply(&a->num, &a->den, &b->den, &b->num, out, error);
}

int cci_rational_sign(const cci_rational *r)
{
    return mp_iszero(&r->num) ? 0 : r->num.sign == MP_NEG ? -1 : 1;
}

cocreate_status cci_rational_compare(const cci_rational *a, const cci_rational *b, int *out,
                                     cocreate_error *error)
{
    int sign = cci_rational_sign(a), sign_b = cci_rational_sign(b);
    if (sign != sign_b || sign == 0) {
        *out = (sign > sign_b) - (sign < sign_b);
        return COCREATE_OK;
    }
    if (fits_u64(&a->num) && fits_u64(&a->den) && fits_u64(&b->num) && fits_u64(&b->den)) {
        int order = cci_compare_products(mp_get_mag_u64(&a->num), mp_get_mag_u64(&b->den),
                                         mp_get_mag_u64(&b->num), mp_get_mag_u64(&a->den));
        *out = sign * order;
        return COCREATE_OK;
    }
    mp_int left = {0}, right = {0};
    mp_err result = mp_init_multi(&left, &right, NULL);
    if (result != MP_OKAY)
        return cci_big_status(result, error);
    result = mp_mul(&a->num, &b->den, &left);
    if (result == MP_OKAY)
        result = mp_mul(&b->num, &a->den, &right);
    if (result == MP_OKAY) {
        mp_ord order = mp_cmp(&left, &right);
        *out = order == MP_EQ ? 0 : order == MP_LT ? -1 : 1;
    }
    mp_clear_multi(&left, &right, NULL);
    return cci_big_status(result, error);
}
