/* Ranked pairs: majorities are locked from the strongest on, but for those that close a circle. */
#include <string.h>

#include "ranking/condorcet/drawn_order.h"
#include "ranking/condorcet/lock.h"
#include "ranking/condorcet/split.h"
#include "ranking/majority.h"
#include "ranking/ties.h"
#include "ranking/write.h"

static const cci_option_spec options[] = {CCI_OPTION_UNRANKED, CCI_OPTION_STRENGTH};

/* Options fall into layers: each of a layer beats everyone in the layers below, so that no circle
 * leaves a layer, and each is ordered on its own. */
struct ranking {
    cci_contest *c;
    cci_field field;      /* everyone, layer by layer, each in the order of the chain */
    uint8_t *left;        /* who is in no layer yet */
    uint8_t *layer;
    cci_relation always;  /* who stands above whom in every order, by candidate */
    cci_relation some;    /* ... in some order */
    size_t done;          /* places of the layers before */
    cci_buffer forks;     /* of the trace */
    int has_bounds;       /* the orders of some layer were too many */
};

/* Of one layer. */
struct orders {
    struct ranking *r;
    const cci_field *field;
    cci_relation always, some; /* by number */
    uint32_t *best, *worst;    /* places */
    size_t count;
};

/* -- Rules: the state is a transitive relation ------------------------------------------------ */

static cci_relation as_relation(const cci_lock *l, const void *state)
{
    cci_relation r = {l->field->size, cci_relation_words(l->field->size), (uint64_t *)(uintptr_t)state};
    return r;
}

static cci_fit fit(const cci_lock *l, const void *state, const cci_pair *pair)
{
    cci_relation r = as_relation(l, state);
    if (cci_above(&r, pair->over, pair->under))
        return CCI_HOLDS;
    return cci_above(&r, pair->under, pair->over) ? CCI_DROPPED : CCI_FITS;
}

static void add(const cci_lock *l, void *state, const cci_pair *pair)
{
    cci_relation r = as_relation(l, state);
    cci_relation_add(&r, pair->over, pair->under);
}

static int can_drop(const cci_lock *l, const void *mixed, const cci_pair *pair)
{
    cci_relation r = as_relation(l, mixed);
    return cci_above(&r, pair->under, pair->over);
}

static void note_order(const cci_lock *l, const void *state)
{
    struct orders *o = l->context;
    cci_relation r = as_relation(l, state);
    size_t n = r.m * r.words;
    for (size_t w = 0; w < n; w++) {
        o->always.rows[w] = o->count == 0 ? r.rows[w] : o->always.rows[w] & r.rows[w];
        o->some.rows[w] |= r.rows[w];
    }
    for (size_t a = 0; a < r.m; a++) {
        uint32_t over = 0;
        uint32_t under = (uint32_t)cci_count_bits(cci_relation_row(&r, a), r.words);
        for (size_t b = 0; b < r.m; b++)
            over += (uint32_t)cci_above(&r, b, a);
        if (o->count == 0 || over + 1 < o->best[a])
            o->best[a] = over + 1;
        if (o->count == 0 || r.m - under > o->worst[a])
            o->worst[a] = (uint32_t)(r.m - under);
    }
    o->count++;
}

static const cci_lock_rules rules = {
    .fit = fit, .add = add, .can_drop = can_drop, .end = note_order};

/* -- Layers ----------------------------------------------------------------------------------- */

/* The orders are too many: what stands in all of them is bounded by Split Cycle, whose defeats are
 * locked in every order, since no equally strong path leads back (Holliday & Pacuit 2023, 3.3). */
