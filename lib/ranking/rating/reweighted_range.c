/* Reweighted range voting: a ballot counts for C / (C + what it gave to the elected). */
#include "ranking/rating/spending.h"

/* share = C / (C + g), so that C / share = C + g, and after a score of x the share is
 * C / (C / share + x). */
static cocreate_status spend(cci_spending *s, const cci_rational *total, cocreate_error *error)
{
    size_t width = (size_t)s->maximum + 1;
    (void)total;
    for (size_t cell = 0; cell < s->classes * width; cell++) {
        int64_t x = (int64_t)(cell % width);
        if (s->weights[cell] == 0 || x == 0)
            continue;
        CCI_TRY(cci_rational_set_i64(&s->sum, s->maximum, 1, error));
        CCI_TRY(cci_rational_div(&s->sum, &s->left[cell], &s->term, error));
        CCI_TRY(cci_rational_set_i64(&s->left[cell], x, 1, error));
        CCI_TRY(cci_rational_add(&s->term, &s->left[cell], &s->term, error));
        CCI_TRY(cci_rational_div(&s->sum, &s->term, &s->left[cell], error));
    }
    return COCREATE_OK;
}

static cocreate_status run_reweighted_range(cci_run *run, cocreate_error *error)
{
    return cci_spending_elect(run, spend, error);
}

const cci_method cci_method_reweighted_range = {
    .name = "reweighted_range",
    .title = "Reweighted range: a ballot counts less the more it has given to the elected",
    .evidence = CCI_TAKES(COCREATE_BALLOT_SCORE),
    .options = cci_spending_options,
    .option_count = 1,
    .exact = 1,
    .elects = CCI_ELECTS_COMMITTEE,
    .chain = "id",
    .complexity = "O(seats * (scores + shares * options)), shares: different ones of ballots",
    .source = "Smith, Reweighted range voting: new multiwinner voting method (2005)",
    .run = run_reweighted_range,
};
