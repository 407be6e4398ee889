/* assurance: pledges count only if enough come together; assurance_bonus: what those who pledged get
 * where they do not (the dominant variant). */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "reward/section.h"
#include "reward/steps.h"

typedef struct assurance {
    int64_t people; /* 0: goal */
    int64_t goal;
    int64_t bonus; /* for each person; of assurance_bonus */
} assurance;

static const cci_parameter parameters[] = {
    CCI_PARAMETER_FUND,
    {"people", "integer", 0, "how many persons must pledge; this or goal is required"},
    {"goal", "amount", 0, "how much must be pledged"},
    {"max_total", "amount", 0,
     "at most this much in total; required unless the fund is of revenue, which pledges are"},
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_TEAM,
    CCI_PARAMETER_END,
};

static cocreate_status read_terms(cocreate_scheme *scheme, const json_t *json, assurance *a,
                                  const cci_path *path, cocreate_error *error)
{
    cci_path at = cci_path_key(path, "people");
    CCI_TRY(cci_json_i64_opt(json, "people", 1, INT32_MAX, &a->people, path, error));
    CCI_TRY(cci_read_amount_opt(scheme, json, "goal", &a->goal, path, error));
    if ((a->people > 0) == (a->goal > 0))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                             a->people > 0 ? "given beside \"goal\": one of them says what is enough"
                                           : "required, but missing: there is no \"goal\" either");
    return COCREATE_OK;
}

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    int64_t max_total = 0;
    cci_path at = cci_path_key(path, "max_total");
    assurance *a = cci_arena_alloc(&scheme->arena, 1, sizeof *a);
    if (a == NULL)
        return cci_no_memory(error);
    CCI_TRY(read_terms(scheme, json, a, path, error));
    CCI_TRY(cci_read_amount_opt(scheme, json, "max_total", &max_total, path, error));
    if (max_total == 0 && !rule->fund->revenue)
        return cci_unbounded(rule, path, "\"max_total\", or a fund whose source is revenue", error);
    if (max_total > 0 && rule->fund->revenue)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                             "given, but the fund is of revenue: what is pledged");
    rule->bound = max_total;
    rule->why = "at most max_total";
    rule->parameters = a;
    return COCREATE_OK;
}

/* ---- pledges ---- */

typedef struct pledge {
    const cci_entry *entry;
    const char *person;
    int64_t minor;
} pledge;

static int in_order(const void *a, const void *b)
{
    const pledge *x = a, *y = b;
    if (x->entry != y->entry)
        return x->entry < y->entry ? -1 : 1;
    int order = strcmp(x->person, y->person);
    return order != 0 ? order : (x->minor > y->minor) - (x->minor < y->minor);
}

/* Pledges of persons who may, to entries that take part, by entry and person; withdrawn ones are
 * gone. */
static cocreate_status read_pledges(cci_evaluation *e, const cci_rule *rule, pledge **out,
                                    size_t *n, cocreate_error *error)
{
    cci_section section;
    CCI_TRY(cci_section_open(e, rule, "pledges", 0, &section, error));
    pledge *list = cci_arena_alloc(&e->scratch, section.n, sizeof *list);
    if (list == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < section.n; i++) {
        const json_t *row;
        cci_path path;
        int withdrawn = 0;
        pledge p = {.minor = 0};
        CCI_TRY(cci_section_row(&section, i, &row, &path, error));
        cci_path amount_at = cci_path_key(&path, "amount");
        CCI_TRY(cci_row_entry(e, row, "entry", &p.entry, &path, error));
        CCI_TRY(cci_json_id(row, "person", &p.person, &path, error));
        CCI_TRY(cci_row_amount(e, row, "amount", &p.minor, &path, error));
        CCI_TRY(cci_json_bool_opt(row, "withdrawn", &withdrawn, &path, error));
        if (p.minor == 0)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &amount_at, "is not more than 0");
        if (!withdrawn && cci_eligible(rule, p.entry) && cci_person_eligible(e, rule, p.person))
            list[(*n)++] = p;
    }
    if (*n > 1)
        qsort(list, *n, sizeof *list, in_order);
    *out = list;
    return COCREATE_OK;
}

