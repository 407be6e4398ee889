/* Knapsack ballots: the options a voter would buy, which together cost no more than the budget. */
#include <string.h>

#include "base/checked.h"
#include "campaign/engine.h"
#include "campaign/instruments/instrument.h"
#include "campaign/rounds/by_category.h"
#include "cocreate/money.h"
#include "cocreate/profile.h"

static cocreate_status read(const cci_brief *brief, json_t *json, cci_round_spec *spec,
                            const cci_path *path, cocreate_error *error)
{
    (void)brief;
    (void)spec;
    cci_path here = cci_path_key(path, "budget");
    if (!json_object_get(json, "budget") && !json_object_get(json, "by_category"))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                             "is missing: ballots spend it, as \"10000.00\"");
    return COCREATE_OK;
}

static cocreate_status check_ballot(const cci_round_spec *spec, const struct cci_round_cache *r,
                                    const cci_ballot_in *ballot, cocreate_error *error)
{
    const char *point = strchr(spec->budget, '.');
    int32_t decimals = point ? (int32_t)strlen(point + 1) : 0;
    int64_t budget, sum = 0;
    char cost[COCREATE_AMOUNT_TEXT];
    if (spec->by_category)
        return cci_ballot_budgets(spec, r, ballot, error);
    CCI_TRY(cocreate_amount_parse(spec->budget, decimals, &budget, error));
    for (size_t i = 0; i < ballot->n; i++) {
        uint32_t candidate = cci_string_set_find(&r->candidates, ballot->options[i]);
        if (candidate == CCI_TABLE_NONE || !cci_add_i64(sum, r->costs[candidate], &sum))
            return cci_fail_at(error, COCREATE_ERR_OVERFLOW, i, "the costs sum is too large");
    }
    if (sum <= budget)
        return COCREATE_OK;
    CCI_TRY(cocreate_amount_print(sum, decimals, cost, error));
    return cci_refuse_round(error, r->index, "budget", "the ballot costs %s, the budget is %s", cost,
                            spec->budget);
}

const cci_instrument_type cci_instrument_budget = {
    .name = "budget",
    .leads = CCI_LEADS_VOTERS,
    .kinds = {COCREATE_BALLOT_APPROVAL},
    .method = "greedy",
    .read = read,
    .one = "a purchase of",
    .check_ballot = check_ballot,
};
