/* The SQLite backend when things go wrong: strangers' files, damage, lost transactions, a full
 * disk, other processes. Expected by hand and from the documentation of SQLite. */
#include "folder.h"

#include <signal.h>
#include <sys/resource.h>

#include "store/sqlite.h"

static cci_bytes text(const char *s)
{
    return (cci_bytes){s, strlen(s)};
}

static cocreate_store *open_store(const char *path, int32_t read_only)
{
    cocreate_store *store = NULL;
    cocreate_store_options options;
    cocreate_store_options_init(&options);
    options.busy_ms = 20;
    options.read_only = read_only;
    assert_status(cocreate_store_open(NULL, path, &options, &store, &check_error), COCREATE_OK);
    return store;
}

static cocreate_status append(cocreate_store *store, uint64_t seq, cocreate_error *error)
{
    cci_event_row row = {.seq = seq, .payload = text("{\"some\":\"event\"}")};
    return store->backend->append_event(store->self, &row, error);
}

/* Events from..to in one transaction. */
static void append_events(cocreate_store *store, uint64_t from, uint64_t to)
{
    assert_status(cocreate_store_begin(store, &check_error), COCREATE_OK);
    for (uint64_t seq = from; seq <= to; seq++)
        assert_status(append(store, seq, &check_error), COCREATE_OK);
    assert_status(cocreate_store_commit(store, &check_error), COCREATE_OK);
}

static cocreate_status count_event(void *user, const cci_event_row *row, cocreate_error *error)
{
    (void)row;
    (void)error;
    ++*(uint64_t *)user;
    return COCREATE_OK;
}

static uint64_t count_events(cocreate_store *store)
{
    uint64_t count = 0;
    assert_status(store->backend->scan_events(store->self, 1, 0, count_event, &count, &check_error),
                  COCREATE_OK);
    return count;
}

