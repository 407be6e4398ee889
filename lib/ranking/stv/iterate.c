/* The iteration of Meek and Warren counts. */
#include "ranking/stv/iterate.h"

#include <string.h>

#include "base/checked.h"
#include "ranking/stv/equal.h"
#include "ranking/stv/plain.h"
#include "ranking/write.h"

/* 128 bits, unsigned. */
typedef struct wide {
    uint64_t high, low;
} wide;

typedef struct state {
    cci_count count;
    cci_tree tree;
    cci_equal equal;  /* ballots with equal ranks, which Meek's method keeps out of the tree */
    const cci_iteration *rule;
    uint64_t scale;   /* 10^decimals */
    uint64_t *keep;   /* keep factors, in 1 / scale */
    uint64_t *rest;   /* what a node hands on of one paper */
    size_t rest_room;
    wide *sums;       /* votes in 1 / (scale * shares) */
    uint64_t papers;  /* of the ballot that is passed */
    cci_value surplus, last, total;
    size_t passes;    /* of this round */
} state;

/* -- A pass over the votes -------------------------------------------------------------------- */

static inline void add_product(wide *sum, uint64_t a, uint64_t b)
{
    uint64_t high = 0, low;
    if ((a | b) >> 32 == 0)
        low = a * b;
    else
        cci_mul_u64(a, b, &high, &low);
    sum->low += low;
    sum->high += high + (sum->low < low);
}

/* What `factor` keeps of the weight, and the rest. Both are at most the scale, which is 10^9 at
 * most, so that products fit. */
static uint64_t split(const state *s, uint64_t weight, uint64_t factor, uint64_t *rest)
{
    uint64_t kept;
    if (factor == s->scale) {
        *rest = 0;
        return weight;
    }
    if (s->rule->keep == CCI_KEEP_AT_MOST)
        kept = factor < weight ? factor : weight;
    else if (s->rule->keep == CCI_KEEP_UP)
        kept = (weight * factor + s->scale - 1) / s->scale;
    else {
        kept = weight * factor / s->scale;
        *rest = weight * (s->scale - factor) / s->scale;
        return kept;
    }
    *rest = weight - kept;
    return kept;
}

static void add_kept(void *context, uint32_t option, uint64_t kept)
{
    state *s = context;
    add_product(&s->sums[option], kept, s->papers);
}

static uint64_t split_alone(void *context, uint64_t weight, uint64_t factor, uint64_t *rest)
{
    return split(context, weight, factor, rest);
}

static cocreate_status pass_equal(state *s, wide *spent, cocreate_error *error)
{
    for (size_t i = 0; i < s->equal.count; i++) {
        uint64_t rest;
        s->papers = (uint64_t)s->count.run->electorate->weights[s->equal.ballots[i]];
        CCI_TRY(cci_equal_pass(&s->equal, s->equal.ballots[i], s->keep, add_kept, split_alone, s,
                               &rest, error));
        add_product(spent, rest, s->papers);
    }
    return COCREATE_OK;
}

/* sum / (scale * shares) as a value. */
static cocreate_status to_value(state *s, wide sum, cci_value *out, cocreate_error *error)
{
    cci_count *c = &s->count;
    int64_t den;
    if (sum.high == 0 && sum.low <= INT64_MAX / 2 &&
        cci_mul_i64((int64_t)s->scale, s->tree.shares, &den) && den <= INT64_MAX / 2) {
        cci_value_set(&c->run->allocator, out, (int64_t)sum.low, den);
        return COCREATE_OK;
    }
    cci_rational *x = &c->calc.x, *y = &c->calc.y;
    mp_set_u64(&x->num, sum.high); /* fits what mp_init has allocated */
    mp_set(&x->den, 1);
    CCI_TRY(cci_big_status(mp_mul_2d(&x->num, 64, &x->num), error));
    mp_set_u64(&y->num, sum.low);
    CCI_TRY(cci_big_status(mp_add(&x->num, &y->num, &x->num), error));
    CCI_TRY(cci_rational_set_i64(y, (int64_t)s->scale, 1, error));
    CCI_TRY(cci_rational_div(x, y, x, error));
    CCI_TRY(cci_rational_set_i64(y, s->tree.shares, 1, error));
    CCI_TRY(cci_rational_div(x, y, x, error));
    return cci_value_set_rational(&c->run->allocator, out, x, error);
}

