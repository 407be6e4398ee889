/**
 * @file base.h
 * @brief Status, error, allocator, text: what every other header builds on.
 *
 * What is not in a header of this directory is not API. Include cocreate.h.
 *
 * Conventions of the whole library:
 * - A function that can fail returns cocreate_status and takes, as its last
 *   parameter, an optional caller-owned cocreate_error. On failure nothing is
 *   written to any output and no handle changes.
 * - Strings in are UTF-8 and NUL-terminated unless a size stands beside them;
 *   they are copied. Strings out are borrowed from the handle they were asked
 *   of and live as long as it does, unless the handle is a cocreate_text.
 * - Ids are chosen by the host: 1..128 bytes of UTF-8 without NUL.
 * - Time is int64 microseconds since 1970-01-01T00:00:00Z, given by the host.
 * - Money is int64 minor units of a named currency.
 * - No function reads a clock, a locale, the environment, the network or a
 *   random device, prints, exits, or keeps global mutable state.
 */
#ifndef COCREATE_BASE_H
#define COCREATE_BASE_H

#include <stddef.h>
#include <stdint.h>

#if defined(SWIG)
#define COCREATE_API
#define COCREATE_MUST_CHECK
#elif defined(__GNUC__) || defined(__clang__)
#define COCREATE_API __attribute__((visibility("default")))
#define COCREATE_MUST_CHECK __attribute__((warn_unused_result))
#else
#define COCREATE_API
#define COCREATE_MUST_CHECK
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** Version of this header; cocreate_version() tells that of the library. */
#define COCREATE_VERSION_MAJOR 0
#define COCREATE_VERSION_MINOR 1
#define COCREATE_VERSION_PATCH 0

/** Longest id in bytes, without the terminating NUL. */
#define COCREATE_ID_MAX 128

/**
 * Every status: name, value, one-line text.
 *
 * Values are frozen. 0 and above are successes, below 0 are failures; a
 * program that meets a failure it does not know treats it as a generic one.
 */
#define COCREATE_STATUS_LIST(X)                                                       \
    X(COCREATE_OK, 0, "done")                                                         \
    X(COCREATE_EXISTS, 1, "the same id with the same content exists: nothing to do")  \
    X(COCREATE_ERR_ARGUMENT, -1, "an argument is not valid")                          \
    X(COCREATE_ERR_MEMORY, -2, "out of memory")                                       \
    X(COCREATE_ERR_OVERFLOW, -3, "a number is too large")                             \
    X(COCREATE_ERR_PARSE, -4, "the text is not well-formed")                          \
    X(COCREATE_ERR_SCHEMA, -5, "the document does not follow its schema")             \
    X(COCREATE_ERR_LIMIT, -6, "a declared size limit is exceeded")                    \
    X(COCREATE_ERR_NOT_FOUND, -7, "no such name or id")                               \
    X(COCREATE_ERR_CONFLICT, -8, "the same id exists with different content")         \
    X(COCREATE_ERR_REFUSED, -9, "a rule of the campaign refuses the command")         \
    X(COCREATE_ERR_TIME, -10, "time runs backwards")                                  \
    X(COCREATE_ERR_PERMISSION, -11, "the actor may not do this")                      \
    X(COCREATE_ERR_BUSY, -12, "the store is in use by another writer")                \
    X(COCREATE_ERR_IO, -13, "the store cannot be read or written")                    \
    X(COCREATE_ERR_CORRUPT, -14, "the bytes are damaged or not of this library")      \
    X(COCREATE_ERR_VERIFY, -15, "verification failed")                                \
    X(COCREATE_ERR_CANCELLED, -16, "cancelled by the progress callback")              \
    X(COCREATE_ERR_UNBOUNDED, -17, "the scheme has no bound on what it may cost")     \
    X(COCREATE_ERR_VERSION, -18, "written by a newer version of the library")         \
    X(COCREATE_ERR_TIE, -19, "a tie that no declared rule breaks")                    \
    X(COCREATE_ERR_INTERNAL, -20, "a defect of the library")

/** Outcome of a call. See COCREATE_STATUS_LIST. */
typedef enum cocreate_status {
#define COCREATE_STATUS_ENUM(name, value, text) name = value,
    COCREATE_STATUS_LIST(COCREATE_STATUS_ENUM)
#undef COCREATE_STATUS_ENUM
        COCREATE_STATUS_FORCE_INT32 = 0x7fffffff
} cocreate_status;

/**
 * Why a call failed. Owned by the caller; pass NULL when the text is not wanted.
 *
 * A success leaves it untouched. The layout is frozen.
 */
typedef struct cocreate_error {
    int32_t status;    /**< the cocreate_status that was returned */
    uint32_t reserved; /**< always 0 */
    uint64_t where;    /**< line (file readers, 1-based), byte offset (decoders, JSON) or
                            index (arrays) of the offender; 0 where none applies */
    char text[240];    /**< one line of UTF-8, without a final period or newline */
} cocreate_error;

/** Name of a status, as in "COCREATE_OK"; "COCREATE_UNKNOWN" for an unknown value. Never NULL. */
COCREATE_API const char *cocreate_status_name(int32_t status);

/** One-line meaning of a status, lower case, no period. Never NULL. */
COCREATE_API const char *cocreate_status_text(int32_t status);

/** Number of statuses; with cocreate_status_at() the list for bindings. */
COCREATE_API size_t cocreate_status_count(void);