/* What an entry has: pledges[0] to pledges[n - 1] are its own. */
typedef struct support {
    const pledge *pledges;
    size_t n;
    int64_t people, sum;
    int enough;
} support;

static cocreate_status count(const assurance *a, const pledge *list, size_t n, support *out,
                             cocreate_error *error)
{
    *out = (support){.pledges = list};
    while (out->n < n && list[out->n].entry == list[0].entry) {
        size_t i = out->n++;
        out->people += i == 0 || strcmp(list[i].person, list[i - 1].person) != 0;
        if (!cci_add_i64(out->sum, list[i].minor, &out->sum) || out->sum > CCI_MINOR_MAX)
            return cci_fail(error, COCREATE_ERR_OVERFLOW,
                            "$.pledges: those to \"%s\" sum to more than 2^53 - 1 minor units",
                            list[0].entry->id);
    }
    out->enough = a->people > 0 ? out->people >= a->people : out->sum >= a->goal;
    return COCREATE_OK;
}

static cocreate_status trace_support(cci_evaluation *e, const assurance *a, const support *s,
                                     cocreate_error *error)
{
    cci_trace *t = &e->trace;
    cci_unit unit = a->people > 0 ? CCI_UNIT_NONE : CCI_UNIT_MINOR;
    const char *what = a->people > 0 ? "persons" : "pledged";
    cci_trace_begin(t);
    CCI_TRY(cci_trace_integer(t, "persons", CCI_UNIT_NONE, s->people, error));
    CCI_TRY(cci_trace_integer(t, "pledged", CCI_UNIT_MINOR, s->sum, error));
    CCI_TRY(cci_trace_integer(t, "needed", unit, a->people > 0 ? a->people : a->goal, error));
    return cci_trace_check(t, what, s->enough ? "at_least" : "less", "needed", error);
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    const assurance *a = rule->parameters;
    pledge *list = NULL;
    size_t n = 0;
    int64_t total = 0, minor = 0;
    support s = {.n = 0};
    CCI_TRY(read_pledges(e, rule, &list, &n, error));
    for (size_t i = 0; i < n; i += s.n) {
        CCI_TRY(count(a, list + i, n - i, &s, error));
        if (!s.enough)
            continue;
        if (!cci_add_i64(total, s.sum, &total) ||
            (!rule->fund->revenue && total > rule->bound)) {
            char bound[COCREATE_AMOUNT_TEXT];
            return cci_fail(error, COCREATE_ERR_SCHEMA,
                            "$.pledges: with those to \"%s\" more is pledged than the %s that rule "
                            "\"%s\" may pay",
                            list[i].entry->id, cci_amount_text(e->scheme, rule->bound, bound),
                            rule->id);
        }
        CCI_TRY(trace_support(e, a, &s, error));
        CCI_TRY(cci_trace_pay(&e->trace, "pledged", &minor, error));
        cci_trace_say(&e->trace, a->people > 0
                                     ? "{persons} persons pledged, {needed} were needed: {pledged}."
                                     : "{pledged} is pledged by {persons} persons, {needed} was "
                                       "needed: all of it.");
        CCI_TRY(cci_pay(e, rule, list[i].entry, minor, error));
    }
    return COCREATE_OK;
}

const cci_rule_kind cci_rule_assurance = {
    .kind = "assurance",
    .title = "Pledges, all or nothing",
    .parameters = parameters,
    .bound = "max_total, or none where the fund is of revenue",
    .source = "Threadless (funded from 50 buyers on); Bagnoli & Lipman, Provision of Public Goods, "
              "Review of Economic Studies 56(4), 1989",
    .revenue = 1,
    .parse = parse,
    .evaluate = evaluate,
};

/* ---- where it fails ---- */

static const cci_parameter bonus_parameters[] = {
    CCI_PARAMETER_FUND,
    {"people", "integer", 0, "how many persons must pledge; this or goal is required"},
    {"goal", "amount", 0, "how much must be pledged"},
    {"bonus", "amount", 1, "for each person who pledged to an entry that found too few"},
    {"max_total", "amount", 1, "at most this much in total: beyond it all get equal parts of it"},
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_ROUNDING,
    CCI_PARAMETER_END,
};

