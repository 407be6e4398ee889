/* Maximum welfare: the selection within the budget that gives voters most together. */
#include "base/checked.h"
#include "ranking/budget/knapsack.h"
#include "ranking/budget/market.h"
#include "ranking/budget/support.h"
#include "ranking/committees.h"
#include "ranking/ties.h"
#include "ranking/write.h"

enum { LIMITS, SATISFACTION };

static const char *const satisfactions[] = {"cost", "cardinality", NULL};

static const cci_option_spec options[] = {
    CCI_LIMITS_OPTION,
    {"satisfaction", CCI_OPTION_CHOICE, satisfactions, 0, 0, 0,
     "what a supporter gets from a bought project: its cost, or 1"},
};

struct count {
    cci_run *run;
    cci_market market;
    int64_t *votes, *worth;
    cci_knapsack_item *items;
    size_t n;
    uint8_t *taken; /* of the items */
    cci_knapsack_best best;
    int told; /* the chain tells all items apart */
};

static cocreate_status value(struct count *k, cocreate_error *error)
{
    int64_t sum = 0;
    for (uint32_t c = 0; c < k->run->roster->count; c++) {
        int by_cost = k->run->options[SATISFACTION].integer == CCI_SATISFACTION_COST;
        int fits = k->votes[c] <= 0 ||
                   (cci_mul_i64(k->votes[c], by_cost ? k->market.cost[c] : 1, &k->worth[c]) &&
                    cci_add_i64(sum, k->worth[c], &sum));
        if (!fits)
            return cci_fail_at(error, COCREATE_ERR_OVERFLOW, k->run->roster->candidates[c].index,
                               "the welfare from %s and others does not fit 64 bits",
                               cci_name(k->run, c));
    }
    return COCREATE_OK;
}

/* What is worth something and fits: in order of the tie chain, which ranks them. What is free is
 * bought at once. */
static cocreate_status list(struct count *k, cocreate_error *error)
{
    cci_run *run = k->run;
    uint32_t *tied = k->market.tied;
    size_t n = 0;
    for (uint32_t c = 0; c < run->roster->count; c++) {
        if (k->votes[c] > 0 && k->market.cost[c] == 0 && k->market.limits.count == 0)
            cci_market_take(&k->market, c);
        else if (k->worth[c] > 0 && cci_market_fits(&k->market, c))
            tied[n++] = c;
    }
    CCI_TRY(cci_ties_break(run, tied, n, k->market.ends, 1, error));
    k->told = 1;
    for (size_t i = 0; i < n; i++) {
        k->told &= k->market.ends[i] == i + 1;
        k->items[i] = (cci_knapsack_item){k->worth[tied[i]], k->market.cost[tied[i]], tied[i],
                                          (uint32_t)i};
    }
    k->n = n;
    return COCREATE_OK;
}

static void write_worth(const struct count *k, cci_buffer *out, int64_t worth)
{
    if (k->run->options[SATISFACTION].integer == CCI_SATISFACTION_COST)
        cci_market_write(&k->market, out, worth);
    else
        cci_buffer_i64(out, worth);
}

static cocreate_status write_result(struct count *k, cocreate_error *error)
{
    cci_run *run = k->run;
    cci_buffer *out = &run->trace, *notes = &run->notes;
    cci_market_write_budget(&k->market);
    cci_buffer_text(out, ",\"optimum_count\":");
    if (k->best.count < INT64_MAX)
        cci_buffer_format(out, "\"%lld\"", (long long)k->best.count);
    else
        cci_buffer_text(out, "null");
    cci_market_write_unspent(&k->market);
    cci_buffer_text(out, ",\"welfare\":\"");
    write_worth(k, out, k->best.value);
    cci_buffer_byte(out, '"');
    cci_buffer_text(notes, "No other selection within the budget gives more satisfaction than ");
    write_worth(k, notes, k->best.value);
    cci_buffer_text(notes, "; ");
    cci_market_write(&k->market, notes, k->market.left);
    cci_buffer_text(notes, " is left.\n");
    for (uint32_t c = 0; c < run->roster->count; c++)
        if (k->market.taken[c] && k->worth[c] > 0) {
            cci_buffer_text(notes, cci_name(run, c));
            cci_buffer_text(notes, " gives ");
            write_worth(k, notes, k->worth[c]);
            cci_buffer_text(notes, " and costs ");
            cci_market_write(&k->market, notes, k->market.cost[c]);
            cci_buffer_text(notes, ".\n");
        }
    if (k->best.count == 1)
        return COCREATE_OK;
    if (!k->told)
        return cci_fail(error, COCREATE_ERR_TIE,
                        "%lld selections give the same welfare, and no tie step tells which is "
                        "bought: add id or lot to ties",
                        (long long)k->best.count);
    if (k->best.count < INT64_MAX)
        cci_buffer_format(notes, "%lld selections give as much", (long long)k->best.count);
    else
        cci_buffer_text(notes, "Very many selections give as much");
    cci_buffer_text(notes, "; bought is the one that the order of ties puts first.\n");
    return COCREATE_OK;
}

