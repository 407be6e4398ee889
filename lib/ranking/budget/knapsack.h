/* The most value that a budget buys, exactly: partial selections, best items per cost first, kept as
 * long as they can still become one of the best (Nemhauser & Ullmann, with Dantzig's bound). */
#ifndef CCI_RANKING_BUDGET_KNAPSACK_H
#define CCI_RANKING_BUDGET_KNAPSACK_H

#include "ranking/budget/limits.h"

typedef struct cci_knapsack_item {
    int64_t value, cost; /* both > 0; with limits the cost may be 0 */
    uint32_t candidate;
    uint32_t rank;       /* among the items, all different: of equally good selections the one with
                            the item of rank 0 is best, then with that of rank 1 .. */
} cci_knapsack_item;

typedef struct cci_knapsack_best {
    int64_t value, cost;
    int64_t count; /* of equally good selections; INT64_MAX where there are more */
} cci_knapsack_best;

/* The items in the order in which they are looked at, and what they add up to. */
typedef struct cci_knapsack_sums {
    cocreate_allocator allocator;
    const cci_knapsack_item *items;
    size_t n;
    int64_t budget;
    int64_t *cost_before, *value_before; /* of the items before this one; n + 1 of them */
} cci_knapsack_sums;

/* Sorts the items: value per cost, then rank. On failure nothing is left to free. */
cocreate_status cci_knapsack_sums_open(cci_knapsack_sums *s, const cocreate_allocator *a,
                                       cci_knapsack_item *items, size_t n, int64_t budget,
                                       cocreate_error *error);
void cci_knapsack_sums_close(cci_knapsack_sums *s);
/* The most that the items from `first` on can add to a selection of this cost, if the first that
 * does not fit could be cut; *whole without the cut one. */
int64_t cci_knapsack_can_add(const cci_knapsack_sums *s, size_t first, int64_t cost,
                             int64_t *whole);

/* Sorts the items and sets taken[i] for those of the best selection. The sum of all values fits 64
 * bits. COCREATE_ERR_LIMIT where too many selections stay in the running. */
cocreate_status cci_knapsack(const cci_run *run, cci_knapsack_item *items, size_t n,
                             int64_t budget, uint8_t *taken, cci_knapsack_best *out,
                             cocreate_error *error);

/* The same with limits, by branch and bound: COCREATE_ERR_LIMIT after too many branches. */
cocreate_status cci_knapsack_limited(const cci_run *run, cci_limits *limits,
                                     cci_knapsack_item *items, size_t n, int64_t budget,
                                     uint8_t *taken, cci_knapsack_best *out,
                                     cocreate_error *error);

#endif
