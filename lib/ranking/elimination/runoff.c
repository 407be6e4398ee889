/* Two rounds: the two options with the most first places, and who of them more ballots prefer. */
#include "ranking/elimination/runoff.h"

#include <string.h>

#include "ranking/elimination/rounds.h"
#include "ranking/order.h"
#include "ranking/ties.h"
#include "ranking/write.h"

struct runoff {
    cci_run *run;
    int64_t preferences;
    cci_rounds rounds;
    cci_value *votes;   /* of the first round */
    uint32_t *order;    /* by votes, then by the chain */
    size_t *ends;       /* of the blocks in it that are still tied */
    size_t *higher;     /* by option: how many have more votes, */
    size_t *not_lower;  /* and how many at least as many, itself included */
    size_t pairs;
    cci_value final[2]; /* of the pair at hand */
    int64_t exhausted;
    cci_buffer trace;   /* the pairs, where they are several */
};

/* More pairs than this are not named in a trace. */
#define TRACED_PAIRS 1000

static int is_traced(const struct runoff *r)
{
    return r->run->roster->count <= CCI_TRACE_OPTIONS;
}

/* -- The first round -------------------------------------------------------------------------- */

static cocreate_status by_votes(void *context, uint32_t a, uint32_t b, int *out,
                                cocreate_error *error)
{
    const struct runoff *r = context;
    return cci_value_compare(&r->votes[b], &r->votes[a], out, error);
}

static cocreate_status count_first(struct runoff *r, cocreate_error *error)
{
    const cocreate_allocator *a = &r->run->allocator;
    size_t m = r->run->roster->count;
    uint8_t *all = cci_alloc(a, m, 1);
    if (all == NULL)
        return cci_no_memory(error);
    memset(all, 1, m);
    cocreate_status status = cci_rounds_count(&r->rounds, all, error);
    cci_free(a, all);
    CCI_TRY(status);
    CCI_TRY(cci_rounds_votes(&r->rounds, r->votes, error));
    for (size_t i = 0; i < m; i++)
        r->order[i] = (uint32_t)i;
    CCI_TRY(cci_sort(a, r->order, m, by_votes, r, error));
    for (size_t i = 0, end; i < m; i = end) {
        int order = 0;
        for (end = i + 1; end < m && order == 0; end += order == 0)
            CCI_TRY(by_votes(r, r->order[i], r->order[end], &order, error));
        for (size_t k = i; k < end; k++) {
            r->ends[k] = end;
            r->higher[r->order[k]] = i;
            r->not_lower[r->order[k]] = end;
        }
    }
    return COCREATE_OK;
}

static cocreate_status has_majority(const struct runoff *r, int *out, cocreate_error *error)
{
    cci_value half = {r->run->electorate->info.weight - r->rounds.exhausted, 2, NULL};
    CCI_TRY(cci_value_compare(&r->votes[r->order[0]], &half, out, error));
    *out = *out > 0;
    return COCREATE_OK;
}

static cocreate_status keep_scores(struct runoff *r, cocreate_error *error)
{
    for (size_t o = 0; o < r->run->roster->count; o++) {
        CCI_TRY(cci_value_get(&r->votes[o], &r->rounds.sum, error));
        CCI_TRY(cci_value_set_rational(&r->run->allocator, &r->run->standings[o].score,
                                       &r->rounds.sum, error));
    }
    return COCREATE_OK;
}

/* Ask the chain about the tied options at i, since not all of them can come into the runoff. */
static cocreate_status ask_chain(struct runoff *r, size_t i, cocreate_error *error)
{
    size_t n = r->ends[i] - i;
    CCI_TRY(cci_ties_break(r->run, r->order + i, n, r->ends + i, 0, error));
    for (size_t k = i; k < i + n; k++)
        r->ends[k] += i;
    return COCREATE_OK;
}

/* The blocks that the runoff takes its two from: the first alone, if it has several options, or its
 * one option and the block behind it. */
static cocreate_status find_contenders(struct runoff *r, cocreate_error *error)
{
    if (r->ends[0] > 2)
        CCI_TRY(ask_chain(r, 0, error));
    if (r->ends[0] == 1 && r->ends[1] > 2)
        CCI_TRY(ask_chain(r, 1, error));
    size_t n = r->ends[0] > 1 ? r->ends[0] : r->ends[1] - 1;
    size_t limit = CCI_RUNOFF_PAIRS;
    r->pairs = r->ends[0] == 1 ? n : n <= 2 * limit ? n * (n - 1) / 2 : limit + 1;
    if (r->pairs > limit)
        return cci_fail(error, COCREATE_ERR_LIMIT,
                        "%zu options tie for the runoff: more than %zu pairs; break the tie by "
                        "ties (id, earliest, lot)",
                        n, limit);
    return COCREATE_OK;
}

