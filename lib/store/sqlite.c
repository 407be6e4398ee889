/* SQLite behind the backend table: transactions, kept statements, and what failures mean. */
#include <errno.h>
#include <string.h>

#include "store/sqlite.h"

/* Why the system refused, without strerror(), which speaks the language of the locale. */
static const char *system_reason(int number)
{
    switch (number) {
    case 0:
        return "no reason given";
#ifdef ENOENT
    case ENOENT:
        return "no such file or directory";
#endif
#ifdef EACCES
    case EACCES:
        return "permission denied";
#endif
#ifdef EISDIR
    case EISDIR:
        return "it is a directory";
#endif
#ifdef ENOTDIR
    case ENOTDIR:
        return "a part of the path is not a directory";
#endif
#ifdef EROFS
    case EROFS:
        return "the file system is read-only";
#endif
#ifdef ENOSPC
    case ENOSPC:
        return "no space left";
#endif
#ifdef EFBIG
    case EFBIG:
        return "the file would be too large";
#endif
#ifdef ENAMETOOLONG
    case ENAMETOOLONG:
        return "the name is too long";
#endif
#ifdef EMFILE
    case EMFILE:
        return "too many open files";
#endif
    default:
        return "the system refused";
    }
}

cocreate_status cci_sqlite_failure(const cci_sqlite *s, int code, cocreate_error *error)
{
    const char *name = s->shown;
    /* The connection knows more than the code does, if it is the one that failed. */
    int knows = s->db && (sqlite3_errcode(s->db) & 0xff) == (code & 0xff);
    const char *text = knows ? sqlite3_errmsg(s->db) : sqlite3_errstr(code);
    const char *reason = system_reason(s->db ? sqlite3_system_errno(s->db) : 0);

    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return cci_fail(error, COCREATE_ERR_BUSY, "%s: in use by another writer (waited %d ms)",
                        name, (int)s->busy_ms);
    case SQLITE_NOMEM:
        return cci_no_memory(error);
    case SQLITE_CORRUPT:
        return cci_fail(error, COCREATE_ERR_CORRUPT, "%s: damaged: %s", name, text);
    case SQLITE_NOTADB:
        return cci_fail(error, COCREATE_ERR_CORRUPT, "%s: not a store of libcocreate", name);
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
        return cci_fail(error, COCREATE_ERR_CORRUPT, "%s: contradicts itself: %s", name, text);
    case SQLITE_TOOBIG:
        return cci_fail(error, COCREATE_ERR_LIMIT, "%s: more than %d bytes in one row", name,
                        CCI_ROW_MAX);
    case SQLITE_FULL:
        return cci_fail(error, COCREATE_ERR_IO, "%s: the disk is full", name);
    case SQLITE_READONLY:
        return cci_fail(error, COCREATE_ERR_IO, "%s: cannot be written: %s", name, text);
    case SQLITE_CANTOPEN:
        return cci_fail(error, COCREATE_ERR_IO, "%s: cannot be opened: %s", name, reason);
    case SQLITE_ERROR:
    case SQLITE_MISUSE:
    case SQLITE_RANGE:
    case SQLITE_INTERNAL:
        return cci_fail(error, COCREATE_ERR_INTERNAL, "%s: %s", name, text);
    default:
        return cci_fail(error, COCREATE_ERR_IO, "%s: %s (SQLite code %d): %s", name, text, code,
                        reason);
    }
}

/* Beside the codes of SQLite: the transaction is gone. */
#define QUERY_LOST (-1)

static const char *const statement_texts[CCI_SQL_COUNT] = {
#define CCI_SQLITE_TEXT(name, text) text,
    CCI_SQLITE_STATEMENTS(CCI_SQLITE_TEXT)
#undef CCI_SQLITE_TEXT
};