static cocreate_status bound(struct orders *o, const cci_lock *l, cocreate_error *error)
{
    const cocreate_allocator *a = &o->r->c->run->allocator;
    size_t n = o->field->size;
    int64_t *links = cci_alloc(a, n * n, sizeof *links), *paths = cci_alloc(a, n * n, sizeof *paths);
    cocreate_status status = COCREATE_OK;
    if (links == NULL || paths == NULL)
        status = cci_no_memory(error);
    else {
        for (size_t i = 0; i < l->count; i++)
            links[l->pairs[i].over * n + l->pairs[i].under] = l->pairs[i].strength;
        memset(o->always.rows, 0, n * o->always.words * sizeof *o->always.rows);
        memset(o->some.rows, 0, n * o->some.words * sizeof *o->some.rows);
        status = cci_split_cycle(a, links, n, paths, &o->always, o->r->c->run, error);
    }
    cci_free(a, links);
    cci_free(a, paths);
    CCI_TRY(status);
    cci_relation_close(&o->always);
    o->count = 0;
    note_order(l, o->always.rows);
    for (size_t x = 0; x < n; x++)
        for (size_t y = 0; y < n; y++)
            if (x != y && !cci_above(&o->always, y, x))
                cci_relation_set(&o->some, x, y);
    o->r->has_bounds = 1;
    return COCREATE_OK;
}

static void tell_fork(struct orders *o, const cci_lock *l)
{
    cci_run *run = o->r->c->run;
    cci_buffer *out = &o->r->forks, *notes = &run->notes;
    if (!l->forked)
        return;
    cci_buffer_text(out, out->size > 0 ? ",{\"options\":" : "{\"options\":");
    cci_write_ids(run, out, o->field->members, o->field->size);
    if (l->exceeded)
        cci_buffer_text(out, ",\"orders\":null");
    else
        cci_buffer_format(out, ",\"orders\":%zu", l->ends);
    cci_buffer_format(out, ",\"strength\":\"%lld\"}", (long long)l->fork);
    cci_write_names(run, notes, o->field->members, o->field->size);
    cci_buffer_format(notes, ": pairs of strength %lld get in each other's way, and nothing tells which "
                             "is locked first. ", (long long)l->fork);
    if (l->exceeded)
        cci_buffer_text(notes, "The orders are too many to follow: only pairs that are locked in each "
                               "of them count (Split Cycle), and the places are bounds.\n");
    else
        cci_buffer_format(notes, "Every order was followed, %zu in the end: places are those that "
                                 "each option takes in any of them.\n", l->ends);
}

/* Into the relations and places of all. */
static void take_layer(struct orders *o)
{
    struct ranking *r = o->r;
    const uint32_t *members = o->field->members;
    for (size_t a = 0; a < o->field->size; a++) {
        cci_standing *s = &r->c->run->standings[members[a]];
        s->from = r->done + o->best[a];
        s->to = r->done + o->worst[a];
        for (size_t b = 0; b < o->field->size; b++) {
            if (cci_above(&o->always, a, b))
                cci_relation_set(&r->always, members[a], members[b]);
            if (cci_above(&o->some, a, b))
                cci_relation_set(&r->some, members[a], members[b]);
        }
        for (uint32_t b = 0; b < r->c->m; b++)
            if (r->left[b]) {
                cci_relation_set(&r->always, members[a], b);
                cci_relation_set(&r->some, members[a], b);
            }
    }
    r->done += o->field->size;
}

static cocreate_status order_pairs(struct orders *o, cci_lock *l, cocreate_error *error)
{
    const cocreate_allocator *a = &o->r->c->run->allocator;
    CCI_TRY(cci_field_pairs(o->r->c, o->field, &l->pairs, &l->count, error));
    CCI_TRY(cci_relation_init(&o->always, a, o->field->size, error));
    CCI_TRY(cci_relation_init(&o->some, a, o->field->size, error));
    o->best = cci_alloc(a, o->field->size, sizeof *o->best);
    o->worst = cci_alloc(a, o->field->size, sizeof *o->worst);
    if (o->best == NULL || o->worst == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_lock_run(l, o->always.rows, error)); /* nothing stands above anything yet */
    CCI_TRY(cci_lock_refuse(l, error));
    if (l->exceeded)
        CCI_TRY(bound(o, l, error));
    tell_fork(o, l);
    take_layer(o);
    return COCREATE_OK;
}

