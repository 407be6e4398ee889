/* Sums of steps, kept while candidates join and leave. */
#include "ranking/committee/tally.h"

#include <string.h>

cocreate_status cci_tally_init(cci_tally *t, const cci_approvals *voters, const cci_worth *worth,
                               const uint64_t *steps, cocreate_error *error)
{
    const cocreate_allocator *a = &voters->allocator;
    *t = (cci_tally){voters, *a, worth->limbs, steps, NULL, NULL, NULL};
    t->level = cci_alloc(a, voters->ballots, sizeof *t->level);
    t->sums = cci_alloc(a, voters->candidates * t->limbs, sizeof *t->sums);
    t->change = cci_alloc(a, 2 * t->limbs, sizeof *t->change);
    if (t->level != NULL && t->sums != NULL && t->change != NULL)
        return COCREATE_OK;
    cci_tally_free(t);
    return cci_no_memory(error);
}

void cci_tally_free(cci_tally *t)
{
    if (t->allocator.release == NULL)
        return;
    cci_free(&t->allocator, t->level);
    cci_free(&t->allocator, t->sums);
    cci_free(&t->allocator, t->change);
    memset(t, 0, sizeof *t);
}

/* The sums of the levels as they are. */
static void sum_up(cci_tally *t)
{
    const cci_approvals *v = t->voters;
    memset(t->sums, 0, v->candidates * t->limbs * sizeof *t->sums);
    for (size_t b = 0; b < v->ballots; b++) {
        const uint64_t *step = t->steps + t->level[b] * t->limbs;
        cci_wide_scale(t->change, step, (uint64_t)v->weights[b], t->limbs);
        for (size_t i = v->start[b]; i < v->start[b + 1]; i++)
            cci_wide_add(cci_tally_sum(t, v->options[i]), t->change, t->limbs);
    }
}

void cci_tally_empty(cci_tally *t)
{
    for (size_t b = 0; b < t->voters->ballots; b++)
        t->level[b] = 1;
    sum_up(t);
}

void cci_tally_everyone(cci_tally *t)
{
    for (size_t b = 0; b < t->voters->ballots; b++)
        t->level[b] = (uint32_t)cci_approved(t->voters, b);
    sum_up(t);
}

/* The step of a ballot was `from` and is `to`. */
static void move(cci_tally *t, uint32_t ballot, const uint64_t *from, const uint64_t *to)
{
    const cci_approvals *v = t->voters;
    size_t n = t->limbs, i = v->start[ballot], end = v->start[ballot + 1];
    uint64_t weight = (uint64_t)v->weights[ballot];
    if (n == 1) { /* modulo 2^64 a negative change is added as well */
        uint64_t change = (to[0] - from[0]) * weight;
        for (; i < end; i++)
            t->sums[v->options[i]] += change;
        return;
    }
    int rises = cci_wide_compare(to, from, n) > 0;
    uint64_t *difference = t->change + n;
    memcpy(difference, rises ? to : from, n * sizeof *difference);
    cci_wide_sub(difference, rises ? from : to, n);
    cci_wide_scale(t->change, difference, weight, n);
    for (; i < end; i++)
        if (rises)
            cci_wide_add(cci_tally_sum(t, v->options[i]), t->change, n);
        else
            cci_wide_sub(cci_tally_sum(t, v->options[i]), t->change, n);
}

void cci_tally_up(cci_tally *t, uint32_t candidate)
{
    const cci_approvals *v = t->voters;
    for (size_t i = v->first[candidate]; i < v->first[candidate + 1]; i++) {
        uint32_t ballot = v->supporters[i];
        const uint64_t *from = t->steps + t->level[ballot]++ * t->limbs;
        move(t, ballot, from, from + t->limbs);
    }
}

void cci_tally_down(cci_tally *t, uint32_t candidate)
{
    const cci_approvals *v = t->voters;
    for (size_t i = v->first[candidate]; i < v->first[candidate + 1]; i++) {
        uint32_t ballot = v->supporters[i];
        const uint64_t *from = t->steps + t->level[ballot]-- * t->limbs;
        move(t, ballot, from, from - t->limbs);
    }
}
