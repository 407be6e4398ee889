/* The least burden: how low the highest load can be when the supporters of a set of options carry
 * their costs, sharing them as they like.
 *
 * That is the largest, over the subsets of the set, of cost of the subset / weight of everybody who
 * supports some of it. A maximum flow either carries all costs at a given level or names a subset
 * that is above it (Dinkelbach's method on the flow of options to ballots). */
#ifndef CCI_RANKING_BUDGET_BURDEN_H
#define CCI_RANKING_BUDGET_BURDEN_H

#include "ranking/budget/support.h"

/* cost / weight; weight 0: an option that nobody supports, and no level is enough. */
typedef struct cci_level {
    int64_t cost, weight;
} cci_level;

typedef struct cci_burden {
    cci_run *run;
    const cci_support *support;
    const int64_t *cost;
    uint32_t *ballot; /* the voters at hand: those who support some option of the set */
    uint32_t *slot;   /* by ballot: where it stands among these, from 1; 0: not among them */
    size_t voters;
    int64_t *free_cost, *free_weight; /* what is not carried yet, what can still carry */
    int64_t *flow;    /* by entry of the support */
    uint32_t *level_option, *level_voter, *queue;
    size_t *next_entry, *next_member;
    /* For each voter at hand the entries of the support that are his. */
    size_t *first;
    size_t *entry;
    uint32_t *owner; /* by these entries: position of the option in the set */
    size_t entry_room;
} cci_burden;

/* On failure nothing is left to free; freeing a zeroed struct is a no-op. */
cocreate_status cci_burden_open(cci_burden *b, cci_run *run, const cci_support *support,
                                const int64_t *cost, cocreate_error *error);
void cci_burden_close(cci_burden *b);

/* The least burden of the n options of `set`; `least` is a bound from below, such as that of a
 * subset. COCREATE_ERR_OVERFLOW where cost times weight does not fit 64 bits. */
cocreate_status cci_burden_of(cci_burden *b, const uint32_t *set, size_t n, cci_level least,
                              cci_level *out, cocreate_error *error);

/* -1, 0, 1 as a is lower than, as high as, higher than b. */
int cci_level_compare(cci_level a, cci_level b);

#endif
