/* ranked_prizes: a prize for each place, and six ways to treat equal places. */
#include <inttypes.h>
#include <string.h>

#include "base/checked.h"
#include "money/split.h"
#include "reward/contest/prizes.h"

enum { PRIZES_MAX = 10000 };

static const char *const policies[] = {"pool", "earlier", "lot", "hort", "same_prize",
                                       "creator_decides", NULL};

static const cci_parameter parameters[] = {
    CCI_PARAMETER_FUND,
    {"prizes", "amounts", 0,
     "by place, never rising: amounts as \"500.00\", or percents of the purse as \"18%\"; this or "
     "table is required"},
    {"table", "object", 0,
     "{form, places, ratio, exponent}: geometric, power or equal parts of the purse, or the tables "
     "pga_tour or digital_run"},
    {"purse", "amount", 0, "what percents and tables are of; for these only"},
    {"based_on", "object", 0,
     "{entries, max_purse, guaranteed_above, guaranteed}: the purse is for so many entries and "
     "follows their number"},
    {"ties", "choice", 0,
     "pool (default): equal parts of the prizes of their places; earlier: by submitted_at, then id; "
     "lot: by seeded lots; hort: half of the own prize by submitted_at, half of the pool; "
     "same_prize: the prize of the best of their places each; creator_decides: no prize from the "
     "first tie on"},
    {"max_awards", "integer", 0, "how many same_prize may award: required there, only there"},
    {"per_person", "choice", 0, "all (default), or best_only: one place a person"},
    {"on_vacant", "choice", 0,
     "prizes of places that nobody takes: return (default) to the fund; roll_down: winners share "
     "them in proportion to their own; roll_over: stay for the next campaign"},
    CCI_PARAMETER_QUALITY,
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_ROUNDING,
    CCI_PARAMETER_TEAM,
    CCI_PARAMETER_END,
};

/* ---- reading ---- */

/* Percents of a purse by largest remainder, what is left of 100 % being one more claim. */
static cocreate_status read_percents(cocreate_scheme *scheme, const json_t *list, int64_t purse,
                                     cci_prizes *p, const cci_path *path, cocreate_error *error)
{
    cci_number *percents = cci_arena_alloc(&scheme->arena, p->n + 1, sizeof *percents);
    int64_t *weights = cci_arena_alloc(&scheme->arena, p->n + 1, sizeof *weights);
    int64_t *shares = cci_arena_alloc(&scheme->arena, p->n + 1, sizeof *shares);
    int64_t scale, sum, hundred, returned;
    if (percents == NULL || weights == NULL || shares == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < p->n; i++) {
        cci_path at = cci_path_at(path, i);
        const char *text = json_string_value(json_array_get(list, i));
        cci_rational r;
        cocreate_error inner;
        CCI_TRY(cci_rational_init(&r, error));
        cocreate_status status = cci_rational_parse(text, strlen(text) - 1, &r, &inner);
        int fits = status == COCREATE_OK && cci_number_set(&percents[i], &r);
        cci_rational_clear(&r);
        if (status == COCREATE_ERR_MEMORY)
            return cci_no_memory(error);
        if (!fits || percents[i].num <= 0)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                                 "not a percentage above 0, such as \"10.9%%\"");
    }
    if (!cci_number_scale(percents, p->n, weights, &scale, &sum) ||
        !cci_mul_i64(scale, 100, &hundred))
        return cci_json_fail(error, COCREATE_ERR_OVERFLOW, path,
                             "the percents have no common denominator of 64 bits");
    if (sum > hundred)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, path, "the percents sum to more than 100");
    weights[p->n] = hundred - sum;
    CCI_TRY(cci_split_i64(&scheme->arena.allocator, purse, weights, p->n + 1, NULL, shares,
                          &returned, error));
    memcpy(p->of, shares, p->n * sizeof *p->of);
    return COCREATE_OK;
}

