#include "reward/matching/settle.h"

#include "money/split.h"

typedef struct ranked {
    const cci_rational *match;
    size_t index;
} ranked;

/* A heap sort, as the comparison of big numbers can run out of memory, which qsort() cannot tell. */
static cocreate_status sift(ranked *items, size_t at, size_t n, cocreate_error *error)
{
    for (size_t child; (child = 2 * at + 1) < n; at = child) {
        int order = 0;
        if (child + 1 < n) {
            CCI_TRY(cci_rational_compare(items[child + 1].match, items[child].match, &order, error));
            if (order < 0 || (order == 0 && items[child + 1].index > items[child].index))
                child++;
        }
        CCI_TRY(cci_rational_compare(items[child].match, items[at].match, &order, error));
        if (order > 0 || (order == 0 && items[child].index < items[at].index))
            return COCREATE_OK;
        ranked swap = items[at];
        items[at] = items[child];
        items[child] = swap;
    }
    return COCREATE_OK;
}

/* Largest first, then by index. */
static cocreate_status sort(ranked *items, size_t n, cocreate_error *error)
{
    for (size_t i = n / 2; i-- > 0;)
        CCI_TRY(sift(items, i, n, error));
    for (size_t end = n; end-- > 1;) {
        ranked swap = items[0];
        items[0] = items[end];
        items[end] = swap;
        CCI_TRY(sift(items, 0, end, error));
    }
    return COCREATE_OK;
}

/* Would the match get more than the cap? left * match > cap * rest, or match > cap. */
static cocreate_status exceeds(const cci_settlement *s, cci_capped how, const cci_rational *match,
                               cci_rational *a, cci_rational *b, int *out, cocreate_error *error)
{
    CCI_TRY(cci_rational_set_i64(b, s->cap, 1, error));
    if (how == CCI_CAPPED_SHARE) {
        CCI_TRY(cci_rational_set_i64(a, s->left, 1, error));
        CCI_TRY(cci_rational_mul(a, match, a, error));
        CCI_TRY(cci_rational_mul(b, &s->rest, b, error));
    } else {
        CCI_TRY(cci_rational_copy(a, match, error));
    }
    return cci_rational_compare(a, b, out, error);
}

/* The largest come first, so that the first who keeps within the cap ends it. */
static cocreate_status cap_largest(const ranked *items, size_t n, cci_capped how, cci_settlement *s,
                                   cci_rational *a, cci_rational *b, cocreate_error *error)
{
    for (size_t i = (size_t)s->n_capped; i < n; i++) {
        int order = 0;
        CCI_TRY(exceeds(s, how, items[i].match, a, b, &order, error));
        if (order <= 0)
            break;
        s->capped[items[i].index] = (uint8_t)how;
        s->n_capped++;
        s->left -= s->cap; /* it is more than the cap, of which somebody would get more */
        CCI_TRY(cci_rational_sub(&s->rest, items[i].match, &s->rest, error));
    }
    return COCREATE_OK;
}

static cocreate_status add_up(const cci_rational *matches, size_t n, cci_rational *total,
                              cocreate_error *error)
{
    CCI_TRY(cci_rational_set_i64(total, 0, 1, error));
    for (size_t i = 0; i < n; i++)
        CCI_TRY(cci_rational_add(total, &matches[i], total, error));
    return COCREATE_OK;
}

static cocreate_status settle(const cocreate_allocator *allocator, const cci_rational *matches,
                              size_t n, cci_settlement *s, cci_rational *a, cci_rational *b,
                              cocreate_error *error)
{
    int order = 0;
    CCI_TRY(add_up(matches, n, &s->total, error));
    CCI_TRY(cci_rational_copy(&s->rest, &s->total, error));
    CCI_TRY(cci_rational_set_i64(a, s->pool, 1, error));
    CCI_TRY(cci_rational_compare(&s->total, a, &order, error));
    s->saturated = s->scale_up || order > 0;
    s->left = s->pool;
    s->n_capped = 0;
    ranked *items = cci_alloc(allocator, n, sizeof *items);
    if (items == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < n; i++)
        items[i] = (ranked){&matches[i], i};
    cocreate_status status = s->cap > 0 ? sort(items, n, error) : COCREATE_OK;
    if (status == COCREATE_OK && s->cap > 0 && !s->saturated)
        status = cap_largest(items, n, CCI_CAPPED_MATCH, s, a, b, error);
    if (status == COCREATE_OK && !s->saturated)
        status = cci_rational_round(&s->rest, 0, CCI_ROUND_HALF_UP, &s->left, error);
    /* Also where the pool is enough: their sum may have been rounded up. */
    if (status == COCREATE_OK && s->cap > 0)
        status = cap_largest(items, n, CCI_CAPPED_SHARE, s, a, b, error);
    cci_free(allocator, items);
    return status;
}

cocreate_status cci_settle_matches(const cocreate_allocator *allocator, const cci_rational *matches, size_t n,
                           cci_settlement *s, cocreate_error *error)
{
    cci_rational a = {0}, b = {0};
    cocreate_status status = cci_rational_init(&a, error);
    if (status == COCREATE_OK)
        status = cci_rational_init(&b, error);
    if (status == COCREATE_OK)
        status = settle(allocator, matches, n, s, &a, &b, error);
    cci_rational_clear(&b);
    cci_rational_clear(&a);
    return status;
}

/* The weights of those who are not capped, others weigh 0. */
static cocreate_status split_rest(const cocreate_allocator *allocator, const cci_rational *matches,
                                  cci_rational *weights, size_t n, const cci_settlement *s,
                                  const cocreate_split_options *options, int64_t *shares,
                                  cocreate_error *error)
{
    int64_t returned;
    for (size_t i = 0; i < n; i++) {
        CCI_TRY(cci_rational_init(&weights[i], error));
        if (!s->capped[i])
            CCI_TRY(cci_rational_copy(&weights[i], &matches[i], error));
    }
    return cci_split_rational(allocator, s->left, weights, n, options, shares, &returned, error);
}

cocreate_status cci_settle_shares(const cocreate_allocator *allocator, const cci_rational *matches,
                                  size_t n, const cci_settlement *s,
                                  const cocreate_split_options *options, int64_t *shares,
                                  cocreate_error *error)
{
    cocreate_split_options own = *options;
    own.cap = s->cap;
    if (s->n_capped == 0) {
        int64_t returned;
        return cci_split_rational(allocator, s->left, matches, n, &own, shares, &returned, error);
    }
    cci_rational *weights = cci_alloc(allocator, n, sizeof *weights);
    if (weights == NULL)
        return cci_no_memory(error);
    cocreate_status status =
        split_rest(allocator, matches, weights, n, s, &own, shares, error);
    for (size_t i = 0; i < n; i++)
        cci_rational_clear(&weights[i]);
    cci_free(allocator, weights);
    for (size_t i = 0; status == COCREATE_OK && i < n; i++)
        if (s->capped[i])
            shares[i] = s->cap;
    return status;
}
