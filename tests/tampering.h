/* A log of 1,000 events of every type, and its verification after one row of the file was changed.
 *
 * Events before the changed one are the same in every case, so that they are replayed once: verification of
 * a case begins at its own row, on the state that the events before it gave (`window`). Nothing else is left
 * out. */
#ifndef COCREATE_TESTS_TAMPERING_H
#define COCREATE_TESTS_TAMPERING_H

#include "long_log.h"

#include "campaign/verify/verify.h"
#include "store/sqlite.h"

#define ull(x) ((unsigned long long)(x))

enum { EVENTS_MAX = 1500, TEXT_MAX = 400 };

typedef struct event {
    int64_t part, at;
    char *text;
    size_t size;
    cci_digest leaf;
    cci_tree tree; /* with this event */
} event;

static event events[EVENTS_MAX + 1]; /* by number; the first is that of the empty log */
static uint64_t last;
static cocreate_store *kept, *memory; /* the tampered store, and the one that replays it */
static cci_engine *keeper, *shadow;
static uint64_t cases;

/* ---- the store, seen from one row on ---- */

static cci_backend window;
static uint64_t window_from, window_to;
static int64_t window_part;
static int32_t window_kind;

static cocreate_status scan_events(void *self, uint64_t from, uint64_t to, cci_event_visitor visit,
                                   void *user, cocreate_error *error)
{
    (void)from;
    (void)to;
    return cci_backend_sqlite.scan_events(self, window_from, window_to, visit, user, error);
}

static cocreate_status scan_rows(void *self, int64_t part, int32_t kind, cci_bytes prefix,
                                 cci_row_visitor visit, void *user, cocreate_error *error)
{
    int all = part < 0;
    return cci_backend_sqlite.scan_rows(self, all ? window_part : part, all ? window_kind : kind,
                                        prefix, visit, user, error);
}

/* ---- tampering ---- */

static sqlite3 *database(void)
{
    return ((cci_sqlite *)kept->self)->db;
}

static void sql(const char *format, ...)
{
    char text[300];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    assert_int_equal(sqlite3_exec(database(), text, NULL, NULL, NULL), SQLITE_OK);
}

