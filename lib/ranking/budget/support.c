/* The ballots by candidate. */
#include "ranking/budget/support.h"

#include <string.h>

#include "base/checked.h"
#include "ranking/write.h"

const char *const cci_satisfactions[] = {"cost", "cardinality", "effort", "sqrt_cost", "cc", NULL};

static cocreate_status add_up(const cci_run *run, cci_support *s, uint32_t candidate,
                              int64_t given, int64_t weight, cocreate_error *error)
{
    int64_t term, *total = &s->total[candidate];
    s->weight[candidate] += weight; /* part of the weight of all ballots */
    s->start[candidate + 1]++;
    if (cci_mul_i64(given, weight, &term) && cci_add_i64(*total, term, total))
        return COCREATE_OK;
    return cci_fail_at(error, COCREATE_ERR_OVERFLOW, run->roster->candidates[candidate].index,
                       "the votes of %s do not fit 64 bits", cci_name(run, candidate));
}

/* Count the supporters of each candidate, and look whether all give 1. */
static cocreate_status count(const cci_run *run, cci_support *s, int *ones, cocreate_error *error)
{
    const cci_electorate *e = run->electorate;
    *ones = 1;
    for (size_t b = 0; b < e->ballots; b++)
        for (size_t i = e->start[b], stop = i, end = e->start[b + 1];
             i < end && e->weights[b] > 0; i++) {
            int64_t given = cci_given(e, i, &stop, end);
            if (given <= 0)
                continue;
            *ones &= given == 1;
            CCI_TRY(add_up(run, s, e->options[i], given, e->weights[b], error));
        }
    for (size_t c = 0; c < s->candidates; c++)
        s->start[c + 1] += s->start[c];
    return COCREATE_OK;
}

static void fill(const cci_run *run, cci_support *s, size_t *next)
{
    const cci_electorate *e = run->electorate;
    memcpy(next, s->start, s->candidates * sizeof *next);
    for (size_t b = 0; b < e->ballots; b++)
        for (size_t i = e->start[b], stop = i, end = e->start[b + 1];
             i < end && e->weights[b] > 0; i++) {
            int64_t given = cci_given(e, i, &stop, end);
            if (given <= 0)
                continue;
            size_t at = next[e->options[i]]++;
            s->group[at] = (uint32_t)b;
            if (s->value != NULL)
                s->value[at] = given;
        }
}

static cocreate_status build(const cci_run *run, cci_support *s, size_t **next,
                             cocreate_error *error)
{
    const cocreate_allocator *a = &s->allocator;
    size_t m = s->candidates;
    int ones;
    s->start = cci_alloc(a, m + 1, sizeof *s->start);
    s->weight = cci_alloc(a, m, sizeof *s->weight);
    s->total = cci_alloc(a, m, sizeof *s->total);
    *next = cci_alloc(a, m, sizeof **next);
    if (s->start == NULL || s->weight == NULL || s->total == NULL || *next == NULL)
        return cci_no_memory(error);
    CCI_TRY(count(run, s, &ones, error));
    s->group = cci_alloc(a, s->start[m], sizeof *s->group);
    s->value = ones ? NULL : cci_alloc(a, s->start[m], sizeof *s->value);
    if (s->group == NULL || (!ones && s->value == NULL))
        return cci_no_memory(error);
    fill(run, s, *next);
    return COCREATE_OK;
}

cocreate_status cci_support_open(const cci_run *run, cci_support *out, cocreate_error *error)
{
    size_t *next = NULL;
    memset(out, 0, sizeof *out);
    out->allocator = run->allocator;
    out->candidates = run->roster->count;
    out->ballots = run->electorate->ballots;
    cocreate_status status = build(run, out, &next, error);
    cci_free(&run->allocator, next);
    if (status != COCREATE_OK)
        cci_support_close(out);
    return status;
}

cocreate_status cci_votes(const cci_run *run, int64_t *votes, cocreate_error *error)
{
    const cci_electorate *e = run->electorate;
    memset(votes, 0, e->candidates * sizeof *votes);
    for (size_t b = 0; b < e->ballots; b++)
        for (size_t i = e->start[b], stop = i, end = e->start[b + 1]; i < end; i++) {
            int64_t term, *total = &votes[e->options[i]];
            if (!cci_mul_i64(cci_given(e, i, &stop, end), e->weights[b], &term) ||
                !cci_add_i64(*total, term, total))
                return cci_fail_at(error, COCREATE_ERR_OVERFLOW,
                                   run->roster->candidates[e->options[i]].index,
                                   "the votes of %s do not fit 64 bits",
                                   cci_name(run, e->options[i]));
        }
    return COCREATE_OK;
}

void cci_support_close(cci_support *s)
{
    if (s->allocator.release == NULL)
        return;
    cci_free(&s->allocator, s->start);
    cci_free(&s->allocator, s->group);
    cci_free(&s->allocator, s->value);
    cci_free(&s->allocator, s->weight);
    cci_free(&s->allocator, s->total);
    memset(s, 0, sizeof *s);
}