/**
 * The status at an index below cocreate_status_count(), in the order of COCREATE_STATUS_LIST;
 * COCREATE_ERR_ARGUMENT at any other.
 */
COCREATE_API int32_t cocreate_status_at(size_t index);

/** Version of the library as "MAJOR.MINOR.PATCH". Never NULL. */
COCREATE_API const char *cocreate_version(void);

/**
 * Where memory comes from. Given to a constructor and copied; what derives from a handle uses its
 * allocator. NULL stands for malloc, realloc and free.
 *
 * JSON documents and big integers live, while a call runs, in memory of jansson and libtommath
 * (malloc); their failures are COCREATE_ERR_MEMORY all the same.
 */
typedef struct cocreate_allocator {
    size_t size; /**< sizeof(cocreate_allocator) */
    /** `bytes` > 0; memory aligned for any type, or NULL. */
    void *(*allocate)(void *user, size_t bytes);
    /** As realloc: `block` may be NULL; on NULL the old block stands. */
    void *(*reallocate)(void *user, void *block, size_t bytes);
    /** `block` is never NULL. */
    void (*release)(void *user, void *block);
    void *user; /**< handed to the three functions */
} cocreate_allocator;

/**
 * Called now and then by long work.
 *
 * @param user   as given in cocreate_progress
 * @param done   steps done, never decreasing
 * @param total  steps expected, 0 where unknown
 * @return 0 to go on; anything else cancels: the call returns COCREATE_ERR_CANCELLED and changes
 *         nothing
 */
typedef int (*cocreate_progress_function)(void *user, uint64_t done, uint64_t total);

/** A progress callback with its argument. NULL where one is optional means: do not report. */
typedef struct cocreate_progress {
    size_t size;                     /**< sizeof(cocreate_progress) */
    cocreate_progress_function call; /**< may be NULL */
    void *user;                      /**< handed to `call` */
} cocreate_progress;

/**
 * Bytes made by the library: a JSON document, an encoded profile, a file. Immutable.
 *
 * Owned by the caller, who frees it with cocreate_text_free().
 */
typedef struct cocreate_text cocreate_text;

/** The bytes, followed by a NUL that does not count. Never NULL. Lives as long as `text`. O(1). */
COCREATE_API const char *cocreate_text_data(const cocreate_text *text);

/** Number of bytes, without the final NUL. O(1). */
COCREATE_API size_t cocreate_text_size(const cocreate_text *text);

/** Free a text; NULL is fine. */
COCREATE_API void cocreate_text_free(cocreate_text *text);

/**
 * A JSON document in canonical form (RFC 8785): sorted keys, shortest numbers, no white space.
 *
 * @param allocator  memory for the result, or NULL
 * @param json       a JSON text; refused are duplicate keys, NUL in strings, invalid UTF-8, nesting
 *                   beyond 64, and integers beyond +-(2^53 - 1), which RFC 8785 cannot hold, however
 *                   they are spelled (1e20; 1e21 and above are written with an exponent, and fine)
 * @param size       its length in bytes
 * @param[out] out   the canonical bytes, to be freed with cocreate_text_free()
 * @param[out] error why the call failed, or NULL; `where` is the byte offset
 * @return COCREATE_OK, COCREATE_ERR_PARSE, COCREATE_ERR_OVERFLOW, COCREATE_ERR_MEMORY, or
 *         COCREATE_ERR_ARGUMENT for an incomplete allocator or a NULL
 *
 * The result given again gives itself. O(size log size).
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_canonical_json(const cocreate_allocator *allocator, const char *json, size_t size,
                        cocreate_text **out, cocreate_error *error);

/**
 * SHA-256 (FIPS 180-4) of some bytes.
 *
 * @param bytes        what to hash; may be NULL if size is 0
 * @param size         its length
 * @param[out] digest  32 bytes
 *
 * O(size). Cannot fail.
 */
COCREATE_API void cocreate_sha256(const void *bytes, size_t size, uint8_t digest[32]);

/**
 * Order ids by seeded lots, rule cc-tie/1: ascending HMAC-SHA256(seed, context, id).
 *
 * A ticket depends on its id alone, so the order of the others does not change when one leaves.
 *
 * @param seed        32 bytes that were committed before and revealed after
 * @param context     what is drawn, such as "round:1"; part of every ticket
 * @param ids         n distinct ids
 * @param n           how many
 * @param[out] order  indices into ids, winner of the lot first
 * @param[out] error  why the call failed, or NULL; `where` is the index of a bad id
 * @return COCREATE_OK, COCREATE_ERR_ARGUMENT for a bad or repeated id or a NULL, or
 *         COCREATE_ERR_MEMORY
 *
 * O(n log n).
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_lots(const uint8_t seed[32], const char *context, const char *const *ids, size_t n,
              uint32_t *order, cocreate_error *error);

/**
 * The seed of cc-tie/1 from a closed log and a beacon named before the close.
 *
 * @param origin       name of the log, as in its checkpoint
 * @param log_size     number of leaves of the closed log
 * @param root         its 32-byte root
 * @param beacon       public random bytes; may be NULL if beacon_size is 0
 * @param beacon_size  their number
 * @param[out] seed    32 bytes
 *
 * Cannot fail.
 */
COCREATE_API void cocreate_lot_seed(const char *origin, uint64_t log_size, const uint8_t root[32],
                                    const uint8_t *beacon, size_t beacon_size, uint8_t seed[32]);

#ifdef __cplusplus
}
#endif

#endif
