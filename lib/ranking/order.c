/* Bottom-up merge sort. */
#include "ranking/order.h"

#include <string.h>

static cocreate_status merge(const uint32_t *from, uint32_t *to, size_t low, size_t middle,
                             size_t high, cci_compare compare, void *context,
                             cocreate_error *error)
{
    size_t left = low, right = middle;
    for (size_t at = low; at < high; at++) {
        int order = 0;
        if (left < middle && right < high)
            CCI_TRY(compare(context, from[left], from[right], &order, error));
        if (right == high || (left < middle && order <= 0))
            to[at] = from[left++];
        else
            to[at] = from[right++];
    }
    return COCREATE_OK;
}

cocreate_status cci_sort(const cocreate_allocator *a, uint32_t *items, size_t n,
                         cci_compare compare, void *context, cocreate_error *error)
{
    if (n < 2)
        return COCREATE_OK;
    uint32_t *scratch = cci_alloc(a, n, sizeof *scratch);
    if (scratch == NULL)
        return cci_no_memory(error);
    cocreate_status status = COCREATE_OK;
    for (size_t width = 1; width < n && status == COCREATE_OK; width *= 2) {
        for (size_t low = 0; low < n && status == COCREATE_OK; low += 2 * width) {
            size_t middle = width < n - low ? low + width : n;
            size_t high = width < n - middle ? middle + width : n;
            status = merge(items, scratch, low, middle, high, compare, context, error);
        }
        if (status == COCREATE_OK)
            memcpy(items, scratch, n * sizeof *items);
    }
    cci_free(a, scratch);
    return status;
}
