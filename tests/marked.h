/* Commands with the works and people of a story marked, w~ID~ and p~ID~, so that they can be found again in
 * whatever is told. */
#ifndef COCREATE_TESTS_MARKED_H
#define COCREATE_TESTS_MARKED_H

#include "check.h"

#include <jansson.h>

static inline json_t *marked(char kind, const char *id)
{
    return json_sprintf("%c~%s~", kind, id);
}

static inline const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

/* Some are called as their work is: there the member says which of the two is meant. */
static inline json_t *mark_text(const char *text, const char *key, const json_t *works, const json_t *people)
{
    int person = strcmp(key, "actor") == 0 || strcmp(key, "participant") == 0 || strcmp(key, "voter") == 0;
    if (json_object_get(works, text) && !(person && json_object_get(people, text)))
        return marked('w', text);
    return json_object_get(people, text) ? marked('p', text) : NULL;
}

/* Members that name no work and no person, whatever they say. */
static inline int is_word(const char *key)
{
    static const char *const words[] = {"do", "side", "campaign", "round", "reward", "currency",
                                        "preset", NULL};
    for (size_t i = 0; words[i]; i++)
        if (strcmp(words[i], key) == 0)
            return 1;
    return 0;
}

static inline json_t *mark(const json_t *value, const char *under, const json_t *works, const json_t *people)
{
    const char *key;
    json_t *member, *out;
    if (json_is_string(value)) {
        out = mark_text(json_string_value(value), under, works, people);
        return out ? out : json_string(json_string_value(value));
    }
    if (json_is_array(value)) {
        out = json_array();
        for (size_t i = 0; i < json_array_size(value); i++)
            json_array_append_new(out, mark(json_array_get(value, i), under, works, people));
        return out;
    }
    if (!json_is_object(value))
        return json_deep_copy(value);
    out = json_object();
    json_object_foreach((json_t *)(uintptr_t)value, key, member)
    {
        json_t *name = mark_text(key, "", works, people);
        int word = is_word(key) || (strcmp(key, "id") == 0 && strcmp(under, "rounds") == 0);
        json_object_set_new(out, name ? json_string_value(name) : key,
                            word ? json_deep_copy(member) : mark(member, key, works, people));
        json_decref(name);
    }
    return out;
}

#endif
