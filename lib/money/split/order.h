/* Sorting and queueing by a total order. The C library's qsort knows no context and may allocate. */
#ifndef CCI_MONEY_SPLIT_ORDER_H
#define CCI_MONEY_SPLIT_ORDER_H

#include <stddef.h>
#include <stdint.h>

/* Does a come before b? A strict total order on the items at hand. */
typedef int (*cci_before)(void *context, uint32_t a, uint32_t b);

/* A heap with the item that comes before all others on top. */
void cci_heap_build(uint32_t *items, size_t n, cci_before before, void *context);
/* Restore the heap after the top was replaced or came to stand later. */
void cci_heap_sink(uint32_t *items, size_t n, cci_before before, void *context);

/* O(n log n), in place. */
void cci_order(uint32_t *items, size_t n, cci_before before, void *context);

/* Bring the k <= n items that come first to the head, in no order among themselves. O(n) as a rule,
 * O(n log n) at worst, in place. */
void cci_select(uint32_t *items, size_t n, size_t k, cci_before before, void *context);

#endif