static cocreate_status order_layer(struct ranking *r, const cci_field *field, cocreate_error *error)
{
    const cocreate_allocator *a = &r->c->run->allocator;
    struct orders o = {.r = r, .field = field};
    cci_lock l = {.contest = r->c, .field = field, .rules = &rules, .context = &o};
    l.bytes = field->size * cci_relation_words(field->size) * sizeof(uint64_t);
    l.limit = cci_lock_limit(r->c->run, l.bytes);
    cocreate_status status = order_pairs(&o, &l, error);
    cci_free(a, l.pairs);
    cci_free(a, o.always.rows);
    cci_free(a, o.some.rows);
    cci_free(a, o.best);
    cci_free(a, o.worst);
    return status;
}

/* The layers are the Smith set, the Smith set of the others, and so on. */
static cocreate_status order_all(struct ranking *r, cocreate_error *error)
{
    cci_contest *c = r->c;
    cci_field part;
    CCI_TRY(cci_field_init(c, r->field.ranks, &part, error));
    memset(r->left, 1, c->m);
    while (r->done < c->m) {
        CCI_TRY(cci_majority_smith(&c->run->allocator, c->votes, c->m, r->left, r->layer, error));
        CCI_TRY(cci_field_fill(c, r->layer, &part, error));
        for (size_t i = 0; i < part.size; i++) {
            r->left[part.members[i]] = 0;
            r->field.members[r->done + i] = part.members[i];
            r->field.classes[r->done + i] = (uint32_t)r->done + part.classes[i];
        }
        CCI_TRY(order_layer(r, &part, error));
        CCI_TRY(cci_run_progress(c->run, r->done, c->m, error));
    }
    r->field.size = c->m;
    return COCREATE_OK;
}

/* -- Trace ------------------------------------------------------------------------------------ */

/* "B over A (21) is not locked: A stands above B by then." */
static void note_dropped(struct ranking *r, const cci_pair *pair, uint32_t over, uint32_t under)
{
    cci_buffer *out = &r->c->run->notes;
    if (pair->strength == 0)
        return;
    cci_buffer_text(out, cci_name(r->c->run, over));
    cci_buffer_text(out, " over ");
    cci_buffer_text(out, cci_name(r->c->run, under));
    cci_buffer_format(out, " with %lld is not locked", (long long)pair->strength);
    cci_buffer_text(out, cci_above(&r->some, over, under) ? " in every order" : "");
    cci_buffer_text(out, ": it would close a circle with pairs locked before.\n");
}

/* Does nobody stand between the two, whatever the order? */
static int is_step(const struct ranking *r, uint32_t over, uint32_t under)
{
    for (uint32_t b = 0; b < r->c->m; b++)
        if (cci_above(&r->always, over, b) && cci_above(&r->always, b, under))
            return 0;
    return 1;
}

/* "A is locked over B with 21.": the steps from place to place tell all the others. */
static void note_locked(struct ranking *r, const cci_pair *pair, uint32_t over, uint32_t under)
{
    cci_buffer *out = &r->c->run->notes;
    if (pair->strength == 0 || !is_step(r, over, under))
        return;
    cci_buffer_text(out, cci_name(r->c->run, over));
    cci_buffer_text(out, " is locked over ");
    cci_buffer_text(out, cci_name(r->c->run, under));
    cci_buffer_format(out, " with %lld.\n", (long long)pair->strength);
}

