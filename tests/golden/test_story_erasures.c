/* Who is erased leaves what they did and nothing of what they are. Every story is told with personal data
 * of everybody in it:
 *
 * - each is erased once they have done and been named for the last time: the story ends as if nobody was;
 * - at three points, one in three is erased in turn: nothing that is shown or exported changes but their own
 *   row, the bytes are gone from the files, and the root that was published before still holds;
 * - some are erased in the middle: what they would have done is refused, with whatever needed it, and the
 *   store verifies and keeps its invariants at the end. */
#include "folder.h"

#include "stories.h"

#include <jansson.h>

#define MARK "personal-data-of-"

enum { CUTS = 3, ERASED_EARLY = 3, EQUAL_EVERY = 16 };

/* The last two name events by their numbers. */
static const char *const tables[] = {"csv:contributions", "csv:decisions", "csv:runs", "csv:awards",
                                     "csv:ledger", "csv:ballots"};
enum { TABLES = sizeof tables / sizeof *tables };

typedef struct script {
    const char *name;
    json_t *commands;
    json_t *people; /* {id: the last command that is theirs or names them} */
} script;

static const folder *here;
static size_t erasures, skipped;

/* ---- the script ---- */

static void last_mentions(json_t *people, const json_t *value, size_t number)
{
    const char *key;
    json_t *member;
    if (json_is_string(value) && json_object_get(people, json_string_value(value)))
        json_object_set_new(people, json_string_value(value), json_integer((json_int_t)number));
    for (size_t i = 0; i < json_array_size(value); i++)
        last_mentions(people, json_array_get(value, i), number);
    json_object_foreach((json_t *)(uintptr_t)value, key, member)
    {
        if (json_object_get(people, key))
            json_object_set_new(people, key, json_integer((json_int_t)number));
        last_mentions(people, member, number);
    }
}

static const char *text_of(const json_t *command, const char *key)
{
    const char *text = json_string_value(json_object_get(command, key));
    return text ? text : "";
}

static void load_script(script *s, const char *name)
{
    char *text = story_part(name, "jsonl");
    story_line line = {.next = text};
    *s = (script){name, json_array(), json_object()};
    while (story_next(&line)) {
        json_t *command = json_loadb(line.text, line.size, 0, NULL);
        if (!command)
            continue;
        if (strcmp(text_of(command, "do"), "participant.put") == 0) {
            const char *id = text_of(command, "participant");
            json_object_set_new(command, "person",
                                json_pack("{s:o}", "name", json_sprintf(MARK "<%s>", id)));
            json_object_set_new(s->people, id, json_integer(0));
        }
        last_mentions(s->people, command, json_array_size(s->commands));
        json_array_append_new(s->commands, command);
    }
    free(text);
    assert_true(json_object_size(s->people) > 0);
}

static void drop_script(script *s)
{
    json_decref(s->commands);
    json_decref(s->people);
}

/* ---- stores ---- */

static cocreate_store *open_at(const char *path)
{
    static const uint8_t secret[32] = {4, 2};
    cocreate_store_options options;
    cocreate_store *store = NULL;
    cocreate_store_options_init(&options);
    options.secret = secret;
    assert_status(cocreate_store_open(NULL, path, &options, &store, &check_error), COCREATE_OK);
    return store;
}

static cocreate_status perform(cocreate_store *store, const json_t *command)
{
    char *text = json_dumps(command, JSON_COMPACT);
    memset(&check_error, 0, sizeof check_error);
    cocreate_status status = cocreate_execute(store, text, strlen(text), NULL, &check_error);
    free(text);
    return status;
}

static void must_perform(cocreate_store *store, const script *s, size_t i)
{
    cocreate_status status = perform(store, json_array_get(s->commands, i));
    if (status < 0)
        print_error("%s.jsonl:%zu: %s\n", s->name, i + 1, check_error.text);
    assert_true(status >= 0);
}

