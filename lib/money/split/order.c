#include "money/split/order.h"

static void sink(uint32_t *items, size_t n, size_t at, cci_before before, void *context)
{
    uint32_t item = items[at];
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= n)
            break;
        if (child + 1 < n && before(context, items[child + 1], items[child]))
            child++;
        if (!before(context, items[child], item))
            break;
        items[at] = items[child];
        at = child;
    }
    items[at] = item;
}

void cci_heap_build(uint32_t *items, size_t n, cci_before before, void *context)
{
    for (size_t at = n / 2; at-- > 0;)
        sink(items, n, at, before, context);
}

void cci_heap_sink(uint32_t *items, size_t n, cci_before before, void *context)
{
    if (n > 0)
        sink(items, n, 0, before, context);
}

/* Heapsort: the first goes to the end, so what comes out is reversed once more. */
void cci_order(uint32_t *items, size_t n, cci_before before, void *context)
{
    cci_heap_build(items, n, before, context);
    for (size_t end = n; end > 1;) {
        uint32_t first = items[0];
        items[0] = items[--end];
        items[end] = first;
        cci_heap_sink(items, end, before, context);
    }
    for (size_t i = 0; i < n / 2; i++) {
        uint32_t item = items[i];
        items[i] = items[n - 1 - i];
        items[n - 1 - i] = item;
    }
}
