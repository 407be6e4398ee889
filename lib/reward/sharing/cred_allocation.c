/* cred_allocation: a pool for what people contributed in numbered intervals, by one of the policies of
 * SourceCred. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/quantise.h"
#include "reward/sharing/share.h"

/* Cred that is older is refused: it is multiplied up exactly, interval by interval. */
enum { INTERVALS_MAX = 1000 };

enum { IMMEDIATE, RECENT, BALANCED, SPECIAL };

typedef struct allocation {
    int64_t pool;
    int policy, on_empty;
    int64_t lookback;    /* intervals; 0: all */
    cci_number discount; /* of recent */
    const char *recipient, *memo; /* of special */
} allocation;

static const cci_parameter parameters[] = {
    CCI_PARAMETER_FUND,
    {"pool", "amount", 1, "what is allocated"},
    {"policy", "choice", 1,
     "immediate: by the cred of the last intervals; recent: by all cred, older intervals discounted; "
     "balanced: to those whose cred entitles them to more than they were ever paid; special: to one "
     "person"},
    {"lookback", "integer", 0,
     "how many intervals count, of immediate (by default 1) and of balanced (by default all)"},
    {"discount", "number", 0, "of recent, from 0 to 1: what cred loses with each later interval"},
    {"recipient", "id", 0, "of special: who is paid"},
    {"memo", "string", 0, "of special: why"},
    CCI_PARAMETER_ON_EMPTY,
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_ROUNDING,
    CCI_PARAMETER_END,
};

static cocreate_status copy_text(cocreate_scheme *scheme, const char *text, const char **out,
                                 cocreate_error *error)
{
    if (text == NULL)
        return COCREATE_OK;
    *out = cci_arena_copy(&scheme->arena, text, strlen(text));
    return *out == NULL ? cci_no_memory(error) : COCREATE_OK;
}

/* Each policy has parameters of its own, which are not for the others. */
static cocreate_status check_given(const json_t *json, int policy, const cci_path *path,
                                   cocreate_error *error)
{
    static const struct {
        const char *key;
        unsigned of; /* set of policies */
        int required;
    } own[] = {
        {"lookback", 1U << IMMEDIATE | 1U << BALANCED, 0},
        {"discount", 1U << RECENT, 1},
        {"recipient", 1U << SPECIAL, 1},
        {"memo", 1U << SPECIAL, 1},
    };
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++) {
        const json_t *value = json_object_get(json, own[i].key);
        int given = value != NULL && !json_is_null(value), its = own[i].of >> policy & 1;
        cci_path at = cci_path_key(path, own[i].key);
        if (given && !its)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                                 "given, but the policy does not use it");
        if (!given && its && own[i].required)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "required, but missing");
    }
    return COCREATE_OK;
}

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    static const char *const policies[] = {"immediate", "recent", "balanced", "special", NULL};
    const char *recipient = NULL, *memo = NULL;
    cci_path discount_at = cci_path_key(path, "discount");
    allocation *a = cci_arena_alloc(&scheme->arena, 1, sizeof *a);
    if (a == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_read_pool(scheme, json, rule, &a->pool, path, error));
    CCI_TRY(cci_json_choice(json, "policy", policies, &a->policy, path, error));
    CCI_TRY(check_given(json, a->policy, path, error));
    a->lookback = a->policy == IMMEDIATE;
    CCI_TRY(cci_json_i64_opt(json, "lookback", 1, CCI_MINOR_MAX, &a->lookback, path, error));
    CCI_TRY(cci_json_id_opt(json, "recipient", &recipient, path, error));
    CCI_TRY(cci_json_string_opt(json, "memo", &memo, path, error));
    CCI_TRY(copy_text(scheme, recipient, &a->recipient, error));
    CCI_TRY(copy_text(scheme, memo, &a->memo, error));
    CCI_TRY(cci_read_on_empty(json, &a->on_empty, path, error));
    if (a->policy == RECENT) {
        CCI_TRY(cci_number_read(json_object_get(json, "discount"), &a->discount, &discount_at,
                                error));
        if (a->discount.num < 0 || a->discount.num > a->discount.den)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &discount_at, "is not from 0 to 1");
    }
    rule->parameters = a;
    return COCREATE_OK;
}

/* Cred of a person in an interval, or what they were paid for it, in minor units. */
typedef struct entry {
    const char *person;
    int64_t interval;
    cci_number amount;
    size_t index;
} entry;

typedef struct entries {
    entry *items;
    size_t n;
} entries;