/* Votes of all, their total, and what is exhausted, at the keep factors there are. */
static cocreate_status pass(state *s, cocreate_error *error)
{
    cci_count *c = &s->count;
    const cci_step *steps = s->tree.steps;
    wide spent = {0, 0};
    if (!cci_grow(&c->run->allocator, (void **)&s->rest, &s->rest_room, s->tree.size,
                  sizeof *s->rest))
        return cci_no_memory(error);
    memset(s->sums, 0, c->candidates * sizeof *s->sums);
    s->rest[0] = s->scale;
    add_product(&spent, steps[0].spent, s->scale);
    for (size_t i = 1; i < s->tree.size; i++) {
        uint64_t weight = s->rest[steps[i].parent], rest;
        uint64_t kept = split(s, weight, s->keep[steps[i].candidate], &rest);
        s->rest[i] = rest;
        add_product(&s->sums[steps[i].candidate], kept, steps[i].papers);
        add_product(&spent, rest, steps[i].spent);
    }
    CCI_TRY(pass_equal(s, &spent, error));
    cci_value_set(&c->run->allocator, &s->total, 0, 1);
    for (uint32_t o = 0; o < c->candidates; o++) {
        CCI_TRY(to_value(s, s->sums[o], &c->votes[o], error));
        CCI_TRY(cci_calc_add(&c->calc, &s->total, &c->votes[o], &s->total, error));
        c->changed[o] = 1;
    }
    CCI_TRY(to_value(s, spent, &c->exhausted, error));
    cci_value blank = {c->run->electorate->blank, 1, NULL};
    return cci_calc_add(&c->calc, &c->exhausted, &blank, &c->exhausted, error);
}

/* -- Deciding --------------------------------------------------------------------------------- */

/* The total over one more than the seats, cut, plus one unit: it falls as ballots exhaust. */
static cocreate_status set_quota(state *s, cocreate_error *error)
{
    cci_count *c = &s->count;
    cci_value parts = {(int64_t)c->seats + 1, 1, NULL}, unit = {1, (int64_t)s->scale, NULL};
    CCI_TRY(cci_calc_div(&c->calc, &s->total, &parts, &c->quota, error));
    CCI_TRY(cci_calc_round(&c->calc, &c->quota, s->rule->decimals, 0, &c->quota, error));
    return cci_calc_add(&c->calc, &c->quota, &unit, &c->quota, error);
}

/* Sum of votes of the elected beyond the quota; not less than 0, which rounding could make it. */
static cocreate_status set_surplus(state *s, cocreate_error *error)
{
    cci_count *c = &s->count;
    int sign = 0;
    cci_value_set(&c->run->allocator, &s->surplus, 0, 1);
    for (size_t i = 0; i < c->electeds; i++) {
        CCI_TRY(cci_calc_add(&c->calc, &s->surplus, &c->votes[c->elected[i].candidate], &s->surplus,
                             error));
        CCI_TRY(cci_calc_sub(&c->calc, &s->surplus, &c->quota, &s->surplus, error));
    }
    CCI_TRY(cci_calc_sign(&s->surplus, &sign, error));
    if (sign < 0)
        cci_value_set(&c->run->allocator, &s->surplus, 0, 1);
    return COCREATE_OK;
}