static void erase(cocreate_store *store, const char *id)
{
    char command[400];
    cocreate_store_info info = {.size = sizeof info};
    assert_status(cocreate_store_info_get(store, &info, &check_error), COCREATE_OK);
    snprintf(command, sizeof command,
             "{'at':%lld,'actor':'host','do':'participant.erase','participant':'%s'}",
             (long long)info.last_at, id);
    done(store, command);
    erasures++;
}

static void begin(cocreate_store *store)
{
    assert_status(cocreate_store_begin(store, &check_error), COCREATE_OK);
}

static void commit(cocreate_store *store)
{
    assert_status(cocreate_store_commit(store, &check_error), COCREATE_OK);
}

/* ---- what must not change ---- */

static json_t *shown(cocreate_store *store, const char *campaign)
{
    cocreate_text *text = NULL;
    assert_status(cocreate_show(store, campaign, &text, &check_error), COCREATE_OK);
    json_t *document = json_loads(cocreate_text_data(text), 0, NULL);
    cocreate_text_free(text);
    json_object_del(document, "log"); /* grows by the erasure */
    return document;
}

static void add_tables(cocreate_store *store, json_t *document, const char *campaign, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        cocreate_text *text = NULL;
        assert_status(cocreate_export(store, campaign, NULL, tables[i], &text, &check_error), COCREATE_OK);
        json_object_set_new(document, tables[i], json_string(cocreate_text_data(text)));
        assert_true(cocreate_text_size(text) > 0);
        cocreate_text_free(text);
    }
}

/* Every campaign, whole: what is shown of it, and its first tables. */
static json_t *everything(cocreate_store *store, size_t n_tables)
{
    json_t *all = shown(store, NULL), *list = json_object_get(all, "campaigns");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *id = text_of(json_array_get(list, i), "id");
        json_t *campaign = shown(store, id);
        add_tables(store, campaign, id, n_tables);
        json_object_set_new(all, id, campaign);
    }
    return all;
}

static void say_difference(const json_t *before, const json_t *after, const char *path)
{
    const char *key;
    json_t *member;
    if (!json_is_object(before) || !json_is_object(after)) {
        char *a = json_dumps(before, JSON_ENCODE_ANY), *b = json_dumps(after, JSON_ENCODE_ANY);
        print_error("%s\n  was %.900s\n  is  %.900s\n", path, a ? a : "missing", b ? b : "missing");
        free(a);
        free(b);
        return;
    }
    json_object_foreach((json_t *)(uintptr_t)before, key, member)
    {
        char deeper[300];
        snprintf(deeper, sizeof deeper, "%.180s.%.100s", path, key);
        if (!json_equal(member, json_object_get(after, key)))
            say_difference(member, json_object_get(after, key), deeper);
    }
}

static void assert_the_same(const char *name, const json_t *before, cocreate_store *store, size_t n_tables)
{
    json_t *after = everything(store, n_tables);
    int same = json_equal(before, after);
    if (!same)
        say_difference(before, after, name);
    json_decref(after);
    assert_true(same);
}

/* ---- what must be gone ---- */

static int holds(const char *bytes, size_t size, const char *text)
{
    size_t n = strlen(text);
    for (const char *at = bytes, *end = bytes + size; (size_t)(end - at) >= n; at++) {
        at = memchr(at, text[0], (size_t)(end - at) - n + 1);
        if (!at)
            return 0;
        if (memcmp(at, text, n) == 0)
            return 1;
    }
    return 0;
}

/* In the database with its free pages, or in a log beside it. */
static int is_kept(const char *path, const char *text)
{
    static const char *const endings[] = {"", "-wal", "-journal", "-shm"};
    int found = 0;
    for (size_t i = 0; i < 4 && !found; i++) {
        char name[700];
        size_t size = 0;
        snprintf(name, sizeof name, "%s%s", path, endings[i]);
        if (access(name, F_OK) != 0)
            continue;
        char *bytes = read_file(name, &size);
        found = holds(bytes, size, text);
        free(bytes);
    }
    return found;
}