static int by_person(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    int order = strcmp(x->person, y->person);
    if (order == 0)
        order = (x->interval > y->interval) - (x->interval < y->interval);
    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

static cocreate_status read_entries(cci_evaluation *e, const cci_section *list, int money,
                                    entries *out, cocreate_error *error)
{
    *out = (entries){cci_arena_alloc(&e->scratch, list->n, sizeof *out->items), 0};
    if (out->items == NULL)
        return cci_no_memory(error);
    for (; out->n < list->n; out->n++) {
        const json_t *row;
        cci_path path, at = cci_path_key(&path, "cred");
        entry *item = &out->items[out->n];
        item->index = out->n;
        item->amount.den = 1;
        CCI_TRY(cci_section_row(list, out->n, &row, &path, error));
        CCI_TRY(cci_json_id(row, "person", &item->person, &path, error));
        CCI_TRY(cci_json_i64(row, "interval", 0, CCI_MINOR_MAX, &item->interval, &path, error));
        if (money) {
            CCI_TRY(cci_row_amount(e, row, "amount", &item->amount.num, &path, error));
            continue;
        }
        CCI_TRY(cci_row_number(row, "cred", 0, &item->amount, &path, error));
        if (item->amount.num < 0)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "is less than 0");
    }
    if (out->n > 0)
        qsort(out->items, out->n, sizeof *out->items, by_person);
    for (size_t i = 1; i < out->n; i++)
        if (!money && strcmp(out->items[i].person, out->items[i - 1].person) == 0 &&
            out->items[i].interval == out->items[i - 1].interval) {
            cci_path path = cci_path_at(&list->list, out->items[i].index);
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &path,
                                 "\"%s\" has cred of interval %" PRId64 " in $.cred[%zu] already",
                                 out->items[i].person, out->items[i].interval,
                                 out->items[i - 1].index);
        }
    return COCREATE_OK;
}

/* The first interval that counts; the last is "interval" of the result, or the latest with cred. */
static cocreate_status scope(const cci_evaluation *e, const allocation *a, const entries *cred,
                             int64_t *first, int64_t *last, cocreate_error *error)
{
    cci_path root = CCI_ROOT;
    *last = 0;
    for (size_t i = 0; i < cred->n; i++)
        if (cred->items[i].interval > *last)
            *last = cred->items[i].interval;
    CCI_TRY(cci_json_i64_opt(e->document, "interval", 0, CCI_MINOR_MAX, last, &root, error));
    *first = a->lookback == 0 || a->lookback > *last ? 0 : *last - a->lookback + 1;
    return COCREATE_OK;
}

/* total += amounts of the intervals that count, of the persons at `people`. */
static cocreate_status add_all(const entries *list, int64_t first, int64_t last,
                               const cci_people *people, cci_rational *totals,
                               cocreate_error *error)
{
    for (size_t i = 0; i < list->n; i++) {
        const entry *item = &list->items[i];
        size_t p = cci_people_find(people, item->person);
        if (p < people->n && item->interval >= first && item->interval <= last)
            CCI_TRY(cci_add_number(&totals[p], item->amount, error));
    }
    return COCREATE_OK;
}

/* The nearest number of nine decimals, so that no history is too long to be told. */
static cocreate_status quantise(cci_rational *r, cocreate_error *error)
{
    int64_t value;
    CCI_TRY(cci_rational_round(r, CCI_QUANTUM_DECIMALS, CCI_ROUND_HALF_EVEN, &value, error));
    return cci_rational_set_i64(r, value, 1000000000, error);
}

/* Older cred loses a part with each interval: acc = acc (1 - discount) + cred. */
static cocreate_status discount_all(const allocation *a, const entries *cred, int64_t last,
                                    const cci_people *people, cci_claims *claims,
                                    cocreate_error *error)
{
    cci_rational *keep = &claims->total;
    CCI_TRY(cci_rational_set_i64(keep, a->discount.den - a->discount.num, a->discount.den, error));
    for (size_t i = 0, next; i < cred->n; i = next) {
        size_t p = cci_people_find(people, cred->items[i].person);
        int64_t at = cred->items[i].interval;
        for (next = i + 1; next < cred->n &&
                           strcmp(cred->items[next].person, cred->items[i].person) == 0;)
            next++;
        if (p == people->n)
            continue;
        cci_rational *sum = &claims->weights[p];
        if (last - at > INTERVALS_MAX) {
            cci_path root = CCI_ROOT, list = cci_path_key(&root, "cred");
            cci_path path = cci_path_at(&list, cred->items[i].index);
            return cci_json_fail(error, COCREATE_ERR_LIMIT, &path,
                                 "interval %" PRId64 " is more than %d before the last", at,
                                 INTERVALS_MAX);
        }
        for (size_t k = i; k < next && cred->items[k].interval <= last; k++) {
            for (; at < cred->items[k].interval && cci_rational_sign(sum) != 0; at++)
                CCI_TRY(cci_rational_mul(sum, keep, sum, error));
            at = cred->items[k].interval;
            CCI_TRY(cci_add_number(sum, cred->items[k].amount, error));
        }
        for (; at < last && cci_rational_sign(sum) != 0; at++)
            CCI_TRY(cci_rational_mul(sum, keep, sum, error));
        CCI_TRY(quantise(sum, error));
    }
    return COCREATE_OK;
}

