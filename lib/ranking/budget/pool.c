/* Exact numbers over one denominator. */
#include "ranking/budget/pool.h"

#include <string.h>

#include "base/decimal.h"
#include "ranking/write.h"

cocreate_status cci_pool_init(cci_pool *p, const cocreate_allocator *a, cocreate_error *error)
{
    memset(p, 0, sizeof *p);
    p->allocator = *a;
    mp_err result = mp_init_multi(&p->den, &p->factor, &p->product, NULL);
    if (result != MP_OKAY)
        memset(p, 0, sizeof *p);
    else
        mp_set(&p->den, 1);
    return cci_big_status(result, error);
}

void cci_pool_free(cci_pool *p)
{
    if (p->allocator.release == NULL)
        return;
    for (size_t i = 0; i < p->made; i++)
        mp_clear(&p->num[i]);
    mp_clear_multi(&p->den, &p->factor, &p->product, NULL);
    cci_free(&p->allocator, p->num);
    cci_free(&p->allocator, p->near);
    memset(p, 0, sizeof *p);
}

void cci_pool_clear(cci_pool *p)
{
    mp_set(&p->den, 1);
    p->count = 0;
}

cocreate_status cci_pool_add_to(cci_pool *p, mp_int *sum, const mp_int *number, int64_t factor,
                                cocreate_error *error)
{
    mp_set_i64(&p->factor, factor); /* fits what mp_init has allocated */
    CCI_TRY_BIG(mp_mul(number, &p->factor, &p->product));
    CCI_TRY_BIG(mp_add(sum, &p->product, sum));
    return COCREATE_OK;
}

static int64_t common_divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* Multiply the denominator, and with it every number that is there. */
static cocreate_status refine(cci_pool *p, int64_t factor, cocreate_error *error)
{
    if (factor == 1)
        return COCREATE_OK;
    mp_set_i64(&p->factor, factor);
    CCI_TRY_BIG(mp_mul(&p->den, &p->factor, &p->den));
    for (size_t i = 0; i < p->count; i++)
        CCI_TRY_BIG(mp_mul(&p->num[i], &p->factor, &p->num[i]));
    return COCREATE_OK;
}

cocreate_status cci_pool_append(cci_pool *p, mp_int *num, int64_t divisor, cocreate_error *error)
{
    assert(divisor > 0);
    if (!cci_grow(&p->allocator, (void **)&p->num, &p->num_room, p->count + 1, sizeof *p->num) ||
        !cci_grow(&p->allocator, (void **)&p->near, &p->near_room, p->count + 1, sizeof *p->near))
        return cci_no_memory(error);
    if (p->count == p->made) {
        CCI_TRY_BIG(mp_init(&p->num[p->made]));
        p->made++;
    }
    double near;
    CCI_TRY(cci_pool_double(p, num, divisor, &near, error));
    mp_set_i64(&p->factor, divisor);
    CCI_TRY_BIG(mp_mod(num, &p->factor, &p->product));
    int64_t common = common_divisor(divisor, mp_get_i64(&p->product));
    if (common > 1) {
        mp_set_i64(&p->factor, common);
        CCI_TRY_BIG(mp_div(num, &p->factor, num, NULL));
    }
    CCI_TRY(refine(p, divisor / common, error));
    mp_exch(num, &p->num[p->count]);
    p->near[p->count++] = near;
    return COCREATE_OK;
}

cocreate_status cci_pool_double(cci_pool *p, const mp_int *num, int64_t divisor, double *out,
                                cocreate_error *error)
{
    mp_set_i64(&p->factor, divisor);
    CCI_TRY_BIG(mp_mul(&p->den, &p->factor, &p->product));
    return cci_ratio_double(num, &p->product, out, error);
}

cocreate_status cci_pool_rational(cci_pool *p, const mp_int *num, int64_t divisor,
                                  cci_rational *out, cocreate_error *error)
{
    mp_set_i64(&p->factor, divisor);
    CCI_TRY_BIG(mp_mul(&p->den, &p->factor, &p->product));
    return cci_rational_set_big(out, num, &p->product, error);
}

/* Decimals below 0: exactly. */
static cocreate_status write(cci_pool *p, const mp_int *num, int64_t divisor, int decimals,
                             cci_rational *r, cci_buffer *out, cocreate_error *error)
{
    int64_t amount;
    CCI_TRY(cci_rational_init(r, error));
    CCI_TRY(cci_pool_rational(p, num, divisor, r, error));
    if (decimals >= 0) {
        cocreate_status status =
            cci_rational_round(r, decimals, CCI_ROUND_HALF_EVEN, &amount, NULL);
        if (status == COCREATE_OK)
            cci_write_decimal(out, amount, decimals);
        if (status != COCREATE_ERR_OVERFLOW)
            return status == COCREATE_OK ? status : cci_no_memory(error);
    }
    return cci_rational_text(r, out, error);
}

cocreate_status cci_pool_text(cci_pool *p, const mp_int *num, int64_t divisor, cci_buffer *out,
                              cocreate_error *error)
{
    return cci_pool_rounded(p, num, divisor, -1, out, error);
}

cocreate_status cci_pool_rounded(cci_pool *p, const mp_int *num, int64_t divisor, int decimals,
                                 cci_buffer *out, cocreate_error *error)
{
    cci_rational r = {0};
    cocreate_status status = write(p, num, divisor, decimals, &r, out, error);
    cci_rational_clear(&r);
    return status;
}
