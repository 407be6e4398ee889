/* What a stranger may have written in the place of a member: nothing, another type, a huge, negative, deep
 * value. Include after check.h and jansson.h. */
#ifndef COCREATE_TESTS_HOSTILE_JSON_H
#define COCREATE_TESTS_HOSTILE_JSON_H

enum { REPLACEMENTS = 13 };

/* What stands instead of a member, NULL: nothing. */
static json_t *replacement(size_t which, const json_t *old)
{
    json_t *deep = NULL;
    switch (which) {
    case 0: return NULL;
    case 1: return json_null();
    case 2: return json_integer(-1);
    case 3: return json_integer(INT64_C(9007199254740991));
    case 4: return json_integer(0);
    case 5: return json_string("");
    case 6: return json_string("nobody");
    case 7: return json_string("9007199254740993/7");
    case 8: return json_array();
    case 9: return json_object();
    case 10: return json_pack("[{s:[n]}]", "id");
    case 11: return json_is_true(old) ? json_false() : json_true();
    default:
        deep = json_array();
        for (int i = 0; i < 40; i++)
            deep = json_pack("[o]", deep);
        return deep;
    }
}

typedef void (*hostile)(void *user, const json_t *document);

static void in_turn(json_t *document, json_t *value, int depth, hostile run, void *user);

/* Every so manyth of the replacements, so that all of them take their turn from member to member. */
static size_t hostile_step = 1, hostile_from;

static void replace_member(json_t *document, json_t *object, const char *key, int depth, hostile run,
                           void *user)
{
    json_t *old = json_incref(json_object_get(object, key));
    for (size_t i = hostile_from++ % hostile_step; i < REPLACEMENTS; i += hostile_step) {
        json_t *other = replacement(i, old);
        if (other)
            json_object_set_new(object, key, other);
        else
            json_object_del(object, key);
        run(user, document);
    }
    json_object_set(object, key, old);
    in_turn(document, old, depth - 1, run, user);
    json_decref(old);
}

/* The first element, where it is no object or list of its own. */
static void replace_element(json_t *document, json_t *list, hostile run, void *user)
{
    json_t *old = json_incref(json_array_get(list, 0));
    for (size_t i = 1 + hostile_from++ % hostile_step; i < REPLACEMENTS; i += hostile_step) {
        json_array_set_new(list, 0, replacement(i, old));
        run(user, document);
    }
    json_array_set_new(list, 0, old);
}

/* Every member of the value, `depth` deep, of lists the first two elements. */
static void in_turn(json_t *document, json_t *value, int depth, hostile run, void *user)
{
    const char *key;
    json_t *member, *keys = json_array();
    if (depth > 0) {
        for (size_t i = 0; i < json_array_size(value) && i < 2; i++)
            in_turn(document, json_array_get(value, i), depth, run, user);
        const json_t *first = json_array_get(value, 0);
        if (first && !json_is_object(first) && !json_is_array(first))
            replace_element(document, value, run, user);
        json_object_foreach(value, key, member)
            json_array_append_new(keys, json_string(key));
        for (size_t i = 0; i < json_array_size(keys); i++)
            replace_member(document, value, json_string_value(json_array_get(keys, i)), depth, run,
                           user);
    }
    json_decref(keys);
}

#endif
