/* The most value that a budget buys. */
#include "ranking/budget/knapsack.h"

#include <string.h>

#include "base/checked.h"

/* Words of memory that selections may take, and the most of them. */
#define WORDS_MAX ((size_t)1 << 24)
#define SELECTIONS_MAX ((size_t)1 << 20)

/* Selections from the items so far, by cost, then by value. Each has a row of bits, the item of rank
 * 0 in the highest bit of the first word. */
struct list {
    int64_t *cost, *value, *count;
    uint64_t *bits;
    size_t n, rooms[4];
};

struct search {
    const cci_run *run;
    const cocreate_allocator *allocator;
    const cci_knapsack_item *items;
    cci_knapsack_sums sums;
    size_t n, words, most;
    int64_t budget;
    int64_t reached;                     /* a value that some selection has */
    struct list now, next;
};

static int room(const cocreate_allocator *a, struct list *l, size_t n, size_t words)
{
    return cci_grow(a, (void **)&l->cost, &l->rooms[0], n, sizeof *l->cost) &&
           cci_grow(a, (void **)&l->value, &l->rooms[1], n, sizeof *l->value) &&
           cci_grow(a, (void **)&l->count, &l->rooms[2], n, sizeof *l->count) &&
           cci_grow(a, (void **)&l->bits, &l->rooms[3], n * words, sizeof *l->bits);
}

static void free_list(const cocreate_allocator *a, struct list *l)
{
    cci_free(a, l->cost);
    cci_free(a, l->value);
    cci_free(a, l->count);
    cci_free(a, l->bits);
}

/* Append to the next list, unless a selection that costs no more is better, or it can no longer be
 * one of the best. `source` is the selection in the present list, with
 * the item or without. */
static cocreate_status append(struct search *s, size_t item, size_t source, int with,
                              int64_t *best_so_far, cocreate_error *error)
{
    struct list *l = &s->next;
    const cci_knapsack_item *it = &s->items[item];
    int64_t cost = s->now.cost[source] + (with ? it->cost : 0);
    int64_t value = s->now.value[source] + (with ? it->value : 0), whole;
    if (value < *best_so_far)
        return COCREATE_OK;
    *best_so_far = value;
    if (value + cci_knapsack_can_add(&s->sums, item + 1, cost, &whole) < s->reached)
        return COCREATE_OK;
    if (value + whole > s->reached)
        s->reached = value + whole;
    size_t at = l->n;
    if (at == s->most)
        return cci_fail(error, COCREATE_ERR_LIMIT,
                        "more than %zu selections can still become the best one", s->most);
    if (!room(s->allocator, l, at + 1, s->words))
        return cci_no_memory(error);
    uint64_t *bits = l->bits + at * s->words;
    memcpy(bits, s->now.bits + source * s->words, s->words * sizeof *bits);
    if (with)
        bits[it->rank / 64] |= UINT64_C(1) << (63 - it->rank % 64);
    l->cost[at] = cost;
    l->value[at] = value;
    l->count[at] = s->now.count[source];
    l->n++;
    if (at == 0 || l->cost[at - 1] != cost || l->value[at - 1] != value)
        return COCREATE_OK;
    l->n--; /* equal in all that counts: one of them stays, with the number of both */
    uint64_t *kept = bits - s->words;
    size_t w = 0;
    while (w < s->words && kept[w] == bits[w])
        w++;
    if (w < s->words && bits[w] > kept[w])
        memcpy(kept, bits, s->words * sizeof *bits);
    if (!cci_add_i64(l->count[at - 1], l->count[at], &l->count[at - 1]))
        l->count[at - 1] = INT64_MAX;
    return COCREATE_OK;
}

/* Merge the selections without and with the item, by cost, then by value. */
static cocreate_status offer(struct search *s, size_t item, cocreate_error *error)
{
    const struct list *l = &s->now;
    const cci_knapsack_item *it = &s->items[item];
    int64_t best_so_far = 0;
    size_t a = 0, b = 0, end = l->n;
    s->next.n = 0;
    while (end > 0 && l->cost[end - 1] > s->budget - it->cost)
        end--;
    while (a < l->n || b < end) {
        int with = a == l->n;
        if (!with && b < end) {
            int64_t cost = l->cost[b] + it->cost;
            with = cost < l->cost[a] ||
                   (cost == l->cost[a] && l->value[b] + it->value < l->value[a]);
        }
        CCI_TRY(append(s, item, with ? b : a, with, &best_so_far, error));
        a += !with;
        b += (size_t)with;
    }
    struct list kept = s->now;
    s->now = s->next;
    s->next = kept;
    return cci_run_progress(s->run, item + 1, s->n, error);
}

static cocreate_status work(struct search *s, uint8_t *taken, cci_knapsack_best *out,
                            cocreate_error *error)
{
    const cocreate_allocator *a = s->allocator;
    if (!room(a, &s->now, 1, s->words))
        return cci_no_memory(error);
    s->now.n = 1;
    s->now.cost[0] = s->now.value[0] = 0;
    s->now.count[0] = 1;
    memset(s->now.bits, 0, s->words * sizeof *s->now.bits);
    for (size_t i = 0; i < s->n; i++)
        CCI_TRY(offer(s, i, error));
    size_t best = 0;
    *out = (cci_knapsack_best){0, 0, 0};
    for (size_t i = 0; i < s->now.n; i++) {
        if (s->now.value[i] < s->reached)
            continue;
        const uint64_t *bits = s->now.bits + i * s->words, *kept = s->now.bits + best * s->words;
        size_t w = 0;
        while (w < s->words && bits[w] == kept[w])
            w++;
        if (out->count == 0 || (w < s->words && bits[w] > kept[w]))
            best = i;
        if (!cci_add_i64(out->count, s->now.count[i], &out->count))
            out->count = INT64_MAX;
    }
    assert(out->count > 0);
    out->value = s->now.value[best];
    out->cost = s->now.cost[best];
    for (size_t i = 0; i < s->n; i++) {
        uint32_t rank = s->items[i].rank;
        taken[i] = s->now.bits[best * s->words + rank / 64] >> (63 - rank % 64) & 1;
    }
    return COCREATE_OK;
}

cocreate_status cci_knapsack(const cci_run *run, cci_knapsack_item *items, size_t n,
                             int64_t budget, uint8_t *taken, cci_knapsack_best *out,
                             cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    struct search s = {.run = run, .allocator = a, .items = items, .n = n, .budget = budget};
    s.words = n / 64 + 1;
    s.most = WORDS_MAX / (s.words + 3);
    s.most = s.most < SELECTIONS_MAX ? s.most : SELECTIONS_MAX;
    CCI_TRY(cci_knapsack_sums_open(&s.sums, a, items, n, budget, error));
    cocreate_status status = work(&s, taken, out, error);
    cci_knapsack_sums_close(&s.sums);
    free_list(a, &s.now);
    free_list(a, &s.next);
    return status;
}
