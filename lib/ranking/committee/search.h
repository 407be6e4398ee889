/* Branch and bound over committees: every set of so many candidates, but for those that cannot be
 * among the best. */
#ifndef CCI_RANKING_COMMITTEE_SEARCH_H
#define CCI_RANKING_COMMITTEE_SEARCH_H

#include "ranking/committees.h"

/* Most steps of a search; past it COCREATE_ERR_LIMIT. A step is about one addition. */
#define CCI_SEARCH_STEPS UINT64_C(10000000000)

/* What a search asks of a method. `state` knows who is in, who is out and who is open. */
typedef struct cci_search_rules {
    void *state;
    /* An open candidate comes into the committee, or is open again. */
    void (*enter)(void *state, uint32_t candidate);
    void (*leave)(void *state, uint32_t candidate);
    /* An open candidate is out of this part of the search, or is open again. May be NULL. */
    void (*drop)(void *state, uint32_t candidate);
    void (*restore)(void *state, uint32_t candidate);
    /* All candidates: the first open one is decided upon next. May change in verdict(). */
    const uint32_t *order;
    /* Can a committee that adds `left` open ones to those who are in beat the best (< 0), tie with
     * it (0), or neither (> 0)? With `left` 0: does it? Must not be too pessimistic. */
    int (*verdict)(void *state, const uint8_t *open, size_t left);
    /* The committee is the best so far. */
    void (*keep)(void *state);
    uint64_t *steps; /* raised by the method as it works */
} cci_search_rules;

/* Fill `best` with the committees of `seats` that nothing beats; without "parallel" at least with
 * those that stand first by the tie chain. */
cocreate_status cci_search(cci_run *run, const cci_search_rules *rules, size_t seats,
                           cci_committees *best, cocreate_error *error);

#endif