/* New keep factors of the elected: factor * quota / votes, rounded up, at most 1. */
static cocreate_status update(state *s, cocreate_error *error)
{
    cci_count *c = &s->count;
    int decimals = s->rule->decimals;
    for (size_t i = 0; i < c->electeds; i++) {
        uint32_t o = c->elected[i].candidate;
        int sign = 0;
        CCI_TRY(cci_calc_sign(&c->votes[o], &sign, error));
        if (sign == 0)
            continue;
        cci_value_set(&c->run->allocator, &c->factor, (int64_t)s->keep[o], (int64_t)s->scale);
        CCI_TRY(cci_calc_mul(&c->calc, &c->factor, &c->quota, &c->factor, error));
        if (!s->rule->update_once)
            CCI_TRY(cci_calc_round(&c->calc, &c->factor, decimals, 1, &c->factor, error));
        CCI_TRY(cci_calc_div(&c->calc, &c->factor, &c->votes[o], &c->factor, error));
        CCI_TRY(cci_calc_round(&c->calc, &c->factor, decimals, 1, &c->factor, error));
        uint64_t factor = c->factor.big != NULL ? s->scale : (uint64_t)c->factor.num;
        s->keep[o] = factor < s->scale ? factor : s->scale;
    }
    return COCREATE_OK;
}

static cocreate_status elect(state *s, size_t *elected, cocreate_error *error)
{
    cci_count *c = &s->count;
    size_t before = c->electeds;
    CCI_TRY(cci_count_elect_reaching(c, s->rule->look, error));
    *elected = c->electeds - before;
    for (size_t i = before; i < c->electeds; i++)
        CCI_TRY(cci_stv_tree_elect(&s->tree, c->elected[i].candidate, error));
    return *elected > 0 ? cci_stv_tree_settle(&s->tree, error) : COCREATE_OK;
}

/* Pass after pass until somebody is elected, or the surplus is small or no longer falls, or (batch)
 * there are sure losers: n of them, in count.group. */
static cocreate_status settle_votes(state *s, size_t *elected, size_t *n, cocreate_error *error)
{
    cci_count *c = &s->count;
    cci_value omega = {s->rule->omega, (int64_t)s->scale, NULL};
    CCI_TRY(cci_calc_copy(&c->calc, &c->valid, &s->last, error));
    for (*n = 0, s->passes = 1;; s->passes++) {
        int small = 0, falls = 0;
        CCI_TRY(cci_run_progress(c->run, c->round, c->candidates, error));
        CCI_TRY(pass(s, error));
        CCI_TRY(set_quota(s, error));
        CCI_TRY(cci_count_note_state(c, error));
        CCI_TRY(elect(s, elected, error));
        CCI_TRY(set_surplus(s, error));
        CCI_TRY(cci_value_compare(&s->surplus, &omega, &small, error));
        CCI_TRY(cci_value_compare(&s->surplus, &s->last, &falls, error));
        if (*elected > 0)
            return COCREATE_OK;
        if (s->rule->batch)
            CCI_TRY(cci_count_sure_losers(c, &s->surplus, 0, c->group, n, error));
        if (*n > 0 || small < 0 || falls >= 0)
            return COCREATE_OK;
        CCI_TRY(cci_calc_copy(&c->calc, &s->surplus, &s->last, error));
        CCI_TRY(update(s, error));
    }
}

/* The hopeful who leaves: the lowest, with whom those within the surplus may tie. */
static cocreate_status choose(state *s, uint32_t *out, cocreate_error *error)
{
    cci_count *c = &s->count;
    size_t n = 0;
    if (!s->rule->tie_by_surplus)
        return cci_count_lowest(c, s->rule->look, out, error);
    CCI_TRY(cci_count_extreme(c, 0, c->group, &n, error));
    CCI_TRY(cci_calc_add(&c->calc, &c->votes[c->group[0]], &s->surplus, &c->sum, error));
    n = 0;
    for (uint32_t o = 0; o < c->candidates; o++) {
        int order = 1;
        if (c->hopeful[o])
            CCI_TRY(cci_value_compare(&c->votes[o], &c->sum, &order, error));
        if (order <= 0)
            c->group[n++] = o;
    }
    return cci_count_pick(c, c->group, n, 1, s->rule->look, out, error);
}

