/* Stores that were written by earlier libraries, row for row: whoever reads them later reads the same root,
 * the same results and the same books, and goes on from there.
 *
 * tests/golden/stores/NAME.rows.jsonl are the rows of the file, NAME.expected.json what the library of then
 * said of them: they are never made anew. `test_old_stores --make FOLDER NAME` writes those of another store,
 * where the library has learnt something that none of them holds: NAME is "tales" (its first 100 commands) or
 * the name of a preset (its story). */
#include "folder.h"

#include <jansson.h>
#include <sqlite3.h>

#include "../long_log.h"
#include "stories.h"

enum { BLOB_HEX = 2 };

#define STORES COCREATE_SOURCE_DIR "/tests/golden/stores/"

static const char *const names[] = {"tales"};

/* ---- the file of format 1, as it was ---- */

static const char format_1[] =
    "PRAGMA application_id = 0x636f6372; PRAGMA user_version = 1;"
    "CREATE TABLE ballot(part INTEGER NOT NULL, round INTEGER NOT NULL,"
    " voter BLOB NOT NULL, seq INTEGER NOT NULL, weight INTEGER NOT NULL,"
    " data BLOB NOT NULL, PRIMARY KEY(part, round, voter)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE event(seq INTEGER PRIMARY KEY, part INTEGER NOT NULL,"
    " at INTEGER NOT NULL, payload BLOB NOT NULL, leaf BLOB NOT NULL) STRICT;"
    "CREATE TABLE head(one INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT;"
    "CREATE TABLE person(id BLOB NOT NULL PRIMARY KEY, salt BLOB NOT NULL,"
    " payload BLOB NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE row(part INTEGER NOT NULL, kind INTEGER NOT NULL, id BLOB NOT NULL,"
    " data BLOB NOT NULL, PRIMARY KEY(part, kind, id)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE sequence(name TEXT NOT NULL PRIMARY KEY, value INTEGER NOT NULL)"
    " STRICT, WITHOUT ROWID;";

static const char *const tables[] = {"ballot", "event", "head", "person", "row", "sequence"};
enum { TABLES = sizeof tables / sizeof *tables };

static void sql(sqlite3 *db, const char *text)
{
    char *why = NULL;
    if (sqlite3_exec(db, text, NULL, NULL, &why) != SQLITE_OK)
        fail_msg("%s: %s", text, why);
}

/* ---- rows as lines ---- */

/* An integer, a text (a BLOB of UTF-8, but for the name of a sequence), or {"hex": bytes}. */

static json_t *value_of(sqlite3_stmt *stmt, int column)
{
    if (sqlite3_column_type(stmt, column) == SQLITE_INTEGER)
        return json_integer(sqlite3_column_int64(stmt, column));
    const uint8_t *bytes = sqlite3_column_blob(stmt, column);
    size_t size = (size_t)sqlite3_column_bytes(stmt, column);
    json_t *text = json_stringn(bytes ? (const char *)bytes : "", size);
    if (text)
        return text;
    char *hex = malloc(BLOB_HEX * size + 1);
    assert_non_null(hex);
    for (size_t i = 0; i < size; i++)
        snprintf(hex + BLOB_HEX * i, 3, "%02x", bytes[i]);
    json_t *value = json_pack("{s:s}", "hex", hex);
    free(hex);
    return value;
}

static void write_rows(sqlite3 *db, FILE *file)
{
    for (size_t t = 0; t < TABLES; t++) {
        char text[100];
        sqlite3_stmt *stmt = NULL;
        snprintf(text, sizeof text, "SELECT * FROM %s", tables[t]);
        assert_int_equal(sqlite3_prepare_v2(db, text, -1, &stmt, NULL), SQLITE_OK);
        while (sqlite3_step(stmt) == SQLITE_ROW) {
            json_t *row = json_pack("[s]", tables[t]);
            for (int i = 0; i < sqlite3_column_count(stmt); i++)
                json_array_append_new(row, value_of(stmt, i));
            json_dumpf(row, file, JSON_COMPACT);
            fputc('\n', file);
            json_decref(row);
        }
        sqlite3_finalize(stmt);
    }
}

static void bind(sqlite3_stmt *stmt, int column, const json_t *value, int is_name)
{
    const char *hex = json_string_value(json_object_get(value, "hex"));
    const char *text = json_string_value(value);
    size_t size = hex ? strlen(hex) / BLOB_HEX : json_string_length(value);
    if (json_is_integer(value)) {
        sqlite3_bind_int64(stmt, column, json_integer_value(value));
        return;
    }
    if (is_name) {
        sqlite3_bind_text(stmt, column, text, (int)size, SQLITE_TRANSIENT);
        return;
    }
    uint8_t *bytes = malloc(size + 1);
    assert_non_null(bytes);
    for (size_t i = 0; i < size; i++) {
        unsigned byte = text ? (uint8_t)text[i] : 0;
        if (hex)
            assert_int_equal(sscanf(hex + BLOB_HEX * i, "%2x", &byte), 1);
        bytes[i] = (uint8_t)byte;
    }
    sqlite3_bind_blob(stmt, column, bytes, (int)size, SQLITE_TRANSIENT);
    free(bytes);
}

