/* Instant runoff: round by round the option with the fewest first places leaves. */
#include <string.h>

#include "ranking/elimination/universes.h"
#include "ranking/ties.h"
#include "ranking/write.h"

enum { ELIMINATION };
enum { ONE, ALL_TIED, PARALLEL };

static const char *const eliminations[] = {"one", "all_tied", "parallel", NULL};

static const cci_option_spec options[] = {
    {"elimination", CCI_OPTION_CHOICE, eliminations, 0, 0, 0,
     "several with the fewest votes: one leaves, by the tie chain, and where it tells nothing "
     "every order is followed up to 4,096 sets of options, beyond that all of them leave; or all "
     "of them leave; or every order is followed"},
};

struct count {
    cci_run *run;
    cci_rounds rounds;
    cci_rounds forked;   /* for following orders, so that `rounds` keeps its votes */
    cci_value *before;   /* votes of the round before */
    uint8_t *continuing;
    uint32_t *lowest;
    size_t *ends;
    size_t size;         /* options that continue */
    size_t round;
    cci_buffer trace;    /* the rounds */
    uint32_t majority;   /* who had one first */
    size_t majority_round;
    size_t universes;    /* sets met, if ties forked */
    size_t given_up;     /* round from which all tied leave, since orders were too many; or 0 */
};

/* -- Trace ------------------------------------------------------------------------------------ */

static int is_traced(const struct count *c)
{
    return c->run->roster->count <= CCI_TRACE_OPTIONS;
}

/* The votes of this round, and who leaves now. */
static cocreate_status write_round(struct count *c, const uint32_t *leaving, size_t n,
                                   cocreate_error *error)
{
    cci_buffer *out = &c->trace, *notes = &c->run->notes;
    cci_buffer_text(out, c->round > 1 ? ",{\"eliminated\":" : "{\"eliminated\":");
    cci_write_ids(c->run, out, leaving, n);
    cci_buffer_format(out, ",\"exhausted\":\"%lld\",\"round\":%zu",
                      (long long)c->rounds.exhausted, c->round);
    if (n == 0)
        return COCREATE_OK;
    cci_buffer_format(notes, "Round %zu: ", c->round);
    cci_write_names(c->run, notes, leaving, n);
    cci_buffer_text(notes, n == 1 ? " leaves with " : " leave together, each with ");
    CCI_TRY(cci_value_text(&c->rounds.votes[leaving[0]], notes, error));
    cci_buffer_text(notes, " votes.\n");
    return COCREATE_OK;
}

/* What each continuing option gained since `before`, then the votes of the round before. */
static cocreate_status write_transfers(struct count *c, cocreate_error *error)
{
    cci_buffer *out = &c->trace;
    cci_rational *now = &c->rounds.sum, *was = &c->rounds.term;
    int first = 1;
    cci_buffer_text(out, ",\"transfers\":{");
    for (size_t i = 0; i < c->run->roster->count; i++) {
        uint32_t o = c->run->roster->by_key[i];
        if (!c->continuing[o])
            continue;
        CCI_TRY(cci_value_get(&c->rounds.votes[o], now, error));
        CCI_TRY(cci_value_get(&c->before[o], was, error));
        CCI_TRY(cci_rational_sub(now, was, now, error));
        if (cci_rational_sign(now) == 0)
            continue;
        if (!first)
            cci_buffer_byte(out, ',');
        first = 0;
        cci_write_id(c->run, out, o);
        cci_buffer_text(out, ":\"");
        CCI_TRY(cci_rational_text(now, out, error));
        cci_buffer_byte(out, '"');
    }
    cci_buffer_byte(out, '}');
    return COCREATE_OK;
}

static cocreate_status write_votes(struct count *c, const cci_value *votes, cocreate_error *error)
{
    if (is_traced(c)) {
        cci_buffer_text(&c->trace, ",\"votes\":");
        CCI_TRY(cci_write_values(c->run, &c->trace, votes, NULL, error));
    }
    cci_buffer_byte(&c->trace, '}');
    return COCREATE_OK;
}

