#include "campaign/brief_read.h"

#include <string.h>

const char *const cci_side_words[] = {"firm", "customer", "partner", "public", NULL};

cocreate_status cci_brief_object(const json_t *json, const char *const *keys, const cci_path *path,
                                 cocreate_error *error)
{
    CCI_TRY(cci_json_keys(json, keys, path, error));
    for (const char *const *key = keys; *key; key++)
        if (json_is_null(json_object_get(json, *key))) {
            cci_path here = cci_path_key(path, *key);
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                                 "null is no value; leave the member out");
        }
    return COCREATE_OK;
}

static cocreate_status put(json_t *json, const char *key, json_t *value, cocreate_error *error)
{
    return cci_json_put(json, key, value) ? COCREATE_OK : cci_no_memory(error);
}

cocreate_status cci_brief_bool(json_t *json, const char *key, int standard, int *out,
                               const cci_path *path, cocreate_error *error)
{
    *out = standard;
    if (!json_object_get(json, key))
        return put(json, key, json_boolean(standard), error);
    return cci_json_bool_opt(json, key, out, path, error);
}

cocreate_status cci_brief_i64(json_t *json, const char *key, int64_t min, int64_t max,
                              int64_t standard, int64_t *out, const cci_path *path,
                              cocreate_error *error)
{
    *out = standard;
    if (!json_object_get(json, key))
        return put(json, key, json_integer(standard), error);
    return cci_json_i64_opt(json, key, min, max, out, path, error);
}

cocreate_status cci_brief_choice(json_t *json, const char *key, const char *const *choices,
                                 int standard, int *out, const cci_path *path,
                                 cocreate_error *error)
{
    *out = standard;
    if (!json_object_get(json, key))
        return put(json, key, json_string(choices[standard]), error);
    return cci_json_choice_opt(json, key, choices, out, path, error);
}

static unsigned bit_of(const char *const *words, const char *word)
{
    for (unsigned i = 0; words[i]; i++)
        if (word && strcmp(words[i], word) == 0)
            return 1u << i;
    return 0;
}

/* "firm, customer, partner, public" */
static const char *join(const char *const *words, char *out, size_t size)
{
    size_t used = 0;
    out[0] = '\0';
    for (; *words; words++) {
        size_t length = strlen(*words);
        if (used + length + 3 > size)
            break;
        if (used) {
            memcpy(out + used, ", ", 3);
            used += 2;
        }
        memcpy(out + used, *words, length + 1);
        used += length;
    }
    return out;
}

static json_t *words_of(const char *const *words, unsigned bits)
{
    json_t *list = json_array();
    for (unsigned i = 0; words[i]; i++)
        if ((bits & 1u << i) && !cci_json_push(list, json_string(words[i]))) {
            json_decref(list);
            return NULL;
        }
    return list;
}

cocreate_status cci_brief_words(json_t *json, const char *key, const char *const *words,
                                unsigned standard, unsigned *out, const cci_path *path,
                                cocreate_error *error)
{
    if (standard && !json_object_get(json, key)) {
        *out = standard;
        return put(json, key, words_of(words, standard), error);
    }
    json_t *list;
    CCI_TRY(cci_json_get_array(json, key, &list, path, error));
    cci_path here = cci_path_key(path, key);
    unsigned bits = 0;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        cci_path at = cci_path_at(&here, i);
        unsigned bit = bit_of(words, json_string_value(item));
        char all[160];
        if (!bit)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "expected one of %s",
                                 join(words, all, sizeof all));
        if (bits & bit)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "'%s' stands there twice",
                                 json_string_value(item));
        bits |= bit;
    }
    *out = bits;
    return COCREATE_OK;
}

cocreate_status cci_brief_range(json_t *json, const char *key, int64_t min, int64_t max,
                                int64_t standard_least, int64_t standard_most, int64_t *least,
                                int64_t *most, const cci_path *path, cocreate_error *error)
{
    json_t *pair = json_object_get(json, key);
    if (!pair) {
        *least = standard_least;
        *most = standard_most;
        pair = json_array();
        int made = cci_json_push(pair, json_integer(standard_least)) &&
                   cci_json_push(pair, json_integer(standard_most));
        if (!made) {
            json_decref(pair);
            return cci_no_memory(error);
        }
        return put(json, key, pair, error);
    }
    cci_path here = cci_path_key(path, key);
    const json_t *first = json_array_get(pair, 0), *second = json_array_get(pair, 1);
    if (json_array_size(pair) != 2 || !json_is_integer(first) || !json_is_integer(second))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                             "expected two integers, [least, most]");
    int64_t from = json_integer_value(first), to = json_integer_value(second);
    if (from < min || to > max || from > to)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                             "[%lld, %lld] is no range within [%lld, %lld]", (long long)from,
                             (long long)to, (long long)min, (long long)max);
    *least = from;
    *most = to;
    return COCREATE_OK;
}

cocreate_status cci_brief_list(const cocreate_allocator *a, json_t *json, const char *key,
                               size_t max, json_t **list, void **items, size_t *count,
                               size_t item_size, const cci_path *path, cocreate_error *error)
{
    if (!json_object_get(json, key))
        CCI_TRY(put(json, key, json_array(), error));
    CCI_TRY(cci_json_get_array(json, key, list, path, error));
    size_t n = json_array_size(*list);
    cci_path here = cci_path_key(path, key);
    if (n > max)
        return cci_json_fail(error, COCREATE_ERR_LIMIT, &here, "%zu items, more than %zu", n, max);
    void *zeroed = cci_alloc(a, n, item_size);
    if (!zeroed)
        return cci_no_memory(error);
    *items = zeroed;
    *count = n;
    return COCREATE_OK;
}

cocreate_status cci_brief_wrong(const cci_path *path, const char *key, cocreate_error *error,
                                const char *format, ...)
{
    cci_path here = cci_path_key(path, key);
    va_list arguments;
    va_start(arguments, format);
    cci_json_vfail(error, COCREATE_ERR_SCHEMA, &here, format, arguments);
    va_end(arguments);
    return COCREATE_ERR_SCHEMA;
}

cocreate_status cci_brief_repeated(const cci_path *item, const char *key, const char *id,
                                   cocreate_error *error)
{
    return cci_brief_wrong(item, key, error, "'%s' names another one already", id);
}

cocreate_status cci_brief_retell(cocreate_error *error, cocreate_status status,
                                 const cci_path *path, const char *key)
{
    char place[128];
    cci_path here = cci_path_key(path, key);
    if (!error)
        return status;
    cci_path_text(&here, place, sizeof place);
    if (error->text[0] == '$')
        return cci_fail(error, status, "%s%s", place, error->text + 1);
    return cci_fail(error, status, "%s: %s", place, error->text);
}