static void assert_not_exported(cocreate_store *store, const char *text)
{
    static const char *const formats[] = {"jsonl", "csv:participants"};
    for (size_t i = 0; i < 2; i++) {
        cocreate_text *out = NULL;
        assert_status(cocreate_export(store, NULL, NULL, formats[i], &out, &check_error), COCREATE_OK);
        assert_false(holds(cocreate_text_data(out), cocreate_text_size(out), text));
        cocreate_text_free(out);
    }
}

static void assert_whole(cocreate_store *store)
{
    assert_status(cocreate_check(store, NULL, NULL, &check_error), COCREATE_OK);
}

static void assert_gone(cocreate_store *store, const char *path, const char *id)
{
    char text[300];
    cocreate_text *own = NULL;
    snprintf(text, sizeof text, MARK "<%s>", id);
    assert_true(is_kept(path, text)); /* a trace would be seen */
    assert_status(cocreate_export_person(store, id, &own, &check_error), COCREATE_OK);
    assert_non_null(strstr(cocreate_text_data(own), text));
    cocreate_text_free(own);
    erase(store, id);
    if (is_kept(path, text))
        print_error("%s: %s is still there\n", path, text);
    assert_false(is_kept(path, text));
    assert_status(cocreate_export_person(store, id, &own, &check_error), COCREATE_OK);
    assert_null(strstr(cocreate_text_data(own), text));
    cocreate_text_free(own);
}

/* ---- the three ways ---- */

/* Each is erased when nobody asks for them any more. */
static void erase_each_at_their_end(const script *s)
{
    char path[600];
    const char *id;
    json_t *last;
    snprintf(path, sizeof path, "%s", folder_file(here, "ends"));
    cocreate_store *plain = open_at(":memory:"), *store = open_at(path);
    begin(plain);
    begin(store);
    for (size_t i = 0; i < json_array_size(s->commands); i++) {
        must_perform(plain, s, i);
        must_perform(store, s, i);
        json_object_foreach(s->people, id, last)
            if ((size_t)json_integer_value(last) == i)
                erase(store, id);
    }
    commit(plain);
    commit(store);
    assert_false(is_kept(path, MARK));
    json_t *told = everything(plain, TABLES - 2);
    assert_the_same(s->name, told, store, TABLES - 2);
    json_decref(told);
    assert_not_exported(store, MARK);
    assert_whole(store);
    cocreate_store_close(plain);
    cocreate_store_close(store);
    folder_empty(here);
}

static void erase_one_in_three(const script *s, const char *path, size_t first)
{
    const char *id;
    json_t *ignored;
    uint8_t root[32];
    uint64_t size = 0;
    size_t number = first, n = 0;
    cocreate_store *store = open_at(path);
    json_t *before = everything(store, TABLES);
    assert_status(cocreate_root(store, root, &size, &check_error), COCREATE_OK);
    json_object_foreach(s->people, id, ignored)
    {
        cocreate_text *own = NULL;
        if (cocreate_export_person(store, id, &own, NULL) != COCREATE_OK)
            continue; /* not registered yet */
        cocreate_text_free(own);
        if (number++ % CUTS != 0)
            continue;
        assert_gone(store, path, id);
        if (n++ % EQUAL_EVERY == 0)
            assert_the_same(s->name, before, store, TABLES);
    }
    assert_true(n > 0);
    assert_the_same(s->name, before, store, TABLES);
    json_decref(before);
    assert_status(cocreate_verify(store, root, size, NULL, NULL, &check_error), COCREATE_OK);
    assert_whole(store);
    cocreate_store_close(store);
}

