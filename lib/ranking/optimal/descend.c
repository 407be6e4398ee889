/* Good orders by local search. */
#include <string.h>

#include "ranking/optimal/bound.h"

static int64_t cost_of(const int64_t *cost, size_t n, const uint32_t *order)
{
    int64_t sum = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++)
            sum += cost[order[i] * n + order[j]];
    return sum;
}

static void move(uint32_t *order, size_t from, size_t to)
{
    uint32_t moved = order[from];
    if (from < to)
        memmove(order + from, order + from + 1, (to - from) * sizeof *order);
    else
        memmove(order + to + 1, order + to, (from - to) * sizeof *order);
    order[to] = moved;
}

/* Put the option at `from` where it costs least; by how much that is cheaper. */
static int64_t settle(const int64_t *cost, size_t n, uint32_t *order, size_t from)
{
    size_t a = order[from], to = from;
    int64_t change = 0, least = 0;
    for (size_t i = from; i-- > 0;) {
        change += cost[a * n + order[i]] - cost[order[i] * n + a];
        if (change < least)
            least = change, to = i;
    }
    change = 0;
    for (size_t i = from + 1; i < n; i++) {
        change += cost[order[i] * n + a] - cost[a * n + order[i]];
        if (change < least)
            least = change, to = i;
    }
    if (to != from)
        move(order, from, to);
    return -least;
}

static int64_t settle_all(const int64_t *cost, size_t n, uint32_t *order)
{
    for (int64_t gain = 1; gain > 0;) {
        gain = 0;
        for (size_t i = 0; i < n; i++)
            gain += settle(cost, n, order, i);
    }
    return cost_of(cost, n, order);
}

/* The least costly first, seen alone. */
static void start(const int64_t *cost, size_t n, uint32_t *order)
{
    int64_t worth[CCI_LATTICE_MAX];
    for (size_t a = 0; a < n; a++) {
        worth[a] = 0;
        for (size_t b = 0; b < n; b++)
            worth[a] += cost[b * n + a] - cost[a * n + b];
        size_t at = a;
        for (; at > 0 && worth[order[at - 1]] < worth[a]; at--)
            order[at] = order[at - 1];
        order[at] = (uint32_t)a;
    }
}

int64_t cci_order_descend(const int64_t *cost, size_t n, uint32_t *order)
{
    uint32_t now[CCI_LATTICE_MAX];
    uint64_t dice = 1;
    assert(n >= 1 && n <= CCI_LATTICE_MAX);
    start(cost, n, order);
    int64_t least = settle_all(cost, n, order);
    for (size_t trial = 0; trial < 16 * n && least > 0; trial++) {
        memcpy(now, order, n * sizeof *now);
        for (size_t k = 0; k < 3; k++) {
            dice = dice * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            move(now, (size_t)(dice >> 33) % n, (size_t)(dice >> 48) % n);
        }
        int64_t found = settle_all(cost, n, now);
        if (found <= least) {
            least = found;
            memcpy(order, now, n * sizeof *now);
        }
    }
    return least;
}
