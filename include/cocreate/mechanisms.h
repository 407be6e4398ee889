/**
 * @file mechanisms.h
 * @brief What rules of rewards compute with, for arrays: numbers in, numbers out, no scheme.
 *
 * Each function is what a kind of rule of reward.h runs, for hosts that have their numbers at hand.
 */
#ifndef COCREATE_MECHANISMS_H
#define COCREATE_MECHANISMS_H

#include "cocreate/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Most players of cocreate_shapley(). */
#define COCREATE_SHAPLEY_MAX 24

/**
 * The Shapley value: what each player adds to those before, on average over all orders of joining.
 *
 * @param values            2^n_players worths: values[S] is that of the players i with bit i in S;
 *                          values[0], of nobody, is 0
 * @param n_players         1 to COCREATE_SHAPLEY_MAX
 * @param[out] numerators   n_players values times the denominator; they sum to the worth of all, times it
 * @param[out] denominator  the least that all values have in common; it divides that of 1 to n_players
 * @param[out] error        why the call failed, or NULL
 * @return COCREATE_OK, COCREATE_ERR_ARGUMENT (the number of players, or nobody is worth something),
 *         COCREATE_ERR_OVERFLOW if a numerator does not fit, or COCREATE_ERR_MEMORY
 *
 * Exact. O(2^n n) time, no memory that grows with 2^n. Pure.
 * Source: Shapley, A value for n-person games, 1953.
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_shapley(const int64_t *values, size_t n_players, int64_t *numerators,
                 int64_t *denominator, cocreate_error *error);

/** How gifts are matched. Fill with cocreate_matching_options_init() and change what differs. */
typedef struct cocreate_matching_options {
    size_t size;            /**< sizeof(cocreate_matching_options) */
    const char *match;      /**< "qf" (default), "pairwise" or "gitcoin_clr"; NULL is the default */
    int64_t bound;          /**< M of "pairwise", the threshold of "gitcoin_clr": minor units, above 0 */
    int64_t unit;           /**< minor units of 1 in "gitcoin_clr"; 100 by default */
    int64_t minimum;        /**< what a donor gives a project in all counts from here on; 0: always */
    int64_t cap;            /**< no match above this, what exceeds it goes to the others; 0: no cap */
    int32_t scale_up;       /**< not 0: pay the whole pool also where the matches need less */
    int32_t reserved;       /**< 0 */
    const int64_t *weights; /**< of each donor, 0 to 10^9: the billionths of their gifts that count;
                                 NULL: all */
} cocreate_matching_options;

/** Set every member to its default. */
COCREATE_API void cocreate_matching_options_init(cocreate_matching_options *options);

/**
 * Quadratic funding: match gifts to projects from a pool.
 *
 * The match of a project is the square of the sum of the roots of what each donor gave it, less the
 * squares of these roots; roots are rounded down to 32 binary places. Where the pool is short, or with
 * `scale_up`, it is shared in proportion to the matches by largest remainder, ties by index; else each
 * project gets its match, and their sum is rounded to the nearest minor unit. See the rule
 * quadratic_funding of reward.h.
 *
 * @param donors         n_gifts indices below n_donors
 * @param projects       n_gifts indices below n_projects
 * @param amounts        n_gifts amounts >= 0 in minor units; a donor may give to a project more than once
 * @param n_gifts        how many gifts, below 2^32 - 1
 * @param n_donors       how many donors, below 2^32 - 1
 * @param n_projects     how many projects, below 2^32 - 1
 * @param pool           minor units, 0 to 2^53 - 1
 * @param options        how, or NULL for the defaults
 * @param[out] matches   n_projects amounts
 * @param[out] returned  what of the pool was not needed; never NULL
 * @param[out] error     why the call failed, or NULL; `where` is the index of a bad gift or donor
 * @return COCREATE_OK, COCREATE_ERR_ARGUMENT, COCREATE_ERR_OVERFLOW (a donor gives a project more than
 *         2^53 - 1), COCREATE_ERR_LIMIT (more than 2^24 pairs of donors with "pairwise" or
 *         "gitcoin_clr") or COCREATE_ERR_MEMORY
 *
 * O(gifts + donors + projects log projects); with pairs O(pairs). Pure.
 * Source: Buterin, Hitzig & Weyl, A Flexible Design for Funding Public Goods, 2019; Buterin, Pairwise
 * coordination subsidies, 2019.
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_quadratic_funding(const uint32_t *donors, const uint32_t *projects, const int64_t *amounts,
                           size_t n_gifts, size_t n_donors, size_t n_projects, int64_t pool,
                           const cocreate_matching_options *options, int64_t *matches,
                           int64_t *returned, cocreate_error *error);

#ifdef __cplusplus
}
#endif

#endif
