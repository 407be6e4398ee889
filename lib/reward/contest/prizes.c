/* Prizes by place: the groups of equal places, and who of them gets what. */
#include "reward/contest/prizes.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "base/text.h"
#include "reward/steps.h"

static const char *const policies[] = {"pool", "earlier", "lot", "hort"};

/* A rule at work. */
typedef struct prizes {
    const cci_prizes *set;
    const int64_t *of; /* the table for this result */
    size_t n;
    int ties;
    cci_number needed; /* the score; missing: any */
    size_t text, figures; /* where the trace of each award begins to differ */
} prizes;


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

/* Back to what all traces of the rule begin with, then the place. */
static cocreate_status begin(cci_evaluation *e, const prizes *p, const cci_stand *stand,
                             cocreate_error *error)
{
    cci_number score = stand->entry->metrics[CCI_METRIC_SCORE];
    e->trace.text.size = p->text;
    e->trace.figures.n = p->figures;
    if (p->needed.den > 0) {
        CCI_TRY(cci_trace_number(&e->trace, "score", CCI_UNIT_NONE, score, error));
        CCI_TRY(cci_trace_number(&e->trace, "score needed", CCI_UNIT_NONE, p->needed, error));
        CCI_TRY(cci_trace_check(&e->trace, "score", "at_least", "score needed", error));
        cci_trace_say(&e->trace, "A score of at least {score needed} was needed.");
    }
    cci_trace_rank(&e->trace, stand->place, score);
    return COCREATE_OK;
}

static cocreate_status pay_place(cci_evaluation *e, const cci_rule *rule, const cci_entry *entry,
                                 int64_t place, int64_t minor, cocreate_error *error)
{
    cci_trace_prize(&e->trace, place, minor);
    return cci_pay(e, rule, entry, minor, error);
}