/* With SQLite alone, as another program would. */
static void run_sql(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static int64_t ask(cocreate_store *store, const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    cci_sqlite *s = store->self;
    assert_int_equal(sqlite3_prepare_v2(s->db, sql, -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    int64_t value = strcmp((const char *)sqlite3_column_text(stmt, 0), "wal") == 0
                        ? -1
                        : sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return value;
}

static void settings_are_in_force(void **state)
{
    folder *f = *state;
    cocreate_store *store = open_store(folder_file(f, "a.db"), 0);
    assert_int_equal(ask(store, "PRAGMA journal_mode"), -1);
    assert_int_equal(ask(store, "PRAGMA synchronous"), 2); /* FULL */
    assert_int_equal(ask(store, "PRAGMA secure_delete"), 1);
    assert_int_equal(ask(store, "PRAGMA trusted_schema"), 0);
    assert_int_equal(ask(store, "PRAGMA mmap_size"), 0);
    assert_int_equal(ask(store, "PRAGMA page_size"), 4096);
    assert_int_equal(ask(store, "PRAGMA busy_timeout"), 20);
    assert_int_equal(ask(store, "PRAGMA wal_autocheckpoint"), 16384);
    int defensive = 0;
    cci_sqlite *s = store->self;
    assert_int_equal(sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, -1, &defensive),
                     SQLITE_OK);
    assert_int_equal(defensive, 1);
    cocreate_store_close(store);
    folder_empty(f);
}

/* What a stranger did to the file, and what we say. */
static void strange_schemas_are_refused(void **state)
{
    folder *f = *state;
    static const struct {
        const char *sql;
        cocreate_status status;
        const char *why;
    } cases[] = {
        {"PRAGMA user_version = 2", COCREATE_ERR_VERSION,
         ": format 2 is newer than this library reads (1)"},
        {"PRAGMA user_version = 0", COCREATE_ERR_CORRUPT, ": there is no format 0"},
        {"PRAGMA user_version = -5", COCREATE_ERR_CORRUPT, ": there is no format -5"},
        {"PRAGMA application_id = 252006", COCREATE_ERR_CORRUPT,
         ": not a store of libcocreate: it belongs to another program"},
        {"CREATE TRIGGER t AFTER INSERT ON ballot BEGIN DELETE FROM event; END",
         COCREATE_ERR_CORRUPT, ": the tables are not those of format 1"},
        {"CREATE UNIQUE INDEX i ON ballot(weight)", COCREATE_ERR_CORRUPT,
         ": the tables are not those of format 1"},
        {"DROP TABLE head; CREATE VIEW head AS SELECT 1 AS one, x'' AS data", COCREATE_ERR_CORRUPT,
         ": the tables are not those of format 1"},
        {"DROP TABLE person", COCREATE_ERR_CORRUPT, ": the tables are not those of format 1"},
        {"ALTER TABLE event ADD COLUMN more INTEGER", COCREATE_ERR_CORRUPT,
         ": the tables are not those of format 1"},
    };
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        const char *path = folder_file(f, "a.db");
        cocreate_store *store = open_store(path, 0);
        cocreate_store_close(store);
        run_sql(path, cases[c].sql);
        store = NULL;
        assert_status(cocreate_store_open(NULL, path, NULL, &store, &check_error), cases[c].status);
        assert_null(store);
        assert_string_equal(check_error.text + strlen(path), cases[c].why);
        folder_empty(f);
    }
}

static void statistics_of_sqlite_are_welcome(void **state)
{
    folder *f = *state;
    const char *path = folder_file(f, "a.db");
    cocreate_store *store = open_store(path, 0);
    append_events(store, 1, 10);
    cocreate_store_close(store);
    run_sql(path, "ANALYZE; VACUUM");
    store = open_store(path, 0);
    assert_int_equal(count_events(store), 10);
    cocreate_store_close(store);
    folder_empty(f);
}

/* Bytes of the pages after the first are overwritten: reading says so, or reads what was left. */
static void damage_is_told(void **state)
{
    folder *f = *state;
    const char *path = folder_file(f, "a.db");
    cocreate_store *store = open_store(path, 0);
    append_events(store, 1, 2000);
    cocreate_store_close(store);
    FILE *stream = fopen(path, "r+b");
    assert_non_null(stream);
    for (long page = 1; page < 20; page++) {
        assert_int_equal(fseek(stream, page * 4096, SEEK_SET), 0);
        for (int i = 0; i < 512; i++)
            fputc(0xa7, stream);
    }
    assert_int_equal(fclose(stream), 0);
    store = open_store(path, 0);
    uint64_t count = 0;
    assert_status(store->backend->scan_events(store->self, 1, 0, count_event, &count, &check_error),
                  COCREATE_ERR_CORRUPT);
    assert_string_equal(check_error.text + strlen(path),
                        ": damaged: database disk image is malformed");
    cocreate_store_close(store);
    folder_empty(f);
}

/* SQLite undoes the transaction on its own account after some failures. Nothing that follows may
 * be written, for it would be committed piece by piece. */
static void a_lost_transaction_stays_lost(void **state)
{
    folder *f = *state;
    cocreate_store *store = open_store(folder_file(f, "a.db"), 0);
    cci_sqlite *s = store->self;
    append_events(store, 1, 1);
    static const char lost[] = "a.db: the transaction was undone after an earlier failure";
    int64_t n = 7;
    for (int step = 0; step < 5; step++) {
        assert_status(cocreate_store_begin(store, &check_error), COCREATE_OK);
        assert_status(append(store, 2, &check_error), COCREATE_OK);
        assert_int_equal(sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
        if (step == 0)
            assert_status(append(store, 2, &check_error), COCREATE_ERR_IO);
        if (step == 1)
            assert_status(store->backend->allocate(s, "x", &n, &check_error), COCREATE_ERR_IO);
        if (step == 2)
            assert_status(store->backend->save(s, &check_error), COCREATE_ERR_IO);
        if (step == 3)
            store->backend->undo(s);
        assert_status(cocreate_store_commit(store, &check_error), COCREATE_ERR_IO);
        assert_non_null(strstr(check_error.text, lost));
        assert_int_equal(count_events(store), 1);
        assert_int_equal(n, 7);
    }
    append_events(store, 2, 2); /* and the store goes on */
    cocreate_store_close(store);
    folder_empty(f);
}

static int refuse(void *user)
{
    return *(int *)user;
}

static void count_drop(void *above)
{
    ++*(int *)above;
}

static void a_failing_commit_rolls_back(void **state)
{
    folder *f = *state;
    cocreate_store *store = open_store(folder_file(f, "a.db"), 0);
    cci_sqlite *s = store->self;
    int refusing = 1, drops = 0;
    store->above = &drops;
    store->dropped = count_drop;
    sqlite3_commit_hook(s->db, refuse, &refusing);
    assert_status(cocreate_store_begin(store, &check_error), COCREATE_OK);
    assert_status(append(store, 1, &check_error), COCREATE_OK);
    assert_int_not_equal(cocreate_store_commit(store, NULL), COCREATE_OK);
    assert_int_equal(drops, 1);
    assert_int_equal(count_events(store), 0);
    refusing = 0;
    append_events(store, 1, 1);
    assert_status(cocreate_store_begin(store, &check_error), COCREATE_OK);
    assert_status(cocreate_store_rollback(store, &check_error), COCREATE_OK);
    assert_int_equal(drops, 2);
    cocreate_store_close(store);
    folder_empty(f);
}

/* Where no file may grow beyond a limit, as `ulimit -f` does. */
static void limit_files(rlim_t bytes, struct rlimit *old)
{
    assert_int_equal(getrlimit(RLIMIT_FSIZE, old), 0);
    struct rlimit tight = *old;
    tight.rlim_cur = bytes;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &tight), 0);
}

