/* reliability_bonus: a part of the prizes of another rule, by how reliable their winners were. */
#include <string.h>

#include "base/checked.h"
#include "reward/awards.h"
#include "reward/steps.h"

enum { BANDS_MAX = 100 };

typedef struct band {
    cci_number from, rate;
} band;

typedef struct reliability {
    const cci_rule *of;
    band *bands;
    size_t n;
} reliability;

static const cci_parameter parameters[] = {
    CCI_PARAMETER_FUND,
    {"rule", "id", 1, "an earlier rule that pays money: the bonus is on its awards"},
    {"bands", "list", 0,
     "[{from, rate}], rising: from a reliability on, the part of the award; by default 0.10 from 80, "
     "0.15 from 90, 0.20 from 95"},
    CCI_PARAMETER_END,
};

static cocreate_status read_bands(cocreate_scheme *scheme, const json_t *json, reliability *r,
                                  const cci_path *path, cocreate_error *error)
{
    static const char *const keys[] = {"from", "rate", NULL};
    static const band usual[] = {{{80, 1}, {1, 10}}, {{90, 1}, {3, 20}}, {{95, 1}, {1, 5}}};
    cci_path at = cci_path_key(path, "bands");
    json_t *list;
    CCI_TRY(cci_json_get_array_opt(json, "bands", &list, path, error));
    r->n = list == NULL ? 3 : json_array_size(list);
    if (r->n == 0 || r->n > BANDS_MAX)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "holds %zu bands, not 1 to %d", r->n,
                             BANDS_MAX);
    r->bands = cci_arena_alloc(&scheme->arena, r->n, sizeof *r->bands);
    if (r->bands == NULL)
        return cci_no_memory(error);
    if (list == NULL)
        memcpy(r->bands, usual, sizeof usual);
    for (size_t i = 0; i < r->n && list != NULL; i++) {
        const json_t *item = json_array_get(list, i);
        cci_path here = cci_path_at(&at, i), rate_at = cci_path_key(&here, "rate");
        band *b = &r->bands[i];
        const json_t *from, *rate;
        CCI_TRY(cci_json_object(item, &here, error));
        CCI_TRY(cci_json_keys(item, keys, &here, error));
        from = json_object_get(item, "from");
        rate = json_object_get(item, "rate");
        cci_path from_at = cci_path_key(&here, "from");
        if (from == NULL || rate == NULL)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, from == NULL ? &from_at : &rate_at,
                                 "required, but missing");
        CCI_TRY(cci_number_read(from, &b->from, &from_at, error));
        CCI_TRY(cci_number_read(rate, &b->rate, &rate_at, error));
        if (b->rate.num <= 0 || cci_number_compare(b->rate, (cci_number){1, 1}) > 0)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &rate_at, "not above 0 and at most 1");
        if (i > 0 && (cci_number_compare(r->bands[i - 1].from, b->from) >= 0 ||
                      cci_number_compare(r->bands[i - 1].rate, b->rate) >= 0))
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                                 "both from and rate must rise from band to band");
    }
    return COCREATE_OK;
}

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    const char *id;
    cci_path at = cci_path_key(path, "rule");
    uint64_t bound, rest;
    reliability *r = cci_arena_alloc(&scheme->arena, 1, sizeof *r);
    if (r == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_json_id(json, "rule", &id, path, error));
    for (size_t i = 0; i < rule->index; i++)
        if (strcmp(scheme->rules[i].id, id) == 0)
            r->of = &scheme->rules[i];
    if (r->of == NULL)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "no rule before has the id \"%s\"", id);
    if (r->of->fund == NULL || r->of->fund->revenue)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                             "\"%s\" pays no money from a budget, so a bonus on it has no bound", id);
    CCI_TRY(read_bands(scheme, json, r, path, error));
    const cci_number most = r->bands[r->n - 1].rate;
    int fits = cci_muldiv_u64((uint64_t)r->of->bound, (uint64_t)most.num, (uint64_t)most.den, &bound,
                              &rest);
    assert(fits);
    (void)fits;
    rule->bound = (int64_t)bound;
    rule->why = "the highest rate of what the other rule may cost";
    rule->parameters = r;
    return COCREATE_OK;
}

/* "reliability" of a person, in percent; missing: none. */
static cocreate_status reliability_of(const cci_evaluation *e, const char *id, cci_number *out,
                                      cocreate_error *error)
{
    const cci_person *person = cci_result_person(e->result, id);
    cci_path root = CCI_ROOT, list = cci_path_key(&root, "persons");
    *out = (cci_number){0, 0};
    if (person == NULL)
        return COCREATE_OK;
    cci_path here = cci_path_at(&list, person->index), at = cci_path_key(&here, "reliability");
    const json_t *value = json_object_get(person->facts, "reliability");
    return value == NULL || json_is_null(value) ? COCREATE_OK
                                                : cci_number_read(value, out, &at, error);
}

static cocreate_status pay(cci_evaluation *e, const cci_rule *rule, const cci_award *award,
                           cci_number value, const band *b, cocreate_error *error)
{
    cci_trace *t = &e->trace;
    int64_t minor = 0;
    cci_trace_begin(t);
    CCI_TRY(cci_trace_number(t, "reliability", CCI_UNIT_NONE, value, error));
    CCI_TRY(cci_trace_number(t, "from", CCI_UNIT_NONE, b->from, error));
    CCI_TRY(cci_trace_check(t, "reliability", "at_least", "from", error));
    CCI_TRY(cci_trace_number(t, "rate", CCI_UNIT_NONE, b->rate, error));
    CCI_TRY(cci_trace_integer(t, "award", CCI_UNIT_MINOR, award->minor, error));
    CCI_TRY(cci_trace_calc(t, "exact", CCI_UNIT_MINOR, "product", CCI_ARGS("award", "rate"), error));
    CCI_TRY(cci_trace_calc(t, "bonus", CCI_UNIT_MINOR, "floor", CCI_ARGS("exact"), error));
    CCI_TRY(cci_trace_pay(t, "bonus", &minor, error));
    cci_trace_say(t, "A reliability of {reliability} is at least {from}: {rate} of the award of {award} "
                     "is {bonus}.");
    return cci_pay_person(e, rule, award->to, award->entry == NULL ? "" : award->entry, minor,
                          error);
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    const reliability *r = rule->parameters;
    size_t n = e->awards->n;
    for (size_t i = 0; i < n; i++) {
        const cci_award award = e->awards->items[i]; /* the list grows and moves */
        cci_number value;
        size_t k = r->n;
        if (award.rule != r->of || award.detail != NULL)
            continue;
        CCI_TRY(reliability_of(e, award.to, &value, error));
        while (k > 0 && (value.den == 0 || cci_number_compare(r->bands[k - 1].from, value) > 0))
            k--;
        if (k > 0)
            CCI_TRY(pay(e, rule, &award, value, &r->bands[k - 1], error));
    }
    return COCREATE_OK;
}

const cci_rule_kind cci_rule_reliability_bonus = {
    .kind = "reliability_bonus",
    .title = "A part of the prizes, by how reliable their winners were",
    .parameters = parameters,
    .bound = "the highest rate of what the other rule may cost",
    .source = "Topcoder reliability bonus (10, 15, 20 % from 80, 90, 95 %)",
    .own_lists = 1,
    .parse = parse,
    .evaluate = evaluate,
};
