/* Thiele's scores as integers. */
#include "ranking/committee/worth.h"

#include <string.h>

/* -- Building --------------------------------------------------------------------------------- */

struct maker {
    cci_rational *points; /* levels of them */
    size_t made;
    mp_int scaled, rest;
    cci_rational ratio;
};

/* unit = the least common multiple of the denominators */
static cocreate_status find_unit(cci_worth *w, struct maker *k, cocreate_error *error)
{
    mp_err result = mp_init(&w->unit);
    if (result == MP_OKAY)
        mp_set(&w->unit, 1); /* fits what mp_init has allocated */
    CCI_TRY(cci_big_status(result, error));
    for (size_t i = 0; i < w->levels; i++) {
        /* unit / den reduced is p / q, and then the multiple is p * den. Not mp_lcm: that of
         * libtommath 1.2 leaks when memory runs out. */
        CCI_TRY(cci_rational_set_big(&k->ratio, &w->unit, &k->points[i].den, error));
        CCI_TRY(cci_big_status(mp_mul(&k->ratio.num, &k->points[i].den, &w->unit), error));
    }
    return COCREATE_OK;
}

/* scaled = points * unit, an integer */
static mp_err scale(cci_worth *w, struct maker *k, size_t i)
{
    mp_err result = mp_div(&w->unit, &k->points[i].den, &k->rest, NULL);
    return result == MP_OKAY ? mp_mul(&k->rest, &k->points[i].num, &k->scaled) : result;
}

static size_t bits_of(uint64_t n)
{
    size_t bits = 0;
    for (; n > 0; n >>= 1)
        bits++;
    return bits;
}

/* Limbs for all that all voters can give. */
static cocreate_status find_limbs(cci_worth *w, struct maker *k, const cci_run *run, int64_t total,
                                  cocreate_error *error)
{
    size_t most = 0;
    for (size_t i = 0; i < w->levels; i++) {
        CCI_TRY(cci_big_status(scale(w, k, i), error));
        size_t bits = (size_t)mp_count_bits(&k->scaled);
        most = bits > most ? bits : most;
    }
    size_t bits = most + bits_of((uint64_t)total) + bits_of(w->levels) +
                  bits_of((uint64_t)run->roster->count) + 1;
    w->limbs = (bits + 63) / 64;
    if (w->limbs > CCI_WORTH_LIMBS)
        return cci_fail(error, COCREATE_ERR_LIMIT,
                        "%s needs integers of %zu bits here, at most %d are supported",
                        run->method->name, bits, 64 * CCI_WORTH_LIMBS);
    return COCREATE_OK;
}

/* The limbs of `scaled`. */
static cocreate_status store(struct maker *k, uint64_t *out, size_t limbs, cocreate_error *error)
{
    for (size_t i = 0; i < limbs; i++) {
        out[i] = mp_get_mag_u64(&k->scaled);
        CCI_TRY(cci_big_status(mp_div_2d(&k->scaled, 64, &k->scaled, NULL), error));
    }
    return COCREATE_OK;
}

static cocreate_status fill(cci_worth *w, struct maker *k, cocreate_error *error)
{
    size_t n = w->limbs, bytes = n * sizeof *w->steps;
    w->steps = cci_alloc(&w->allocator, (w->levels + 2) * n, sizeof *w->steps);
    w->most = cci_alloc(&w->allocator, (w->levels + 2) * n, sizeof *w->most);
    if (w->steps == NULL || w->most == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < w->levels; i++) {
        CCI_TRY(cci_big_status(scale(w, k, i), error));
        CCI_TRY(store(k, w->steps + (i + 1) * n, n, error));
    }
    for (size_t i = w->levels; i > 0; i--) {
        const uint64_t *here = w->steps + i * n, *later = w->most + (i + 1) * n;
        memcpy(w->most + i * n, cci_wide_compare(here, later, n) > 0 ? here : later, bytes);
    }
    return COCREATE_OK;
}