/* pool and same_prize: a pool in equal parts. */
static cocreate_status pay_equally(cci_evaluation *e, const cci_rule *rule, const prizes *p,
                                   const tied_group *g, int64_t pool, int64_t awards, cocreate_error *error)
{
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
        CCI_TRY(begin(e, p, &g->stands[i], error));
        if (p->ties == CCI_TIE_SAME_PRIZE)
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
static cocreate_status order_group(cci_evaluation *e, const cci_rule *rule, const prizes *p,
                                   const tied_group *g, ordered **out, cocreate_error *error)
{
    ordered *list = cci_arena_alloc(&e->scratch, g->n, sizeof *list);
    if (list == NULL)
        return cci_no_memory(error);
    if (p->ties == CCI_TIE_LOT)
        CCI_TRY(cci_need_seed(e, rule, error));
    for (size_t i = 0; i < g->n; i++) {
        const cci_entry *entry = g->stands[i].entry;
        list[i].entry = entry;
        if (p->ties == CCI_TIE_LOT) {
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
    qsort(list, g->n, sizeof *list, p->ties == CCI_TIE_LOT ? by_ticket : by_time);
    *out = list;
    return COCREATE_OK;
}

/* earlier and lot: each place to one of them. */
static cocreate_status pay_in_order(cci_evaluation *e, const cci_rule *rule, const prizes *p,
                                    const tied_group *g, cocreate_error *error)
{
    ordered *list;
    CCI_TRY(order_group(e, rule, p, g, &list, error));
    for (size_t i = 0; i < g->paid; i++) {
        int64_t place = g->span.from + (int64_t)i;
        char key[68];
        if (p->ties == CCI_TIE_LOT) {
            key[0] = '"';
            cci_hex(list[i].ticket.bytes, 32, key + 1);
            memcpy(key + 65, "\"", 2);
        } else {
            snprintf(key, sizeof key, "%" PRId64, list[i].entry->submitted.at);
        }
        CCI_TRY(begin(e, p, &(cci_stand){list[i].entry, g->span.from, g->n}, error));
        cci_trace_tie_order(&e->trace, policies[p->ties], g->span, place,
                            p->ties == CCI_TIE_LOT ? "ticket" : "submitted_at", key);
        CCI_TRY(pay_place(e, rule, list[i].entry, place, prize_of(p, place), error));
    }
    return COCREATE_OK;
}

/* hort: half of the own prize and half of an equal part of the pool. With g entries, own prize p and
 * pool P that is P * (g*p + P) / (2*g*P), so that one split gives it and the sum is exact. */
static cocreate_status pay_hort(cci_evaluation *e, const cci_rule *rule, const prizes *p,
                                const tied_group *g, cocreate_error *error)
{
    ordered *list;
    int64_t *weights = cci_arena_alloc(&e->scratch, g->n, sizeof *weights);
    int64_t *shares = cci_arena_alloc(&e->scratch, g->n, sizeof *shares);
    const char **ids = cci_arena_alloc(&e->scratch, g->n, sizeof *ids);
    int64_t count = (int64_t)g->n, of;
    if (weights == NULL || shares == NULL || ids == NULL)
        return cci_no_memory(error);
    CCI_TRY(order_group(e, rule, p, g, &list, error));
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
        CCI_TRY(begin(e, p, &(cci_stand){list[i].entry, g->span.from, g->n}, error));
        cci_trace_tie_hort(&e->trace, g->span, place, prize_of(p, place), g->pool);
        CCI_TRY(cci_trace_apportion(&e->trace, rule->method, g->pool, cci_number_of(weights[i], 1),
                                    cci_number_of(of, 1), shares[i], error));
        CCI_TRY(cci_pay(e, rule, list[i].entry, shares[i], error));
    }
    return COCREATE_OK;
}

static cocreate_status pay_group(cci_evaluation *e, const cci_rule *rule, const prizes *p,
                                 const tied_group *g, int64_t *awards_left, cocreate_error *error)
{
    int64_t prize = prize_of(p, g->span.from), awards = (int64_t)g->n;
    /* Where all places of the tie have the same prize nobody need come first. */
    if (prize_of(p, g->span.to) == prize && p->ties != CCI_TIE_SAME_PRIZE)
        return pay_equally(e, rule, p, g, g->pool, 0, error);
    switch ((cci_tie_policy)p->ties) {
    case CCI_TIE_POOL:
        return pay_equally(e, rule, p, g, g->pool, 0, error);
    case CCI_TIE_SAME_PRIZE:
        /* Beyond max_awards the tied share what is left of it, alike. */
        if (awards > *awards_left)
            awards = *awards_left;
        *awards_left -= awards;
        return pay_equally(e, rule, p, g, prize * awards, awards, error);
    case CCI_TIE_HORT:
        return pay_hort(e, rule, p, g, error);
    case CCI_TIE_EARLIER:
    case CCI_TIE_LOT:
        return pay_in_order(e, rule, p, g, error);
    case CCI_TIE_NO_PRIZE:
        break;
    }
    return COCREATE_OK;
}

/* What the places of this result are worth: for the purse of so many entries, in proportion to the
 * first `n` prizes. */
static cocreate_status rescale(cci_evaluation *e, prizes *p, const int64_t *weights, size_t n,
                               int64_t purse, cocreate_error *error)
{
    int64_t *of = cci_arena_alloc(&e->scratch, n, sizeof *of);
    if (of == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_table_split(e, purse, weights, n, of, error));
    p->of = of;
    p->n = n;
    return COCREATE_OK;
}

static cocreate_status roll_down(cci_evaluation *e, prizes *p, size_t winners, int64_t purse,
                                 cocreate_error *error)
{
    int64_t theirs = 0;
    for (size_t i = 0; i < winners; i++)
        theirs += p->of[i];
    if (theirs == 0)
        return COCREATE_OK;
    CCI_TRY(cci_trace_integer(&e->trace, "prizes", CCI_UNIT_MINOR, purse, error));
    CCI_TRY(cci_trace_integer(&e->trace, "won", CCI_UNIT_MINOR, theirs, error));
    CCI_TRY(cci_trace_integer(&e->trace, "winners", CCI_UNIT_NONE, (int64_t)winners, error));
    CCI_TRY(cci_trace_check(&e->trace, "won", "at_most", "prizes", error));
    cci_trace_say(&e->trace, "The {winners} winners share all prizes, {prizes} instead of {won}, in "
                             "proportion to their own.");
    return rescale(e, p, p->of, winners, purse, error);
}

/* How many entries the purse is based on. */
static cocreate_status count_entries(cci_evaluation *e, const cci_rule *rule, int64_t *out,
                                     cocreate_error *error)
{
    cci_path root = CCI_ROOT;
    *out = 0;
    for (size_t i = 0; i < e->result->n; i++)
        *out += cci_eligible(rule, &e->result->entries[i]);
    return cci_json_i64_opt(e->document, "paid_entries", 0, INT32_MAX, out, &root, error);
}

static cocreate_status set_table(cci_evaluation *e, const cci_rule *rule, prizes *p,
                                 size_t entrants, cocreate_error *error)
{
    const cci_prizes *set = p->set;
    int64_t purse = 0, entries;
    for (size_t i = 0; i < p->n; i++)
        purse += p->of[i];
    if (set->digital_run) {
        size_t n;
        const int64_t *percents = cci_table_digital_run(entrants, &n);
        CCI_TRY(cci_trace_integer(&e->trace, "passing", CCI_UNIT_NONE, (int64_t)entrants, error));
        cci_trace_say(&e->trace, "Passing submissions: {passing}.");
        CCI_TRY(rescale(e, p, percents, n, set->purse, error));
    }
    if (set->based_on.entries > 0) {
        CCI_TRY(count_entries(e, rule, &entries, error));
        CCI_TRY(cci_based_on_purse(e, &set->based_on, purse, entries, &purse, error));
        CCI_TRY(rescale(e, p, p->of, p->n, purse, error));
    }
    if (set->on_vacant == CCI_VACANT_ROLL_DOWN && entrants < p->n)
        CCI_TRY(roll_down(e, p, entrants, purse, error));
    return COCREATE_OK;
}

static cocreate_status pay_stands(cci_evaluation *e, const cci_rule *rule, const prizes *p,
                                  cci_stand *stands, size_t n, cocreate_error *error)
{
    int64_t awards_left = p->ties == CCI_TIE_SAME_PRIZE ? p->set->max_awards : INT64_MAX;
    for (size_t i = 0; i < n && i < p->n && awards_left > 0;) {
        tied_group g = {.stands = &stands[i], .n = stands[i].tied};
        g.span = (cci_span){stands[i].place, stands[i].place + (int64_t)g.n - 1};
        g.paid = g.n < p->n - i ? g.n : p->n - i;
        for (size_t k = 0; k < g.paid; k++)
            g.pool += p->of[i + k];
        if (g.n > 1 && p->ties == CCI_TIE_NO_PRIZE)
            break; /* this prize and all below return to the creator */
        if (g.n > 1) {
            CCI_TRY(pay_group(e, rule, p, &g, &awards_left, error));
        } else {
            CCI_TRY(begin(e, p, &stands[i], error));
            CCI_TRY(pay_place(e, rule, stands[i].entry, stands[i].place, p->of[i], error));
            awards_left--;
        }
        i += g.n;
    }
    return COCREATE_OK;
}

cocreate_status cci_prizes_pay(cci_evaluation *e, const cci_rule *rule, const cci_prizes *set,
                               cocreate_error *error)
{
    prizes p = {.set = set, .of = set->of, .n = set->n, .ties = set->ties};
    cci_stand *stands = NULL;
    size_t n = 0;
    CCI_TRY(cci_standing(e, rule, set->best_only, &stands, &n, error));
    CCI_TRY(cci_quality_filter(e, rule, &set->quality, stands, &n, &p.needed, error));
    cci_trace_begin(&e->trace);
    if (n == 0)
        return COCREATE_OK;
    CCI_TRY(set_table(e, rule, &p, n, error));
    p.text = e->trace.text.size;
    p.figures = e->trace.figures.n;
    return pay_stands(e, rule, &p, stands, n, error);
}
