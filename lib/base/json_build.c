/* Making documents. */
#include "base/json.h"

json_t *cci_json_new(void)
{
    /* Spread the keys of jansson's tables by where things happen to lie; 0 would make it ask the
     * random device. It keeps the order of insertion, so the seed never shows. Only the first call
     * of a process has an effect. */
    static const char anchor = 0;
    char here;
    uintptr_t mix = (uintptr_t)&anchor / 16 * 31 + (uintptr_t)&here / 16;
    json_object_seed((size_t)(mix | 1));
    return json_object();
}

int cci_json_put(json_t *object, const char *key, json_t *value)
{
    return json_object_set_new(object, key, value) == 0;
}

int cci_json_push(json_t *array, json_t *value)
{
    return json_array_append_new(array, value) == 0;
}

static json_t *scalar_copy(const json_t *json)
{
    switch (json_typeof(json)) {
    case JSON_STRING:
        return json_stringn(json_string_value(json), json_string_length(json));
    case JSON_INTEGER:
        return json_integer(json_integer_value(json));
    case JSON_REAL:
        return json_real(json_real_value(json));
    default:
        return json_incref((json_t *)(uintptr_t)json); /* true, false and null are constants */
    }
}

static json_t *member_copy(json_t *value, int deep)
{
    return deep ? cci_json_deep_copy(value) : json_incref(value);
}

static json_t *copy(const json_t *json, int deep)
{
    json_t *from = (json_t *)(uintptr_t)json, *to, *value;
    const char *key;
    size_t i;
    int made = 1;
    if (json_is_object(from)) {
        to = cci_json_new();
        json_object_foreach (from, key, value)
            made = made && cci_json_put(to, key, member_copy(value, deep));
    } else if (json_is_array(from)) {
        to = json_array();
        json_array_foreach (from, i, value)
            made = made && cci_json_push(to, member_copy(value, deep));
    } else {
        return json ? scalar_copy(json) : NULL;
    }
    if (made)
        return to;
    json_decref(to);
    return NULL;
}

json_t *cci_json_copy(const json_t *json)
{
    return copy(json, 0);
}

json_t *cci_json_deep_copy(const json_t *json)
{
    return copy(json, 1);
}
