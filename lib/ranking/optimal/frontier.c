/* Best orders from above, set size by set size: only sets that some order as good as the best one
 * known could begin with are kept. */
#include <string.h>

#include "ranking/optimal/bound.h"
#include "ranking/order.h"

#define NONE UINT32_MAX

struct state {
    uint64_t set;
    int64_t cost; /* of the best order of the set, and of it above all others */
    int64_t rest; /* bound for the others, in its units */
};

struct search {
    const cci_run *run;
    size_t n;
    int64_t *cost; /* by what all costs have in common */
    int64_t common;
    cci_order_bound bound;
    struct state *states; /* by size of the set */
    size_t count, room;
    uint32_t *slots; /* open addressing */
    size_t slot_count;
    uint64_t *next; /* of best orders; 0: not on any */
};

/* -- The table of sets ------------------------------------------------------------------------ */

static size_t slot_of(const struct search *s, uint64_t set)
{
    uint64_t hash = set * UINT64_C(0x9e3779b97f4a7c15);
    size_t i = (size_t)(hash ^ hash >> 32) & (s->slot_count - 1);
    while (s->slots[i] != NONE && s->states[s->slots[i]].set != set)
        i = (i + 1) & (s->slot_count - 1);
    return i;
}

static cocreate_status grow_table(struct search *s, cocreate_error *error)
{
    size_t wanted = s->slot_count == 0 ? 4096 : s->slot_count * 2;
    uint32_t *slots = cci_alloc(&s->run->allocator, wanted, sizeof *slots);
    if (slots == NULL)
        return cci_no_memory(error);
    cci_free(&s->run->allocator, s->slots);
    s->slots = slots;
    s->slot_count = wanted;
    memset(slots, 0xff, wanted * sizeof *slots);
    for (size_t i = 0; i < s->count; i++)
        slots[slot_of(s, s->states[i].set)] = (uint32_t)i;
    return COCREATE_OK;
}

/* The bound of all options, up to the next whole cost, and the order that a local search found. */
static cocreate_status refuse(const struct search *s, cocreate_error *error)
{
    const cci_order_bound *b = &s->bound;
    int64_t low = 0, high = b->most;
    while (low < high) { /* the least cost whose units are not below the bound */
        int64_t middle = low + (high - low) / 2;
        if (cci_order_bound_units(b, middle) < b->whole)
            low = middle + 1;
        else
            high = middle;
    }
    return cci_fail(error, COCREATE_ERR_LIMIT,
                    "%s: among %zu options joined by circles of majorities or ties, more than %zu sets "
                    "could stand first; the majorities that a best ranking of these reverses add up to "
                    "at least %lld and at most %lld",
                    s->run->method->name, s->n, CCI_FRONTIER_MAX, (long long)(low * s->common),
                    (long long)(b->most * s->common));
}

static cocreate_status meet(struct search *s, struct state met, cocreate_error *error)
{
    if (2 * (s->count + 1) > s->slot_count)
        CCI_TRY(grow_table(s, error));
    size_t slot = slot_of(s, met.set);
    if (s->slots[slot] != NONE) {
        struct state *known = &s->states[s->slots[slot]];
        known->cost = met.cost < known->cost ? met.cost : known->cost;
        return COCREATE_OK;
    }
    if (s->count == CCI_FRONTIER_MAX)
        return refuse(s, error);
    if (!cci_grow(&s->run->allocator, (void **)&s->states, &s->room, s->count + 1,
                  sizeof *s->states))
        return cci_no_memory(error);
    s->slots[slot] = (uint32_t)s->count;
    s->states[s->count++] = met;
    return COCREATE_OK;
}

/* -- Forwards and back ------------------------------------------------------------------------ */

static int64_t over(const struct search *s, size_t option, uint64_t set)
{
    int64_t sum = 0;
    for (; set != 0; set &= set - 1)
        sum += s->cost[option * s->n + cci_lowest(set)];
    return sum;
}

/* Put every option next that may stand there. */
static cocreate_status extend(struct search *s, struct state from, cocreate_error *error)
{
    const cci_order_bound *b = &s->bound;
    uint64_t others = cci_all_bits(s->n) ^ from.set;
    for (uint64_t left = others; left != 0; left &= left - 1) {
        size_t a = cci_lowest(left);
        uint64_t rest = others ^ cci_bit(a);
        if ((b->before[a] & rest) != 0)
            continue;
        int64_t cost = from.cost + over(s, a, rest);
        if (cost > b->most)
            continue;
        int64_t bound = from.rest - cci_order_bound_drop(b, a, rest);
        if (cci_order_bound_units(b, cost) + bound <= cci_order_bound_units(b, b->most))
            CCI_TRY(meet(s, (struct state){from.set | cci_bit(a), cost, bound}, error));
    }
    return COCREATE_OK;
}

