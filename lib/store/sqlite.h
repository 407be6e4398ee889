/* The SQLite backend: one connection, its kept statements, and how its failures are told. */
#ifndef CCI_STORE_SQLITE_H
#define CCI_STORE_SQLITE_H

#include <sqlite3.h>

#include "store/backend.h"

/* Every statement that is kept: name and text. Values are bound, never written into the text. */
#define CCI_SQLITE_STATEMENTS(X)                                                                  \
    X(BEGIN, "BEGIN IMMEDIATE")                                                                   \
    X(BEGIN_READING, "BEGIN")                                                                     \
    X(COMMIT, "COMMIT")                                                                           \
    X(ROLLBACK, "ROLLBACK")                                                                       \
    X(SAVE, "SAVEPOINT command")                                                                  \
    X(RELEASE, "RELEASE command")                                                                 \
    X(UNDO, "ROLLBACK TO command")                                                                \
    X(APPEND_EVENT, "INSERT INTO event(seq, part, at, payload, leaf) VALUES(?1, ?2, ?3, ?4, ?5)") \
    X(SCAN_EVENTS,                                                                                \
      "SELECT seq, part, at, payload, leaf FROM event WHERE seq BETWEEN ?1 AND ?2 ORDER BY seq")  \
    X(DELETE_EVENT, "DELETE FROM event WHERE seq = ?1")                                           \
    X(GET_HEAD, "SELECT data FROM head WHERE one = 1")                                            \
    X(PUT_HEAD,                                                                                   \
      "INSERT INTO head(one, data) VALUES(1, ?1) ON CONFLICT(one) DO UPDATE SET data = ?1")       \
    X(GET_ROW, "SELECT data FROM row WHERE part = ?1 AND kind = ?2 AND id = ?3")                  \
    X(DELETE_ROW, "DELETE FROM row WHERE part = ?1 AND kind = ?2 AND id = ?3")                    \
    X(PUT_ROW,                                                                                    \
      "INSERT INTO row(part, kind, id, data) VALUES(?1, ?2, ?3, ?4)"                              \
      " ON CONFLICT(part, kind, id) DO UPDATE SET data = ?4")                                     \
    X(SCAN_ROWS_OF_KIND,                                                                          \
      "SELECT part, kind, id, data FROM row WHERE part = ?1 AND kind = ?2 AND id >= ?3"           \
      " ORDER BY id")                                                                             \
    X(SCAN_ROWS,                                                                                  \
      "SELECT part, kind, id, data FROM row WHERE part BETWEEN ?1 AND ?2"                         \
      " AND kind BETWEEN ?3 AND ?4 ORDER BY part, kind, id")                                      \
    X(GET_BALLOT,                                                                                 \
      "SELECT seq, weight, data FROM ballot WHERE part = ?1 AND round = ?2 AND voter = ?3")       \
    X(ADD_BALLOT,                                                                                 \
      "INSERT INTO ballot(part, round, voter, seq, weight, data) VALUES(?1, ?2, ?3, ?4, ?5, ?6)"  \
      " ON CONFLICT(part, round, voter) DO NOTHING")                                              \
    X(PUT_BALLOT,                                                                                 \
      "INSERT INTO ballot(part, round, voter, seq, weight, data) VALUES(?1, ?2, ?3, ?4, ?5, ?6)"  \
      " ON CONFLICT(part, round, voter) DO UPDATE SET seq = ?4, weight = ?5, data = ?6")          \
    X(DELETE_BALLOT, "DELETE FROM ballot WHERE part = ?1 AND round = ?2 AND voter = ?3")          \
    X(SCAN_BALLOTS_OF_ROUND,                                                                      \
      "SELECT part, round, voter, seq, weight, data FROM ballot WHERE part = ?1 AND round = ?2"   \
      " ORDER BY voter")                                                                          \
    X(SCAN_BALLOTS,                                                                               \
      "SELECT part, round, voter, seq, weight, data FROM ballot WHERE part BETWEEN ?1 AND ?2"     \
      " AND round BETWEEN ?3 AND ?4 ORDER BY part, round, voter")                                 \
    X(GET_PERSON, "SELECT salt, payload FROM person WHERE id = ?1")                               \
    X(PUT_PERSON,                                                                                 \
      "INSERT INTO person(id, salt, payload) VALUES(?1, ?2, ?3)"                                  \
      " ON CONFLICT(id) DO UPDATE SET salt = ?2, payload = ?3")                                   \
    X(ERASE_PERSON, "DELETE FROM person WHERE id = ?1")                                           \
    X(ALLOCATE,                                                                                   \
      "INSERT INTO sequence(name, value) VALUES(?1, 1)"                                           \
      " ON CONFLICT(name) DO UPDATE SET value = value + 1 RETURNING value")

