/* Projects by satisfaction per cost. */
#include "ranking/budget/offers.h"

#include <string.h>

#include "base/checked.h"
#include "base/rational.h"
#include "ranking/order.h"
#include "ranking/ties.h"
#include "ranking/write.h"

cocreate_status cci_offers_open(cci_offers *o, cci_market *market, const int64_t *votes,
                                const int64_t *weight, cci_satisfaction satisfaction,
                                cocreate_error *error)
{
    const cocreate_allocator *a = &market->run->allocator;
    size_t m = market->run->roster->count;
    memset(o, 0, sizeof *o);
    mp_err result = mp_init_multi(&o->left, &o->right, NULL);
    if (result != MP_OKAY) {
        memset(o, 0, sizeof *o);
        return cci_big_status(result, error);
    }
    o->market = market;
    o->votes = votes;
    o->weight = weight;
    o->satisfaction = satisfaction;
    o->order = cci_alloc(a, m, sizeof *o->order);
    o->ends = cci_alloc(a, m, sizeof *o->ends);
    if (o->order != NULL && o->ends != NULL)
        return COCREATE_OK;
    cci_offers_close(o);
    return cci_no_memory(error);
}

void cci_offers_close(cci_offers *o)
{
    if (o->market == NULL)
        return;
    const cocreate_allocator *a = &o->market->run->allocator;
    mp_clear_multi(&o->left, &o->right, NULL);
    cci_free(a, o->order);
    cci_free(a, o->ends);
    memset(o, 0, sizeof *o);
}

/* -- Order ------------------------------------------------------------------------------------ */

/* votes^2 * other_cost */
static mp_err squared(int64_t votes, int64_t other_cost, mp_int *out)
{
    mp_set_i64(out, votes);
    mp_err result = mp_sqr(out, out);
    mp_int cost;
    if (result == MP_OKAY)
        result = mp_init_i64(&cost, other_cost);
    if (result != MP_OKAY)
        return result;
    result = mp_mul(out, &cost, out);
    mp_clear(&cost);
    return result;
}

/* Satisfaction per cost; what is free and has votes comes first, by votes; what has none last. */
static cocreate_status compare_ratios(cci_offers *o, uint32_t a, uint32_t b, int *out,
                                      cocreate_error *error)
{
    uint64_t votes_a = (uint64_t)o->votes[a], votes_b = (uint64_t)o->votes[b];
    uint64_t cost_a = (uint64_t)o->market->cost[a], cost_b = (uint64_t)o->market->cost[b];
    int free_a = cost_a == 0 && votes_a > 0, free_b = cost_b == 0 && votes_b > 0;
    if (free_a != free_b)
        *out = free_a - free_b;
    else if (o->satisfaction == CCI_SATISFACTION_COST || free_a)
        *out = (votes_a > votes_b) - (votes_a < votes_b);
    else if (votes_a == 0 || votes_b == 0) /* 0 per cost, also where the cost is 0 */
        *out = (votes_a > 0) - (votes_b > 0);
    else if (o->satisfaction == CCI_SATISFACTION_EFFORT)
        *out = cci_compare_products(votes_a, (uint64_t)o->weight[b], votes_b,
                                    (uint64_t)o->weight[a]);
    else if (o->satisfaction == CCI_SATISFACTION_SQRT_COST) {
        CCI_TRY(cci_big_status(squared(o->votes[a], o->market->cost[b], &o->left), error));
        CCI_TRY(cci_big_status(squared(o->votes[b], o->market->cost[a], &o->right), error));
        *out = (int)mp_cmp(&o->left, &o->right);
    } else
        *out = cci_compare_products(votes_a, cost_b, votes_b, cost_a);
    return COCREATE_OK;
}

static cocreate_status by_ratio(void *context, uint32_t a, uint32_t b, int *out,
                                cocreate_error *error)
{
    return compare_ratios(context, b, a, out, error);
}

