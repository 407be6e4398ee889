#include "campaign/rounds/by_category.h"

#include <string.h>

#include "base/checked.h"
#include "base/text.h"
#include "campaign/instruments/instrument.h"
#include "cocreate/money.h"
#include "cocreate/profile.h"

/* ---- the brief ---- */

static cocreate_status read_budget(const json_t *category, const cci_path *path, int32_t *decimals,
                                   const char **out, cocreate_error *error)
{
    cci_path here = cci_path_key(path, "budget");
    int64_t amount;
    CCI_TRY(cci_json_string(category, "budget", out, path, error));
    const char *point = strchr(*out, '.');
    size_t n = point ? strlen(point + 1) : 0;
    if (n > 18 || cocreate_amount_parse(*out, (int32_t)n, &amount, NULL) != COCREATE_OK)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "'%.40s' is no amount, as \"10000.00\"",
                             *out);
    if (*decimals >= 0 && *decimals != (int32_t)n)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                             "'%.40s' has %zu decimals, the first has %d: costs are in one unit", *out, n,
                             (int)*decimals);
    *decimals = (int32_t)n;
    return COCREATE_OK;
}

cocreate_status cci_by_category_read(const cci_brief *b, json_t *json, cci_round_spec *spec,
                                     const cci_path *path, cocreate_error *error)
{
    json_t *list = json_object_get(b->json, "categories");
    cci_path here = cci_path_key(path, "by_category"), all = cci_path_key(&CCI_ROOT, "categories");
    int by = 0;
    int32_t decimals = -1;
    CCI_TRY(cci_json_bool_opt(json, "by_category", &by, path, error));
    if (!by)
        return COCREATE_OK;
    if (json_array_size(list) == 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "the brief has no categories");
    if (json_object_get(json, "budget") || spec->channels)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "excludes '%s'",
                             spec->channels ? "channels" : "budget");
    if (spec->cut != CCI_CUT_WINNERS)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "needs the cut \"winners\"");
    for (size_t i = 0; i < json_array_size(list); i++) {
        cci_path item = cci_path_at(&all, i);
        const char *budget;
        CCI_TRY(read_budget(json_array_get(list, i), &item, &decimals, &budget, error));
        spec->budget = i == 0 ? budget : spec->budget;
    }
    spec->by_category = list;
    return COCREATE_OK;
}

cocreate_status cci_by_category_total(const cci_round_spec *spec, cocreate_profile *profile,
                                      cocreate_error *error)
{
    int64_t total = 0, one;
    int32_t decimals = 0;
    for (size_t i = 0; i < json_array_size(spec->by_category); i++) {
        const char *budget = json_string_value(
            json_object_get(json_array_get(spec->by_category, i), "budget"));
        const char *point = strchr(budget, '.');
        decimals = point ? (int32_t)strlen(point + 1) : 0;
        CCI_TRY(cocreate_amount_parse(budget, decimals, &one, error));
        if (!cci_add_i64(total, one, &total))
            return cci_fail(error, COCREATE_ERR_OVERFLOW, "the budgets of the categories sum to too much");
    }
    return spec->by_category ? cocreate_profile_set_budget(profile, total, decimals, error) : COCREATE_OK;
}

int cci_categories_limit(const cci_brief *b)
{
    const json_t *list = json_object_get(b->json, "categories");
    for (size_t i = 0; i < json_array_size(list); i++)
        if (json_object_get(json_array_get(list, i), "per_voter"))
            return 1;
    return 0;
}

uint32_t cci_category_index(const cci_brief *b, const json_t *contribution)
{
    const json_t *list = json_object_get(b->json, "categories");
    const json_t *category = json_object_get(contribution, "category");
    for (size_t i = 0; category && i < json_array_size(list); i++)
        if (json_equal(json_object_get(json_array_get(list, i), "id"), category))
            return (uint32_t)i + 1;
    return 0;
}

/* ---- ballots that speak of everything at once ---- */

static cocreate_status refuse(size_t category, const char *key, cocreate_error *error, const char *format,
                              ...) CCI_FORMAT(4, 5);

static cocreate_status refuse(size_t category, const char *key, cocreate_error *error, const char *format,
                              ...)
{
    cci_path list = cci_path_key(&CCI_ROOT, "categories"), item = cci_path_at(&list, category);
    cci_path path = cci_path_key(&item, key);
    va_list arguments;
    va_start(arguments, format);
    cci_json_vfail(error, COCREATE_ERR_REFUSED, &path, format, arguments);
    va_end(arguments);
    return COCREATE_ERR_REFUSED;
}

static const json_t *category_at(const cci_brief *b, size_t index)
{
    return json_array_get(json_object_get(b->json, "categories"), index);
}

static const char *name_of(const json_t *category)
{
    return json_string_value(json_object_get(category, "id"));
}

/* The index + 1 of the category of an option of a ballot that was checked. */
static uint32_t category_of(const struct cci_round_cache *r, const char *option)
{
    uint32_t candidate = cci_string_set_find(&r->candidates, option);
    return candidate == CCI_TABLE_NONE ? 0 : r->categories[candidate];
}

cocreate_status cci_ballot_categories(const cci_campaign *c, const struct cci_round_cache *r,
                                      const cci_ballot_in *ballot, cocreate_error *error)
{
    const cci_brief *b = &c->brief;
    if (b->rounds[r->index].unit != CCI_UNIT_VOTER || !cci_categories_limit(b))
        return COCREATE_OK;
    for (size_t k = 0; k < json_array_size(json_object_get(b->json, "categories")); k++) {
        const json_t *category = category_at(b, k), *most = json_object_get(category, "per_voter");
        json_int_t n = 0;
        for (size_t i = 0; most && i < ballot->n; i++)
            n += category_of(r, ballot->options[i]) == k + 1;
        if (most && n > json_integer_value(most))
            return refuse(k, "per_voter", error,
                          "the ballot speaks of %lld contributions of category '%s', the most is "
                          "%lld", (long long)n, name_of(category), (long long)json_integer_value(most));
    }
    return COCREATE_OK;
}

