/* Stores as a program sees them: opening, refusing, batches, copies. Expected by hand. */
#include "folder.h"

#include "cocreate/store.h"
#include "failing_allocator.h"

static void write_file(const char *path, const void *bytes, size_t size)
{
    FILE *stream = fopen(path, "wb");
    assert_non_null(stream);
    assert_int_equal(fwrite(bytes, 1, size, stream), size);
    assert_int_equal(fclose(stream), 0);
}

static cocreate_store *open_new(const char *path)
{
    cocreate_store *store = NULL;
    assert_status(cocreate_store_open(NULL, path, NULL, &store, &check_error), COCREATE_OK);
    assert_non_null(store);
    return store;
}

static cocreate_store_options option(int32_t read_only, int32_t must_exist)
{
    cocreate_store_options options;
    cocreate_store_options_init(&options);
    options.read_only = read_only;
    options.must_exist = must_exist;
    options.busy_ms = 30;
    return options;
}

/* The file name of a message differs from run to run: compare what follows it. */
static void assert_refused(const char *path, const cocreate_store_options *options,
                           cocreate_status status, const char *text)
{
    cocreate_store *store = NULL;
    assert_status(cocreate_store_open(NULL, path, options, &store, &check_error), status);
    assert_null(store);
    size_t length = strlen(path);
    assert_memory_equal(check_error.text, path, length);
    assert_string_equal(check_error.text + length, text);
}

static void defaults_are_those_of_the_header(void **state)
{
    (void)state;
    cocreate_store_options options;
    memset(&options, 0xa5, sizeof options);
    cocreate_store_options_init(&options);
    assert_int_equal(options.size, sizeof options);
    assert_string_equal(options.backend, "sqlite");
    assert_null(options.secret);
    assert_int_equal(options.busy_ms, 5000);
    assert_int_equal(options.read_only, 0);
    assert_int_equal(options.must_exist, 0);
}

static void a_store_in_memory_is_empty(void **state)
{
    (void)state;
    cocreate_store *store = open_new(":memory:");
    cocreate_store_info info = {.size = sizeof info};
    assert_status(cocreate_store_info_get(store, &info, &check_error), COCREATE_OK);
    assert_int_equal(info.format, 1);
    assert_int_equal(info.in_batch, 0);
    assert_int_equal(info.events, 0);
    assert_true(info.last_at == INT64_MIN);
    cocreate_store_close(store);
    cocreate_store_close(NULL);
}

static void a_file_is_found_again(void **state)
{
    folder *f = *state;
    const char *path = folder_file(f, "new.db");
    cocreate_store *store = open_new(path);
    cocreate_store_close(store);
    assert_int_equal(folder_count(f), 1); /* no log is left beside it */
    cocreate_store_options options = option(0, 1);
    assert_status(cocreate_store_open(NULL, path, &options, &store, &check_error), COCREATE_OK);
    cocreate_store_close(store);
    folder_empty(f);
}

static void arguments_are_checked(void **state)
{
    (void)state;
    cocreate_store *store = NULL;
    cocreate_store_options o = option(0, 0);
    o.size = 8;
    assert_status(cocreate_store_open(NULL, ":memory:", &o, &store, &check_error),
                  COCREATE_ERR_ARGUMENT);
    assert_non_null(strstr(check_error.text, "options: size is 8, expected"));
    o = option(0, 0);
    o.busy_ms = -1;
    assert_failure(cocreate_store_open(NULL, ":memory:", &o, &store, &check_error),
                   COCREATE_ERR_ARGUMENT, "options: busy_ms is -1, expected 0 or more");
    o = option(0, 0);
    o.backend = "post\ngres";
    assert_failure(cocreate_store_open(NULL, ":memory:", &o, &store, &check_error),
                   COCREATE_ERR_ARGUMENT,
                   "options: no backend \"post?gres\"; there is \"sqlite\"");
    o = option(1, 0);
    assert_failure(cocreate_store_open(NULL, ":memory:", &o, &store, &check_error),
                   COCREATE_ERR_ARGUMENT,
                   "a store in memory is always new: it cannot be read-only");
    o = option(0, 1);
    assert_failure(cocreate_store_open(NULL, ":memory:", &o, &store, &check_error),
                   COCREATE_ERR_ARGUMENT,
                   "a store in memory is always new: it cannot be asked to exist");
    assert_failure(cocreate_store_open(NULL, "", NULL, &store, &check_error),
                   COCREATE_ERR_ARGUMENT, "the path is empty");
    assert_failure(cocreate_store_open(NULL, "/tmp/\xff", NULL, &store, &check_error),
                   COCREATE_ERR_ARGUMENT, "the path is not valid UTF-8");
    cocreate_allocator incomplete = {.size = sizeof incomplete};
    assert_failure(cocreate_store_open(&incomplete, ":memory:", NULL, &store, &check_error),
                   COCREATE_ERR_ARGUMENT, "allocator: allocate is NULL");
    assert_null(store);

    store = open_new(":memory:");
    cocreate_store_info info = {.size = 4};
    assert_status(cocreate_store_info_get(store, &info, &check_error), COCREATE_ERR_ARGUMENT);
    assert_non_null(strstr(check_error.text, "info: size is 4, expected"));
    cocreate_store_close(store);
}