static void write_trace(struct count *c)
{
    cci_run *run = c->run;
    cci_buffer *out = &run->trace;
    if (c->given_up > 0) {
        cci_buffer_format(out, "\"all_tied_from_round\":%zu,", c->given_up);
        cci_buffer_format(&run->notes,
                          "From round %zu on all who have the fewest votes leave together: nothing "
                          "tells who goes first, and the orders are too many to follow.\n",
                          c->given_up);
    }
    cci_buffer_format(out, "\"blank\":\"%lld\"", (long long)run->electorate->blank);
    if (c->majority_round > 0) {
        cci_buffer_text(out, ",\"majority\":{\"option\":");
        cci_write_id(run, out, c->majority);
        cci_buffer_format(out, ",\"round\":%zu}", c->majority_round);
        cci_buffer_text(&run->notes, cci_name(run, c->majority));
        cci_buffer_format(&run->notes, " has a majority of the continuing votes in round %zu.\n",
                          c->majority_round);
    }
    if (!is_traced(c))
        cci_buffer_text(out, ",\"omitted\":[\"transfers\",\"votes\"]");
    cci_buffer_text(out, ",\"rounds\":[");
    cci_buffer_add(out, c->trace.data, c->trace.size);
    cci_buffer_byte(out, ']');
    out->failed |= c->trace.failed;
    if (c->universes > 0) {
        cci_buffer_format(out, ",\"universes\":{\"from_round\":%zu,\"sets\":%zu}", c->round,
                          c->universes);
        cci_buffer_format(&run->notes,
                          "Round %zu: several have the fewest votes, and nothing tells who leaves. "
                          "Every order was followed, over %zu sets of options: who wins in any of "
                          "them is a winner.\n",
                          c->round, c->universes);
    }
}

/* -- Counting --------------------------------------------------------------------------------- */

static cocreate_status check_majority(struct count *c, cocreate_error *error)
{
    const cci_electorate *e = c->run->electorate;
    cci_value half = {e->info.weight - c->rounds.exhausted, 2, NULL};
    for (uint32_t o = 0; o < e->candidates && c->majority_round == 0; o++) {
        int order = -1;
        if (c->continuing[o])
            CCI_TRY(cci_value_compare(&c->rounds.votes[o], &half, &order, error));
        if (order > 0) {
            c->majority = o;
            c->majority_round = c->round;
        }
    }
    return COCREATE_OK;
}

/* The score of an option: its votes in the last round that counted it. */
static cocreate_status keep_score(struct count *c, uint32_t o, cocreate_error *error)
{
    CCI_TRY(cci_value_get(&c->rounds.votes[o], &c->rounds.sum, error));
    return cci_value_set_rational(&c->run->allocator, &c->run->standings[o].score, &c->rounds.sum,
                                  error);
}

/* These n leave and share the last places; then the others are counted again. Who is left alone
 * keeps the votes of the round that decided. */
static cocreate_status leave(struct count *c, uint32_t *leaving, size_t n, cocreate_error *error)
{
    CCI_TRY(write_round(c, leaving, n, error));
    for (size_t i = 0; i < n; i++) {
        c->continuing[leaving[i]] = 0;
        CCI_TRY(keep_score(c, leaving[i], error));
    }
    c->size -= n;
    CCI_TRY(cci_ties_place(c->run, leaving, n, c->size + 1, error));
    if (c->size == 1)
        return write_votes(c, c->rounds.votes, error);
    cci_value *votes = c->before;
    c->before = c->rounds.votes;
    c->rounds.votes = votes;
    CCI_TRY(cci_rounds_count(&c->rounds, c->continuing, error));
    if (is_traced(c))
        CCI_TRY(write_transfers(c, error));
    return write_votes(c, c->before, error);
}

/* Everyone left shares the first places, or follows every order of their tie. */
static cocreate_status end(struct count *c, int fork, cocreate_error *error)
{
    size_t n = 0;
    for (uint32_t o = 0; o < c->run->roster->count; o++)
        if (c->continuing[o]) {
            CCI_TRY(keep_score(c, o, error));
            c->lowest[n++] = o;
        }
    if (n > 1 || c->round == 1) { /* else the round before decided */
        CCI_TRY(write_round(c, c->lowest, 0, error));
        CCI_TRY(write_votes(c, c->rounds.votes, error));
    }
    return fork ? COCREATE_OK : cci_ties_place(c->run, c->lowest, n, 1, error);
}

static int is_parallel(const struct count *c)
{
    return c->run->options[ELIMINATION].integer == PARALLEL || c->run->chain.parallel;
}

/* Follow every order of the tie. Where they are too many and nobody asked for them, all the tied
 * leave together from here on, which the trace says. */
static cocreate_status fork_tie(struct count *c, size_t n, size_t *leaving, cocreate_error *error)
{
    size_t limit = is_parallel(c) ? CCI_UNIVERSES_MAX : CCI_UNIVERSES_DEFAULT;
    uint8_t *continuing = c->continuing;
    CCI_TRY(cci_universes(&c->forked, continuing, limit, &c->universes, error));
    if (c->universes > 0)
        return COCREATE_OK;
    if (is_parallel(c))
        return cci_fail(error, COCREATE_ERR_LIMIT,
                        "the ties of this count lead to more than %d sets of options; break them "
                        "by ties (id, earliest, lot) or take elimination=all_tied",
                        CCI_UNIVERSES_MAX);
    c->given_up = c->round;
    *leaving = n;
    return COCREATE_OK;
}

