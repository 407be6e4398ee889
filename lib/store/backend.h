/* What a store backend can do: rows, events, ballots, personal data; nothing of rules.
 *
 * A backend is one file and one line in registry.c. Every key begins with `part`: the number of
 * the campaign << 12, plus a slot derived from the voter (0 in SQLite, which has one writer), and 0
 * for what belongs to no campaign. Bytes handed to callbacks live until the callback returns; a
 * callback may read, but not write what is being scanned. Outside begin..commit a backend may only
 * be read. */
#ifndef CCI_STORE_BACKEND_H
#define CCI_STORE_BACKEND_H

#include "base/digest.h"
#include "cocreate/store.h"

typedef struct cci_bytes {
    const void *data;
    size_t size;
} cci_bytes;

typedef struct cci_event_row {
    uint64_t seq; /* from 1, gapless */
    int64_t part;
    int64_t at;
    cci_bytes payload; /* canonical JSON */
    cci_digest leaf;
} cci_event_row;

typedef struct cci_ballot_row {
    cci_bytes voter;
    uint64_t seq; /* of the event that cast it */
    int64_t weight;
    cci_bytes data; /* canonical JSON of the ballot */
} cci_ballot_row;

/* Visitors return COCREATE_OK to go on; any other status ends the scan and is its result. */
typedef cocreate_status (*cci_event_visitor)(void *user, const cci_event_row *row,
                                             cocreate_error *error);
typedef cocreate_status (*cci_row_visitor)(void *user, int64_t part, int32_t kind, cci_bytes id,
                                           cci_bytes data, cocreate_error *error);
typedef cocreate_status (*cci_ballot_visitor)(void *user, int64_t part, int64_t round,
                                              const cci_ballot_row *row, cocreate_error *error);

typedef struct cci_backend {
    const char *name;
    cocreate_status (*open)(const cocreate_allocator *a, const char *path,
                            const cocreate_store_options *options, void **self,
                            cocreate_error *error);
    void (*close)(void *self);
    /* On a read-only store: a snapshot; what is read up to the commit or rollback is one state. */
    cocreate_status (*begin)(void *self, cocreate_error *error);
    /* A commit that fails has rolled back. */
    cocreate_status (*commit)(void *self, cocreate_error *error);
    void (*rollback)(void *self); /* nothing to do where no transaction is open */
    /* An undo point inside a transaction, one at a time: a failed command undoes itself alone. */
    cocreate_status (*save)(void *self, cocreate_error *error);
    cocreate_status (*release)(void *self, cocreate_error *error);
    void (*undo)(void *self);

    cocreate_status (*append_event)(void *self, const cci_event_row *row, cocreate_error *error);
    /* In order of seq, from..to inclusive; to = 0 means to the end. A gap is
     * COCREATE_ERR_CORRUPT. */
    cocreate_status (*scan_events)(void *self, uint64_t from, uint64_t to, cci_event_visitor visit,
                                   void *user, cocreate_error *error);
    /* The head: opaque bytes of the log (its right edge, last time). Missing gives size 0. The
     * bytes are appended to `out`. Put is cheap: a transaction may keep it until the commit. */
    cocreate_status (*get_head)(void *self, cci_buffer *out, cocreate_error *error);
    cocreate_status (*put_head)(void *self, cci_bytes head, cocreate_error *error);

    /* State rows. get appends to `out` and sets *found. scan visits in order of (part, kind, id):
     * part < 0 means all parts, kind < 0 all kinds, prefix limits the ids. */
    cocreate_status (*get_row)(void *self, int64_t part, int32_t kind, cci_bytes id, int *found,
                               cci_buffer *out, cocreate_error *error);
    cocreate_status (*put_row)(void *self, int64_t part, int32_t kind, cci_bytes id,
                               cci_bytes data, cocreate_error *error);
    /* Nothing where there is no such row. */
    cocreate_status (*delete_row)(void *self, int64_t part, int32_t kind, cci_bytes id,
                                  cocreate_error *error);
    cocreate_status (*scan_rows)(void *self, int64_t part, int32_t kind, cci_bytes prefix,
                                 cci_row_visitor visit, void *user, cocreate_error *error);

    /* Ballots: one a (part, round, voter); add leaves one that is there and clears *added, put
     * replaces it, delete does nothing where there is none. scan in order of the key; part and
     * round < 0 mean all. */
    cocreate_status (*get_ballot)(void *self, int64_t part, int64_t round, cci_bytes voter,
                                  int *found, uint64_t *seq, int64_t *weight, cci_buffer *data,
                                  cocreate_error *error);
    cocreate_status (*add_ballot)(void *self, int64_t part, int64_t round,
                                  const cci_ballot_row *row, int *added, cocreate_error *error);
    cocreate_status (*put_ballot)(void *self, int64_t part, int64_t round,
                                  const cci_ballot_row *row, cocreate_error *error);
    cocreate_status (*delete_ballot)(void *self, int64_t part, int64_t round, cci_bytes voter,
                                     cocreate_error *error);
    cocreate_status (*scan_ballots)(void *self, int64_t part, int64_t round,
                                    cci_ballot_visitor visit, void *user, cocreate_error *error);

    /* Personal data beside the log: payload and salt, both erasable without touching the log. */
    cocreate_status (*put_person)(void *self, cci_bytes id, const uint8_t salt[32],
                                  cci_bytes payload, cocreate_error *error);
    cocreate_status (*get_person)(void *self, cci_bytes id, int *found, uint8_t salt[32],
                                  cci_buffer *payload, cocreate_error *error);

    /* Nobody is there: nothing to do. After the commit no file of the store holds a byte of it, once
     * no reader looks at an older state. */
    cocreate_status (*erase_person)(void *self, cci_bytes id, cocreate_error *error);

    /* The next number of a sequence, from 1; part of the transaction. */
    cocreate_status (*allocate)(void *self, const char *sequence, int64_t *out,
                                cocreate_error *error);
    cocreate_status (*backup)(void *self, const char *path, cocreate_error *error);
} cci_backend;

/* The registry: by name, or NULL. */
const cci_backend *cci_backend_find(const char *name);
extern const cci_backend cci_backend_sqlite;

/* Version of the schema that this library writes, and the newest it reads. */
#define CCI_STORE_FORMAT 1

/* Most bytes in a row; more is COCREATE_ERR_LIMIT. */
#define CCI_ROW_MAX 67108864

/* A store seen from the campaign floor. */
struct cocreate_store {
    cocreate_allocator allocator;
    const cci_backend *backend;
    void *self;
    uint8_t secret[32];
    int has_secret;
    int read_only;
    int in_batch; /* cocreate_store_begin .. commit */
    uint64_t batches; /* how many have begun: in one, nobody else writes */
    /* What the floor above keeps with the store, and how it is told of changes behind its back.
     * `committed` is called when a batch is on disk, `dropped` after a rollback: caches are stale.
     * `detach` is called on close. */
    void *above;
    void (*committed)(void *above);
    void (*dropped)(void *above);
    void (*detach)(void *above);
};

/* Head bytes the store itself reads: events (u64 le) and last_at (i64 le) come first; the rest is
 * the log's. */
#define CCI_HEAD_PREFIX 16

#endif
