#include "reward/result.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

const char *const cci_metric_names[] = {"score", "votes", "points", "supporters", "selected", NULL};

const cci_path *cci_result_path(const cci_result *result, const cci_entry *entry,
                                cci_entry_path *out)
{
    out->root = CCI_ROOT;
    out->list = cci_path_key(&out->root, result->list);
    out->entry = cci_path_at(&out->list, entry->index);
    return &out->entry;
}

/* A member that is there and not null. */
static const json_t *present(const json_t *json, const char *key)
{
    const json_t *value = json_object_get(json, key);
    return json_is_null(value) ? NULL : value;
}

static cocreate_status read_number(const json_t *json, const char *key, cci_number *out,
                                   const cci_path *path, cocreate_error *error)
{
    const json_t *value = present(json, key);
    cci_path at = cci_path_key(path, key);
    return value == NULL ? COCREATE_OK : cci_number_read(value, out, &at, error);
}

cocreate_status cci_result_time(const json_t *json, const char *key, cci_time *out,
                                const cci_path *path, cocreate_error *error)
{
    const json_t *value = present(json, key);
    cci_path at = cci_path_key(path, key);
    if (value == NULL)
        return COCREATE_OK;
    if (json_is_integer(value))
        out->at = json_integer_value(value);
    else if (!json_is_string(value) || !cci_time_parse(json_string_value(value), &out->at))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                             "neither microseconds since 1970 as an integer nor a time such as "
                             "\"2009-07-26T18:18:28Z\"");
    if (out->at > CCI_JSON_INTEGER_MAX || out->at < -CCI_JSON_INTEGER_MAX)
        return cci_json_fail(error, COCREATE_ERR_OVERFLOW, &at, "beyond 2^53 - 1 microseconds");
    out->known = 1;
    return COCREATE_OK;
}

static int by_member_id(const void *a, const void *b)
{
    return strcmp(((const cci_member *)a)->id, ((const cci_member *)b)->id);
}

/* Declared shares are of all members or of none, none is negative, and they sum to exactly 1. */
static cocreate_status check_shares(const cci_entry *entry, const cci_path *path,
                                    cocreate_error *error)
{
    size_t declared = 0;
    for (size_t i = 0; i < entry->n_team; i++)
        declared += entry->team[i].share.den > 0;
    if (declared == 0)
        return COCREATE_OK;
    if (declared < entry->n_team)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, path,
                             "%zu of %zu members have a share: all need one, or none", declared,
                             entry->n_team);
    cci_rational sum = {0}, share = {0};
    cocreate_status status = cci_rational_init(&sum, error);
    if (status == COCREATE_OK)
        status = cci_rational_init(&share, error);
    for (size_t i = 0; i < entry->n_team && status == COCREATE_OK; i++) {
        status = cci_rational_set_i64(&share, entry->team[i].share.num, entry->team[i].share.den,
                                      error);
        if (status == COCREATE_OK)
            status = cci_rational_add(&sum, &share, &sum, error);
    }
    if (status == COCREATE_OK && mp_cmp(&sum.num, &sum.den) != MP_EQ) {
        cci_number n;
        if (cci_number_set(&n, &sum))
            status = cci_json_fail(error, COCREATE_ERR_SCHEMA, path,
                                   "the shares sum to %" PRId64 "/%" PRId64 ", not to 1", n.num,
                                   n.den);
        else
            status = cci_json_fail(error, COCREATE_ERR_SCHEMA, path, "the shares do not sum to 1");
    }
    cci_rational_clear(&share);
    cci_rational_clear(&sum);
    return status;
}

static cocreate_status read_team(cci_arena *arena, const json_t *json, cci_entry *entry,
                                 const cci_path *path, cocreate_error *error)
{
    json_t *team;
    CCI_TRY(cci_json_get_array_opt(json, "team", &team, path, error));
    if (team == NULL)
        return COCREATE_OK;
    cci_path at = cci_path_key(path, "team");
    entry->n_team = json_array_size(team);
    if (entry->n_team == 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "a team has at least one member");
    entry->team = cci_arena_alloc(arena, entry->n_team, sizeof *entry->team);
    if (entry->team == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < entry->n_team; i++) {
        const json_t *member = json_array_get(team, i);
        cci_path here = cci_path_at(&at, i);
        CCI_TRY(cci_json_object(member, &here, error));
        CCI_TRY(cci_json_id(member, "id", &entry->team[i].id, &here, error));
        CCI_TRY(read_number(member, "share", &entry->team[i].share, &here, error));
        CCI_TRY(read_number(member, "weight", &entry->team[i].weight, &here, error));
        CCI_TRY(cci_json_bool_opt(member, "leader", &entry->team[i].leader, &here, error));
        cci_path share = cci_path_key(&here, "share"), weight = cci_path_key(&here, "weight");
        if (entry->team[i].share.num < 0)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &share, "a share is not negative");
        if (entry->team[i].weight.num < 0)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &weight, "a weight is not negative");
    }
    qsort(entry->team, entry->n_team, sizeof *entry->team, by_member_id);
    for (size_t i = 1; i < entry->n_team; i++)
        if (strcmp(entry->team[i - 1].id, entry->team[i].id) == 0)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "\"%s\" is a member twice",
                                 entry->team[i].id);
    return check_shares(entry, &at, error);
}

