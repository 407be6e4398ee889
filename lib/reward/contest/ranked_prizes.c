/* ranked_prizes: a prize for each place, and six ways to treat equal places. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "base/text.h"
#include "money/split.h"
#include "reward/rule.h"

enum { PRIZES_MAX = 10000 };

typedef enum tie_policy { POOL, EARLIER, LOT, HORT, SAME_PRIZE, CREATOR_DECIDES } tie_policy;

static const char *const policies[] = {"pool", "earlier", "lot", "hort", "same_prize",
                                       "creator_decides", NULL};

typedef struct prizes {
    int64_t *of; /* of[i] is that of place i + 1; never rises */
    size_t n;
    int ties; /* a tie_policy */
    int best_only;
    int64_t max_awards; /* for SAME_PRIZE */
} prizes;

static const cci_parameter parameters[] = {
    CCI_PARAMETER_FUND,
    {"prizes", "amounts", 1,
     "by place, never rising: amounts as \"500.00\", or percents of the purse as \"18%\""},
    {"purse", "amount", 0, "what percents are of; for percents only"},
    {"ties", "choice", 0,
     "pool (default): equal parts of the prizes of their places; earlier: by submitted_at, then id; "
     "lot: by seeded lots; hort: half of the own prize by submitted_at, half of the pool; "
     "same_prize: the prize of the best of their places each; creator_decides: no prize from the "
     "first tie on"},
    {"max_awards", "integer", 0, "how many same_prize may award: required there, only there"},
    {"per_person", "choice", 0, "all (default), or best_only: one place a person"},
    {"on_vacant", "choice", 0, "return: prizes of places that nobody takes stay in the fund"},
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_ROUNDING,
    CCI_PARAMETER_TEAM,
    CCI_PARAMETER_END,
};

/* ---- reading ---- */

/* Percents of a purse by largest remainder, what is left of 100 % being one more claim. */
static cocreate_status read_percents(cocreate_scheme *scheme, const json_t *list, int64_t purse,
                                     prizes *p, const cci_path *path, cocreate_error *error)
{
    cci_number *percents = cci_arena_alloc(&scheme->arena, p->n + 1, sizeof *percents);
    int64_t *weights = cci_arena_alloc(&scheme->arena, p->n + 1, sizeof *weights);
    int64_t *shares = cci_arena_alloc(&scheme->arena, p->n + 1, sizeof *shares);
    int64_t scale, sum, hundred, returned;
    if (percents == NULL || weights == NULL || shares == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < p->n; i++) {
        cci_path at = cci_path_at(path, i);
        const char *text = json_string_value(json_array_get(list, i));
        cci_rational r;
        cocreate_error inner;
        CCI_TRY(cci_rational_init(&r, error));
        cocreate_status status = cci_rational_parse(text, strlen(text) - 1, &r, &inner);
        int fits = status == COCREATE_OK && cci_number_set(&percents[i], &r);
        cci_rational_clear(&r);
        if (status == COCREATE_ERR_MEMORY)
            return cci_no_memory(error);
        if (!fits || percents[i].num <= 0)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                                 "not a percentage above 0, such as \"10.9%%\"");
    }
    if (!cci_number_scale(percents, p->n, weights, &scale, &sum) ||
        !cci_mul_i64(scale, 100, &hundred))
        return cci_json_fail(error, COCREATE_ERR_OVERFLOW, path,
                             "the percents have no common denominator of 64 bits");
    if (sum > hundred)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, path, "the percents sum to more than 100");
    weights[p->n] = hundred - sum;
    CCI_TRY(cci_split_i64(&scheme->arena.allocator, purse, weights, p->n + 1, NULL, shares,
                          &returned, error));
    memcpy(p->of, shares, p->n * sizeof *p->of);
    return COCREATE_OK;
}

static int is_percent(const json_t *value)
{
    const char *text = json_string_value(value);
    size_t n = text == NULL ? 0 : strlen(text);
    return n > 0 && text[n - 1] == '%';
}