void cci_query_open(cci_query *q, cci_sqlite *s, cci_sqlite_statement which)
{
    int code = cci_sqlite_settle(s);
    if (code != SQLITE_OK) {
        *q = (cci_query){s, NULL, which, 0, code};
        return;
    }
    /* Taken out of its place while it runs: a visitor that asks the same again gets another. */
    *q = (cci_query){s, s->kept[which], which, 0, SQLITE_OK};
    s->kept[which] = NULL;
    if (!q->stmt)
        q->code = sqlite3_prepare_v3(s->db, statement_texts[which], -1, SQLITE_PREPARE_PERSISTENT,
                                     &q->stmt, NULL);
}

void cci_query_i64(cci_query *q, int64_t value)
{
    q->bound++;
    if (q->code == SQLITE_OK)
        q->code = sqlite3_bind_int64(q->stmt, q->bound, value);
}

void cci_query_blob(cci_query *q, const void *data, size_t size)
{
    q->bound++;
    /* A NULL pointer would bind NULL instead of no bytes. */
    if (q->code == SQLITE_OK)
        q->code = sqlite3_bind_blob64(q->stmt, q->bound, data ? data : "", size, SQLITE_STATIC);
}

void cci_query_text(cci_query *q, const char *text)
{
    q->bound++;
    if (q->code == SQLITE_OK)
        q->code = sqlite3_bind_text64(q->stmt, q->bound, text, strlen(text), SQLITE_STATIC,
                                      SQLITE_UTF8);
}

int cci_query_row(cci_query *q)
{
    if (q->code != SQLITE_OK)
        return 0;
    int code = sqlite3_step(q->stmt);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        q->code = code;
    return code == SQLITE_ROW;
}

int64_t cci_query_get_i64(const cci_query *q, int column)
{
    return sqlite3_column_int64(q->stmt, column);
}

cci_bytes cci_query_get_blob(const cci_query *q, int column)
{
    const void *data = sqlite3_column_blob(q->stmt, column);
    int size = sqlite3_column_bytes(q->stmt, column);
    return data ? (cci_bytes){data, (size_t)size} : (cci_bytes){"", 0};
}

cocreate_status cci_query_close(cci_query *q, cocreate_error *error)
{
    cci_sqlite *s = q->s;
    cocreate_status status = COCREATE_OK;
    if (q->code == QUERY_LOST)
        status = cci_sqlite_lost(s, error);
    else if (q->code != SQLITE_OK)
        status = cci_sqlite_failure(s, q->code, error);
    if (!q->stmt)
        return status;
    /* Repeats the failure that was told. What is bound may now dangle: it is not read before the
     * next run has bound it all again. */
    sqlite3_reset(q->stmt);
    if (s->kept[q->which])
        sqlite3_finalize(q->stmt);
    else
        s->kept[q->which] = q->stmt;
    q->stmt = NULL;
    return status;
}

cocreate_status cci_query_run(cci_sqlite *s, cci_sqlite_statement which, cocreate_error *error)
{
    cci_query q;
    cci_query_open(&q, s, which);
    cci_query_row(&q);
    return cci_query_close(&q, error);
}

/* After some failures (disk full, I/O, memory) SQLite undoes the whole transaction by itself. What
 * came next would then be committed statement by statement. */
int cci_sqlite_stands(cci_sqlite *s)
{
    assert(s->in_transaction);
    if (sqlite3_get_autocommit(s->db))
        s->lost = 1;
    return !s->lost;
}

cocreate_status cci_sqlite_lost(const cci_sqlite *s, cocreate_error *error)
{
    return cci_fail(error, COCREATE_ERR_IO,
                    "%s: the transaction was undone after an earlier failure", s->shown);
}

void cci_query_noted(cci_query *q, cci_sqlite *s, cci_sqlite_statement which)
{
    if (cci_sqlite_stands(s))
        cci_query_open(q, s, which);
    else
        *q = (cci_query){s, NULL, which, 0, QUERY_LOST};
}

void cci_query_write(cci_query *q, cci_sqlite *s, cci_sqlite_statement which)
{
    int code = cci_sqlite_stands(s) ? cci_undo_point(s) : SQLITE_OK;
    if (code == SQLITE_OK)
        cci_query_noted(q, s, which);
    else
        *q = (cci_query){s, NULL, which, 0, code};
}