/* One value of one row: `text` has ?1 for the bytes and, where there is one, ?2 for the id. */
CHECK_UNUSED static void sql_bytes(const char *text, const void *bytes, size_t size, const void *id,
                                   size_t id_size)
{
    sqlite3_stmt *stmt = NULL;
    assert_int_equal(sqlite3_prepare_v2(database(), text, -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_bind_blob(stmt, 1, bytes, (int)size, SQLITE_TRANSIENT), SQLITE_OK);
    if (id)
        assert_int_equal(sqlite3_bind_blob(stmt, 2, id, (int)id_size, SQLITE_TRANSIENT), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_DONE);
    sqlite3_finalize(stmt);
}

CHECK_UNUSED static void write_event(uint64_t seq, const char *column, const void *bytes, size_t size)
{
    char text[100];
    snprintf(text, sizeof text, "UPDATE event SET %s = ?1 WHERE seq = %llu", column, ull(seq));
    sql_bytes(text, bytes, size, NULL, 0);
}

/* ---- verification from a row on ---- */

typedef struct trial {
    uint64_t from, to;      /* events that are replayed; to 0: to the end */
    const cci_tree *head;   /* what the head says */
    uint64_t anchor;        /* a root was published of so many events, or 0 */
    int with_state, commit; /* compare the rows too; keep what was replayed */
    int64_t late;           /* by how much the head is wrong about the time of the last event */
} trial;

static cocreate_status try(const trial *t)
{
    cci_digest root = cci_tree_root(&events[t->anchor].tree);
    cci_verification v = {.original = keeper,
                          .shadow = shadow,
                          .root = t->anchor ? root.bytes : NULL,
                          .root_size = t->anchor};
    cocreate_error error = {0};
    window_from = t->from;
    window_to = t->to;
    keeper->tree = *t->head;
    keeper->last_at = t->late + (t->head->size == 0 ? INT64_MIN
                                 : t->head->size <= last ? events[t->head->size].at : events[last].at);
    memset(&check_error, 0, sizeof check_error);
    assert_status(cci_transaction_begin(shadow, &check_error), COCREATE_OK);
    cocreate_status status = cci_verify_events(&v, &error);
    if (status == COCREATE_OK && t->with_state)
        status = cci_verify_state(&v, &error);
    shadow->previewing = !t->commit;
    assert_int_equal(cci_transaction_end(shadow, status, NULL), status);
    shadow->previewing = 0;
    check_error = error;
    cases += !t->commit;
    return status;
}

CHECK_UNUSED static void expect(const trial *t, uint64_t i, const char *what, const char *text)
{
    cocreate_status status = try(t);
    if (status == COCREATE_ERR_VERIFY && strcmp(check_error.text, text) == 0)
        return;
    fail_msg("event %llu, %s: is %s\n  text:     %s\n  expected: %s", ull(i), what,
             cocreate_status_name(status), check_error.text, text);
}

CHECK_UNUSED static void undo_tampering(void)
{
    sql("ROLLBACK TO tampering");
}

/* ---- the log ---- */

static cocreate_status keep_event(void *user, const cci_event_row *row, cocreate_error *error)
{
    (void)user;
    (void)error;
    assert_true(row->seq <= EVENTS_MAX);
    event *e = &events[row->seq];
    *e = (event){row->part, row->at, NULL, row->payload.size, row->leaf, events[row->seq - 1].tree};
    cci_tree_append(&e->tree, &row->leaf);
    e->text = malloc(row->payload.size + 1);
    assert_non_null(e->text);
    memcpy(e->text, row->payload.data, row->payload.size);
    e->text[row->payload.size] = '\0';
    last = row->seq;
    return COCREATE_OK;
}

CHECK_UNUSED static int open_log(void **state)
{
    (void)state;
    kept = long_log_open(":memory:");
    assert_status(cci_engine_of(kept, &keeper, &check_error), COCREATE_OK);
    assert_status(kept->backend->scan_events(kept->self, 1, 0, keep_event, NULL, &check_error),
                  COCREATE_OK);
    window = *kept->backend;
    window.scan_events = scan_events;
    window.scan_rows = scan_rows;
    window_part = window_kind = -1;
    return 0;
}

CHECK_UNUSED static int close_log(void **state)
{
    (void)state;
    for (uint64_t i = 1; i <= last; i++)
        free(events[i].text);
    cocreate_store_close(kept);
    return 0;
}

/* A store that replays the log event by event. */
CHECK_UNUSED static void begin_replay(void)
{
    kept->backend = &window;
    assert_status(cocreate_store_open(NULL, ":memory:", NULL, &memory, &check_error), COCREATE_OK);
    assert_status(cci_engine_of(memory, &shadow, &check_error), COCREATE_OK);
    shadow->verifying = 1;
    assert_status(cocreate_store_begin(memory, &check_error), COCREATE_OK);
    sql("SAVEPOINT tampering");
}

CHECK_UNUSED static void end_replay(void)
{
    sql("RELEASE tampering");
    keeper->tree = events[last].tree;
    keeper->last_at = events[last].at;
    kept->backend = &cci_backend_sqlite;
    cocreate_store_close(memory);
}

CHECK_UNUSED static void replay(uint64_t from, uint64_t to)
{
    const trial t = {from, to, &events[to].tree, 0, 0, 1, 0};
    assert_status(try(&t), COCREATE_OK);
}

/* ---- rows of the state ---- */

typedef struct record {
    int64_t part, round;
    int32_t kind;
    char *id, *data;
    size_t id_size, size;
} record;

static record records[8 * EVENTS_MAX];
static size_t n_records;

static char *copy_bytes(cci_bytes bytes)
{
    char *copy = malloc(bytes.size + 1);
    assert_non_null(copy);
    memcpy(copy, bytes.data, bytes.size);
    copy[bytes.size] = '\0';
    return copy;
}

static void keep_record(int64_t part, int64_t round, int32_t kind, cci_bytes id, cci_bytes data)
{
    assert_true(n_records < sizeof records / sizeof *records);
    records[n_records++] =
        (record){part, round, kind, copy_bytes(id), copy_bytes(data), id.size, data.size};
}

CHECK_UNUSED static cocreate_status keep_row(void *user, int64_t part, int32_t kind, cci_bytes id,
                                             cci_bytes data, cocreate_error *error)
{
    (void)user;
    (void)error;
    keep_record(part, 0, kind, id, data);
    return COCREATE_OK;
}

CHECK_UNUSED static void drop_records(void)
{
    for (size_t i = 0; i < n_records; i++) {
        free(records[i].id);
        free(records[i].data);
    }
    n_records = 0;
}

#endif
