/* progress_prize: each period a prize for whoever improves enough on the standing bar. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/checked.h"
#include "reward/section.h"
#include "reward/steps.h"

enum { DECIMALS_MAX = 12, PERIODS_MAX = 1000, DAYS_MAX = 36500 };
#define DAY INT64_C(86400000000)

typedef struct progress {
    int64_t prize, periods, decimals, last_call; /* decimals: -1 for all; last_call: -1 for none */
    cci_number baseline, improvement;
    int higher;
} progress;

static const char *const directions[] = {"lower", "higher", NULL};

static const cci_parameter parameters[] = {
    CCI_PARAMETER_FUND,
    {"prize", "amount", 1, "of each period"},
    {"baseline", "number", 1, "the bar that the first winner improves on"},
    {"improvement", "number", 1, "the part of the bar to improve by: \"0.01\" is one percent"},
    {"better", "choice", 0, "lower (default) or higher values"},
    {"decimals", "integer", 0,
     "decimals that are kept of what must be reached, the rest cut off; by default all"},
    {"periods", "integer", 0, "how many there are, from 1 on; by default 1"},
    {"last_call_days", "integer", 0,
     "with the first that qualifies in a period begins a last call of so many days, after which "
     "nothing counts"},
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_TEAM,
    CCI_PARAMETER_END,
};

static cocreate_status positive(const json_t *json, const char *key, cci_number *out,
                                const cci_path *path, cocreate_error *error)
{
    cci_path at = cci_path_key(path, key);
    CCI_TRY(cci_row_number(json, key, 0, out, path, error));
    return out->num > 0 ? COCREATE_OK
                        : cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "is not more than 0");
}

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    cci_path at = cci_path_key(path, "improvement"), prize_at = cci_path_key(path, "prize");
    progress *p = cci_arena_alloc(&scheme->arena, 1, sizeof *p);
    if (p == NULL)
        return cci_no_memory(error);
    p->periods = 1;
    p->decimals = p->last_call = -1;
    CCI_TRY(cci_read_amount(scheme, json, "prize", &p->prize, path, error));
    CCI_TRY(positive(json, "baseline", &p->baseline, path, error));
    CCI_TRY(positive(json, "improvement", &p->improvement, path, error));
    CCI_TRY(cci_json_choice_opt(json, "better", directions, &p->higher, path, error));
    CCI_TRY(cci_json_i64_opt(json, "decimals", 0, DECIMALS_MAX, &p->decimals, path, error));
    CCI_TRY(cci_json_i64_opt(json, "periods", 1, PERIODS_MAX, &p->periods, path, error));
    CCI_TRY(cci_json_i64_opt(json, "last_call_days", 0, DAYS_MAX, &p->last_call, path, error));
    if (!p->higher && cci_number_compare(p->improvement, (cci_number){1, 1}) >= 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                             "is not less than 1, but lower values are better");
    if (!cci_mul_i64(p->prize, p->periods, &rule->bound) || rule->bound > CCI_MINOR_MAX)
        return cci_json_fail(error, COCREATE_ERR_OVERFLOW, &prize_at,
                             "may cost more than 2^53 - 1 minor units of %s in all periods",
                             scheme->currency);
    rule->why = p->periods == 1 ? "the prize" : "a prize for each period";
    rule->parameters = p;
    return COCREATE_OK;
}

/* ---- reading ---- */

typedef struct measure {
    const cci_entry *entry;
    int64_t period;
    cci_number value;
    cci_time at;
} measure;

/* By period, then time, then entry, then value. */
static int in_order(const void *a, const void *b)
{
    const measure *x = a, *y = b;
    if (x->period != y->period)
        return x->period < y->period ? -1 : 1;
    if (x->at.at != y->at.at)
        return x->at.at < y->at.at ? -1 : 1;
    if (x->entry != y->entry)
        return x->entry < y->entry ? -1 : 1;
    return cci_number_compare(x->value, y->value);
}

