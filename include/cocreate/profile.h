/**
 * @file profile.h
 * @brief Evidence in memory: ballots over options, each distinct ballot kept once with its weight.
 *
 * A profile has one kind of ballot and a fixed number of options. It keeps the multiset of
 * distinct ballots with summed weights, which is exact for every method of ranking.h, makes
 * tallies small, and makes profiles mergeable: any way of cutting the ballots into parts, building
 * the parts and merging them gives the same bytes from cocreate_profile_encode().
 *
 * Threads: reading calls (const) may run in many threads at once; a call that changes a profile
 * must be alone.
 */
#ifndef COCREATE_PROFILE_H
#define COCREATE_PROFILE_H

#include "cocreate/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What a ballot says of an option. Values are frozen. */
typedef enum cocreate_ballot_kind {
    COCREATE_BALLOT_APPROVAL = 1, /**< approved or not; value 1 */
    COCREATE_BALLOT_RANKING = 2,  /**< rank 1 = best; equal ranks and unranked options are legal */
    COCREATE_BALLOT_SCORE = 3,    /**< a score of any integer scale; unscored options are legal */
    COCREATE_BALLOT_POINTS = 4    /**< points >= 0 shared out among options */
} cocreate_ballot_kind;

/** Most options a profile may have. */
#define COCREATE_OPTIONS_MAX 1000000

/** Value of cocreate_option.at when no time is known. */
#define COCREATE_NO_TIME INT64_MIN

/** Evidence. Made by cocreate_profile_new() or a reader, freed by cocreate_profile_free(). */
typedef struct cocreate_profile cocreate_profile;

/** What is known of an option. Strings out are borrowed from the profile. */
typedef struct cocreate_option {
    size_t size;       /**< in: sizeof(cocreate_option) */
    const char *id;    /**< unique in the profile; default: the index from 1 as decimal, followed
                            by ' while another option was given that id */
    const char *name;  /**< for people, UTF-8; default, also for "": the id */
    int64_t cost;      /**< >= 0, in units of 10^-cost_exponent; 0 where costs play no role */
    int64_t at;        /**< when it was submitted, for ties by "earliest"; or COCREATE_NO_TIME */
    int32_t withdrawn; /**< 1: stays on ballots, but never ranks or wins */
} cocreate_option;

/** Counts of a profile. */
typedef struct cocreate_profile_info {
    size_t size;           /**< in: sizeof(cocreate_profile_info) */
    int32_t kind;          /**< a cocreate_ballot_kind */
    int32_t cost_exponent; /**< decimals of costs and budget */
    uint64_t options;      /**< number of options */
    int64_t ballots;       /**< ballots added, empty ones included */
    int64_t weight;        /**< sum of their weights */
    int64_t empty;         /**< ballots that say nothing of any option */
    uint64_t distinct;     /**< distinct ballots, the empty one included */
    int64_t budget;        /**< in units of 10^-cost_exponent; -1 where there is none */
    int64_t seats;         /**< how many options are to be elected; 0 where nobody said */
} cocreate_profile_info;

/**
 * A new profile without ballots.
 *
 * @param allocator  memory, or NULL
 * @param kind       a cocreate_ballot_kind
 * @param n_options  1 .. COCREATE_OPTIONS_MAX
 * @param[out] out   to be freed with cocreate_profile_free()
 * @param[out] error why the call failed, or NULL
 * @return COCREATE_OK, COCREATE_ERR_ARGUMENT, COCREATE_ERR_LIMIT or COCREATE_ERR_MEMORY
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_profile_new(const cocreate_allocator *allocator, int32_t kind, size_t n_options,
                     cocreate_profile **out, cocreate_error *error);

/** Free a profile; NULL is fine. */
COCREATE_API void cocreate_profile_free(cocreate_profile *profile);

/** Read the counts. @return COCREATE_OK or COCREATE_ERR_ARGUMENT (size). O(1). */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_profile_info_get(const cocreate_profile *profile, cocreate_profile_info *out,
                          cocreate_error *error);

/**
 * Describe an option. NULL strings keep what stands. An id is given once: it can be repeated, but
 * not changed.
 *
 * @return COCREATE_OK, COCREATE_ERR_ARGUMENT (index, bad or repeated id) or COCREATE_ERR_MEMORY
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_profile_set_option(cocreate_profile *profile, size_t index,
                            const cocreate_option *option, cocreate_error *error);

/** Read what is known of an option. @return COCREATE_OK or COCREATE_ERR_ARGUMENT. O(1). */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_profile_option(const cocreate_profile *profile, size_t index, cocreate_option *out,
                        cocreate_error *error);