cocreate_status cci_result_roles(cci_arena *arena, const json_t *json, const char ***out,
                                 size_t *count, const cci_path *path, cocreate_error *error)
{
    const char *role = NULL;
    json_t *roles;
    CCI_TRY(cci_json_string_opt(json, "role", &role, path, error));
    CCI_TRY(cci_json_get_array_opt(json, "roles", &roles, path, error));
    size_t n = roles == NULL ? 0 : json_array_size(roles);
    if (role == NULL && n == 0)
        return COCREATE_OK;
    const char **list = cci_arena_alloc(arena, n + 1, sizeof *list);
    if (list == NULL)
        return cci_no_memory(error);
    cci_path at = cci_path_key(path, "roles");
    for (size_t i = 0; i < n; i++) {
        const json_t *item = json_array_get(roles, i);
        cci_path here = cci_path_at(&at, i);
        if (!json_is_string(item))
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "a role is a string");
        list[i] = json_string_value(item);
    }
    if (role != NULL)
        list[n++] = role;
    *out = list;
    *count = n;
    return COCREATE_OK;
}

static cocreate_status read_entry(cci_arena *arena, const json_t *json, unsigned needs,
                                  cci_entry *entry, const cci_path *path, cocreate_error *error)
{
    entry->status = "valid";
    CCI_TRY(cci_json_object(json, path, error));
    CCI_TRY(cci_json_id(json, "id", &entry->id, path, error));
    CCI_TRY(cci_json_id_opt(json, "owner", &entry->owner, path, error));
    CCI_TRY(cci_json_string_opt(json, "status", &entry->status, path, error));
    CCI_TRY(read_team(arena, json, entry, path, error));
    CCI_TRY(cci_result_roles(arena, json, &entry->roles, &entry->n_roles, path, error));
    for (int m = 0; m < CCI_METRIC_COUNT; m++)
        if (m == CCI_METRIC_SCORE || (needs & ((unsigned)CCI_NEED_METRIC << m)) != 0)
            CCI_TRY(read_number(json, cci_metric_names[m], &entry->metrics[m], path, error));
    CCI_TRY(cci_json_i64_opt(json, "rank", 1, CCI_JSON_INTEGER_MAX, &entry->rank, path, error));
    CCI_TRY(cci_result_time(json, "submitted_at", &entry->submitted, path, error));
    if ((needs & CCI_NEED_REACHED_AT) != 0)
        CCI_TRY(cci_result_time(json, "reached_at", &entry->reached, path, error));
    if ((needs & CCI_NEED_COST) != 0)
        CCI_TRY(read_number(json, "cost", &entry->cost, path, error));
    return cci_json_bool_opt(json, "selected", &entry->selected, path, error);
}

/* One of the places of a "cocreate.ranking/1". */
static cocreate_status read_place(const json_t *json, cci_entry *entry, const cci_path *path,
                                  cocreate_error *error)
{
    entry->status = "valid";
    CCI_TRY(cci_json_object(json, path, error));
    CCI_TRY(cci_json_id(json, "option", &entry->id, path, error));
    CCI_TRY(cci_json_i64(json, "from", 1, CCI_JSON_INTEGER_MAX, &entry->rank, path, error));
    const char *score = present(json, "exact") != NULL ? "exact" : "score";
    return read_number(json, score, &entry->metrics[CCI_METRIC_SCORE], path, error);
}

