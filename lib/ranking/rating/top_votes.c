/* A voter's k votes. */
#include "ranking/rating/top_votes.h"

#include "base/checked.h"
#include "ranking/shares.h"
#include "ranking/ties.h"

/* Row 1 of the shares holds whole votes. A rank of n options that reaches past the last vote shares
 * the votes that are left: as many n-ths for each. */
static cocreate_status give(cci_shares *shares, const cci_electorate *e, size_t b, size_t first,
                            size_t stop, int64_t votes, cocreate_error *error)
{
    size_t size = stop - first;
    int whole = (uint64_t)votes >= size;
    int64_t *row = cci_shares_row(shares, whole ? 1 : size), given = e->weights[b];
    if (row == NULL)
        return cci_no_memory(error);
    if (!whole && !cci_mul_i64(votes, e->weights[b], &given))
        return cci_fail(error, COCREATE_ERR_OVERFLOW, "the votes of a ballot do not fit 64 bits");
    for (size_t i = first; i < stop; i++)
        if (!cci_add_i64(row[e->options[i]], given, &row[e->options[i]]))
            return cci_fail(error, COCREATE_ERR_OVERFLOW,
                            "the votes of an option do not fit 64 bits");
    return COCREATE_OK;
}

static cocreate_status count(cci_run *run, int64_t k, cci_shares *shares, cocreate_error *error)
{
    const cci_electorate *e = run->electorate;
    int ranking = e->info.kind == COCREATE_BALLOT_RANKING;
    for (size_t b = 0; b < e->ballots; b++) {
        size_t end = e->start[b + 1], n = end - e->start[b];
        int64_t left = k;
        if (!ranking && n > (uint64_t)k)
            return cci_fail(error, COCREATE_ERR_ARGUMENT,
                            "a ballot approves %zu options, and every voter has %lld vote%s", n,
                            (long long)k, k == 1 ? "" : "s");
        for (size_t i = e->start[b], stop; i < end && left > 0; i = stop) {
            stop = ranking ? cci_rank_end(e, i, end) : i + 1;
            CCI_TRY(give(shares, e, b, i, stop, left, error));
            left -= (int64_t)(stop - i);
        }
    }
    return COCREATE_OK;
}

static cocreate_status score(cci_run *run, int64_t k, cci_shares *shares, cocreate_error *error)
{
    cci_rational sum = {0}, term = {0};
    CCI_TRY(count(run, k, shares, error));
    CCI_TRY(cci_rational_init(&sum, error));
    cocreate_status status = cci_rational_init(&term, error);
    for (uint32_t o = 0; status == COCREATE_OK && o < run->roster->count; o++)
        status = cci_shares_value(shares, o, &sum, &term, &run->standings[o].score, error);
    cci_rational_clear(&sum);
    cci_rational_clear(&term);
    return status;
}

cocreate_status cci_top_votes(cci_run *run, int64_t k, cocreate_error *error)
{
    const cci_electorate *e = run->electorate;
    cci_shares shares;
    CCI_TRY(cci_shares_init(&shares, &run->allocator, e->candidates, e->widest, error));
    cocreate_status status = score(run, k, &shares, error);
    cci_shares_free(&shares);
    CCI_TRY(status);
    cci_buffer_format(&run->trace, "\"blank\":\"%lld\",\"votes_each\":%lld", (long long)e->blank,
                      (long long)k);
    run->swing = 1;
    return cci_place_by_score(run, error);
}