static cocreate_status make(cci_worth *w, struct maker *k, const cci_run *run, int64_t total,
                            cci_points points, const void *state, cocreate_error *error)
{
    CCI_TRY(cci_big_status(mp_init(&k->scaled), error));
    CCI_TRY(cci_big_status(mp_init(&k->rest), error));
    CCI_TRY(cci_rational_init(&k->ratio, error));
    k->points = cci_alloc(&w->allocator, w->levels, sizeof *k->points);
    if (k->points == NULL)
        return cci_no_memory(error);
    for (; k->made < w->levels; k->made++) {
        CCI_TRY(cci_rational_init(&k->points[k->made], error));
        cocreate_status status = points(state, k->made + 1, &k->points[k->made], error);
        if (status != COCREATE_OK) {
            cci_rational_clear(&k->points[k->made]);
            return status;
        }
    }
    CCI_TRY(find_unit(w, k, error));
    CCI_TRY(find_limbs(w, k, run, total, error));
    return fill(w, k, error);
}

cocreate_status cci_worth_init(cci_worth *w, const cci_run *run, const cci_approvals *voters,
                               size_t levels, cci_points points, const void *state,
                               cocreate_error *error)
{
    struct maker k = {0};
    memset(w, 0, sizeof *w);
    w->allocator = run->allocator;
    w->levels = levels;
    cocreate_status status = make(w, &k, run, voters->total, points, state, error);
    for (size_t i = 0; i < k.made; i++)
        cci_rational_clear(&k.points[i]);
    cci_free(&w->allocator, k.points);
    mp_clear(&k.scaled);
    mp_clear(&k.rest);
    cci_rational_clear(&k.ratio);
    if (status != COCREATE_OK)
        cci_worth_free(w);
    return status;
}

void cci_worth_free(cci_worth *w)
{
    if (w->allocator.release == NULL)
        return;
    cci_free(&w->allocator, w->steps);
    cci_free(&w->allocator, w->most);
    mp_clear(&w->unit);
    memset(w, 0, sizeof *w);
}

/* -- Reading ---------------------------------------------------------------------------------- */

static mp_err gather(const cci_worth *w, const uint64_t *sum, mp_int *out, mp_int *limb)
{
    mp_err result = MP_OKAY;
    for (size_t i = w->limbs; result == MP_OKAY && i-- > 0;) {
        result = mp_mul_2d(out, 64, out);
        if (result == MP_OKAY) {
            mp_set_u64(limb, sum[i]); /* fits what mp_init has allocated */
            result = mp_add(out, limb, out);
        }
    }
    return result;
}

static cocreate_status big_value(const cci_worth *w, const uint64_t *sum, mp_int *number,
                                 mp_int *limb, cci_rational *r, cci_value *out,
                                 cocreate_error *error)
{
    CCI_TRY(cci_big_status(mp_init(number), error));
    CCI_TRY(cci_big_status(mp_init(limb), error));
    CCI_TRY(cci_rational_init(r, error));
    CCI_TRY(cci_big_status(gather(w, sum, number, limb), error));
    CCI_TRY(cci_rational_set_big(r, number, &w->unit, error));
    return cci_value_set_rational(&w->allocator, out, r, error);
}

cocreate_status cci_worth_value(const cci_worth *w, const uint64_t *sum, cci_value *out,
                                cocreate_error *error)
{
    if (w->limbs == 1 && sum[0] <= INT64_MAX && mp_count_bits(&w->unit) < 63) {
        cci_value_set(&w->allocator, out, (int64_t)sum[0], mp_get_i64(&w->unit));
        return COCREATE_OK;
    }
    mp_int number = {0}, limb = {0};
    cci_rational r = {0};
    cocreate_status status = big_value(w, sum, &number, &limb, &r, out, error);
    mp_clear(&number);
    mp_clear(&limb);
    cci_rational_clear(&r);
    return status;
}
