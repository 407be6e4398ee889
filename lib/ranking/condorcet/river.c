/* River: as ranked pairs, but nobody is locked under two others, so that a tree is left, with the
 * winner at its root. */
#include <string.h>

#include "ranking/condorcet/drawn_order.h"
#include "ranking/condorcet/lock.h"
#include "ranking/condorcet/split.h"
#include "ranking/majority.h"
#include "ranking/ties.h"
#include "ranking/write.h"

static const cci_option_spec options[] = {CCI_OPTION_UNRANKED, CCI_OPTION_STRENGTH};

/* The winner is in the Smith set, and no pair from outside leads in: only it is looked at. */
struct flow {
    cci_contest *c;
    cci_field field;
    uint8_t *wins;       /* by number: root of some tree */
    uint32_t *into;      /* by number: under whom it is locked, in the first tree */
    size_t trees;
};

/* -- Rules: the state is the root of each one's tree, then who is over it --------------------- */

#define NOBODY UINT32_MAX

static size_t entries(size_t n)
{
    return n + n % 2; /* whole words of 64 bits */
}

static cci_fit fit(const cci_lock *l, const void *state, const cci_pair *pair)
{
    const uint32_t *root = state;
    (void)l;
    return root[pair->under] != pair->under || root[pair->over] == pair->under ? CCI_DROPPED
                                                                               : CCI_FITS;
}

static void add(const cci_lock *l, void *state, const cci_pair *pair)
{
    size_t n = l->field->size;
    uint32_t *root = state, *over = root + entries(n);
    uint32_t to = root[pair->over];
    for (size_t i = 0; i < n; i++)
        if (root[i] == pair->under)
            root[i] = to;
    over[pair->under] = pair->over;
}

static size_t effect(const cci_lock *l, const void *state, const cci_pair *pair)
{
    const uint32_t *root = state;
    return (size_t)root[pair->over] * l->field->size + pair->under;
}

static void note_tree(const cci_lock *l, const void *state)
{
    struct flow *f = l->context;
    size_t n = l->field->size;
    const uint32_t *root = state, *over = root + entries(n);
    for (size_t i = 0; i < n; i++)
        if (root[i] == i)
            f->wins[i] = 1;
    if (f->trees++ == 0)
        memcpy(f->into, over, n * sizeof *over);
}

/* -- Trace ------------------------------------------------------------------------------------ */

/* [{"over":"a","strength":"21","under":"b"},..]: the tree, where there is one only. */
static void write_tree(struct flow *f, const cci_lock *l)
{
    cci_run *run = f->c->run;
    cci_buffer *out = &run->trace;
    const char *comma = "";
    cci_buffer_text(out, ",\"tree\":[");
    for (size_t i = 0; i < l->count; i++) {
        const cci_pair *pair = &l->pairs[i];
        if (f->into[pair->under] != pair->over)
            continue;
        cci_buffer_text(out, comma);
        comma = ",";
        cci_buffer_text(out, "{\"over\":");
        cci_write_id(run, out, f->field.members[pair->over]);
        cci_buffer_format(out, ",\"strength\":\"%lld\",\"under\":", (long long)pair->strength);
        cci_write_id(run, out, f->field.members[pair->under]);
        cci_buffer_byte(out, '}');
        if (cci_is_traced(f->c)) {
            cci_buffer_text(&run->notes, cci_name(run, f->field.members[pair->over]));
            cci_buffer_text(&run->notes, " is locked over ");
            cci_buffer_text(&run->notes, cci_name(run, f->field.members[pair->under]));
            cci_buffer_format(&run->notes, " with %lld.\n", (long long)pair->strength);
        }
    }
    cci_buffer_byte(out, ']');
}

static void write_trace(struct flow *f, const cci_lock *l)
{
    cci_contest *c = f->c;
    cci_buffer *out = &c->run->trace, *notes = &c->run->notes;
    cci_write_pairwise(c, "", "");
    cci_buffer_text(out, ",\"smith\":");
    cci_write_set(c, out, c->in);
    if (f->field.ranks != NULL)
        cci_write_drawn_order(c, f->field.ranks);
    if (!l->forked) {
        write_tree(f, l);
        return;
    }
    cci_buffer_text(out, ",\"universes\":{\"ends\":");
    if (l->exceeded)
        cci_buffer_text(out, "null");
    else
        cci_buffer_format(out, "%zu", l->ends);
    cci_buffer_format(out, ",\"strength\":\"%lld\"}", (long long)l->fork);
    cci_buffer_format(notes, "Pairs of strength %lld get in each other's way, and nothing tells which is "
                             "locked first. ", (long long)l->fork);
    cci_buffer_text(notes, l->exceeded
                               ? "The orders are too many to follow: the winners are all who may win "
                                 "in one of them, as Split Cycle bounds them.\n"
                               : "Every order was followed: who wins in any of them is a winner.\n");
}

/* -- The method ------------------------------------------------------------------------------- */

/* Nobody whom Split Cycle defeats wins in any order: if the pair that defeats it were dropped for a
 * circle, an equally strong path would lead back, and else something is locked over it. */
