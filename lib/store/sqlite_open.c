/* SQLite: opening and making the file, closing it, copying it. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/checked.h"
#include "store/sqlite.h"

/* What makes a file ours: the application id "cocr" in its header, and exactly these tables. They
 * are compared by their text, so a change here is a new CCI_STORE_FORMAT. */
#define APPLICATION_ID 0x636f6372

static const char *const tables[][2] = {
    {"ballot", "CREATE TABLE ballot(part INTEGER NOT NULL, round INTEGER NOT NULL,"
               " voter BLOB NOT NULL, seq INTEGER NOT NULL, weight INTEGER NOT NULL,"
               " data BLOB NOT NULL, PRIMARY KEY(part, round, voter)) STRICT, WITHOUT ROWID"},
    {"event", "CREATE TABLE event(seq INTEGER PRIMARY KEY, part INTEGER NOT NULL,"
              " at INTEGER NOT NULL, payload BLOB NOT NULL, leaf BLOB NOT NULL) STRICT"},
    {"head", "CREATE TABLE head(one INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT"},
    {"person", "CREATE TABLE person(id BLOB NOT NULL PRIMARY KEY, salt BLOB NOT NULL,"
               " payload BLOB NOT NULL) STRICT, WITHOUT ROWID"},
    {"row", "CREATE TABLE row(part INTEGER NOT NULL, kind INTEGER NOT NULL, id BLOB NOT NULL,"
            " data BLOB NOT NULL, PRIMARY KEY(part, kind, id)) STRICT, WITHOUT ROWID"},
    {"sequence", "CREATE TABLE sequence(name TEXT NOT NULL PRIMARY KEY, value INTEGER NOT NULL)"
                 " STRICT, WITHOUT ROWID"},
};
#define TABLES (sizeof tables / sizeof *tables)

/* Defaults of SQLite differ from build to build, so all that matters is set. Checkpoints are rare
 * (64 MiB of log) because a busy vote rewrites the same pages again and again; deleted content is
 * overwritten because erased personal data must be gone; no memory map, because there a full or
 * failing disk kills the process by a signal. */
#define CONFIGURE                         \
    "PRAGMA page_size = 4096;"            \
    "PRAGMA cache_size = -65536;"         \
    "PRAGMA wal_autocheckpoint = 16384;"  \
    "PRAGMA secure_delete = ON;"          \
    "PRAGMA mmap_size = 0;"               \
    "PRAGMA temp_store = MEMORY;"         \
    "PRAGMA cell_size_check = ON;"        \
    "PRAGMA synchronous = FULL"

