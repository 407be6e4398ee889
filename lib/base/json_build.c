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