static void insert(sqlite3 *db, const json_t *row)
{
    static const char *const marks[] = {"", "?", "?,?", "?,?,?", "?,?,?,?", "?,?,?,?,?", "?,?,?,?,?,?"};
    size_t n = json_array_size(row) - 1;
    const char *table = json_string_value(json_array_get(row, 0));
    char text[100];
    sqlite3_stmt *stmt = NULL;
    snprintf(text, sizeof text, "INSERT INTO %s VALUES(%s)", table, marks[n]);
    assert_int_equal(sqlite3_prepare_v2(db, text, -1, &stmt, NULL), SQLITE_OK);
    for (size_t i = 1; i <= n; i++)
        bind(stmt, (int)i, json_array_get(row, i), strcmp(table, "sequence") == 0);
    assert_int_equal(sqlite3_step(stmt), SQLITE_DONE);
    sqlite3_finalize(stmt);
}

/* The file as a library of format 1 left it. */
static void restore(const char *name, const char *path)
{
    char rows[600];
    sqlite3 *db = NULL;
    snprintf(rows, sizeof rows, STORES "%s.rows.jsonl", name);
    char *text = read_file(rows, NULL);
    story_line line = {.next = text};
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sql(db, format_1);
    sql(db, "BEGIN");
    while (story_next(&line)) {
        json_t *row = json_loadb(line.text, line.size, 0, NULL);
        if (row)
            insert(db, row);
        json_decref(row);
    }
    sql(db, "COMMIT; PRAGMA journal_mode = WAL");
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    free(text);
}

/* ---- what is said of a store ---- */

static json_t *shown(cocreate_store *store, const char *campaign)
{
    cocreate_text *text = NULL;
    assert_status(cocreate_show(store, campaign, &text, &check_error), COCREATE_OK);
    json_t *document = json_loads(cocreate_text_data(text), 0, NULL);
    cocreate_text_free(text);
    return document;
}

static void root_of(cocreate_store *store, uint8_t root[32], uint64_t *size, char hex[65])
{
    assert_status(cocreate_root(store, root, size, &check_error), COCREATE_OK);
    for (size_t i = 0; i < 32; i++)
        snprintf(hex + 2 * i, 3, "%02x", root[i]);
}

static json_t *what_it_says(cocreate_store *store)
{
    uint8_t root[32];
    uint64_t size;
    char hex[65];
    root_of(store, root, &size, hex);
    json_t *campaigns = json_object(), *all = shown(store, NULL);
    const json_t *list = json_object_get(all, "campaigns");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *id = json_string_value(json_object_get(json_array_get(list, i), "id"));
        json_t *campaign = shown(store, id);
        json_object_del(campaign, "brief"); /* in the log */
        json_object_set_new(campaigns, id, campaign);
    }
    json_decref(all);
    return json_pack("{s:s, s:I, s:o}", "root", hex, "events", (json_int_t)size, "campaigns", campaigns);
}

/* What was said is still said; more may be. */
static int holds(const json_t *now, const json_t *then, const char *path)
{
    const char *key;
    json_t *member;
    char deeper[400];
    int ok = json_array_size(now) == json_array_size(then);
    if (!json_is_object(then) && !json_is_array(then))
        ok = json_equal(now, then);
    if (!ok)
        print_error("%s differs\n", path);
    for (size_t i = 0; ok && i < json_array_size(then); i++) {
        snprintf(deeper, sizeof deeper, "%.300s[%zu]", path, i);
        ok = holds(json_array_get(now, i), json_array_get(then, i), deeper);
    }
    json_object_foreach((json_t *)(uintptr_t)then, key, member)
    {
        snprintf(deeper, sizeof deeper, "%.280s.%.100s", path, key);
        ok = ok && holds(json_object_get(now, key), member, deeper);
    }
    return ok;
}

/* ---- reading them ---- */

static cocreate_store *open_at(const char *path, int read_only)
{
    static const uint8_t secret[32] = {3};
    cocreate_store_options options;
    cocreate_store *store = NULL;
    cocreate_store_options_init(&options);
    options.secret = read_only ? NULL : secret;
    options.read_only = read_only;
    assert_status(cocreate_store_open(NULL, path, &options, &store, &check_error), COCREATE_OK);
    return store;
}

static json_t *expected_of(const char *name)
{
    char path[600];
    snprintf(path, sizeof path, STORES "%s.expected.json", name);
    json_t *expected = json_load_file(path, 0, NULL);
    assert_non_null(expected);
    return expected;
}

static void answers_as_then(cocreate_store *store, const char *name)
{
    uint8_t root[32];
    uint64_t size;
    char hex[65];
    json_t *then = expected_of(name), *now = what_it_says(store);
    root_of(store, root, &size, hex);
    assert_true(holds(now, then, name));
    assert_status(cocreate_verify(store, root, size, NULL, NULL, &check_error), COCREATE_OK);
    assert_status(cocreate_check(store, NULL, NULL, &check_error), COCREATE_OK);
    json_decref(now);
    json_decref(then);
}

