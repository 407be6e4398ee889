/* lineage_share: what works earn, shared with the works that they derive from. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "reward/sharing/lineage.h"

enum { DECAY, LAP, LRP };
enum { DEPTH_MAX = 100, SOURCES_MAX = 1000 };

typedef struct descent {
    int64_t pool; /* 0: what "revenue" of the result says */
    int policy;
    cci_number decay;
    int64_t depth; /* 0: no limit */
    cci_where where;
} descent;

static const cci_parameter parameters[] = {
    CCI_PARAMETER_FUND,
    {"pool", "amount", 0,
     "what is shared; required unless the fund is of revenue, then by default what the result's list "
     "\"revenue\" says"},
    {"policy", "choice", 1,
     "decay: each work passes a part of what it counts on to its parents; lap: an ancestor takes its rate "
     "of what any descendant earns; lrp: a parent takes its rate of what a child receives"},
    {"decay", "number", 0, "of the policy decay, between 0 and 1: the part that is passed on"},
    {"depth", "integer", 0, "of the policy decay: how many generations back it goes; by default all"},
    {"where", "condition", 0, "which entries share the pool, by default \"selected\""},
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_ROUNDING,
    CCI_PARAMETER_TEAM,
    CCI_PARAMETER_END,
};

static cocreate_status read_decay(const json_t *json, descent *d, const cci_path *path,
                                  cocreate_error *error)
{
    const json_t *decay = json_object_get(json, "decay");
    cci_path at = cci_path_key(path, "decay"), depth_at = cci_path_key(path, "depth");
    if (d->policy != DECAY) {
        if (decay != NULL && !json_is_null(decay))
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                                 "given, but only the policy decay has one");
        return d->depth == 0 ? COCREATE_OK
                             : cci_json_fail(error, COCREATE_ERR_SCHEMA, &depth_at,
                                             "given, but only the policy decay has one");
    }
    if (decay == NULL || json_is_null(decay))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "required, but missing");
    CCI_TRY(cci_number_read(decay, &d->decay, &at, error));
    return d->decay.num > 0 && d->decay.num < d->decay.den
               ? COCREATE_OK
               : cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "is not between 0 and 1");
}

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    static const char *const policies[] = {"decay", "lap", "lrp", NULL};
    cci_path where_at = cci_path_key(path, "where"), pool_at = cci_path_key(path, "pool");
    const char *where = NULL;
    descent *d = cci_arena_alloc(&scheme->arena, 1, sizeof *d);
    if (d == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_read_amount_opt(scheme, json, "pool", &d->pool, path, error));
    CCI_TRY(cci_json_choice(json, "policy", policies, &d->policy, path, error));
    CCI_TRY(cci_json_i64_opt(json, "depth", 1, DEPTH_MAX, &d->depth, path, error));
    CCI_TRY(read_decay(json, d, path, error));
    CCI_TRY(cci_json_string_opt(json, "where", &where, path, error));
    if (where != NULL && d->pool == 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &where_at,
                             "given, but without a pool the list \"revenue\" says who earns");
    CCI_TRY(cci_where_parse(&scheme->arena, where == NULL ? "selected" : where, &d->where,
                            &where_at, error));
    if (d->pool == 0 && !rule->fund->revenue)
        return cci_unbounded(rule, &pool_at, "a pool, or a fund of revenue", error);
    scheme->needs |= d->where.needs;
    rule->bound = rule->fund->revenue ? 0 : d->pool;
    rule->why = "the pool";
    rule->parameters = d;
    return COCREATE_OK;
}

/* ---- who earns ---- */

typedef struct source {
    size_t entry;
    int64_t amount; /* minor units, or 1 each for a pool */
    size_t index;
} source;

typedef struct sources {
    source *items;
    size_t n;
    int64_t total; /* what is shared */
} sources;

