/* Breaking ties by the declared chain, and saying so. */
#ifndef CCI_RANKING_TIES_H
#define CCI_RANKING_TIES_H

#include "ranking/method.h"
#include "ranking/order.h"

/* Order the n tied candidates of `group`, best first, as far as the chain goes. ends[i] is set to
 * one past the last candidate that is still tied with the one at i. Each step that broke something
 * is added to the ties of the run, unless `quiet`. A step that cannot tell some of them apart
 * leaves these to the next step. */
cocreate_status cci_ties_break(cci_run *run, uint32_t *group, size_t n, size_t *ends, int quiet,
                               cocreate_error *error);

/* Give places first, first + 1, .. to the n candidates of `group`, who are tied, by the chain. */
cocreate_status cci_ties_place(cci_run *run, uint32_t *group, size_t n, uint64_t first,
                               cocreate_error *error);

/* Places by a comparison of candidates, best first; equal ones by the chain. */
cocreate_status cci_place_by(cci_run *run, cci_compare compare, void *context,
                             cocreate_error *error);

/* Places from the scores of the standings: highest first, missing last, ties by the chain. */
cocreate_status cci_place_by_score(cci_run *run, cocreate_error *error);

#endif