static cocreate_status write_trace(struct ranking *r, cocreate_error *error)
{
    cci_contest *c = r->c;
    cci_buffer *out = &c->run->trace;
    cci_pair *pairs;
    size_t count;
    cci_write_pairwise(c, "", ",\"sorted_pairs\"");
    if (cci_is_traced(c)) {
        CCI_TRY(cci_field_pairs(c, &r->field, &pairs, &count, error));
        cci_buffer_text(out, ",\"sorted_pairs\":[");
        for (size_t i = 0; i < count; i++) {
            uint32_t over = r->field.members[pairs[i].over];
            uint32_t under = r->field.members[pairs[i].under];
            int always = cci_above(&r->always, over, under), some = cci_above(&r->some, over, under);
            cci_buffer_format(out, i > 0 ? ",{\"locked\":\"%s\",\"over\":" : "{\"locked\":\"%s\",\"over\":",
                              always ? "yes" : some ? "some" : "no");
            cci_write_id(c->run, out, over);
            cci_buffer_format(out, ",\"strength\":\"%lld\",\"under\":", (long long)pairs[i].strength);
            cci_write_id(c->run, out, under);
            cci_buffer_byte(out, '}');
            if (always)
                note_locked(r, &pairs[i], over, under);
            else
                note_dropped(r, &pairs[i], over, under);
        }
        cci_buffer_byte(out, ']');
        cci_free(&c->run->allocator, pairs);
    }
    if (r->field.ranks != NULL)
        cci_write_drawn_order(c, r->field.ranks);
    if (r->forks.size > 0) {
        cci_buffer_text(out, ",\"universes\":[");
        cci_buffer_add(out, r->forks.data, r->forks.size);
        cci_buffer_byte(out, ']');
    }
    out->failed |= r->forks.failed;
    return COCREATE_OK;
}

/* -- The method ------------------------------------------------------------------------------- */

static cocreate_status rank_all(struct ranking *r, int draws, cocreate_error *error)
{
    cci_contest *c = r->c;
    uint32_t *ranks = NULL;
    if (c->m > CCI_LOCK_OPTIONS)
        return cci_fail(error, COCREATE_ERR_LIMIT, "%s takes at most %d options, and %zu run",
                        c->run->method->name, CCI_LOCK_OPTIONS, c->m);
    r->left = cci_contest_alloc(c, c->m, sizeof *r->left);
    r->layer = cci_contest_alloc(c, c->m, sizeof *r->layer);
    if (r->left == NULL || r->layer == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_relation_init(&r->always, &c->run->allocator, c->m, error));
    CCI_TRY(cci_relation_init(&r->some, &c->run->allocator, c->m, error));
    cci_write_blank(c);
    if (draws) {
        ranks = cci_contest_alloc(c, c->m, sizeof *ranks);
        if (ranks == NULL)
            return cci_no_memory(error);
        CCI_TRY(cci_drawn_order(c, ranks, error));
    }
    CCI_TRY(cci_field_init(c, ranks, &r->field, error));
    CCI_TRY(order_all(r, error));
    return write_trace(r, error);
}

static cocreate_status work(cci_contest *c, int draws, cocreate_error *error)
{
    struct ranking r = {.c = c};
    cci_buffer_init(&r.forks, &c->run->allocator);
    cocreate_status status = rank_all(&r, draws, error);
    cci_buffer_free(&r.forks);
    cci_free(&c->run->allocator, r.always.rows);
    cci_free(&c->run->allocator, r.some.rows);
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

static cocreate_status run_ranked_pairs(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work_by_chain, error);
}

static cocreate_status run_ranked_pairs_zt(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work_by_draw, error);
}

const cci_method cci_method_ranked_pairs = {
    .name = "ranked_pairs",
    .title = "Ranked pairs: majorities are locked from the strongest on, unless they close a circle",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .parallel = 1,
    .condorcet = 1,
    .tally = COCREATE_TALLY_PAIRS,
    .complexity = "O(ballots * options^2 + options^3), at most 4,096 options; every order: that for "
                  "each of at most 65,536 steps",
    .source = "Tideman, Independence of clones as a criterion for voting rules, Social Choice and "
              "Welfare 4 (1987); Brill & Fischer, The price of neutrality for the ranked pairs "
              "method (2012), for parallel universes",
    .run = run_ranked_pairs,
};

const cci_method cci_method_ranked_pairs_zt = {
    .name = "ranked_pairs_zt",
    .title = "Ranked pairs, with ties by ballots that are drawn",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .draws = 1,
    .complexity = "O(ballots * options^2 + ballots^2 + options^3), at most 4,096 options",
    .source = "Zavist & Tideman, Complete independence of clones in the ranked pairs rule, Social "
              "Choice and Welfare 6 (1989)",
    .run = run_ranked_pairs_zt,
};
