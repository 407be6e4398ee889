/* participation: the same for everybody who took part; coupon: the same in a unit of its own. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "reward/steps.h"
#include "reward/rule.h"

typedef enum overflow { FIRST_COME, PRORATA } overflow;

typedef struct participation {
    int64_t each, max_awards; /* max_awards: 0 for none */
    int overflow;
    const char *sentence;
} participation;

static const char *const overflows[] = {"first_come", "prorata", NULL};

static const cci_parameter parameters[] = {
    CCI_PARAMETER_FUND,
    {"each", "amount", 1, "for every person with an eligible entry"},
    {"max_awards", "integer", 0, "at most this many; this or max_total is required"},
    {"max_total", "amount", 0, "at most this much in total"},
    {"overflow", "choice", 0,
     "when more took part: first_come (default), by the first submitted_at, then id; or prorata: "
     "equal parts of the most it may pay"},
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_ROUNDING,
    CCI_PARAMETER_END,
};

static cocreate_status set_bound(cocreate_scheme *scheme, const participation *p, int64_t max_total,
                                 cci_rule *rule, const cci_path *path, cocreate_error *error)
{
    cci_path at = cci_path_key(path, "max_awards"), total_at = cci_path_key(path, "max_total");
    char text[COCREATE_AMOUNT_TEXT];
    cci_buffer why;
    int64_t product = 0;
    if (p->max_awards == 0 && max_total == 0)
        return cci_unbounded(rule, path, "\"max_awards\" or \"max_total\"", error);
    if (max_total > 0 && max_total < p->each)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &total_at,
                             "is less than one award of %s", cci_amount_text(scheme, p->each, text));
    int fits = cci_mul_i64(p->max_awards, p->each, &product) && product <= CCI_MINOR_MAX;
    if (!fits && max_total == 0)
        return cci_json_fail(error, COCREATE_ERR_OVERFLOW, &at,
                             "may cost more than 2^53 - 1 minor units of %s", scheme->currency);
    cci_buffer_init(&why, &scheme->arena.allocator);
    if (fits && product > 0 && (max_total == 0 || product < max_total)) {
        rule->bound = product;
        cci_buffer_format(&why, "%" PRId64 " awards of %s", p->max_awards,
                          cci_amount_text(scheme, p->each, text));
    } else {
        rule->bound = max_total;
        cci_buffer_text(&why, "at most max_total");
    }
    return cci_arena_finish(&scheme->arena, &why, &rule->why, error);
}

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    int64_t max_total = 0;
    participation *p = cci_arena_alloc(&scheme->arena, 1, sizeof *p);
    if (p == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_read_amount(scheme, json, "each", &p->each, path, error));
    CCI_TRY(cci_json_i64_opt(json, "max_awards", 1, CCI_MINOR_MAX, &p->max_awards, path, error));
    CCI_TRY(cci_read_amount_opt(scheme, json, "max_total", &max_total, path, error));
    CCI_TRY(cci_json_choice_opt(json, "overflow", overflows, &p->overflow, path, error));
    p->sentence = "For taking part: {amount}.";
    rule->parameters = p;
    return set_bound(scheme, p, max_total, rule, path, error);
}

/* ---- who took part ---- */

typedef struct participant {
    const char *id;
    const cci_entry *entry; /* the first one */
} participant;

static int compare_time(const cci_entry *x, const cci_entry *y)
{
    if (x->submitted.known != y->submitted.known)
        return x->submitted.known ? -1 : 1;
    if (x->submitted.at != y->submitted.at)
        return x->submitted.at < y->submitted.at ? -1 : 1;
    return (x > y) - (x < y);
}

static int by_id(const void *a, const void *b)
{
    const participant *x = a, *y = b;
    int order = strcmp(x->id, y->id);
    return order != 0 ? order : compare_time(x->entry, y->entry);
}

static int by_time(const void *a, const void *b)
{
    const participant *x = a, *y = b;
    int64_t p = x->entry->submitted.at, q = y->entry->submitted.at;
    return p != q ? (p > q) - (p < q) : strcmp(x->id, y->id);
}

