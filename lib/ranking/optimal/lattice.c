/* What both algorithms share: the choice between them, and finding a set. */
#include "ranking/optimal/lattice.h"

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

cocreate_status cci_lattice_open(const cci_run *run, const int64_t *cost, size_t n,
                                 cci_lattice *out, cocreate_error *error)
{
    if (n > CCI_LATTICE_MAX)
        return cci_fail(error, COCREATE_ERR_LIMIT,
                        "%s: a circle of majorities or ties joins %zu options, more than %d",
                        run->method->name, n, CCI_LATTICE_MAX);
    CCI_TRY(check_costs(run, cost, n, error));
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