/* All projects in the order they are offered. */
static cocreate_status sort(cci_offers *o, cocreate_error *error)
{
    cci_run *run = o->market->run;
    o->count = 0;
    for (uint32_t c = 0; c < run->roster->count; c++)
        if (!o->market->taken[c])
            o->order[o->count++] = c;
    CCI_TRY(cci_sort(&run->allocator, o->order, o->count, by_ratio, o, error));
    for (size_t i = 0; i < o->count;) {
        size_t end = i + 1;
        for (int equal = 0; end < o->count && equal == 0; end += equal == 0)
            CCI_TRY(compare_ratios(o, o->order[i], o->order[end], &equal, error));
        CCI_TRY(cci_ties_break(run, o->order + i, end - i, o->ends + i, 0, error));
        for (size_t base = i; i < end; i++)
            o->ends[i] += base;
    }
    return COCREATE_OK;
}

/* -- Buying ----------------------------------------------------------------------------------- */

/* A tie that no step broke is harmless where all of it that fits alone fits together. */
static cocreate_status check_tie(const cci_offers *o, size_t first, cocreate_error *error)
{
    int64_t rest = o->market->left;
    size_t n = 0; /* that fit; with limits any two of them may exclude each other */
    for (size_t i = first; i < o->ends[first]; i++) {
        int64_t cost = o->market->cost[o->order[i]];
        if (!cci_market_fits(o->market, o->order[i]))
            continue;
        if (cost > rest || (o->market->limits.count > 0 && n > 0))
            return cci_fail(error, COCREATE_ERR_TIE,
                            "the budget buys only some of %zu tied projects, such as %s, and no "
                            "tie step tells which: add id or lot to ties",
                            o->ends[first] - first, cci_name(o->market->run, o->order[i]));
        rest -= cost;
        n++;
    }
    return COCREATE_OK;
}

static const char *word_for_votes(const cci_run *run, long long votes)
{
    int32_t kind = run->electorate->info.kind;
    if (kind == COCREATE_BALLOT_APPROVAL)
        return cci_votes_word(votes);
    return votes == 1 ? "point" : "points";
}

static void write_offer(const cci_offers *o, uint32_t project, int bought)
{
    cci_run *run = o->market->run;
    cci_buffer *out = &run->trace, *notes = &run->notes;
    long long votes = (long long)o->votes[project];
    cci_buffer_text(out, bought ? "{\"bought\":true," : "{\"bought\":false,");
    cci_market_write_cost(o->market, out, project);
    cci_buffer_text(out, "\"option\":");
    cci_write_id(run, out, project);
    cci_buffer_format(out, ",\"votes\":\"%lld\"}", votes);
    cci_buffer_text(notes, cci_name(run, project));
    cci_buffer_format(notes, " (%lld %s)", votes, word_for_votes(run, votes));
    if (!run->budgeted) {
        cci_buffer_text(notes, bought ? " is elected.\n" : " is not elected.\n");
        return;
    }
    cci_buffer_text(notes, " costs ");
    cci_market_write(o->market, notes, o->market->cost[project]);
    cci_buffer_text(notes, bought ? ": bought, " : ": skipped, ");
    cci_market_write(o->market, notes, o->market->left);
    cci_buffer_text(notes, " left.\n");
}

cocreate_status cci_offers_run(cci_offers *o, cocreate_error *error)
{
    CCI_TRY(sort(o, error));
    for (size_t i = 0; i < o->count; i++) {
        uint32_t project = o->order[i];
        if (i == 0 || o->ends[i - 1] != o->ends[i])
            CCI_TRY(check_tie(o, i, error));
        int fits = cci_market_fits(o->market, project);
        if (fits)
            cci_market_take(o->market, project);
        if (i > 0)
            cci_buffer_byte(&o->market->run->trace, ',');
        write_offer(o, project, fits);
    }
    return COCREATE_OK;
}
