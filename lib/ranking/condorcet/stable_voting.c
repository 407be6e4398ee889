/* Stable Voting: a wins over b if it also wins without b; the strongest such comparison tells. */
#include <string.h>

#include "ranking/condorcet/relation.h"
#include "ranking/condorcet/split.h"
#include "ranking/condorcet/subsets.h"
#include "ranking/majority.h"
#include "ranking/write.h"

static const cci_option_spec options[] = {CCI_OPTION_UNRANKED, CCI_OPTION_STRENGTH};

/* Most options among which comparisons are sorted. */
#define OPTIONS_MAX 1024

/* A set whose winners are being found. */
struct level {
    uint32_t set;
    size_t next;        /* comparison that is looked at next */
    uint32_t without;   /* the set that is found for it, while it stands on the levels above */
    int found;          /* someone wins, ... */
    int64_t strength;   /* ... with this strength */
    int ready;          /* the candidates are known */
};

struct search {
    cci_contest *c;
    int simple;          /* everyone is a candidate, not only the undefeated of Split Cycle */
    cci_subsets sets;
    uint32_t *matches;   /* a * m + b, strongest first */
    struct level *levels;
    uint64_t *candidates; /* a row of words for each level */
    uint64_t *smaller;   /* room for a set */
    int64_t *links, *paths;
    uint32_t *members;
    cci_relation defeats;
    uint8_t *alive;
};

/* Of a over b, also where it loses: the votes for it, or the margin. */
static int64_t strength_of(const cci_contest *c, uint32_t match)
{
    size_t a = match / c->m, b = match % c->m;
    return cci_contest_strength(c) == CCI_MARGINS ? cci_margin_of(c, a, b) : c->votes[match];
}

static cocreate_status stronger(void *context, uint32_t x, uint32_t y, int *out,
                                cocreate_error *error)
{
    const cci_contest *c = context;
    int64_t a = strength_of(c, x), b = strength_of(c, y);
    (void)error;
    *out = (a < b) - (a > b);
    return COCREATE_OK;
}

/* -- One set ---------------------------------------------------------------------------------- */

/* Who Split Cycle leaves undefeated among a set. */
static cocreate_status find_undefeated(struct search *s, const uint64_t *set, uint64_t *out,
                                       cocreate_error *error)
{
    cci_contest *c = s->c;
    size_t n = 0;
    for (uint32_t a = 0; a < c->m; a++)
        if (cci_has(set, a))
            s->members[n++] = a;
    s->defeats.m = n;
    s->defeats.words = cci_relation_words(n);
    memset(s->defeats.rows, 0, n * s->defeats.words * sizeof *s->defeats.rows);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++)
            s->links[i * n + k] =
                cci_strength_of(c, cci_contest_strength(c), s->members[i], s->members[k]);
    CCI_TRY(cci_split_cycle(&c->run->allocator, s->links, n, s->paths, &s->defeats, c->run, error));
    memset(out, 0, s->sets.words * sizeof *out);
    for (size_t k = 0; k < n; k++) {
        int defeated = 0;
        for (size_t i = 0; i < n && !defeated; i++)
            defeated = cci_above(&s->defeats, i, k);
        if (!defeated)
            cci_put(out, s->members[k]);
    }
    return COCREATE_OK;
}

/* The candidates of a set; *done: it has one winner, who is sure. */
static cocreate_status open_set(struct search *s, struct level *l, uint64_t *candidates, int *done,
                                cocreate_error *error)
{
    const uint64_t *set = cci_subset(&s->sets, l->set);
    size_t words = s->sets.words;
    l->ready = 1;
    memcpy(candidates, set, words * sizeof *set);
    if (s->simple && cci_count_bits(set, words) > 1) {
        for (size_t a = 0; a < s->c->m; a++)
            s->alive[a] = (uint8_t)cci_has(set, a);
        size_t winner = cci_majority_winner(s->c->votes, s->c->m, s->alive);
        if (winner != SIZE_MAX) {
            memset(candidates, 0, words * sizeof *candidates);
            cci_put(candidates, winner);
        }
    } else if (!s->simple)
        CCI_TRY(find_undefeated(s, set, candidates, error));
    *done = cci_count_bits(candidates, words) == 1;
    if (*done)
        memcpy(cci_subset_winners(&s->sets, l->set), candidates, words * sizeof *candidates);
    return COCREATE_OK;
}

