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

#ifdef __cplusplus
}
#endif

#endif