/* Events one by one until the disk refuses: what was acknowledged is there, nothing else is. */
static void a_full_disk_loses_nothing(void **state)
{
    folder *f = *state;
    const char *path = folder_file(f, "a.db");
    cocreate_store *store = open_store(path, 0);
    struct rlimit old;
    uint64_t acknowledged = 0;
    cocreate_status status;
    cocreate_error error = {0};
    limit_files(200000, &old);
    do {
        assert_status(cocreate_store_begin(store, &check_error), COCREATE_OK);
        status = append(store, acknowledged + 1, &error);
        if (status == COCREATE_OK)
            status = cocreate_store_commit(store, &error);
        else
            assert_status(cocreate_store_rollback(store, &check_error), COCREATE_OK);
        acknowledged += status == COCREATE_OK;
    } while (status == COCREATE_OK && acknowledged < 10000);
    assert_int_equal(status, COCREATE_ERR_IO);
    assert_non_null(strstr(error.text, "a.db: "));
    assert_true(acknowledged > 5);
    assert_int_equal(count_events(store), acknowledged);
    /* A copy that does not fit is taken away again. */
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    limit_files(8192, &old);
    assert_int_equal(cocreate_store_backup(store, folder_file(f, "b.db"), NULL), COCREATE_ERR_IO);
    assert_int_equal(access(folder_file(f, "b.db"), F_OK), -1);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    append_events(store, acknowledged + 1, acknowledged + 1); /* there is room again */
    cocreate_store_close(store);
    store = open_store(path, 1);
    assert_int_equal(count_events(store), acknowledged + 1);
    cocreate_store_close(store);
    folder_empty(f);
}

static void copy_file(const char *from, const char *to)
{
    size_t size;
    char *bytes = read_file(from, &size);
    FILE *stream = fopen(to, "wb");
    assert_non_null(stream);
    assert_int_equal(fwrite(bytes, 1, size, stream), size);
    assert_int_equal(fclose(stream), 0);
    free(bytes);
}

/* File and log copied while in use, as a snapshot of the file system does, then read. */
static void a_hot_copy_is_read_with_its_log(void **state)
{
    folder *f = *state;
    const char *path = folder_file(f, "a.db");
    cocreate_store *store = open_store(path, 0);
    append_events(store, 1, 50);
    copy_file(folder_file(f, "a.db"), folder_file(f, "b.db"));
    copy_file(folder_file(f, "a.db-wal"), folder_file(f, "b.db-wal"));
    cocreate_store *copy = open_store(folder_file(f, "b.db"), 1);
    assert_int_equal(count_events(copy), 50);
    cocreate_store_close(copy);
    size_t size, size_of_copy;
    char *before = read_file(folder_file(f, "a.db"), &size);
    char *after = read_file(folder_file(f, "b.db"), &size_of_copy);
    assert_int_equal(size, size_of_copy);
    assert_memory_equal(before, after, size);
    free(before);
    free(after);
    cocreate_store_close(store);
    folder_empty(f);
}