static void a_missing_file_is_told(void **state)
{
    folder *f = *state;
    cocreate_store_options exists = option(0, 1), reads = option(1, 0);
    assert_refused(folder_file(f, "none.db"), &exists, COCREATE_ERR_NOT_FOUND, ": no such file");
    assert_refused(folder_file(f, "none.db"), &reads, COCREATE_ERR_NOT_FOUND, ": no such file");
    assert_refused(folder_file(f, "no/folder.db"), NULL, COCREATE_ERR_IO,
                   ": cannot be opened: no such file or directory");
    assert_refused(f->path, NULL, COCREATE_ERR_IO, ": cannot be opened: it is a directory");
    assert_int_equal(folder_count(f), 0);
}

/* A long path must not push the reason out of the message. */
static void a_long_path_shows_its_end(void **state)
{
    (void)state;
    char path[300];
    memset(path, 'x', sizeof path);
    memcpy(path, "/no/", 4);
    memcpy(path + 290, "/end.db\0", 8);
    cocreate_store *store = NULL;
    assert_status(cocreate_store_open(NULL, path, NULL, &store, &check_error), COCREATE_ERR_IO);
    assert_memory_equal(check_error.text, "...xxx", 6);
    assert_non_null(strstr(check_error.text, "x/end.db: cannot be opened: "));
}

static void a_foreign_file_is_refused_and_kept(void **state)
{
    folder *f = *state;
    static const char text[] = "these are the minutes of the meeting of 3 May";
    uint8_t sqlite[4096] = "SQLite format 3";
    const struct {
        const void *bytes;
        size_t size;
        const char *why;
    } cases[] = {
        {text, sizeof text, ": not a store of libcocreate: it is no SQLite file"},
        {"x", 1, ": not a store of libcocreate: it is no SQLite file"},
        {sqlite, sizeof sqlite, ": not a store of libcocreate: it belongs to another program"},
        {sqlite, 20, ": not a store of libcocreate: it belongs to another program"},
    };
    const char *path = folder_file(f, "foreign.db");
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        write_file(path, cases[c].bytes, cases[c].size);
        for (int32_t mode = 0; mode < 3; mode++) {
            cocreate_store_options options = option(mode == 1, mode == 2);
            assert_refused(path, &options, COCREATE_ERR_CORRUPT, cases[c].why);
        }
        size_t size;
        char *kept = read_file(path, &size);
        assert_int_equal(size, cases[c].size);
        assert_memory_equal(kept, cases[c].bytes, size);
        free(kept);
        assert_int_equal(folder_count(f), 1);
    }
    folder_empty(f);
}

/* An empty file becomes a store, as mkstemp() makes them, but not where a store must be. */
static void an_empty_file_is_a_new_store(void **state)
{
    folder *f = *state;
    const char *path = folder_file(f, "empty.db");
    write_file(path, "", 0);
    cocreate_store_options exists = option(0, 1), reads = option(1, 0);
    assert_refused(path, &exists, COCREATE_ERR_CORRUPT, ": not a store of libcocreate: it is empty");
    assert_refused(path, &reads, COCREATE_ERR_CORRUPT, ": not a store of libcocreate: it is empty");
    cocreate_store_close(open_new(path));
    cocreate_store *store = NULL;
    assert_status(cocreate_store_open(NULL, path, &exists, &store, &check_error), COCREATE_OK);
    cocreate_store_close(store);
    folder_empty(f);
}

