/* What both algorithms share: the choice between them, and finding a set. */
#include "ranking/optimal/lattice.h"

#include <string.h>

#include "base/checked.h"

#define COST_MAX ((int64_t)1 << 60)

static cocreate_status check_costs(const cci_run *run, const int64_t *cost, size_t n,
                                   cocreate_error *error)
{
    int64_t sum = 0;
    for (size_t i = 0; i < n * n; i++) {
        assert(cost[i] >= 0);
        if (!cci_add_i64(sum, cost[i], &sum) || sum > COST_MAX)
            return cci_fail(error, COCREATE_ERR_OVERFLOW,
                            "%s: the majorities among %zu options add up to more than 2^60",
                            run->method->name, n);
    }
    return COCREATE_OK;
}

/* Circles of three that share no pair's cost: an order pays for one pair of each. */
static int64_t pack_circles(int64_t *cost, size_t n)
{
    int64_t sum = 0;
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < n; b++)
            for (size_t c = 0; c < n && cost[a * n + b] > 0; c++) {
                int64_t least = cost[a * n + b];
                least = cost[b * n + c] < least ? cost[b * n + c] : least;
                least = cost[c * n + a] < least ? cost[c * n + a] : least;
                cost[a * n + b] -= least;
                cost[b * n + c] -= least;
                cost[c * n + a] -= least;
                sum += least;
            }
    return sum;
}

/* Too many options: what bounds there are. For the upper one options are put one after the other where
 * they cost least among those before them. */
static cocreate_status refuse(const cci_run *run, const int64_t *cost, size_t n, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    int64_t *rest = cci_alloc(a, n * n, sizeof *rest), most = 0;
    uint32_t *order = cci_alloc(a, n, sizeof *order);
    cocreate_status status = rest != NULL && order != NULL ? COCREATE_OK : cci_no_memory(error);
    for (size_t i = 0; i < n && status == COCREATE_OK; i++) {
        size_t to = i;
        int64_t change = 0, least = 0;
        for (size_t k = 0; k < i; k++)
            most += cost[order[k] * n + i];
        for (size_t k = i; k-- > 0;) { /* as the last, and then ever further up */
            change += cost[i * n + order[k]] - cost[order[k] * n + i];
            if (change < least) {
                least = change;
                to = k;
            }
        }
        memmove(order + to + 1, order + to, (i - to) * sizeof *order);
        order[to] = (uint32_t)i;
        most += least;
        status = cci_run_progress(run, i, n, error);
    }
    if (status == COCREATE_OK) {
        memcpy(rest, cost, n * n * sizeof *rest);
        int64_t low = n <= CCI_PACKED_MAX ? pack_circles(rest, n) : 0;
        status = cci_fail(error, COCREATE_ERR_LIMIT,
                          "%s: a circle of majorities or ties joins %zu options, more than %d; the "
                          "majorities that a best ranking of these reverses add up to at least %lld and "
                          "at most %lld",
                          run->method->name, n, CCI_LATTICE_MAX, (long long)low, (long long)most);
    }
    cci_free(a, rest);
    cci_free(a, order);
    return status;
}

cocreate_status cci_lattice_open(const cci_run *run, const int64_t *cost, size_t n,
                                 cci_lattice *out, cocreate_error *error)
{
    CCI_TRY(check_costs(run, cost, n, error));
    if (n > CCI_LATTICE_MAX)
        return refuse(run, cost, n, error);
    if (n <= CCI_SUBSETS_MAX)
        return cci_lattice_by_subsets(run, cost, n, out, error);
    return cci_lattice_by_frontier(run, cost, n, out, error);
}

void cci_lattice_close(cci_lattice *l, const cocreate_allocator *a)
{
    cci_free(a, l->sets);
    cci_free(a, l->next);
    l->sets = l->next = NULL;
}

size_t cci_lattice_find(const cci_lattice *l, uint64_t set)
{
    size_t low = 0, high = l->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (l->sets[middle] < set)
            low = middle + 1;
        else
            high = middle;
    }
    assert(low < l->count && l->sets[low] == set);
    return low;
}
