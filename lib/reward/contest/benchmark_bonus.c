/* benchmark_bonus: pay for improvement over a benchmark, in a piecewise linear way. */
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "money/split.h"
#include "reward/section.h"
#include "reward/steps.h"

enum { POINTS_MAX = 100 };

typedef struct point {
    cci_number score;
    int64_t minor;
} point;

/* Pay at scores: nothing up to the first point, as much as the last one says beyond it. */
typedef struct bonus {
    point *points;
    size_t n;
} bonus;

static const cci_parameter parameters[] = {
    CCI_PARAMETER_FUND,
    {"baseline", "number", 0, "the score from which on a bonus is due; with slope and max"},
    {"slope", "amount", 0, "for one more in the score"},
    {"max", "amount", 0, "at most this much for an entry"},
    {"points", "list", 0,
     "[{score, amount}], instead of these: scores and amounts that rise, straight lines between them"},
    {"max_total", "amount", 1, "at most this much in total: beyond it all get their part of it"},
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_ROUNDING,
    CCI_PARAMETER_TEAM,
    CCI_PARAMETER_END,
};

/* baseline + max / slope, where the bonus is full. */
static cocreate_status full_at(cci_number baseline, int64_t slope, int64_t max, cci_number *out,
                               const cci_path *path, cocreate_error *error)
{
    cci_rational a = {0}, b = {0};
    cocreate_status status = cci_rational_init(&a, error);
    if (status == COCREATE_OK)
        status = cci_rational_init(&b, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(&a, baseline.num, baseline.den, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(&b, max, slope, error);
    if (status == COCREATE_OK)
        status = cci_rational_add(&a, &b, &a, error);
    if (status == COCREATE_OK && !cci_number_set(out, &a))
        status = cci_json_fail(error, COCREATE_ERR_OVERFLOW, path,
                               "the score of the full bonus does not fit 64 bits");
    cci_rational_clear(&b);
    cci_rational_clear(&a);
    return status;
}

static cocreate_status read_line(cocreate_scheme *scheme, const json_t *json, bonus *b,
                                 const cci_path *path, cocreate_error *error)
{
    int64_t slope, max;
    cci_path at = cci_path_key(path, "slope");
    b->n = 2;
    CCI_TRY(cci_row_number(json, "baseline", 0, &b->points[0].score, path, error));
    CCI_TRY(cci_read_amount(scheme, json, "slope", &slope, path, error));
    CCI_TRY(cci_read_amount(scheme, json, "max", &max, path, error));
    b->points[1].minor = max;
    return full_at(b->points[0].score, slope, max, &b->points[1].score, &at, error);
}

static cocreate_status read_points(cocreate_scheme *scheme, const json_t *list, bonus *b,
                                   const cci_path *path, cocreate_error *error)
{
    static const char *const keys[] = {"score", "amount", NULL};
    size_t n = json_array_size(list);
    if (n < 1 || n > POINTS_MAX)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, path, "holds %zu points, not 1 to %d", n,
                             POINTS_MAX);
    for (size_t i = 0; i < n; i++) {
        const json_t *item = json_array_get(list, i);
        cci_path here = cci_path_at(path, i), at = cci_path_key(&here, "amount");
        point *p = &b->points[i];
        cocreate_error inner;
        const char *text;
        CCI_TRY(cci_json_object(item, &here, error));
        CCI_TRY(cci_json_keys(item, keys, &here, error));
        CCI_TRY(cci_row_number(item, "score", 0, &p->score, &here, error));
        CCI_TRY(cci_json_string(item, "amount", &text, &here, error));
        cocreate_status status =
            cocreate_amount_parse(text, scheme->exponent, &p->minor, &inner);
        if (status == COCREATE_ERR_OVERFLOW || (status == COCREATE_OK && p->minor > CCI_MINOR_MAX))
            return cci_json_fail(error, COCREATE_ERR_OVERFLOW, &at,
                                 "more than 2^53 - 1 minor units of %s", scheme->currency);
        if (status != COCREATE_OK)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "%s", inner.text);
        if (p->minor < 0)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "is less than 0");
        if (i > 0 && (cci_number_compare(b->points[i - 1].score, p->score) >= 0 ||
                      b->points[i - 1].minor > p->minor))
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                                 "the scores must rise, and the amounts must not fall");
    }
    b->n = n;
    return COCREATE_OK;
}

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    static const char *const line[] = {"baseline", "slope", "max"};
    int64_t max_total;
    json_t *list;
    cci_path list_at = cci_path_key(path, "points");
    bonus *b = cci_arena_alloc(&scheme->arena, 1, sizeof *b);
    if (b == NULL)
        return cci_no_memory(error);
    b->points = cci_arena_alloc(&scheme->arena, POINTS_MAX, sizeof *b->points);
    if (b->points == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_json_get_array_opt(json, "points", &list, path, error));
    for (int i = 0; i < 3 && list != NULL; i++)
        if (json_object_get(json, line[i]) != NULL) {
            cci_path at = cci_path_key(path, line[i]);
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                                 "given, but \"points\" say what is due");
        }
    CCI_TRY(list != NULL ? read_points(scheme, list, b, &list_at, error)
                         : read_line(scheme, json, b, path, error));
    CCI_TRY(cci_read_amount_opt(scheme, json, "max_total", &max_total, path, error));
    if (max_total == 0)
        return cci_unbounded(rule, path, "\"max_total\"", error);
    rule->bound = max_total;
    rule->why = "at most max_total";
    rule->parameters = b;
    return COCREATE_OK;
}