/* What the tales leave due comes due; somebody joins; the root of then is still that of the beginning. */
static void goes_on(cocreate_store *store)
{
    uint8_t root[32];
    uint64_t size;
    char hex[65], command[200];
    cocreate_store_info info = {.size = sizeof info};
    root_of(store, root, &size, hex);
    assert_status(cocreate_store_info_get(store, &info, &check_error), COCREATE_OK);
    long long later = (long long)info.last_at + 100LL * 86400 * 1000000;
    snprintf(command, sizeof command, "{'at':%lld,'actor':'host','do':'tick'}", later);
    assert_true(execute(store, command, NULL) >= 0);
    snprintf(command, sizeof command,
             "{'at':%lld,'actor':'host','do':'participant.put','participant':'later','side':'customer',"
             "'person':{'name':'Later'}}", later);
    done(store, command);
    assert_status(cocreate_verify(store, root, size, NULL, NULL, &check_error), COCREATE_OK);
    assert_status(cocreate_check(store, NULL, NULL, &check_error), COCREATE_OK);
}

static void old_stores_answer_as_they_did(void **state)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[600];
        snprintf(path, sizeof path, "%s", folder_file(*state, names[i]));
        restore(names[i], path);
        cocreate_store *store = open_at(path, 1);
        answers_as_then(store, names[i]);
        cocreate_store_close(store);
        store = open_at(path, 0);
        answers_as_then(store, names[i]);
        goes_on(store);
        cocreate_store_close(store);
    }
}

/* ---- other formats ---- */

static void refused_with_format(void *state, int format, cocreate_status status, const char *text)
{
    char path[600], pragma[60], expected[700];
    sqlite3 *db = NULL;
    size_t before_size, after_size;
    cocreate_store *store = NULL;
    snprintf(path, sizeof path, "%s", folder_file(state, "other"));
    restore(names[0], path);
    snprintf(pragma, sizeof pragma, "PRAGMA user_version = %d", format);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sql(db, pragma);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    char *before = read_file(path, &before_size);
    snprintf(expected, sizeof expected, "%s: %s", path, text);
    for (int read_only = 0; read_only < 2; read_only++) {
        cocreate_store_options options;
        cocreate_store_options_init(&options);
        options.read_only = read_only;
        assert_failure(cocreate_store_open(NULL, path, &options, &store, &check_error), status, expected);
        assert_null(store);
    }
    char *after = read_file(path, &after_size);
    assert_int_equal(after_size, before_size);
    assert_memory_equal(after, before, after_size);
    free(before);
    free(after);
    folder_empty(state);
}

static void other_formats_are_refused_and_kept(void **state)
{
    refused_with_format(*state, 2, COCREATE_ERR_VERSION, "format 2 is newer than this library reads (1)");
    refused_with_format(*state, 0, COCREATE_ERR_CORRUPT, "there is no format 0");
    refused_with_format(*state, -1, COCREATE_ERR_CORRUPT, "there is no format -1");
}

/* ---- making another ---- */

static void tell(cocreate_store *store, const char *name)
{
    if (strcmp(name, "tales") == 0) {
        long_log_tales(store, 100, NULL, NULL);
        return;
    }
    char *script = story_part(name, "jsonl"); /* of a preset */
    story_line line = {.next = script};
    while (story_next(&line))
        assert_true(cocreate_execute(store, line.text, line.size, NULL, &check_error) >= 0);
    free(script);
}

static int make(const char *folder_name, const char *name)
{
    char path[600], rows[600], expected[600];
    sqlite3 *db = NULL;
    snprintf(path, sizeof path, "%s/%s.db", folder_name, name);
    snprintf(rows, sizeof rows, "%s/%s.rows.jsonl", folder_name, name);
    snprintf(expected, sizeof expected, "%s/%s.expected.json", folder_name, name);
    cocreate_store *store = open_at(path, 0);
    tell(store, name);
    json_t *says = what_it_says(store);
    FILE *file = fopen(expected, "wb");
    int made = file && json_dumpf(says, file, JSON_COMPACT | JSON_SORT_KEYS) == 0 &&
               fputc(10, file) == 10 && fclose(file) == 0;
    json_decref(says);
    cocreate_store_close(store);
    file = fopen(rows, "wb");
    made = made && file && sqlite3_open(path, &db) == SQLITE_OK;
    if (made)
        write_rows(db, file);
    sqlite3_close(db);
    return !(file && fclose(file) == 0 && made);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(old_stores_answer_as_they_did, folder_setup, folder_teardown),
        cmocka_unit_test_setup_teardown(other_formats_are_refused_and_kept, folder_setup, folder_teardown),
    };
    if (argc == 4 && strcmp(argv[1], "--make") == 0)
        return make(argv[2], argv[3]);
    return cmocka_run_group_tests_name("old_stores", tests, NULL, NULL) != 0;
}
