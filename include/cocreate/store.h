/**
 * @file store.h
 * @brief Where campaigns live: a SQLite file, or memory.
 *
 * An acknowledged command is on disk: WAL with synchronous FULL. A store holds one tenant. A handle
 * belongs to one thread at a time; one process writes, others may read. docs/reference/store.md
 * tells what is in the file.
 */
#ifndef COCREATE_STORE_H
#define COCREATE_STORE_H

#include "cocreate/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** An open store. Made by cocreate_store_open(), freed by cocreate_store_close(). */
typedef struct cocreate_store cocreate_store;

/** How to open a store. Fill with cocreate_store_options_init(). */
typedef struct cocreate_store_options {
    size_t size;           /**< sizeof(cocreate_store_options) */
    const char *backend;   /**< "sqlite" (default) */
    const uint8_t *secret; /**< 32 fresh random bytes for the salts of personal data, never stored;
                                NULL: commands that carry personal data are refused */
    int32_t busy_ms;       /**< how long to wait for another writer; default 5000 */
    int32_t read_only;     /**< 1: the file must exist, is not changed, and no command is accepted;
                                default 0 */
    int32_t must_exist;    /**< 1: do not create the file; default 0 */
} cocreate_store_options;

/** Set every member to its default. */
COCREATE_API void cocreate_store_options_init(cocreate_store_options *options);

/**
 * Open a store, making it if there is none.
 *
 * A file that is not a store is refused and left as it is. An empty file becomes a store. A file
 * that may not be written can be opened read-only; it must then not change while it is open.
 *
 * @param allocator  memory for the library's part, or NULL (SQLite uses its own)
 * @param path       file name in UTF-8, or ":memory:"
 * @param options    or NULL for the defaults
 * @param[out] out   to be closed with cocreate_store_close()
 * @param[out] error why the call failed, or NULL
 * @return COCREATE_OK, COCREATE_ERR_IO, COCREATE_ERR_BUSY, COCREATE_ERR_CORRUPT (not a store, or a
 *         damaged one), COCREATE_ERR_VERSION (of a newer library), COCREATE_ERR_NOT_FOUND
 *         (must_exist, read_only), COCREATE_ERR_ARGUMENT or COCREATE_ERR_MEMORY
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_store_open(const cocreate_allocator *allocator, const char *path,
                    const cocreate_store_options *options, cocreate_store **out,
                    cocreate_error *error);

/** Close a store; NULL is fine. A batch that is still open is rolled back. */
COCREATE_API void cocreate_store_close(cocreate_store *store);

/**
 * Start a batch: the commands up to cocreate_store_commit() share one transaction, and so one wait
 * for the disk. They count as acknowledged only when the commit returns COCREATE_OK. A command that
 * fails inside a batch undoes itself alone. Where the disk or the memory of SQLite fails inside a
 * batch, all of it may be lost: every later command and the commit then say so.
 *
 * On a read-only store: until the commit or rollback all is read from one state.
 *
 * @return COCREATE_OK, COCREATE_ERR_ARGUMENT (a batch is open), COCREATE_ERR_BUSY,
 *         COCREATE_ERR_IO or COCREATE_ERR_MEMORY
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status cocreate_store_begin(cocreate_store *store,
                                                                      cocreate_error *error);

/**
 * Put a batch on disk. On failure the batch is rolled back. After COCREATE_ERR_IO a crash may still
 * bring it back, as with every database: repeat the commands with the same ids.
 *
 * @return as cocreate_store_begin(); COCREATE_ERR_ARGUMENT: no batch is open
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status cocreate_store_commit(cocreate_store *store,
                                                                       cocreate_error *error);

/** Forget a batch. @return COCREATE_OK or COCREATE_ERR_ARGUMENT (none is open). */
COCREATE_API COCREATE_MUST_CHECK cocreate_status cocreate_store_rollback(cocreate_store *store,
                                                                         cocreate_error *error);

/** What is in a store. */
typedef struct cocreate_store_info {
    size_t size;     /**< in: sizeof(cocreate_store_info) */
    int32_t format;  /**< version of the schema */
    int32_t in_batch; /**< 1 between begin and commit */
    uint64_t events; /**< length of the log */
    int64_t last_at; /**< time of the last event; INT64_MIN if there is none */
} cocreate_store_info;

/**
 * Read the counts.
 *
 * @return COCREATE_OK, COCREATE_ERR_ARGUMENT (size), COCREATE_ERR_IO, COCREATE_ERR_CORRUPT or
 *         COCREATE_ERR_MEMORY
 *
 * O(1).
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_store_info_get(cocreate_store *store, cocreate_store_info *out, cocreate_error *error);

/**
 * Copy the store to another file while it is in use (SQLite's online backup). The copy is one
 * state: what was committed when the call began.
 *
 * @param path  name of a file that does not exist, in UTF-8
 * @return COCREATE_OK, COCREATE_ERR_IO, COCREATE_ERR_BUSY, COCREATE_ERR_MEMORY,
 *         COCREATE_ERR_ARGUMENT (a batch is open, or no name) or COCREATE_ERR_CONFLICT (the file
 *         exists)
 *
 * O(size of the store).
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_store_backup(cocreate_store *store, const char *path, cocreate_error *error);

#ifdef __cplusplus
}
#endif

#endif
