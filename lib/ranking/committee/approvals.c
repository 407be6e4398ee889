/* Approval ballots by ballot and by candidate. */
#include "ranking/committee/approvals.h"

#include <string.h>

#include "ranking/order.h"

/* The ballots that weigh something, as they stand. */
static void copy_ballots(const cci_electorate *e, cci_approvals *v)
{
    size_t at = 0;
    for (size_t b = 0; b < e->ballots; b++) {
        size_t n = e->start[b + 1] - e->start[b];
        if (e->weights[b] == 0)
            continue;
        memcpy(v->options + at, e->options + e->start[b], n * sizeof *v->options);
        at += n;
        v->weights[v->ballots++] = e->weights[b];
        v->start[v->ballots] = at;
        v->total += e->weights[b];
        v->longest = n > v->longest ? n : v->longest;
    }
}

/* The same by candidate: count, sum up, fill. */
static void turn_over(cci_approvals *v)
{
    size_t m = v->candidates, entries = v->start[v->ballots];
    for (size_t i = 0; i < entries; i++)
        v->first[v->options[i] + 1]++;
    for (size_t o = 0; o < m; o++)
        v->first[o + 1] += v->first[o];
    for (size_t b = v->ballots; b-- > 0;)
        for (size_t i = v->start[b]; i < v->start[b + 1]; i++)
            v->supporters[--v->first[v->options[i] + 1]] = (uint32_t)b;
    /* first[o + 1] now stands where o begins; the last ends with all of them. */
    memmove(v->first, v->first + 1, m * sizeof *v->first);
    v->first[m] = entries;
}

cocreate_status cci_approvals_open(const cci_electorate *e, const cocreate_allocator *a,
                                   cci_approvals *out, cocreate_error *error)
{
    memset(out, 0, sizeof *out);
    out->allocator = *a;
    out->candidates = e->candidates;
    size_t entries = e->ballots > 0 ? e->start[e->ballots] : 0;
    if (e->ballots > UINT32_MAX)
        return cci_fail(error, COCREATE_ERR_LIMIT, "%zu distinct ballots, at most %lu", e->ballots,
                        (unsigned long)UINT32_MAX);
    out->weights = cci_alloc(a, e->ballots, sizeof *out->weights);
    out->start = cci_alloc(a, e->ballots + 1, sizeof *out->start);
    out->options = cci_alloc(a, entries, sizeof *out->options);
    out->first = cci_alloc(a, e->candidates + 1, sizeof *out->first);
    out->supporters = cci_alloc(a, entries, sizeof *out->supporters);
    if (!out->weights || !out->start || !out->options || !out->first || !out->supporters) {
        cci_approvals_close(out);
        return cci_no_memory(error);
    }
    copy_ballots(e, out);
    turn_over(out);
    return COCREATE_OK;
}

void cci_approvals_close(cci_approvals *v)
{
    if (v->allocator.release == NULL)
        return;
    cci_free(&v->allocator, v->weights);
    cci_free(&v->allocator, v->start);
    cci_free(&v->allocator, v->options);
    cci_free(&v->allocator, v->first);
    cci_free(&v->allocator, v->supporters);
    memset(v, 0, sizeof *v);
}

static cocreate_status by_support(void *context, uint32_t a, uint32_t b, int *out,
                                  cocreate_error *error)
{
    const int64_t *support = context;
    (void)error;
    *out = (support[b] > support[a]) - (support[b] < support[a]);
    return COCREATE_OK;
}

cocreate_status cci_approvals_order(const cci_approvals *v, uint32_t *order, int64_t *support,
                                    cocreate_error *error)
{
    for (uint32_t o = 0; o < v->candidates; o++) {
        order[o] = o;
        support[o] = 0;
        for (size_t i = v->first[o]; i < v->first[o + 1]; i++)
            support[o] += v->weights[v->supporters[i]];
    }
    return cci_sort(&v->allocator, order, v->candidates, by_support, support, error);
}
