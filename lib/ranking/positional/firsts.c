/* Counting first places. */
#include "ranking/positional/firsts.h"

#include "ranking/shares.h"

static cocreate_status tally(const cci_electorate *e, int each, cci_shares *shares,
                             cocreate_error *error)
{
    int64_t *alone = cci_shares_row(shares, 1);
    if (alone == NULL)
        return cci_no_memory(error);
    if (e->widest == 1) {
        for (size_t b = 0; b < e->ballots; b++)
            alone[cci_option_at(e, e->start[b])] += e->weights[b];
        return COCREATE_OK;
    }
    for (size_t b = 0; b < e->ballots; b++) {
        size_t first = e->start[b], end = cci_rank_end(e, first, e->start[b + 1]);
        int64_t *row = cci_shares_row(shares, each ? 1 : end - first);
        if (row == NULL)
            return cci_no_memory(error);
        for (size_t i = first; i < end; i++)
            row[e->options[i]] += e->weights[b];
    }
    return COCREATE_OK;
}

static cocreate_status read_tally(const cci_cells *cells, int each, cci_shares *shares,
                                  cocreate_error *error)
{
    for (size_t i = 0; i < cells->count; i++) {
        cci_place p = cci_cells_place(cells, i);
        int64_t *row = p.above == 0 ? cci_shares_row(shares, each ? 1 : p.size) : NULL;
        if (p.above > 0)
            continue;
        if (row == NULL)
            return cci_no_memory(error);
        row[p.option] += p.weight;
    }
    return COCREATE_OK;
}

static cocreate_status settle(const cci_shares *shares, size_t m, cci_rational *sum,
                              cci_rational *term, cci_value *out, cocreate_error *error)
{
    CCI_TRY(cci_rational_init(sum, error));
    CCI_TRY(cci_rational_init(term, error));
    for (uint32_t o = 0; o < m; o++)
        CCI_TRY(cci_shares_value(shares, o, sum, term, &out[o], error));
    return COCREATE_OK;
}

cocreate_status cci_firsts(cci_run *run, int each, cci_value *out, cocreate_error *error)
{
    const cci_electorate *e = run->electorate;
    cci_shares shares;
    cci_rational sum = {0}, term = {0};
    CCI_TRY(cci_shares_init(&shares, &run->allocator, e->candidates, e->widest, error));
    cocreate_status status = run->tally != NULL
                                 ? read_tally(&run->tally->cells, each, &shares, error)
                                 : tally(e, each, &shares, error);
    if (status == COCREATE_OK)
        status = settle(&shares, e->candidates, &sum, &term, out, error);
    cci_rational_clear(&sum);
    cci_rational_clear(&term);
    cci_shares_free(&shares);
    return status;
}