/* ---- paying ---- */

/* The last point that the score has reached; n: none. */
static size_t reached(const bonus *b, cci_number score)
{
    size_t i = b->n;
    while (i > 0 && cci_number_compare(b->points[i - 1].score, score) > 0)
        i--;
    return i == 0 ? b->n : i - 1;
}

static cocreate_status trace_bonus(cci_evaluation *e, const bonus *b, cci_number score,
                                   cocreate_error *error)
{
    cci_trace *t = &e->trace;
    size_t i = reached(b, score);
    const point *from = &b->points[i];
    cci_trace_begin(t);
    CCI_TRY(cci_trace_number(t, "score", CCI_UNIT_NONE, score, error));
    CCI_TRY(cci_trace_number(t, "from score", CCI_UNIT_NONE, from->score, error));
    CCI_TRY(cci_trace_check(t, "score", "at_least", "from score", error));
    CCI_TRY(cci_trace_integer(t, "from amount", CCI_UNIT_MINOR, from->minor, error));
    if (i + 1 == b->n) {
        CCI_TRY(cci_trace_calc(t, "exact", CCI_UNIT_MINOR, "sum", CCI_ARGS("from amount"), error));
        CCI_TRY(cci_trace_calc(t, "bonus", CCI_UNIT_MINOR, "half_up", CCI_ARGS("exact"), error));
        cci_trace_say(t, "A score of {score} is at least {from score}: the full bonus of {bonus}.");
        return COCREATE_OK;
    }
    CCI_TRY(cci_trace_number(t, "to score", CCI_UNIT_NONE, b->points[i + 1].score, error));
    CCI_TRY(cci_trace_integer(t, "to amount", CCI_UNIT_MINOR, b->points[i + 1].minor, error));
    CCI_TRY(cci_trace_calc(t, "rise", CCI_UNIT_MINOR, "difference",
                           CCI_ARGS("to amount", "from amount"), error));
    CCI_TRY(cci_trace_calc(t, "run", CCI_UNIT_NONE, "difference", CCI_ARGS("to score", "from score"),
                           error));
    CCI_TRY(cci_trace_calc(t, "slope", CCI_UNIT_MINOR, "quotient", CCI_ARGS("rise", "run"), error));
    CCI_TRY(cci_trace_calc(t, "above", CCI_UNIT_NONE, "difference", CCI_ARGS("score", "from score"),
                           error));
    CCI_TRY(cci_trace_calc(t, "more", CCI_UNIT_MINOR, "product", CCI_ARGS("slope", "above"), error));
    CCI_TRY(cci_trace_calc(t, "exact", CCI_UNIT_MINOR, "sum", CCI_ARGS("from amount", "more"),
                           error));
    CCI_TRY(cci_trace_calc(t, "bonus", CCI_UNIT_MINOR, "half_up", CCI_ARGS("exact"), error));
    cci_trace_say(t, "A score of {score} is {above} above {from score}: {from amount} and {slope} for "
                     "each one more are {bonus}.");
    return COCREATE_OK;
}

