/* Maximin support: next is the option with which the highest load can be kept lowest, when loads
 * are shared anew each time. */
#include "ranking/budget/all_orders.h"
#include "ranking/budget/burden.h"
#include "ranking/write.h"

struct count {
    cci_run *run;
    cci_market market;
    cci_support support;
    cci_burden burden;
    cci_level *low;  /* by candidate: its burden with what is bought, or with a part of it */
    uint8_t *known;  /* it is up to date */
    uint32_t *set;
    cci_level level; /* of what is bought */
    size_t rounds;
};

/* -- Rounds ----------------------------------------------------------------------------------- */

static cocreate_status reset(void *context, cocreate_error *error)
{
    struct count *k = context;
    (void)error;
    cci_market_reset(&k->market);
    k->level = (cci_level){0, 1};
    for (size_t c = 0; c < k->run->roster->count; c++) {
        k->low[c] = k->level;
        k->known[c] = 0;
    }
    return COCREATE_OK;
}

/* Burdens only grow with the set: a candidate whose old one is above the best need not be asked. */
static size_t lowest(struct count *k)
{
    size_t n = 0;
    for (uint32_t c = 0; c < k->run->roster->count; c++) {
        if (k->market.taken[c] || !cci_market_fits(&k->market, c))
            continue;
        int order = n > 0 ? cci_level_compare(k->low[c], k->low[k->market.tied[0]]) : -1;
        if (order < 0)
            n = 0;
        if (order <= 0)
            k->market.tied[n++] = c;
    }
    return n;
}

static cocreate_status ask(struct count *k, uint32_t candidate, cocreate_error *error)
{
    size_t n = k->market.count;
    for (size_t i = 0; i < n; i++)
        k->set[i] = k->market.bought[i];
    k->set[n] = candidate;
    k->known[candidate] = 1;
    cci_level least = cci_level_compare(k->low[candidate], k->level) > 0 ? k->low[candidate]
                                                                        : k->level;
    return cci_burden_of(&k->burden, k->set, n + 1, least, &k->low[candidate], error);
}

/* In a budget what does not fit any more is passed over; in a committee everything fits. */
static cocreate_status next(void *context, size_t *n, cocreate_error *error)
{
    struct count *k = context;
    for (;;) {
        *n = lowest(k);
        int sure = 1;
        for (size_t i = 0; i < *n; i++) {
            uint32_t candidate = k->market.tied[i];
            if (k->known[candidate])
                continue;
            CCI_TRY(ask(k, candidate, error));
            CCI_TRY(cci_run_progress(k->run, k->market.count, k->run->roster->count, error));
            sure = 0;
        }
        if (sure)
            return COCREATE_OK;
    }
}

static cocreate_status take(void *context, uint32_t candidate, cocreate_error *error)
{
    struct count *k = context;
    (void)error;
    cci_market_take(&k->market, candidate);
    k->level = k->low[candidate];
    for (size_t c = 0; c < k->run->roster->count; c++)
        k->known[c] = 0;
    return COCREATE_OK;
}

/* What is elected tells everything: loads are shared anew. */
static cocreate_status number(void *context, uint32_t candidate, cci_buffer *out,
                              cocreate_error *error)
{
    (void)context, (void)candidate, (void)out, (void)error;
    return COCREATE_OK;
}

/* -- Trace ------------------------------------------------------------------------------------ */