static void erase_one_in_three_at_cuts(const script *s)
{
    char path[600];
    size_t n = json_array_size(s->commands);
    cocreate_store *store = open_at(":memory:");
    for (size_t cut = 1, i = 0; cut <= CUTS; cut++) {
        begin(store);
        for (; i < n * cut / CUTS; i++)
            must_perform(store, s, i);
        commit(store);
        snprintf(path, sizeof path, "%s", folder_file(here, "cut"));
        assert_status(cocreate_store_backup(store, path, &check_error), COCREATE_OK);
        erase_one_in_three(s, path, cut);
        folder_empty(here);
    }
    cocreate_store_close(store);
}

/* Some of those who would have gone on. */
static json_t *choose(const script *s, size_t from)
{
    json_t *chosen = json_object(), *last;
    const char *id;
    size_t n = 0, step = json_object_size(s->people) / (2 * ERASED_EARLY) + 1;
    json_object_foreach(s->people, id, last)
        if ((size_t)json_integer_value(last) >= from && n++ % step == 0 &&
            json_object_size(chosen) < ERASED_EARLY)
            json_object_set_new(chosen, id, json_true());
    return chosen;
}

/* The erased act no more; of the others', what needed them may be refused. */
static void perform_or_skip(cocreate_store *store, const script *s, size_t i, const json_t *gone)
{
    const json_t *command = json_array_get(s->commands, i);
    const char *actor = text_of(command, "actor");
    char text[300];
    cocreate_status status = perform(store, command);
    snprintf(text, sizeof text, "'%s' was erased and acts no more", actor);
    if (!json_object_get(gone, actor)) {
        assert_true(status >= 0 || strlen(check_error.text) > 0);
        assert_true(status != COCREATE_ERR_CORRUPT && status != COCREATE_ERR_INTERNAL);
    } else {
        assert_int_equal(status, COCREATE_ERR_PERMISSION);
        assert_string_equal(check_error.text, text);
    }
    skipped += status < 0;
}

static void erase_some_in_the_middle(const script *s)
{
    char path[600];
    const char *id;
    json_t *ignored;
    size_t n = json_array_size(s->commands), from = n / 2;
    json_t *gone = choose(s, from);
    snprintf(path, sizeof path, "%s", folder_file(here, "middle"));
    cocreate_store *store = open_at(path);
    begin(store);
    for (size_t i = 0; i < from; i++)
        must_perform(store, s, i);
    json_object_foreach(gone, id, ignored)
        erase(store, id);
    for (size_t i = from; i < n; i++)
        perform_or_skip(store, s, i, gone);
    commit(store);
    assert_whole(store);
    json_object_foreach(gone, id, ignored)
    {
        char text[300];
        snprintf(text, sizeof text, MARK "<%s>", id);
        assert_false(is_kept(path, text));
        assert_not_exported(store, text);
    }
    cocreate_store_close(store);
    json_decref(gone);
    folder_empty(here);
}

/* ---- every story ---- */

static void (*way)(const script *s);

static void tell(const char *name)
{
    script s;
    load_script(&s, name);
    way(&s);
    drop_script(&s);
}

static void tell_all(void **state, void (*erase_so)(const script *s))
{
    here = *state;
    way = erase_so;
    erasures = skipped = 0;
    story_each(tell);
    print_message("%zu erasures, %zu commands refused after them\n", erasures, skipped);
    assert_true(erasures > 50);
}

static void a_story_ends_the_same_without_the_erased(void **state)
{
    tell_all(state, erase_each_at_their_end);
    assert_int_equal(skipped, 0);
}

static void erasing_takes_the_person_and_nothing_else(void **state)
{
    tell_all(state, erase_one_in_three_at_cuts);
}

static void a_story_goes_on_without_the_erased(void **state)
{
    tell_all(state, erase_some_in_the_middle);
    assert_true(skipped > 20);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_setup, folder_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_story_ends_the_same_without_the_erased),
        IN_FOLDER(erasing_takes_the_person_and_nothing_else),
        IN_FOLDER(a_story_goes_on_without_the_erased),
    };
    return cmocka_run_group_tests_name("story_erasures", tests, NULL, NULL) != 0;
}
