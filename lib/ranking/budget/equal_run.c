/* The method of equal shares from the beginning to the end, with its completions. */
#include "ranking/budget/equal_shares.h"

#include "base/checked.h"
#include "ranking/budget/all_orders.h"
#include "ranking/budget/offers.h"

enum { COMPLETION, INCREMENT, LIMITS, SATISFACTION }; /* the last as in CCI_EQUAL_SHARES_OPTIONS */

/* -- Adding money ----------------------------------------------------------------------------- */

/* One run without a word. */
static cocreate_status try(cci_equal_shares *k, int64_t increments, cocreate_error *error)
{
    k->market.quiet = 1;
    CCI_TRY(cci_equal_shares_reset(k, increments, error));
    for (size_t n = 0;;) {
        uint32_t pick;
        CCI_TRY(cci_equal_shares_next(k, &n, error));
        if (n == 0)
            break;
        CCI_TRY(cci_market_pick(&k->market, n, &pick, error));
        CCI_TRY(cci_equal_shares_take(k, pick, error));
    }
    k->market.quiet = 0;
    return COCREATE_OK;
}

/* Does nothing fit any more that somebody supports? */
static int exhausted(const cci_equal_shares *k)
{
    for (uint32_t c = 0; c < k->run->roster->count; c++)
        if (!k->market.taken[c] && k->support.weight[c] > 0 && cci_market_fits(&k->market, c))
            return 0;
    return 1;
}

/* A number of increments before which no run can buy more than the last one did, when that bought
 * everything its supporters could pay together: the first at which they can pay anything else. */
static cocreate_status next_step(const cci_equal_shares *k, int64_t last, int64_t *out,
                                 cocreate_error *error)
{
    int64_t money, step, least = INT64_MAX;
    *out = last + 1;
    CCI_TRY(cci_equal_shares_money(k, last, &money, error));
    CCI_TRY(cci_equal_shares_money(k, last + 1, &step, error));
    step -= money;
    for (size_t c = 0; c < k->run->roster->count; c++) {
        if (k->market.taken[c] || k->support.weight[c] == 0)
            continue;
        uint64_t needed, rest;
        if (!cci_muldiv_u64((uint64_t)k->market.cost[c], (uint64_t)k->voters,
                            (uint64_t)k->support.weight[c], &needed, &rest) ||
            needed >= INT64_MAX)
            continue; /* more money than there can be */
        needed += rest > 0;
        if (needed <= (uint64_t)money)
            return COCREATE_OK;
        int64_t steps = ((int64_t)needed - money - 1) / step + 1;
        least = steps < least ? steps : least;
    }
    if (least < INT64_MAX - last)
        *out = last + least;
    return COCREATE_OK;
}

/* The number of increments after which the run is the one that counts: the first that leaves
 * nothing that fits, or the last before more is bought than there is. */
static cocreate_status add_money(cci_equal_shares *k, int64_t *increments, cocreate_error *error)
{
    *increments = 0;
    if (k->voters == 0)
        return COCREATE_OK;
    for (int64_t now = 0, next;; now = next) {
        CCI_TRY(try(k, now, error));
        if (k->market.left < 0)
            return COCREATE_OK; /* the run before */
        *increments = now;
        if (exhausted(k))
            return COCREATE_OK;
        CCI_TRY(next_step(k, now, &next, error));
        *increments = next - 1;
        CCI_TRY(cci_run_progress(k->run, (uint64_t)now, 0, error));
    }
}

/* For a committee: the first that fills all seats, if there are so many with supporters. */
static cocreate_status add_seats(cci_equal_shares *k, int64_t *increments, cocreate_error *error)
{
    size_t supported = 0;
    *increments = 0;
    for (size_t c = 0; c < k->run->roster->count; c++)
        supported += k->support.weight[c] > 0;
    if (supported < (uint64_t)k->market.budget)
        return COCREATE_OK;
    for (int64_t now = 0, next;; now = next) {
        CCI_TRY(try(k, now, error));
        *increments = now;
        if (k->market.left == 0)
            return COCREATE_OK;
        CCI_TRY(next_step(k, now, &next, error));
        CCI_TRY(cci_run_progress(k->run, (uint64_t)now, 0, error));
    }
}

/* -- Running ---------------------------------------------------------------------------------- */

/* Buy whoever is next until there is nobody, in this phase. */
static cocreate_status phase(cci_equal_shares *k,
                             cocreate_status (*next)(cci_equal_shares *, size_t *,
                                                     cocreate_error *),
                             cocreate_error *error)
{
    for (size_t n;;) {
        uint32_t pick;
        CCI_TRY(next(k, &n, error));
        if (n == 0)
            return COCREATE_OK;
        CCI_TRY(cci_market_pick(&k->market, n, &pick, error));
        CCI_TRY(cci_equal_shares_take(k, pick, error));
        CCI_TRY(cci_equal_shares_write_round(k, pick, error));
        CCI_TRY(cci_run_progress(k->run, k->market.count, k->run->roster->count, error));
    }
}