static cocreate_status read_measure(cci_evaluation *e, const cci_rule *rule, const json_t *row,
                                    measure *m, int *counts, const cci_path *path,
                                    cocreate_error *error)
{
    const progress *p = rule->parameters;
    int verified = 1;
    cci_path time_at = cci_path_key(path, "at"), value_at = cci_path_key(path, "value");
    m->period = 1;
    CCI_TRY(cci_row_entry(e, row, "entry", &m->entry, path, error));
    CCI_TRY(cci_json_i64_opt(row, "period", 1, p->periods, &m->period, path, error));
    CCI_TRY(cci_row_number(row, "value", 0, &m->value, path, error));
    CCI_TRY(cci_row_time(row, "at", &m->at, path, error));
    CCI_TRY(cci_json_bool_opt(row, "verified", &verified, path, error));
    if (m->value.num <= 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &value_at, "is not more than 0");
    if (!m->at.known)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &time_at,
                             "required, but missing: the earliest of equal ones wins");
    *counts = verified && cci_eligible(rule, m->entry);
    return COCREATE_OK;
}

static cocreate_status read_measures(cci_evaluation *e, const cci_rule *rule, measure **out,
                                     size_t *n, cocreate_error *error)
{
    cci_section section;
    CCI_TRY(cci_section_open(e, rule, "measures", 0, &section, error));
    measure *list = cci_arena_alloc(&e->scratch, section.n, sizeof *list);
    if (list == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < section.n; i++) {
        const json_t *row;
        cci_path path;
        int counts = 0;
        measure m = {.entry = NULL};
        CCI_TRY(cci_section_row(&section, i, &row, &path, error));
        CCI_TRY(read_measure(e, rule, row, &m, &counts, &path, error));
        if (counts)
            list[(*n)++] = m;
    }
    if (*n > 1)
        qsort(list, *n, sizeof *list, in_order);
    *out = list;
    return COCREATE_OK;
}

/* ---- the bar ---- */

static const char *const scales[DECIMALS_MAX + 1] = {
    "1", "10", "100", "1000", "10000", "100000", "1000000", "10000000", "100000000", "1000000000",
    "10000000000", "100000000000", "1000000000000"};

/* Begin the trace of a period: the bar, what must be reached. */
static cocreate_status begin(cci_evaluation *e, const progress *p, cci_number bar,
                             cci_number *needed, cocreate_error *error)
{
    cci_trace *t = &e->trace;
    cci_rational value = {0};
    cci_trace_begin(t);
    CCI_TRY(cci_trace_number(t, "bar", CCI_UNIT_NONE, bar, error));
    CCI_TRY(cci_trace_number(t, "improvement", CCI_UNIT_NONE, p->improvement, error));
    CCI_TRY(cci_trace_calc(t, "factor", CCI_UNIT_NONE, p->higher ? "sum" : "difference",
                           CCI_ARGS("1", "improvement"), error));
    const char *last = "exact";
    CCI_TRY(cci_trace_calc(t, "exact", CCI_UNIT_NONE, "product", CCI_ARGS("bar", "factor"),
                           error));
    if (p->decimals >= 0) {
        const char *scale = scales[p->decimals];
        CCI_TRY(cci_trace_calc(t, "scaled", CCI_UNIT_NONE, "product", CCI_ARGS("exact", scale),
                               error));
        CCI_TRY(cci_trace_calc(t, "cut", CCI_UNIT_NONE, "truncate", CCI_ARGS("scaled"), error));
        last = "cut";
    }
    CCI_TRY(cci_trace_calc(t, "needed", CCI_UNIT_NONE, "quotient",
                           CCI_ARGS(last, p->decimals >= 0 ? scales[p->decimals] : "1"), error));
    CCI_TRY(cci_rational_init(&value, error));
    cocreate_status status = cci_trace_get(t, "needed", &value, error);
    int fits = status == COCREATE_OK && cci_number_set(needed, &value);
    cci_rational_clear(&value);
    if (status == COCREATE_OK && !fits)
        return cci_fail(error, COCREATE_ERR_OVERFLOW,
                        "$.measures: the bar times the improvement does not fit 64 bits: fewer "
                        "\"decimals\" help");
    return status;
}

