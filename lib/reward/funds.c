/* The money a scheme may spend. */
#include <inttypes.h>
#include <string.h>

#include "base/checked.h"
#include "reward/rule.h"

/* Ids are compared with all before them. */
enum { FUNDS_MAX = 1000 };

/* A budget, or revenue, which has none. */
static cocreate_status read_source(const cocreate_scheme *scheme, const json_t *json,
                                   cci_fund *fund, const cci_path *path, cocreate_error *error)
{
    static const char *const sources[] = {"budget", "revenue", NULL};
    cci_path at = cci_path_key(path, "budget");
    int source = 0;
    CCI_TRY(cci_json_choice_opt(json, "source", sources, &source, path, error));
    fund->revenue = source == 1;
    if (!fund->revenue)
        return cci_read_amount(scheme, json, "budget", &fund->budget, path, error);
    if (json_object_get(json, "budget") != NULL)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                             "given, but revenue has no budget: it is what is earned");
    return COCREATE_OK;
}

cocreate_status cci_read_funds(cocreate_scheme *scheme, const json_t *json,
                               cocreate_error *error)
{
    static const char *const keys[] = {"id", "budget", "source", NULL};
    cci_path root = CCI_ROOT, at = cci_path_key(&root, "funds");
    json_t *funds;
    int64_t total = 0;
    CCI_TRY(cci_json_get_array_opt(json, "funds", &funds, &root, error));
    size_t n = funds == NULL ? 0 : json_array_size(funds);
    if (n > FUNDS_MAX)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "holds %zu funds, more than %d", n,
                             FUNDS_MAX);
    scheme->funds = cci_arena_alloc(&scheme->arena, n, sizeof *scheme->funds);
    if (scheme->funds == NULL)
        return cci_no_memory(error);
    for (; scheme->n_funds < n; scheme->n_funds++) {
        cci_path here = cci_path_at(&at, scheme->n_funds);
        const json_t *item = json_array_get(funds, scheme->n_funds);
        cci_fund *fund = &scheme->funds[scheme->n_funds];
        const char *id;
        CCI_TRY(cci_json_object(item, &here, error));
        CCI_TRY(cci_json_keys(item, keys, &here, error));
        CCI_TRY(cci_json_id(item, "id", &id, &here, error));
        for (size_t i = 0; i < scheme->n_funds; i++)
            if (strcmp(scheme->funds[i].id, id) == 0)
                return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                                     "the id \"%s\" is that of $.funds[%zu] already", id, i);
        fund->id = cci_arena_copy(&scheme->arena, id, strlen(id));
        if (fund->id == NULL)
            return cci_no_memory(error);
        CCI_TRY(read_source(scheme, item, fund, &here, error));
        if (!cci_add_i64(total, fund->budget, &total) || total > CCI_MINOR_MAX)
            return cci_json_fail(error, COCREATE_ERR_OVERFLOW, &here,
                                 "the budgets sum to more than 2^53 - 1 minor units of %s",
                                 scheme->currency);
    }
    return COCREATE_OK;
}

cocreate_status cci_read_fund_of(cocreate_scheme *scheme, const json_t *json, cci_rule *rule,
                                 const cci_path *path, cocreate_error *error)
{
    cci_path at = cci_path_key(path, "fund");
    const char *id;
    CCI_TRY(cci_json_string(json, "fund", &id, path, error));
    for (size_t i = 0; i < scheme->n_funds; i++)
        if (strcmp(scheme->funds[i].id, id) == 0)
            rule->fund = &scheme->funds[i];
    if (rule->fund == NULL)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "no fund has the id \"%s\"", id);
    if (rule->fund->revenue && !rule->kind->revenue)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                             "\"%s\" has no budget: only rules that share what is earned are paid "
                             "from revenue",
                             id);
    return COCREATE_OK;
}

/* What a fund's rules may cost at worst must be there before anybody is promised a prize. */
cocreate_status cci_check_bounds(cocreate_scheme *scheme, cocreate_error *error)
{
    cci_path root = CCI_ROOT, at = cci_path_key(&root, "funds");
    for (size_t i = 0; i < scheme->n_funds; i++) {
        cci_fund *fund = &scheme->funds[i];
        cci_path here = cci_path_at(&at, i);
        for (size_t r = 0; r < scheme->n_rules; r++)
            if (scheme->rules[r].fund == fund &&
                !cci_add_i64(fund->bound, scheme->rules[r].bound, &fund->bound))
                return cci_json_fail(error, COCREATE_ERR_OVERFLOW, &here,
                                     "rules may cost more than 2^63 - 1 minor units");
        char cost[COCREATE_AMOUNT_TEXT], budget[COCREATE_AMOUNT_TEXT];
        if (!fund->revenue && fund->bound > fund->budget)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                                 "rules may cost %s, the budget is %s",
                                 cci_amount_text(scheme, fund->bound, cost),
                                 cci_amount_text(scheme, fund->budget, budget));
    }
    return COCREATE_OK;
}
