/* A file of an older format becomes one of a newer by every step between them, or stays as it is. There is no
 * older format yet: the steps are planted here. */
#include "folder.h"

#include "store/sqlite.h"

#include "cocreate/cocreate.h"

static int taken;

static cocreate_status run(cci_sqlite *s, const char *text, cocreate_error *error)
{
    int code = sqlite3_exec(s->db, text, NULL, NULL, NULL);
    return code == SQLITE_OK ? COCREATE_OK : cci_sqlite_failure(s, code, error);
}

static cocreate_status rename_table(cci_sqlite *s, cocreate_error *error)
{
    taken++;
    return run(s, "ALTER TABLE row RENAME TO state", error);
}

static cocreate_status fill_table(cci_sqlite *s, cocreate_error *error)
{
    taken++;
    return run(s, "INSERT INTO state(part, kind, id, data) VALUES(0, 999, X'61', X'7b7d')", error);
}

static cocreate_status break_down(cci_sqlite *s, cocreate_error *error)
{
    taken++;
    return run(s, "INSERT INTO nowhere VALUES(1)", error);
}

static const cci_migration steps[] = {{1, rename_table}, {2, fill_table}, {3, NULL}};
static const cci_migration broken[] = {{1, rename_table}, {2, break_down}, {3, NULL}};
static const cci_migration late[] = {{2, fill_table}, {3, NULL}};

static cocreate_store *open_at(const char *path, int read_only)
{
    cocreate_store_options options;
    cocreate_store *store = NULL;
    cocreate_store_options_init(&options);
    options.read_only = read_only;
    assert_status(cocreate_store_open(NULL, path, &options, &store, &check_error), COCREATE_OK);
    return store;
}

static int number(const cci_sqlite *s, const char *text)
{
    sqlite3_stmt *stmt = NULL;
    assert_int_equal(sqlite3_prepare_v2(s->db, text, -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    int n = sqlite3_column_int(stmt, 0);
    sqlite3_finalize(stmt);
    return n;
}

static const char *new_store(const folder *f)
{
    static const char put[] = "{\"at\":1,\"actor\":\"host\",\"do\":\"participant.put\",\"participant\":"
                              "\"ann\",\"side\":\"customer\"}";
    static char path[600];
    snprintf(path, sizeof path, "%s", folder_file(f, "old"));
    cocreate_store *store = open_at(path, 0);
    assert_status(cocreate_execute(store, put, strlen(put), NULL, &check_error), COCREATE_OK);
    cocreate_store_close(store);
    taken = 0;
    return path;
}

/* As it was: it opens, and its log replays. */
static void assert_untouched(const char *path)
{
    cocreate_store *store = open_at(path, 0);
    assert_status(cocreate_verify(store, NULL, 0, NULL, NULL, &check_error), COCREATE_OK);
    cocreate_store_close(store);
}

static void every_step_is_taken(void **state)
{
    const char *path = new_store(*state);
    char text[700];
    cocreate_store *store = open_at(path, 0);
    cci_sqlite *s = store->self;
    assert_status(cci_sqlite_migrate(s, steps, 1, 3, &check_error), COCREATE_OK);
    assert_int_equal(taken, 2);
    assert_int_equal(number(s, "PRAGMA user_version"), 3);
    assert_int_equal(number(s, "SELECT count(*) FROM state WHERE kind = 999"), 1);
    /* somebody else who saw format 1 before comes too late, and takes none */
    assert_status(cci_sqlite_migrate(s, steps, 1, 3, &check_error), COCREATE_OK);
    assert_int_equal(taken, 2);
    cocreate_store_close(store);
    snprintf(text, sizeof text, "%s: format 3 is newer than this library reads (1)", path);
    store = NULL;
    assert_failure(cocreate_store_open(NULL, path, NULL, &store, &check_error), COCREATE_ERR_VERSION, text);
}

static void a_step_that_fails_undoes_those_before(void **state)
{
    const char *path = new_store(*state);
    cocreate_store *store = open_at(path, 0);
    cci_sqlite *s = store->self;
    char text[700];
    snprintf(text, sizeof text, "%s: no such table: nowhere", path);
    assert_failure(cci_sqlite_migrate(s, broken, 1, 3, &check_error), COCREATE_ERR_INTERNAL, text);
    assert_int_equal(taken, 2);
    assert_int_equal(number(s, "PRAGMA user_version"), 1);
    cocreate_store_close(store);
    assert_untouched(path);
}

static void nothing_is_done_where_it_may_not_be(void **state)
{
    const char *path = new_store(*state);
    char text[700];
    cocreate_store *store = open_at(path, 0);
    snprintf(text, sizeof text, "%s: there is no format 1", path);
    assert_failure(cci_sqlite_migrate(store->self, late, 1, 3, &check_error), COCREATE_ERR_CORRUPT, text);
    cocreate_store_close(store);
    store = open_at(path, 1);
    snprintf(text, sizeof text,
             "%s: format 1 is older than this library reads (3): open it for writing once", path);
    assert_failure(cci_sqlite_migrate(store->self, steps, 1, 3, &check_error), COCREATE_ERR_VERSION, text);
    cocreate_store_close(store);
    assert_int_equal(taken, 0);
    assert_untouched(path);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_setup, folder_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(every_step_is_taken),
        IN_FOLDER(a_step_that_fails_undoes_those_before),
        IN_FOLDER(nothing_is_done_where_it_may_not_be),
    };
    return cmocka_run_group_tests_name("sqlite migrate", tests, NULL, NULL) != 0;
}
