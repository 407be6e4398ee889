/* Votes down to some place. */
#include "ranking/positional/level.h"

#include <string.h>

#include "base/checked.h"

cocreate_status cci_level_init(cci_level *l, cci_run *run, int weighted, int each,
                               cocreate_error *error)
{
    const cci_electorate *e = run->electorate;
    memset(l, 0, sizeof *l);
    l->run = run;
    l->weighted = weighted;
    l->each = each;
    CCI_TRY(cci_rational_init(&l->sum, error));
    CCI_TRY(cci_rational_init(&l->term, error));
    return cci_shares_init(&l->shares, &run->allocator, e->candidates, e->widest, error);
}

void cci_level_free(cci_level *l)
{
    if (l->run == NULL)
        return;
    cci_rational_clear(&l->sum);
    cci_rational_clear(&l->term);
    cci_shares_free(&l->shares);
    cci_free(&l->run->allocator, l->places);
    cci_free(&l->run->allocator, l->lengths);
}

/* What the first n places are worth together; weighted in parts of 1 / (m - 1). */
static int64_t worth(const cci_level *l, size_t n)
{
    size_t m = l->run->roster->count;
    if (!l->weighted || m == 1)
        return (int64_t)n;
    return (int64_t)(n * m - n * (n + 1) / 2); /* m is at most 10^6 */
}

/* Votes of each option of a rank that begins below `depth`, in parts of *shared. */
static int64_t votes_of(const cci_level *l, size_t above, size_t size, size_t depth, size_t *shared)
{
    size_t counted = above + size < depth ? size : depth - above;
    *shared = 1;
    if (l->each)
        return worth(l, above + 1) - worth(l, above);
    if (counted == size && !l->weighted) /* a whole vote for each */
        return 1;
    *shared = size;
    return worth(l, above + counted) - worth(l, above);
}

static cocreate_status overflow(cocreate_error *error)
{
    return cci_fail(error, COCREATE_ERR_OVERFLOW, "the votes do not fit 64 bits");
}

static cocreate_status add_ballot(cci_level *l, size_t b, size_t depth, cocreate_error *error)
{
    const cci_electorate *e = l->run->electorate;
    size_t start = e->start[b], end = e->start[b + 1];
    int fits = 1;
    for (size_t i = start; i < end && i - start < depth;) {
        size_t stop = cci_rank_end(e, i, end), shared;
        int64_t votes = votes_of(l, i - start, stop - i, depth, &shared), weight;
        int64_t *row = cci_shares_row(&l->shares, shared);
        if (row == NULL)
            return cci_no_memory(error);
        fits &= cci_mul_i64(e->weights[b], votes, &weight);
        for (; i < stop && fits; i++)
            fits = cci_add_i64(row[cci_option_at(e, i)], weight, &row[cci_option_at(e, i)]);
        if (!fits)
            return overflow(error);
    }
    return COCREATE_OK;
}

/* -- A table, where no ranks are equal -------------------------------------------------------- */

/* Would a table of places be no larger than the ballots? */
static int has_table(const cci_level *l)
{
    const cci_electorate *e = l->run->electorate;
    return l->often && l->run->tally == NULL && e->values == NULL && e->ballots > 0 &&
           e->longest <= e->start[e->ballots] / e->candidates;
}

static cocreate_status fill_table(cci_level *l, cocreate_error *error)
{
    const cci_electorate *e = l->run->electorate;
    const cocreate_allocator *a = &l->run->allocator;
    size_t m = e->candidates;
    l->places = cci_alloc(a, e->longest * m, sizeof *l->places);
    l->lengths = cci_alloc(a, e->longest + 1, sizeof *l->lengths);
    if (l->places == NULL || l->lengths == NULL)
        return cci_no_memory(error);
    for (size_t b = 0; b < e->ballots; b++) { /* parts of the weight of all ballots */
        int64_t *row = l->places, weight = e->weights[b];
        for (size_t i = e->start[b]; i < e->start[b + 1]; i++, row += m)
            row[cci_option_at(e, i)] += weight;
        l->lengths[e->start[b + 1] - e->start[b]] += weight;
    }
    return COCREATE_OK;
}

