/* Allocated score: a seat takes a Hare quota of ballots, those that score the elected most first. */
#include "ranking/order.h"
#include "ranking/rating/spending.h"

/* What a ballot of a cell gives to the elected: share * score, into worth[cell]. */
static cocreate_status by_worth(void *context, uint32_t a, uint32_t b, int *out,
                                cocreate_error *error)
{
    const cci_rational *worth = context;
    return cci_rational_compare(&worth[b], &worth[a], out, error);
}

/* Weight of the supporters in cells order[first .. end], into s->sum. */
static cocreate_status weigh(cci_spending *s, const uint32_t *order, size_t first, size_t end,
                             cocreate_error *error)
{
    CCI_TRY(cci_rational_set_i64(&s->sum, 0, 1, error));
    for (size_t i = first; i < end; i++) {
        CCI_TRY(cci_rational_set_i64(&s->term, s->weights[order[i]], 1, error));
        CCI_TRY(cci_rational_mul(&s->term, &s->left[order[i]], &s->term, error));
        CCI_TRY(cci_rational_add(&s->sum, &s->term, &s->sum, error));
    }
    return COCREATE_OK;
}

/* The cells with the same worth spend all of their share, or what the quota still needs. */
static cocreate_status take(cci_spending *s, const uint32_t *order, size_t first, size_t end,
                            cci_rational *quota, cocreate_error *error)
{
    int more;
    CCI_TRY(weigh(s, order, first, end, error));
    CCI_TRY(cci_rational_compare(&s->sum, quota, &more, error));
    if (more <= 0) {
        CCI_TRY(cci_rational_sub(quota, &s->sum, quota, error));
        for (size_t i = first; i < end; i++)
            CCI_TRY(cci_rational_set_i64(&s->left[order[i]], 0, 1, error));
        return COCREATE_OK;
    }
    CCI_TRY(cci_rational_div(quota, &s->sum, &s->sum, error)); /* the part that is taken */
    for (size_t i = first; i < end; i++) {
        CCI_TRY(cci_rational_mul(&s->left[order[i]], &s->sum, &s->term, error));
        CCI_TRY(cci_rational_sub(&s->left[order[i]], &s->term, &s->left[order[i]], error));
    }
    return cci_rational_set_i64(quota, 0, 1, error);
}

static cocreate_status take_all(cci_spending *s, uint32_t *order, cci_rational *worth,
                                cci_rational *quota, cocreate_error *error)
{
    size_t width = (size_t)s->maximum + 1, n = 0;
    for (uint32_t cell = 0; cell < s->classes * width; cell++) {
        if (s->weights[cell] == 0 || cell % width == 0 || cci_rational_sign(&s->left[cell]) == 0)
            continue;
        CCI_TRY(cci_rational_init(&worth[cell], error));
        CCI_TRY(cci_rational_set_i64(&s->term, cell % (uint32_t)width, 1, error));
        CCI_TRY(cci_rational_mul(&s->term, &s->left[cell], &worth[cell], error));
        order[n++] = cell;
    }
    CCI_TRY(cci_sort(&s->run->allocator, order, n, by_worth, worth, error));
    for (size_t i = 0, end; i < n && cci_rational_sign(quota) > 0; i = end) {
        int order_of_worth = 0;
        for (end = i + 1; end < n && order_of_worth == 0; end += order_of_worth == 0)
            CCI_TRY(cci_rational_compare(&worth[order[i]], &worth[order[end]], &order_of_worth,
                                         error));
        CCI_TRY(take(s, order, i, end, quota, error));
    }
    return COCREATE_OK;
}

static cocreate_status spend(cci_spending *s, const cci_rational *total, cocreate_error *error)
{
    const cocreate_allocator *a = &s->run->allocator;
    size_t cells = s->classes * ((size_t)s->maximum + 1);
    cci_rational quota = {0}, none = {0};
    (void)total;
    cci_rational *worth = cci_alloc(a, cells, sizeof *worth);
    uint32_t *order = cci_alloc(a, cells, sizeof *order);
    cocreate_status status = worth && order ? COCREATE_OK : cci_no_memory(error);
    for (size_t i = 0; status == COCREATE_OK && i < cells; i++)
        worth[i] = none;
    if (status == COCREATE_OK)
        status = cci_rational_init(&quota, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(&quota, s->run->electorate->info.weight, s->run->seats, error);
    if (status == COCREATE_OK)
        status = take_all(s, order, worth, &quota, error);
    for (size_t i = 0; worth != NULL && i < cells; i++)
        cci_rational_clear(&worth[i]);
    cci_free(a, worth);
    cci_free(a, order);
    cci_rational_clear(&quota);
    return status;
}

static cocreate_status run_allocated_score(cci_run *run, cocreate_error *error)
{
    return cci_spending_elect(run, spend, error);
}

const cci_method cci_method_allocated_score = {
    .name = "allocated_score",
    .title = "Allocated score: a seat takes a quota of the ballots that score the elected most",
    .evidence = CCI_TAKES(COCREATE_BALLOT_SCORE),
    .options = cci_spending_options,
    .option_count = 1,
    .exact = 1,
    .elects = CCI_ELECTS_COMMITTEE,
    .chain = "id",
    .complexity = "O(seats * (scores + shares * (options + scores * log shares)))",
    .source = "Equal Vote Coalition, Proportional STAR: technical specifications, appendix F",
    .run = run_allocated_score,
};
