/* Every committee that a sequential rule can elect when ties are followed in all orders.
 *
 * Where such a rule stands is told by who is elected and at which price or load each was: other
 * orders that come to the same are followed once. */
#ifndef CCI_RANKING_BUDGET_ALL_ORDERS_H
#define CCI_RANKING_BUDGET_ALL_ORDERS_H

#include "ranking/budget/market.h"

/* Most states that are followed; past it COCREATE_ERR_LIMIT. */
#define CCI_STATES_MAX 262144

typedef struct cci_sequence {
    void *context;
    cci_market *market;
    /* Begin again: nothing taken. */
    cocreate_status (*reset)(void *context, cocreate_error *error);
    /* Who is next into market->tied; *n = 0 at the end. */
    cocreate_status (*next)(void *context, size_t *n, cocreate_error *error);
    /* Take one of these. */
    cocreate_status (*take)(void *context, uint32_t candidate, cocreate_error *error);
    /* The number at which the last one was taken, as exact text. */
    cocreate_status (*number)(void *context, uint32_t candidate, cci_buffer *out,
                              cocreate_error *error);
} cci_sequence;

/* Elect every committee of as many as there are seats. The trace of the run becomes "blank",
 * "committee_count", "committees" and "states", how many were followed. */
cocreate_status cci_all_orders(const cci_sequence *sequence, cocreate_error *error);

#endif
