/* Exact scores. */
#include "ranking/value.h"

#include "base/checked.h"

void cci_value_clear(const cocreate_allocator *a, cci_value *v)
{
    if (v->big != NULL) {
        cci_rational_clear(v->big);
        cci_free(a, v->big);
    }
    *v = (cci_value){0, 0, NULL};
}

void cci_value_set(const cocreate_allocator *a, cci_value *v, int64_t num, int64_t den)
{
    assert(den > 0);
    cci_value_clear(a, v);
    v->num = num;
    v->den = den;
}

cocreate_status cci_value_set_rational(const cocreate_allocator *a, cci_value *v,
                                       const cci_rational *r, cocreate_error *error)
{
    if (mp_count_bits(&r->num) < 63 && mp_count_bits(&r->den) < 63) {
        cci_value_set(a, v, mp_get_i64(&r->num), mp_get_i64(&r->den));
        return COCREATE_OK;
    }
    cci_rational *big = cci_alloc(a, 1, sizeof *big);
    if (big == NULL)
        return cci_no_memory(error);
    cocreate_status status = cci_rational_init(big, error);
    if (status == COCREATE_OK)
        status = cci_rational_copy(big, r, error);
    if (status != COCREATE_OK) {
        cci_rational_clear(big);
        cci_free(a, big);
        return status;
    }
    cci_value_clear(a, v);
    v->big = big;
    return COCREATE_OK;
}

cocreate_status cci_value_get(const cci_value *v, cci_rational *r, cocreate_error *error)
{
    assert(!cci_value_missing(v));
    return v->big != NULL ? cci_rational_copy(r, v->big, error)
                          : cci_rational_set_i64(r, v->num, v->den, error);
}

static uint64_t magnitude(int64_t n)
{
    return n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
}

static int compare_small(const cci_value *a, const cci_value *b)
{
    int sign_a = (a->num > 0) - (a->num < 0), sign_b = (b->num > 0) - (b->num < 0);
    if (sign_a != sign_b)
        return (sign_a > sign_b) - (sign_a < sign_b);
    return sign_a * cci_compare_products(magnitude(a->num), (uint64_t)b->den, magnitude(b->num),
                                         (uint64_t)a->den);
}

/* Work on one or two values as rationals. */
struct pair {
    cci_rational a, b;
};

static cocreate_status compare_big(const cci_value *a, const cci_value *b, struct pair *pair,
                                   int *out, cocreate_error *error)
{
    CCI_TRY(cci_rational_init(&pair->a, error));
    CCI_TRY(cci_rational_init(&pair->b, error));
    CCI_TRY(cci_value_get(a, &pair->a, error));
    CCI_TRY(cci_value_get(b, &pair->b, error));
    return cci_rational_compare(&pair->a, &pair->b, out, error);
}

cocreate_status cci_value_compare(const cci_value *a, const cci_value *b, int *out,
                                  cocreate_error *error)
{
    int here_a = !cci_value_missing(a), here_b = !cci_value_missing(b);
    if (!here_a || !here_b) {
        *out = here_a - here_b;
        return COCREATE_OK;
    }
    if (a->big == NULL && b->big == NULL) {
        *out = compare_small(a, b);
        return COCREATE_OK;
    }
    struct pair pair = {0};
    cocreate_status status = compare_big(a, b, &pair, out, error);
    cci_rational_clear(&pair.a);
    cci_rational_clear(&pair.b);
    return status;
}

static cocreate_status write(const cci_value *v, cci_rational_writer *how, cci_buffer *out,
                             cocreate_error *error)
{
    if (v->big != NULL)
        return how(v->big, out, error);
    if (v->den == 1) {
        cci_buffer_i64(out, v->num);
        return COCREATE_OK;
    }
    cci_rational r = {0};
    cocreate_status status = cci_rational_init(&r, error);
    if (status == COCREATE_OK)
        status = cci_value_get(v, &r, error);
    if (status == COCREATE_OK)
        status = how(&r, out, error);
    cci_rational_clear(&r);
    return status;
}

cocreate_status cci_value_text(const cci_value *v, cci_buffer *out, cocreate_error *error)
{
    return write(v, cci_rational_text, out, error);
}

cocreate_status cci_value_say(const cci_value *v, cci_buffer *out, cocreate_error *error)
{
    return write(v, cci_rational_say, out, error);
}

cocreate_status cci_value_double(const cci_value *v, double *out, cocreate_error *error)
{
    cci_rational r = {0};
    cocreate_status status = cci_rational_init(&r, error);
    if (status == COCREATE_OK)
        status = cci_value_get(v, &r, error);
    if (status == COCREATE_OK)
        status = cci_rational_double(&r, out, error);
    cci_rational_clear(&r);
    return status;
}