/* -- The runoff ------------------------------------------------------------------------------- */

/* Votes of a ballot's best rank that holds one of the pair, 1 for each: 0, 1, 2 or both (3). */
static unsigned preferred(const struct runoff *r, size_t b, const uint32_t pair[2])
{
    const cci_electorate *e = r->run->electorate;
    size_t end = e->start[b + 1];
    int64_t rank = 0;
    for (size_t i = e->start[b]; i < end && (r->preferences == 0 || rank < r->preferences);
         rank++) {
        size_t stop = cci_rank_end(e, i, end);
        unsigned found = 0;
        for (; i < stop; i++)
            found |= (e->options[i] == pair[0] ? 1u : 0u) | (e->options[i] == pair[1] ? 2u : 0u);
        if (found != 0)
            return found;
    }
    return 0;
}

/* *order > 0: the first of the pair wins. */
static cocreate_status hold(struct runoff *r, const uint32_t pair[2], int *order,
                            cocreate_error *error)
{
    const cci_electorate *e = r->run->electorate;
    const cocreate_allocator *a = &r->run->allocator;
    int64_t sums[4] = {e->blank, 0, 0, 0};
    for (size_t b = 0; b < e->ballots; b++)
        sums[preferred(r, b, pair)] += e->weights[b];
    *order = (sums[1] > sums[2]) - (sums[1] < sums[2]);
    r->exhausted = sums[0];
    for (size_t i = 0; i < 2; i++) {
        cci_value_set(a, &r->final[i], sums[1 + i], 1);
        if (sums[3] == 0)
            continue;
        CCI_TRY(cci_rational_set_i64(&r->rounds.sum, sums[1 + i], 1, error));
        CCI_TRY(cci_rational_set_i64(&r->rounds.term, sums[3], 2, error));
        CCI_TRY(cci_rational_add(&r->rounds.sum, &r->rounds.term, &r->rounds.sum, error));
        CCI_TRY(cci_value_set_rational(a, &r->final[i], &r->rounds.sum, error));
    }
    return COCREATE_OK;
}

static void write_votes(const struct runoff *r, cci_buffer *out, const uint32_t pair[2],
                        cocreate_status *status, cocreate_error *error)
{
    const uint32_t *by_key = r->run->roster->by_key;
    size_t first = 0, m = r->run->roster->count;
    for (size_t i = 0; i < m; i++)
        if (by_key[i] == pair[0] || by_key[i] == pair[1]) {
            first = by_key[i] == pair[1];
            break;
        }
    for (size_t i = 0; i < 2 && *status == COCREATE_OK; i++) {
        size_t k = first ^ i;
        cci_buffer_text(out, i == 0 ? "{" : ",");
        cci_write_id(r->run, out, pair[k]);
        cci_buffer_text(out, ":\"");
        *status = cci_value_text(&r->final[k], out, error);
        cci_buffer_text(out, i == 0 ? "\"" : "\"}");
    }
}

/* -- One pair --------------------------------------------------------------------------------- */

static cocreate_status say_pair(struct runoff *r, const uint32_t pair[2], int order,
                                cocreate_error *error)
{
    cci_buffer *notes = &r->run->notes;
    size_t best = order < 0;
    cci_buffer_text(notes, "Round 1: ");
    cci_write_names(r->run, notes, pair, 2);
    cci_buffer_text(notes, " come into the runoff, with ");
    CCI_TRY(cci_value_say(&r->votes[pair[0]], notes, error));
    cci_buffer_text(notes, " and ");
    CCI_TRY(cci_value_say(&r->votes[pair[1]], notes, error));
    cci_buffer_text(notes, " first places.\nRound 2: ");
    cci_buffer_text(notes, order == 0 ? "they tie" : cci_name(r->run, pair[best]));
    cci_buffer_text(notes, order == 0 ? " with " : " wins with ");
    CCI_TRY(cci_value_say(&r->final[best], notes, error));
    cci_buffer_text(notes, " to ");
    CCI_TRY(cci_value_say(&r->final[!best], notes, error));
    cci_buffer_text(notes, ".\n");
    return COCREATE_OK;
}