/* Who of the n lowest leaves: moved to the front of `lowest`, *leaving many; 0 if nothing tells. */
static cocreate_status choose(struct count *c, size_t n, size_t *leaving, cocreate_error *error)
{
    int64_t elimination = c->run->options[ELIMINATION].integer;
    *leaving = n;
    if (n == 1 || elimination == ALL_TIED || c->given_up > 0)
        return COCREATE_OK;
    *leaving = 0;
    if (is_parallel(c))
        return COCREATE_OK;
    CCI_TRY(cci_ties_break(c->run, c->lowest, n, c->ends, 1, error));
    if (n > 1 && c->ends[n - 2] != n) { /* the chain tells the last one: again, to record it */
        CCI_TRY(cci_ties_break(c->run, c->lowest, n, c->ends, 0, error));
        c->lowest[0] = c->lowest[n - 1];
        *leaving = 1;
        return COCREATE_OK;
    }
    int safe = 0;
    if (c->ends[0] == n)
        CCI_TRY(cci_rounds_safe(&c->rounds, c->lowest, n, &safe, error));
    *leaving = safe ? n : 0;
    return COCREATE_OK;
}

static cocreate_status eliminate(struct count *c, cocreate_error *error)
{
    size_t n, leaving;
    CCI_TRY(cci_rounds_count(&c->rounds, c->continuing, error));
    for (c->round = 1; c->size > 1; c->round++) {
        CCI_TRY(cci_run_progress(c->run, c->round, c->run->roster->count, error));
        CCI_TRY(check_majority(c, error));
        CCI_TRY(cci_rounds_lowest(&c->rounds, c->lowest, &n, error));
        CCI_TRY(choose(c, n, &leaving, error));
        if (leaving == 0) {
            CCI_TRY(fork_tie(c, n, &leaving, error));
            if (c->universes > 0)
                return end(c, 1, error);
        }
        if (leaving == c->size)
            return end(c, 0, error);
        CCI_TRY(leave(c, c->lowest, leaving, error));
    }
    return end(c, 0, error);
}

static cocreate_status work(struct count *c, cocreate_error *error)
{
    cci_run *run = c->run;
    const cocreate_allocator *a = &run->allocator;
    size_t m = run->roster->count;
    if (run->options[ELIMINATION].integer == PARALLEL && run->chain.count > 0)
        return cci_fail(error, COCREATE_ERR_SCHEMA,
                        "$.ties: elimination=parallel follows every order of a tie; leave out one "
                        "of the two");
    CCI_TRY(cci_rounds_init(&c->rounds, run, error));
    CCI_TRY(cci_rounds_init(&c->forked, run, error));
    c->before = cci_alloc(a, m, sizeof *c->before);
    c->continuing = cci_alloc(a, m, sizeof *c->continuing);
    c->lowest = cci_alloc(a, m, sizeof *c->lowest);
    c->ends = cci_alloc(a, m, sizeof *c->ends);
    if (c->before == NULL || c->continuing == NULL || c->lowest == NULL || c->ends == NULL)
        return cci_no_memory(error);
    memset(c->continuing, 1, m);
    CCI_TRY(eliminate(c, error));
    write_trace(c);
    cci_value_set(a, &run->exhausted, c->rounds.exhausted, 1);
    return COCREATE_OK;
}

static cocreate_status run_irv(cci_run *run, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    struct count c = {.run = run, .size = run->roster->count};
    cci_buffer_init(&c.trace, a);
    cocreate_status status = work(&c, error);
    for (size_t i = 0; c.before != NULL && i < run->roster->count; i++)
        cci_value_clear(a, &c.before[i]);
    cci_free(a, c.before);
    cci_free(a, c.continuing);
    cci_free(a, c.lowest);
    cci_free(a, c.ends);
    cci_buffer_free(&c.trace);
    cci_rounds_free(&c.rounds);
    cci_rounds_free(&c.forked);
    return status;
}

const cci_method cci_method_irv = {
    .name = "irv",
    .title = "Instant runoff: the fewest first places leave, round by round",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .parallel = 1,
    .complexity = "O(rounds * ranked options); every order: that for each of at most 65,536 sets",
    .source = "Brandt et al., Handbook of Computational Social Choice (2016), 2.4 (STV, one seat); "
              "Conitzer, Rognlie & Xia, Preference functions that score rankings (2009), for "
              "parallel universes",
    .run = run_irv,
};
