/* Greedy budgeting: buy in order of satisfaction per cost, and skip what no longer fits. */
#include "base/checked.h"
#include "ranking/order.h"
#include "ranking/ties.h"
#include "ranking/write.h"

enum { SATISFACTION };
enum { COST, CARDINALITY };

static const char *const satisfactions[] = {"cost", "cardinality", NULL};

static const cci_option_spec options[] = {
    {"satisfaction", CCI_OPTION_CHOICE, satisfactions, 0, 0, 0,
     "what a supporter gets from a bought project: its cost (order by votes) or 1 (order by votes "
     "per cost)"},
};

/* A ballot gives 1 to what it approves, the points or the score it says, and as a ranking to each
 * option the number of others it ranks below. */
static cocreate_status tally(cci_run *run, int64_t *votes, cocreate_error *error)
{
    const cci_electorate *e = run->electorate;
    int ranking = e->info.kind == COCREATE_BALLOT_RANKING;
    for (size_t b = 0; b < e->ballots; b++)
        for (size_t i = e->start[b], stop = i, end = e->start[b + 1]; i < end; i++) {
            int64_t term, *total = &votes[e->options[i]];
            if (ranking && i == stop)
                stop = cci_rank_end(e, i, end);
            int64_t given = ranking ? (int64_t)(end - stop) : e->values[i];
            if (!cci_mul_i64(given, e->weights[b], &term) || !cci_add_i64(*total, term, total))
                return cci_fail(error, COCREATE_ERR_OVERFLOW,
                                "the votes of a project do not fit 64 bits");
        }
    for (uint32_t o = 0; o < e->candidates; o++)
        if (votes[o] < 0)
            return cci_fail_at(error, COCREATE_ERR_ARGUMENT, run->roster->candidates[o].index,
                               "greedy takes no negative scores: those of %s sum to %lld",
                               cci_name(run, o), (long long)votes[o]);
    return COCREATE_OK;
}

struct market {
    const cci_run *run;
    int64_t *votes;
    uint32_t *order;
    size_t *ends;
};

/* Votes per cost; what is free and has votes comes first, by votes. */
static int compare_ratios(const struct market *k, uint32_t a, uint32_t b)
{
    uint64_t votes_a = (uint64_t)k->votes[a], votes_b = (uint64_t)k->votes[b];
    uint64_t cost_a = (uint64_t)k->run->roster->candidates[a].cost;
    uint64_t cost_b = (uint64_t)k->run->roster->candidates[b].cost;
    int free_a = cost_a == 0 && votes_a > 0, free_b = cost_b == 0 && votes_b > 0;
    if (free_a != free_b)
        return free_a - free_b;
    if (k->run->options[SATISFACTION].integer == COST || free_a)
        return (votes_a > votes_b) - (votes_a < votes_b);
    if (votes_a == 0 || votes_b == 0) /* 0 per cost, also where the cost is 0 */
        return (votes_a > 0) - (votes_b > 0);
    return cci_compare_products(votes_a, cost_b, votes_b, cost_a);
}

static cocreate_status by_ratio(void *context, uint32_t a, uint32_t b, int *out,
                                cocreate_error *error)
{
    const struct market *k = context;
    (void)error;
    *out = compare_ratios(k, b, a);
    return COCREATE_OK;
}

/* All projects in the order they are offered; ends[i] tells where a tie that stays ends. */
static cocreate_status sort_offers(cci_run *run, struct market *k, cocreate_error *error)
{
    size_t m = run->roster->count;
    for (size_t i = 0; i < m; i++)
        k->order[i] = (uint32_t)i;
    CCI_TRY(cci_sort(&run->allocator, k->order, m, by_ratio, k, error));
    for (size_t i = 0; i < m;) {
        size_t end = i + 1;
        while (end < m && compare_ratios(k, k->order[i], k->order[end]) == 0)
            end++;
        CCI_TRY(cci_ties_break(run, k->order + i, end - i, k->ends + i, 0, error));
        for (size_t base = i; i < end; i++)
            k->ends[i] += base;
    }
    return COCREATE_OK;
}

/* A tie that no step broke is harmless where all of it that fits alone fits together. */
static cocreate_status check_tie(const struct market *k, size_t first, int64_t left,
                                 cocreate_error *error)
{
    int64_t rest = left;
    for (size_t i = first; i < k->ends[first]; i++) {
        int64_t cost = k->run->roster->candidates[k->order[i]].cost;
        if (cost > left)
            continue;
        if (cost > rest)
            return cci_fail(error, COCREATE_ERR_TIE,
                            "the budget buys only some of %zu tied projects, such as %s, and no "
                            "tie step tells which: add id or lot to ties",
                            k->ends[first] - first, cci_name(k->run, k->order[i]));
        rest -= cost;
    }
    return COCREATE_OK;
}