static int by_entry(const void *a, const void *b)
{
    const source *x = a, *y = b;
    if (x->entry != y->entry)
        return x->entry < y->entry ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static cocreate_status read_revenue(cci_evaluation *e, const cci_rule *rule, sources *out,
                                    cocreate_error *error)
{
    cci_section list;
    CCI_TRY(cci_section_open(e, rule, "revenue", 0, &list, error));
    if (list.n > SOURCES_MAX)
        return cci_json_fail(error, COCREATE_ERR_LIMIT, &list.list, "more than %d entries earn",
                             SOURCES_MAX);
    out->items = cci_arena_alloc(&e->scratch, list.n, sizeof *out->items);
    if (out->items == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < list.n; i++) {
        const json_t *row;
        const cci_entry *entry = NULL;
        source *s = &out->items[i];
        cci_path path;
        CCI_TRY(cci_section_row(&list, i, &row, &path, error));
        CCI_TRY(cci_row_entry(e, row, "entry", &entry, &path, error));
        CCI_TRY(cci_row_amount(e, row, "amount", &s->amount, &path, error));
        s->entry = (size_t)(entry - e->result->entries);
        s->index = i;
        if (!cci_add_i64(out->total, s->amount, &out->total) || out->total > CCI_MINOR_MAX)
            return cci_json_fail(error, COCREATE_ERR_OVERFLOW, &path,
                                 "with it the revenue is more than 2^53 - 1 minor units of %s",
                                 e->scheme->currency);
    }
    if (list.n > 0)
        qsort(out->items, list.n, sizeof *out->items, by_entry);
    for (size_t i = 1; i < list.n; i++)
        if (out->items[i - 1].entry == out->items[i].entry) {
            cci_path path = cci_path_at(&list.list, out->items[i].index);
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &path,
                                 "the revenue of \"%s\" is in $.revenue[%zu] already",
                                 e->result->entries[out->items[i].entry].id,
                                 out->items[i - 1].index);
        }
    out->n = list.n;
    return COCREATE_OK;
}

/* Eligible entries that meet the condition have the pool in equal parts. */
static cocreate_status read_winners(cci_evaluation *e, const cci_rule *rule, sources *out,
                                    cocreate_error *error)
{
    const descent *d = rule->parameters;
    cci_stand *stands;
    size_t n;
    cci_path root = CCI_ROOT, at = cci_path_key(&root, e->result->list);
    CCI_TRY(cci_standing(e, rule, 0, &stands, &n, error));
    out->items = cci_arena_alloc(&e->scratch, n, sizeof *out->items);
    if (out->items == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < n; i++)
        if (cci_where_holds(&d->where, stands[i].entry, stands[i].place))
            out->items[out->n++] = (source){(size_t)(stands[i].entry - e->result->entries), 1, i};
    if (out->n > SOURCES_MAX)
        return cci_json_fail(error, COCREATE_ERR_LIMIT, &at, "more than %d entries share the pool",
                             SOURCES_MAX);
    if (out->n > 0)
        qsort(out->items, out->n, sizeof *out->items, by_entry);
    out->total = d->pool;
    return COCREATE_OK;
}

/* ---- one source ---- */

/* Numbers of all entries; what none has reached has no memory. */
typedef struct row {
    cci_rational *numbers;
    char *there;
} row;

typedef struct flow {
    const cci_lineage *lineage;
    const descent *rule;
    row kept, through, later; /* what a work counts; what it hands on for works of its owner; what the
                                 next generation receives */
    cci_rational part, sum;
    char *live; /* has a parent of another owner, or an own one that has */
} flow;

static cocreate_status add(row *r, size_t i, const cci_rational *value, cocreate_error *error)
{
    if (!r->there[i]) {
        CCI_TRY(cci_rational_init(&r->numbers[i], error));
        r->there[i] = 1;
    }
    return cci_rational_add(&r->numbers[i], value, &r->numbers[i], error);
}

static int row_make(cci_evaluation *e, row *r, size_t n)
{
    r->numbers = cci_arena_alloc(&e->scratch, n, sizeof *r->numbers);
    r->there = cci_arena_alloc(&e->scratch, n, 1);
    return r->numbers != NULL && r->there != NULL;
}

/* Back to 0 everywhere. */
static void row_clear(row *r, size_t n)
{
    for (size_t i = 0; i < n && r->there != NULL; i++)
        if (r->there[i]) {
            cci_rational_clear(&r->numbers[i]);
            r->numbers[i] = (cci_rational){0};
            r->there[i] = 0;
        }
}

static void find_live(const cci_lineage *l, char *live)
{
    for (size_t i = l->n; i-- > 0;) {
        size_t node = l->order[i];
        for (size_t k = l->first[node]; k < l->first[node + 1]; k++)
            if (!l->edges[k].own || live[l->edges[k].parent])
                live[node] = 1;
    }
}

