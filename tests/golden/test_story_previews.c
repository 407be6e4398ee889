/* A preview tells what a command then does, and leaves no trace: over every story, each command is first
 * previewed, and so are one that is refused and one from the past. What the preview answers, the execution
 * answers; the files of the store keep every byte. */
#include "folder.h"

#include <sodium.h>

#include "stories.h"

typedef struct answer {
    cocreate_status status;
    char *text; /* the events, or why not */
} answer;

static answer take(cocreate_status status, cocreate_text *text)
{
    answer a = {status, NULL};
    const char *from = status >= 0 ? cocreate_text_data(text) : check_error.text;
    a.text = malloc(strlen(from) + 1);
    assert_non_null(a.text);
    strcpy(a.text, from);
    if (status >= 0)
        cocreate_text_free(text);
    return a;
}

static answer preview(cocreate_store *store, const char *json, size_t size)
{
    cocreate_text *text = NULL;
    memset(&check_error, 0, sizeof check_error);
    cocreate_status status = cocreate_preview(store, json, size, &text, &check_error);
    return take(status, text);
}

static answer perform(cocreate_store *store, const char *json, size_t size)
{
    cocreate_text *text = NULL;
    memset(&check_error, 0, sizeof check_error);
    cocreate_status status = cocreate_execute(store, json, size, &text, &check_error);
    return take(status, text);
}

/* Of the database and of its log; the index of the log is memory that processes share. */
static void digest_files(const char *path, unsigned char out[32])
{
    static const char *const endings[] = {"", "-wal"};
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    for (size_t i = 0; i < 2; i++) {
        char name[600];
        size_t size = 0;
        snprintf(name, sizeof name, "%s%s", path, endings[i]);
        if (access(name, R_OK) != 0)
            continue;
        char *bytes = read_file(name, &size);
        crypto_hash_sha256_update(&state, (const unsigned char *)bytes, size);
        free(bytes);
    }
    crypto_hash_sha256_final(&state, out);
}

static void assert_same(const char *name, int line, answer a, answer b)
{
    if (a.status != b.status || strcmp(a.text, b.text) != 0)
        print_error("%s.jsonl:%d\n  preview: %d %.900s\n  is:      %d %.900s\n", name, line, (int)a.status,
                    a.text, (int)b.status, b.text);
    assert_int_equal(a.status, b.status);
    assert_string_equal(a.text, b.text);
    free(a.text);
    free(b.text);
}

/* The command with another actor, whom nobody knows. */
static void refuse(cocreate_store *store, const char *name, const story_line *line)
{
    char json[4096];
    int n = snprintf(json, sizeof json, "{\"do\": \"tick\", \"actor\": \"nobody-%d\", \"at\": %d}",
                     line->number, line->number % 2 ? 1 : 2000000000);
    answer before = preview(store, json, (size_t)n), after = perform(store, json, (size_t)n);
    assert_true(before.status < 0);
    assert_same(name, line->number, before, after);
}

static const folder *here;

static void tell(const char *name)
{
    char path[600];
    cocreate_store *store = NULL;
    char *script = story_part(name, "jsonl");
    story_line line = {.next = script};
    snprintf(path, sizeof path, "%s", folder_file(here, name));
    assert_status(cocreate_store_open(NULL, path, NULL, &store, &check_error), COCREATE_OK);
    while (story_next(&line)) {
        unsigned char before[32], after[32];
        int looks = line.number % 8 == 0;
        if (looks)
            digest_files(path, before);
        answer foreseen = preview(store, line.text, line.size);
        refuse(store, name, &line);
        if (looks) {
            digest_files(path, after);
            assert_memory_equal(before, after, sizeof after);
        }
        assert_same(name, line.number, foreseen, perform(store, line.text, line.size));
        answer again = preview(store, line.text, line.size);
        assert_same(name, line.number, again, perform(store, line.text, line.size));
    }
    free(script);
    verified_close(store);
}

static void previews_tell_what_commands_do(void **state)
{
    here = *state;
    story_each(tell);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(previews_tell_what_commands_do, folder_setup, folder_teardown)};
    return cmocka_run_group_tests_name("story_previews", tests, NULL, NULL) != 0;
}