static void readers_see_one_state(void **state)
{
    folder *f = *state;
    cocreate_store *writer = open_store(folder_file(f, "a.db"), 0);
    append_events(writer, 1, 3);
    cocreate_store *reader = open_store(folder_file(f, "a.db"), 1);
    assert_int_equal(count_events(reader), 3);
    append_events(writer, 4, 4);
    assert_int_equal(count_events(reader), 4);
    assert_status(cocreate_store_begin(reader, &check_error), COCREATE_OK);
    append_events(writer, 5, 9);
    assert_int_equal(count_events(reader), 4);
    assert_status(append(reader, 10, &check_error), COCREATE_ERR_IO);
    assert_status(cocreate_store_rollback(reader, &check_error), COCREATE_OK);
    assert_int_equal(count_events(reader), 9);
    cocreate_store_close(reader);
    cocreate_store_close(writer);
    folder_empty(f);
}

/* A reader that came first, when the store was not in use, does not take the writer's log away. */
static void a_writer_may_come_later(void **state)
{
    folder *f = *state;
    cocreate_store_close(open_store(folder_file(f, "a.db"), 0));
    cocreate_store *reader = open_store(folder_file(f, "a.db"), 1);
    assert_int_equal(count_events(reader), 0);
    cocreate_store *writer = open_store(folder_file(f, "a.db"), 0);
    append_events(writer, 1, 3);
    assert_int_equal(count_events(reader), 3);
    cocreate_store_close(reader);
    append_events(writer, 4, 4);
    cocreate_store_close(writer);
    reader = open_store(folder_file(f, "a.db"), 1);
    assert_int_equal(count_events(reader), 4);
    cocreate_store_close(reader);
    folder_empty(f);
}

static void a_copy_holds_what_was_committed(void **state)
{
    folder *f = *state;
    cocreate_store *store = open_store(folder_file(f, "a.db"), 0);
    cocreate_store *other = open_store(folder_file(f, "a.db"), 0);
    append_events(store, 1, 500);
    assert_status(cocreate_store_begin(store, &check_error), COCREATE_OK);
    assert_status(append(store, 501, &check_error), COCREATE_OK);
    assert_status(cocreate_store_backup(other, folder_file(f, "b.db"), &check_error), COCREATE_OK);
    assert_status(cocreate_store_commit(store, &check_error), COCREATE_OK);
    cocreate_store *copy = open_store(folder_file(f, "b.db"), 0);
    assert_int_equal(count_events(copy), 500);
    append_events(copy, 501, 501);
    cocreate_store_close(copy);
    cocreate_store_close(other);
    cocreate_store_close(store);
    folder_empty(f);
}

static int file_holds(const char *path, const char *needle)
{
    size_t size = 0, length = strlen(needle);
    char *bytes = read_file(path, &size);
    int holds = 0;
    for (size_t i = 0; i + length <= size && !holds; i++)
        holds = memcmp(bytes + i, needle, length) == 0;
    free(bytes);
    return holds;
}

static void replaced_personal_data_is_gone(void **state)
{
    folder *f = *state;
    static const uint8_t salt[32] = {1};
    static const char name[] = "Ada of 12 Baker Street";
    cocreate_store *store = open_store(folder_file(f, "a.db"), 0);
    for (int round = 0; round < 2; round++) {
        assert_status(cocreate_store_begin(store, &check_error), COCREATE_OK);
        assert_status(store->backend->put_person(store->self, text("ada"), salt,
                                                 text(round ? "" : name), &check_error),
                      COCREATE_OK);
        assert_status(cocreate_store_commit(store, &check_error), COCREATE_OK);
        if (round == 0)
            assert_true(file_holds(folder_file(f, "a.db-wal"), name));
    }
    cocreate_store_close(store);
    assert_false(file_holds(folder_file(f, "a.db"), name));
    assert_int_equal(folder_count(f), 1);
    folder_empty(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settings_are_in_force),
        cmocka_unit_test(strange_schemas_are_refused),
        cmocka_unit_test(statistics_of_sqlite_are_welcome),
        cmocka_unit_test(damage_is_told),
        cmocka_unit_test(a_lost_transaction_stays_lost),
        cmocka_unit_test(a_failing_commit_rolls_back),
        cmocka_unit_test(a_full_disk_loses_nothing),
        cmocka_unit_test(a_hot_copy_is_read_with_its_log),
        cmocka_unit_test(readers_see_one_state),
        cmocka_unit_test(a_writer_may_come_later),
        cmocka_unit_test(a_copy_holds_what_was_committed),
        cmocka_unit_test(replaced_personal_data_is_gone),
    };
    return cmocka_run_group_tests(tests, folder_setup, folder_teardown) != 0;
}