static int by_id(const void *a, const void *b)
{
    const cci_entry *x = a, *y = b;
    int order = strcmp(x->id, y->id);
    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

/* Negative where x stands before y: by explicit rank where the result has any, else by score. A
 * missing one stands last. */
static int compare_merit(const cci_entry *x, const cci_entry *y, int ranked)
{
    if (ranked) {
        /* 0, for none, wraps to the end. */
        uint64_t a = (uint64_t)x->rank - 1, b = (uint64_t)y->rank - 1;
        return (a > b) - (a < b);
    }
    cci_number a = x->metrics[CCI_METRIC_SCORE], b = y->metrics[CCI_METRIC_SCORE];
    if (a.den == 0 || b.den == 0)
        return (a.den == 0) - (b.den == 0);
    return cci_number_compare(b, a);
}

static int by_rank(const void *a, const void *b)
{
    const cci_entry *x = *(const cci_entry *const *)a, *y = *(const cci_entry *const *)b;
    int order = compare_merit(x, y, 1);
    return order != 0 ? order : (x > y) - (x < y);
}

static int by_score(const void *a, const void *b)
{
    const cci_entry *x = *(const cci_entry *const *)a, *y = *(const cci_entry *const *)b;
    int order = compare_merit(x, y, 0);
    return order != 0 ? order : (x > y) - (x < y);
}

static int by_level_then_time(const void *a, const void *b)
{
    const cci_entry *x = *(const cci_entry *const *)a, *y = *(const cci_entry *const *)b;
    if (x->level != y->level)
        return x->level < y->level ? -1 : 1;
    if (!x->submitted.known || !y->submitted.known) {
        int order = y->submitted.known - x->submitted.known;
        return order != 0 ? order : (x > y) - (x < y);
    }
    if (x->submitted.at != y->submitted.at)
        return x->submitted.at < y->submitted.at ? -1 : 1;
    return (x > y) - (x < y);
}

static cocreate_status order_entries(cci_arena *arena, cci_result *result, cocreate_error *error)
{
    size_t n = result->n;
    int ranked = 0;
    result->by_level = cci_arena_alloc(arena, n, sizeof *result->by_level);
    result->by_time = cci_arena_alloc(arena, n, sizeof *result->by_time);
    if (result->by_level == NULL || result->by_time == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < n; i++) {
        result->by_level[i] = &result->entries[i];
        ranked |= result->entries[i].rank > 0;
    }
    qsort(result->by_level, n, sizeof *result->by_level, ranked ? by_rank : by_score);
    uint32_t level = 0;
    for (size_t i = 0; i < n; i++) {
        cci_entry *entry = &result->entries[result->by_level[i] - result->entries];
        if (i > 0 && compare_merit(result->by_level[i - 1], entry, ranked) != 0)
            level++;
        entry->level = level;
    }
    memcpy(result->by_time, result->by_level, n * sizeof *result->by_time);
    qsort(result->by_time, n, sizeof *result->by_time, by_level_then_time);
    return COCREATE_OK;
}

cci_entry *cci_result_find(const cci_result *result, const char *id)
{
    size_t low = 0, high = result->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(id, result->entries[middle].id);
        if (order == 0)
            return &result->entries[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* The winners of a ranking are its selected entries. */
static cocreate_status mark_winners(const cci_result *result, const json_t *json,
                                    cocreate_error *error)
{
    cci_path root = CCI_ROOT;
    json_t *winners;
    CCI_TRY(cci_json_get_array_opt(json, "winners", &winners, &root, error));
    cci_path at = cci_path_key(&root, "winners");
    for (size_t i = 0; i < json_array_size(winners); i++) {
        cci_path here = cci_path_at(&at, i);
        const json_t *winner = json_array_get(winners, i);
        cci_entry *entry =
            json_is_string(winner) ? cci_result_find(result, json_string_value(winner)) : NULL;
        if (entry == NULL)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                                 "the winner is not an option of the places");
        entry->selected = 1;
    }
    return COCREATE_OK;
}

cocreate_status cci_result_read(cci_arena *arena, const json_t *json, unsigned needs,
                                cci_result *out, cocreate_error *error)
{
    cci_path root = CCI_ROOT;
    json_t *list;
    cci_result result = {.list = "entries"};
    CCI_TRY(cci_json_object(json, &root, error));
    int ranking = present(json, "entries") == NULL && present(json, "places") != NULL;
    if (!ranking && present(json, "entries") == NULL && (needs & CCI_NEED_ENTRIES) != 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &root,
                             "has neither \"entries\" nor the \"places\" of a ranking");
    if (ranking)
        result.list = "places";
    CCI_TRY(cci_json_get_array_opt(json, result.list, &list, &root, error));
    result.n = list == NULL ? 0 : json_array_size(list);
    result.entries = cci_arena_alloc(arena, result.n, sizeof *result.entries);
    if (result.entries == NULL)
        return cci_no_memory(error);
    cci_path at = cci_path_key(&root, result.list);
    for (size_t i = 0; i < result.n; i++) {
        cci_path here = cci_path_at(&at, i);
        cci_entry *entry = &result.entries[i];
        entry->index = i;
        const json_t *item = json_array_get(list, i);
        CCI_TRY(ranking ? read_place(item, entry, &here, error)
                        : read_entry(arena, item, needs, entry, &here, error));
    }
    qsort(result.entries, result.n, sizeof *result.entries, by_id);
    for (size_t i = 1; i < result.n; i++)
        if (strcmp(result.entries[i - 1].id, result.entries[i].id) == 0) {
            cci_entry_path path;
            return cci_json_fail(error, COCREATE_ERR_SCHEMA,
                                 cci_result_path(&result, &result.entries[i], &path),
                                 "the id \"%s\" is that of $.%s[%zu] already",
                                 result.entries[i].id, result.list, result.entries[i - 1].index);
        }
    CCI_TRY(order_entries(arena, &result, error));
    if (ranking)
        CCI_TRY(mark_winners(&result, json, error));
    CCI_TRY(cci_result_persons(arena, json, &result, error));
    *out = result;
    return COCREATE_OK;
}

static int by_key(const void *a, const void *b)
{
    const cci_keyed *x = a, *y = b;
    int order = 0;
    if (x->key.den == 0 || y->key.den == 0)
        order = (x->key.den == 0) - (y->key.den == 0);
    else
        order = cci_number_compare(y->key, x->key);
    return order != 0 ? order : (x->entry > y->entry) - (x->entry < y->entry);
}

void cci_keyed_sort(cci_keyed *items, size_t n)
{
    qsort(items, n, sizeof *items, by_key);
}