/** Index of the option with this id. @return COCREATE_OK or COCREATE_ERR_NOT_FOUND. O(1). */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_profile_find(const cocreate_profile *profile, const char *id, size_t *index,
                      cocreate_error *error);

/**
 * Declare the budget that budget methods spend, and the unit of it and of all costs.
 *
 * @param budget         >= 0, in units of 10^-cost_exponent
 * @param cost_exponent  0..18
 * @return COCREATE_OK or COCREATE_ERR_ARGUMENT
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_profile_set_budget(cocreate_profile *profile, int64_t budget, int32_t cost_exponent,
                            cocreate_error *error);

/**
 * Declare how many options are to be elected, as some files do. It is kept with the ballots and
 * changes no result: what a method elects is its own option `seats`.
 *
 * @param seats  up to the number of options; 0 takes the declaration back
 * @return COCREATE_OK or COCREATE_ERR_ARGUMENT
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_profile_set_seats(cocreate_profile *profile, int64_t seats, cocreate_error *error);

/**
 * Add a ballot.
 *
 * @param options  n distinct option indices
 * @param values   n values: ranks >= 1 (only their order counts: 1,5 is the same as 1,2), scores,
 *                 points >= 0; NULL for approvals, and for rankings where it means 1, 2, .. n
 * @param n        0 is an empty ballot, counted as such
 * @param count    how many such ballots, >= 1
 * @param weight   what they weigh together, >= 0
 * @param[out] error why the call failed, or NULL; `where` is the index into options
 * @return COCREATE_OK, COCREATE_ERR_ARGUMENT, COCREATE_ERR_OVERFLOW or COCREATE_ERR_MEMORY
 *
 * O(n log n), amortised.
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_profile_add(cocreate_profile *profile, const uint32_t *options, const int64_t *values,
                     size_t n, int64_t count, int64_t weight, cocreate_error *error);

/**
 * Add many rankings from a matrix of ranks; all or none.
 *
 * @param ranks      n_ballots rows of n_options unsigned ranks: 1 = best, equal = tied, 0 = not
 *                   ranked
 * @param width      bytes of one rank: 1, 2, 4 or 8, in the byte order of the machine
 * @param n_ballots  number of rows
 * @param n_options  must be that of the profile
 * @param weights    n_ballots weights >= 0, or NULL for 1 each
 * @param progress   reports and cancels, or NULL
 * @param[out] error why the call failed, or NULL; `where` is the row
 * @return COCREATE_OK, COCREATE_ERR_ARGUMENT, COCREATE_ERR_OVERFLOW, COCREATE_ERR_MEMORY or
 *         COCREATE_ERR_CANCELLED
 *
 * O(n_ballots * n_options) for ranks up to n_options.
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_profile_add_ranks(cocreate_profile *profile, const void *ranks, uint32_t width,
                           size_t n_ballots, size_t n_options, const int64_t *weights,
                           const cocreate_progress *progress, cocreate_error *error);

/**
 * Add many approval, score or points ballots from a matrix of values; all or none.
 *
 * @param values     n_ballots rows of n_options values
 * @param missing    the value that means "not marked"; approvals: 0 is not approved, 1 approved
 * @param n_ballots  number of rows
 * @param n_options  must be that of the profile
 * @param weights    n_ballots weights >= 0, or NULL for 1 each
 * @param progress   reports and cancels, or NULL
 * @param[out] error why the call failed, or NULL; `where` is the row
 * @return as cocreate_profile_add_ranks()
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_profile_add_values(cocreate_profile *profile, const int64_t *values, int64_t missing,
                            size_t n_ballots, size_t n_options, const int64_t *weights,
                            const cocreate_progress *progress, cocreate_error *error);

/**
 * Add all ballots of another profile of the same kind and the same option ids in the same order.
 *
 * What is known of options, budget and seats stays that of `profile`.
 *
 * @return COCREATE_OK, COCREATE_ERR_ARGUMENT, COCREATE_ERR_OVERFLOW or COCREATE_ERR_MEMORY
 *
 * Commutative and associative. O(options + ballots of `other`).
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_profile_merge(cocreate_profile *profile, const cocreate_profile *other,
                       cocreate_error *error);

/**
 * Take the ballots of another profile out again: the inverse of merge.
 *
 * @return COCREATE_OK, COCREATE_ERR_ARGUMENT if a ballot to take out is not there (nothing is taken
 *         out then; `where` is its place in `other`, in the order the ballots first came), or if
 *         the last of some ballots would leave weight behind
 *
 * O(options + ballots of `other`), and O(ballots of `profile`) where a ballot vanishes.
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_profile_subtract(cocreate_profile *profile, const cocreate_profile *other,
                          cocreate_error *error);

/**
 * The ballots of a profile as ballots of another kind. What is known of options, budget and seats,
 * counts and weights stay.
 *
 * from      | to       | each ballot
 * ----------|----------|---------------------------------------------------------------------------
 * rankings  | approval | approves the options with fewer than `top` others above them (default: all
 *           |          | it ranks); the order is lost
 * scores    | approval | approves the scores from `threshold` on, which must be given
 * points    | approval | approves what got `threshold` points or more (default 1)
 * approvals | ranking  | ties what it approves on rank 1; the rest is not ranked
 * scores    | ranking  | ranks by score, the highest first, equal ones tied; how far apart is lost
 * points    | ranking  | the same; what got no points is not ranked
 * approvals | score    | scores 1 each
 * points    | score    | scores its points
 * approvals | points   | gives 1 point each
 * scores    | points   | gives its scores as points; a negative one is refused
 *
 * To scores, `unmarked` is the score of the options that a ballot leaves out (default: none). To its
 * own kind a profile is copied. Rankings have no values that could become scores or points.
 *
 * @param kind       a cocreate_ballot_kind
 * @param options    a JSON object of `top`, `threshold` or `unmarked`, integers, where the table
 *                   has them; or NULL
 * @param[out] out   to be freed with cocreate_profile_free()
 * @param[out] error why the call failed, or NULL; `where` is the place of the ballot in the order
 *                   they first came
 * @return COCREATE_OK, COCREATE_ERR_ARGUMENT, COCREATE_ERR_PARSE, COCREATE_ERR_SCHEMA or
 *         COCREATE_ERR_MEMORY
 *
 * O(size log options).
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_profile_convert(const cocreate_profile *profile, int32_t kind, const char *options,
                         cocreate_profile **out, cocreate_error *error);

/**
 * Read a distinct ballot.
 *
 * @param index         below `distinct`, in canonical order (independent of how they were added)
 * @param capacity      room in `options` and `values`; n_options always suffices
 * @param[out] options  option indices: rankings best first, others ascending; may be NULL
 * @param[out] values   ranks 1, 2, .., scores, points, or 1; may be NULL
 * @param[out] n        how many (also when capacity is 0, to ask for the size)
 * @param[out] count    ballots
 * @param[out] weight   their weight together
 * @param[out] error    why the call failed, or NULL
 * @return COCREATE_OK, or COCREATE_ERR_ARGUMENT for a bad index, a capacity that is neither 0 nor
 *         enough, or a profile changed since its last cocreate_profile_sort()
 *
 * O(n).
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_profile_ballot(const cocreate_profile *profile, size_t index, size_t capacity,
                        uint32_t *options, int64_t *values, size_t *n, int64_t *count,
                        int64_t *weight, cocreate_error *error);

/**
 * Put the distinct ballots into canonical order, which cocreate_profile_ballot() needs.
 *
 * @return COCREATE_OK or COCREATE_ERR_MEMORY. O(d log d) after a change, else O(1).
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status cocreate_profile_sort(cocreate_profile *profile,
                                                                       cocreate_error *error);

/**
 * The profile as bytes: portable (little-endian), versioned, with a SHA-256 of the rest at the end.
 *
 * The same profile gives the same bytes however it was built. Holds options, costs, budget and
 * seats too.
 *
 * @return COCREATE_OK or COCREATE_ERR_MEMORY. O(size + d log d).
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_profile_encode(const cocreate_profile *profile, cocreate_text **out,
                        cocreate_error *error);

/**
 * A profile from the bytes of cocreate_profile_encode(). Safe on any bytes; sizes are checked
 * before memory is taken.
 *
 * @param allocator  memory, or NULL
 * @param bytes      the encoding
 * @param size       its length
 * @param[out] out   to be freed with cocreate_profile_free()
 * @param[out] error why the call failed, or NULL; `where` is the byte offset
 * @return COCREATE_OK, COCREATE_ERR_CORRUPT, COCREATE_ERR_VERSION or COCREATE_ERR_MEMORY
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_profile_decode(const cocreate_allocator *allocator, const void *bytes, size_t size,
                        cocreate_profile **out, cocreate_error *error);

#ifdef __cplusplus
}
#endif

#endif