/* Better, or as good and earlier: measures come in order of time. */
static int beats(const progress *p, cci_number a, cci_number b)
{
    int order = cci_number_compare(a, b);
    return p->higher ? order > 0 : order < 0;
}

/* The winner of one period among measures in order of time, or NULL. */
static const measure *winner(const progress *p, const measure *list, size_t n, cci_number needed)
{
    const measure *best = NULL;
    int64_t last = INT64_MAX;
    for (size_t i = 0; i < n && list[i].at.at <= last; i++) {
        if (beats(p, needed, list[i].value))
            continue;
        if (best == NULL && p->last_call >= 0)
            last = list[i].at.at + p->last_call * DAY;
        if (best == NULL || beats(p, list[i].value, best->value))
            best = &list[i];
    }
    return best;
}

static cocreate_status pay(cci_evaluation *e, const cci_rule *rule, const measure *m,
                           cocreate_error *error)
{
    const progress *p = rule->parameters;
    cci_trace *t = &e->trace;
    int64_t minor = 0;
    CCI_TRY(cci_trace_integer(t, "period", CCI_UNIT_NONE, m->period, error));
    CCI_TRY(cci_trace_number(t, "value", CCI_UNIT_NONE, m->value, error));
    CCI_TRY(cci_trace_check(t, "value", p->higher ? "at_least" : "at_most", "needed", error));
    CCI_TRY(cci_trace_calc(t, "gain", CCI_UNIT_NONE, "difference",
                           p->higher ? CCI_ARGS("value", "bar") : CCI_ARGS("bar", "value"), error));
    CCI_TRY(cci_trace_calc(t, "relative gain", CCI_UNIT_NONE, "quotient", CCI_ARGS("gain", "bar"),
                           error));
    CCI_TRY(cci_trace_calc(t, "gain in percent", CCI_UNIT_NONE, "product",
                           CCI_ARGS("relative gain", "100"), error));
    CCI_TRY(cci_trace_integer(t, "prize", CCI_UNIT_MINOR, p->prize, error));
    CCI_TRY(cci_trace_pay(t, "prize", &minor, error));
    cci_trace_say(t, "{value} improves on {bar} by {gain in percent} percent, the best of period "
                     "{period}; {needed} was needed: {prize}.");
    return cci_pay(e, rule, m->entry, minor, error);
}

/* The bar at the beginning: the best of the baseline and of what won in evaluations before this one. */
static cocreate_status first_bar(cci_evaluation *e, const cci_rule *rule, cci_number *bar,
                                 cocreate_error *error)
{
    const progress *p = rule->parameters;
    cci_section section;
    *bar = p->baseline;
    CCI_TRY(cci_section_open(e, rule, "bars", 1, &section, error));
    for (size_t i = 0; i < section.n; i++) {
        const json_t *row;
        cci_path path;
        cci_number value;
        CCI_TRY(cci_section_row(&section, i, &row, &path, error));
        CCI_TRY(positive(row, "value", &value, &path, error));
        if (beats(p, value, *bar))
            *bar = value;
    }
    return COCREATE_OK;
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    const progress *p = rule->parameters;
    measure *list = NULL;
    size_t n = 0;
    cci_number bar;
    CCI_TRY(first_bar(e, rule, &bar, error));
    CCI_TRY(read_measures(e, rule, &list, &n, error));
    for (size_t i = 0, next; i < n; i = next) {
        cci_number needed = {0, 1};
        for (next = i + 1; next < n && list[next].period == list[i].period;)
            next++;
        CCI_TRY(begin(e, p, bar, &needed, error));
        const measure *best = winner(p, list + i, next - i, needed);
        if (best == NULL)
            continue;
        CCI_TRY(pay(e, rule, best, error));
        bar = best->value;
    }
    return COCREATE_OK;
}

const cci_rule_kind cci_rule_progress_prize = {
    .kind = "progress_prize",
    .title = "A prize for each period's improvement on the bar",
    .parameters = parameters,
    .bound = "the prize times the periods",
    .source = "Netflix Prize rules (progress prizes; grand prize with its last call)",
    .parse = parse,
    .evaluate = evaluate,
};
