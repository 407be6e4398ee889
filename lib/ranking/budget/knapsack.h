/* The most value that a budget buys, exactly: partial selections, best items per cost first, kept as
 * long as they can still become one of the best (Nemhauser & Ullmann, with Dantzig's bound). */
#ifndef CCI_RANKING_BUDGET_KNAPSACK_H
#define CCI_RANKING_BUDGET_KNAPSACK_H

#include "ranking/method.h"

typedef struct cci_knapsack_item {
    int64_t value, cost; /* both > 0 */
    uint32_t candidate;
    uint32_t rank;       /* among the items, all different: of equally good selections the one with
                            the item of rank 0 is best, then with that of rank 1 .. */
} cci_knapsack_item;

typedef struct cci_knapsack_best {
    int64_t value, cost;
    int64_t count; /* of equally good selections; INT64_MAX where there are more */
} cci_knapsack_best;

/* Sorts the items and sets taken[i] for those of the best selection. The sum of all values fits 64
 * bits. COCREATE_ERR_LIMIT where too many selections stay in the running. */
cocreate_status cci_knapsack(const cci_run *run, cci_knapsack_item *items, size_t n,
                             int64_t budget, uint8_t *taken, cci_knapsack_best *out,
                             cocreate_error *error);

#endif