static cocreate_status bonus_of(cci_evaluation *e, const bonus *b, cci_number score, int64_t *out,
                                cocreate_error *error)
{
    cci_rational value = {0};
    CCI_TRY(trace_bonus(e, b, score, error));
    CCI_TRY(cci_rational_init(&value, error));
    cocreate_status status = cci_trace_get(&e->trace, "bonus", &value, error);
    if (status == COCREATE_OK)
        status = cci_rational_round(&value, 0, CCI_ROUND_FLOOR, out, error);
    cci_rational_clear(&value);
    return status;
}

/* Entries with a bonus, by id. */
typedef struct claims {
    const cci_entry **entries;
    const char **ids;
    int64_t *amounts, *shares;
    size_t n;
    int64_t sum;
} claims;

static cocreate_status collect(cci_evaluation *e, const cci_rule *rule, claims *c,
                               cocreate_error *error)
{
    const bonus *b = rule->parameters;
    size_t n = e->result->n;
    c->entries = cci_arena_alloc(&e->scratch, n, sizeof *c->entries);
    c->ids = cci_arena_alloc(&e->scratch, n, sizeof *c->ids);
    c->amounts = cci_arena_alloc(&e->scratch, n, sizeof *c->amounts);
    c->shares = cci_arena_alloc(&e->scratch, n, sizeof *c->shares);
    if (c->entries == NULL || c->ids == NULL || c->amounts == NULL || c->shares == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < n; i++) {
        const cci_entry *entry = &e->result->entries[i];
        cci_number score = entry->metrics[CCI_METRIC_SCORE];
        int64_t amount = 0;
        if (!cci_eligible(rule, entry) || score.den == 0 || reached(b, score) == b->n)
            continue;
        CCI_TRY(bonus_of(e, b, score, &amount, error));
        if (amount == 0)
            continue;
        if (!cci_add_i64(c->sum, amount, &c->sum))
            return cci_fail(error, COCREATE_ERR_OVERFLOW,
                            "$.%s: the bonuses of rule \"%s\" sum to more than 2^63 - 1 minor units",
                            e->result->list, rule->id);
        c->entries[c->n] = entry;
        c->ids[c->n] = entry->id;
        c->amounts[c->n++] = amount;
    }
    return COCREATE_OK;
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    const bonus *b = rule->parameters;
    claims c = {.n = 0};
    int64_t minor = 0;
    CCI_TRY(collect(e, rule, &c, error));
    int over = c.sum > rule->bound;
    if (over)
        CCI_TRY(cci_split_for(e, rule, rule->bound, c.amounts, c.ids, c.n, 0, 0, c.shares, error));
    for (size_t i = 0; i < c.n; i++) {
        CCI_TRY(trace_bonus(e, b, c.entries[i]->metrics[CCI_METRIC_SCORE], error));
        if (!over) {
            CCI_TRY(cci_trace_pay(&e->trace, "bonus", &minor, error));
            CCI_TRY(cci_pay(e, rule, c.entries[i], minor, error));
            continue;
        }
        cci_number weight = {c.amounts[i], 1}, of = {c.sum, 1};
        cci_trace_weight(&e->trace, "minor units of all bonuses", weight);
        CCI_TRY(cci_trace_apportion(&e->trace, rule->method, rule->bound, weight, of, c.shares[i],
                                    error));
        CCI_TRY(cci_pay(e, rule, c.entries[i], c.shares[i], error));
    }
    return COCREATE_OK;
}

const cci_rule_kind cci_rule_benchmark_bonus = {
    .kind = "benchmark_bonus",
    .title = "A bonus for improvement over a benchmark",
    .parameters = parameters,
    .bound = "max_total",
    .source = "piecewise linear pay: Holmstrom & Milgrom, Aggregation and Linearity in the Provision "
              "of Intertemporal Incentives, Econometrica 55(2), 1987",
    .parse = parse,
    .evaluate = evaluate,
};