/* The burden in money, or in seats. */
static cocreate_status write_level(struct count *k, cci_rational_writer *how, cci_buffer *out,
                                   cocreate_error *error)
{
    cci_rational r = {0}, unit = {0};
    cocreate_status status = cci_rational_init(&r, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(&r, k->level.cost, k->level.weight, error);
    if (status == COCREATE_OK)
        status = cci_rational_init(&unit, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(&unit, k->market.unit, 1, error);
    if (status == COCREATE_OK)
        status = cci_rational_div(&r, &unit, &r, error);
    if (status == COCREATE_OK)
        status = how(&r, out, error);
    cci_rational_clear(&r);
    cci_rational_clear(&unit);
    return status;
}

static cocreate_status write_round(struct count *k, uint32_t candidate, cocreate_error *error)
{
    cci_run *run = k->run;
    cci_buffer *out = &run->trace, *notes = &run->notes;
    cci_buffer_text(out, k->rounds++ > 0 ? ",{" : "{");
    cci_buffer_text(notes, cci_name(run, candidate));
    if (k->level.weight > 0) {
        cci_buffer_text(out, "\"burden\":\"");
        CCI_TRY(write_level(k, cci_rational_text, out, error));
        cci_buffer_text(out, "\",");
        cci_buffer_text(notes, " is next: with it no voter needs to carry more than ");
        CCI_TRY(write_level(k, cci_rational_say, notes, error));
        cci_buffer_byte(notes, '.');
    } else if (k->support.weight[candidate] > 0)
        cci_buffer_text(notes, " is next: something that nobody supports was bought before.");
    else
        cci_buffer_text(notes, " is next: nothing with supporters is left.");
    cci_market_write_cost(&k->market, out, candidate);
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
    cci_buffer *out = &run->trace;
    cci_market_write_budget(&k->market);
    cci_buffer_text(out, run->budgeted ? ",\"rounds\":[" : "\"rounds\":[");
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
    }
    cci_buffer_byte(out, ']');
    cci_market_write_unspent(&k->market);
    return cci_market_place(&k->market, error);
}

static cocreate_status work(struct count *k, cocreate_error *error)
{
    cci_run *run = k->run;
    const cocreate_allocator *a = &run->allocator;
    size_t m = run->roster->count;
    CCI_TRY(cci_market_open(&k->market, run, error));
    CCI_TRY(cci_support_open(run, &k->support, error));
    CCI_TRY(cci_burden_open(&k->burden, run, &k->support, k->market.cost, error));
    k->low = cci_alloc(a, m, sizeof *k->low);
    k->known = cci_alloc(a, m, sizeof *k->known);
    k->set = cci_alloc(a, m, sizeof *k->set);
    if (k->low == NULL || k->known == NULL || k->set == NULL)
        return cci_no_memory(error);
    for (size_t c = 0; c < m; c++)
        cci_value_set(a, &run->standings[c].score, k->support.weight[c], 1);
    if (!run->chain.parallel)
        return in_one_order(k, error);
    if (run->budgeted)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "$.ties: \"parallel\" lists committees; give seats, or a chain of ties");
    cci_sequence sequence = {k, &k->market, reset, next, take, number};
    return cci_all_orders(&sequence, error);
}

static cocreate_status run_maximin_support(cci_run *run, cocreate_error *error)
{
    struct count k = {.run = run};
    cocreate_status status = work(&k, error);
    cci_burden_close(&k.burden);
    cci_support_close(&k.support);
    cci_market_close(&k.market);
    cci_free(&run->allocator, k.low);
    cci_free(&run->allocator, k.known);
    cci_free(&run->allocator, k.set);
    return status;
}

const cci_method cci_method_maximin_support = {
    .name = "maximin_support",
    .title = "Maximin support: next is who keeps the highest load lowest, loads shared anew",
    .evidence = CCI_TAKES(COCREATE_BALLOT_APPROVAL),
    .exact = 1,
    .parallel = 1,
    .elects = CCI_ELECTS_COMMITTEE | CCI_ELECTS_BUDGET,
    .chain = "id",
    .complexity = "O(options * elected) maximum flows at worst, on the approvals of the elected",
    .source = "Sanchez-Fernandez, Fernandez, Fisteus & Brill, The Maximin Support Method (2022); "
              "Aziz, Lee & Talmon, Proportionally Representative Participatory Budgeting (2018), "
              "for budgets",
    .run = run_maximin_support,
};
