/* Sequential Phragmen: every option costs its supporters a load; the lowest load is next. */
#include "ranking/budget/all_orders.h"
#include "ranking/budget/loads.h"
#include "ranking/budget/market.h"
#include "ranking/write.h"

struct count {
    cci_run *run;
    cci_market market;
    cci_support support;
    cci_loads loads;
    uint8_t *too_dear; /* costs more than the whole budget: never runs */
    size_t rounds;
    int stopped;
};

/* -- Rounds ----------------------------------------------------------------------------------- */

static cocreate_status reset(void *context, cocreate_error *error)
{
    struct count *k = context;
    cci_market_reset(&k->market);
    return cci_loads_reset(&k->loads, k->too_dear, error);
}

/* The next ones into market.tied; none where the rule has come to its end. */
static cocreate_status next(void *context, size_t *n, cocreate_error *error)
{
    struct count *k = context;
    *n = 0;
    if (!k->run->budgeted && k->market.left == 0)
        return COCREATE_OK;
    CCI_TRY(cci_loads_lowest(&k->loads, k->market.tied, n, error));
    if (*n == 0)
        *n = cci_market_unsupported(&k->market, k->support.weight, k->too_dear);
    k->stopped = cci_market_blocked(&k->market, n);
    return COCREATE_OK;
}

static cocreate_status take(void *context, uint32_t candidate, cocreate_error *error)
{
    struct count *k = context;
    if (k->support.weight[candidate] > 0)
        CCI_TRY(cci_loads_elect(&k->loads, candidate, error));
    cci_market_take(&k->market, candidate);
    return COCREATE_OK;
}

static cocreate_status number(void *context, uint32_t candidate, cci_buffer *out,
                              cocreate_error *error)
{
    struct count *k = context;
    cci_pool *pool = k->loads.pool;
    if (k->support.weight[candidate] > 0)
        return cci_pool_text(pool, &pool->num[pool->count - 1], 1, out, error);
    cci_buffer_text(out, "-");
    return COCREATE_OK;
}

/* -- Trace ------------------------------------------------------------------------------------ */

static cocreate_status write_round(struct count *k, uint32_t candidate, cocreate_error *error)
{
    cci_run *run = k->run;
    cci_buffer *out = &run->trace, *notes = &run->notes;
    cci_pool *pool = k->loads.pool;
    const mp_int *load = &pool->num[pool->count - 1];
    cci_buffer_text(out, k->rounds++ > 0 ? ",{" : "{");
    cci_market_write_cost(&k->market, out, candidate);
    cci_buffer_text(notes, cci_name(run, candidate));
    if (k->support.weight[candidate] > 0) {
        cci_buffer_text(out, "\"load\":\"");
        CCI_TRY(cci_pool_text(pool, load, k->market.unit, out, error));
        cci_buffer_text(out, "\",");
        int64_t votes = k->support.weight[candidate];
        cci_buffer_format(notes, " is next: its supporters (%lld %s) carry ", (long long)votes,
                          cci_votes_word(votes));
        CCI_TRY(cci_pool_rounded(pool, load, k->market.unit, k->market.decimals, notes, error));
        cci_buffer_text(notes, " each.");
    } else
        cci_buffer_text(notes, " is next: nobody supports it, but nothing with supporters is left.");
    cci_market_note_cost(&k->market, notes, candidate);
    cci_buffer_byte(notes, '\n');
    cci_buffer_text(out, "\"option\":");
    cci_write_id(run, out, candidate);
    cci_buffer_byte(out, '}');
    return COCREATE_OK;
}

/* -- Running ---------------------------------------------------------------------------------- */

static cocreate_status in_one_order(struct count *k, cocreate_error *error)
{
    cci_run *run = k->run;
    cci_market_write_budget(&k->market);
    cci_buffer_text(&run->trace, run->budgeted ? ",\"rounds\":[" : "\"rounds\":[");
    CCI_TRY(reset(k, error));
    for (;;) {
        size_t n;
        uint32_t pick;
        CCI_TRY(next(k, &n, error));
        if (n == 0)
            break;
        CCI_TRY(cci_market_pick(&k->market, n, &pick, error));
        CCI_TRY(take(k, pick, error));
        CCI_TRY(write_round(k, pick, error));
        CCI_TRY(cci_run_progress(run, k->market.count, run->roster->count, error));
    }
    cci_buffer_byte(&run->trace, ']');
    if (k->stopped) /* at what would cost more than is left */
        cci_market_write_stop(&k->market);
    cci_market_write_unspent(&k->market);
    return cci_market_place(&k->market, error);
}

static cocreate_status work(struct count *k, cocreate_error *error)
{
    cci_run *run = k->run;
    size_t m = run->roster->count;
    CCI_TRY(cci_market_open(&k->market, run, error));
    CCI_TRY(cci_support_open(run, &k->support, error));
    CCI_TRY(cci_loads_open(&k->loads, run, &k->support, k->market.cost, NULL, error));
    k->too_dear = cci_alloc(&run->allocator, m, sizeof *k->too_dear);
    if (k->too_dear == NULL)
        return cci_no_memory(error);
    for (size_t c = 0; c < m; c++) {
        k->too_dear[c] = k->market.cost[c] > k->market.budget;
        cci_value_set(&run->allocator, &run->standings[c].score, k->support.weight[c], 1);
    }
    if (!run->chain.parallel)
        return in_one_order(k, error);
    if (run->budgeted)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "$.ties: \"parallel\" lists committees; give seats, or a chain of ties");
    cci_sequence sequence = {k, &k->market, reset, next, take, number};
    return cci_all_orders(&sequence, error);
}

static cocreate_status run_phragmen_seq(cci_run *run, cocreate_error *error)
{
    struct count k = {.run = run};
    cocreate_status status = work(&k, error);
    cci_loads_close(&k.loads);
    cci_support_close(&k.support);
    cci_market_close(&k.market);
    cci_free(&run->allocator, k.too_dear);
    return status;
}

const cci_method cci_method_phragmen_seq = {
    .name = "phragmen_seq",
    .title = "Sequential Phragmen: next is who burdens its supporters least",
    .evidence = CCI_TAKES(COCREATE_BALLOT_APPROVAL),
    .exact = 1,
    .parallel = 1,
    .elects = CCI_ELECTS_COMMITTEE | CCI_ELECTS_BUDGET,
    .chain = "id",
    .complexity = "O(approvals * elected) at worst; with lazy bounds mostly O(approvals * ballot "
                  "length)",
    .source = "Brill, Freeman, Janson & Lackner, Phragmen's Voting Methods and Justified "
              "Representation (2017); Los, Christoff & Grossi, Proportional Budget Allocations "
              "(2022), for budgets",
    .run = run_phragmen_seq,
};