static cocreate_status parse_bonus(cocreate_scheme *scheme, const json_t *json,
                                   const cci_path *path, cci_rule *rule, cocreate_error *error)
{
    int64_t max_total = 0;
    assurance *a = cci_arena_alloc(&scheme->arena, 1, sizeof *a);
    if (a == NULL)
        return cci_no_memory(error);
    CCI_TRY(read_terms(scheme, json, a, path, error));
    CCI_TRY(cci_read_amount(scheme, json, "bonus", &a->bonus, path, error));
    CCI_TRY(cci_read_amount_opt(scheme, json, "max_total", &max_total, path, error));
    if (max_total == 0)
        return cci_unbounded(rule, path, "\"max_total\"", error);
    rule->bound = max_total;
    rule->why = "at most max_total";
    rule->parameters = a;
    return COCREATE_OK;
}

/* A person who is due a bonus for an entry. */
typedef struct due {
    const pledge *pledge;
    support support;
} due;

static cocreate_status collect(cci_evaluation *e, const cci_rule *rule, due **out, size_t *n,
                               cocreate_error *error)
{
    const assurance *a = rule->parameters;
    pledge *list = NULL;
    size_t n_list = 0;
    support s = {.n = 0};
    CCI_TRY(read_pledges(e, rule, &list, &n_list, error));
    due *all = cci_arena_alloc(&e->scratch, n_list, sizeof *all);
    if (all == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < n_list; i += s.n) {
        CCI_TRY(count(a, list + i, n_list - i, &s, error));
        for (size_t k = 0; k < s.n && !s.enough; k++)
            if (k == 0 || strcmp(s.pledges[k].person, s.pledges[k - 1].person) != 0)
                all[(*n)++] = (due){&s.pledges[k], s};
    }
    *out = all;
    return COCREATE_OK;
}

static cocreate_status evaluate_bonus(cci_evaluation *e, const cci_rule *rule,
                                      cocreate_error *error)
{
    const assurance *a = rule->parameters;
    due *all = NULL;
    size_t n = 0;
    int64_t minor = 0, whole = 0;
    CCI_TRY(collect(e, rule, &all, &n, error));
    int64_t *weights = cci_arena_alloc(&e->scratch, n, sizeof *weights);
    int64_t *shares = cci_arena_alloc(&e->scratch, n, sizeof *shares);
    if (weights == NULL || shares == NULL)
        return cci_no_memory(error);
    int over = !cci_mul_i64(a->bonus, (int64_t)n, &whole) || whole > rule->bound;
    for (size_t i = 0; i < n; i++)
        weights[i] = 1;
    if (over)
        CCI_TRY(cci_split_for(e, rule, rule->bound, weights, NULL, n, 0, 0, shares, error));
    for (size_t i = 0; i < n; i++) {
        CCI_TRY(trace_support(e, a, &all[i].support, error));
        CCI_TRY(cci_trace_integer(&e->trace, "bonus", CCI_UNIT_MINOR, a->bonus, error));
        cci_trace_say(&e->trace, a->people > 0
                                     ? "{persons} persons pledged, {needed} were needed: pledges are "
                                       "released with a bonus of {bonus}."
                                     : "{pledged} is pledged, {needed} was needed: pledges are "
                                       "released with a bonus of {bonus}.");
        if (over) {
            cci_trace_weight(&e->trace, "bonuses that are due", (cci_number){1, 1});
            CCI_TRY(cci_trace_apportion(&e->trace, rule->method, rule->bound, (cci_number){1, 1},
                                        (cci_number){(int64_t)n, 1}, shares[i], error));
            minor = shares[i];
        } else {
            CCI_TRY(cci_trace_pay(&e->trace, "bonus", &minor, error));
        }
        CCI_TRY(cci_pay_person(e, rule, all[i].pledge->person, all[i].pledge->entry->id, minor,
                               error));
    }
    return COCREATE_OK;
}

const cci_rule_kind cci_rule_assurance_bonus = {
    .kind = "assurance_bonus",
    .title = "A bonus for pledges that found too few others",
    .parameters = bonus_parameters,
    .bound = "max_total",
    .source = "Tabarrok, The Private Provision of Public Goods via Dominant Assurance Contracts, "
              "Public Choice 96, 1998",
    .parse = parse_bonus,
    .evaluate = evaluate_bonus,
};
