#include "money/split/order.h"

#include <assert.h>

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

static void swap(uint32_t *items, size_t a, size_t b)
{
    uint32_t item = items[a];
    items[a] = items[b];
    items[b] = item;
}

/* Part n > 2 items about the middle one of three of them: returns where it ends up, with those that
 * come before it on its left. */
static size_t part(uint32_t *items, size_t n, cci_before before, void *context)
{
    size_t last = n - 1, middle = n / 2;
    if (before(context, items[middle], items[0]))
        swap(items, middle, 0);
    if (before(context, items[last], items[middle]))
        swap(items, last, middle);
    if (before(context, items[middle], items[0]))
        swap(items, middle, 0);
    swap(items, middle, last);
    size_t at = 0;
    for (size_t i = 0; i < last; i++)
        if (before(context, items[i], items[last]))
            swap(items, i, at++);
    swap(items, at, last);
    return at;
}

/* Quickselect (Hoare's FIND, CACM 4 (1961) 321); where its parts are bad too often, the rest is
 * sorted, so that the worst case is that of the heapsort. */
void cci_select(uint32_t *items, size_t n, size_t k, cci_before before, void *context)
{
    assert(k <= n);
    size_t rounds = 16;
    for (size_t left = n; left > 0; left /= 2)
        rounds += 2;
    while (k > 0 && k < n) {
        if (n < 16 || rounds-- == 0) {
            cci_order(items, n, before, context);
            return;
        }
        size_t at = part(items, n, before, context);
        if (k <= at) {
            n = at;
        } else {
            items += at + 1;
            n -= at + 1;
            k -= at + 1;
        }
    }
}