/* The next comparison of two of the set that may make a candidate win; 0 where there is none. */
static int next_match(const struct search *s, struct level *l, const uint64_t *candidates)
{
    const cci_contest *c = s->c;
    const uint64_t *set = cci_subset(&s->sets, l->set);
    const uint64_t *winners = cci_subset_winners(&s->sets, l->set);
    for (; l->next < c->m * (c->m - 1); l->next++) {
        uint32_t match = s->matches[l->next];
        size_t a = match / c->m, b = match % c->m;
        if (l->found && strength_of(c, match) < l->strength)
            return 0;
        if (cci_has(candidates, a) && cci_has(set, b) && !cci_has(winners, a))
            return 1;
    }
    return 0;
}

/* Take the winners of the set without b: a wins if it is one of them. */
static void settle(struct search *s, struct level *l)
{
    uint32_t match = s->matches[l->next++];
    size_t a = match / s->c->m;
    if (!cci_has(cci_subset_winners(&s->sets, l->without), a))
        return;
    cci_put(cci_subset_winners(&s->sets, l->set), a);
    l->found = 1;
    l->strength = strength_of(s->c, match);
}

/* No candidate wins without some other option: then all of them do. Not met so far, but not ruled
 * out where comparisons are equally strong. */
static void close_set(struct search *s, const struct level *l, const uint64_t *candidates)
{
    if (!l->found)
        memcpy(cci_subset_winners(&s->sets, l->set), candidates,
               s->sets.words * sizeof *candidates);
}

static cocreate_status search(struct search *s, cocreate_error *error)
{
    size_t depth = 1;
    while (depth > 0) {
        struct level *l = &s->levels[depth - 1];
        uint64_t *candidates = s->candidates + (depth - 1) * s->sets.words;
        int done = 0, added = 0;
        if (!l->ready)
            CCI_TRY(open_set(s, l, candidates, &done, error));
        if (!done && next_match(s, l, candidates)) {
            memcpy(s->smaller, cci_subset(&s->sets, l->set), s->sets.words * sizeof *s->smaller);
            cci_drop(s->smaller, s->matches[l->next] % s->c->m);
            CCI_TRY(cci_subsets_meet(&s->sets, s->smaller, &l->without, &added, error));
            if (added)
                s->levels[depth++] = (struct level){.set = l->without};
            else
                settle(s, l);
            continue;
        }
        if (!done)
            close_set(s, l, candidates);
        if (--depth > 0)
            settle(s, &s->levels[depth - 1]);
    }
    return COCREATE_OK;
}

/* -- Trace ------------------------------------------------------------------------------------ */

/* "A beats B by 5 votes to 3, and wins without B." */
static void write_reason(struct search *s, uint32_t a)
{
    cci_contest *c = s->c;
    cci_buffer *out = &c->run->notes;
    const struct level *l = &s->levels[0];
    for (size_t i = 0; l->found && i < c->m * (c->m - 1); i++) {
        uint32_t match = s->matches[i], b = (uint32_t)(match % c->m), index;
        int added;
        if (match / c->m != a || strength_of(c, match) != l->strength)
            continue;
        memcpy(s->smaller, cci_subset(&s->sets, l->set), s->sets.words * sizeof *s->smaller);
        cci_drop(s->smaller, b);
        if (cci_subsets_meet(&s->sets, s->smaller, &index, &added, NULL) != COCREATE_OK || added ||
            !cci_has(cci_subset_winners(&s->sets, index), a))
            continue;
        cci_write_result(c, out, a, b);
        cci_buffer_text(out, ", and wins without ");
        cci_buffer_text(out, cci_name(c->run, b));
        cci_buffer_text(out, ": no winner without another option does so with more.\n");
        return;
    }
    cci_buffer_text(out, cci_name(c->run, a));
    cci_buffer_text(out, s->simple ? " beats every other option.\n"
                                   : " alone is undefeated by Split Cycle.\n");
}

static void write_trace(struct search *s)
{
    cci_contest *c = s->c;
    cci_write_blank(c);
    cci_write_pairwise(c, "", "");
    cci_buffer_format(&c->run->trace, ",\"sets\":%zu", s->sets.count);
    if (!s->simple) {
        for (size_t a = 0; a < c->m; a++)
            s->alive[a] = (uint8_t)cci_has(s->candidates, a);
        cci_buffer_text(&c->run->trace, ",\"undefeated\":");
        cci_write_set(c, &c->run->trace, s->alive);
    }
    for (uint32_t a = 0; a < c->m && cci_is_traced(c); a++)
        if (c->in[a])
            write_reason(s, a);
}

