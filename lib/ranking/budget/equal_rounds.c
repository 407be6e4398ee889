/* A run of the method of equal shares. */
#include <string.h>

#include "base/checked.h"
#include "ranking/budget/equal_shares.h"

cocreate_status cci_equal_shares_open(cci_equal_shares *k, cci_run *run,
                                      cci_satisfaction satisfaction, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    const cci_electorate *e = run->electorate;
    size_t m = run->roster->count;
    memset(k, 0, sizeof *k);
    cci_buffer_init(&k->unbought, a);
    k->run = run;
    k->satisfaction = satisfaction;
    k->voters = e->info.weight;
    CCI_TRY(cci_market_open(&k->market, run, error));
    CCI_TRY(cci_support_open(run, &k->support, error));
    CCI_TRY(cci_purses_open(&k->purses, run, &k->support, k->market.cost, satisfaction, error));
    CCI_TRY(cci_loads_open(&k->loads, run, &k->support, k->market.cost, &k->purses, error));
    k->too_dear = cci_alloc(a, m, sizeof *k->too_dear);
    k->without = cci_alloc(a, m, sizeof *k->without);
    if (k->too_dear == NULL || k->without == NULL)
        return cci_no_memory(error);
    for (size_t c = 0; c < m; c++)
        k->too_dear[c] = k->market.cost[c] > k->market.budget;
    return COCREATE_OK;
}

void cci_equal_shares_close(cci_equal_shares *k)
{
    const cocreate_allocator *a = &k->run->allocator;
    cci_buffer_free(&k->unbought);
    cci_loads_close(&k->loads);
    cci_purses_close(&k->purses);
    cci_support_close(&k->support);
    cci_market_close(&k->market);
    cci_free(a, k->too_dear);
    cci_free(a, k->without);
}

cocreate_status cci_equal_shares_money(const cci_equal_shares *k, int64_t increments, int64_t *out,
                                       cocreate_error *error)
{
    int64_t step = k->increment, more;
    int fits = !k->run->budgeted || (cci_mul_i64(step, k->market.unit, &step) &&
                                     cci_mul_i64(step, k->voters, &step));
    if (fits && cci_mul_i64(step, increments, &more) && cci_add_i64(k->market.budget, more, out))
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_OVERFLOW,
                    "%lld increments of %lld for each of %lld voters do not fit 64 bits",
                    (long long)increments, (long long)k->increment, (long long)k->voters);
}

/* Free projects with supporters. Limits may leave a choice among them, which the tie chain makes. */
static cocreate_status take_free(cci_equal_shares *k, cocreate_error *error)
{
    for (;;) {
        size_t n = 0;
        uint32_t pick;
        for (uint32_t c = 0; c < k->run->roster->count; c++)
            if (!k->market.taken[c] && k->market.cost[c] == 0 && k->support.weight[c] > 0 &&
                cci_market_allows(&k->market, c))
                k->market.tied[n++] = c;
        if (n == 0)
            break;
        pick = k->market.tied[0];
        if (k->market.limits.count > 0)
            CCI_TRY(cci_market_pick(&k->market, n, &pick, error));
        cci_market_take(&k->market, pick);
    }
    k->market.free = k->market.count;
    return COCREATE_OK;
}

/* What is bought, what a limit forbids, and in the second phase what is too dear, is out for good. */
static void bar(cci_equal_shares *k)
{
    for (uint32_t c = 0; c < k->run->roster->count; c++) {
        k->without[c] = k->market.taken[c] || !cci_market_allows(&k->market, c) ||
                        (k->second && k->too_dear[c]);
        k->purses.race.racers[c].out |= k->without[c];
        k->loads.race.racers[c].out |= k->without[c];
    }
}

cocreate_status cci_equal_shares_reset(cci_equal_shares *k, int64_t increments,
                                       cocreate_error *error)
{
    int64_t money;
    cci_market_reset(&k->market);
    k->second = k->stopped = 0;
    CCI_TRY(take_free(k, error));
    if (k->voters == 0)
        return COCREATE_OK;
    CCI_TRY(cci_equal_shares_money(k, increments, &money, error));
    bar(k);
    return cci_purses_reset(&k->purses, money, k->voters, k->without, error);
}

static int filled(const cci_equal_shares *k)
{
    return !k->run->budgeted && k->market.left == 0;
}

cocreate_status cci_equal_shares_next(cci_equal_shares *k, size_t *n, cocreate_error *error)
{
    *n = 0;
    if (k->voters == 0 || filled(k))
        return COCREATE_OK;
    return cci_purses_cheapest(&k->purses, k->market.tied, n, error);
}

/* -- Second phase ----------------------------------------------------------------------------- */

static cocreate_status begin_second(cci_equal_shares *k, cocreate_error *error)
{
    if (k->second)
        return COCREATE_OK;
    k->second = 1;
    bar(k);
    return k->voters > 0 ? cci_loads_reset(&k->loads, k->without, error) : COCREATE_OK;
}

/* The lowest load; an endless one where nobody is left who has supporters. */
static cocreate_status by_load(cci_equal_shares *k, size_t *n, cocreate_error *error)
{
    if (k->voters > 0)
        CCI_TRY(cci_loads_lowest(&k->loads, k->market.tied, n, error));
    if (*n == 0)
        *n = cci_market_unsupported(&k->market, k->support.weight, k->without);
    k->stopped = cci_market_blocked(&k->market, n);
    return COCREATE_OK;
}

/* The most votes of those who are not in the committee. */
static void by_votes(cci_equal_shares *k, size_t *n)
{
    int64_t most = -1;
    for (uint32_t c = 0; c < k->run->roster->count; c++) {
        if (k->market.taken[c] || k->support.total[c] < most)
            continue;
        if (k->support.total[c] > most)
            *n = 0;
        most = k->support.total[c];
        k->market.tied[(*n)++] = c;
    }
}

cocreate_status cci_equal_shares_complete(cci_equal_shares *k, size_t *n, cocreate_error *error)
{
    CCI_TRY(begin_second(k, error));
    *n = 0;
    if (filled(k))
        return COCREATE_OK;
    if (k->completion == CCI_COMPLETION_PHRAGMEN)
        return by_load(k, n, error);
    if (!k->run->budgeted && k->completion != CCI_COMPLETION_NONE)
        by_votes(k, n);
    return COCREATE_OK;
}

cocreate_status cci_equal_shares_take(cci_equal_shares *k, uint32_t candidate,
                                      cocreate_error *error)
{
    if (!k->second)
        CCI_TRY(cci_purses_buy(&k->purses, candidate, error));
    else if (k->completion == CCI_COMPLETION_PHRAGMEN && k->support.weight[candidate] > 0)
        CCI_TRY(cci_loads_elect(&k->loads, candidate, error));
    cci_market_take(&k->market, candidate);
    if (k->market.limits.count > 0)
        bar(k);
    return COCREATE_OK;
}