static cocreate_status bound(struct flow *f, const cci_lock *l, cci_relation *defeats,
                             cocreate_error *error)
{
    size_t n = f->field.size;
    int64_t *links = cci_contest_alloc(f->c, n * n, sizeof *links);
    int64_t *paths = cci_contest_alloc(f->c, n * n, sizeof *paths);
    if (links == NULL || paths == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_relation_init(defeats, &f->c->run->allocator, n, error));
    for (size_t i = 0; i < l->count; i++)
        links[l->pairs[i].over * n + l->pairs[i].under] = l->pairs[i].strength;
    CCI_TRY(cci_split_cycle(&f->c->run->allocator, links, n, paths, defeats, f->c->run, error));
    for (size_t b = 0; b < n; b++) {
        f->wins[b] = 1;
        for (size_t a = 0; a < n && f->wins[b]; a++)
            f->wins[b] = !cci_above(defeats, a, b);
    }
    return COCREATE_OK;
}

static cocreate_status find(struct flow *f, cci_lock *l, uint32_t *start, cocreate_error *error)
{
    cci_contest *c = f->c;
    size_t n = f->field.size;
    cci_relation defeats = {.m = 0};
    CCI_TRY(cci_field_pairs(c, &f->field, &l->pairs, &l->count, error));
    for (size_t i = 0; i < n; i++) {
        start[i] = (uint32_t)i;
        start[entries(n) + i] = NOBODY;
    }
    CCI_TRY(cci_lock_run(l, start, error));
    CCI_TRY(cci_lock_refuse(l, error));
    if (l->exceeded) {
        cocreate_status status = bound(f, l, &defeats, error);
        cci_free(&c->run->allocator, defeats.rows);
        CCI_TRY(status);
    }
    memset(c->in, 0, c->m);
    for (size_t i = 0; i < n; i++)
        c->in[f->field.members[i]] = f->wins[i];
    CCI_TRY(cci_place_set(c, c->in, error));
    memset(c->in, 0, c->m);
    for (size_t i = 0; i < n; i++)
        c->in[f->field.members[i]] = 1;
    write_trace(f, l);
    return COCREATE_OK;
}

static cocreate_status work(cci_contest *c, int draws, cocreate_error *error)
{
    struct flow f = {.c = c};
    uint32_t *ranks = NULL;
    cci_lock_rules rules = {.fit = fit, .add = add, .effect = effect, .end = note_tree};
    cci_lock l = {.contest = c, .field = &f.field, .rules = &rules, .context = &f};
    if (c->m > CCI_LOCK_OPTIONS)
        return cci_fail(error, COCREATE_ERR_LIMIT, "%s takes at most %d options, and %zu run",
                        c->run->method->name, CCI_LOCK_OPTIONS, c->m);
    CCI_TRY(cci_majority_smith(&c->run->allocator, c->votes, c->m, NULL, c->in, error));
    cci_write_blank(c);
    if (draws) {
        ranks = cci_contest_alloc(c, c->m, sizeof *ranks);
        if (ranks == NULL)
            return cci_no_memory(error);
        CCI_TRY(cci_drawn_order(c, ranks, error));
    }
    CCI_TRY(cci_field_init(c, ranks, &f.field, error));
    CCI_TRY(cci_field_fill(c, c->in, &f.field, error));
    size_t n = f.field.size;
    rules.memory = entries(n) * sizeof(uint32_t);
    l.bytes = 2 * rules.memory;
    l.limit = cci_lock_limit(c->run, l.bytes);
    uint32_t *start = cci_contest_alloc(c, 2 * entries(n), sizeof *start);
    f.wins = cci_contest_alloc(c, n, sizeof *f.wins);
    f.into = cci_contest_alloc(c, n, sizeof *f.into);
    if (start == NULL || f.wins == NULL || f.into == NULL)
        return cci_no_memory(error);
    cocreate_status status = find(&f, &l, start, error);
    cci_free(&c->run->allocator, l.pairs);
    return status;
}

static cocreate_status work_by_chain(cci_contest *c, cocreate_error *error)
{
    return work(c, 0, error);
}

static cocreate_status work_by_draw(cci_contest *c, cocreate_error *error)
{
    return work(c, 1, error);
}

static cocreate_status run_river(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work_by_chain, error);
}

static cocreate_status run_river_zt(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work_by_draw, error);
}

const cci_method cci_method_river = {
    .name = "river",
    .title = "River: as ranked pairs, but nobody is locked under two others",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .parallel = 1,
    .condorcet = 1,
    .tally = COCREATE_TALLY_PAIRS,
    .complexity = "O(ballots * options^2 + options^3), at most 4,096 options; every order: that for "
                  "each of at most 65,536 steps",
    .source = "Heitzig, River method, election-methods list (2004); Döring, Brill & Heitzig, The River "
              "method (2025)",
    .run = run_river,
};

const cci_method cci_method_river_zt = {
    .name = "river_zt",
    .title = "River, with ties by ballots that are drawn",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .draws = 1,
    .complexity = "O(ballots * options^2 + ballots^2 + options^3), at most 4,096 options",
    .source = "Heitzig, River method, election-methods list (2004), with the ties of Zavist & Tideman "
              "(1989)",
    .run = run_river_zt,
};