/* SQLite gives ":..." and "file:..." a meaning of their own; to us they are names. */
static void odd_names_are_names(void **state)
{
    folder *f = *state;
    char old[512];
    assert_non_null(getcwd(old, sizeof old));
    assert_int_equal(chdir(f->path), 0);
    static const char *const names[] = {
        ":memory", ":temp:", "file:a?mode=memory", "a%20b?c#d", "'; DROP TABLE event; --.db",
        "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d.db", "-rf", " ",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        cocreate_store_close(open_new(names[i]));
        cocreate_store_options reads = option(1, 1);
        cocreate_store *store = NULL;
        assert_status(cocreate_store_open(NULL, names[i], &reads, &store, &check_error),
                      COCREATE_OK);
        cocreate_store_close(store);
    }
    assert_int_equal(folder_count(f), sizeof names / sizeof *names);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_int_equal(access(folder_file(f, names[i]), R_OK), 0);
    assert_int_equal(chdir(old), 0);
    folder_empty(f);
}

static void a_batch_is_open_once(void **state)
{
    (void)state;
    cocreate_store *store = open_new(":memory:");
    assert_failure(cocreate_store_commit(store, &check_error), COCREATE_ERR_ARGUMENT,
                   "no batch is open");
    assert_failure(cocreate_store_rollback(store, &check_error), COCREATE_ERR_ARGUMENT,
                   "no batch is open");
    assert_status(cocreate_store_begin(store, &check_error), COCREATE_OK);
    assert_failure(cocreate_store_begin(store, &check_error), COCREATE_ERR_ARGUMENT,
                   "a batch is open already");
    cocreate_store_info info = {.size = sizeof info};
    assert_status(cocreate_store_info_get(store, &info, &check_error), COCREATE_OK);
    assert_int_equal(info.in_batch, 1);
    assert_failure(cocreate_store_backup(store, "copy.db", &check_error), COCREATE_ERR_ARGUMENT,
                   "a batch is open: commit it before a backup");
    assert_status(cocreate_store_commit(store, &check_error), COCREATE_OK);
    assert_status(cocreate_store_begin(store, &check_error), COCREATE_OK);
    assert_status(cocreate_store_rollback(store, &check_error), COCREATE_OK);
    assert_status(cocreate_store_info_get(store, &info, &check_error), COCREATE_OK);
    assert_int_equal(info.in_batch, 0);
    assert_status(cocreate_store_begin(store, &check_error), COCREATE_OK);
    cocreate_store_close(store); /* rolls back */
}

static void a_second_writer_is_told_to_wait(void **state)
{
    folder *f = *state;
    const char *path = folder_file(f, "two.db");
    cocreate_store *first = open_new(path), *second = NULL;
    cocreate_store_options options = option(0, 0);
    assert_status(cocreate_store_open(NULL, path, &options, &second, &check_error), COCREATE_OK);
    assert_status(cocreate_store_begin(first, &check_error), COCREATE_OK);
    assert_status(cocreate_store_begin(second, &check_error), COCREATE_ERR_BUSY);
    assert_non_null(strstr(check_error.text, "two.db: in use by another writer (waited 30 ms)"));
    cocreate_store_info info = {.size = sizeof info}; /* readers go on */
    assert_status(cocreate_store_info_get(second, &info, &check_error), COCREATE_OK);
    assert_status(cocreate_store_commit(first, &check_error), COCREATE_OK);
    assert_status(cocreate_store_begin(second, &check_error), COCREATE_OK);
    assert_status(cocreate_store_commit(second, &check_error), COCREATE_OK);
    cocreate_store_close(first);
    cocreate_store_close(second);
    folder_empty(f);
}

static void reading_leaves_the_folder_as_it_was(void **state)
{
    folder *f = *state;
    const char *path = folder_file(f, "read.db");
    cocreate_store_close(open_new(path));
    size_t size, size_after;
    char *before = read_file(path, &size);
    cocreate_store_options reads = option(1, 0);
    cocreate_store *store = NULL;
    /* The second time as it stands, without the right to write. */
    for (int writable = 1; writable >= 0; writable--) {
        assert_int_equal(chmod(path, writable ? 0600 : 0400), 0);
        assert_int_equal(chmod(f->path, writable ? 0700 : 0500), 0);
        assert_status(cocreate_store_open(NULL, path, &reads, &store, &check_error), COCREATE_OK);
        cocreate_store_info info = {.size = sizeof info};
        assert_status(cocreate_store_info_get(store, &info, &check_error), COCREATE_OK);
        cocreate_store_close(store);
        assert_int_equal(chmod(f->path, 0700), 0);
        assert_int_equal(folder_count(f), 1);
        char *after = read_file(path, &size_after);
        assert_int_equal(size_after, size);
        assert_memory_equal(after, before, size);
        free(after);
    }
    free(before);
    folder_empty(f);
}