static cocreate_status read_prizes(cocreate_scheme *scheme, const json_t *json, prizes *p,
                                   const cci_path *path, cocreate_error *error)
{
    cci_path at = cci_path_key(path, "prizes"), purse_at = cci_path_key(path, "purse");
    json_t *list;
    int64_t purse;
    CCI_TRY(cci_json_get_array(json, "prizes", &list, path, error));
    CCI_TRY(cci_read_amount_opt(scheme, json, "purse", &purse, path, error));
    p->n = json_array_size(list);
    if (p->n == 0 || p->n > PRIZES_MAX)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "holds %zu prizes, not 1 to %d",
                             p->n, PRIZES_MAX);
    p->of = cci_arena_alloc(&scheme->arena, p->n, sizeof *p->of);
    if (p->of == NULL)
        return cci_no_memory(error);
    int percent = is_percent(json_array_get(list, 0));
    if (percent != (purse > 0))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &purse_at,
                             percent ? "required, but missing: percents are of a purse"
                                     : "given, but the prizes are amounts");
    for (size_t i = 0; i < p->n; i++) {
        cci_path here = cci_path_at(&at, i);
        const json_t *value = json_array_get(list, i);
        if (is_percent(value) != percent)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                                 "prizes are all amounts or all percents");
        if (!percent)
            CCI_TRY(cci_read_amount_value(scheme, value, &p->of[i], &here, error));
    }
    if (percent)
        CCI_TRY(read_percents(scheme, list, purse, p, &at, error));
    for (size_t i = 1; i < p->n; i++)
        if (p->of[i] > p->of[i - 1]) {
            cci_path here = cci_path_at(&at, i);
            char a[COCREATE_AMOUNT_TEXT], b[COCREATE_AMOUNT_TEXT];
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                                 "is %s, more than the %s of the place before",
                                 cci_amount_text(scheme, p->of[i], a),
                                 cci_amount_text(scheme, p->of[i - 1], b));
        }
    return COCREATE_OK;
}

static cocreate_status set_bound(cocreate_scheme *scheme, const prizes *p, cci_rule *rule,
                                 const cci_path *path, cocreate_error *error)
{
    cci_path max_at = cci_path_key(path, "max_awards"), at = cci_path_key(path, "prizes");
    cci_buffer why;
    if (p->ties == SAME_PRIZE && p->max_awards == 0)
        return cci_unbounded(rule, path, "\"max_awards\", for same_prize pays every tied entry",
                             error);
    if (p->ties != SAME_PRIZE && p->max_awards > 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &max_at,
                             "only \"ties\": \"same_prize\" has it; the number of prizes bounds "
                             "the others");
    cci_buffer_init(&why, &scheme->arena.allocator);
    int fits = 1;
    if (p->ties == SAME_PRIZE) {
        char text[COCREATE_AMOUNT_TEXT];
        fits = cci_mul_i64(p->max_awards, p->of[0], &rule->bound);
        cci_buffer_format(&why, "%" PRId64 " awards of at most %s", p->max_awards,
                          cci_amount_text(scheme, p->of[0], text));
    } else {
        for (size_t i = 0; i < p->n && fits; i++)
            fits = cci_add_i64(rule->bound, p->of[i], &rule->bound);
        cci_buffer_format(&why, "the sum of %zu prize%s", p->n, p->n == 1 ? "" : "s");
    }
    CCI_TRY(cci_arena_finish(&scheme->arena, &why, &rule->why, error));
    return fits && rule->bound <= CCI_MINOR_MAX
               ? COCREATE_OK
               : cci_json_fail(error, COCREATE_ERR_OVERFLOW, &at,
                               "may cost more than 2^53 - 1 minor units of %s", scheme->currency);
}

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    static const char *const per_person[] = {"all", "best_only", NULL};
    static const char *const on_vacant[] = {"return", NULL};
    int vacant = 0;
    prizes *p = cci_arena_alloc(&scheme->arena, 1, sizeof *p);
    if (p == NULL)
        return cci_no_memory(error);
    CCI_TRY(read_prizes(scheme, json, p, path, error));
    CCI_TRY(cci_json_choice_opt(json, "ties", policies, &p->ties, path, error));
    CCI_TRY(cci_json_choice_opt(json, "per_person", per_person, &p->best_only, path, error));
    CCI_TRY(cci_json_choice_opt(json, "on_vacant", on_vacant, &vacant, path, error));
    CCI_TRY(cci_json_i64_opt(json, "max_awards", 1, CCI_MINOR_MAX, &p->max_awards, path, error));
    rule->parameters = p;
    return set_bound(scheme, p, rule, path, error);
}

/* ---- evaluating ---- */

/* Entries that share the places from `span.from` to `span.to`, in order of their ids. */
typedef struct tied_group {
    cci_stand *stands;
    size_t n;
    cci_span span;
    size_t paid;  /* how many of the places have a prize */
    int64_t pool; /* the sum of these prizes */
} tied_group;

static int64_t prize_of(const prizes *p, int64_t place)
{
    return place <= (int64_t)p->n ? p->of[place - 1] : 0;
}

static void begin(cci_evaluation *e, const cci_stand *stand)
{
    cci_trace_begin(&e->trace);
    cci_trace_rank(&e->trace, stand->place, stand->entry->metrics[CCI_METRIC_SCORE]);
}

static cocreate_status pay_place(cci_evaluation *e, const cci_rule *rule, const cci_entry *entry,
                                 int64_t place, int64_t minor, cocreate_error *error)
{
    cci_trace_prize(&e->trace, place, minor);
    return cci_pay(e, rule, entry, minor, error);
}

