/* The most value that a budget buys within limits. */
#include <string.h>

#include "base/checked.h"
#include "ranking/budget/knapsack.h"

/* Branches that are followed at most. */
#define BRANCHES_MAX 50000000

struct search {
    const cci_run *run;
    cci_limits *limits;
    cci_knapsack_sums sums;
    uint8_t *with, *best; /* by item */
    uint8_t *now_ranks, *best_ranks;
    int64_t cost, value;
    cci_knapsack_best found;
    int64_t branches;
};

static void put(struct search *s, size_t item, int back)
{
    const cci_knapsack_item *it = &s->sums.items[item];
    cci_limits_take(s->limits, it->candidate, it->cost, back);
    s->with[item] = !back;
    s->now_ranks[it->rank] = !back;
    s->cost += back ? -it->cost : it->cost;
    s->value += back ? -it->value : it->value;
}

/* A whole selection: better, or as good and first by rank. */
static void look(struct search *s)
{
    size_t n = s->sums.n;
    if (s->found.count > 0 && s->value < s->found.value)
        return;
    int better = s->found.count == 0 || s->value > s->found.value;
    s->found.count = better ? 1 : s->found.count + (s->found.count < INT64_MAX);
    if (!better && memcmp(s->now_ranks, s->best_ranks, n) <= 0)
        return;
    s->found.value = s->value;
    s->found.cost = s->cost;
    memcpy(s->best, s->with, n);
    memcpy(s->best_ranks, s->now_ranks, n);
}

/* Depth first, with an item before without it. */
static cocreate_status branch(struct search *s, cocreate_error *error)
{
    size_t n = s->sums.n, i = 0;
    for (;;) {
        int64_t whole;
        int dead = i < n && s->found.count > 0 &&
                   s->value + cci_knapsack_can_add(&s->sums, i, s->cost, &whole) < s->found.value;
        if (i < n && !dead) {
            const cci_knapsack_item *it = &s->sums.items[i];
            if (it->cost <= s->sums.budget - s->cost &&
                cci_limits_allow(s->limits, it->candidate, it->cost))
                put(s, i, 0);
            i++;
            continue;
        }
        if (!dead)
            look(s);
        while (i > 0 && !s->with[i - 1])
            i--;
        if (i == 0)
            return COCREATE_OK;
        put(s, i - 1, 1);
        if (++s->branches > BRANCHES_MAX)
            return cci_fail(error, COCREATE_ERR_LIMIT,
                            "the best selection within the limits was not proved after %d branches",
                            BRANCHES_MAX);
        if (s->branches % 4096 == 0)
            CCI_TRY(cci_run_progress(s->run, (uint64_t)s->branches, BRANCHES_MAX, error));
    }
}

cocreate_status cci_knapsack_limited(const cci_run *run, cci_limits *limits,
                                     cci_knapsack_item *items, size_t n, int64_t budget,
                                     uint8_t *taken, cci_knapsack_best *out, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    struct search s = {.run = run, .limits = limits};
    CCI_TRY(cci_knapsack_sums_open(&s.sums, a, items, n, budget, error));
    s.with = cci_alloc(a, n, 1);
    s.best = cci_alloc(a, n, 1);
    s.now_ranks = cci_alloc(a, n, 1);
    s.best_ranks = cci_alloc(a, n, 1);
    cocreate_status status =
        s.with != NULL && s.best != NULL && s.now_ranks != NULL && s.best_ranks != NULL
            ? branch(&s, error)
            : cci_no_memory(error);
    if (status == COCREATE_OK) {
        memcpy(taken, s.best, n);
        *out = s.found;
    }
    cci_knapsack_sums_close(&s.sums);
    cci_free(a, s.with);
    cci_free(a, s.best);
    cci_free(a, s.now_ranks);
    cci_free(a, s.best_ranks);
    return status;
}
