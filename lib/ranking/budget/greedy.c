/* Greedy budgeting: buy in order of satisfaction per cost, and skip what no longer fits. */
#include "ranking/budget/cover.h"
#include "ranking/budget/offers.h"
#include "ranking/write.h"

enum { LIMITS, SATISFACTION };

static const cci_option_spec options[] = {
    CCI_LIMITS_OPTION,
    {"satisfaction", CCI_OPTION_CHOICE, cci_satisfactions, 0, 0, 0,
     "what a supporter gets from a bought project: its cost (so the order is by votes), 1 (by votes "
     "per cost), its cost shared by its supporters, the square root of its cost, or 1 for the best "
     "of all that are bought"},
};

struct count {
    cci_run *run;
    cci_market market;
    cci_support support;
    cci_offers offers;
    int64_t *votes;
};

static cocreate_status tally(struct count *k, cocreate_error *error)
{
    CCI_TRY(cci_votes(k->run, k->votes, error));
    for (uint32_t c = 0; c < k->run->roster->count; c++)
        if (k->votes[c] < 0)
            return cci_fail_at(error, COCREATE_ERR_ARGUMENT, k->run->roster->candidates[c].index,
                               "greedy takes no negative scores: those of %s sum to %lld",
                               cci_name(k->run, c), (long long)k->votes[c]);
    return COCREATE_OK;
}

/* What was bought in order of purchase, then the rest in order of offer. */
static void place(struct count *k)
{
    cci_run *run = k->run;
    const cci_offers *o = &k->offers;
    size_t before[2] = {k->market.count, 0}; /* stand before the next skipped, the next bought */
    for (size_t i = 0; i < o->count;) {
        size_t n[2] = {0, 0}, first = i, end = o->ends[i];
        for (; i < end; i++)
            n[run->selected[o->order[i]]]++;
        for (i = first; i < end; i++) {
            int kind = run->selected[o->order[i]];
            run->standings[o->order[i]].from = before[kind] + 1;
            run->standings[o->order[i]].to = before[kind] + n[kind];
        }
        before[0] += n[0];
        before[1] += n[1];
    }
}

static cocreate_status work(struct count *k, cocreate_error *error)
{
    cci_run *run = k->run;
    size_t m = run->roster->count;
    cci_satisfaction satisfaction = (cci_satisfaction)run->options[SATISFACTION].integer;
    k->votes = cci_alloc(&run->allocator, m, sizeof *k->votes);
    if (k->votes == NULL)
        return cci_no_memory(error);
    CCI_TRY(tally(k, error));
    for (size_t c = 0; c < m; c++)
        cci_value_set(&run->allocator, &run->standings[c].score, k->votes[c], 1);
    CCI_TRY(cci_market_open(&k->market, run, error));
    CCI_TRY(cci_market_limit(&k->market, run->options[LIMITS].json, error));
    CCI_TRY(cci_support_open(run, &k->support, error));
    cci_market_write_budget(&k->market);
    cci_buffer_text(&run->trace, ",\"offers\":[");
    if (satisfaction == CCI_SATISFACTION_CC)
        CCI_TRY(cci_cover(&k->market, &k->support, error));
    else {
        CCI_TRY(cci_offers_open(&k->offers, &k->market, k->votes, k->support.weight, satisfaction,
                                error));
        CCI_TRY(cci_offers_run(&k->offers, error));
    }
    cci_buffer_byte(&run->trace, ']');
    cci_market_write_unspent(&k->market);
    CCI_TRY(cci_market_place(&k->market, error));
    if (satisfaction != CCI_SATISFACTION_CC)
        place(k);
    return COCREATE_OK;
}

static cocreate_status run_greedy(cci_run *run, cocreate_error *error)
{
    struct count k = {.run = run};
    cocreate_status status = work(&k, error);
    cci_offers_close(&k.offers);
    cci_support_close(&k.support);
    cci_market_close(&k.market);
    cci_free(&run->allocator, k.votes);
    return status;
}

const cci_method cci_method_greedy = {
    .name = "greedy",
    .title = "Greedy budget: buy by satisfaction per cost, skip what does not fit",
    .evidence = CCI_TAKES(COCREATE_BALLOT_APPROVAL) | CCI_TAKES(COCREATE_BALLOT_RANKING) |
                CCI_TAKES(COCREATE_BALLOT_SCORE) | CCI_TAKES(COCREATE_BALLOT_POINTS),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .elects = CCI_ELECTS_BUDGET,
    .chain = "id",
    .complexity = "O(approvals + options log options)",
    .source = "Rey, Schmidt & Maly, The (Computational) Social Choice Take on Indivisible "
              "Participatory Budgeting (2023), greedy utilitarian welfare",
    .run = run_greedy,
};
