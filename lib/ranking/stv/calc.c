/* Exact arithmetic on values. */
#include "ranking/stv/calc.h"

#include <string.h>

#include "base/checked.h"

cocreate_status cci_calc_init(cci_calc *c, const cocreate_allocator *a, cocreate_error *error)
{
    memset(c, 0, sizeof *c);
    c->allocator = *a;
    CCI_TRY(cci_rational_init(&c->x, error));
    CCI_TRY(cci_rational_init(&c->y, error));
    return cci_rational_init(&c->z, error);
}

void cci_calc_free(cci_calc *c)
{
    cci_rational_clear(&c->x);
    cci_rational_clear(&c->y);
    cci_rational_clear(&c->z);
}

int64_t cci_power_of_ten(int decimals)
{
    int64_t power = 1;
    assert(decimals >= 0 && decimals <= CCI_DECIMALS_MAX);
    for (int i = 0; i < decimals; i++)
        power *= 10;
    return power;
}

static int is_small(const cci_value *a, const cci_value *b)
{
    return a->big == NULL && b->big == NULL;
}

int64_t cci_common_divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

/* Sums and products below 2^62 stay small, so that no magnitude or negation ever overflows. */
#define SMALL_MAX (INT64_MAX / 2)

static int fits(int64_t n)
{
    return n <= SMALL_MAX && n >= -SMALL_MAX;
}

static int set_small(cci_calc *c, int64_t num, int64_t den, cci_value *out)
{
    if (!fits(num) || !fits(den))
        return 0;
    cci_value_set(&c->allocator, out, num, den);
    return 1;
}

cocreate_status cci_calc_copy(cci_calc *c, const cci_value *a, cci_value *out,
                              cocreate_error *error)
{
    if (out == a)
        return COCREATE_OK;
    if (a->big == NULL) {
        cci_value_set(&c->allocator, out, a->num, a->den);
        return COCREATE_OK;
    }
    return cci_value_set_rational(&c->allocator, out, a->big, error);
}

static cocreate_status load(cci_calc *c, const cci_value *a, const cci_value *b,
                            cocreate_error *error)
{
    CCI_TRY(cci_value_get(a, &c->x, error));
    return cci_value_get(b, &c->y, error);
}

static cocreate_status store(cci_calc *c, cci_value *out, cocreate_error *error)
{
    return cci_value_set_rational(&c->allocator, out, &c->x, error);
}

/* a + sign * b in small numbers; 0 where they do not fit. */
static int add_small(cci_calc *c, const cci_value *a, const cci_value *b, int64_t sign,
                     cci_value *out)
{
    int64_t x = a->num, y = sign * b->num, den = a->den, sum;
    if (!fits(x) || !fits(b->num) || !fits(a->den) || !fits(b->den))
        return 0;
    if (a->den != b->den) {
        int64_t shared = cci_common_divisor(a->den, b->den);
        if (!cci_mul_i64(x, b->den / shared, &x) || !cci_mul_i64(y, a->den / shared, &y) ||
            !cci_mul_i64(a->den, b->den / shared, &den))
            return 0;
    }
    return cci_add_i64(x, y, &sum) && set_small(c, sum, den, out);
}

cocreate_status cci_calc_add(cci_calc *c, const cci_value *a, const cci_value *b, cci_value *out,
                             cocreate_error *error)
{
    if (is_small(a, b) && add_small(c, a, b, 1, out))
        return COCREATE_OK;
    CCI_TRY(load(c, a, b, error));
    CCI_TRY(cci_rational_add(&c->x, &c->y, &c->x, error));
    return store(c, out, error);
}

cocreate_status cci_calc_sub(cci_calc *c, const cci_value *a, const cci_value *b, cci_value *out,
                             cocreate_error *error)
{
    if (is_small(a, b) && add_small(c, a, b, -1, out))
        return COCREATE_OK;
    CCI_TRY(load(c, a, b, error));
    CCI_TRY(cci_rational_sub(&c->x, &c->y, &c->x, error));
    return store(c, out, error);
}

static int mul_small(cci_calc *c, const cci_value *a, const cci_value *b, cci_value *out)
{
    int64_t an = a->num, ad = a->den, bn = b->num, bd = b->den, num, den;
    if (ad != 1 && bd != 1 && fits(an) && fits(bn)) { /* else the scale of the one stays */
        int64_t over = cci_common_divisor(an, bd), across = cci_common_divisor(bn, ad);
        an /= over > 0 ? over : 1, bd /= over > 0 ? over : 1;
        bn /= across > 0 ? across : 1, ad /= across > 0 ? across : 1;
    }
    return cci_mul_i64(an, bn, &num) && cci_mul_i64(ad, bd, &den) && set_small(c, num, den, out);
}

