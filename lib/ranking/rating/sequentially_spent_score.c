/* Sequentially spent score: a seat costs a Hare quota of score, and a ballot pays what it gave. */
#include "ranking/rating/spending.h"

/* A ballot with share f gives f * x to the elected, worth f * x / C of a ballot. All of it is spent,
 * or in proportion where the total is more than the quota V * C / seats: f (1 - r x / C), r <= 1. */
static cocreate_status spend(cci_spending *s, const cci_rational *total, cocreate_error *error)
{
    size_t width = (size_t)s->maximum + 1;
    int64_t voters = s->run->electorate->info.weight;
    int order;
    if (cci_rational_sign(total) == 0)
        return COCREATE_OK;
    CCI_TRY(cci_rational_set_i64(&s->sum, voters, s->run->seats, error));
    CCI_TRY(cci_rational_set_i64(&s->term, s->maximum, 1, error));
    CCI_TRY(cci_rational_mul(&s->sum, &s->term, &s->sum, error));
    CCI_TRY(cci_rational_div(&s->sum, total, &s->sum, error));
    CCI_TRY(cci_rational_set_i64(&s->term, 1, 1, error));
    CCI_TRY(cci_rational_compare(&s->sum, &s->term, &order, error));
    if (order > 0)
        CCI_TRY(cci_rational_copy(&s->sum, &s->term, error));
    for (size_t cell = 0; cell < s->classes * width; cell++) {
        int64_t x = (int64_t)(cell % width);
        if (s->weights[cell] == 0 || x == 0)
            continue;
        CCI_TRY(cci_rational_set_i64(&s->term, x, s->maximum, error));
        CCI_TRY(cci_rational_mul(&s->term, &s->sum, &s->term, error));
        CCI_TRY(cci_rational_mul(&s->term, &s->left[cell], &s->term, error));
        CCI_TRY(cci_rational_sub(&s->left[cell], &s->term, &s->left[cell], error));
    }
    return COCREATE_OK;
}

static cocreate_status run_sequentially_spent_score(cci_run *run, cocreate_error *error)
{
    return cci_spending_elect(run, spend, error);
}

const cci_method cci_method_sequentially_spent_score = {
    .name = "sequentially_spent_score",
    .title = "Sequentially spent score: ballots spend the score they gave to the elected",
    .evidence = CCI_TAKES(COCREATE_BALLOT_SCORE),
    .options = cci_spending_options,
    .option_count = 1,
    .exact = 1,
    .elects = CCI_ELECTS_COMMITTEE,
    .chain = "id",
    .complexity = "O(seats * (scores + shares * options)), shares: different ones of ballots",
    .source = "Edmonds, Sequentially spent score (electowiki)",
    .run = run_sequentially_spent_score,
};
