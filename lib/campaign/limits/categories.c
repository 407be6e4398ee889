#include "campaign/limits/categories.h"

#include <string.h>

#include "base/text.h"
#include "campaign/brief_read.h"

#define CATEGORIES_MAX 1000
#define TITLE_MAX 200

/* [{"id", "title", "capacity", "budget", "per_voter"}] */
cocreate_status cci_brief_categories(cci_brief *b, cocreate_error *error)
{
    static const char *const keys[] = {"id", "title", "capacity", "budget", "per_voter", NULL};
    json_t *list;
    cci_path path = cci_path_key(&CCI_ROOT, "categories");
    CCI_TRY(cci_json_get_array_opt(b->json, "categories", &list, &CCI_ROOT, error));
    size_t n = json_array_size(list);
    if (n > CATEGORIES_MAX)
        return cci_json_fail(error, COCREATE_ERR_LIMIT, &path, "%zu items, more than %d", n,
                             CATEGORIES_MAX);
    for (size_t i = 0; i < n; i++) {
        const json_t *json = json_array_get(list, i);
        cci_path here = cci_path_at(&path, i);
        const char *id, *title = NULL, *budget = NULL;
        int64_t capacity = 1, per_voter = 1;
        CCI_TRY(cci_brief_object(json, keys, &here, error));
        CCI_TRY(cci_json_id(json, "id", &id, &here, error));
        CCI_TRY(cci_json_string_opt(json, "title", &title, &here, error));
        CCI_TRY(cci_json_i64_opt(json, "capacity", 1, CCI_JSON_INTEGER_MAX, &capacity, &here,
                                 error));
        CCI_TRY(cci_json_string_opt(json, "budget", &budget, &here, error));
        CCI_TRY(cci_json_i64_opt(json, "per_voter", 1, CCI_JSON_INTEGER_MAX, &per_voter, &here, error));
        cci_path at = cci_path_key(&here, "title");
        if (title && strlen(title) > TITLE_MAX)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "expected at most %d bytes", TITLE_MAX);
        for (size_t j = 0; j < i; j++)
            if (json_equal(json_object_get(json, "id"),
                           json_object_get(json_array_get(list, j), "id")))
                return cci_brief_repeated(&here, "id", id, error);
    }
    return COCREATE_OK;
}

static cocreate_status
get_use(cci_engine *e, const cci_campaign *c, const char *category, json_t **row, cocreate_error *error)
{
    return cci_state_get_by(e, c->part, CCI_KIND_USE, CCI_KEY("category", category), row, error);
}

cocreate_status cci_category_count(cci_engine *e, const cci_campaign *c, const json_t *row, int by,
                                   cocreate_error *error)
{
    const char *category = json_string_value(json_object_get(row, "category"));
    json_t *use = NULL;
    if (!category || !json_object_get(c->brief.json, "categories"))
        return COCREATE_OK;
    cocreate_status status = get_use(e, c, category, &use, error);
    int64_t live = json_integer_value(json_object_get(use, "live")) + by;
    if (status == COCREATE_OK && !use)
        use = cci_json_new();
    if (status == COCREATE_OK)
        status = cci_json_put(use, "live", json_integer(live))
                     ? cci_state_put_by(e, c->part, CCI_KIND_USE, CCI_KEY("category", category), use, error)
                     : cci_no_memory(error);
    json_decref(use);
    return status;
}

static cocreate_status check_room(cci_engine *e, const cci_campaign *c, size_t index,
                                  const char *category, int64_t capacity, cocreate_error *error)
{
    json_t *use = NULL;
    cocreate_status status = get_use(e, c, category, &use, error);
    int64_t live = json_integer_value(json_object_get(use, "live"));
    cci_path path = cci_path_key(&CCI_ROOT, "categories"), item = cci_path_at(&path, index);
    if (status == COCREATE_OK && live >= capacity)
        status = cci_refuse_at(error, &item,
                               "category '%s' has %lld of at most %lld contribution%s: another category, "
                               "or one must go first", category, (long long)live, (long long)capacity,
                               cci_plural(capacity));
    json_decref(use);
    return status;
}

cocreate_status cci_require_category(cci_engine *e, const cci_campaign *c, const char *category,
                                     cocreate_error *error)
{
    const json_t *list = json_object_get(c->brief.json, "categories");
    const json_t *first = json_object_get(json_array_get(list, 0), "id");
    if (!first)
        return COCREATE_OK;
    if (!category)
        return cci_refuse(error, "$.categories", "a contribution names its category, as '%s'",
                          json_string_value(first));
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        const json_t *capacity = json_object_get(item, "capacity");
        if (strcmp(json_string_value(json_object_get(item, "id")), category) == 0)
            return capacity ? check_room(e, c, i, category, json_integer_value(capacity), error)
                            : COCREATE_OK;
    }
    return cci_refuse(error, "$.categories", "there is no category '%.80s': name one, as '%s'", category,
                      json_string_value(first));
}
