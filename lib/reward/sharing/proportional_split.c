/* proportional_split: a pool shared in proportion to votes, scores, points or supporters. */
#include <string.h>

#include "base/checked.h"
#include "reward/rule.h"

typedef enum on_empty { RETURN, EQUAL, ERROR } on_empty;

typedef struct sharing {
    int64_t pool, cap, minimum;
    int weight;  /* a cci_metric */
    int64_t top; /* 0: all */
    int on_empty;
} sharing;

static const cci_parameter parameters[] = {
    CCI_PARAMETER_FUND,
    {"pool", "amount", 1, "what is shared"},
    {"weight", "choice", 1, "votes, score, points or supporters; negative ones weigh 0"},
    {"top", "integer", 0, "only the k that weigh most, and whoever weighs as much as the k-th"},
    {"cap", "amount", 0, "no share above this; the rest is shared among the others"},
    {"minimum", "amount", 0, "who would get less gets nothing, and the rest is shared again"},
    {"on_empty", "choice", 0,
     "when nobody weighs anything: return (default) the pool, share it equally, or error"},
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_ROUNDING,
    CCI_PARAMETER_TEAM,
    CCI_PARAMETER_END,
};

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    /* In the order of cci_metric. */
    static const char *const weights[] = {"score", "votes", "points", "supporters", NULL};
    static const char *const empty[] = {"return", "equal", "error", NULL};
    cci_path minimum_at = cci_path_key(path, "minimum");
    sharing *s = cci_arena_alloc(&scheme->arena, 1, sizeof *s);
    if (s == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_read_amount(scheme, json, "pool", &s->pool, path, error));
    CCI_TRY(cci_json_choice(json, "weight", weights, &s->weight, path, error));
    CCI_TRY(cci_json_i64_opt(json, "top", 1, CCI_MINOR_MAX, &s->top, path, error));
    CCI_TRY(cci_read_amount_opt(scheme, json, "cap", &s->cap, path, error));
    CCI_TRY(cci_read_amount_opt(scheme, json, "minimum", &s->minimum, path, error));
    CCI_TRY(cci_json_choice_opt(json, "on_empty", empty, &s->on_empty, path, error));
    if (s->cap > 0 && s->minimum > s->cap)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &minimum_at, "is above the cap");
    rule->parameters = s;
    rule->bound = s->pool;
    rule->why = "the pool";
    scheme->needs |= (unsigned)CCI_NEED_METRIC << s->weight;
    return COCREATE_OK;
}

/* Those who take part, heaviest first, cut at the k-th. */
static cocreate_status participants(cci_evaluation *e, const cci_rule *rule, cci_keyed **out,
                                    size_t *count, cocreate_error *error)
{
    const sharing *s = rule->parameters;
    const cci_result *result = e->result;
    cci_keyed *list = cci_arena_alloc(&e->scratch, result->n, sizeof *list);
    size_t n = 0;
    if (list == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < result->n; i++) {
        const cci_entry *entry = &result->entries[i];
        cci_number weight = entry->metrics[s->weight];
        if (!cci_eligible(rule, entry))
            continue;
        if (weight.den == 0 || weight.num < 0)
            weight = (cci_number){0, 1};
        list[n++] = (cci_keyed){weight, entry};
    }
    cci_keyed_sort(list, n);
    if (s->top > 0 && (uint64_t)s->top < n) {
        size_t cut = (size_t)s->top;
        while (cut < n && cci_number_compare(list[cut].key, list[cut - 1].key) == 0)
            cut++;
        n = cut;
    }
    *out = list;
    *count = n;
    return COCREATE_OK;
}

/* Nobody weighs anything: 1 each, or nobody. */
static cocreate_status treat_empty(const cci_evaluation *e, const cci_rule *rule, cci_keyed *list,
                                   size_t *n, cocreate_error *error)
{
    const sharing *s = rule->parameters;
    cci_path root = CCI_ROOT, at = cci_path_key(&root, e->result->list);
    if (s->on_empty == ERROR)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                             "nobody has any %s to share the pool of rule \"%s\" by",
                             cci_metric_names[s->weight], rule->id);
    if (s->on_empty == RETURN)
        *n = 0;
    for (size_t i = 0; i < *n; i++)
        list[i].key = (cci_number){1, 1};
    return COCREATE_OK;
}

