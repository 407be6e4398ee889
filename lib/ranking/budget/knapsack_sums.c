/* Items by value per cost, and Dantzig's bound. */
#include <string.h>

#include "base/checked.h"
#include "ranking/budget/knapsack.h"
#include "ranking/order.h"

/* Value per cost, then rank, so that the order is one. */
static cocreate_status by_density(void *context, uint32_t a, uint32_t b, int *out,
                                  cocreate_error *error)
{
    const cci_knapsack_item *items = context, *x = &items[a], *y = &items[b];
    (void)error;
    *out = cci_compare_products((uint64_t)y->value, (uint64_t)x->cost, (uint64_t)x->value,
                                (uint64_t)y->cost);
    if (*out == 0)
        *out = (x->rank > y->rank) - (x->rank < y->rank);
    return COCREATE_OK;
}

static cocreate_status sort(const cocreate_allocator *a, cci_knapsack_item *items, size_t n,
                            cocreate_error *error)
{
    uint32_t *order = cci_alloc(a, n, sizeof *order);
    cci_knapsack_item *sorted = cci_alloc(a, n, sizeof *sorted);
    cocreate_status status = order != NULL && sorted != NULL ? COCREATE_OK : cci_no_memory(error);
    for (size_t i = 0; status == COCREATE_OK && i < n; i++)
        order[i] = (uint32_t)i;
    if (status == COCREATE_OK)
        status = cci_sort(a, order, n, by_density, items, error);
    for (size_t i = 0; status == COCREATE_OK && i < n; i++)
        sorted[i] = items[order[i]];
    if (status == COCREATE_OK)
        memcpy(items, sorted, n * sizeof *items);
    cci_free(a, order);
    cci_free(a, sorted);
    return status;
}

cocreate_status cci_knapsack_sums_open(cci_knapsack_sums *s, const cocreate_allocator *a,
                                       cci_knapsack_item *items, size_t n, int64_t budget,
                                       cocreate_error *error)
{
    memset(s, 0, sizeof *s);
    CCI_TRY(sort(a, items, n, error));
    s->allocator = *a;
    s->items = items;
    s->n = n;
    s->budget = budget;
    s->cost_before = cci_alloc(a, n + 1, sizeof *s->cost_before);
    s->value_before = cci_alloc(a, n + 1, sizeof *s->value_before);
    cocreate_status status = s->cost_before != NULL && s->value_before != NULL
                                 ? COCREATE_OK
                                 : cci_no_memory(error);
    for (size_t i = 0; i < n && status == COCREATE_OK; i++) {
        s->value_before[i + 1] = s->value_before[i] + items[i].value;
        if (!cci_add_i64(s->cost_before[i], items[i].cost, &s->cost_before[i + 1]))
            status = cci_fail(error, COCREATE_ERR_OVERFLOW, "the costs do not fit 64 bits");
    }
    if (status != COCREATE_OK)
        cci_knapsack_sums_close(s);
    return status;
}

void cci_knapsack_sums_close(cci_knapsack_sums *s)
{
    if (s->allocator.release == NULL)
        return;
    cci_free(&s->allocator, s->cost_before);
    cci_free(&s->allocator, s->value_before);
    memset(s, 0, sizeof *s);
}

int64_t cci_knapsack_can_add(const cci_knapsack_sums *s, size_t first, int64_t cost,
                             int64_t *whole)
{
    int64_t left = s->budget - cost;
    size_t low = first, high = s->n; /* the last for which all from first to before it fit */
    while (low < high) {
        size_t middle = low + (high - low + 1) / 2;
        if (s->cost_before[middle] - s->cost_before[first] <= left)
            low = middle;
        else
            high = middle - 1;
    }
    *whole = s->value_before[low] - s->value_before[first];
    if (low == s->n)
        return *whole;
    uint64_t part = 0, rest;
    left -= s->cost_before[low] - s->cost_before[first];
    int fits = cci_muldiv_u64((uint64_t)left, (uint64_t)s->items[low].value,
                              (uint64_t)s->items[low].cost, &part, &rest);
    assert(fits); /* less than the value of the item */
    (void)fits;
    return *whole + (int64_t)part;
}
