/**
 * @file ranking.h
 * @brief Methods: evidence in, places out, exact and explained.
 *
 * cocreate_rank(profile, "schulze", "{}", NULL, &ranking, &error) runs a method of the registry.
 * A ranking is immutable and may be shared between threads.
 */
#ifndef COCREATE_RANKING_H
#define COCREATE_RANKING_H

#include "cocreate/profile.h"
#include "cocreate/tally.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A result. Made by cocreate_rank(), freed by cocreate_ranking_free(). */
typedef struct cocreate_ranking cocreate_ranking;

/**
 * Where one option stands.
 *
 * Most methods give a weak order: options with equal places share them. Schulze and the parallel
 * universes of instant runoff may leave a partial order, and then places overlap: each option has
 * the range of places that it takes in some order the method allows. A tie chain that ends in "id"
 * or "lot" gives every option a place of its own (but not with "parallel").
 */
typedef struct cocreate_place {
    size_t size;         /**< in: sizeof(cocreate_place) */
    uint64_t option;     /**< index in the profile */
    uint64_t from;       /**< best place it may claim, from 1 */
    uint64_t to;         /**< worst; from < to means a tie that no rule broke */
    double score;        /**< nearest double of the score; 0 where has_score is 0 */
    int32_t has_score;   /**< 0: the method gives this option no score (missing is last) */
    const char *exact;   /**< the score as an exact rational "p/q", or NULL; borrowed */
} cocreate_place;

/**
 * The registry as JSON: an array of {"name", "title", "evidence", "elects", "options", "exact",
 * "tally", "complexity", "source"}; each option has "name", "type", "default", "choices" or "min"
 * and "max", and "about".
 *
 * @return COCREATE_OK or COCREATE_ERR_MEMORY
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_methods(const cocreate_allocator *allocator, cocreate_text **out, cocreate_error *error);

/**
 * Rank the options of a profile.
 *
 * @param profile   evidence of a kind the method takes
 * @param method    name in the registry
 * @param options   JSON object of the method's options, or NULL for the defaults. Every method
 *                  takes "ties": a chain of steps, as "id", "earliest,lot" or ["earliest", "lot"],
 *                  with "seed" (64 hex digits) and "context" for "lot". Steps: "id" (the option
 *                  that stands first; in Pabulib files the smallest id), "earliest" (the option
 *                  submitted first; says nothing of a tie where a time is not known), "lot"
 *                  (cc-tie/1). Without a chain ties stay. "ties": "parallel" follows every order of
 *                  a tie, in methods that can. "seats" (default 1): options with a place up to it
 *                  win, or so many are elected; more seats than options run are refused. "margin":
 *                  "yes" also tells the margin of victory, "bootstrap": N with a "seed" the
 *                  confidence of places. Values may also be strings, as a command line gives them.
 * @param progress  reports and cancels, or NULL
 * @param[out] out  to be freed with cocreate_ranking_free(); uses the profile's allocator and does
 *                  not need the profile afterwards
 * @param[out] error why the call failed, or NULL; the text begins with the JSON path for options
 * @return COCREATE_OK, COCREATE_ERR_NOT_FOUND (method), COCREATE_ERR_PARSE or COCREATE_ERR_SCHEMA
 *         (options), COCREATE_ERR_ARGUMENT (evidence of another kind, no budget),
 *         COCREATE_ERR_OVERFLOW, COCREATE_ERR_LIMIT, COCREATE_ERR_TIE (a budget method whose tie
 *         chain does not tell what to buy), COCREATE_ERR_MEMORY or COCREATE_ERR_CANCELLED
 *
 * docs/reference/methods.md describes the methods, their options and traces. Complexity: see
 * cocreate_methods().
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_rank(const cocreate_profile *profile, const char *method, const char *options,
              const cocreate_progress *progress, cocreate_ranking **out, cocreate_error *error);

/**
 * Rank the options by a tally: the same places, scores, winners, ties and trace as cocreate_rank()
 * gives on the ballots.
 *
 * In the JSON `ballots.distinct` is null, since a tally does not know; so the digest differs. A
 * method takes a tally of the kind that cocreate_methods() names; those for which it names none need
 * the ballots. So do the options "margin" and "bootstrap".
 *
 * @return as cocreate_rank(); COCREATE_ERR_ARGUMENT also where the method takes no tally, or one of
 *         another kind
 *
 * O(size of the tally) besides what the method does with it.
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_rank_tally(const cocreate_tally *tally, const char *method, const char *options,
                    const cocreate_progress *progress, cocreate_ranking **out,
                    cocreate_error *error);

/** Free a ranking; NULL is fine. */
COCREATE_API void cocreate_ranking_free(cocreate_ranking *ranking);

/** Number of options that ran, which is the number of places. */
COCREATE_API size_t cocreate_ranking_size(const cocreate_ranking *ranking);

/**
 * The i-th best place, by `from`, then by `to`, then by index: options with equal places follow one
 * another.
 *
 * @return COCREATE_OK or COCREATE_ERR_ARGUMENT (size, index). O(1).
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_ranking_place(const cocreate_ranking *ranking, size_t index, cocreate_place *out,
                       cocreate_error *error);

/** Number of winners: one, the co-winners of a tie, a committee, or what a budget buys. */
COCREATE_API size_t cocreate_ranking_winner_count(const cocreate_ranking *ranking);

/** Option index of the i-th winner, in order of their places; SIZE_MAX past the end. */
COCREATE_API size_t cocreate_ranking_winner(const cocreate_ranking *ranking, size_t index);