static cci_number portion_of(const cci_descent *edge)
{
    return edge->portion.den > 0 ? edge->portion : (cci_number){1, 1};
}

/* Hand f->part on to the parents of a work. A parent of the same owner receives nothing, but hands its
 * portion on to its own parents, so that inserting copies of one's own work changes nothing; one from
 * which no line leads to other owners has no portion. */
static cocreate_status hand_on(flow *f, size_t node, row *next, cci_rational *portion,
                               cocreate_error *error)
{
    const cci_lineage *l = f->lineage;
    CCI_TRY(cci_rational_set_i64(&f->sum, 0, 1, error));
    for (size_t k = l->first[node]; k < l->first[node + 1]; k++)
        if (!l->edges[k].own || f->live[l->edges[k].parent])
            CCI_TRY(cci_add_number(&f->sum, portion_of(&l->edges[k]), error));
    for (size_t k = l->first[node]; k < l->first[node + 1]; k++) {
        const cci_descent *edge = &l->edges[k];
        if (edge->own && !f->live[edge->parent])
            continue;
        CCI_TRY(cci_set_number(portion, portion_of(edge), error));
        CCI_TRY(cci_rational_div(portion, &f->sum, portion, error));
        CCI_TRY(cci_rational_mul(portion, &f->part, portion, error));
        CCI_TRY(add(edge->own ? &f->through : next, edge->parent, portion, error));
    }
    return COCREATE_OK;
}

/* One pass over the order. `received` is what works receive, which with a depth is of one generation;
 * what their parents receive is added to `next`. */
static cocreate_status decay_pass(flow *f, row *received, row *next, cci_rational *portion,
                                  cocreate_error *error)
{
    const cci_lineage *l = f->lineage;
    for (size_t i = 0; i < l->n; i++) {
        size_t node = l->order[i];
        if ((!received->there[node] && !f->through.there[node]) || !f->live[node])
            continue;
        CCI_TRY(cci_rational_set_i64(&f->part, 0, 1, error));
        if (received->there[node]) {
            CCI_TRY(cci_set_number(&f->part, f->rule->decay, error));
            CCI_TRY(cci_rational_mul(&f->part, &received->numbers[node], &f->part, error));
        }
        if (f->through.there[node])
            CCI_TRY(cci_rational_add(&f->part, &f->through.numbers[node], &f->part, error));
        CCI_TRY(hand_on(f, node, next, portion, error));
    }
    return COCREATE_OK;
}

static cocreate_status flow_decay(flow *f, row *spare, cci_rational *portion,
                                  cocreate_error *error)
{
    size_t n = f->lineage->n;
    if (f->rule->depth == 0)
        return decay_pass(f, &f->kept, &f->kept, portion, error);
    /* `later` is the generation that receives, `spare` the one after it. */
    for (size_t i = 0; i < n; i++)
        if (f->kept.there[i])
            CCI_TRY(add(&f->later, i, &f->kept.numbers[i], error));
    for (int64_t g = 0; g < f->rule->depth; g++) {
        int any = 0;
        CCI_TRY(decay_pass(f, &f->later, spare, portion, error));
        row_clear(&f->through, n);
        row_clear(&f->later, n);
        for (size_t i = 0; i < n; i++)
            if (spare->there[i]) {
                any = 1;
                CCI_TRY(add(&f->kept, i, &spare->numbers[i], error));
            }
        row swap = f->later;
        f->later = *spare;
        *spare = swap;
        if (!any)
            break;
    }
    return COCREATE_OK;
}

static cocreate_status too_much(const cci_evaluation *e, size_t entry, const char *what,
                                cocreate_error *error)
{
    cci_path root = CCI_ROOT, at = cci_path_key(&root, "lineage");
    return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                         "the rates that %s \"%s\" sum to more than 1", what,
                         e->result->entries[entry].id);
}

/* Absolute: a link takes its rate of the source once for each line that leads to it. `later` counts
 * the lines; what the ancestors take the source does not keep. */
