#include "money/split/weights.h"

#include "money/split.h"

#define LIMB_BITS 32

static cocreate_status reserve(cci_weights *w, const cocreate_allocator *a, size_t n,
                               size_t limbs_each, cocreate_error *error)
{
    cci_limb *limbs = cci_alloc(a, n, limbs_each * sizeof *limbs);
    if (limbs == NULL)
        return cci_no_memory(error);
    *w = (cci_weights){limbs, limbs_each, 1};
    return COCREATE_OK;
}

cocreate_status cci_weights_from_i64(cci_weights *w, const cocreate_allocator *a,
                                     const int64_t *weights, size_t n, cocreate_error *error)
{
    int64_t largest = 0;
    for (size_t i = 0; i < n; i++) {
        if (weights[i] < 0)
            return cci_fail_at(error, COCREATE_ERR_ARGUMENT, i, "weight %zu is negative: %lld", i,
                               (long long)weights[i]);
        if (weights[i] > largest)
            largest = weights[i];
    }
    CCI_TRY(reserve(w, a, n, largest > UINT32_MAX ? 2 : 1, error));
    w->all_zero = largest == 0;
    for (size_t i = 0; i < n; i++)
        cci_natural_set(w->limbs + i * w->limbs_each, w->limbs_each, (uint64_t)weights[i]);
    return COCREATE_OK;
}

/* *common becomes the least common multiple of itself and n. Not mp_lcm(): its mp_gcd() leaks when memory
 * runs out. */
static cocreate_status extend(mp_int *common, const mp_int *n, cocreate_error *error)
{
    cci_rational reduced = {0};
    if (mp_cmp(common, n) == MP_EQ)
        return COCREATE_OK;
    CCI_TRY(cci_rational_init(&reduced, error));
    cocreate_status status = cci_rational_set_big(&reduced, common, n, error);
    if (status == COCREATE_OK)
        status = cci_big_status(mp_mul(&reduced.num, n, common), error);
    cci_rational_clear(&reduced);
    return status;
}

/* The least common denominator, and the bits that suffice for every numerator over it. */
static cocreate_status common_denominator(const cci_rational *weights, size_t n, mp_int *common,
                                          size_t *bits, cocreate_error *error)
{
    mp_set(common, 1);
    for (size_t i = 0; i < n; i++) {
        if (cci_rational_sign(&weights[i]) < 0)
            return cci_fail_at(error, COCREATE_ERR_ARGUMENT, i, "weight %zu is negative", i);
        CCI_TRY(extend(common, &weights[i].den, error));
        if (mp_count_bits(common) > CCI_SPLIT_DENOMINATOR_BITS)
            return cci_fail_at(error, COCREATE_ERR_LIMIT, i,
                               "weights 0 to %zu have a common denominator of more than %d bits",
                               i, CCI_SPLIT_DENOMINATOR_BITS);
    }
    *bits = 1;
    for (size_t i = 0; i < n; i++) {
        /* |num * (common / den)| < 2 ^ (bits(num) + bits(common) - bits(den) + 1) */
        size_t need = (size_t)(mp_count_bits(&weights[i].num) + mp_count_bits(common) -
                               mp_count_bits(&weights[i].den) + 1);
        if (need > *bits)
            *bits = need;
    }
    return COCREATE_OK;
}

/* weight * common as limbs. `scaled` is scratch. */
static mp_err scale(const cci_rational *weight, const mp_int *common, mp_int *scaled,
                    cci_limb *out, size_t limbs)
{
    mp_err e = mp_div(common, &weight->den, scaled, NULL);
    if (e == MP_OKAY)
        e = mp_mul(scaled, &weight->num, scaled);
    for (size_t i = 0; i < limbs && e == MP_OKAY; i++) {
        out[i] = mp_get_mag_u32(scaled);
        e = mp_div_2d(scaled, LIMB_BITS, scaled, NULL);
    }
    assert(e != MP_OKAY || mp_iszero(scaled));
    return e;
}

static cocreate_status scale_all(cci_weights *w, const cocreate_allocator *a,
                                 const cci_rational *weights, size_t n, mp_int *common,
                                 mp_int *scaled, cocreate_error *error)
{
    size_t bits = 0;
    CCI_TRY(common_denominator(weights, n, common, &bits, error));
    CCI_TRY(reserve(w, a, n, (bits + LIMB_BITS - 1) / LIMB_BITS, error));
    for (size_t i = 0; i < n; i++) {
        if (cci_rational_sign(&weights[i]) > 0)
            w->all_zero = 0;
        if (scale(&weights[i], common, scaled, w->limbs + i * w->limbs_each, w->limbs_each) !=
            MP_OKAY) {
            cci_weights_free(w, a);
            return cci_no_memory(error);
        }
    }
    return COCREATE_OK;
}

cocreate_status cci_weights_from_rationals(cci_weights *w, const cocreate_allocator *a,
                                           const cci_rational *weights, size_t n,
                                           cocreate_error *error)
{
    mp_int common, scaled;
    if (mp_init_multi(&common, &scaled, NULL) != MP_OKAY)
        return cci_no_memory(error);
    cocreate_status status = scale_all(w, a, weights, n, &common, &scaled, error);
    mp_clear_multi(&common, &scaled, NULL);
    return status;
}

void cci_weights_set_equal(cci_weights *w, size_t n)
{
    for (size_t i = 0; i < n; i++)
        cci_natural_set(w->limbs + i * w->limbs_each, w->limbs_each, 1);
    w->all_zero = 0;
}

void cci_weights_free(cci_weights *w, const cocreate_allocator *a)
{
    cci_free(a, w->limbs);
}
