/* Plurality: the most first places. */
#include "ranking/shares.h"
#include "ranking/ties.h"
#include "ranking/write.h"

enum { EQUAL_FIRST };
enum { SPLIT, EACH };

static const char *const equal_first[] = {"split", "each", NULL};

static const cci_option_spec options[] = {
    {"equal_first", CCI_OPTION_CHOICE, equal_first, 0, 0, 0,
     "several options in the first rank: split the weight among them, or count it for each"},
};

static cocreate_status tally(cci_run *run, cci_shares *shares, cocreate_error *error)
{
    const cci_electorate *e = run->electorate;
    int split = run->options[EQUAL_FIRST].integer == SPLIT;
    for (size_t b = 0; b < e->ballots; b++) {
        size_t first = e->start[b], end = cci_rank_end(e, first, e->start[b + 1]);
        int64_t *row = cci_shares_row(shares, split ? end - first : 1);
        if (row == NULL)
            return cci_no_memory(error);
        for (size_t i = first; i < end; i++)
            row[e->options[i]] += e->weights[b];
    }
    return COCREATE_OK;
}

static cocreate_status score(cci_run *run, const cci_shares *shares, cci_rational *sum,
                             cci_rational *term, cocreate_error *error)
{
    CCI_TRY(cci_rational_init(sum, error));
    CCI_TRY(cci_rational_init(term, error));
    for (size_t i = 0; i < run->roster->count; i++)
        CCI_TRY(cci_shares_value(shares, (uint32_t)i, sum, term, &run->standings[i].score, error));
    return COCREATE_OK;
}

static cocreate_status run_plurality(cci_run *run, cocreate_error *error)
{
    const cci_electorate *e = run->electorate;
    cci_shares shares;
    cci_rational sum = {0}, term = {0};
    CCI_TRY(cci_shares_init(&shares, &run->allocator, e->candidates, e->widest, error));
    cocreate_status status = tally(run, &shares, error);
    if (status == COCREATE_OK)
        status = score(run, &shares, &sum, &term, error);
    cci_rational_clear(&sum);
    cci_rational_clear(&term);
    cci_shares_free(&shares);
    CCI_TRY(status);
    cci_buffer_format(&run->trace, "\"blank\":\"%lld\"", (long long)e->blank);
    run->swing = 1;
    return cci_place_by_score(run, error);
}

const cci_method cci_method_plurality = {
    .name = "plurality",
    .title = "Plurality: the most first places",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .complexity = "O(ballots + options log options)",
    .source = "Brandt et al., Handbook of Computational Social Choice (2016), 2.1",
    .run = run_plurality,
};