static int is_percent(const json_t *value)
{
    const char *text = json_string_value(value);
    size_t n = text == NULL ? 0 : strlen(text);
    return n > 0 && text[n - 1] == '%';
}

static cocreate_status read_list(cocreate_scheme *scheme, const json_t *list, int percent,
                                 cci_prizes *p, const cci_path *at, cocreate_error *error)
{
    p->n = json_array_size(list);
    if (p->n == 0 || p->n > PRIZES_MAX)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, at, "holds %zu prizes, not 1 to %d", p->n,
                             PRIZES_MAX);
    p->of = cci_arena_alloc(&scheme->arena, p->n, sizeof *p->of);
    if (p->of == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < p->n; i++) {
        cci_path here = cci_path_at(at, i);
        const json_t *value = json_array_get(list, i);
        if (is_percent(value) != percent)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                                 "prizes are all amounts or all percents");
        if (!percent)
            CCI_TRY(cci_read_amount_value(scheme, value, &p->of[i], &here, error));
    }
    if (percent)
        CCI_TRY(read_percents(scheme, list, p->purse, p, at, error));
    for (size_t i = 1; i < p->n; i++)
        if (p->of[i] > p->of[i - 1]) {
            cci_path here = cci_path_at(at, i);
            char a[COCREATE_AMOUNT_TEXT], b[COCREATE_AMOUNT_TEXT];
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                                 "is %s, more than the %s of the place before",
                                 cci_amount_text(scheme, p->of[i], a),
                                 cci_amount_text(scheme, p->of[i - 1], b));
        }
    return COCREATE_OK;
}

static cocreate_status read_prizes(cocreate_scheme *scheme, const json_t *json, cci_prizes *p,
                                   const cci_path *path, cocreate_error *error)
{
    cci_path at = cci_path_key(path, "prizes"), purse_at = cci_path_key(path, "purse");
    cci_path table_at = cci_path_key(path, "table");
    json_t *list, *table;
    CCI_TRY(cci_json_get_object_opt(json, "table", &table, path, error));
    CCI_TRY(cci_json_get_array_opt(json, "prizes", &list, path, error));
    CCI_TRY(cci_read_amount_opt(scheme, json, "purse", &p->purse, path, error));
    if ((list == NULL) == (table == NULL))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, list == NULL ? &at : &table_at,
                             list == NULL ? "required, but missing: there is no \"table\" either"
                                          : "given, but \"prizes\" say what the places get");
    int percent = list != NULL && is_percent(json_array_get(list, 0));
    int of_purse = percent || table != NULL;
    if (of_purse != (p->purse > 0))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &purse_at,
                             !of_purse ? "given, but the prizes are amounts"
                             : percent ? "required, but missing: percents are of a purse"
                                       : "required, but missing: tables are of a purse");
    if (table != NULL)
        return cci_table_parse(scheme, table, p->purse, &p->of, &p->n, &p->digital_run, &table_at,
                               error);
    return read_list(scheme, list, percent, p, &at, error);
}

/* Rules that make the table depend on the result. */
static cocreate_status read_changes(cocreate_scheme *scheme, const json_t *json, cci_prizes *p,
                                    const cci_path *path, cocreate_error *error)
{
    cci_path at = cci_path_key(path, "ties"), prizes_at = cci_path_key(path, "prizes");
    int64_t sum = 0;
    for (size_t i = 0; i < p->n; i++)
        if (!cci_add_i64(sum, p->of[i], &sum) || sum > CCI_MINOR_MAX)
            return cci_json_fail(error, COCREATE_ERR_OVERFLOW, &prizes_at,
                                 "sum to more than 2^53 - 1 minor units of %s", scheme->currency);
    CCI_TRY(cci_based_on_parse(scheme, json, sum, &p->based_on, path, error));
    CCI_TRY(cci_json_choice_opt(json, "on_vacant", cci_on_vacant_names, &p->on_vacant, path,
                                error));
    int changes = p->digital_run || p->based_on.entries > 0 ||
                  p->on_vacant == CCI_VACANT_ROLL_DOWN;
    if (p->ties == CCI_TIE_SAME_PRIZE && changes)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                             "same_prize needs prizes that the result does not change");
    return cci_quality_parse(scheme, json, &p->quality, path, error);
}

