/* threshold_award: the same amount for every entry that reaches a number. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "reward/contest/supports.h"

typedef enum overflow { FIRST_TO_REACH, PRORATA } overflow;

typedef struct threshold {
    int metric;        /* a cci_metric */
    cci_number needed; /* missing for CCI_METRIC_SELECTED */
    int64_t each;
    int64_t max_awards; /* 0: max_total alone */
    int overflow;
    int listed;     /* supporters are counted from a list */
    int64_t whole; /* the threshold, rounded up, for these */
} threshold;

static const cci_parameter parameters[] = {
    CCI_PARAMETER_FUND,
    {"metric", "choice", 1, "supporters, score, votes, points or selected"},
    {"threshold", "number", 0, "to be reached (>=); required but for selected"},
    {"each", "amount", 1, "for every entry that reaches it"},
    {"count", "choice", 0,
     "given (default): the number that the entry has; supports: for supporters, the different persons "
     "in the list supports of the result"},
    {"max_awards", "integer", 0, "at most this many; this or max_total is required"},
    {"max_total", "amount", 0, "at most this much in total"},
    {"overflow", "choice", 0,
     "when more reach it: first_to_reach (default), by reached_at or else submitted_at, then id; or "
     "prorata: equal parts of the most it may pay"},
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_ROUNDING,
    CCI_PARAMETER_TEAM,
    CCI_PARAMETER_END,
};

static cocreate_status read_threshold(const json_t *json, threshold *t, const cci_path *path,
                                      cocreate_error *error)
{
    const json_t *value = json_object_get(json, "threshold");
    cci_path at = cci_path_key(path, "threshold");
    int selected = t->metric == CCI_METRIC_SELECTED;
    if (value == NULL || json_is_null(value))
        return selected ? COCREATE_OK
                        : cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "required, but missing");
    if (selected)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                             "given, but an entry is selected or it is not");
    return cci_number_read(value, &t->needed, &at, error);
}

/* The smaller of what max_awards and max_total allow. */
static cocreate_status set_bound(cocreate_scheme *scheme, threshold *t, int64_t max_total,
                                 cci_rule *rule, const cci_path *path, cocreate_error *error)
{
    cci_path at = cci_path_key(path, "max_awards"), total_at = cci_path_key(path, "max_total");
    int64_t product;
    cci_buffer why;
    char text[COCREATE_AMOUNT_TEXT];
    if (t->max_awards == 0 && max_total == 0)
        return cci_unbounded(rule, path, "\"max_awards\" or \"max_total\"", error);
    if (max_total > 0 && max_total < t->each)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &total_at,
                             "is less than one award of %s", cci_amount_text(scheme, t->each, text));
    cci_buffer_init(&why, &scheme->arena.allocator);
    rule->bound = max_total;
    if (t->max_awards > 0) {
        int fits = cci_mul_i64(t->max_awards, t->each, &product) && product <= CCI_MINOR_MAX;
        if (!fits && max_total == 0)
            return cci_json_fail(error, COCREATE_ERR_OVERFLOW, &at,
                                 "may cost more than 2^53 - 1 minor units of %s",
                                 scheme->currency);
        if (fits && (max_total == 0 || product < max_total)) {
            rule->bound = product;
            cci_buffer_format(&why, "%" PRId64 " awards of %s", t->max_awards,
                              cci_amount_text(scheme, t->each, text));
        }
    }
    if (why.size == 0)
        cci_buffer_text(&why, "at most max_total");
    return cci_arena_finish(&scheme->arena, &why, &rule->why, error);
}

static cocreate_status read_count(const json_t *json, threshold *t, const cci_path *path,
                                  cocreate_error *error)
{
    static const char *const counts[] = {"given", "supports", NULL};
    cci_path at = cci_path_key(path, "count");
    CCI_TRY(cci_json_choice_opt(json, "count", counts, &t->listed, path, error));
    if (!t->listed)
        return COCREATE_OK;
    if (t->metric != CCI_METRIC_SUPPORTERS)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                             "supports are counted for the metric supporters only");
    t->whole = t->needed.num <= 0 ? 0 : (t->needed.num - 1) / t->needed.den + 1;
    return COCREATE_OK;
}

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    static const char *const policies[] = {"first_to_reach", "prorata", NULL};
    int64_t max_total;
    threshold *t = cci_arena_alloc(&scheme->arena, 1, sizeof *t);
    if (t == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_json_choice(json, "metric", cci_metric_names, &t->metric, path, error));
    CCI_TRY(read_threshold(json, t, path, error));
    CCI_TRY(cci_read_amount(scheme, json, "each", &t->each, path, error));
    CCI_TRY(cci_json_i64_opt(json, "max_awards", 1, CCI_MINOR_MAX, &t->max_awards, path, error));
    CCI_TRY(cci_read_amount_opt(scheme, json, "max_total", &max_total, path, error));
    CCI_TRY(cci_json_choice_opt(json, "overflow", policies, &t->overflow, path, error));
    CCI_TRY(read_count(json, t, path, error));
    rule->parameters = t;
    if (t->metric != CCI_METRIC_SELECTED)
        scheme->needs |= (unsigned)CCI_NEED_METRIC << t->metric;
    scheme->needs |= CCI_NEED_REACHED_AT;
    return set_bound(scheme, t, max_total, rule, path, error);
}

static int reaches(const threshold *t, const cci_entry *entry)
{
    if (t->metric == CCI_METRIC_SELECTED)
        return entry->selected;
    cci_number n = entry->metrics[t->metric];
    return n.den > 0 && cci_number_compare(n, t->needed) >= 0;
}