static cocreate_status spend_greedily(cci_equal_shares *k, cocreate_error *error)
{
    cci_offers offers = {0};
    cocreate_status status = cci_offers_open(&offers, &k->market, k->support.total,
                                             k->support.weight, k->satisfaction, error);
    cci_buffer_text(&k->run->trace, ",\"then_greedy\":[");
    if (status == COCREATE_OK)
        status = cci_offers_run(&offers, error);
    cci_buffer_byte(&k->run->trace, ']');
    cci_offers_close(&offers);
    return status;
}

static cocreate_status in_one_order(cci_equal_shares *k, cocreate_error *error)
{
    cci_run *run = k->run;
    int more = k->completion == CCI_COMPLETION_ADD1 || k->completion == CCI_COMPLETION_ADD1U;
    int64_t increments = 0;
    if (more && run->budgeted)
        CCI_TRY(add_money(k, &increments, error));
    else if (more)
        CCI_TRY(add_seats(k, &increments, error));
    CCI_TRY(cci_equal_shares_reset(k, increments, error));
    CCI_TRY(cci_equal_shares_write_head(k, increments, error));
    size_t free = k->market.count;
    for (size_t i = 0; i < free; i++)
        CCI_TRY(cci_equal_shares_write_round(k, k->market.bought[i], error));
    CCI_TRY(phase(k, cci_equal_shares_next, error));
    CCI_TRY(cci_equal_shares_write_unbought(k, error));
    CCI_TRY(phase(k, cci_equal_shares_complete, error));
    cci_buffer_byte(&run->trace, ']');
    if (run->budgeted &&
        (k->completion == CCI_COMPLETION_GREEDY || k->completion == CCI_COMPLETION_ADD1U))
        CCI_TRY(spend_greedily(k, error));
    CCI_TRY(cci_equal_shares_write_end(k, error));
    return cci_market_place(&k->market, error);
}

/* -- All orders ------------------------------------------------------------------------------- */

static cocreate_status reset(void *context, cocreate_error *error)
{
    return cci_equal_shares_reset(context, 0, error);
}

static cocreate_status next(void *context, size_t *n, cocreate_error *error)
{
    cci_equal_shares *k = context;
    *n = 0;
    if (!k->second)
        CCI_TRY(cci_equal_shares_next(k, n, error));
    if (*n == 0)
        CCI_TRY(cci_equal_shares_complete(k, n, error));
    return COCREATE_OK;
}

static cocreate_status take(void *context, uint32_t candidate, cocreate_error *error)
{
    return cci_equal_shares_take(context, candidate, error);
}

static cocreate_status number(void *context, uint32_t candidate, cci_buffer *out,
                              cocreate_error *error)
{
    cci_equal_shares *k = context;
    cci_pool *pool = &k->purses.pool;
    if (k->support.weight[candidate] == 0 ||
        (k->second && k->completion != CCI_COMPLETION_PHRAGMEN)) {
        cci_buffer_byte(out, '-');
        return COCREATE_OK;
    }
    if (k->purses.whole) /* who paid is not told by the price: other orders are other states */
        cci_buffer_format(out, "%zu.", k->market.count);
    cci_buffer_byte(out, k->second ? 'l' : 'p');
    return cci_pool_text(pool, &pool->num[pool->count - 1], 1, out, error);
}

static cocreate_status in_all_orders(cci_equal_shares *k, cocreate_error *error)
{
    if (k->run->budgeted)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "$.ties: \"parallel\" lists committees; give seats, or a chain of ties");
    if (k->completion != CCI_COMPLETION_PHRAGMEN && k->completion != CCI_COMPLETION_GREEDY)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "$.completion: with \"ties\": \"parallel\" every committee must be filled, "
                        "by %s", k->purses.whole ? "greedy" : "phragmen or greedy");
    cci_sequence sequence = {k, &k->market, reset, next, take, number};
    return cci_all_orders(&sequence, error);
}

cocreate_status cci_equal_shares_run(cci_run *run, int whole, cocreate_error *error)
{
    cci_equal_shares k;
    int64_t completion = run->options[COMPLETION].integer;
    cocreate_status status = cci_equal_shares_open(
        &k, run, (cci_satisfaction)run->options[SATISFACTION].integer, error);
    if (status == COCREATE_OK)
        status = cci_market_limit(&k.market, run->options[LIMITS].json, error);
    k.purses.whole = whole;
    k.increment = run->options[INCREMENT].integer;
    k.completion = completion >= 0 ? (cci_completion)completion
                   : run->budgeted ? CCI_COMPLETION_NONE
                                   : CCI_COMPLETION_PHRAGMEN;
    for (size_t c = 0; status == COCREATE_OK && c < run->roster->count; c++)
        cci_value_set(&run->allocator, &run->standings[c].score, k.support.total[c], 1);
    if (status == COCREATE_OK)
        status = run->chain.parallel ? in_all_orders(&k, error) : in_one_order(&k, error);
    cci_equal_shares_close(&k);
    return status;
}
