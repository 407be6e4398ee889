/* Expanding approvals: rank by rank voters approve more, and those who approve an option pay its part of
 * all votes. */
#include <string.h>

#include "ranking/budget/market.h"
#include "ranking/write.h"

enum { LIMITS, UNRANKED };
enum { BOTTOM, IGNORED };

static const char *const unranked[] = {"bottom", "ignored", NULL};

static const cci_option_spec options[] = {
    CCI_LIMITS_OPTION,
    {"unranked", CCI_OPTION_CHOICE, unranked, 0, 0, 0,
     "options a ballot leaves out: approved behind all it ranks, or never, which leaves a budget unspent"},
};

#define NONE UINT32_MAX

/* Voters who paid for the same have the same left, and share a wallet. */
struct expansion {
    cci_run *run;
    cci_market market;
    size_t rank;          /* a ballot approves what it puts so high */
    int64_t voters;
    uint32_t *wallet_of;  /* of each ballot */
    uint32_t *ordered;    /* ballots by wallet */
    cci_rational *left;   /* of each wallet: what is left of a vote */
    uint32_t *moved;      /* of each wallet: that of those who pay now, or NONE */
    size_t *first;        /* of each wallet: its ballots in ordered, and one past them */
    size_t wallets, left_room, moved_room, first_room;
    int64_t *count;       /* of each option: who approves it, with one wallet */
    cci_rational *support, *price; /* of each option: what those who approve it have, what it takes */
    size_t ready;         /* options whose two numbers are initialised */
    cci_rational term, ratio;
    size_t rounds;
};

/* -- Who approves what ------------------------------------------------------------------------ */

/* The entries that a ballot approves end before this; *all where it approves every option. The rank of
 * an option is one more than the number of those above it. */
static size_t approved_end(const struct expansion *x, size_t ballot, int *all)
{
    const cci_electorate *e = x->run->electorate;
    size_t first = e->start[ballot], end = e->start[ballot + 1], i = first;
    while (i < end && i - first < x->rank)
        i = cci_rank_end(e, i, end);
    *all = i == end && end - first < x->rank && x->run->options[UNRANKED].integer == BOTTOM;
    return i;
}

static int approves(const struct expansion *x, size_t ballot, uint32_t option)
{
    const cci_electorate *e = x->run->electorate;
    int all = 0;
    size_t end = approved_end(x, ballot, &all);
    for (size_t i = e->start[ballot]; i < end && !all; i++)
        all = e->options[i] == option;
    return all;
}

static cocreate_status add_wallet(struct expansion *x, cocreate_error *error)
{
    const cocreate_allocator *a = &x->run->allocator;
    if (!cci_grow(a, (void **)&x->left, &x->left_room, x->wallets + 1, sizeof *x->left) ||
        !cci_grow(a, (void **)&x->moved, &x->moved_room, x->wallets + 1, sizeof *x->moved) ||
        !cci_grow(a, (void **)&x->first, &x->first_room, x->wallets + 2, sizeof *x->first))
        return cci_no_memory(error);
    CCI_TRY(cci_rational_init(&x->left[x->wallets], error));
    x->wallets++;
    return COCREATE_OK;
}

static void sort_ballots(struct expansion *x)
{
    const cci_electorate *e = x->run->electorate;
    memset(x->first, 0, (x->wallets + 1) * sizeof *x->first);
    for (size_t b = 0; b < e->ballots; b++)
        x->first[x->wallet_of[b] + 1]++;
    for (size_t w = 0; w < x->wallets; w++)
        x->first[w + 1] += x->first[w];
    for (size_t b = e->ballots; b-- > 0;) /* each wallet is filled from its end, */
        x->ordered[--x->first[x->wallet_of[b] + 1]] = (uint32_t)b;
    memmove(x->first, x->first + 1, x->wallets * sizeof *x->first); /* which is where it begins then */
    x->first[x->wallets] = e->ballots;
}