static cocreate_status write_rounds(struct runoff *r, const uint32_t *pair, cocreate_error *error)
{
    cci_buffer *out = &r->run->trace;
    cocreate_status status = COCREATE_OK;
    cci_buffer_text(out, ",\"rounds\":[{\"eliminated\":");
    cci_write_ids(r->run, out, r->order + 2, pair != NULL ? r->run->roster->count - 2 : 0);
    cci_buffer_format(out, ",\"exhausted\":\"%lld\",\"round\":1", (long long)r->rounds.exhausted);
    if (is_traced(r)) {
        cci_buffer_text(out, ",\"votes\":");
        CCI_TRY(cci_write_values(r->run, out, r->votes, NULL, error));
    }
    cci_buffer_byte(out, '}');
    if (pair != NULL) {
        cci_buffer_format(out, ",{\"eliminated\":[],\"exhausted\":\"%lld\",\"round\":2,\"votes\":",
                          (long long)r->exhausted);
        write_votes(r, out, pair, &status, error);
        cci_buffer_byte(out, '}');
    }
    cci_buffer_byte(out, ']');
    return status;
}

/* Places behind the runoff, by votes of the first round and the chain. */
static cocreate_status place_rest(struct runoff *r, size_t i, cocreate_error *error)
{
    size_t m = r->run->roster->count;
    while (i < m) {
        size_t end = i + 1;
        while (end < m && r->higher[r->order[end]] == r->higher[r->order[i]])
            end++;
        CCI_TRY(cci_ties_place(r->run, r->order + i, end - i, i + 1, error));
        i = end;
    }
    return COCREATE_OK;
}

static cocreate_status run_pair(struct runoff *r, cocreate_error *error)
{
    uint32_t pair[2] = {r->order[0], r->order[1]};
    int order;
    CCI_TRY(hold(r, pair, &order, error));
    CCI_TRY(write_rounds(r, pair, error));
    CCI_TRY(say_pair(r, pair, order, error));
    cci_value_set(&r->run->allocator, &r->run->exhausted, r->exhausted, 1);
    for (size_t i = 0; i < 2; i++) {
        CCI_TRY(cci_value_get(&r->final[i], &r->rounds.sum, error));
        CCI_TRY(cci_value_set_rational(&r->run->allocator, &r->run->standings[pair[i]].score,
                                       &r->rounds.sum, error));
    }
    if (order < 0) {
        r->order[0] = pair[1];
        r->order[1] = pair[0];
    }
    if (order == 0)
        CCI_TRY(cci_ties_place(r->run, r->order, 2, 1, error));
    else {
        CCI_TRY(cci_ties_place(r->run, r->order, 1, 1, error));
        CCI_TRY(cci_ties_place(r->run, r->order + 1, 1, 2, error));
    }
    return place_rest(r, 2, error);
}

/* -- Several pairs ---------------------------------------------------------------------------- */

static void allow(cci_run *run, uint32_t o, uint64_t from, uint64_t to)
{
    cci_standing *s = &run->standings[o];
    if (s->from == 0 || from < s->from)
        s->from = from;
    if (to > s->to)
        s->to = to;
}

/* How many of the pair stand before the others, if `ranks` is of the first round. */
static size_t among(const size_t *ranks, const uint32_t pair[2], size_t limit)
{
    return (ranks[pair[0]] <= limit) + (size_t)(ranks[pair[1]] <= limit);
}

static cocreate_status follow_pair(struct runoff *r, const uint32_t pair[2], size_t index,
                                   cocreate_error *error)
{
    cci_run *run = r->run;
    uint32_t sorted[2] = {pair[0], pair[1]};
    size_t ends[2] = {2, 2};
    int order;
    cocreate_status status = COCREATE_OK;
    CCI_TRY(hold(r, pair, &order, error));
    if (order == 0)
        CCI_TRY(cci_ties_break(run, sorted, 2, ends, 1, error));
    int tied = order == 0 && ends[0] == 2;
    if (order < 0) {
        sorted[0] = pair[1];
        sorted[1] = pair[0];
    }
    allow(run, sorted[0], 1, tied ? 2 : 1);
    allow(run, sorted[1], tied ? 1 : 2, 2);
    for (uint32_t o = 0; o < run->roster->count; o++) {
        if (o == pair[0] || o == pair[1])
            continue;
        size_t higher = r->higher[o], not_lower = r->not_lower[o];
        allow(run, o, 3 + higher - among(r->not_lower, pair, higher),
              2 + not_lower - among(r->not_lower, pair, not_lower));
    }
    if (index >= TRACED_PAIRS)
        return COCREATE_OK;
    cci_buffer_text(&r->trace, index > 0 ? ",{\"votes\":" : "{\"votes\":");
    write_votes(r, &r->trace, pair, &status, error);
    cci_buffer_text(&r->trace, ",\"winners\":");
    cci_write_ids(run, &r->trace, sorted, tied ? 2 : 1);
    cci_buffer_byte(&r->trace, '}');
    return status;
}

