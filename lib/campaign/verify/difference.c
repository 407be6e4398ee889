#include <stdio.h>

#include "campaign/verify/verify.h"

typedef struct search {
    const cocreate_allocator *allocator;
    char *out;
    size_t size;
    int depth;
} search;

static const char *shown(const json_t *value, cci_buffer *out)
{
    if (value)
        cci_json_canonical(value, out, NULL);
    return value && out->data ? out->data : "missing";
}

static void say(const search *s, const cci_path *path, const json_t *a, const json_t *b)
{
    char place[80];
    cci_buffer x, y;
    cci_buffer_init(&x, s->allocator);
    cci_buffer_init(&y, s->allocator);
    snprintf(s->out, s->size, "%s is %.48s, the log gives %.48s",
             cci_path_text(path, place, sizeof place), shown(a, &x), shown(b, &y));
    cci_buffer_free(&x);
    cci_buffer_free(&y);
}

static int differ(search *s, const cci_path *path, const json_t *a, const json_t *b);

static int differ_arrays(search *s, const cci_path *path, const json_t *a, const json_t *b)
{
    size_t n = json_array_size(a), m = json_array_size(b);
    for (size_t i = 0; i < n || i < m; i++) {
        cci_path here = cci_path_at(path, i);
        if (differ(s, &here, json_array_get(a, i), json_array_get(b, i)))
            return 1;
    }
    return 0;
}

static int differ_objects(search *s, const cci_path *path, const json_t *a, const json_t *b)
{
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)a, key, value)
    {
        cci_path here = cci_path_key(path, key);
        if (differ(s, &here, value, json_object_get(b, key)))
            return 1;
    }
    json_object_foreach((json_t *)(uintptr_t)b, key, value)
    {
        cci_path here = cci_path_key(path, key);
        if (!json_object_get(a, key)) {
            say(s, &here, NULL, value);
            return 1;
        }
    }
    return 0;
}

static int differ(search *s, const cci_path *path, const json_t *a, const json_t *b)
{
    int found = 0;
    if (a && b && json_equal(a, b))
        return 0;
    if (s->depth < CCI_JSON_DEPTH) {
        s->depth++;
        if (json_is_array(a) && json_is_array(b))
            found = differ_arrays(s, path, a, b);
        else if (json_is_object(a) && json_is_object(b))
            found = differ_objects(s, path, a, b);
        s->depth--;
    }
    if (!found)
        say(s, path, a, b);
    return 1;
}

void cci_first_difference(const cocreate_allocator *a, const json_t *recorded, const json_t *again,
                          char *out, size_t size)
{
    search s = {a, out, size, 0};
    cci_path root = CCI_ROOT;
    out[0] = '\0';
    differ(&s, &root, recorded, again);
}