/* Those who reach it: most first where that is a number, then ids. */
static cocreate_status qualified(cci_evaluation *e, const cci_rule *rule, cci_keyed **out,
                                 size_t *count, cocreate_error *error)
{
    const threshold *t = rule->parameters;
    const cci_result *result = e->result;
    cci_keyed *list = cci_arena_alloc(&e->scratch, result->n, sizeof *list);
    cci_entry *counted = NULL;
    size_t n = 0;
    if (list == NULL)
        return cci_no_memory(error);
    if (t->listed)
        CCI_TRY(cci_supports_count(e, rule, t->whole, &counted, error));
    for (size_t i = 0; i < result->n; i++) {
        const cci_entry *entry = t->listed ? &counted[i] : &result->entries[i];
        if (cci_eligible(rule, entry) && reaches(t, entry))
            list[n++] = (cci_keyed){t->metric == CCI_METRIC_SELECTED ? (cci_number){1, 1}
                                                                     : entry->metrics[t->metric],
                                    entry};
    }
    cci_keyed_sort(list, n);
    *out = list;
    *count = n;
    return COCREATE_OK;
}

static void begin(cci_evaluation *e, const threshold *t, const cci_entry *entry)
{
    cci_trace_begin(&e->trace);
    if (t->metric == CCI_METRIC_SELECTED)
        cci_trace_selected(&e->trace);
    else
        cci_trace_threshold(&e->trace, cci_metric_names[t->metric], entry->metrics[t->metric],
                            t->needed);
}

static cci_time reached(const cci_entry *entry)
{
    return entry->reached.known ? entry->reached : entry->submitted;
}

static int by_time(const void *a, const void *b)
{
    const cci_entry *x = ((const cci_keyed *)a)->entry, *y = ((const cci_keyed *)b)->entry;
    int64_t p = reached(x).at, q = reached(y).at;
    return p != q ? (p > q) - (p < q) : (x > y) - (x < y);
}

static cocreate_status pay_first(cci_evaluation *e, const cci_rule *rule, cci_keyed *list,
                                 size_t n, cocreate_error *error)
{
    const threshold *t = rule->parameters;
    for (size_t i = 0; i < n; i++)
        if (!reached(list[i].entry).known) {
            cci_entry_path path;
            return cci_json_fail(error, COCREATE_ERR_TIE,
                                 cci_result_path(e->result, list[i].entry, &path),
                                 "\"%s\" has neither \"reached_at\" nor \"submitted_at\", and more "
                                 "entries reached the threshold than rule \"%s\" may pay",
                                 list[i].entry->id, rule->id);
        }
    qsort(list, n, sizeof *list, by_time);
    int64_t awards = rule->bound / t->each;
    for (int64_t i = 0; i < awards && (size_t)i < n; i++) {
        const cci_entry *entry = list[i].entry;
        begin(e, t, entry);
        cci_trace_overflow(&e->trace, "first_to_reach", t->each, rule->bound, (int64_t)n, i + 1,
                           entry->reached.known ? "reached_at" : "submitted_at",
                           reached(entry).at);
        cci_trace_amount(&e->trace, t->each);
        CCI_TRY(cci_pay(e, rule, entry, t->each, error));
    }
    return COCREATE_OK;
}

static cocreate_status pay_prorata(cci_evaluation *e, const cci_rule *rule, const cci_keyed *list,
                                   size_t n, cocreate_error *error)
{
    const threshold *t = rule->parameters;
    int64_t *weights = cci_arena_alloc(&e->scratch, n, sizeof *weights);
    int64_t *shares = cci_arena_alloc(&e->scratch, n, sizeof *shares);
    const char **ids = cci_arena_alloc(&e->scratch, n, sizeof *ids);
    if (weights == NULL || shares == NULL || ids == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < n; i++) {
        weights[i] = 1;
        ids[i] = list[i].entry->id;
    }
    CCI_TRY(cci_split_for(e, rule, rule->bound, weights, ids, n, 0, 0, shares, error));
    for (size_t i = 0; i < n; i++) {
        begin(e, t, list[i].entry);
        cci_trace_overflow(&e->trace, "prorata", t->each, rule->bound, (int64_t)n, 0, NULL, 0);
        CCI_TRY(cci_trace_apportion(&e->trace, rule->method, rule->bound, (cci_number){1, 1},
                                    (cci_number){(int64_t)n, 1}, shares[i], error));
        CCI_TRY(cci_pay(e, rule, list[i].entry, shares[i], error));
    }
    return COCREATE_OK;
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    const threshold *t = rule->parameters;
    cci_keyed *list = NULL;
    size_t n = 0;
    CCI_TRY(qualified(e, rule, &list, &n, error));
    if (n > (uint64_t)(rule->bound / t->each))
        return t->overflow == PRORATA ? pay_prorata(e, rule, list, n, error)
                                      : pay_first(e, rule, list, n, error);
    for (size_t i = 0; i < n; i++) {
        begin(e, t, list[i].entry);
        cci_trace_amount(&e->trace, t->each);
        CCI_TRY(cci_pay(e, rule, list[i].entry, t->each, error));
    }
    return COCREATE_OK;
}

const cci_rule_kind cci_rule_threshold_award = {
    .kind = "threshold_award",
    .title = "An amount for each entry that reaches a number",
    .parameters = parameters,
    .bound = "max_awards times the amount, or max_total, whichever is less",
    .source = "LEGO Ideas (10,000 supporters); Threadless (an amount for each selected design)",
    .parse = parse,
    .evaluate = evaluate,
};