/* With satisfaction by cost, what is free adds nothing to the welfare; it is bought nevertheless, as
 * far as limits let it. */
static cocreate_status take_free(struct count *k, cocreate_error *error)
{
    for (;;) {
        size_t n = 0;
        uint32_t pick;
        for (uint32_t c = 0; c < k->run->roster->count; c++)
            if (!k->market.taken[c] && k->market.cost[c] == 0 && k->votes[c] > 0 &&
                cci_market_fits(&k->market, c))
                k->market.tied[n++] = c;
        if (n == 0)
            return COCREATE_OK;
        CCI_TRY(cci_market_pick(&k->market, n, &pick, error));
        cci_market_take(&k->market, pick);
    }
}

static cocreate_status work(struct count *k, cocreate_error *error)
{
    cci_run *run = k->run;
    const cocreate_allocator *a = &run->allocator;
    size_t m = run->roster->count;
    k->votes = cci_alloc(a, m, sizeof *k->votes);
    k->worth = cci_alloc(a, m, sizeof *k->worth);
    k->items = cci_alloc(a, m, sizeof *k->items);
    k->taken = cci_alloc(a, m, sizeof *k->taken);
    run->selected = cci_alloc(a, m, sizeof *run->selected);
    if (k->votes == NULL || k->worth == NULL || k->items == NULL || k->taken == NULL ||
        run->selected == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_market_open(&k->market, run, error));
    CCI_TRY(cci_market_limit(&k->market, run->options[LIMITS].json, error));
    CCI_TRY(cci_votes(run, k->votes, error));
    for (size_t c = 0; c < m; c++)
        cci_value_set(a, &run->standings[c].score, k->votes[c], 1);
    CCI_TRY(value(k, error));
    CCI_TRY(list(k, error));
    for (size_t c = 0; c < m; c++) /* free ones are in every best selection */
        k->best.value += k->market.taken[c] ? k->worth[c] : 0;
    int64_t free_value = k->best.value;
    CCI_TRY(k->market.limits.count > 0
                ? cci_knapsack_limited(run, &k->market.limits, k->items, k->n, k->market.left,
                                       k->taken, &k->best, error)
                : cci_knapsack(run, k->items, k->n, k->market.left, k->taken, &k->best, error));
    k->best.value += free_value;
    for (size_t i = 0; i < k->n; i++)
        if (k->taken[i])
            cci_market_take(&k->market, k->items[i].candidate);
    CCI_TRY(take_free(k, error));
    for (size_t c = 0; c < m; c++)
        run->selected[c] = k->market.taken[c];
    cci_place_selected(run);
    return write_result(k, error);
}

static cocreate_status run_max_welfare(cci_run *run, cocreate_error *error)
{
    struct count k = {.run = run};
    cocreate_status status = work(&k, error);
    cci_market_close(&k.market);
    cci_free(&run->allocator, k.votes);
    cci_free(&run->allocator, k.worth);
    cci_free(&run->allocator, k.items);
    cci_free(&run->allocator, k.taken);
    return status;
}

const cci_method cci_method_max_welfare = {
    .name = "max_welfare",
    .title = "Maximum welfare: what the budget buys that gives voters most together",
    .evidence = CCI_TAKES(COCREATE_BALLOT_APPROVAL) | CCI_TAKES(COCREATE_BALLOT_RANKING) |
                CCI_TAKES(COCREATE_BALLOT_SCORE) | CCI_TAKES(COCREATE_BALLOT_POINTS),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .elects = CCI_ELECTS_BUDGET,
    .chain = "id",
    .complexity = "O(options * selections that can still become the best), refused past 1,048,576 "
                  "of them; with limits branch and bound, up to 50,000,000 branches; NP-hard",
    .source = "Rey, Schmidt & Maly, The (Computational) Social Choice Take on Indivisible "
              "Participatory Budgeting (2023); Nemhauser & Ullmann, Discrete Dynamic Programming "
              "and Capital Allocation (1969)",
    .run = run_max_welfare,
};