cocreate_status cci_calc_mul(cci_calc *c, const cci_value *a, const cci_value *b, cci_value *out,
                             cocreate_error *error)
{
    if (is_small(a, b) && mul_small(c, a, b, out))
        return COCREATE_OK;
    CCI_TRY(load(c, a, b, error));
    CCI_TRY(cci_rational_mul(&c->x, &c->y, &c->x, error));
    return store(c, out, error);
}

cocreate_status cci_calc_div(cci_calc *c, const cci_value *a, const cci_value *b, cci_value *out,
                             cocreate_error *error)
{
    if (is_small(a, b) && b->num > 0) {
        cci_value turned = {b->den, b->num, NULL};
        if (mul_small(c, a, &turned, out))
            return COCREATE_OK;
    }
    CCI_TRY(load(c, a, b, error));
    CCI_TRY(cci_rational_div(&c->x, &c->y, &c->x, error));
    return store(c, out, error);
}

/* x of the calculator, cut or rounded up to decimals, into out. */
static cocreate_status round_x(cci_calc *c, int decimals, int up, cci_value *out,
                               cocreate_error *error)
{
    int64_t scale = cci_power_of_ten(decimals);
    CCI_TRY(cci_rational_set_i64(&c->y, scale, 1, error));
    CCI_TRY(cci_rational_mul(&c->x, &c->y, &c->x, error));
    mp_int rest;
    CCI_TRY(cci_big_status(mp_init(&rest), error));
    mp_err result = mp_div(&c->x.num, &c->x.den, &c->x.num, &rest);
    if (result == MP_OKAY && up && !mp_iszero(&rest))
        result = mp_add_d(&c->x.num, 1, &c->x.num);
    mp_clear(&rest);
    CCI_TRY(cci_big_status(result, error));
    if (mp_count_bits(&c->x.num) < 62) {
        cci_value_set(&c->allocator, out, mp_get_i64(&c->x.num), scale);
        return COCREATE_OK;
    }
    CCI_TRY(cci_big_status(mp_copy(&c->x.num, &c->z.num), error));
    CCI_TRY(cci_rational_set_big(&c->x, &c->z.num, &c->y.num, error));
    return store(c, out, error);
}

cocreate_status cci_calc_scale(cci_calc *c, const cci_value *a, const cci_value *b,
                               const cci_value *by, int decimals, cci_value *out,
                               cocreate_error *error)
{
    uint64_t quotient, rest;
    if (decimals >= 0 && is_small(a, b) && by->big == NULL && a->den == b->den &&
        b->den == by->den && a->den == cci_power_of_ten(decimals) &&
        cci_muldiv_u64((uint64_t)a->num, (uint64_t)b->num, (uint64_t)by->num, &quotient, &rest) &&
        quotient <= SMALL_MAX) {
        cci_value_set(&c->allocator, out, (int64_t)quotient, a->den);
        return COCREATE_OK;
    }
    CCI_TRY(load(c, a, b, error));
    CCI_TRY(cci_rational_mul(&c->x, &c->y, &c->x, error));
    CCI_TRY(cci_value_get(by, &c->y, error));
    CCI_TRY(cci_rational_div(&c->x, &c->y, &c->x, error));
    return decimals >= 0 ? round_x(c, decimals, 0, out, error) : store(c, out, error);
}

cocreate_status cci_calc_round(cci_calc *c, const cci_value *a, int decimals, int up,
                               cci_value *out, cocreate_error *error)
{
    if (decimals < 0 || (a->big == NULL && a->den == cci_power_of_ten(decimals)))
        return cci_calc_copy(c, a, out, error);
    uint64_t quotient, rest, scale = (uint64_t)cci_power_of_ten(decimals);
    if (a->big == NULL && a->num >= 0 &&
        cci_muldiv_u64((uint64_t)a->num, scale, (uint64_t)a->den, &quotient, &rest) &&
        quotient < SMALL_MAX) {
        cci_value_set(&c->allocator, out, (int64_t)(quotient + (up && rest > 0)), (int64_t)scale);
        return COCREATE_OK;
    }
    CCI_TRY(cci_value_get(a, &c->x, error));
    return round_x(c, decimals, up, out, error);
}

cocreate_status cci_calc_sign(const cci_value *a, int *out, cocreate_error *error)
{
    static const cci_value zero = {0, 1, NULL};
    return cci_value_compare(a, &zero, out, error);
}
