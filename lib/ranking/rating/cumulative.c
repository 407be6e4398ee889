/* Cumulative voting: the points of a ballot are spread at will. */
#include "base/checked.h"
#include "ranking/shares.h"
#include "ranking/ties.h"
#include "ranking/write.h"

enum { POINTS };

static const cci_option_spec options[] = {
    {"points", CCI_OPTION_INTEGER, NULL, 1, INT64_C(9007199254740991), 0,
     "what each voter may spread in all; a ballot that spreads more is refused"},
};

/* Approvals share one vote equally. */
static cocreate_status add_approvals(const cci_electorate *e, size_t b, cci_shares *shares,
                                     cocreate_error *error)
{
    int64_t *row = cci_shares_row(shares, e->start[b + 1] - e->start[b]);
    if (row == NULL)
        return cci_no_memory(error);
    for (size_t i = e->start[b]; i < e->start[b + 1]; i++)
        row[e->options[i]] += e->weights[b]; /* part of the weight of all ballots */
    return COCREATE_OK;
}

static cocreate_status add_points(const cci_run *run, size_t b, int64_t *row,
                                  cocreate_error *error)
{
    const cci_electorate *e = run->electorate;
    int64_t spread = 0, limit = run->options[POINTS].integer;
    for (size_t i = e->start[b]; i < e->start[b + 1]; i++) {
        int64_t *sum = &row[e->options[i]], term;
        if (!cci_mul_i64(e->values[i], e->weights[b], &term) || !cci_add_i64(*sum, term, sum) ||
            !cci_add_i64(spread, e->values[i], &spread))
            return cci_fail(error, COCREATE_ERR_OVERFLOW,
                            "the points of an option do not fit 64 bits");
    }
    char shown[CCI_BALLOT_SHOWN];
    if (limit > 0 && spread > limit)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "a ballot spreads %lld points (%s), and every voter has %lld",
                        (long long)spread, cci_ballot_shown(run, b, shown), (long long)limit);
    return COCREATE_OK;
}

static cocreate_status tally(cci_run *run, cci_shares *shares, cocreate_error *error)
{
    const cci_electorate *e = run->electorate;
    int approval = e->info.kind == COCREATE_BALLOT_APPROVAL;
    int64_t *whole = cci_shares_row(shares, 1);
    cci_rational sum, term;
    if (whole == NULL)
        return cci_no_memory(error);
    for (size_t b = 0; b < e->ballots; b++)
        CCI_TRY(approval ? add_approvals(e, b, shares, error) : add_points(run, b, whole, error));
    CCI_TRY(cci_rational_init(&sum, error));
    cocreate_status status = cci_rational_init(&term, error);
    if (status != COCREATE_OK) {
        cci_rational_clear(&sum);
        return status;
    }
    for (uint32_t o = 0; status == COCREATE_OK && o < e->candidates; o++)
        status = cci_shares_value(shares, o, &sum, &term, &run->standings[o].score, error);
    cci_rational_clear(&sum);
    cci_rational_clear(&term);
    return status;
}

static cocreate_status run_cumulative(cci_run *run, cocreate_error *error)
{
    const cci_electorate *e = run->electorate;
    size_t longest = e->longest > 1 ? e->longest : 1;
    cci_shares shares;
    CCI_TRY(cci_shares_init(&shares, &run->allocator, e->candidates, longest, error));
    cocreate_status status = tally(run, &shares, error);
    cci_shares_free(&shares);
    CCI_TRY(status);
    cci_buffer_format(&run->trace, "\"blank\":\"%lld\"", (long long)e->blank);
    if (e->info.kind == COCREATE_BALLOT_APPROVAL)
        run->swing = 1;
    return cci_place_by_score(run, error);
}

const cci_method cci_method_cumulative = {
    .name = "cumulative",
    .title = "Cumulative vote: each voter spreads points; approvals share one vote",
    .evidence = CCI_TAKES(COCREATE_BALLOT_POINTS) | CCI_TAKES(COCREATE_BALLOT_APPROVAL),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .complexity = "O(marks + options log options)",
    .source = "Bhagat & Brickley, Cumulative voting: the value of minority shareholder voting "
              "rights, Journal of Law and Economics 27 (1984)",
    .run = run_cumulative,
};