cocreate_status cci_query_plainly(cci_sqlite *s, cci_sqlite_statement which, cocreate_error *error)
{
    cci_query q;
    cci_query_noted(&q, s, which);
    cci_query_row(&q);
    return cci_query_close(&q, error);
}

/* Undo whatever is open in SQLite. Where memory is too short even for that, it stays open, and is
 * undone before anything else is read or written. */
static void undo_all(cci_sqlite *s)
{
    s->unfinished = 0;
    if (!sqlite3_get_autocommit(s->db))
        (void)cci_query_run(s, CCI_SQL_ROLLBACK, NULL);
    s->unfinished = !sqlite3_get_autocommit(s->db);
}

int cci_sqlite_settle(cci_sqlite *s)
{
    if (s->unfinished)
        undo_all(s);
    return s->unfinished ? SQLITE_NOMEM : SQLITE_OK; /* nothing else stops it from starting */
}

static cocreate_status sqlite_begin(void *self, cocreate_error *error)
{
    cci_sqlite *s = self;
    assert(!s->in_transaction);
    CCI_TRY(cci_query_run(s, s->read_only ? CCI_SQL_BEGIN_READING : CCI_SQL_BEGIN, error));
    /* A reading transaction sees one state from its first read on: make that now. */
    cocreate_status status =
        s->read_only ? cci_query_run(s, CCI_SQL_GET_HEAD, error) : COCREATE_OK;
    if (status != COCREATE_OK) {
        undo_all(s);
        return status;
    }
    s->in_transaction = 1;
    s->lost = 0;
    cci_undo_forget(s);
    return COCREATE_OK;
}

static void sqlite_rollback(void *self)
{
    cci_sqlite *s = self;
    if (s->in_transaction)
        undo_all(s);
    s->in_transaction = 0;
    s->lost = 0;
    cci_undo_forget(s);
}

static cocreate_status sqlite_commit(void *self, cocreate_error *error)
{
    cci_sqlite *s = self;
    cocreate_status status = cci_head_flush(s, error);
    if (status == COCREATE_OK)
        status = cci_query_plainly(s, CCI_SQL_COMMIT, error);
    if (status != COCREATE_OK) {
        sqlite_rollback(s);
        return status;
    }
    s->in_transaction = 0;
    cci_undo_forget(s);
    /* The write-ahead log still holds the pages as they were. A reader may be in the way: then the
     * next commit tries again. */
    if (s->erased && sqlite3_wal_checkpoint_v2(s->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL,
                                               NULL) == SQLITE_OK)
        s->erased = 0;
    return COCREATE_OK;
}

const cci_backend cci_backend_sqlite = {
    .name = "sqlite",
    .open = cci_sqlite_open,
    .close = cci_sqlite_close,
    .begin = sqlite_begin,
    .commit = sqlite_commit,
    .rollback = sqlite_rollback,
    .save = cci_sqlite_save,
    .release = cci_sqlite_release,
    .undo = cci_sqlite_undo,
    .append_event = cci_sqlite_append_event,
    .scan_events = cci_sqlite_scan_events,
    .get_head = cci_sqlite_get_head,
    .put_head = cci_sqlite_put_head,
    .get_row = cci_sqlite_get_row,
    .put_row = cci_sqlite_put_row,
    .delete_row = cci_sqlite_delete_row,
    .scan_rows = cci_sqlite_scan_rows,
    .get_ballot = cci_sqlite_get_ballot,
    .add_ballot = cci_sqlite_add_ballot,
    .put_ballot = cci_sqlite_put_ballot,
    .delete_ballot = cci_sqlite_delete_ballot,
    .scan_ballots = cci_sqlite_scan_ballots,
    .put_person = cci_sqlite_put_person,
    .get_person = cci_sqlite_get_person,
    .erase_person = cci_sqlite_erase_person,
    .allocate = cci_sqlite_allocate,
    .backup = cci_sqlite_backup,
};