typedef enum cci_sqlite_statement {
#define CCI_SQLITE_ENUM(name, text) CCI_SQL_##name,
    CCI_SQLITE_STATEMENTS(CCI_SQLITE_ENUM)
#undef CCI_SQLITE_ENUM
        CCI_SQL_COUNT
} cci_sqlite_statement;

/* A path in messages: whole, or its end, which says most. */
#define CCI_SHOWN 104

/* The head changes with every command. A transaction keeps it in memory and writes it once. */
typedef struct cci_head {
    cci_buffer bytes;
    int known; /* else it is as in the file */
    int dirty; /* to be written */
} cci_head;

typedef struct cci_sqlite {
    cocreate_allocator allocator;
    sqlite3 *db;
    char shown[CCI_SHOWN];
    int32_t busy_ms;
    int read_only;
    int in_transaction; /* between begin and commit or rollback, as the caller sees it */
    int lost;           /* SQLite undid the transaction, or an undo failed: it must not commit */
    int erased;         /* personal data, in this transaction: the log of the file must go, too */
    int unfinished;     /* a rollback that memory was too short for: to do before anything else */
    cci_head head, head_before; /* as the transaction sees it, and at the undo point if it changed */
    int undo_open;              /* between save and release or undo */
    int head_changed;           /* since then: head_before holds */
    int saved;                  /* since then a savepoint was set */
    /* Else what was written since then, and an undo deletes. */
    int64_t noted_event; /* its number, or 0 */
    int noted_ballot;
    int64_t noted_part, noted_round;
    cci_buffer noted_voter;
    sqlite3_stmt *kept[CCI_SQL_COUNT];
} cci_sqlite;

/* Make up for a rollback that failed. SQLITE_OK, or why it still cannot be done. */
int cci_sqlite_settle(cci_sqlite *s);
/* A status and one line for what SQLite answered. */
cocreate_status cci_sqlite_failure(const cci_sqlite *s, int code, cocreate_error *error);

/* How a file of an older format becomes one of the next: a step changes tables and rows within the
 * transaction that it finds open. A new format is a new CCI_STORE_FORMAT, a step in sqlite_open.c, and a
 * store of the old one in tests/golden/stores. */
typedef struct cci_migration {
    int64_t from;
    cocreate_status (*step)(cci_sqlite *s, cocreate_error *error); /* NULL: the end of a list */
} cci_migration;
/* All steps from one format to another, or none. A file that is read alone is COCREATE_ERR_VERSION, a format
 * that no step starts from COCREATE_ERR_CORRUPT. */
cocreate_status cci_sqlite_migrate(cci_sqlite *s, const cci_migration *steps, int64_t from, int64_t to,
                                   cocreate_error *error);

/* One run of a kept statement: open, bind in order, step, read, close. The first failure sticks,
 * and cci_query_close() tells it. */
typedef struct cci_query {
    cci_sqlite *s;
    sqlite3_stmt *stmt;
    cci_sqlite_statement which;
    int bound;
    int code; /* SQLITE_OK, or what failed first */
} cci_query;

void cci_query_open(cci_query *q, cci_sqlite *s, cci_sqlite_statement which);
/* The same for what writes: fails unless the transaction still stands. What it writes is undone. */
void cci_query_write(cci_query *q, cci_sqlite *s, cci_sqlite_statement which);
/* The same for what the caller notes, or nobody undoes. */
void cci_query_noted(cci_query *q, cci_sqlite *s, cci_sqlite_statement which);
void cci_query_i64(cci_query *q, int64_t value);
void cci_query_blob(cci_query *q, const void *data, size_t size); /* lives until the close */
void cci_query_text(cci_query *q, const char *text);              /* the same */
int cci_query_row(cci_query *q); /* 1: a row stands; 0: no more, or failed */
int64_t cci_query_get_i64(const cci_query *q, int column);
cci_bytes cci_query_get_blob(const cci_query *q, int column); /* lives until the next step */
cocreate_status cci_query_close(cci_query *q, cocreate_error *error);
/* Open, run without rows, close. */
cocreate_status cci_query_run(cci_sqlite *s, cci_sqlite_statement which, cocreate_error *error);

