#include "campaign/rounds/worths.h"

#include <stdlib.h>

#include "base/checked.h"
#include "base/exp2.h"

/* Sums have a bit for each half-life between the first vote and the last. */
#define SPAN_MAX ((int64_t)1 << 20)

cocreate_status cci_worths_init(cci_worths *w, const cocreate_allocator *a, int64_t half_life, int64_t from,
                                size_t n, cocreate_error *error)
{
    *w = (cci_worths){.allocator = *a, .half_life = half_life};
    mp_err result = mp_init_multi(&w->term, &w->factor, &w->product, NULL);
    if (result != MP_OKAY) {
        *w = (cci_worths){.allocator = *a};
        return cci_big_status(result, error);
    }
    w->base = from / half_life - (from % half_life < 0);
    w->sums = cci_alloc(a, n, sizeof *w->sums);
    w->points = cci_alloc(a, n, sizeof *w->points);
    while (w->sums && w->points && w->n < n && result == MP_OKAY) {
        result = mp_init(&w->sums[w->n]);
        w->n += result == MP_OKAY;
    }
    if (w->n == n && w->sums && w->points)
        return COCREATE_OK;
    cci_worths_free(w);
    return cci_no_memory(error);
}

void cci_worths_free(cci_worths *w)
{
    for (size_t i = 0; i < w->n; i++)
        mp_clear(&w->sums[i]);
    if (w->half_life > 0)
        mp_clear_multi(&w->term, &w->factor, &w->product, NULL);
    cci_free(&w->allocator, w->sums);
    cci_free(&w->allocator, w->points);
    *w = (cci_worths){.allocator = w->allocator};
}

/* at = (base + *shift) * half_life + what *part is of a half-life, from 1 to below 2. */
static cocreate_status split(const cci_worths *w, int64_t at, int64_t *shift, uint64_t *part,
                             cocreate_error *error)
{
    int64_t rest = at % w->half_life, whole = at / w->half_life;
    if (rest < 0) {
        rest += w->half_life;
        whole--;
    }
    *shift = whole - w->base;
    *part = cci_exp2((uint64_t)rest, (uint64_t)w->half_life);
    return *shift >= -SPAN_MAX && *shift <= SPAN_MAX
               ? COCREATE_OK
               : cci_fail(error, COCREATE_ERR_OVERFLOW, "votes lie more than %lld half-lives apart",
                          (long long)SPAN_MAX);
}

/* A vote came before all that were thought of: what it counts shall be whole, too. */
static mp_err lower_base(cci_worths *w, int by)
{
    mp_err result = MP_OKAY;
    for (size_t i = 0; i < w->n && result == MP_OKAY; i++)
        result = mp_mul_2d(&w->sums[i], by, &w->sums[i]);
    w->base -= by;
    return result;
}

cocreate_status cci_worths_add(cci_worths *w, int64_t at, size_t option, int64_t points,
                               cocreate_error *error)
{
    int64_t shift;
    uint64_t part;
    CCI_TRY(split(w, at, &shift, &part, error));
    if (!cci_add_i64(w->points[option], points, &w->points[option]))
        return cci_fail(error, COCREATE_ERR_OVERFLOW, "the points of an option are too many");
    mp_err result = MP_OKAY;
    if (shift < 0) {
        result = lower_base(w, (int)-shift);
        shift = 0;
    }
    mp_set_i64(&w->term, points); /* both fit what mp_init has allocated */
    mp_set_u64(&w->factor, part);
    if (result == MP_OKAY)
        result = mp_mul(&w->term, &w->factor, &w->product);
    if (result == MP_OKAY)
        result = mp_mul_2d(&w->product, (int)shift, &w->product);
    if (result == MP_OKAY)
        result = mp_add(&w->sums[option], &w->product, &w->sums[option]);
    return cci_big_status(result, error);
}

/* a / b to the nearest, halves to the even neighbour, for a >= 0, b > 0. Uses all three. */
static mp_err divide(mp_int *a, mp_int *b, mp_int *quotient)
{
    mp_err result = mp_div(a, b, quotient, a);
    if (result == MP_OKAY)
        result = mp_mul_2(a, a);
    mp_ord order = result == MP_OKAY ? mp_cmp(a, b) : MP_LT;
    if (order == MP_GT || (order == MP_EQ && mp_isodd(quotient)))
        result = mp_add_d(quotient, 1, quotient);
    return result;
}

/* The sum in millionths, without its sign, and what one point counts. */
static mp_err scale(const cci_worths *w, size_t option, int64_t shift, uint64_t part, mp_int *sum,
                    mp_int *point)
{
    mp_set_u64(point, part);
    mp_err result = mp_abs(&w->sums[option], sum);
    if (result == MP_OKAY)
        result = mp_mul_d(sum, 1000000, sum);
    if (result != MP_OKAY)
        return result;
    return shift >= 0 ? mp_mul_2d(point, (int)shift, point) : mp_mul_2d(sum, (int)-shift, sum);
}

cocreate_status cci_worths_at(cci_worths *w, int64_t at, size_t option, int64_t *out, cocreate_error *error)
{
    int64_t shift;
    uint64_t part;
    mp_int sum, point;
    CCI_TRY(split(w, at, &shift, &part, error));
    CCI_TRY(cci_big_status(mp_init_multi(&sum, &point, NULL), error));
    mp_err result = scale(w, option, shift, part, &sum, &point);
    if (result == MP_OKAY)
        result = divide(&sum, &point, &w->product);
    int fits = result == MP_OKAY && mp_count_bits(&w->product) < 63;
    int64_t worth = fits ? mp_get_i64(&w->product) : 0;
    mp_clear_multi(&sum, &point, NULL);
    CCI_TRY(cci_big_status(result, error));
    if (!fits)
        return cci_fail(error, COCREATE_ERR_OVERFLOW, "the points of an option are too many");
    *out = mp_isneg(&w->sums[option]) ? -worth : worth;
    return COCREATE_OK;
}

/* ---- order ---- */

typedef struct entry {
    const mp_int *sum;
    size_t index;
} entry;

static int by_sum(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    int order = (int)mp_cmp(x->sum, y->sum);
    return order != 0 ? order : x->index < y->index ? -1 : x->index > y->index;
}

cocreate_status cci_worths_levels(const cci_worths *w, const size_t *which, size_t m, size_t *levels,
                                  cocreate_error *error)
{
    size_t level = 0;
    entry *entries = cci_alloc(&w->allocator, m, sizeof *entries);
    if (!entries)
        return cci_no_memory(error);
    for (size_t i = 0; i < m; i++)
        entries[i] = (entry){&w->sums[which[i]], i};
    if (m > 1)
        qsort(entries, m, sizeof *entries, by_sum);
    for (size_t i = 0; i < m; i++) {
        level += i > 0 && mp_cmp(entries[i].sum, entries[i - 1].sum) != MP_EQ;
        levels[entries[i].index] = level;
    }
    cci_free(&w->allocator, entries);
    return COCREATE_OK;
}