cocreate_status cci_ballot_budgets(const cci_round_spec *spec, const struct cci_round_cache *r,
                                   const cci_ballot_in *ballot, cocreate_error *error)
{
    const char *point = strchr(spec->budget, '.');
    int32_t decimals = point ? (int32_t)strlen(point + 1) : 0;
    for (size_t k = 0; k < json_array_size(spec->by_category); k++) {
        const json_t *category = json_array_get(spec->by_category, k);
        const char *budget = json_string_value(json_object_get(category, "budget"));
        int64_t sum = 0, most;
        char cost[COCREATE_AMOUNT_TEXT];
        for (size_t i = 0; i < ballot->n; i++)
            if (category_of(r, ballot->options[i]) == k + 1 &&
                !cci_add_i64(sum, r->costs[cci_string_set_find(&r->candidates, ballot->options[i])], &sum))
                return cci_fail_at(error, COCREATE_ERR_OVERFLOW, i, "the costs sum is too large");
        CCI_TRY(cocreate_amount_parse(budget, decimals, &most, error));
        if (sum <= most)
            continue;
        CCI_TRY(cocreate_amount_print(sum, decimals, cost, error));
        return refuse(k, "budget", error, "the ballot costs %s in category '%s', the budget is %s", cost,
                      name_of(category), budget);
    }
    return COCREATE_OK;
}

/* ---- a ballot for each option ---- */

static int counts(const cci_campaign *c, size_t round)
{
    return c->brief.rounds[round].unit == CCI_UNIT_OPTION && cci_categories_limit(&c->brief);
}

/* The key of the row that counts the votes of a voter by category. */
#define VOTES(c, round, voter) CCI_KEY("votes", (c)->brief.rounds[round].id, voter)

static cocreate_status get_votes(cci_engine *e, const cci_campaign *c, size_t round, const char *voter,
                                 json_t **row, cocreate_error *error)
{
    CCI_TRY(cci_state_get_by(e, c->part, CCI_KIND_USE, VOTES(c, round, voter), row, error));
    if (!*row)
        *row = cci_json_new();
    return *row ? COCREATE_OK : cci_no_memory(error);
}

/* One vote more or less in the category of a contribution, in `row`. */
static cocreate_status add_vote(cci_engine *e, const cci_campaign *c, json_t *row, const char *option, int by,
                                size_t *category, cocreate_error *error)
{
    json_t *doc;
    CCI_TRY(cci_state_get(e, c->part, CCI_KIND_CONTRIBUTION, option, &doc, error));
    uint32_t index = cci_category_index(&c->brief, doc);
    json_decref(doc);
    *category = index;
    if (index == 0)
        return COCREATE_OK;
    const char *name = name_of(category_at(&c->brief, index - 1));
    json_int_t n = json_integer_value(json_object_get(row, name)) + by;
    return cci_json_put(row, name, json_integer(n)) ? COCREATE_OK : cci_no_memory(error);
}

/* Every mark of `marks` that is not in `others`. */
static cocreate_status add_votes(cci_engine *e, const cci_campaign *c, json_t *row, const json_t *marks,
                                 const json_t *others, int by, size_t *last, cocreate_error *error)
{
    const char *option;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)marks, option, value)
        if (!json_object_get(others, option))
            CCI_TRY(add_vote(e, c, row, option, by, last, error));
    return COCREATE_OK;
}

cocreate_status cci_category_votes_check(cci_engine *e, const cci_campaign *c, size_t round,
                                         const char *voter, const json_t *old, const json_t *marks,
                                         cocreate_error *error)
{
    json_t *row = NULL;
    size_t last = 0;
    if (!counts(c, round))
        return COCREATE_OK;
    cocreate_status status = get_votes(e, c, round, voter, &row, error);
    if (status == COCREATE_OK)
        status = add_votes(e, c, row, marks, old, 1, &last, error);
    const json_t *category = last ? category_at(&c->brief, last - 1) : NULL;
    const json_t *most = json_object_get(category, "per_voter");
    json_int_t n = most ? json_integer_value(json_object_get(row, name_of(category))) : 0;
    if (status == COCREATE_OK && most && n > json_integer_value(most))
        status = refuse(last - 1, "per_voter", error,
                        "participant '%.80s' has %lld of at most %lld vote%s in category '%s' in round "
                        "'%s'%s", voter, (long long)n - 1, (long long)json_integer_value(most),
                        cci_plural(json_integer_value(most)), name_of(category), c->brief.rounds[round].id,
                        c->brief.rounds[round].retract ? ": retract one first" : "");
    json_decref(row);
    return status;
}

cocreate_status cci_category_votes(cci_engine *e, const cci_event *event, size_t round, const char *voter,
                                   const json_t *old, const json_t *marks, cocreate_error *error)
{
    const cci_campaign *c = event->campaign;
    json_t *row = NULL;
    size_t last;
    if (!counts(c, round))
        return COCREATE_OK;
    cocreate_status status = get_votes(e, c, round, voter, &row, error);
    if (status == COCREATE_OK)
        status = add_votes(e, c, row, old, marks, -1, &last, error);
    if (status == COCREATE_OK)
        status = add_votes(e, c, row, marks, old, 1, &last, error);
    if (status == COCREATE_OK)
        status = cci_state_put_by(e, c->part, CCI_KIND_USE, VOTES(c, round, voter), row, error);
    json_decref(row);
    return status;
}