/* Replays how the split came to the shares, so that each trace holds its own arithmetic: who is
 * dropped by the minimum has no share, and from the heaviest down whoever would pass the cap has
 * just the cap. */
static cocreate_status award_shares(cci_evaluation *e, const cci_rule *rule, const cci_keyed *list,
                                    size_t n, const int64_t *weights, int64_t scale,
                                    const char *by, const int64_t *shares, cocreate_error *error)
{
    const sharing *s = rule->parameters;
    int64_t left = s->pool, of = 0;
    int capping = s->cap > 0;
    for (size_t i = 0; i < n; i++)
        if (shares[i] > 0 || s->minimum == 0)
            of += weights[i];
    for (size_t i = 0; i < n; i++) {
        if (shares[i] == 0)
            continue;
        cci_number weight = cci_number_of(weights[i], scale), sum = cci_number_of(of, scale);
        capping = capping && cci_compare_products((uint64_t)left, (uint64_t)weights[i],
                                                  (uint64_t)s->cap, (uint64_t)of) > 0;
        cci_trace_begin(&e->trace);
        cci_trace_weight(&e->trace, by, weight);
        if (capping) {
            if (shares[i] != s->cap)
                return cci_fail(error, COCREATE_ERR_INTERNAL,
                                "$.rules[%zu]: a capped share is not the cap", rule->index);
            CCI_TRY(cci_trace_cap(&e->trace, left, weight, sum, s->cap, error));
            left -= s->cap;
            of -= weights[i];
        } else {
            CCI_TRY(cci_trace_apportion(&e->trace, rule->method, left, weight, sum, shares[i],
                                        error));
        }
        CCI_TRY(cci_pay(e, rule, list[i].entry, shares[i], error));
    }
    return COCREATE_OK;
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    const sharing *s = rule->parameters;
    cci_keyed *list = NULL;
    size_t n = 0;
    const char *by = cci_metric_names[s->weight];
    CCI_TRY(participants(e, rule, &list, &n, error));
    if (n == 0 || list[0].key.num == 0) {
        CCI_TRY(treat_empty(e, rule, list, &n, error));
        by = "equal";
    }
    cci_number *numbers = cci_arena_alloc(&e->scratch, n, sizeof *numbers);
    int64_t *weights = cci_arena_alloc(&e->scratch, n, sizeof *weights);
    int64_t *shares = cci_arena_alloc(&e->scratch, n, sizeof *shares);
    const char **ids = cci_arena_alloc(&e->scratch, n, sizeof *ids);
    int64_t scale, sum;
    if (numbers == NULL || weights == NULL || shares == NULL || ids == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < n; i++) {
        numbers[i] = list[i].key;
        ids[i] = list[i].entry->id;
    }
    if (!cci_number_scale(numbers, n, weights, &scale, &sum)) {
        cci_path root = CCI_ROOT, at = cci_path_key(&root, e->result->list);
        return cci_json_fail(error, COCREATE_ERR_OVERFLOW, &at,
                             "the %s that rule \"%s\" shares by, over their common denominator, sum "
                             "to more than 2^63 - 1",
                             cci_metric_names[s->weight], rule->id);
    }
    CCI_TRY(cci_split_for(e, rule, s->pool, weights, ids, n, s->cap, s->minimum, shares, error));
    return award_shares(e, rule, list, n, weights, scale, by, shares, error);
}

const cci_rule_kind cci_rule_proportional_split = {
    .kind = "proportional_split",
    .title = "A pool shared in proportion",
    .parameters = parameters,
    .bound = "the pool",
    .source = "Balinski & Young, Fair Representation, 1982; Coordinape and Allo "
              "ProportionalPayoutStrategy for the practice",
    .parse = parse,
    .evaluate = evaluate,
};