static cocreate_status flow_lap(cci_evaluation *e, flow *f, size_t from, cci_rational *take,
                                cocreate_error *error)
{
    const cci_lineage *l = f->lineage;
    CCI_TRY(cci_rational_set_i64(&f->sum, 0, 1, error));
    CCI_TRY(add(&f->later, from, &f->kept.numbers[from], error));
    for (size_t i = 0; i < l->n; i++) {
        size_t node = l->order[i];
        if (!f->later.there[node])
            continue;
        for (size_t k = l->first[node]; k < l->first[node + 1]; k++) {
            size_t parent = l->edges[k].parent;
            CCI_TRY(add(&f->later, parent, &f->later.numbers[node], error));
            CCI_TRY(cci_set_number(take, l->edges[k].rate, error));
            CCI_TRY(cci_rational_mul(take, &f->later.numbers[node], take, error));
            CCI_TRY(cci_rational_add(&f->sum, take, &f->sum, error));
            if (cci_rational_sign(take) != 0)
                CCI_TRY(add(&f->kept, parent, take, error));
        }
        if (mp_cmp(&f->sum.num, &f->sum.den) == MP_GT)
            return too_much(e, from, "the ancestors take of", error);
    }
    return cci_rational_sub(&f->kept.numbers[from], &f->sum, &f->kept.numbers[from], error);
}

/* Relative: a parent takes its rate of what the child receives. */
static cocreate_status flow_lrp(cci_evaluation *e, flow *f, cci_rational *take,
                                cocreate_error *error)
{
    const cci_lineage *l = f->lineage;
    for (size_t i = 0; i < l->n; i++) {
        size_t node = l->order[i];
        if (!f->kept.there[node])
            continue;
        CCI_TRY(cci_rational_copy(&f->part, &f->kept.numbers[node], error));
        for (size_t k = l->first[node]; k < l->first[node + 1]; k++) {
            if (l->edges[k].rate.num == 0)
                continue;
            CCI_TRY(cci_set_number(take, l->edges[k].rate, error));
            CCI_TRY(cci_rational_mul(take, &f->part, take, error));
            CCI_TRY(add(&f->kept, l->edges[k].parent, take, error));
            CCI_TRY(cci_rational_sub(&f->kept.numbers[node], take, &f->kept.numbers[node], error));
        }
        if (cci_rational_sign(&f->kept.numbers[node]) < 0)
            return too_much(e, node, "parents take of", error);
    }
    return COCREATE_OK;
}

/* What each entry counts when one source earns 1, added to the weights times what it earns. */
static cocreate_status run_source(cci_evaluation *e, flow *f, const source *s, row *spare,
                                  cci_claims *claims, cci_rational *scratch,
                                  cocreate_error *error)
{
    CCI_TRY(cci_rational_set_i64(scratch, 1, 1, error));
    CCI_TRY(add(&f->kept, s->entry, scratch, error));
    CCI_TRY(f->rule->policy == DECAY ? flow_decay(f, spare, scratch, error)
            : f->rule->policy == LAP ? flow_lap(e, f, s->entry, scratch, error)
                                     : flow_lrp(e, f, scratch, error));
    CCI_TRY(cci_rational_set_i64(&f->sum, 0, 1, error));
    for (size_t i = 0; i < f->lineage->n; i++)
        if (f->kept.there[i])
            CCI_TRY(cci_rational_add(&f->sum, &f->kept.numbers[i], &f->sum, error));
    CCI_TRY(cci_rational_set_i64(scratch, s->amount, 1, error));
    CCI_TRY(cci_rational_div(scratch, &f->sum, &f->sum, error));
    for (size_t i = 0; i < f->lineage->n; i++)
        if (f->kept.there[i]) {
            CCI_TRY(cci_rational_mul(&f->kept.numbers[i], &f->sum, scratch, error));
            CCI_TRY(cci_rational_add(&claims->weights[i], scratch, &claims->weights[i], error));
        }
    return COCREATE_OK;
}