/* What each person's award rests on. */
typedef struct basis {
    cci_claims cred, paid; /* `paid` of balanced */
    cci_rational entitled; /* per cred: all that was and is paid over all cred */
    cci_rational all_paid, all_cred;
} basis;

/* How far each was paid less than their cred entitles to. */
static cocreate_status underpaid(const allocation *a, basis *b, cci_claims *claims,
                                 cocreate_error *error)
{
    for (size_t i = 0; i < claims->n; i++) {
        CCI_TRY(cci_rational_add(&b->all_cred, &b->cred.weights[i], &b->all_cred, error));
        CCI_TRY(cci_rational_add(&b->all_paid, &b->paid.weights[i], &b->all_paid, error));
    }
    CCI_TRY(cci_add_number(&b->all_paid, (cci_number){a->pool, 1}, error));
    if (cci_rational_sign(&b->all_cred) == 0)
        return COCREATE_OK; /* then nobody is underpaid */
    CCI_TRY(cci_rational_div(&b->all_paid, &b->all_cred, &b->entitled, error));
    for (size_t i = 0; i < claims->n; i++) {
        cci_rational *w = &claims->weights[i];
        CCI_TRY(cci_rational_mul(&b->entitled, &b->cred.weights[i], w, error));
        CCI_TRY(cci_rational_sub(w, &b->paid.weights[i], w, error));
        if (cci_rational_sign(w) < 0)
            CCI_TRY(cci_rational_set_i64(w, 0, 1, error));
    }
    return COCREATE_OK;
}

static cocreate_status tell_balanced(cci_evaluation *e, const basis *b, size_t i,
                                     cocreate_error *error)
{
    cci_trace *t = &e->trace;
    CCI_TRY(cci_trace_value(t, "cred", CCI_UNIT_NONE, &b->cred.weights[i], error));
    CCI_TRY(cci_trace_value(t, "all cred", CCI_UNIT_NONE, &b->all_cred, error));
    CCI_TRY(cci_trace_value(t, "all paid", CCI_UNIT_MINOR, &b->all_paid, error));
    CCI_TRY(cci_trace_value(t, "paid before", CCI_UNIT_MINOR, &b->paid.weights[i], error));
    CCI_TRY(cci_trace_calc(t, "entitled", CCI_UNIT_MINOR, "product", CCI_ARGS("all paid", "cred"),
                           error));
    CCI_TRY(cci_trace_calc(t, "due", CCI_UNIT_MINOR, "quotient", CCI_ARGS("entitled", "all cred"),
                           error));
    CCI_TRY(cci_trace_calc(t, "underpaid", CCI_UNIT_MINOR, "difference",
                           CCI_ARGS("due", "paid before"), error));
    cci_trace_say(t, "Your {cred} of {all cred} cred entitle you to {due} of the {all paid} that are "
                     "paid in all, with this pool; {paid before} were paid before, so you are "
                     "underpaid by {underpaid}.");
    return COCREATE_OK;
}

static cocreate_status award(cci_evaluation *e, const cci_rule *rule, const basis *b,
                             const cci_claims *claims, size_t i, cocreate_error *error)
{
    const allocation *a = rule->parameters;
    cci_trace *t = &e->trace;
    const char *named = a->policy == BALANCED ? "underpaid" : "cred";
    cci_trace_begin(t);
    if (a->policy == BALANCED && !claims->equal) {
        CCI_TRY(tell_balanced(e, b, i, error));
    } else if (!claims->equal) {
        CCI_TRY(cci_trace_value(t, "cred", CCI_UNIT_NONE, &claims->weights[i], error));
        if (a->policy == RECENT) {
            CCI_TRY(cci_trace_number(t, "discount", CCI_UNIT_NONE, a->discount, error));
            cci_trace_say(t, "Your cred is {cred}, what is older counting less by {discount} with "
                             "each interval.");
        } else {
            CCI_TRY(cci_trace_integer(t, "intervals", CCI_UNIT_NONE, a->lookback, error));
            cci_trace_say(t, a->lookback == 1 ? "Your cred in the last interval is {cred}."
                                              : "Your cred in the last {intervals} intervals is "
                                                "{cred}.");
        }
    }
    CCI_TRY(cci_trace_share(t, rule, a->pool, claims, i,
                            a->policy == BALANCED ? "minor units of underpayment" : "cred", named,
                            error));
    return cci_pay_person(e, rule, claims->ids[i], "", claims->shares[i], error);
}

