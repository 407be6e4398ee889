/* The story of every preset, from brief to ledger, as tests/scenarios tells it: NAME.jsonl are the commands,
 * NAME.expected.json what must come of them, derived by hand or from the source it names.
 *
 * What is expected is contained in what the library shows: members of objects, elements of lists by their
 * "id", "account" or "option", fractions to three decimals, everything else equal. An award, whose id nobody
 * knows before, is one with the same members. */
#include "stories.h"

#include <jansson.h>

#define EVENTS_MIN 100 /* a story is not a toy */

/* ---- contains ---- */

static const char *name_of(const json_t *element)
{
    static const char *const keys[] = {"id", "account", "option"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const char *name = json_string_value(json_object_get(element, keys[i]));
        if (name)
            return name;
    }
    return NULL;
}

/* A balance is named by account and currency. */
static json_t *find_named(const json_t *list, const json_t *like)
{
    const json_t *currency = json_object_get(like, "currency");
    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *element = json_array_get(list, i);
        const char *name = name_of(element);
        if (name && strcmp(name, name_of(like)) == 0 &&
            (!currency || json_equal(currency, json_object_get(element, "currency"))))
            return element;
    }
    return NULL;
}

static int contains(const json_t *shown, const json_t *expected, const char *path);

static int differs(const char *path, const json_t *shown, const json_t *expected)
{
    char *a = shown ? json_dumps(shown, JSON_ENCODE_ANY | JSON_COMPACT) : NULL;
    char *b = json_dumps(expected, JSON_ENCODE_ANY | JSON_COMPACT);
    print_error("%s\n  is       %.600s\n  expected %.600s\n", path, a ? a : "missing", b);
    free(a);
    free(b);
    return 0;
}

/* Has one of the elements all these members? */
static int contains_one(const json_t *list, const json_t *members)
{
    const char *key;
    json_t *value;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *element = json_array_get(list, i);
        int same = 1;
        json_object_foreach((json_t *)(uintptr_t)members, key, value)
            same = same && json_equal(json_object_get(element, key), value);
        if (same)
            return 1;
    }
    return 0;
}

static int contains_all(const json_t *shown, const json_t *expected, const char *path)
{
    int ok = 1;
    for (size_t i = 0; i < json_array_size(expected); i++) {
        const json_t *element = json_array_get(expected, i);
        ok &= contains_one(shown, element) || differs(path, NULL, element);
    }
    return ok;
}

static int contains_list(const json_t *shown, const json_t *expected, const char *path)
{
    size_t n = json_array_size(expected);
    int ok = 1;
    const json_t *first = json_array_get(expected, 0);
    if (json_object_get(first, "reward") || (json_object_get(first, "contribution") && !name_of(first)))
        return contains_all(shown, expected, path);
    if (n == 0 || !name_of(json_array_get(expected, 0)))
        return json_equal(shown, expected) || differs(path, shown, expected);
    for (size_t i = 0; i < n; i++) {
        const json_t *element = json_array_get(expected, i);
        const char *name = name_of(element);
        char here[300];
        snprintf(here, sizeof here, "%.180s[%.100s]", path, name ? name : "?");
        ok &= contains(name ? find_named(shown, element) : NULL, element, here);
    }
    return ok;
}

static int contains(const json_t *shown, const json_t *expected, const char *path)
{
    const char *key;
    json_t *value;
    int ok = 1;
    if (json_is_array(expected) && json_is_array(shown))
        return contains_list(shown, expected, path);
    if (json_is_real(expected) && json_is_number(shown)) {
        double off = json_number_value(shown) - json_real_value(expected);
        return (off > -0.0005 && off < 0.0005) || differs(path, shown, expected);
    }
    if (!json_is_object(expected) || !json_is_object(shown))
        return (shown && json_equal(shown, expected)) || differs(path, shown, expected);
    json_object_foreach((json_t *)(uintptr_t)expected, key, value)
    {
        char here[300];
        snprintf(here, sizeof here, "%.180s.%.100s", path, key);
        ok &= contains(json_object_get(shown, key), value, here);
    }
    return ok;
}

/* ---- a story ---- */

static void run_script(cocreate_store *store, const char *name)
{
    char *script = story_part(name, "jsonl");
    story_line line = {.next = script};
    while (story_next(&line)) {
        cocreate_status status = cocreate_execute(store, line.text, line.size, NULL, &check_error);
        if (status < 0)
            print_error("%s.jsonl:%d: %s\n  %.*s\n", name, line.number, check_error.text,
                        (int)line.size, line.text);
        assert_true(status >= 0);
    }
    free(script);
}

static void compare(cocreate_store *store, const char *name)
{
    char *text = story_part(name, "expected.json");
    json_error_t where;
    json_t *expected = json_loads(text, JSON_REJECT_DUPLICATES, &where);
    if (!expected)
        print_error("%s.expected.json:%d: %s\n", name, where.line, where.text);
    assert_non_null(expected);
    assert_true(json_string_length(json_object_get(expected, "source")) > 0);
    const char *campaign;
    json_t *wanted;
    int ok = json_object_size(json_object_get(expected, "campaigns")) > 0;
    json_object_foreach(json_object_get(expected, "campaigns"), campaign, wanted)
    {
        cocreate_text *shown;
        assert_status(cocreate_show(store, campaign, &shown, &check_error), COCREATE_OK);
        json_t *document = json_loads(cocreate_text_data(shown), 0, NULL);
        cocreate_text_free(shown);
        ok &= contains(document, wanted, campaign);
        json_decref(document);
    }
    json_decref(expected);
    free(text);
    assert_true(ok);
}

static void tell(const char *name)
{
    cocreate_store *store = open_store();
    cocreate_store_info info = {.size = sizeof info};
    run_script(store, name);
    assert_status(cocreate_store_info_get(store, &info, &check_error), COCREATE_OK);
    if (info.events < EVENTS_MIN)
        print_error("%s: %d events, at least %d are a story\n", name, (int)info.events, EVENTS_MIN);
    assert_true(info.events >= EVENTS_MIN);
    compare(store, name);
    verified_close(store);
}

static void every_preset_has_its_story(void **state)
{
    (void)state;
    story_each(tell);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_preset_has_its_story)};
    return cmocka_run_group_tests_name("scenarios", tests, NULL, NULL) != 0;
}
