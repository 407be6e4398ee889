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

/** How trust flows. Fill with cocreate_trust_options_init() and change what differs. */
typedef struct cocreate_trust_options {
    size_t size;                /**< sizeof(cocreate_trust_options) */
    int64_t alpha;              /**< the part of all trust that goes back to those trusted beforehand each
                                     time, in billionths: 0 to 10^9, by default 150,000,000 */
    int32_t iterations;         /**< how many times, 0 to 10,000; by default 150 */
    int32_t reserved;           /**< 0 */
    const int64_t *pre_trusted; /**< of each peer, a weight >= 0: how much it is trusted beforehand, one of
                                     them above 0; NULL: all alike, which is PageRank */
    const int64_t *start;       /**< of each peer, a weight >= 0: who has the trust at first; NULL: as
                                     `pre_trusted` */
} cocreate_trust_options;

/** Set every member to its default. */
COCREATE_API void cocreate_trust_options_init(cocreate_trust_options *options);

/**
 * EigenTrust: reputation from who trusts whom, each voice weighed by its own reputation.
 *
 * With c_ij = max(s_ij, 0) / sum_j max(s_ij, 0), t = (1 - alpha) C^T t + alpha p, `iterations` times; peers
 * who trust nobody pass on what they have by p. The edges of a pair are added up, so that good and bad
 * marks may stand apart; trust in oneself does not count. See the rule reputation of reward.h.
 *
 * @param from         n_edges indices below n_peers: who trusts
 * @param to           n_edges indices below n_peers: whom
 * @param weights      n_edges marks of at most 2^53 - 1 either way, or NULL for 1 each
 * @param n_edges      how many edges, below 2^32 - 1
 * @param n_peers      how many peers, below 2^32 - 1
 * @param options      how, or NULL for the defaults
 * @param[out] scores  n_peers parts of all trust in billionths; they sum to 10^9 but for the rounding of
 *                     each to the nearest billionth
 * @param[out] error   why the call failed, or NULL; `where` is the index of a bad edge or peer
 * @return COCREATE_OK, COCREATE_ERR_ARGUMENT, COCREATE_ERR_OVERFLOW (weights of a peer, or those
 *         beforehand, sum to more than 2^63 - 1) or COCREATE_ERR_MEMORY
 *
 * In whole numbers of 2^-62, so that the order of the edges cannot matter and every machine gives the same.
 * O(iterations * (edges + peers)). Pure.
 * Source: Kamvar, Schlosser & Garcia-Molina, The EigenTrust algorithm for reputation management in P2P
 * networks, 2003; Brin & Page, The anatomy of a large-scale hypertextual web search engine, 1998.
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_eigentrust(const uint32_t *from, const uint32_t *to, const int64_t *weights, size_t n_edges,
                    size_t n_peers, const cocreate_trust_options *options, int64_t *scores,
                    cocreate_error *error);

/** A score of cocreate_leaderboard_ranks() that is not there. */
#define COCREATE_SCORE_MISSING INT64_MIN

/**
 * Places by scores, the largest first, numbered in one of five ways.
 *
 * Of 100, 90, 90, 80: "competition" 1, 2, 2, 4; "modified" 1, 3, 3, 4; "dense" 1, 2, 2, 3; "fractional" 1,
 * 2.5, 2.5, 4; "ordinal" 1, 2, 3, 4. See the rule leaderboard of reward.h.
 *
 * @param scores            n scores, COCREATE_SCORE_MISSING for who has none
 * @param order             n numbers, as the times when the scores were reached: which of equal scores comes
 *                          first in "ordinal", the smaller, then the smaller index; NULL: by the index alone
 * @param n                 how many
 * @param ranks             how to number, or NULL for "competition"
 * @param[out] twice_ranks  n ranks times 2, so that fractional ones are whole, too; 0 for a missing score,
 *                          which has no rank
 * @param[out] error        why the call failed, or NULL
 * @return COCREATE_OK, COCREATE_ERR_ARGUMENT (no such way) or COCREATE_ERR_MEMORY
 *
 * O(n log n). Pure.
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_leaderboard_ranks(const int64_t *scores, const int64_t *order, size_t n, const char *ranks,
                           int64_t *twice_ranks, cocreate_error *error);

/**
 * A prediction market with a logarithmic market maker: what a trade is charged, and the prices after it.
 *
 * With q shares sold of each outcome, of which one of what happens pays `share`, the maker's cost is
 * b ln(sum of exp(share q / b)). A trade is charged what the cost rises by, rounded up, or refunded what it
 * falls by, rounded down; the maker loses at most b ln n. See the rule lmsr of reward.h, which charges the
 * same.
 *
 * @param sold         n_outcomes numbers of shares sold so far, 0 to 10^12
 * @param n_outcomes   2 to 100
 * @param b            the depth of the market in minor units, 1 to 2^53 - 1
 * @param share        what a share of what happens pays, in minor units, 1 to 2^53 - 1
 * @param outcome      what is traded, below n_outcomes
 * @param shares       how many are bought; less than 0: sold back; 0 asks for the prices
 * @param[out] minor   what is charged; less than 0: what is refunded
 * @param[out] prices  n_outcomes prices after the trade, each to the nearest billionth; or NULL
 * @param[out] error   why the call failed, or NULL; `where` is the index of a bad number of shares
 * @return COCREATE_OK, COCREATE_ERR_ARGUMENT, COCREATE_ERR_OVERFLOW (the charge is beyond 64 bits) or
 *         COCREATE_ERR_MEMORY
 *
 * O(n). Exponentials keep 15 decimals, logarithms 9, prices 9; all else is exact. Pure.
 * Source: Hanson, Logarithmic market scoring rules for modular combinatorial information aggregation, 2007.
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_lmsr_trade(const int64_t *sold, size_t n_outcomes, int64_t b, int64_t share, size_t outcome,
                    int64_t shares, int64_t *minor, int64_t *prices, cocreate_error *error);

#ifdef __cplusplus
}
#endif

#endif