static cocreate_status allocate(cci_evaluation *e, const cci_rule *rule, const cci_section *list,
                                const entries *cred, const cci_people *people, basis *b,
                                cci_claims *claims, cocreate_error *error)
{
    const allocation *a = rule->parameters;
    cci_section paid;
    entries payments = {NULL, 0};
    int64_t first, last;
    CCI_TRY(scope(e, a, cred, &first, &last, error));
    CCI_TRY(cci_claims_init(e, people->n, claims, error));
    CCI_TRY(cci_claims_init(e, people->n, &b->cred, error));
    CCI_TRY(cci_claims_init(e, people->n, &b->paid, error));
    CCI_TRY(cci_rational_init(&b->entitled, error));
    CCI_TRY(cci_rational_init(&b->all_paid, error));
    CCI_TRY(cci_rational_init(&b->all_cred, error));
    for (size_t i = 0; i < people->n; i++)
        claims->ids[i] = people->ids[i];
    if (a->policy == IMMEDIATE)
        CCI_TRY(add_all(cred, first, last, people, claims->weights, error));
    if (a->policy == RECENT)
        CCI_TRY(discount_all(a, cred, last, people, claims, error));
    if (a->policy == BALANCED) {
        CCI_TRY(cci_section_open(e, rule, "paid", 1, &paid, error));
        CCI_TRY(read_entries(e, &paid, 1, &payments, error));
        CCI_TRY(add_all(cred, first, last, people, b->cred.weights, error));
        CCI_TRY(add_all(&payments, first, last, people, b->paid.weights, error));
        CCI_TRY(underpaid(a, b, claims, error));
    }
    CCI_TRY(cci_claims_split(e, rule, a->pool, a->on_empty, "cred", &list->list, claims, error));
    for (size_t i = 0; i < claims->n; i++)
        if (claims->shares[i] > 0)
            CCI_TRY(award(e, rule, b, claims, i, error));
    return COCREATE_OK;
}

static cocreate_status pay_special(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    const allocation *a = rule->parameters;
    int64_t minor;
    cci_trace_begin(&e->trace);
    CCI_TRY(cci_trace_integer(&e->trace, "payment", CCI_UNIT_MINOR, a->pool, error));
    cci_trace_say(&e->trace, "{payment} is paid to you alone, for a reason that the scheme states.");
    CCI_TRY(cci_trace_pay(&e->trace, "payment", &minor, error));
    return cci_pay_person(e, rule, a->recipient, "", minor, error);
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    const allocation *a = rule->parameters;
    cci_section list;
    entries cred;
    basis b = {0};
    cci_claims claims = {0};
    if (a->policy == SPECIAL)
        return pay_special(e, rule, error);
    CCI_TRY(cci_section_open(e, rule, "cred", 0, &list, error));
    CCI_TRY(read_entries(e, &list, 0, &cred, error));
    cci_people people = {cci_arena_alloc(&e->scratch, cred.n, sizeof *people.ids), 0};
    if (people.ids == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < cred.n; i++)
        if (cci_person_eligible(e, rule, cred.items[i].person))
            people.ids[people.n++] = cred.items[i].person;
    cci_people_sort(&people);
    cocreate_status status = allocate(e, rule, &list, &cred, &people, &b, &claims, error);
    cci_rational_clear(&b.all_cred);
    cci_rational_clear(&b.all_paid);
    cci_rational_clear(&b.entitled);
    cci_claims_free(&b.paid);
    cci_claims_free(&b.cred);
    cci_claims_free(&claims);
    return status;
}

const cci_rule_kind cci_rule_cred_allocation = {
    .kind = "cred_allocation",
    .title = "A pool for contributions over time, by a policy of SourceCred",
    .parameters = parameters,
    .bound = "the pool",
    .source = "SourceCred, core/ledger/policies: immediate, recent, balanced, special",
    .own_lists = 1,
    .parse = parse,
    .evaluate = evaluate,
};