/**
 * The whole result as canonical JSON, schema "cocreate.ranking/1": ballots, places, winners, ties
 * with the step that broke each, the trace of the method, and the digest. Borrowed; O(1).
 */
COCREATE_API const char *cocreate_ranking_json(const cocreate_ranking *ranking);

/** "sha256:" and 64 hex digits over the canonical JSON without its digest. Borrowed; O(1). */
COCREATE_API const char *cocreate_ranking_digest(const cocreate_ranking *ranking);

/**
 * The result in sentences a contributor understands, one a line: who wins, then who stands at each
 * of the first 100 places and how many more there are, then why: "B beats C by the path B-A-C,
 * weakest link 21". Numbers are written as people do: "2226.18877", "3 1/3", "about 3.333445"; the
 * JSON has them exactly.
 *
 * @return COCREATE_OK or COCREATE_ERR_MEMORY
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_ranking_explain(const cocreate_ranking *ranking, cocreate_text **out,
                         cocreate_error *error);

/**
 * Places from numbers that exist already (metrics, panels): the metric round of a campaign.
 *
 * @param allocator  memory, or NULL
 * @param ids        n distinct ids
 * @param scores     n decimals or fractions as text, or NULL entries where missing (always last)
 * @param at         n times for ties by "earliest", or NULL
 * @param n          how many
 * @param options    JSON object or NULL: "direction" ("descending" default, "ascending"),
 *                   "decimals" (round half to even before comparing; default: exact), "ties",
 *                   "seed", "context" as in cocreate_rank()
 * @param[out] out   a ranking whose option indices are those of `ids`
 * @param[out] error why the call failed, or NULL; `where` is the index of a bad score or id
 * @return as cocreate_rank()
 *
 * O(n log n).
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_rank_scores(const cocreate_allocator *allocator, const char *const *ids,
                     const char *const *scores, const int64_t *at, size_t n, const char *options,
                     cocreate_ranking **out, cocreate_error *error);

/**
 * Is a committee fair to groups of voters?
 *
 * A group of voters deserves l of k seats if it is at least l/k of all voters, ballots that approve
 * nobody left out. The properties, each of which says that there is no group of
 *
 * - "jr" (justified representation): voters who approve an option in common, deserve 1 seat, and
 *   approve no member each;
 * - "pjr" (proportional): voters who approve l options in common, deserve l seats, and approve
 *   fewer than l members together;
 * - "ejr" (extended): the same, but fewer than l members each;
 * - "ejr_plus": voters who approve an option outside of the committee in common, deserve l seats,
 *   and approve fewer than l members each;
 * - "fjr" (full): voters who deserve as many seats as there are options in some set, approve at
 *   least b of the set each, and fewer than b members each;
 * - "core": voters who deserve as many seats as there are options in some set, and approve more of
 *   the set than of the members each.
 *
 * And without regard to what groups deserve:
 *
 * - "pareto": no set of at most k options gives every voter at least as many approved ones as the
 *   committee, and somebody more;
 * - "priceability": with the same money for every voter, supporters can pay the same price for each
 *   member, so that the supporters of no other option have more than the price left together;
 * - "stable_priceability": the same, and the supporters of no other option would come to more than the
 *   price even if each of them gave what is left or, where that is more, the most he pays for a member.
 *   Where fewer options are approved than there are members, both say that all of those are members.
 *
 * @param profile    approvals
 * @param committee  n option indices, none twice or withdrawn
 * @param n          members, at most `seats`
 * @param seats      k, or 0 for n
 * @param property   a name from above
 * @param progress   reports and cancels, or NULL
 * @param[out] out   canonical JSON, schema "cocreate.committee_check/1": "committee", "property",
 *                   "satisfied", "seats", "voters", and where a group is found "violation" with
 *                   "options", "voters", the seats it "deserves", how many of the options each
 *                   approves ("approve"; 0 for the core), how many members it "has" (the most of
 *                   anyone, or together), and a "sentence". For pareto "options" are the better set,
 *                   as many as "deserves" says, and "voters" those who gain; for prices there is no
 *                   group: no options, and zeros
 * @param[out] error why the call failed, or NULL; `where` is the index of a bad member
 * @return COCREATE_OK, whether satisfied or not, COCREATE_ERR_NOT_FOUND (property),
 *         COCREATE_ERR_ARGUMENT (ballots of another kind, a bad committee), COCREATE_ERR_LIMIT,
 *         COCREATE_ERR_MEMORY or COCREATE_ERR_CANCELLED
 *
 * Exact. jr and ejr_plus take O(seats * approvals); prices are a linear program of at most 262,144
 * cells; the others have no fast algorithm (pjr, ejr and pareto are coNP-complete) and are searched in
 * at most 10^10 steps.
 * Sources: Aziz et al., Justified representation in approval-based committee voting (2017);
 * Sanchez-Fernandez et al., Proportional justified representation (2017); Brill & Peters, Robust and
 * verifiable proportionality axioms for multiwinner voting (2023); Peters, Pierczynski & Skowron,
 * Proportional participatory budgeting with additive utilities (2021), for fjr; Lackner & Skowron,
 * Multi-winner voting with approval preferences (2023), for pareto and prices; Peters, Pierczynski, Shah
 * & Skowron, Market-based explanations of collective decisions (2021), for stable ones.
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_committee_check(const cocreate_profile *profile, const uint32_t *committee, size_t n,
                         size_t seats, const char *property, const cocreate_progress *progress,
                         cocreate_text **out, cocreate_error *error);

#ifdef __cplusplus
}
#endif

#endif