static cocreate_status run_pairs(struct runoff *r, cocreate_error *error)
{
    size_t firsts = r->ends[0] > 1 ? r->ends[0] : 1, seconds = r->ends[firsts > 1 ? 0 : 1];
    size_t index = 0;
    for (size_t i = 0; i < firsts; i++)
        for (size_t k = i + 1; k < seconds; k++) {
            uint32_t pair[2] = {r->order[i], r->order[k]};
            CCI_TRY(cci_run_progress(r->run, index, r->pairs, error));
            CCI_TRY(follow_pair(r, pair, index++, error));
        }
    CCI_TRY(write_rounds(r, NULL, error));
    cci_buffer_format(&r->run->trace, ",\"runoff_count\":%zu", r->pairs);
    cci_buffer_text(&r->run->trace, ",\"runoffs\":[");
    cci_buffer_add(&r->run->trace, r->trace.data, r->trace.size);
    cci_buffer_byte(&r->run->trace, ']');
    r->run->trace.failed |= r->trace.failed;
    cci_buffer_format(&r->run->notes,
                      "Several tie for the runoff, and nothing tells who comes into it. All %zu "
                      "runoffs were counted: who wins one of them is a winner.\n",
                      r->pairs);
    cci_value_set(&r->run->allocator, &r->run->exhausted, r->rounds.exhausted, 1);
    return COCREATE_OK;
}

/* -- The whole -------------------------------------------------------------------------------- */

/* Someone has more than half, or nobody is there to meet. */
static cocreate_status run_no_pair(struct runoff *r, int majority, cocreate_error *error)
{
    cci_run *run = r->run;
    if (majority) {
        cci_buffer_text(&run->notes, "Round 1: ");
        cci_buffer_text(&run->notes, cci_name(run, r->order[0]));
        cci_buffer_text(&run->notes, " has more than half of the first places.\n");
    }
    CCI_TRY(write_rounds(r, NULL, error));
    cci_value_set(&run->allocator, &run->exhausted, r->rounds.exhausted, 1);
    return place_rest(r, 0, error);
}

static cocreate_status work(struct runoff *r, cocreate_error *error)
{
    cci_run *run = r->run;
    const cocreate_allocator *a = &run->allocator;
    size_t m = run->roster->count;
    int majority;
    CCI_TRY(cci_rounds_init(&r->rounds, run, 0, error));
    r->votes = cci_alloc(a, m, sizeof *r->votes);
    r->order = cci_alloc(a, m, sizeof *r->order);
    r->ends = cci_alloc(a, m, sizeof *r->ends);
    r->higher = cci_alloc(a, m, sizeof *r->higher);
    r->not_lower = cci_alloc(a, m, sizeof *r->not_lower);
    if (r->votes == NULL || r->order == NULL || r->ends == NULL || r->higher == NULL ||
        r->not_lower == NULL)
        return cci_no_memory(error);
    CCI_TRY(count_first(r, error));
    CCI_TRY(keep_scores(r, error));
    CCI_TRY(has_majority(r, &majority, error));
    cci_buffer_format(&run->trace, "\"blank\":\"%lld\"", (long long)run->electorate->blank);
    if (majority) {
        cci_buffer_text(&run->trace, ",\"majority\":{\"option\":");
        cci_write_id(run, &run->trace, r->order[0]);
        cci_buffer_text(&run->trace, ",\"round\":1}");
    }
    if (!is_traced(r))
        cci_buffer_text(&run->trace, ",\"omitted\":[\"votes\"]");
    if (majority || m == 1)
        return run_no_pair(r, majority, error);
    CCI_TRY(find_contenders(r, error));
    return r->pairs == 1 ? run_pair(r, error) : run_pairs(r, error);
}

cocreate_status cci_runoff_run(cci_run *run, int64_t preferences, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    struct runoff r = {.run = run, .preferences = preferences};
    cci_buffer_init(&r.trace, a);
    cocreate_status status = work(&r, error);
    for (size_t o = 0; r.votes != NULL && o < run->roster->count; o++)
        cci_value_clear(a, &r.votes[o]);
    cci_value_clear(a, &r.final[0]);
    cci_value_clear(a, &r.final[1]);
    cci_free(a, r.votes);
    cci_free(a, r.order);
    cci_free(a, r.ends);
    cci_free(a, r.higher);
    cci_free(a, r.not_lower);
    cci_buffer_free(&r.trace);
    cci_rounds_free(&r.rounds);
    return status;
}
