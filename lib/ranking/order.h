/* Sorting with a context and a comparison that may fail, which qsort has not. */
#ifndef CCI_RANKING_ORDER_H
#define CCI_RANKING_ORDER_H

#include "base/memory.h"

/* *out < 0, 0, > 0 as a stands before, with, or after b. */
typedef cocreate_status (*cci_compare)(void *context, uint32_t a, uint32_t b, int *out,
                                       cocreate_error *error);

/* Stable merge sort, O(n log n). On failure `items` is some permutation of what it was. */
cocreate_status cci_sort(const cocreate_allocator *a, uint32_t *items, size_t n,
                         cci_compare compare, void *context, cocreate_error *error);

#endif