static cocreate_status run_all(cci_evaluation *e, flow *f, const sources *s, cci_claims *claims,
                               cocreate_error *error)
{
    size_t n = f->lineage->n;
    row spare = {0};
    cci_rational scratch = {0};
    f->live = cci_arena_alloc(&e->scratch, n, 1);
    if (f->live == NULL || !row_make(e, &f->kept, n) || !row_make(e, &f->through, n) ||
        !row_make(e, &f->later, n) || !row_make(e, &spare, n))
        return cci_no_memory(error);
    find_live(f->lineage, f->live);
    cocreate_status status = cci_rational_init(&f->part, error);
    if (status == COCREATE_OK)
        status = cci_rational_init(&f->sum, error);
    if (status == COCREATE_OK)
        status = cci_rational_init(&scratch, error);
    for (size_t i = 0; i < s->n && status == COCREATE_OK; i++) {
        if (s->items[i].amount > 0)
            status = run_source(e, f, &s->items[i], &spare, claims, &scratch, error);
        row_clear(&f->kept, n);
        row_clear(&f->through, n);
        row_clear(&f->later, n);
        row_clear(&spare, n);
    }
    cci_rational_clear(&scratch);
    cci_rational_clear(&f->sum);
    cci_rational_clear(&f->part);
    return status;
}

static cocreate_status award(cci_evaluation *e, const cci_rule *rule, const sources *s,
                             const cci_claims *claims, size_t i, cocreate_error *error)
{
    const descent *d = rule->parameters;
    cci_trace *t = &e->trace;
    cci_trace_begin(t);
    CCI_TRY(cci_trace_integer(t, "shared", CCI_UNIT_MINOR, s->total, error));
    CCI_TRY(cci_trace_value(t, "yours", CCI_UNIT_NONE, &claims->weights[i], error));
    CCI_TRY(cci_trace_value(t, "all", CCI_UNIT_NONE, &claims->total, error));
    CCI_TRY(cci_trace_calc(t, "part", CCI_UNIT_NONE, "quotient", CCI_ARGS("yours", "all"), error));
    if (d->policy == DECAY) {
        CCI_TRY(cci_trace_number(t, "decay", CCI_UNIT_NONE, d->decay, error));
        cci_trace_say(t, "Works pass {decay} of what they count on to those they derive from: your "
                         "work counts {part} of {shared}.");
    } else {
        cci_trace_say(t, d->policy == LAP
                             ? "Each ancestor takes its rate of what any work derived from it earns: "
                               "your work has {part} of {shared}."
                             : "Each parent takes its rate of what a work derived from it receives: "
                               "your work has {part} of {shared}.");
    }
    CCI_TRY(cci_trace_share(t, rule, s->total, claims, i, "by descent", "yours", error));
    return cci_pay(e, rule, &e->result->entries[i], claims->shares[i], error);
}

static cocreate_status share(cci_evaluation *e, const cci_rule *rule, const cci_lineage *lineage,
                             const sources *s, cci_claims *claims, cocreate_error *error)
{
    cci_path root = CCI_ROOT, at = cci_path_key(&root, "lineage");
    flow f = {.lineage = lineage, .rule = rule->parameters};
    CCI_TRY(cci_claims_init(e, e->result->n, claims, error));
    for (size_t i = 0; i < claims->n; i++)
        claims->ids[i] = e->result->entries[i].id;
    cocreate_status status = run_all(e, &f, s, claims, error);
    row_clear(&f.kept, lineage->n);
    row_clear(&f.through, lineage->n);
    row_clear(&f.later, lineage->n);
    CCI_TRY(status);
    CCI_TRY(cci_claims_split(e, rule, s->total, CCI_EMPTY_RETURN, "descent", &at, claims, error));
    /* What falls to somebody who is not eligible returns to the fund. */
    for (size_t i = 0; i < claims->n; i++)
        if (claims->shares[i] > 0 && cci_eligible(rule, &e->result->entries[i]))
            CCI_TRY(award(e, rule, s, claims, i, error));
    return COCREATE_OK;
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    const descent *d = rule->parameters;
    cci_lineage lineage;
    cci_claims claims = {0};
    sources s = {0};
    CCI_TRY(cci_lineage_read(e, rule, &lineage, error));
    CCI_TRY(d->pool > 0 ? read_winners(e, rule, &s, error) : read_revenue(e, rule, &s, error));
    cocreate_status status = share(e, rule, &lineage, &s, &claims, error);
    cci_claims_free(&claims);
    return status;
}

const cci_rule_kind cci_rule_lineage_share = {
    .kind = "lineage_share",
    .title = "What works earn, shared with those they derive from",
    .parameters = parameters,
    .bound = "the pool; none from a fund of revenue",
    .source = "Story Protocol, liquid absolute and liquid relative percentage, for lap and lrp",
    .revenue = 1,
    .parse = parse,
    .evaluate = evaluate,
};