/* A statement without rows, inside the transaction. */
cocreate_status cci_query_plainly(cci_sqlite *s, cci_sqlite_statement which, cocreate_error *error);

/* sqlite_undo.c: the undo point of a command. */
cocreate_status cci_sqlite_save(void *self, cocreate_error *error);
cocreate_status cci_sqlite_release(void *self, cocreate_error *error);
void cci_sqlite_undo(void *self);
void cci_undo_forget(cci_sqlite *s); /* the transaction begins or has ended */
int cci_undo_point(cci_sqlite *s);   /* set the savepoint that is missing; a code of SQLite */
/* Can the next event, or ballot that is added, be noted? Else it is written as anything else. */
int cci_undo_notes_event(const cci_sqlite *s);
int cci_undo_notes_ballot(cci_sqlite *s, cci_bytes voter);

/* sqlite_head.c: what the transaction does with the head. */
void cci_head_forget(cci_sqlite *s);
void cci_head_save(cci_sqlite *s);
void cci_head_release(cci_sqlite *s);
void cci_head_undo(cci_sqlite *s);
cocreate_status cci_head_flush(cci_sqlite *s, cocreate_error *error);

/* Does the transaction stand, or did SQLite undo it by itself? */
int cci_sqlite_stands(cci_sqlite *s);
cocreate_status cci_sqlite_lost(const cci_sqlite *s, cocreate_error *error);

/* Members of the backend table. */
cocreate_status cci_sqlite_open(const cocreate_allocator *a, const char *path,
                                const cocreate_store_options *options, void **self,
                                cocreate_error *error);
void cci_sqlite_close(void *self);
cocreate_status cci_sqlite_backup(void *self, const char *path, cocreate_error *error);

cocreate_status cci_sqlite_append_event(void *self, const cci_event_row *row,
                                        cocreate_error *error);
cocreate_status cci_sqlite_scan_events(void *self, uint64_t from, uint64_t to,
                                       cci_event_visitor visit, void *user, cocreate_error *error);
cocreate_status cci_sqlite_get_head(void *self, cci_buffer *out, cocreate_error *error);
cocreate_status cci_sqlite_put_head(void *self, cci_bytes head, cocreate_error *error);
cocreate_status cci_sqlite_get_row(void *self, int64_t part, int32_t kind, cci_bytes id, int *found,
                                   cci_buffer *out, cocreate_error *error);
cocreate_status cci_sqlite_put_row(void *self, int64_t part, int32_t kind, cci_bytes id,
                                   cci_bytes data, cocreate_error *error);
cocreate_status cci_sqlite_delete_row(void *self, int64_t part, int32_t kind, cci_bytes id,
                                      cocreate_error *error);
cocreate_status cci_sqlite_scan_rows(void *self, int64_t part, int32_t kind, cci_bytes prefix,
                                     cci_row_visitor visit, void *user, cocreate_error *error);
cocreate_status cci_sqlite_get_ballot(void *self, int64_t part, int64_t round, cci_bytes voter,
                                      int *found, uint64_t *seq, int64_t *weight, cci_buffer *data,
                                      cocreate_error *error);
cocreate_status cci_sqlite_add_ballot(void *self, int64_t part, int64_t round,
                                      const cci_ballot_row *row, int *added,
                                      cocreate_error *error);
cocreate_status cci_sqlite_put_ballot(void *self, int64_t part, int64_t round,
                                      const cci_ballot_row *row, cocreate_error *error);
cocreate_status cci_sqlite_delete_ballot(void *self, int64_t part, int64_t round, cci_bytes voter,
                                         cocreate_error *error);
cocreate_status cci_sqlite_scan_ballots(void *self, int64_t part, int64_t round,
                                        cci_ballot_visitor visit, void *user,
                                        cocreate_error *error);
cocreate_status cci_sqlite_put_person(void *self, cci_bytes id, const uint8_t salt[32],
                                      cci_bytes payload, cocreate_error *error);
cocreate_status cci_sqlite_get_person(void *self, cci_bytes id, int *found, uint8_t salt[32],
                                      cci_buffer *payload, cocreate_error *error);
cocreate_status cci_sqlite_erase_person(void *self, cci_bytes id, cocreate_error *error);
cocreate_status cci_sqlite_allocate(void *self, const char *sequence, int64_t *out,
                                    cocreate_error *error);

#endif
