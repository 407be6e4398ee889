/* Satisfaction approval voting: each voter has one vote, shared by all that are approved. */
#include "ranking/committee/separable.h"
#include "ranking/shares.h"

static cocreate_status tally(cci_run *run, cci_shares *shares, cocreate_error *error)
{
    const cci_electorate *e = run->electorate;
    for (size_t b = 0; b < e->ballots; b++) {
        int64_t *row = cci_shares_row(shares, e->start[b + 1] - e->start[b]);
        if (row == NULL)
            return cci_no_memory(error);
        for (size_t i = e->start[b]; i < e->start[b + 1]; i++)
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

static cocreate_status run_sav(cci_run *run, cocreate_error *error)
{
    const cci_electorate *e = run->electorate;
    cci_shares shares;
    cci_rational sum = {0}, term = {0};
    CCI_TRY(cci_shares_init(&shares, &run->allocator, e->candidates,
                            e->longest > 0 ? e->longest : 1, error));
    cocreate_status status = tally(run, &shares, error);
    if (status == COCREATE_OK)
        status = score(run, &shares, &sum, &term, error);
    cci_rational_clear(&sum);
    cci_rational_clear(&term);
    cci_shares_free(&shares);
    CCI_TRY(status);
    run->swing = 1;
    return cci_elect_by_score(run, error);
}

const cci_method cci_method_sav = {
    .name = "sav",
    .title = "Satisfaction approval voting: each voter shares one vote among the approved",
    .evidence = CCI_TAKES(COCREATE_BALLOT_APPROVAL),
    .exact = 1,
    .parallel = 1,
    .elects = CCI_ELECTS_COMMITTEE,
    .chain = "id",
    .complexity = "O(approvals + options * lengths of ballots)",
    .source = "Brams & Kilgour, Satisfaction approval voting, in: Voting Power and Procedures "
              "(2014)",
    .run = run_sav,
};