/* pool and same_prize: a pool in equal parts. */
static cocreate_status pay_equally(cci_evaluation *e, const cci_rule *rule, const tied_group *g,
                                   int64_t pool, int64_t awards, cocreate_error *error)
{
    const prizes *p = rule->parameters;
    int64_t *weights = cci_arena_alloc(&e->scratch, g->n, sizeof *weights);
    int64_t *shares = cci_arena_alloc(&e->scratch, g->n, sizeof *shares);
    const char **ids = cci_arena_alloc(&e->scratch, g->n, sizeof *ids);
    if (weights == NULL || shares == NULL || ids == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < g->n; i++) {
        weights[i] = 1;
        ids[i] = g->stands[i].entry->id;
    }
    CCI_TRY(cci_split_for(e, rule, pool, weights, ids, g->n, 0, 0, shares, error));
    for (size_t i = 0; i < g->n; i++) {
        begin(e, &g->stands[i]);
        if (p->ties == SAME_PRIZE)
            cci_trace_tie_same(&e->trace, g->span, prize_of(p, g->span.from), awards);
        else
            cci_trace_tie_pool(&e->trace, g->span, p->of + g->span.from - 1, g->paid, pool);
        CCI_TRY(cci_trace_apportion(&e->trace, rule->method, pool, (cci_number){1, 1},
                                    (cci_number){(int64_t)g->n, 1}, shares[i], error));
        CCI_TRY(cci_pay(e, rule, g->stands[i].entry, shares[i], error));
    }
    return COCREATE_OK;
}

typedef struct ordered {
    const cci_entry *entry;
    cci_digest ticket;
} ordered;

static int by_time(const void *a, const void *b)
{
    const cci_entry *x = ((const ordered *)a)->entry, *y = ((const ordered *)b)->entry;
    if (x->submitted.at != y->submitted.at)
        return x->submitted.at < y->submitted.at ? -1 : 1;
    return (x > y) - (x < y);
}

static int by_ticket(const void *a, const void *b)
{
    const ordered *x = a, *y = b;
    int order = memcmp(x->ticket.bytes, y->ticket.bytes, sizeof x->ticket.bytes);
    return order != 0 ? order : (x->entry > y->entry) - (x->entry < y->entry);
}

/* The order of a tied group under earlier, lot or hort. */
static cocreate_status order_group(cci_evaluation *e, const cci_rule *rule, const tied_group *g,
                                   ordered **out, cocreate_error *error)
{
    const prizes *p = rule->parameters;
    ordered *list = cci_arena_alloc(&e->scratch, g->n, sizeof *list);
    if (list == NULL)
        return cci_no_memory(error);
    if (p->ties == LOT)
        CCI_TRY(cci_need_seed(e, rule, error));
    for (size_t i = 0; i < g->n; i++) {
        const cci_entry *entry = g->stands[i].entry;
        list[i].entry = entry;
        if (p->ties == LOT) {
            list[i].ticket = cci_lot_ticket(e->seed, rule->id, entry->id);
        } else if (!entry->submitted.known) {
            cci_entry_path path;
            return cci_json_fail(error, COCREATE_ERR_TIE,
                                 cci_result_path(e->result, entry, &path),
                                 "\"%s\" shares place %" PRId64 " and has no \"submitted_at\", which "
                                 "rule \"%s\" needs to break the tie",
                                 entry->id, g->span.from, rule->id);
        }
    }
    qsort(list, g->n, sizeof *list, p->ties == LOT ? by_ticket : by_time);
    *out = list;
    return COCREATE_OK;
}

/* earlier and lot: each place to one of them. */
static cocreate_status pay_in_order(cci_evaluation *e, const cci_rule *rule, const tied_group *g,
                                    cocreate_error *error)
{
    const prizes *p = rule->parameters;
    ordered *list;
    CCI_TRY(order_group(e, rule, g, &list, error));
    for (size_t i = 0; i < g->paid; i++) {
        int64_t place = g->span.from + (int64_t)i;
        char key[68];
        if (p->ties == LOT) {
            key[0] = '"';
            cci_hex(list[i].ticket.bytes, 32, key + 1);
            memcpy(key + 65, "\"", 2);
        } else {
            snprintf(key, sizeof key, "%" PRId64, list[i].entry->submitted.at);
        }
        begin(e, &(cci_stand){list[i].entry, g->span.from, g->n});
        cci_trace_tie_order(&e->trace, policies[p->ties], g->span, place,
                            p->ties == LOT ? "ticket" : "submitted_at", key);
        CCI_TRY(pay_place(e, rule, list[i].entry, place, prize_of(p, place), error));
    }
    return COCREATE_OK;
}

/* hort: half of the own prize and half of an equal part of the pool. With g entries, own prize p and
 * pool P that is P * (g*p + P) / (2*g*P), so that one split gives it and the sum is exact. */