static void a_file_that_cannot_be_written_is_told(void **state)
{
    folder *f = *state;
    if (geteuid() == 0) {
        print_message("skipped: the superuser may write anything\n");
        skip();
    }
    const char *path = folder_file(f, "kept.db");
    cocreate_store_close(open_new(path));
    assert_int_equal(chmod(path, 0400), 0);
    assert_refused(path, NULL, COCREATE_ERR_IO, ": cannot be written: permission denied");
    assert_int_equal(chmod(path, 0), 0);
    assert_refused(path, NULL, COCREATE_ERR_IO, ": cannot be opened: permission denied");
    folder_empty(f);
}

static void a_copy_is_a_store(void **state)
{
    folder *f = *state;
    cocreate_store *store = open_new(folder_file(f, "source.db")), *copy = NULL;
    const char *path = folder_file(f, "copy.db");
    assert_status(cocreate_store_backup(store, path, &check_error), COCREATE_OK);
    cocreate_store_options options = option(0, 1);
    assert_status(cocreate_store_open(NULL, path, &options, &copy, &check_error), COCREATE_OK);
    cocreate_store_close(copy);
    assert_status(cocreate_store_backup(store, path, &check_error), COCREATE_ERR_CONFLICT);
    assert_non_null(strstr(check_error.text, "copy.db: the file exists"));

    write_file(folder_file(f, "empty.db"), "", 0); /* of somebody else, although empty */
    assert_status(cocreate_store_backup(store, folder_file(f, "empty.db"), &check_error),
                  COCREATE_ERR_CONFLICT);
    assert_status(cocreate_store_backup(store, folder_file(f, "no/copy.db"), &check_error),
                  COCREATE_ERR_IO);
    assert_failure(cocreate_store_backup(store, "", &check_error), COCREATE_ERR_ARGUMENT,
                   "a backup needs the name of a file");
    assert_failure(cocreate_store_backup(store, ":memory:", &check_error), COCREATE_ERR_ARGUMENT,
                   "a backup needs the name of a file");
    cocreate_store_close(store);

    store = open_new(":memory:"); /* memory can be kept, too */
    assert_status(cocreate_store_backup(store, folder_file(f, "kept.db"), &check_error),
                  COCREATE_OK);
    cocreate_store_close(store);
    assert_status(cocreate_store_open(NULL, folder_file(f, "kept.db"), &options, &copy,
                                      &check_error),
                  COCREATE_OK);
    cocreate_store_close(copy);
    folder_empty(f);
}

static void survives_every_failed_allocation(void **state)
{
    folder *f = *state;
    for (int mode = FAIL_ONCE; mode <= FAIL_FOREVER; mode++) {
        failing_allocator fa;
        for (size_t n = 0;; n++) {
            failing_allocator_init(&fa, n, (failing_mode)mode);
            cocreate_store *store = NULL;
            cocreate_store_info info = {.size = sizeof info};
            cocreate_status status = cocreate_store_open(
                &fa.allocator, folder_file(f, "oom.db"), NULL, &store, NULL);
            if (status == COCREATE_OK)
                status = cocreate_store_info_get(store, &info, NULL);
            if (status == COCREATE_OK)
                status = cocreate_store_backup(store, folder_file(f, "copy.db"), NULL);
            assert_int_equal(access(folder_file(f, "copy.db"), F_OK) == 0, status == COCREATE_OK);
            unlink(folder_file(f, "copy.db"));
            assert_int_equal(status, fa.refused ? COCREATE_ERR_MEMORY : COCREATE_OK);
            cocreate_store_close(store);
            assert_int_equal(fa.live, 0);
            if (fa.refused == 0)
                break;
        }
        assert_true(fa.requests >= 4);
    }
    folder_empty(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_are_those_of_the_header),
        cmocka_unit_test(a_store_in_memory_is_empty),
        cmocka_unit_test(a_file_is_found_again),
        cmocka_unit_test(arguments_are_checked),
        cmocka_unit_test(a_missing_file_is_told),
        cmocka_unit_test(a_long_path_shows_its_end),
        cmocka_unit_test(a_foreign_file_is_refused_and_kept),
        cmocka_unit_test(an_empty_file_is_a_new_store),
        cmocka_unit_test(odd_names_are_names),
        cmocka_unit_test(a_batch_is_open_once),
        cmocka_unit_test(a_second_writer_is_told_to_wait),
        cmocka_unit_test(reading_leaves_the_folder_as_it_was),
        cmocka_unit_test(a_file_that_cannot_be_written_is_told),
        cmocka_unit_test(a_copy_is_a_store),
        cmocka_unit_test(survives_every_failed_allocation),
    };
    return cmocka_run_group_tests(tests, folder_setup, folder_teardown) != 0;
}