static cocreate_status set_bound(cocreate_scheme *scheme, const cci_prizes *p, cci_rule *rule,
                                 const cci_path *path, cocreate_error *error)
{
    cci_path max_at = cci_path_key(path, "max_awards"), at = cci_path_key(path, "prizes");
    cci_buffer why;
    if (p->ties == CCI_TIE_SAME_PRIZE && p->max_awards == 0)
        return cci_unbounded(rule, path, "\"max_awards\", for same_prize pays every tied entry",
                             error);
    if (p->ties != CCI_TIE_SAME_PRIZE && p->max_awards > 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &max_at,
                             "only \"ties\": \"same_prize\" has it; the number of prizes bounds "
                             "the others");
    cci_buffer_init(&why, &scheme->arena.allocator);
    int fits = 1;
    char most[COCREATE_AMOUNT_TEXT];
    if (p->ties == CCI_TIE_SAME_PRIZE) {
        char text[COCREATE_AMOUNT_TEXT];
        fits = cci_mul_i64(p->max_awards, p->of[0], &rule->bound);
        cci_buffer_format(&why, "%" PRId64 " awards of at most %s", p->max_awards,
                          cci_amount_text(scheme, p->of[0], text));
    } else if (p->based_on.entries > 0) {
        rule->bound = p->based_on.most;
        cci_buffer_format(&why, "a purse of at most %s",
                          cci_amount_text(scheme, p->based_on.most, most));
    } else {
        for (size_t i = 0; i < p->n && fits; i++)
            fits = cci_add_i64(rule->bound, p->of[i], &rule->bound);
        cci_buffer_format(&why, "the sum of %zu prize%s", p->n, p->n == 1 ? "" : "s");
    }
    CCI_TRY(cci_arena_finish(&scheme->arena, &why, &rule->why, error));
    return fits && rule->bound <= CCI_MINOR_MAX
               ? COCREATE_OK
               : cci_json_fail(error, COCREATE_ERR_OVERFLOW, &at,
                               "may cost more than 2^53 - 1 minor units of %s", scheme->currency);
}

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    static const char *const per_person[] = {"all", "best_only", NULL};
    cci_prizes *p = cci_arena_alloc(&scheme->arena, 1, sizeof *p);
    if (p == NULL)
        return cci_no_memory(error);
    CCI_TRY(read_prizes(scheme, json, p, path, error));
    CCI_TRY(cci_json_choice_opt(json, "ties", policies, &p->ties, path, error));
    CCI_TRY(cci_json_choice_opt(json, "per_person", per_person, &p->best_only, path, error));
    CCI_TRY(cci_json_i64_opt(json, "max_awards", 1, CCI_MINOR_MAX, &p->max_awards, path, error));
    CCI_TRY(read_changes(scheme, json, p, path, error));
    rule->parameters = p;
    return set_bound(scheme, p, rule, path, error);
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    return cci_prizes_pay(e, rule, rule->parameters, error);
}

const cci_rule_kind cci_rule_ranked_prizes = {
    .kind = "ranked_prizes",
    .title = "A prize for each place",
    .parameters = parameters,
    .bound = "the sum of the prizes; with same_prize max_awards times the first prize, with based_on "
             "max_purse",
    .source = "PGA TOUR Player Handbook (add and split, table); US Chess rules 32 and 33 (based on); "
              "Hort system; Netflix Prize rules (earlier); Topcoder Digital Run 2008v2",
    .parse = parse,
    .evaluate = evaluate,
};
