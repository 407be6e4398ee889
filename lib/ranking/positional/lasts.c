/* Counting last places. */
#include "ranking/positional/lasts.h"

#include <string.h>

cocreate_status cci_lasts_init(cci_lasts *l, cci_run *run, cocreate_error *error)
{
    size_t m = run->roster->count;
    memset(l, 0, sizeof *l);
    l->run = run;
    l->left_out = cci_alloc(&run->allocator, m + 1, sizeof *l->left_out);
    if (l->left_out == NULL)
        return cci_no_memory(error);
    return cci_shares_init(&l->shares, &run->allocator, m, m, error);
}

void cci_lasts_free(cci_lasts *l)
{
    if (l->run == NULL)
        return;
    cci_free(&l->run->allocator, l->left_out);
    cci_free(&l->run->allocator, l->counted);
    cci_free(&l->run->allocator, l->kept);
    cci_shares_free(&l->shares);
}

static int continues(const uint8_t *continuing, uint32_t option)
{
    return continuing == NULL || continuing[option];
}

/* What a ballot says of those who continue. */
struct bottom_rank {
    size_t first, stop; /* its last rank that holds one */
    size_t width;       /* how many it holds */
    size_t ranked;      /* how many the ballot ranks */
};

static struct bottom_rank look_at(const cci_electorate *e, size_t b, const uint8_t *continuing)
{
    struct bottom_rank r = {0};
    size_t end = e->start[b + 1];
    for (size_t i = e->start[b], stop; i < end; i = stop) {
        size_t n = 0;
        stop = cci_rank_end(e, i, end);
        for (size_t k = i; k < stop; k++)
            n += (size_t)continues(continuing, cci_option_at(e, k));
        if (n > 0) {
            r.first = i;
            r.stop = stop;
            r.width = n;
        }
        r.ranked += n;
    }
    return r;
}

/* Where a ballot leaves out some, their last places are noted once by how many they are, and taken
 * back from those it ranks. */
static cocreate_status add_ballot(cci_lasts *l, size_t b, const uint8_t *continuing, size_t size,
                                  int bottom, cocreate_error *error)
{
    const cci_electorate *e = l->run->electorate;
    struct bottom_rank r = look_at(e, b, continuing);
    int64_t weight = e->weights[b];
    if (r.ranked == 0)
        return COCREATE_OK;
    if (bottom && r.ranked < size) {
        r.width = size - r.ranked;
        r.first = e->start[b];
        r.stop = e->start[b + 1];
        l->left_out[r.width] += weight;
        weight = -weight;
    }
    int64_t *row = cci_shares_row(&l->shares, r.width);
    if (row == NULL)
        return cci_no_memory(error);
    for (size_t i = r.first; i < r.stop; i++)
        if (continues(continuing, cci_option_at(e, i)))
            row[cci_option_at(e, i)] += weight;
    return COCREATE_OK;
}

/* Before ballots without equal ranks are counted among those who continue. */
static cocreate_status prepare(cci_lasts *l, const uint8_t *continuing, cocreate_error *error)
{
    const cci_electorate *e = l->run->electorate;
    const cocreate_allocator *a = &l->run->allocator;
    size_t m = l->run->roster->count;
    int again = l->counted == NULL;
    if (l->kept == NULL)
        l->kept = cci_alloc(a, e->ballots, sizeof *l->kept);
    if (l->counted == NULL)
        l->counted = cci_alloc(a, m, 1);
    if (l->kept == NULL || l->counted == NULL)
        return cci_no_memory(error);
    for (size_t o = 0; o < m && !again; o++)
        again = continuing[o] && !l->counted[o]; /* someone came back */
    for (size_t b = 0; b < e->ballots && again; b++)
        l->kept[b] = (uint32_t)(e->start[b + 1] - e->start[b]);
    memcpy(l->counted, continuing, m);
    return COCREATE_OK;
}

static cocreate_status add_strict(cci_lasts *l, const uint8_t *continuing, size_t size, int bottom,
                                  cocreate_error *error)
{
    const cci_electorate *e = l->run->electorate;
    size_t m = l->run->roster->count;
    int64_t *alone = cci_shares_row(&l->shares, 1);
    if (alone == NULL)
        return cci_no_memory(error);
    CCI_TRY(prepare(l, continuing, error));
    for (size_t b = 0; b < e->ballots; b++) {
        size_t start = e->start[b], n = l->kept[b];
        while (n > 0 && !continuing[cci_option_at(e, start + n - 1)])
            n--;
        l->kept[b] = (uint32_t)n;
        if (n == 0)
            continue;
        if (!bottom || e->start[b + 1] - start == m)
            alone[cci_option_at(e, start + n - 1)] += e->weights[b];
        else
            CCI_TRY(add_ballot(l, b, continuing, size, bottom, error));
    }
    return COCREATE_OK;
}

static cocreate_status read_tally(cci_lasts *l, int bottom, cocreate_error *error)
{
    const cci_cells *cells = &l->run->tally->cells;
    size_t m = l->run->roster->count;
    for (size_t i = 0; i < cells->count; i++) {
        cci_place p = cci_cells_place(cells, i);
        int leaves_out = bottom && p.length < m;
        if (!leaves_out && p.above + p.size < p.length)
            continue;
        int64_t *row = cci_shares_row(&l->shares, leaves_out ? m - p.length : p.size);
        if (row == NULL)
            return cci_no_memory(error);
        row[p.option] += leaves_out ? -p.weight : p.weight;
    }
    int64_t *weights;
    CCI_TRY(cci_cells_lengths(cells, m, &weights, error));
    for (size_t k = 1; bottom && k < m; k++)
        l->left_out[m - k] = weights[k];
    cci_free(&l->run->allocator, weights);
    return COCREATE_OK;
}

cocreate_status cci_lasts_count(cci_lasts *l, const uint8_t *continuing, size_t size, int bottom,
                                cocreate_error *error)
{
    size_t m = l->run->roster->count;
    cci_shares_clear(&l->shares);
    memset(l->left_out, 0, (m + 1) * sizeof *l->left_out);
    if (l->run->tally != NULL) {
        assert(continuing == NULL);
        CCI_TRY(read_tally(l, bottom, error));
    }
    if (continuing != NULL && l->run->electorate->values == NULL)
        CCI_TRY(add_strict(l, continuing, size, bottom, error));
    else
        for (size_t b = 0; b < l->run->electorate->ballots; b++)
            CCI_TRY(add_ballot(l, b, continuing, size, bottom, error));
    for (size_t k = 1; k <= size; k++)
        for (size_t o = 0; o < m && l->left_out[k] > 0; o++)
            l->shares.rows[k][o] += l->left_out[k];
    return COCREATE_OK;
}

cocreate_status cci_lasts_value(const cci_lasts *l, uint32_t option, int each, cci_rational *sum,
                                cci_rational *term, cci_value *out, cocreate_error *error)
{
    if (!each)
        return cci_shares_value(&l->shares, option, sum, term, out, error);
    cci_value_set(&l->run->allocator, out, cci_shares_whole(&l->shares, option), 1);
    return COCREATE_OK;
}