/* Persons behind eligible entries, once each, by id. */
static cocreate_status list_persons(cci_evaluation *e, const cci_rule *rule, participant **out,
                                    size_t *n, cocreate_error *error)
{
    const cci_result *result = e->result;
    size_t most = 0, count = 0, kept = 0;
    for (size_t i = 0; i < result->n; i++)
        most += result->entries[i].n_team > 0 ? result->entries[i].n_team : 1;
    participant *list = cci_arena_alloc(&e->scratch, most, sizeof *list);
    if (list == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < result->n; i++) {
        const cci_entry *entry = &result->entries[i];
        if (!cci_eligible(rule, entry))
            continue;
        for (size_t k = 0; k < entry->n_team; k++)
            list[count++] = (participant){entry->team[k].id, entry};
        if (entry->n_team == 0)
            list[count++] = (participant){entry->owner != NULL ? entry->owner : entry->id, entry};
    }
    if (count > 1)
        qsort(list, count, sizeof *list, by_id);
    for (size_t i = 0; i < count; i++)
        if ((i == 0 || strcmp(list[i].id, list[i - 1].id) != 0) &&
            cci_person_eligible(e, rule, list[i].id))
            list[kept++] = list[i];
    *out = list;
    *n = kept;
    return COCREATE_OK;
}

/* ---- paying ---- */

static cocreate_status pay_each(cci_evaluation *e, const cci_rule *rule, const participant *p,
                                cocreate_error *error)
{
    const participation *set = rule->parameters;
    int64_t minor = 0;
    CCI_TRY(cci_trace_integer(&e->trace, "amount", CCI_UNIT_MINOR, set->each, error));
    CCI_TRY(cci_trace_pay(&e->trace, "amount", &minor, error));
    cci_trace_say(&e->trace, set->sentence);
    return cci_pay_person(e, rule, p->id, p->entry->id, minor, error);
}

static cocreate_status pay_first(cci_evaluation *e, const cci_rule *rule, participant *list,
                                 size_t n, int64_t awards, cocreate_error *error)
{
    for (size_t i = 0; i < n; i++)
        if (!list[i].entry->submitted.known) {
            cci_entry_path path;
            return cci_json_fail(error, COCREATE_ERR_TIE,
                                 cci_result_path(e->result, list[i].entry, &path),
                                 "\"%s\" has no \"submitted_at\", and more took part than rule \"%s\" "
                                 "may pay",
                                 list[i].entry->id, rule->id);
        }
    qsort(list, n, sizeof *list, by_time);
    for (int64_t i = 0; i < awards; i++) {
        cci_trace_begin(&e->trace);
        CCI_TRY(cci_trace_integer(&e->trace, "position", CCI_UNIT_NONE, i + 1, error));
        CCI_TRY(cci_trace_integer(&e->trace, "participants", CCI_UNIT_NONE, (int64_t)n, error));
        CCI_TRY(cci_trace_integer(&e->trace, "awards", CCI_UNIT_NONE, awards, error));
        CCI_TRY(cci_trace_check(&e->trace, "position", "at_most", "awards", error));
        cci_trace_say(&e->trace, "Number {position} in time of {participants} who took part; the first "
                                 "{awards} are paid.");
        CCI_TRY(pay_each(e, rule, &list[i], error));
    }
    return COCREATE_OK;
}