/* Mark, from the end, who can follow whom in a best order. Sets are met in order of their size, so
 * that the last one is that of all, and the costs of the smaller ones are final. */
static size_t trace_back(struct search *s)
{
    size_t marked = 1;
    s->next[s->count - 1] = 1;
    for (size_t i = s->count; i-- > 1;) {
        struct state to = s->states[i];
        for (uint64_t left = s->next[i] != 0 ? to.set : 0; left != 0; left &= left - 1) {
            size_t a = cci_lowest(left);
            uint32_t from = s->slots[slot_of(s, to.set ^ cci_bit(a))];
            uint64_t rest = cci_all_bits(s->n) ^ to.set;
            if (from == NONE || s->states[from].cost + over(s, a, rest) != to.cost)
                continue;
            marked += s->next[from] == 0;
            s->next[from] |= cci_bit(a);
        }
    }
    s->next[s->count - 1] = 0;
    return marked;
}

static cocreate_status by_set(void *context, uint32_t a, uint32_t b, int *out,
                              cocreate_error *error)
{
    const struct state *states = context;
    (void)error;
    *out = (states[a].set > states[b].set) - (states[a].set < states[b].set);
    return COCREATE_OK;
}

static cocreate_status collect(struct search *s, uint32_t *kept, cci_lattice *out,
                               cocreate_error *error)
{
    const cocreate_allocator *a = &s->run->allocator;
    for (size_t i = 0; i < s->count; i++)
        if (s->next[i] != 0 || i + 1 == s->count)
            kept[out->count++] = (uint32_t)i;
    CCI_TRY(cci_sort(a, kept, out->count, by_set, s->states, error));
    out->sets = cci_alloc(a, out->count, sizeof *out->sets);
    out->next = cci_alloc(a, out->count, sizeof *out->next);
    if (out->sets == NULL || out->next == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < out->count; i++) {
        out->sets[i] = s->states[kept[i]].set;
        out->next[i] = s->next[kept[i]];
    }
    return COCREATE_OK;
}

static cocreate_status work(struct search *s, cci_lattice *out, cocreate_error *error)
{
    const cocreate_allocator *a = &s->run->allocator;
    CCI_TRY(meet(s, (struct state){0, 0, s->bound.whole}, error));
    for (size_t i = 0; i < s->count; i++) {
        CCI_TRY(extend(s, s->states[i], error));
        if ((i & 1023) == 1023)
            CCI_TRY(cci_run_progress(s->run, 0, 0, error));
    }
    assert(s->states[s->count - 1].set == cci_all_bits(s->n)); /* no bound excludes a best order */
    out->least = s->states[s->count - 1].cost;
    s->next = cci_alloc(a, s->count, sizeof *s->next);
    if (s->next == NULL)
        return cci_no_memory(error);
    uint32_t *kept = cci_alloc(a, trace_back(s), sizeof *kept);
    cocreate_status status = kept != NULL ? collect(s, kept, out, error) : cci_no_memory(error);
    cci_free(a, kept);
    return status;
}

/* -- The search ------------------------------------------------------------------------------- */

/* The costs without what all of them have in common, which is returned: bounds are rounded up to
 * the next whole cost. */
static int64_t reduce(const int64_t *cost, size_t n, int64_t *out)
{
    int64_t common = 0;
    for (size_t i = 0; i < n * n; i++)
        for (int64_t x = cost[i]; x != 0;) {
            int64_t rest = common % x;
            common = x;
            x = rest;
        }
    for (size_t i = 0; i < n * n && common > 0; i++)
        out[i] = cost[i] / common;
    return common;
}

cocreate_status cci_lattice_by_frontier(const cci_run *run, const int64_t *cost, size_t n,
                                        cci_lattice *out, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    uint32_t order[CCI_LATTICE_MAX];
    struct search s = {.run = run, .n = n};
    assert(n >= 1 && n <= CCI_LATTICE_MAX);
    *out = (cci_lattice){.n = n};
    s.cost = cci_alloc(a, n * n, sizeof *s.cost);
    if (s.cost == NULL)
        return cci_no_memory(error);
    s.common = reduce(cost, n, s.cost);
    int64_t most = cci_order_descend(s.cost, n, order);
    cocreate_status status = cci_order_bound_open(run, s.cost, n, most, &s.bound, error);
    if (status == COCREATE_OK)
        status = work(&s, out, error);
    out->least *= s.common;
    cci_order_bound_close(&s.bound, a);
    cci_free(a, s.cost);
    cci_free(a, s.states);
    cci_free(a, s.slots);
    cci_free(a, s.next);
    if (status != COCREATE_OK)
        cci_lattice_close(out, a);
    return status;
}
