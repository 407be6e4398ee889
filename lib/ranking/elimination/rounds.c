/* Counting rounds. */
#include "ranking/elimination/rounds.h"

#include <string.h>

cocreate_status cci_rounds_init(cci_rounds *r, cci_run *run, cocreate_error *error)
{
    const cci_electorate *e = run->electorate;
    memset(r, 0, sizeof *r);
    r->run = run;
    r->votes = cci_alloc(&run->allocator, e->candidates, sizeof *r->votes);
    if (r->votes == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_rational_init(&r->sum, error));
    CCI_TRY(cci_rational_init(&r->term, error));
    return cci_shares_init(&r->shares, &run->allocator, e->candidates, e->widest, error);
}

void cci_rounds_free(cci_rounds *r)
{
    if (r->run == NULL)
        return;
    for (size_t i = 0; r->votes != NULL && i < r->run->roster->count; i++)
        cci_value_clear(&r->run->allocator, &r->votes[i]);
    cci_free(&r->run->allocator, r->votes);
    cci_rational_clear(&r->sum);
    cci_rational_clear(&r->term);
    cci_shares_free(&r->shares);
}

/* Give ballot b to its best continuing rank. */
static cocreate_status give(cci_rounds *r, size_t b, const uint8_t *continuing,
                            cocreate_error *error)
{
    const cci_electorate *e = r->run->electorate;
    for (size_t i = e->start[b]; i < e->start[b + 1];) {
        size_t stop = cci_rank_end(e, i, e->start[b + 1]), n = 0;
        for (size_t k = i; k < stop; k++)
            n += continuing[e->options[k]];
        if (n > 0) {
            int64_t *row = cci_shares_row(&r->shares, n);
            if (row == NULL)
                return cci_no_memory(error);
            for (; i < stop; i++)
                row[e->options[i]] += continuing[e->options[i]] ? e->weights[b] : 0;
            return COCREATE_OK;
        }
        i = stop;
    }
    r->exhausted += e->weights[b];
    return COCREATE_OK;
}

cocreate_status cci_rounds_count(cci_rounds *r, const uint8_t *continuing, cocreate_error *error)
{
    const cci_electorate *e = r->run->electorate;
    cci_shares_clear(&r->shares);
    r->exhausted = e->blank;
    for (size_t b = 0; b < e->ballots; b++)
        CCI_TRY(give(r, b, continuing, error));
    for (uint32_t o = 0; o < e->candidates; o++)
        if (continuing[o])
            CCI_TRY(cci_shares_value(&r->shares, o, &r->sum, &r->term, &r->votes[o], error));
        else
            cci_value_clear(&r->run->allocator, &r->votes[o]);
    return COCREATE_OK;
}

cocreate_status cci_rounds_lowest(const cci_rounds *r, uint32_t *out, size_t *n,
                                  cocreate_error *error)
{
    *n = 0;
    for (uint32_t o = 0; o < r->run->roster->count; o++) {
        int order = -1;
        if (cci_value_missing(&r->votes[o]))
            continue;
        if (*n > 0)
            CCI_TRY(cci_value_compare(&r->votes[o], &r->votes[out[0]], &order, error));
        if (order < 0)
            *n = 0;
        if (order <= 0)
            out[(*n)++] = o;
    }
    return COCREATE_OK;
}

cocreate_status cci_rounds_safe(cci_rounds *r, const uint32_t *lowest, size_t n, int *safe,
                                cocreate_error *error)
{
    cci_value together = {0, 0, NULL};
    *safe = 1;
    size_t others = 0;
    CCI_TRY(cci_value_get(&r->votes[lowest[0]], &r->sum, error));
    CCI_TRY(cci_rational_set_i64(&r->term, (int64_t)n, 1, error));
    CCI_TRY(cci_rational_mul(&r->sum, &r->term, &r->sum, error));
    CCI_TRY(cci_value_set_rational(&r->run->allocator, &together, &r->sum, error));
    cocreate_status status = COCREATE_OK;
    for (size_t o = 0, at = 0; o < r->run->roster->count && status == COCREATE_OK; o++) {
        int order = 0;
        if (at < n && lowest[at] == o) {
            at++;
            continue;
        }
        if (cci_value_missing(&r->votes[o]))
            continue;
        others++;
        status = cci_value_compare(&together, &r->votes[o], &order, error);
        *safe &= order < 0;
    }
    *safe &= others > 0;
    cci_value_clear(&r->run->allocator, &together);
    return status;
}