static cocreate_status add_support(struct expansion *x, size_t wallet, cocreate_error *error)
{
    const cci_electorate *e = x->run->electorate;
    int64_t everybody = 0;
    memset(x->count, 0, e->candidates * sizeof *x->count);
    for (size_t k = x->first[wallet]; k < x->first[wallet + 1]; k++) {
        size_t b = x->ordered[k];
        int all = 0;
        size_t end = approved_end(x, b, &all);
        everybody += all ? e->weights[b] : 0;
        for (size_t i = e->start[b]; i < end && !all; i++)
            x->count[e->options[i]] += e->weights[b];
    }
    for (size_t o = 0; o < e->candidates; o++) {
        int64_t count = x->count[o] + everybody;
        if (x->market.taken[o] || count == 0)
            continue;
        CCI_TRY(cci_rational_set_i64(&x->term, count, 1, error));
        CCI_TRY(cci_rational_mul(&x->term, &x->left[wallet], &x->term, error));
        CCI_TRY(cci_rational_add(&x->support[o], &x->term, &x->support[o], error));
    }
    return COCREATE_OK;
}

static cocreate_status find_support(struct expansion *x, cocreate_error *error)
{
    for (size_t o = 0; o < x->run->roster->count; o++)
        CCI_TRY(cci_rational_set_i64(&x->support[o], 0, 1, error));
    sort_ballots(x);
    for (size_t w = 0; w < x->wallets; w++)
        if (x->first[w] < x->first[w + 1] && cci_rational_sign(&x->left[w]) > 0)
            CCI_TRY(add_support(x, w, error));
    return COCREATE_OK;
}

/* -- Purchases -------------------------------------------------------------------------------- */

/* < 0 where a has more support for its cost than b; what is free comes first. */
static cocreate_status compare(struct expansion *x, uint32_t a, uint32_t b, int *out,
                               cocreate_error *error)
{
    int64_t cost_a = x->market.cost[a], cost_b = x->market.cost[b];
    *out = (cost_a > 0) - (cost_b > 0);
    if (cost_a == 0 || cost_b == 0)
        return COCREATE_OK;
    CCI_TRY(cci_rational_set_i64(&x->term, cost_b, cost_a, error));
    CCI_TRY(cci_rational_mul(&x->term, &x->support[a], &x->term, error));
    CCI_TRY(cci_rational_compare(&x->support[b], &x->term, out, error));
    return COCREATE_OK;
}

/* Who can pay and is best supported, into market.tied. */
static cocreate_status find_next(struct expansion *x, size_t *n, cocreate_error *error)
{
    *n = 0;
    for (uint32_t o = 0; o < x->run->roster->count; o++) {
        int order = -1, enough = 0;
        if (x->market.taken[o] || !cci_market_fits(&x->market, o))
            continue;
        CCI_TRY(cci_rational_compare(&x->support[o], &x->price[o], &enough, error));
        if (enough < 0)
            continue;
        if (*n > 0)
            CCI_TRY(compare(x, o, x->market.tied[0], &order, error));
        if (order < 0)
            *n = 0;
        if (order <= 0)
            x->market.tied[(*n)++] = o;
    }
    return COCREATE_OK;
}

/* Each of those who approve it pays the same part of what is left to him. */
static cocreate_status pay(struct expansion *x, uint32_t option, cocreate_error *error)
{
    const cci_electorate *e = x->run->electorate;
    if (cci_rational_sign(&x->price[option]) == 0)
        return COCREATE_OK;
    CCI_TRY(cci_rational_div(&x->price[option], &x->support[option], &x->ratio, error));
    CCI_TRY(cci_rational_set_i64(&x->term, 1, 1, error));
    CCI_TRY(cci_rational_sub(&x->term, &x->ratio, &x->ratio, error));
    for (size_t w = 0; w < x->wallets; w++)
        x->moved[w] = NONE;
    for (size_t b = 0; b < e->ballots; b++) {
        uint32_t from = x->wallet_of[b];
        if (!approves(x, b, option))
            continue;
        if (x->moved[from] == NONE) {
            uint32_t to = (uint32_t)x->wallets;
            CCI_TRY(add_wallet(x, error));
            CCI_TRY(cci_rational_mul(&x->left[from], &x->ratio, &x->left[to], error));
            x->moved[from] = to;
            x->moved[to] = NONE;
        }
        x->wallet_of[b] = x->moved[from];
    }
    return COCREATE_OK;
}

