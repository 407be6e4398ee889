/* What may not be bought together. */
#include "ranking/budget/limits.h"

#include <string.h>

#include "base/table.h"
#include "base/text.h"

/* One set of the option. */
static cocreate_status read_cost(const cci_run *run, const json_t *value, int64_t *out,
                                 const cci_path *path, cocreate_error *error)
{
    cci_rational r = {0};
    cocreate_status status = cci_rational_init(&r, error);
    if (status == COCREATE_OK)
        status = cci_json_number(value, &r, path, error);
    if (status == COCREATE_OK && cci_rational_sign(&r) < 0)
        status = cci_json_fail(error, COCREATE_ERR_SCHEMA, path, "a cost is not below 0");
    if (status == COCREATE_OK) /* a cost within the limit is within its whole units */
        status = cci_rational_round(&r, run->electorate->info.cost_exponent, CCI_ROUND_FLOOR, out,
                                    error);
    cci_rational_clear(&r);
    return status;
}

static cocreate_status read_limit(const cci_run *run, const json_t *json, cci_limit *out,
                                  const json_t **options, const cci_path *path,
                                  cocreate_error *error)
{
    static const char *const keys[] = {"cost", "count", "options", NULL};
    if (!json_is_object(json))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, path, "expected an object");
    CCI_TRY(cci_json_keys(json, keys, path, error));
    cci_path at = cci_path_key(path, "options");
    *options = json_object_get(json, "options");
    if (!json_is_array(*options))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "expected a list of ids");
    if (json_object_get(json, "cost") == NULL && json_object_get(json, "count") == NULL)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, path, "expected a count or a cost");
    *out = (cci_limit){INT64_MAX, INT64_MAX, 0, 0};
    CCI_TRY(cci_json_i64_opt(json, "count", 0, CCI_JSON_INTEGER_MAX, &out->count, path, error));
    at = cci_path_key(path, "cost");
    const json_t *cost = json_object_get(json, "cost");
    return cost != NULL ? read_cost(run, cost, &out->cost, &at, error) : COCREATE_OK;
}

/* Count the members by candidate (limit NULL), or write them. */
static cocreate_status members(cci_limits *l, const cci_string_set *ids, const json_t *options,
                               uint32_t limit, size_t *next, const cci_path *path,
                               cocreate_error *error)
{
    cci_path list = cci_path_key(path, "options");
    for (size_t i = 0; i < json_array_size(options); i++) {
        const json_t *item = json_array_get(options, i);
        cci_path at = cci_path_at(&list, i);
        char shown[64];
        if (!json_is_string(item))
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "expected an id");
        uint32_t candidate = cci_string_set_find(ids, json_string_value(item));
        if (candidate == CCI_TABLE_NONE)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "no option \"%s\" runs",
                                 cci_quote(json_string_value(item), json_string_length(item), shown,
                                           sizeof shown));
        if (next == NULL)
            l->first[candidate + 1]++;
        else if (next[candidate] > l->first[candidate] &&
                 l->limit[next[candidate] - 1] == limit)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "the id stands here twice");
        else
            l->limit[next[candidate]++] = limit;
    }
    return COCREATE_OK;
}

static cocreate_status read_all(cci_limits *l, const cci_run *run, const json_t *json,
                                const cci_string_set *ids, size_t **next, cocreate_error *error)
{
    const cocreate_allocator *a = &l->allocator;
    cci_path path = cci_path_key(&CCI_ROOT, "limits");
    size_t m = run->roster->count;
    const json_t *options = NULL;
    if (!json_is_array(json))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &path,
                             "expected a list such as [{\"options\":[\"a\",\"b\"],\"count\":1}]");
    l->count = json_array_size(json);
    l->limits = cci_alloc(a, l->count, sizeof *l->limits);
    l->first = cci_alloc(a, m + 1, sizeof *l->first);
    *next = cci_alloc(a, m, sizeof **next);
    if (l->limits == NULL || l->first == NULL || *next == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < l->count; i++) {
        cci_path at = cci_path_at(&path, i);
        CCI_TRY(read_limit(run, json_array_get(json, i), &l->limits[i], &options, &at, error));
        CCI_TRY(members(l, ids, options, (uint32_t)i, NULL, &at, error));
    }
    for (size_t c = 0; c < m; c++)
        l->first[c + 1] += l->first[c];
    memcpy(*next, l->first, m * sizeof **next);
    l->limit = cci_alloc(a, l->first[m], sizeof *l->limit);
    if (l->limit == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < l->count; i++) {
        cci_path at = cci_path_at(&path, i);
        CCI_TRY(members(l, ids, json_object_get(json_array_get(json, i), "options"), (uint32_t)i,
                        *next, &at, error));
    }
    return COCREATE_OK;
}

cocreate_status cci_limits_open(cci_limits *l, const cci_run *run, const json_t *json,
                                cocreate_error *error)
{
    size_t *next = NULL;
    cci_string_set ids;
    memset(l, 0, sizeof *l);
    if (json == NULL)
        return COCREATE_OK;
    l->allocator = run->allocator;
    cci_string_set_init(&ids, &run->allocator);
    cocreate_status status = COCREATE_OK;
    for (size_t c = 0; c < run->roster->count && status == COCREATE_OK; c++) {
        uint32_t index;
        int added;
        status = cci_string_set_add(&ids, run->roster->candidates[c].id, &index, &added, error);
    }
    if (status == COCREATE_OK)
        status = read_all(l, run, json, &ids, &next, error);
    cci_string_set_free(&ids);
    cci_free(&run->allocator, next);
    if (status == COCREATE_OK)
        cci_limits_reset(l);
    else
        cci_limits_close(l);
    return status;
}

void cci_limits_close(cci_limits *l)
{
    if (l->allocator.release == NULL)
        return;
    cci_free(&l->allocator, l->limits);
    cci_free(&l->allocator, l->first);
    cci_free(&l->allocator, l->limit);
    memset(l, 0, sizeof *l);
}

void cci_limits_reset(cci_limits *l)
{
    for (size_t i = 0; i < l->count; i++) {
        l->limits[i].count_left = l->limits[i].count;
        l->limits[i].cost_left = l->limits[i].cost;
    }
}

int cci_limits_allow(const cci_limits *l, uint32_t candidate, int64_t cost)
{
    if (l->count == 0)
        return 1;
    for (size_t i = l->first[candidate]; i < l->first[candidate + 1]; i++) {
        const cci_limit *limit = &l->limits[l->limit[i]];
        if (limit->count_left == 0 || limit->cost_left < cost)
            return 0;
    }
    return 1;
}

void cci_limits_take(cci_limits *l, uint32_t candidate, int64_t cost, int back)
{
    if (l->count == 0)
        return;
    for (size_t i = l->first[candidate]; i < l->first[candidate + 1]; i++) {
        cci_limit *limit = &l->limits[l->limit[i]];
        limit->count_left += back ? 1 : -1;
        limit->cost_left += back ? cost : -cost;
    }
}