static cocreate_status pay_prorata(cci_evaluation *e, const cci_rule *rule, const participant *list,
                                   size_t n, cocreate_error *error)
{
    int64_t *weights = cci_arena_alloc(&e->scratch, n, sizeof *weights);
    int64_t *shares = cci_arena_alloc(&e->scratch, n, sizeof *shares);
    const char **ids = cci_arena_alloc(&e->scratch, n, sizeof *ids);
    if (weights == NULL || shares == NULL || ids == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < n; i++) {
        weights[i] = 1;
        ids[i] = list[i].id;
    }
    CCI_TRY(cci_split_for(e, rule, rule->bound, weights, ids, n, 0, 0, shares, error));
    for (size_t i = 0; i < n; i++) {
        cci_trace_begin(&e->trace);
        cci_trace_weight(&e->trace, "participants", (cci_number){1, 1});
        CCI_TRY(cci_trace_apportion(&e->trace, rule->method, rule->bound, (cci_number){1, 1},
                                    (cci_number){(int64_t)n, 1}, shares[i], error));
        CCI_TRY(cci_pay_person(e, rule, list[i].id, list[i].entry->id, shares[i], error));
    }
    return COCREATE_OK;
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    const participation *set = rule->parameters;
    participant *list = NULL;
    size_t n = 0;
    CCI_TRY(list_persons(e, rule, &list, &n, error));
    int64_t awards = rule->unit != NULL ? set->max_awards : rule->bound / set->each;
    if (awards > 0 && n > (uint64_t)awards)
        return set->overflow == PRORATA ? pay_prorata(e, rule, list, n, error)
                                        : pay_first(e, rule, list, n, awards, error);
    for (size_t i = 0; i < n; i++) {
        cci_trace_begin(&e->trace);
        CCI_TRY(pay_each(e, rule, &list[i], error));
    }
    return COCREATE_OK;
}

const cci_rule_kind cci_rule_participation = {
    .kind = "participation",
    .title = "The same for everybody who took part",
    .parameters = parameters,
    .bound = "max_awards times the amount, or max_total, whichever is less",
    .source = "Gitcoin (an amount for every additional eligible submission)",
    .parse = parse,
    .evaluate = evaluate,
};

/* ---- coupons ---- */

static const cci_parameter coupon_parameters[] = {
    CCI_PARAMETER_UNIT,
    {"each", "amount", 1, "of the unit, for every person with an eligible entry"},
    {"max_awards", "integer", 0, "the first so many, by submitted_at, then id; by default all"},
    {"expires", "time", 0, "until when it can be used; told to whoever gets it"},
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_END,
};

static cocreate_status parse_coupon(cocreate_scheme *scheme, const json_t *json,
                                    const cci_path *path, cci_rule *rule, cocreate_error *error)
{
    const char *each, *expires = NULL;
    cocreate_error inner;
    cci_path at = cci_path_key(path, "each"), expires_at = cci_path_key(path, "expires");
    int64_t when;
    cci_buffer sentence;
    participation *p = cci_arena_alloc(&scheme->arena, 1, sizeof *p);
    if (p == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_json_string(json, "each", &each, path, error));
    cocreate_status status = cocreate_amount_parse(each, rule->unit_exponent, &p->each, &inner);
    if (status == COCREATE_ERR_OVERFLOW || (status == COCREATE_OK && p->each > CCI_MINOR_MAX))
        return cci_json_fail(error, COCREATE_ERR_OVERFLOW, &at,
                             "more than 2^53 - 1 minor units of %s", rule->unit);
    if (status != COCREATE_OK)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "%s", inner.text);
    if (p->each <= 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "is not more than 0");
    CCI_TRY(cci_json_i64_opt(json, "max_awards", 1, CCI_MINOR_MAX, &p->max_awards, path, error));
    CCI_TRY(cci_json_string_opt(json, "expires", &expires, path, error));
    if (expires != NULL && !cci_time_parse(expires, &when))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &expires_at,
                             "not a time such as \"2027-01-31T23:59:59Z\"");
    cci_buffer_init(&sentence, &scheme->arena.allocator);
    cci_buffer_text(&sentence, "A coupon for taking part: {amount} ");
    cci_buffer_text(&sentence, rule->unit);
    if (expires != NULL) {
        cci_buffer_text(&sentence, ", good until ");
        cci_buffer_text(&sentence, expires);
    }
    cci_buffer_byte(&sentence, '.');
    CCI_TRY(cci_arena_finish(&scheme->arena, &sentence, &p->sentence, error));
    rule->parameters = p;
    return COCREATE_OK;
}

const cci_rule_kind cci_rule_coupon = {
    .kind = "coupon",
    .title = "A coupon for everybody who took part",
    .parameters = coupon_parameters,
    .bound = "no money: a unit of its own",
    .source = "Gitcoin (an amount for every additional eligible submission), in a unit of the host's",
    .parse = parse_coupon,
    .evaluate = evaluate,
};
