/* Split Cycle's defeats: majorities that no circle takes back. */
#ifndef CCI_RANKING_CONDORCET_SPLIT_H
#define CCI_RANKING_CONDORCET_SPLIT_H

#include "ranking/condorcet/relation.h"

/* The links are the strengths of the majorities of n options, 0 where there is none, and stay.
 * `paths` is room for n * n and gets the strongest paths. Bit b of row a of `defeats`, which is
 * initialised and empty: a beats b, and every path back from b to a has a weaker link. The relation
 * has no circle, and is not transitive. O(n^3). */
cocreate_status cci_split_cycle(const cocreate_allocator *a, const int64_t *links, size_t n,
                                int64_t *paths, cci_relation *defeats, const cci_run *run,
                                cocreate_error *error);

#endif