static cocreate_status tell(struct expansion *x, uint32_t option, cocreate_error *error)
{
    cci_buffer *out = &x->run->trace, *notes = &x->run->notes;
    cci_buffer_text(out, x->rounds++ > 0 ? ",{" : "{");
    cci_market_write_cost(&x->market, out, option);
    cci_buffer_text(out, "\"option\":");
    cci_write_id(x->run, out, option);
    cci_buffer_text(out, ",\"price\":\"");
    CCI_TRY(cci_rational_text(&x->price[option], out, error));
    cci_buffer_format(out, "\",\"rank\":%zu,\"support\":\"", x->rank);
    CCI_TRY(cci_rational_text(&x->support[option], out, error));
    cci_buffer_text(out, "\"}");
    cci_buffer_text(notes, cci_name(x->run, option));
    cci_buffer_format(notes, " is next, by those who put it on rank %zu or higher: they have ", x->rank);
    CCI_TRY(cci_rational_say(&x->support[option], notes, error));
    cci_buffer_text(notes, " votes left, and it takes ");
    CCI_TRY(cci_rational_say(&x->price[option], notes, error));
    cci_buffer_byte(notes, '.');
    cci_market_note_cost(&x->market, notes, option);
    cci_buffer_byte(notes, '\n');
    return COCREATE_OK;
}

/* All that this rank can buy. */
static cocreate_status spend(struct expansion *x, cocreate_error *error)
{
    for (;;) {
        size_t n;
        uint32_t pick;
        CCI_TRY(cci_run_progress(x->run, x->market.count, x->run->roster->count, error));
        CCI_TRY(find_support(x, error));
        CCI_TRY(find_next(x, &n, error));
        if (n == 0)
            return COCREATE_OK;
        CCI_TRY(cci_market_pick(&x->market, n, &pick, error));
        CCI_TRY(pay(x, pick, error));
        cci_market_take(&x->market, pick);
        CCI_TRY(tell(x, pick, error));
    }
}

/* -- The whole -------------------------------------------------------------------------------- */

