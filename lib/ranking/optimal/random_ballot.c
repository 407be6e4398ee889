/* Random ballot: a ballot is drawn, and its first option wins. */
#include "ranking/optimal/lottery.h"
#include "ranking/shares.h"

static cocreate_status tally(const cci_electorate *e, cci_shares *shares, int64_t *weight,
                             cocreate_error *error)
{
    for (size_t b = 0; b < e->ballots; b++) {
        size_t first = e->start[b], end = cci_rank_end(e, first, e->start[b + 1]);
        int64_t *row = cci_shares_row(shares, end - first);
        if (row == NULL)
            return cci_no_memory(error);
        for (size_t i = first; i < end; i++)
            row[e->options[i]] += e->weights[b];
        *weight += e->weights[b];
    }
    return COCREATE_OK;
}

/* Shares of the weight; without any, everyone is as likely. */
static cocreate_status score(cci_run *run, const cci_shares *shares, int64_t weight,
                             cci_rational *sum, cci_rational *term, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    size_t m = run->roster->count;
    CCI_TRY(cci_rational_init(sum, error));
    CCI_TRY(cci_rational_init(term, error));
    for (uint32_t i = 0; i < m; i++) {
        cci_value *out = &run->standings[i].score;
        if (weight == 0) {
            cci_value_set(a, out, 1, (int64_t)m);
            continue;
        }
        CCI_TRY(cci_shares_value(shares, i, sum, term, out, error));
        CCI_TRY(cci_value_get(out, sum, error));
        CCI_TRY(cci_rational_set_i64(term, weight, 1, error));
        CCI_TRY(cci_rational_div(sum, term, sum, error));
        CCI_TRY(cci_value_set_rational(a, out, sum, error));
    }
    return COCREATE_OK;
}

static cocreate_status run_random_ballot(cci_run *run, cocreate_error *error)
{
    const cci_electorate *e = run->electorate;
    cci_shares shares;
    cci_rational sum = {0}, term = {0};
    int64_t weight = 0;
    CCI_TRY(cci_shares_init(&shares, &run->allocator, e->candidates, e->widest, error));
    cocreate_status status = tally(e, &shares, &weight, error);
    if (status == COCREATE_OK)
        status = score(run, &shares, weight, &sum, &term, error);
    cci_rational_clear(&sum);
    cci_rational_clear(&term);
    cci_shares_free(&shares);
    CCI_TRY(status);
    cci_buffer_format(&run->trace, "\"blank\":\"%lld\",", (long long)e->blank);
    cci_buffer_text(&run->notes, "Everyone is as likely to be drawn as the share of the ballots says "
                                 "that rank them first.\n");
    CCI_TRY(cci_lottery_place(run, &run->trace, error));
    cci_buffer_format(&run->trace, "\"weight\":\"%lld\"", (long long)weight);
    return COCREATE_OK;
}

const cci_method cci_method_random_ballot = {
    .name = "random_ballot",
    .title = "Random ballot: the first option of a ballot that is drawn",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .exact = 1,
    .draws = 1,
    .complexity = "O(ballots + options^2)",
    .source = "Gibbard, Manipulation of schemes that mix voting with chance, Econometrica 45 (1977)",
    .run = run_random_ballot,
};
