/* proportional_split: a pool shared in proportion to votes, scores, points or supporters. */
#include <string.h>

#include "base/checked.h"
#include "reward/sharing/share.h"

enum { EXPONENT_MAX = 8 };

typedef struct sharing {
    int64_t pool, cap, minimum;
    int weight;  /* a cci_metric */
    int64_t top; /* 0: all */
    int on_empty;
    cci_number exponent; /* of the weights */
    const char *power;   /* its numerator, and the whole of it, as text for traces */
    const char *whole;
} sharing;

static const cci_parameter parameters[] = {
    CCI_PARAMETER_FUND,
    {"pool", "amount", 1, "what is shared"},
    {"weight", "choice", 1, "votes, score, points or supporters; negative ones weigh 0"},
    {"top", "integer", 0, "only the k that weigh most, and whoever weighs as much as the k-th"},
    {"exponent", "number", 0,
     "weights are raised to this, from 0 to 8; \"1/2\" is the square root; by default 1"},
    {"cap", "amount", 0, "no share above this; the rest is shared among the others"},
    {"cap_share", "number", 0, "the same as a part of the pool, above 0 and at most 1"},
    {"minimum", "amount", 0, "who would get less gets nothing, and the rest is shared again"},
    CCI_PARAMETER_ON_EMPTY,
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_ROUNDING,
    CCI_PARAMETER_TEAM,
    CCI_PARAMETER_END,
};

static int given(const json_t *json, const char *key)
{
    const json_t *value = json_object_get(json, key);
    return value != NULL && !json_is_null(value);
}

/* The cap in minor units, rounded down. */
static cocreate_status read_cap_share(const json_t *json, sharing *s, const cci_path *path,
                                      cocreate_error *error)
{
    cci_number share;
    uint64_t cap, rest;
    cci_path at = cci_path_key(path, "cap_share");
    if (!given(json, "cap_share"))
        return COCREATE_OK;
    if (s->cap > 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "given beside a cap");
    CCI_TRY(cci_number_read(json_object_get(json, "cap_share"), &share, &at, error));
    if (share.num <= 0 || share.num > share.den)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "is not above 0 and at most 1");
    int fits = cci_muldiv_u64((uint64_t)s->pool, (uint64_t)share.num, (uint64_t)share.den, &cap,
                              &rest);
    assert(fits);
    (void)fits;
    if (cap == 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "is less than one minor unit of the "
                                                              "pool");
    s->cap = (int64_t)cap;
    return COCREATE_OK;
}

static const char *number_text(cocreate_scheme *scheme, cci_number n, cocreate_error *error)
{
    const char *text = NULL;
    cci_buffer b;
    cci_buffer_init(&b, &scheme->arena.allocator);
    cci_number_text(n, &b);
    return cci_arena_finish(&scheme->arena, &b, &text, error) == COCREATE_OK ? text : NULL;
}

static cocreate_status read_exponent(cocreate_scheme *scheme, const json_t *json, sharing *s,
                                     const cci_path *path, cocreate_error *error)
{
    cci_path at = cci_path_key(path, "exponent");
    s->exponent = (cci_number){1, 1};
    if (!given(json, "exponent"))
        return COCREATE_OK;
    CCI_TRY(cci_number_read(json_object_get(json, "exponent"), &s->exponent, &at, error));
    if (s->exponent.num < 0 || s->exponent.num / s->exponent.den > EXPONENT_MAX ||
        (s->exponent.num / s->exponent.den == EXPONENT_MAX && s->exponent.den > 1))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "is not from 0 to %d", EXPONENT_MAX);
    s->power = number_text(scheme, (cci_number){s->exponent.num, 1}, error);
    s->whole = number_text(scheme, s->exponent, error);
    return s->power == NULL || s->whole == NULL ? cci_no_memory(error) : COCREATE_OK;
}

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    /* In the order of cci_metric. */
    static const char *const weights[] = {"score", "votes", "points", "supporters", NULL};
    cci_path minimum_at = cci_path_key(path, "minimum");
    sharing *s = cci_arena_alloc(&scheme->arena, 1, sizeof *s);
    if (s == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_read_amount(scheme, json, "pool", &s->pool, path, error));
    CCI_TRY(cci_json_choice(json, "weight", weights, &s->weight, path, error));
    CCI_TRY(cci_json_i64_opt(json, "top", 1, CCI_MINOR_MAX, &s->top, path, error));
    CCI_TRY(cci_read_amount_opt(scheme, json, "cap", &s->cap, path, error));
    CCI_TRY(cci_read_amount_opt(scheme, json, "minimum", &s->minimum, path, error));
    CCI_TRY(cci_read_on_empty(json, &s->on_empty, path, error));
    CCI_TRY(read_cap_share(json, s, path, error));
    CCI_TRY(read_exponent(scheme, json, s, path, error));
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
    if (s->on_empty == CCI_EMPTY_ERROR)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                             "nobody has any %s to share the pool of rule \"%s\" by",
                             cci_metric_names[s->weight], rule->id);
    if (s->on_empty == CCI_EMPTY_RETURN)
        *n = 0;
    for (size_t i = 0; i < *n; i++)
        list[i].key = (cci_number){1, 1};
    return COCREATE_OK;
}