static cocreate_status read_table(cci_level *l, size_t depth, int64_t *reaching,
                                  cocreate_error *error)
{
    const cci_electorate *e = l->run->electorate;
    if (l->lengths == NULL)
        CCI_TRY(fill_table(l, error));
    int64_t *row = cci_shares_row(&l->shares, 1);
    if (row == NULL)
        return cci_no_memory(error);
    const int64_t *place = l->places;
    for (size_t d = 0; d < depth && d < e->longest; d++, place += e->candidates) {
        int64_t votes = worth(l, d + 1) - worth(l, d), term;
        for (size_t o = 0; o < e->candidates; o++)
            if (!cci_mul_i64(place[o], votes, &term) || !cci_add_i64(row[o], term, &row[o]))
                return overflow(error);
    }
    for (size_t k = depth; k <= e->longest; k++)
        *reaching += l->lengths[k];
    return COCREATE_OK;
}

/* -- Counts ----------------------------------------------------------------------------------- */

static cocreate_status read_tally(cci_level *l, size_t depth, int64_t *reaching,
                                  cocreate_error *error)
{
    const cci_cells *cells = &l->run->tally->cells;
    for (size_t i = 0; i < cells->count; i++) {
        cci_place p = cci_cells_place(cells, i);
        if (p.above >= depth)
            continue;
        size_t shared;
        int64_t votes = votes_of(l, p.above, p.size, depth, &shared), weight;
        int64_t *row = cci_shares_row(&l->shares, shared);
        if (row == NULL)
            return cci_no_memory(error);
        if (!cci_mul_i64(p.weight, votes, &weight) ||
            !cci_add_i64(row[p.option], weight, &row[p.option]))
            return overflow(error);
    }
    int64_t *weights;
    CCI_TRY(cci_cells_lengths(cells, l->run->roster->count, &weights, error));
    for (size_t k = depth; k <= l->run->roster->count; k++)
        *reaching += weights[k];
    cci_free(&l->run->allocator, weights);
    return COCREATE_OK;
}

static cocreate_status settle(cci_level *l, uint32_t option, cci_value *out, cocreate_error *error)
{
    const cocreate_allocator *a = &l->run->allocator;
    int64_t m = (int64_t)l->run->roster->count;
    CCI_TRY(cci_shares_value(&l->shares, option, &l->sum, &l->term, out, error));
    if (!l->weighted || m < 3)
        return COCREATE_OK;
    CCI_TRY(cci_value_get(out, &l->sum, error));
    CCI_TRY(cci_rational_set_i64(&l->term, 1, m - 1, error));
    CCI_TRY(cci_rational_mul(&l->sum, &l->term, &l->sum, error));
    return cci_value_set_rational(a, out, &l->sum, error);
}

cocreate_status cci_level_count(cci_level *l, size_t depth, cci_value *out, int64_t *reaching,
                                cocreate_error *error)
{
    const cci_electorate *e = l->run->electorate;
    cci_shares_clear(&l->shares);
    *reaching = 0;
    if (l->run->tally != NULL)
        CCI_TRY(read_tally(l, depth, reaching, error));
    if (has_table(l))
        CCI_TRY(read_table(l, depth, reaching, error));
    for (size_t b = 0; b < e->ballots && l->lengths == NULL; b++) {
        CCI_TRY(add_ballot(l, b, depth, error));
        if (e->start[b + 1] - e->start[b] >= depth)
            *reaching += e->weights[b];
    }
    for (uint32_t o = 0; o < e->candidates; o++)
        CCI_TRY(settle(l, o, &out[o], error));
    return COCREATE_OK;
}