/* -- The method ------------------------------------------------------------------------------- */

static cocreate_status sort_matches(struct search *s, cocreate_error *error)
{
    cci_contest *c = s->c;
    size_t n = 0;
    for (uint32_t a = 0; a < c->m; a++)
        for (uint32_t b = 0; b < c->m; b++)
            if (a != b)
                s->matches[n++] = a * (uint32_t)c->m + b;
    return cci_sort(&c->run->allocator, s->matches, n, stronger, c, error);
}

static cocreate_status find(struct search *s, cocreate_error *error)
{
    cci_contest *c = s->c;
    size_t m = c->m, words = s->sets.words;
    uint32_t whole;
    int added;
    s->matches = cci_contest_alloc(c, m * m, sizeof *s->matches);
    s->levels = cci_contest_alloc(c, m, sizeof *s->levels);
    s->candidates = cci_contest_alloc(c, m * words, sizeof *s->candidates);
    s->smaller = cci_contest_alloc(c, words, sizeof *s->smaller);
    s->links = cci_contest_alloc(c, m * m, sizeof *s->links);
    s->paths = cci_contest_alloc(c, m * m, sizeof *s->paths);
    s->members = cci_contest_alloc(c, m, sizeof *s->members);
    s->alive = cci_contest_alloc(c, m, sizeof *s->alive);
    if (s->matches == NULL || s->levels == NULL || s->candidates == NULL || s->smaller == NULL ||
        s->links == NULL || s->paths == NULL || s->members == NULL || s->alive == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_relation_init(&s->defeats, &c->run->allocator, m, error));
    CCI_TRY(sort_matches(s, error));
    for (size_t a = 0; a < m; a++)
        cci_put(s->smaller, a);
    CCI_TRY(cci_subsets_meet(&s->sets, s->smaller, &whole, &added, error));
    s->levels[0] = (struct level){.set = whole};
    CCI_TRY(search(s, error));
    for (size_t a = 0; a < m; a++)
        c->in[a] = (uint8_t)cci_has(cci_subset_winners(&s->sets, whole), a);
    CCI_TRY(cci_place_set(c, c->in, error));
    write_trace(s);
    return COCREATE_OK;
}

static cocreate_status work(cci_contest *c, int simple, cocreate_error *error)
{
    struct search s = {.c = c, .simple = simple};
    if (c->m > OPTIONS_MAX)
        return cci_fail(error, COCREATE_ERR_LIMIT, "%s takes at most %d options, and %zu run",
                        c->run->method->name, OPTIONS_MAX, c->m);
    cci_subsets_init(&s.sets, c->run, c->m);
    cocreate_status status = find(&s, error);
    cci_free(&c->run->allocator, s.defeats.rows);
    cci_subsets_free(&s.sets);
    return status;
}

static cocreate_status work_stable(cci_contest *c, cocreate_error *error)
{
    return work(c, 0, error);
}

static cocreate_status work_simple(cci_contest *c, cocreate_error *error)
{
    return work(c, 1, error);
}

static cocreate_status run_stable(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work_stable, error);
}

static cocreate_status run_simple(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work_simple, error);
}

#define SEARCH                                                                                    \
    "O(ballots * options^2 + options^2 log options), and then that for each of at most 65,536 sets, " \
    "at most 1,024 options"

const cci_method cci_method_stable_voting = {
    .name = "stable_voting",
    .title = "Stable Voting: who wins strongest over an option without which it wins, too",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .condorcet = 1,
    .tally = COCREATE_TALLY_PAIRS,
    .complexity = SEARCH ", with options^3 for each",
    .source = "Holliday & Pacuit, Stable Voting, Constitutional Political Economy 34 (2023)",
    .run = run_stable,
};

const cci_method cci_method_simple_stable_voting = {
    .name = "simple_stable_voting",
    .title = "Simple Stable Voting: Stable Voting among all options, not only the undefeated",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .condorcet = 1,
    .tally = COCREATE_TALLY_PAIRS,
    .complexity = SEARCH,
    .source = "Holliday & Pacuit, Stable Voting, Constitutional Political Economy 34 (2023)",
    .run = run_simple,
};
