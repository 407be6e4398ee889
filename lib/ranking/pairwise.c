/* The matrix of pairwise comparisons. No sum can overflow: each is part of the weight of all. */
#include "ranking/pairwise.h"

/* One ballot: every option wins over all of the ranks behind it. The options left out, behind all
 * of them, are found once and stand in `absent`. */
static void compare(const cci_electorate *e, size_t b, const uint32_t *absent, size_t n_absent,
                    int64_t *matrix)
{
    size_t end = e->start[b + 1];
    int64_t weight = e->weights[b];
    for (size_t i = e->start[b]; i < end;) {
        size_t stop = cci_rank_end(e, i, end);
        for (; i < stop; i++) {
            int64_t *row = matrix + (size_t)e->options[i] * e->candidates;
            for (size_t j = stop; j < end; j++)
                row[e->options[j]] += weight;
            for (size_t j = 0; j < n_absent; j++)
                row[absent[j]] += weight;
        }
    }
}

static cocreate_status fill(cci_run *run, int bottom, uint8_t *present, uint32_t *absent,
                            int64_t *matrix, cocreate_error *error)
{
    const cci_electorate *e = run->electorate;
    for (size_t b = 0; b < e->ballots; b++) {
        size_t n = 0;
        if ((b & 1023) == 1023)
            CCI_TRY(cci_run_progress(run, b, e->ballots, error));
        if (bottom && e->start[b + 1] - e->start[b] < e->candidates) {
            for (size_t i = e->start[b]; i < e->start[b + 1]; i++)
                present[e->options[i]] = 1;
            for (uint32_t o = 0; o < e->candidates; o++)
                if (!present[o])
                    absent[n++] = o;
            for (size_t i = e->start[b]; i < e->start[b + 1]; i++)
                present[e->options[i]] = 0;
        }
        compare(e, b, absent, n, matrix);
    }
    return COCREATE_OK;
}

cocreate_status cci_pairwise(cci_run *run, int bottom, int64_t **matrix, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    size_t m = run->roster->count;
    if (m > CCI_PAIRWISE_MAX)
        return cci_fail(error, COCREATE_ERR_LIMIT, "%s takes at most %d options, and %zu run",
                        run->method->name, CCI_PAIRWISE_MAX, m);
    int64_t *made = cci_alloc(a, m * m, sizeof *made);
    uint8_t *present = cci_alloc(a, m, sizeof *present);
    uint32_t *absent = cci_alloc(a, m, sizeof *absent);
    cocreate_status status = made != NULL && present != NULL && absent != NULL
                                 ? fill(run, bottom, present, absent, made, error)
                                 : cci_no_memory(error);
    cci_free(a, present);
    cci_free(a, absent);
    if (status == COCREATE_OK)
        *matrix = made;
    else
        cci_free(a, made);
    return status;
}