static cocreate_status pay_hort(cci_evaluation *e, const cci_rule *rule, const tied_group *g,
                                cocreate_error *error)
{
    const prizes *p = rule->parameters;
    ordered *list;
    int64_t *weights = cci_arena_alloc(&e->scratch, g->n, sizeof *weights);
    int64_t *shares = cci_arena_alloc(&e->scratch, g->n, sizeof *shares);
    const char **ids = cci_arena_alloc(&e->scratch, g->n, sizeof *ids);
    int64_t count = (int64_t)g->n, of;
    if (weights == NULL || shares == NULL || ids == NULL)
        return cci_no_memory(error);
    CCI_TRY(order_group(e, rule, g, &list, error));
    int fits = cci_mul_i64(2 * count, g->pool, &of);
    for (size_t i = 0; i < g->n && fits; i++) {
        ids[i] = list[i].entry->id;
        fits = cci_mul_i64(count, prize_of(p, g->span.from + (int64_t)i), &weights[i]) &&
               cci_add_i64(weights[i], g->pool, &weights[i]);
    }
    if (!fits)
        return cci_fail(error, COCREATE_ERR_OVERFLOW,
                        "$.rules[%zu]: the prizes of a tie of %zu entries are too large to halve",
                        rule->index, g->n);
    CCI_TRY(cci_split_for(e, rule, g->pool, weights, ids, g->n, 0, 0, shares, error));
    for (size_t i = 0; i < g->n; i++) {
        int64_t place = g->span.from + (int64_t)i;
        begin(e, &(cci_stand){list[i].entry, g->span.from, g->n});
        cci_trace_tie_hort(&e->trace, g->span, place, prize_of(p, place), g->pool);
        CCI_TRY(cci_trace_apportion(&e->trace, rule->method, g->pool, cci_number_of(weights[i], 1),
                                    cci_number_of(of, 1), shares[i], error));
        CCI_TRY(cci_pay(e, rule, list[i].entry, shares[i], error));
    }
    return COCREATE_OK;
}

static cocreate_status pay_group(cci_evaluation *e, const cci_rule *rule, const tied_group *g,
                                 int64_t *awards_left, cocreate_error *error)
{
    const prizes *p = rule->parameters;
    int64_t prize = prize_of(p, g->span.from), awards = (int64_t)g->n;
    /* Where all places of the tie have the same prize nobody need come first. */
    if (prize_of(p, g->span.to) == prize && p->ties != SAME_PRIZE)
        return pay_equally(e, rule, g, g->pool, 0, error);
    switch ((tie_policy)p->ties) {
    case POOL:
        return pay_equally(e, rule, g, g->pool, 0, error);
    case SAME_PRIZE:
        /* Beyond max_awards the tied share what is left of it, alike. */
        if (awards > *awards_left)
            awards = *awards_left;
        *awards_left -= awards;
        return pay_equally(e, rule, g, prize * awards, awards, error);
    case HORT:
        return pay_hort(e, rule, g, error);
    case EARLIER:
    case LOT:
        return pay_in_order(e, rule, g, error);
    case CREATOR_DECIDES:
        break;
    }
    return COCREATE_OK;
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    const prizes *p = rule->parameters;
    cci_stand *stands;
    size_t n;
    int64_t awards_left = p->ties == SAME_PRIZE ? p->max_awards : INT64_MAX;
    CCI_TRY(cci_standing(e, rule, p->best_only, &stands, &n, error));
    for (size_t i = 0; i < n && i < p->n && awards_left > 0;) {
        tied_group g = {.stands = &stands[i], .n = stands[i].tied};
        g.span = (cci_span){stands[i].place, stands[i].place + (int64_t)g.n - 1};
        g.paid = g.n < p->n - i ? g.n : p->n - i;
        for (size_t k = 0; k < g.paid; k++)
            g.pool += p->of[i + k];
        if (g.n > 1 && p->ties == CREATOR_DECIDES)
            break; /* this prize and all below return to the creator */
        if (g.n > 1) {
            CCI_TRY(pay_group(e, rule, &g, &awards_left, error));
        } else {
            begin(e, &stands[i]);
            CCI_TRY(pay_place(e, rule, stands[i].entry, stands[i].place, p->of[i], error));
            awards_left--;
        }
        i += g.n;
    }
    return COCREATE_OK;
}

const cci_rule_kind cci_rule_ranked_prizes = {
    .kind = "ranked_prizes",
    .title = "A prize for each place",
    .parameters = parameters,
    .bound = "the sum of the prizes; with same_prize max_awards times the first prize",
    .source = "PGA TOUR Player Handbook (add and split); US Chess rule 32; Hort system; Netflix "
              "Prize rules (earlier)",
    .parse = parse,
    .evaluate = evaluate,
};