static cocreate_status configure(cci_sqlite *s, cocreate_error *error)
{
    sqlite3_extended_result_codes(s->db, 1);
    sqlite3_busy_timeout(s->db, (int)s->busy_ms);
    sqlite3_limit(s->db, SQLITE_LIMIT_LENGTH, CCI_ROW_MAX);
    sqlite3_limit(s->db, SQLITE_LIMIT_ATTACHED, 0);
    /* A store may come from a stranger: its schema is data, not code. */
    int code = sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_db_config(s->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_db_config(s->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_db_config(s->db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
    return code == SQLITE_OK ? COCREATE_OK : cci_sqlite_failure(s, code, error);
}

static cocreate_status not_ours(const cci_sqlite *s, const char *why, cocreate_error *error)
{
    return cci_fail(error, COCREATE_ERR_CORRUPT, "%s: not a store of libcocreate: %s", s->shown,
                    why);
}

/* Run one text that is asked only once; its first value, if a row came. */
static cocreate_status ask(cci_sqlite *s, const char *sql, int64_t *value, cocreate_error *error)
{
    sqlite3_stmt *stmt = NULL;
    int code = sqlite3_prepare_v2(s->db, sql, -1, &stmt, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(stmt);
    if (code == SQLITE_ROW && value)
        *value = sqlite3_column_int64(stmt, 0);
    cocreate_status status = COCREATE_OK;
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        status = cci_sqlite_failure(s, code, error);
    sqlite3_finalize(stmt);
    return status;
}

/* Look at the header of the file without taking a lock, so that a file of another program stays as
 * it is: SQLite itself would finish that program's interrupted transactions. */
static cocreate_status look(cci_sqlite *s, int *empty, cocreate_error *error)
{
    static const uint8_t magic[16] = "SQLite format 3";
    sqlite3_file *file = NULL;
    int code = sqlite3_file_control(s->db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    if (code != SQLITE_OK)
        return cci_sqlite_failure(s, code, error);
    *empty = 1;
    if (!file || !file->pMethods) /* in memory */
        return COCREATE_OK;
    uint8_t header[100] = {0};
    /* The size does not tell: to SQLite a file of one byte is empty. */
    code = file->pMethods->xRead(file, header, 1, 0);
    if (code == SQLITE_OK) {
        *empty = 0;
        code = file->pMethods->xRead(file, header, sizeof header, 0);
    }
    if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ)
        return cci_sqlite_failure(s, code, error);
    if (*empty)
        return COCREATE_OK;
    if (memcmp(header, magic, sizeof magic) != 0)
        return not_ours(s, "it is no SQLite file", error);
    uint32_t id = (uint32_t)header[68] << 24 | (uint32_t)header[69] << 16 |
                  (uint32_t)header[70] << 8 | header[71];
    if (id != APPLICATION_ID)
        return not_ours(s, "it belongs to another program", error);
    return COCREATE_OK;
}

/* All tables or none: the transaction takes part in SQLite's rollback journal, because the log
 * ahead of the file (WAL) is chosen only for a file that is ours. */
static cocreate_status create(cci_sqlite *s, cocreate_error *error)
{
    CCI_TRY(ask(s, "PRAGMA synchronous = EXTRA", NULL, error));
    CCI_TRY(ask(s, "BEGIN IMMEDIATE", NULL, error));
    int64_t id = 0;
    /* Another process may have been faster. */
    cocreate_status status = ask(s, "PRAGMA application_id", &id, error);
    if (status == COCREATE_OK && id == 0) {
        status = ask(s, "PRAGMA application_id = 0x636f6372", NULL, error);
        if (status == COCREATE_OK)
            status = ask(s, "PRAGMA user_version = 1", NULL, error); /* CCI_STORE_FORMAT */
        for (size_t i = 0; i < TABLES && status == COCREATE_OK; i++)
            status = ask(s, tables[i][1], NULL, error);
    }
    if (status == COCREATE_OK)
        status = ask(s, "COMMIT", NULL, error);
    if (status != COCREATE_OK)
        (void)ask(s, "ROLLBACK", NULL, NULL);
    else
        status = ask(s, "PRAGMA synchronous = FULL", NULL, error);
    return status;
}

/* ---- formats ---- */

/* One for each format there was, from the first on; the last entry, without a step, is today's. */
static const cci_migration migrations[] = {{CCI_STORE_FORMAT, NULL}};

static const cci_migration *step_from(const cci_migration *steps, int64_t format)
{
    while (steps->step && steps->from != format)
        steps++;
    return steps->step ? steps : NULL;
}

/* Every step from the format that the file has now: another process may have been faster. */
static cocreate_status take_steps(cci_sqlite *s, const cci_migration *steps, int64_t to,
                                  cocreate_error *error)
{
    int64_t format = 0;
    char set[60];
    CCI_TRY(ask(s, "PRAGMA user_version", &format, error));
    for (; format < to; format++) {
        const cci_migration *next = step_from(steps, format);
        if (!next)
            return cci_fail(error, COCREATE_ERR_CORRUPT, "%s: there is no format %lld", s->shown,
                            (long long)format);
        CCI_TRY(next->step(s, error));
    }
    snprintf(set, sizeof set, "PRAGMA user_version = %lld", (long long)format);
    return ask(s, set, NULL, error);
}

cocreate_status cci_sqlite_migrate(cci_sqlite *s, const cci_migration *steps, int64_t from, int64_t to,
                                   cocreate_error *error)
{
    if (!step_from(steps, from))
        return cci_fail(error, COCREATE_ERR_CORRUPT, "%s: there is no format %lld", s->shown,
                        (long long)from);
    if (s->read_only)
        return cci_fail(error, COCREATE_ERR_VERSION,
                        "%s: format %lld is older than this library reads (%lld): open it for writing once",
                        s->shown, (long long)from, (long long)to);
    CCI_TRY(ask(s, "BEGIN IMMEDIATE", NULL, error));
    cocreate_status status = take_steps(s, steps, to, error);
    if (status == COCREATE_OK)
        status = ask(s, "COMMIT", NULL, error);
    if (status != COCREATE_OK)
        (void)ask(s, "ROLLBACK", NULL, NULL);
    return status;
}

static cocreate_status check_version(cci_sqlite *s, cocreate_error *error)
{
    int64_t id = 0, version = 0;
    CCI_TRY(ask(s, "PRAGMA application_id", &id, error));
    CCI_TRY(ask(s, "PRAGMA user_version", &version, error));
    if (id != APPLICATION_ID)
        return not_ours(s, "it belongs to another program", error);
    if (version > CCI_STORE_FORMAT)
        return cci_fail(error, COCREATE_ERR_VERSION,
                        "%s: format %lld is newer than this library reads (%d)", s->shown,
                        (long long)version, CCI_STORE_FORMAT);
    return version == CCI_STORE_FORMAT
               ? COCREATE_OK
               : cci_sqlite_migrate(s, migrations, version, CCI_STORE_FORMAT, error);
}

/* The tables are ours, and there is nothing besides but statistics of ANALYZE: an index or a
 * trigger could change what our statements do. */
static cocreate_status check_tables(cci_sqlite *s, cocreate_error *error)
{
    sqlite3_stmt *stmt = NULL;
    int code = sqlite3_prepare_v2(s->db,
                                  "SELECT name, sql FROM sqlite_schema"
                                  " WHERE name NOT LIKE 'sqlite\\_stat%' ESCAPE '\\' ORDER BY name",
                                  -1, &stmt, NULL);
    size_t same = 0, count = 0;
    while (code == SQLITE_OK || code == SQLITE_ROW) {
        code = sqlite3_step(stmt);
        if (code != SQLITE_ROW)
            break;
        const char *name = (const char *)sqlite3_column_text(stmt, 0);
        const char *sql = (const char *)sqlite3_column_text(stmt, 1);
        if (count < TABLES && name && sql && strcmp(name, tables[count][0]) == 0 &&
            strcmp(sql, tables[count][1]) == 0)
            same++;
        count++;
    }
    cocreate_status status = COCREATE_OK;
    if (code != SQLITE_DONE)
        status = cci_sqlite_failure(s, code, error);
    else if (same != TABLES || count != TABLES)
        status = cci_fail(error, COCREATE_ERR_CORRUPT,
                          "%s: the tables are not those of format %d", s->shown,
                          CCI_STORE_FORMAT);
    sqlite3_finalize(stmt);
    return status;
}

/* Is there a file of this name? To SQLite an empty file does not exist, so it is asked twice. */
static int stands(const char *name)
{
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    int exists = 0, usable = 0;
    if (!vfs || vfs->xAccess(vfs, name, SQLITE_ACCESS_EXISTS, &exists) != SQLITE_OK ||
        vfs->xAccess(vfs, name, SQLITE_ACCESS_READWRITE, &usable) != SQLITE_OK)
        return 0;
    return exists || usable;
}

/* Has the file a log or its index beside it: is it in use, or was it left by a crash? */
static int has_log(const char *name, char *room)
{
    static const char *const endings[] = {"-wal", "-shm"};
    size_t length = strlen(name);
    memcpy(room, name, length);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        memcpy(room + length, endings[i], 5);
        if (stands(room))
            return 1;
    }
    return 0;
}

/* SQLite gives a meaning to names that begin with ':' or "file:". */
static void plain_name(const char *path, char *out)
{
    int special = strcmp(path, ":memory:") != 0 &&
                  (path[0] == ':' || strncmp(path, "file:", 5) == 0);
    if (special) {
        memcpy(out, "./", 2);
        out += 2;
    }
    memcpy(out, path, strlen(path) + 1);
}

static void immutable_name(const char *name, char *out)
{
    static const char digits[] = "0123456789ABCDEF", end[] = "?immutable=1";
    memcpy(out, "file:", 5);
    out += 5;
    for (const char *at = name; *at; at++) {
        uint8_t byte = (uint8_t)*at;
        *out++ = '%';
        *out++ = digits[byte >> 4];
        *out++ = digits[byte & 15];
    }
    memcpy(out, end, sizeof end);
}

static void disconnect(cci_sqlite *s)
{
    for (size_t i = 0; i < CCI_SQL_COUNT; i++) {
        sqlite3_finalize(s->kept[i]);
        s->kept[i] = NULL;
    }
    int code = sqlite3_close(s->db);
    assert(code == SQLITE_OK);
    (void)code;
    s->db = NULL;
}

static cocreate_status connect(cci_sqlite *s, const char *name, int flags, cocreate_error *error)
{
    int code = sqlite3_open_v2(name, &s->db, flags | SQLITE_OPEN_NOMUTEX, NULL);
    if (code == SQLITE_OK)
        return configure(s, error);
#ifdef ENOENT
    if ((code & 0xff) == SQLITE_CANTOPEN && !(flags & SQLITE_OPEN_CREATE) && s->db &&
        sqlite3_system_errno(s->db) == ENOENT)
        return cci_fail(error, COCREATE_ERR_NOT_FOUND, "%s: no such file", s->shown);
#endif
    return cci_sqlite_failure(s, code, error);
}

/* What is done with a connection before it is used. */
static cocreate_status take_over(cci_sqlite *s, int may_create, cocreate_error *error)
{
    int empty = 0;
    CCI_TRY(look(s, &empty, error));
    if (empty && !may_create)
        return not_ours(s, "it is empty", error);
    int code = sqlite3_exec(s->db, CONFIGURE, NULL, NULL, NULL);
    if (code != SQLITE_OK)
        return cci_sqlite_failure(s, code, error);
    if (empty)
        CCI_TRY(create(s, error));
    CCI_TRY(check_version(s, error));
    return check_tables(s, error);
}

static cocreate_status write_ahead(cci_sqlite *s, cocreate_error *error)
{
    sqlite3_stmt *stmt = NULL;
    int code = sqlite3_prepare_v2(s->db, "PRAGMA journal_mode = WAL", -1, &stmt, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(stmt);
    cocreate_status status = COCREATE_OK;
    if (code != SQLITE_ROW) {
        status = cci_sqlite_failure(s, code, error);
    } else {
        const char *mode = (const char *)sqlite3_column_text(stmt, 0);
        if (!mode || (strcmp(mode, "wal") != 0 && strcmp(mode, "memory") != 0))
            status = cci_fail(error, COCREATE_ERR_IO,
                              "%s: this file system cannot hold a write-ahead log", s->shown);
    }
    sqlite3_finalize(stmt);
    return status;
}

/* Reading leaves the file and its folder as they are. A file in use, or left by a crash, is read
 * with its log. Any other is opened for writing, but not written, because only then SQLite takes
 * its log away again at the end. One that cannot be written has no log and cannot get one. */
static cocreate_status open_to_read(cci_sqlite *s, const char *name, char *room,
                                    cocreate_error *error)
{
    if (has_log(name, room)) {
        CCI_TRY(connect(s, name, SQLITE_OPEN_READONLY, error));
        return take_over(s, 0, error);
    }
    CCI_TRY(connect(s, name, SQLITE_OPEN_READWRITE, error));
    cocreate_error reason = {0};
    cocreate_status status = COCREATE_ERR_IO;
    if (!sqlite3_db_readonly(s->db, "main")) {
        int code = sqlite3_exec(s->db, "PRAGMA query_only = ON", NULL, NULL, NULL);
        status = code == SQLITE_OK ? take_over(s, 0, &reason) : cci_sqlite_failure(s, code, &reason);
    }
    if (status == COCREATE_ERR_IO) {
        disconnect(s);
        immutable_name(name, room);
        CCI_TRY(connect(s, room, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, error));
        return take_over(s, 0, error);
    }
    if (status != COCREATE_OK && error)
        *error = reason;
    return status;
}

static void set_shown(cci_sqlite *s, const char *path)
{
    size_t length = strlen(path);
    if (length < CCI_SHOWN) {
        memcpy(s->shown, path, length + 1);
        return;
    }
    size_t rest = CCI_SHOWN - 1 - 3;
    memcpy(s->shown, "...", 3);
    memcpy(s->shown + 3, path + length - rest, rest + 1);
}

/* Room for every name made of a path: "./" before it, three bytes for each of its, and the longest
 * of "file:?immutable=1", "-wal" and a NUL. */
static char *name_room(const cocreate_allocator *a, const char *path)
{
    size_t size;
    if (!cci_mul_size(strlen(path), 3, &size) || !cci_add_size(size, 32, &size))
        return NULL;
    return cci_alloc(a, size, 1);
}

static cocreate_status open_file(cci_sqlite *s, const char *path,
                                 const cocreate_store_options *options, cocreate_error *error)
{
    char *name = name_room(&s->allocator, path);
    char *room = name_room(&s->allocator, path);
    cocreate_status status;
    if (!name || !room) {
        status = cci_no_memory(error);
    } else if (options->read_only) {
        plain_name(path, name);
        status = open_to_read(s, name, room, error);
    } else {
        plain_name(path, name);
        int flags = SQLITE_OPEN_READWRITE | (options->must_exist ? 0 : SQLITE_OPEN_CREATE);
        status = connect(s, name, flags, error);
        if (status == COCREATE_OK && sqlite3_db_readonly(s->db, "main"))
            status = cci_fail(error, COCREATE_ERR_IO, "%s: cannot be written: permission denied",
                              s->shown);
        if (status == COCREATE_OK)
            status = take_over(s, !options->must_exist, error);
        if (status == COCREATE_OK)
            status = write_ahead(s, error);
    }
    cci_free(&s->allocator, name);
    cci_free(&s->allocator, room);
    return status;
}

cocreate_status cci_sqlite_open(const cocreate_allocator *a, const char *path,
                                const cocreate_store_options *options, void **self,
                                cocreate_error *error)
{
    if (!sqlite3_threadsafe())
        return cci_fail(error, COCREATE_ERR_INTERNAL,
                        "this SQLite was built without thread safety");
    cci_sqlite *s = cci_alloc(a, 1, sizeof *s);
    if (!s)
        return cci_no_memory(error);
    s->allocator = *a;
    s->busy_ms = options->busy_ms;
    s->read_only = options->read_only;
    cci_buffer_init(&s->head.bytes, a);
    cci_buffer_init(&s->head_before.bytes, a);
    cci_buffer_init(&s->noted_voter, a);
    set_shown(s, path);
    cocreate_status status = open_file(s, path, options, error);
    if (status != COCREATE_OK) {
        cci_sqlite_close(s);
        return status;
    }
    *self = s;
    return COCREATE_OK;
}

void cci_sqlite_close(void *self)
{
    cci_sqlite *s = self;
    disconnect(s);
    cci_buffer_free(&s->head.bytes);
    cci_buffer_free(&s->head_before.bytes);
    cci_buffer_free(&s->noted_voter);
    cocreate_allocator allocator = s->allocator;
    cci_free(&allocator, s);
}

/* Copy all pages in one step, that is, from one state. Only reads from the source. */
static cocreate_status copy_pages(cci_sqlite *s, cci_sqlite *copy, cocreate_error *error)
{
    CCI_TRY(ask(copy, "PRAGMA synchronous = EXTRA", NULL, error));
    sqlite3_backup *backup = sqlite3_backup_init(copy->db, "main", s->db, "main");
    if (!backup)
        return cci_sqlite_failure(copy, sqlite3_extended_errcode(copy->db), error);
    (void)sqlite3_backup_step(backup, -1);
    int code = sqlite3_backup_finish(backup);
    return code == SQLITE_OK ? COCREATE_OK : cci_sqlite_failure(copy, code, error);
}

static void delete_file(const char *name)
{
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    if (vfs)
        (void)vfs->xDelete(vfs, name, 0);
}

cocreate_status cci_sqlite_backup(void *self, const char *path, cocreate_error *error)
{
    cci_sqlite *s = self;
    cci_sqlite copy = {.allocator = s->allocator, .busy_ms = s->busy_ms};
    int code = cci_sqlite_settle(s);
    if (code != SQLITE_OK)
        return cci_sqlite_failure(s, code, error);
    set_shown(&copy, path);
    char *name = name_room(&s->allocator, path);
    if (!name)
        return cci_no_memory(error);
    plain_name(path, name);
    int exists = stands(name);
    cocreate_status status = COCREATE_OK;
    if (exists)
        status = cci_fail(error, COCREATE_ERR_CONFLICT, "%s: the file exists", copy.shown);
    if (status == COCREATE_OK)
        status = connect(&copy, name, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);
    if (status == COCREATE_OK)
        status = copy_pages(s, &copy, error);
    disconnect(&copy);
    if (status != COCREATE_OK && !exists)
        delete_file(name); /* what this call made and could not finish */
    cci_free(&s->allocator, name);
    return status;
}
