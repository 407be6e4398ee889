/* Best orders by dynamic programming over all subsets: a set is ordered best by the option that
 * stands first in it and the best order of the others. */
#include <string.h>

#include "ranking/optimal/lattice.h"

/* Sums over the members of a set are read from tables of PART bits. */
#define PART 7
#define SIZE ((size_t)1 << PART)
#define PARTS ((CCI_SUBSETS_MAX + PART - 1) / PART)

struct table {
    size_t n;
    uint64_t all;
    int64_t over[CCI_SUBSETS_MAX][PARTS][SIZE]; /* of an option above the members of a part */
};

static void fill(struct table *t, const int64_t *cost, size_t n)
{
    t->n = n;
    t->all = cci_all_bits(n);
    for (size_t a = 0; a < n; a++)
        for (size_t part = 0; part < PARTS; part++)
            for (size_t set = 1; set < SIZE; set++) {
                size_t low = cci_lowest(set), b = part * PART + low;
                t->over[a][part][set] =
                    t->over[a][part][set & (set - 1)] + (b < n ? cost[a * n + b] : 0);
            }
}

/* Cost of a above the members of a set that differ only in their lowest PART bits. */
static int64_t over_high(const struct table *t, size_t a, uint64_t set)
{
    int64_t sum = 0;
    for (size_t part = 1; part < PARTS; part++)
        sum += t->over[a][part][set >> part * PART & (SIZE - 1)];
    return sum;
}

static int64_t over(const struct table *t, size_t a, uint64_t set)
{
    return t->over[a][0][set & (SIZE - 1)] + over_high(t, a, set);
}

/* best[set] for the sets that begin with `high` and end in any `width` low bits. */
static void order_block(const struct table *t, int64_t *best, uint64_t high, size_t width)
{
    int64_t *row = best + high, above[PART];
    for (size_t i = 0; i < width; i++)
        row[i] = INT64_MAX;
    for (uint64_t rest = high; rest != 0; rest &= rest - 1) {
        size_t a = cci_lowest(rest);
        const int64_t *from = best + (high ^ cci_bit(a)), *low = t->over[a][0];
        int64_t sum = over_high(t, a, high ^ cci_bit(a));
        for (size_t i = 0; i < width; i++) {
            int64_t cost = from[i] + low[i] + sum;
            row[i] = cost < row[i] ? cost : row[i];
        }
    }
    if (high == 0)
        row[0] = 0;
    for (size_t a = 0; a < PART && a < t->n; a++)
        above[a] = over_high(t, a, high);
    for (size_t i = 1; i < width; i++)
        for (uint64_t rest = i; rest != 0; rest &= rest - 1) {
            size_t a = cci_lowest(rest), others = i ^ (size_t)cci_bit(a);
            int64_t cost = row[others] + t->over[a][0][others] + above[a];
            row[i] = cost < row[i] ? cost : row[i];
        }
}

/* Who can stand first in a best order of a set. */
static uint64_t first_of(const struct table *t, const int64_t *best, uint64_t set)
{
    uint64_t first = 0;
    for (uint64_t rest = set; rest != 0; rest &= rest - 1) {
        size_t a = cci_lowest(rest);
        uint64_t others = set ^ cci_bit(a);
        if (best[others] + over(t, a, others) == best[set])
            first |= cci_bit(a);
    }
    return first;
}

/* The sets that begin best orders, met from the empty one upwards: what follows is greater. */
static cocreate_status collect(const cci_run *run, const struct table *t, const int64_t *best,
                               uint8_t *met, cci_lattice *out, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    size_t sets_room = 0, next_room = 0;
    met[0] = 1;
    for (uint64_t set = 0; set <= t->all; set++) {
        if ((set & 7) == 0 && met[set / 8] == 0) {
            set += 7;
            continue;
        }
        if ((met[set / 8] >> set % 8 & 1) == 0)
            continue;
        if (!cci_grow(a, (void **)&out->sets, &sets_room, out->count + 1, sizeof *out->sets) ||
            !cci_grow(a, (void **)&out->next, &next_room, out->count + 1, sizeof *out->next))
            return cci_no_memory(error);
        uint64_t next = first_of(t, best, t->all ^ set);
        out->sets[out->count] = set;
        out->next[out->count++] = next;
        for (; next != 0; next &= next - 1) {
            uint64_t follows = set | cci_bit(cci_lowest(next));
            met[follows / 8] = (uint8_t)(met[follows / 8] | 1u << follows % 8);
        }
        if ((out->count & 4095) == 0)
            CCI_TRY(cci_run_progress(run, 0, 0, error));
    }
    return COCREATE_OK;
}

static cocreate_status work(const cci_run *run, struct table *t, int64_t *best, uint8_t *met,
                            cci_lattice *out, cocreate_error *error)
{
    size_t width = t->n < PART ? (size_t)t->all + 1 : SIZE;
    for (uint64_t high = 0; high <= t->all; high += width) {
        order_block(t, best, high, width);
        if ((high / width & 255) == 255)
            CCI_TRY(cci_run_progress(run, 0, 0, error));
    }
    out->least = best[t->all];
    return collect(run, t, best, met, out, error);
}

cocreate_status cci_lattice_by_subsets(const cci_run *run, const int64_t *cost, size_t n,
                                       cci_lattice *out, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    assert(n >= 1 && n <= CCI_SUBSETS_MAX);
    size_t sets = (size_t)1 << n;
    *out = (cci_lattice){.n = n};
    struct table *t = cci_alloc(a, 1, sizeof *t);
    int64_t *best = cci_alloc(a, sets, sizeof *best);
    uint8_t *met = cci_alloc(a, sets / 8 + 1, 1);
    cocreate_status status;
    if (t != NULL && best != NULL && met != NULL) {
        fill(t, cost, n);
        status = work(run, t, best, met, out, error);
    } else
        status = cci_no_memory(error);
    cci_free(a, t);
    cci_free(a, best);
    cci_free(a, met);
    if (status != COCREATE_OK)
        cci_lattice_close(out, a);
    return status;
}