static cocreate_status open(struct expansion *x, cocreate_error *error)
{
    cci_run *run = x->run;
    const cci_electorate *e = run->electorate;
    const cocreate_allocator *a = &run->allocator;
    size_t m = run->roster->count;
    if (!run->budgeted && run->options[UNRANKED].integer == IGNORED)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "$.unranked: with \"ignored\" seats may stay empty; it is for budgets");
    CCI_TRY(cci_market_open(&x->market, run, error));
    CCI_TRY(cci_market_limit(&x->market, run->options[LIMITS].json, error));
    CCI_TRY(cci_rational_init(&x->term, error));
    CCI_TRY(cci_rational_init(&x->ratio, error));
    x->wallet_of = cci_alloc(a, e->ballots, sizeof *x->wallet_of);
    x->ordered = cci_alloc(a, e->ballots, sizeof *x->ordered);
    x->count = cci_alloc(a, m, sizeof *x->count);
    x->support = cci_alloc(a, m, sizeof *x->support);
    x->price = cci_alloc(a, m, sizeof *x->price);
    if (x->wallet_of == NULL || x->ordered == NULL || x->count == NULL || x->support == NULL ||
        x->price == NULL)
        return cci_no_memory(error);
    CCI_TRY(add_wallet(x, error));
    CCI_TRY(cci_rational_set_i64(&x->left[0], 1, 1, error));
    for (size_t b = 0; b < e->ballots; b++) {
        x->voters += e->weights[b]; /* part of the weight of all ballots */
        for (size_t i = e->start[b]; i < e->start[b + 1]; i++)
            x->count[e->options[i]] += e->weights[b];
    }
    for (; x->ready < m; x->ready++) {
        CCI_TRY(cci_rational_init(&x->support[x->ready], error));
        cocreate_status status = cci_rational_init(&x->price[x->ready], error);
        if (status != COCREATE_OK)
            cci_rational_clear(&x->support[x->ready]);
        CCI_TRY(status);
    }
    for (size_t o = 0; o < m; o++) {
        cci_value_set(a, &run->standings[o].score, x->count[o], 1);
        if (x->market.budget == 0)
            continue; /* what costs anything does not fit */
        CCI_TRY(cci_rational_set_i64(&x->term, x->voters, 1, error));
        CCI_TRY(cci_rational_set_i64(&x->price[o], x->market.cost[o], x->market.budget, error));
        CCI_TRY(cci_rational_mul(&x->price[o], &x->term, &x->price[o], error));
    }
    return COCREATE_OK;
}

static cocreate_status work(struct expansion *x, cocreate_error *error)
{
    cci_run *run = x->run;
    cci_buffer *out = &run->trace;
    CCI_TRY(open(x, error));
    cci_buffer_format(out, "\"blank\":\"%lld\",", (long long)run->electorate->blank);
    if (run->budgeted) {
        cci_buffer_text(out, "\"budget\":\"");
        cci_market_write(&x->market, out, x->market.budget);
        cci_buffer_text(out, "\",");
    }
    cci_buffer_text(out, "\"rounds\":[");
    for (x->rank = 1; x->rank <= run->roster->count; x->rank++)
        CCI_TRY(spend(x, error));
    cci_buffer_byte(out, ']');
    if (run->budgeted) {
        cci_buffer_text(out, ",\"unspent\":\"");
        cci_market_write(&x->market, out, x->market.left);
        cci_buffer_byte(out, '"');
    }
    return cci_market_place(&x->market, error);
}

static cocreate_status run_expanding_approvals(cci_run *run, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    struct expansion x = {.run = run};
    cocreate_status status = work(&x, error);
    for (size_t w = 0; w < x.wallets; w++)
        cci_rational_clear(&x.left[w]);
    for (size_t o = 0; o < x.ready; o++) {
        cci_rational_clear(&x.support[o]);
        cci_rational_clear(&x.price[o]);
    }
    cci_rational_clear(&x.term);
    cci_rational_clear(&x.ratio);
    cci_free(a, x.wallet_of);
    cci_free(a, x.ordered);
    cci_free(a, x.left);
    cci_free(a, x.moved);
    cci_free(a, x.first);
    cci_free(a, x.count);
    cci_free(a, x.support);
    cci_free(a, x.price);
    cci_market_close(&x.market);
    return status;
}

const cci_method cci_method_expanding_approvals = {
    .name = "expanding_approvals",
    .title = "Expanding approvals: rank by rank, those who approve an option pay its part of all votes",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING) | CCI_TAKES(COCREATE_BALLOT_APPROVAL),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .elects = CCI_ELECTS_COMMITTEE | CCI_ELECTS_BUDGET,
    .chain = "id",
    .complexity = "O((options + elected) * ranked options), and as often exact sums over those who have as "
                  "much left",
    .source = "Aziz & Lee, The expanding approvals rule: improving proportional representation and "
              "monotonicity, Social Choice and Welfare 54 (2020); Proportionally representative "
              "participatory budgeting with ordinal preferences, AAAI 35 (2021), PB-EAR, for budgets",
    .run = run_expanding_approvals,
};
