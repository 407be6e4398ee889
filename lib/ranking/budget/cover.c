/* Greedy coverage. What a project adds only falls with every purchase, so what it added last is a
 * bound from above. */
#include "ranking/budget/cover.h"

#include "base/checked.h"
#include "ranking/write.h"

struct cover {
    cci_market *market;
    const cci_support *support;
    int64_t *best;  /* by ballot: the most that something bought gives */
    int64_t *added; /* by candidate: satisfaction it would add, or what it would have added before */
    uint8_t *known; /* it is up to date */
};

/* No overflow: no more than the total of the candidate. */
static void update(struct cover *k, uint32_t c)
{
    const cci_support *s = k->support;
    const int64_t *weights = k->market->run->electorate->weights;
    k->added[c] = 0;
    for (size_t i = s->start[c]; i < s->start[c + 1]; i++) {
        int64_t value = s->value != NULL ? s->value[i] : 1, best = k->best[s->group[i]];
        if (value > best)
            k->added[c] += (value - best) * weights[s->group[i]];
    }
    k->known[c] = 1;
}

/* -1, 0, 1 as a adds less, as much, more per cost than b; what is free adds most. */
static int compare(const struct cover *k, uint32_t a, uint32_t b)
{
    uint64_t cost_a = (uint64_t)k->market->cost[a], cost_b = (uint64_t)k->market->cost[b];
    if (cost_a == 0 || cost_b == 0)
        return (cost_a == 0) - (cost_b == 0);
    return cci_compare_products((uint64_t)k->added[a], cost_b, (uint64_t)k->added[b], cost_a);
}

/* Those that add most, with nobody above who is not up to date. */
static size_t best_ones(struct cover *k)
{
    cci_market *market = k->market;
    for (;;) {
        size_t n = 0;
        int sure = 1;
        for (uint32_t c = 0; c < market->run->roster->count; c++) {
            if (market->taken[c] || !cci_market_fits(market, c))
                continue;
            int order = n > 0 ? compare(k, c, market->tied[0]) : 1;
            if (order > 0)
                n = 0;
            if (order >= 0)
                market->tied[n++] = c;
        }
        for (size_t i = 0; i < n; i++)
            if (!k->known[market->tied[i]]) {
                update(k, market->tied[i]);
                sure = 0;
            }
        if (sure)
            return n;
    }
}

static void take(struct cover *k, uint32_t c)
{
    cci_market *market = k->market;
    cci_run *run = market->run;
    const cci_support *s = k->support;
    cci_buffer *out = &run->trace, *notes = &run->notes;
    cci_market_take(market, c);
    cci_buffer_format(out, "%s{\"added\":\"%lld\",\"bought\":true,", market->count > 1 ? "," : "",
                      (long long)k->added[c]);
    cci_market_write_cost(market, out, c);
    cci_buffer_text(out, "\"option\":");
    cci_write_id(run, out, c);
    cci_buffer_byte(out, '}');
    cci_buffer_text(notes, cci_name(run, c));
    cci_buffer_format(notes, " adds satisfaction of %lld.", (long long)k->added[c]);
    cci_market_note_cost(market, notes, c);
    cci_buffer_byte(notes, '\n');
    for (size_t i = s->start[c]; i < s->start[c + 1]; i++) {
        int64_t value = s->value != NULL ? s->value[i] : 1;
        if (value > k->best[s->group[i]])
            k->best[s->group[i]] = value;
    }
    for (size_t o = 0; o < run->roster->count; o++)
        k->known[o] = 0;
}

static cocreate_status work(struct cover *k, cocreate_error *error)
{
    cci_market *market = k->market;
    for (uint32_t c = 0; c < market->run->roster->count; c++)
        update(k, c);
    for (;;) {
        uint32_t pick;
        size_t n = best_ones(k);
        if (n == 0)
            return COCREATE_OK;
        CCI_TRY(cci_market_pick(market, n, &pick, error));
        take(k, pick);
        CCI_TRY(cci_run_progress(market->run, market->count, market->run->roster->count, error));
    }
}

cocreate_status cci_cover(cci_market *market, const cci_support *support, cocreate_error *error)
{
    const cocreate_allocator *a = &market->run->allocator;
    size_t m = market->run->roster->count;
    struct cover k = {market, support, cci_alloc(a, support->ballots, sizeof *k.best),
                      cci_alloc(a, m, sizeof *k.added), cci_alloc(a, m, sizeof *k.known)};
    cocreate_status status = k.best != NULL && k.added != NULL && k.known != NULL
                                 ? work(&k, error)
                                 : cci_no_memory(error);
    cci_free(a, k.best);
    cci_free(a, k.added);
    cci_free(a, k.known);
    return status;
}
