/* direct_grant: each selected entry receives its own cost, as in a citizens' budget. */
#include <string.h>

#include "base/checked.h"
#include "reward/rule.h"

typedef struct grant {
    int64_t max_total;
} grant;

static const cci_parameter parameters[] = {
    CCI_PARAMETER_FUND,
    {"max_total", "amount", 0, "all grants together; by default the budget of the fund"},
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_TEAM,
    CCI_PARAMETER_END,
};

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    grant *g = cci_arena_alloc(&scheme->arena, 1, sizeof *g);
    if (g == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_read_amount_opt(scheme, json, "max_total", &g->max_total, path, error));
    rule->why = g->max_total > 0 ? "at most max_total" : "at most the budget of the fund";
    rule->bound = g->max_total > 0 ? g->max_total : rule->fund->budget;
    rule->parameters = g;
    scheme->needs |= CCI_NEED_COST;
    return COCREATE_OK;
}

/* The cost of an entry in minor units: exact, or refused. */
static cocreate_status cost_of(const cci_evaluation *e, const cci_entry *entry, int64_t *out,
                               cocreate_error *error)
{
    cci_entry_path path;
    cci_path at = cci_path_key(cci_result_path(e->result, entry, &path), "cost");
    cci_number cost = entry->cost;
    int64_t power = 1;
    if (cost.den == 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                             "missing, though the entry is selected and is granted its cost");
    if (cost.num < 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "is negative");
    for (int32_t i = 0; i < e->scheme->exponent; i++)
        power *= 10;
    if (power % cost.den != 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                             "has more than the %d decimals of %s", (int)e->scheme->exponent,
                             e->scheme->currency);
    if (!cci_mul_i64(cost.num, power / cost.den, out) || *out > CCI_MINOR_MAX)
        return cci_json_fail(error, COCREATE_ERR_OVERFLOW, &at,
                             "more than 2^53 - 1 minor units of %s", e->scheme->currency);
    return COCREATE_OK;
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    cci_stand *stands;
    size_t n;
    int64_t total = 0, cost;
    CCI_TRY(cci_standing(e, rule, 0, &stands, &n, error));
    for (size_t i = 0; i < n; i++) {
        if (!stands[i].entry->selected)
            continue;
        CCI_TRY(cost_of(e, stands[i].entry, &cost, error));
        if (!cci_add_i64(total, cost, &total) || total > rule->bound) {
            char bound[COCREATE_AMOUNT_TEXT];
            cci_entry_path path;
            return cci_json_fail(error, COCREATE_ERR_SCHEMA,
                                 cci_result_path(e->result, stands[i].entry, &path),
                                 "with it the selected entries cost more than the %s that rule "
                                 "\"%s\" may grant",
                                 cci_amount_text(e->scheme, rule->bound, bound), rule->id);
        }
        cci_trace_begin(&e->trace);
        cci_trace_selected(&e->trace);
        cci_trace_amount(&e->trace, cost);
        CCI_TRY(cci_pay(e, rule, stands[i].entry, cost, error));
    }
    return COCREATE_OK;
}

const cci_rule_kind cci_rule_direct_grant = {
    .kind = "direct_grant",
    .title = "The cost of each selected entry",
    .parameters = parameters,
    .bound = "max_total, or the budget of the fund",
    .source = "participatory budgeting: Rey & Maly, The (Computational) Social Choice Take on "
              "Indivisible Participatory Budgeting, 2023",
    .parse = parse,
    .evaluate = evaluate,
};