static void write_offer(cci_run *run, const struct market *k, uint32_t project, int64_t left,
                        int bought)
{
    cci_buffer *out = &run->trace;
    int32_t exponent = run->electorate->info.cost_exponent;
    cci_buffer_text(out, bought ? "{\"bought\":true,\"cost\":\"" : "{\"bought\":false,\"cost\":\"");
    cci_write_decimal(out, run->roster->candidates[project].cost, exponent);
    cci_buffer_text(out, "\",\"left\":\"");
    cci_write_decimal(out, left, exponent);
    cci_buffer_text(out, "\",\"option\":");
    cci_write_id(run, out, project);
    cci_buffer_format(out, ",\"votes\":\"%lld\"}", (long long)k->votes[project]);
    cci_buffer_text(&run->notes, cci_name(run, project));
    cci_buffer_format(&run->notes, " (%lld votes) costs ", (long long)k->votes[project]);
    cci_write_decimal(&run->notes, run->roster->candidates[project].cost, exponent);
    cci_buffer_text(&run->notes, bought ? ": bought, " : ": skipped, ");
    cci_write_decimal(&run->notes, left, exponent);
    cci_buffer_text(&run->notes, " left.\n");
}

static cocreate_status buy(cci_run *run, const struct market *k, size_t *bought,
                           cocreate_error *error)
{
    int32_t exponent = run->electorate->info.cost_exponent;
    int64_t left = run->electorate->info.budget;
    cci_buffer_text(&run->trace, "\"budget\":\"");
    cci_write_decimal(&run->trace, left, exponent);
    cci_buffer_text(&run->trace, "\",\"offers\":[");
    for (size_t i = 0; i < run->roster->count; i++) {
        uint32_t project = k->order[i];
        int64_t cost = run->roster->candidates[project].cost;
        if (i == 0 || k->ends[i - 1] != k->ends[i])
            CCI_TRY(check_tie(k, i, left, error));
        if (i > 0)
            cci_buffer_byte(&run->trace, ',');
        int fits = cost <= left;
        run->selected[project] = (uint8_t)fits;
        *bought += (size_t)fits;
        left -= fits ? cost : 0;
        write_offer(run, k, project, left, fits);
    }
    cci_buffer_text(&run->trace, "],\"unspent\":\"");
    cci_write_decimal(&run->trace, left, exponent);
    cci_buffer_byte(&run->trace, '"');
    return COCREATE_OK;
}

/* What was bought in order of purchase, then the rest in order of offer. */
static void place(cci_run *run, const struct market *k, size_t bought)
{
    size_t before[2] = {bought, 0}; /* how many stand before the next skipped, the next bought */
    for (size_t i = 0; i < run->roster->count;) {
        size_t n[2] = {0, 0}, first = i, end = k->ends[i];
        for (; i < end; i++)
            n[run->selected[k->order[i]]]++;
        for (i = first; i < end; i++) {
            int kind = run->selected[k->order[i]];
            run->standings[k->order[i]].from = before[kind] + 1;
            run->standings[k->order[i]].to = before[kind] + n[kind];
        }
        before[0] += n[0];
        before[1] += n[1];
    }
}

static cocreate_status work(cci_run *run, struct market *k, cocreate_error *error)
{
    CCI_TRY(tally(run, k->votes, error));
    for (size_t i = 0; i < run->roster->count; i++)
        cci_value_set(&run->allocator, &run->standings[i].score, k->votes[i], 1);
    CCI_TRY(sort_offers(run, k, error));
    size_t bought = 0;
    CCI_TRY(buy(run, k, &bought, error));
    place(run, k, bought);
    return COCREATE_OK;
}

static cocreate_status run_greedy(cci_run *run, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    size_t m = run->roster->count;
    struct market k = {run, cci_alloc(a, m, sizeof *k.votes), cci_alloc(a, m, sizeof *k.order),
                       cci_alloc(a, m, sizeof *k.ends)};
    run->selected = cci_alloc(a, m, sizeof *run->selected);
    cocreate_status status =
        k.votes != NULL && k.order != NULL && k.ends != NULL && run->selected != NULL
            ? work(run, &k, error)
            : cci_no_memory(error);
    cci_free(a, k.votes);
    cci_free(a, k.order);
    cci_free(a, k.ends);
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