static int raises(const sharing *s)
{
    return s->exponent.num != 1 || s->exponent.den != 1;
}

/* Steps that raise what an entry has to the exponent, called "weight": whole powers exactly, square
 * roots to 24 binary places, others by logarithm, to nine decimals. */
static cocreate_status trace_power(cci_trace *t, const sharing *s, cci_number has,
                                   cocreate_error *error)
{
    const char *name = cci_metric_names[s->weight];
    CCI_TRY(cci_trace_number(t, name, CCI_UNIT_NONE, has, error));
    if (s->exponent.den == 1)
        return cci_trace_calc(t, "weight", CCI_UNIT_NONE, "power", CCI_ARGS(name, s->power), error);
    if (s->exponent.den == 2) {
        CCI_TRY(cci_trace_calc(t, "power", CCI_UNIT_NONE, "power", CCI_ARGS(name, s->power),
                               error));
        return cci_trace_calc(t, "weight", CCI_UNIT_NONE, "root", CCI_ARGS("power", "24"), error);
    }
    CCI_TRY(cci_trace_calc(t, "logarithm", CCI_UNIT_NONE, "ln", CCI_ARGS(name, "15"), error));
    CCI_TRY(cci_trace_calc(t, "times", CCI_UNIT_NONE, "product", CCI_ARGS("logarithm", s->whole),
                           error));
    return cci_trace_calc(t, "weight", CCI_UNIT_NONE, "exp", CCI_ARGS("times", "9"), error);
}

static cocreate_status raise_one(cci_evaluation *e, const sharing *s, const cci_keyed *item,
                                 cci_rational *scratch, cci_number *out, cocreate_error *error)
{
    cocreate_error inner;
    cci_entry_path path;
    cci_path at = cci_path_key(cci_result_path(e->result, item->entry, &path),
                               cci_metric_names[s->weight]);
    *out = (cci_number){0, 1};
    if (item->key.num == 0)
        return COCREATE_OK;
    cci_trace_begin(&e->trace);
    cocreate_status status = trace_power(&e->trace, s, item->key, &inner);
    if (status == COCREATE_OK)
        status = cci_trace_get(&e->trace, "weight", scratch, &inner);
    if (status == COCREATE_ERR_MEMORY)
        return cci_no_memory(error);
    if (status != COCREATE_OK)
        return cci_json_fail(error, status, &at, "%s", inner.text);
    return cci_number_set(out, scratch)
               ? COCREATE_OK
               : cci_json_fail(error, COCREATE_ERR_OVERFLOW, &at,
                               "raised to the exponent it does not fit a fraction of two 64-bit "
                               "integers");
}

static cocreate_status raise_all(cci_evaluation *e, const sharing *s, const cci_keyed *list,
                                 size_t n, cci_number *out, cocreate_error *error)
{
    cci_rational scratch = {0};
    CCI_TRY(cci_rational_init(&scratch, error));
    cocreate_status status = COCREATE_OK;
    for (size_t i = 0; i < n && status == COCREATE_OK; i++)
        status = raise_one(e, s, &list[i], &scratch, &out[i], error);
    cci_rational_clear(&scratch);
    return status;
}

/* Replays how the split came to the shares, so that each trace holds its own arithmetic: who is
 * dropped by the minimum has no share, and from the heaviest down whoever would pass the cap has
 * just the cap. */
static cocreate_status award_shares(cci_evaluation *e, const cci_rule *rule, const cci_keyed *list,
                                    size_t n, const int64_t *weights, int64_t scale,
                                    const char *by, const int64_t *shares, cocreate_error *error)
{
    /* In the order of cci_metric. */
    static const char *const says[] = {
        "A score of {score} weighs {weight}, to the power of {exponent}.",
        "{votes} votes weigh {weight}, to the power of {exponent}.",
        "{points} points weigh {weight}, to the power of {exponent}.",
        "{supporters} supporters weigh {weight}, to the power of {exponent}."};
    const sharing *s = rule->parameters;
    int raised = raises(s) && strcmp(by, "equal") != 0;
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
        if (raised) {
            CCI_TRY(trace_power(&e->trace, s, list[i].key, error));
            CCI_TRY(cci_trace_number(&e->trace, "exponent", CCI_UNIT_NONE, s->exponent, error));
            cci_trace_say(&e->trace, says[s->weight]);
        }
        cci_trace_weight_of(&e->trace, by, raised ? "weight" : NULL, weight);
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
    if (raises(s) && strcmp(by, "equal") != 0) {
        CCI_TRY(raise_all(e, s, list, n, numbers, error));
        by = "by weight";
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
