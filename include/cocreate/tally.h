/**
 * @file tally.h
 * @brief What a family of methods needs to know of ballots, as numbers that add up.
 *
 * A profile holds every distinct ballot. Most methods need less: score voting the weight behind each
 * score, points by rank the weight behind each place, the Condorcet methods one number for every
 * ordered pair of options. A tally holds just that. It is
 * small whatever the number of ballots, and tallies of parts of an electorate merge into the tally
 * of all of it: any way of cutting the ballots into parts, tallying the parts - in threads, processes
 * or machines of the host - and merging them in any order gives the same bytes from
 * cocreate_tally_encode(). A changed vote is subtracted as it was and added as it is.
 *
 * cocreate_rank_tally() of ranking.h ranks by a tally. Methods that eliminate options or elect
 * committees need the ballots themselves: for them the profile is the state that merges.
 *
 * Threads: reading calls (const) may run in many threads at once; a call that changes a tally must
 * be alone. The library starts no threads.
 */
#ifndef COCREATE_TALLY_H
#define COCREATE_TALLY_H

#include "cocreate/profile.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What a tally holds. Values are frozen. */
typedef enum cocreate_tally_kind {
    COCREATE_TALLY_VALUES = 1, /**< of approvals, scores or points: for every option the weight
                                    behind each value; 24 bytes a value in use */
    COCREATE_TALLY_PLACES = 2, /**< of rankings: for every option the weight behind each place, told
                                    by how many stand above, how many share it, and how many the
                                    ballot ranks; 24 bytes a place in use */
    COCREATE_TALLY_PAIRS = 3   /**< of rankings: for every pair of options the weight of the ballots
                                    that rank one above the other, both in one rank, or only one of
                                    them; 16 bytes a pair, 24 with equal ranks; at most 8,192
                                    options */
} cocreate_tally_kind;

/** A tally. Made by cocreate_tally_new() or cocreate_tally_decode(), freed by
 * cocreate_tally_free(). */
typedef struct cocreate_tally cocreate_tally;

/** Counts of a tally. */
typedef struct cocreate_tally_info {
    size_t size;         /**< in: sizeof(cocreate_tally_info) */
    int32_t kind;        /**< a cocreate_tally_kind */
    int32_t ballot_kind; /**< a cocreate_ballot_kind */
    uint64_t options;    /**< number of options, withdrawn ones included */
    int64_t ballots;     /**< ballots added, empty ones included */
    int64_t weight;      /**< sum of their weights */
    int64_t empty;       /**< ballots that say nothing of any option */
    int64_t valid;       /**< ballots that say something of an option that runs */
    int64_t blank;       /**< weight of all others */
} cocreate_tally_info;

/**
 * A tally without ballots over the options of a profile.
 *
 * What is known of the options is copied, with budget and seats; the ballots are not. Options that
 * are withdrawn do not count, as they do not in cocreate_rank(); what is withdrawn later is counted
 * again from the ballots. Ballots of weight 0 are only counted, in `ballots` and `valid`.
 *
 * @param options    describes the options and the kind of ballots; its allocator serves the tally
 * @param kind       a cocreate_tally_kind that the kind of ballots allows
 * @param[out] out   to be freed with cocreate_tally_free()
 * @param[out] error why the call failed, or NULL
 * @return COCREATE_OK, COCREATE_ERR_ARGUMENT (kind), COCREATE_ERR_LIMIT or COCREATE_ERR_MEMORY
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_tally_new(const cocreate_profile *options, int32_t kind, cocreate_tally **out,
                   cocreate_error *error);

/** Free a tally; NULL is fine. */
COCREATE_API void cocreate_tally_free(cocreate_tally *tally);

/** Read the counts. @return COCREATE_OK or COCREATE_ERR_ARGUMENT (size). O(1). */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_tally_info_get(const cocreate_tally *tally, cocreate_tally_info *out,
                        cocreate_error *error);

/**
 * Count the ballots of a profile with the same kind of ballots, and the same options withdrawn, by
 * their ids in the same order.
 *
 * @param tally      unchanged on failure
 * @param ballots    read, and not needed afterwards
 * @param progress   reports and cancels, or NULL
 * @param[out] error why the call failed, or NULL
 * @return COCREATE_OK, COCREATE_ERR_ARGUMENT, COCREATE_ERR_OVERFLOW, COCREATE_ERR_MEMORY or
 *         COCREATE_ERR_CANCELLED
 *
 * Values: O(marks log marks). Pairs: O(options^2), and for each distinct ballot the square of what
 * it ranks, or less.
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_tally_add(cocreate_tally *tally, const cocreate_profile *ballots,
                   const cocreate_progress *progress, cocreate_error *error);

/**
 * Add what another tally of the same kind counted, over the same options as for cocreate_tally_add().
 *
 * @return COCREATE_OK, COCREATE_ERR_ARGUMENT, COCREATE_ERR_OVERFLOW or COCREATE_ERR_MEMORY
 *
 * Commutative and associative. O(size of both).
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_tally_merge(cocreate_tally *tally, const cocreate_tally *other, cocreate_error *error);

/**
 * Take what another tally counted out again: the inverse of merge.
 *
 * @return COCREATE_OK, or COCREATE_ERR_ARGUMENT if some number would become negative, so that the
 *         other cannot be part of this one, or COCREATE_ERR_MEMORY
 *
 * Numbers tell only so much: taking out ballots that were never added may leave no trace.
 * O(size of both).
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_tally_subtract(cocreate_tally *tally, const cocreate_tally *other, cocreate_error *error);

/**
 * The tally as bytes: portable, versioned, with a SHA-256 of the rest at the end.
 *
 * The same ballots give the same bytes however they were cut into parts, provided that options were
 * described alike. What is known of options, budget and seats is included.
 *
 * @return COCREATE_OK or COCREATE_ERR_MEMORY. O(size).
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_tally_encode(const cocreate_tally *tally, cocreate_text **out, cocreate_error *error);

/**
 * A tally from the bytes of cocreate_tally_encode(). Safe on any bytes; sizes are checked before
 * memory is taken.
 *
 * @param allocator  memory, or NULL
 * @param bytes      the encoding
 * @param size       its length
 * @param[out] out   to be freed with cocreate_tally_free()
 * @param[out] error why the call failed, or NULL; `where` is the byte offset
 * @return COCREATE_OK, COCREATE_ERR_CORRUPT, COCREATE_ERR_VERSION or COCREATE_ERR_MEMORY
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_tally_decode(const cocreate_allocator *allocator, const void *bytes, size_t size,
                      cocreate_tally **out, cocreate_error *error);

#ifdef __cplusplus
}
#endif

#endif