static cocreate_status eliminate(state *s, const uint32_t *group, size_t n, cocreate_error *error)
{
    for (size_t i = 0; i < n; i++) {
        CCI_TRY(cci_count_eliminate(&s->count, group[i], error));
        s->keep[group[i]] = 0;
        CCI_TRY(cci_stv_tree_eliminate(&s->tree, group[i], error));
    }
    return cci_stv_tree_settle(&s->tree, error);
}

/* -- Rounds ----------------------------------------------------------------------------------- */

static void write_keeps(state *s)
{
    cci_count *c = &s->count;
    cci_buffer *out = &c->middle;
    int first = 1;
    cci_buffer_format(out, ",\"iterations\":%zu,\"keep\":{", s->passes);
    for (size_t i = 0; i < c->candidates; i++) {
        uint32_t o = c->run->roster->by_key[i];
        if (c->status[o] != CCI_ELECTED)
            continue;
        if (!first)
            cci_buffer_byte(out, ',');
        first = 0;
        cci_write_id(c->run, out, o);
        cci_buffer_text(out, ":\"");
        cci_write_decimal(out, (int64_t)s->keep[o], s->rule->decimals);
        cci_buffer_byte(out, '"');
    }
    cci_buffer_byte(out, '}');
}

static cocreate_status play_round(state *s, int *over, cocreate_error *error)
{
    cci_count *c = &s->count;
    size_t elected = 0, losers = 0;
    CCI_TRY(cci_count_begin(c, error));
    if (c->hopefuls > cci_seats_left(c)) {
        CCI_TRY(settle_votes(s, &elected, &losers, error));
        write_keeps(s);
        if (elected == 0) {
            if (losers == 0) {
                CCI_TRY(choose(s, &c->group[0], error));
                losers = 1;
            }
            CCI_TRY(eliminate(s, c->group, losers, error));
        }
    }
    CCI_TRY(cci_plain_over(c, over, error));
    return cci_count_end(c, error);
}

static cocreate_status work(state *s, cci_run *run, cocreate_error *error)
{
    cci_count *c = &s->count;
    const cocreate_allocator *a = &run->allocator;
    cci_bundle all = {CCI_NO_PAPER, CCI_NO_PAPER, {0, 1, NULL}};
    int meek = s->rule->keep != CCI_KEEP_AT_MOST;
    s->scale = (uint64_t)cci_power_of_ten(s->rule->decimals);
    CCI_TRY(cci_count_open(c, run, s->rule->decimals, meek, &all, error));
    c->iterative = 1;
    s->keep = cci_alloc(a, c->candidates, sizeof *s->keep);
    s->sums = cci_alloc(a, c->candidates, sizeof *s->sums);
    if (s->keep == NULL || s->sums == NULL)
        return cci_no_memory(error);
    for (size_t o = 0; o < c->candidates; o++)
        s->keep[o] = s->scale;
    CCI_TRY(cci_stv_tree_init(&s->tree, c, &all, error));
    if (meek)
        CCI_TRY(cci_equal_init(&s->equal, c, s->scale, error));
    CCI_TRY(pass(s, error));
    CCI_TRY(set_quota(s, error));
    for (int over = 0; !over;)
        CCI_TRY(play_round(s, &over, error));
    return cci_count_finish(c, error);
}

cocreate_status cci_iterate(cci_run *run, const cci_iteration *rule, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    state s;
    memset(&s, 0, sizeof s);
    s.rule = rule;
    cocreate_status status = work(&s, run, error);
    cci_stv_tree_free(&s.tree);
    cci_equal_free(&s.equal);
    cci_free(a, s.keep);
    cci_free(a, s.rest);
    cci_free(a, s.sums);
    cci_value_clear(a, &s.surplus);
    cci_value_clear(a, &s.last);
    cci_value_clear(a, &s.total);
    cci_count_free(&s.count);
    return status;
}
