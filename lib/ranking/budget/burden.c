/* The least burden, by maximum flows. */
#include "ranking/budget/burden.h"

#include <string.h>

#include "base/checked.h"

#define NONE UINT32_MAX

int cci_level_compare(cci_level a, cci_level b)
{
    if (a.weight == 0 || b.weight == 0)
        return (a.weight == 0) - (b.weight == 0);
    return cci_compare_products((uint64_t)a.cost, (uint64_t)b.weight, (uint64_t)b.cost,
                                (uint64_t)a.weight);
}

cocreate_status cci_burden_open(cci_burden *b, cci_run *run, const cci_support *support,
                                const int64_t *cost, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    size_t m = support->candidates, ballots = support->ballots, entries = support->start[m];
    size_t nodes = m > ballots ? m : ballots;
    memset(b, 0, sizeof *b);
    b->run = run;
    b->support = support;
    b->cost = cost;
    b->ballot = cci_alloc(a, ballots, sizeof *b->ballot);
    b->slot = cci_alloc(a, ballots, sizeof *b->slot);
    b->free_cost = cci_alloc(a, m, sizeof *b->free_cost);
    b->free_weight = cci_alloc(a, ballots, sizeof *b->free_weight);
    b->flow = cci_alloc(a, entries, sizeof *b->flow);
    b->level_option = cci_alloc(a, m, sizeof *b->level_option);
    b->level_voter = cci_alloc(a, ballots, sizeof *b->level_voter);
    b->queue = cci_alloc(a, nodes, sizeof *b->queue);
    b->next_entry = cci_alloc(a, m, sizeof *b->next_entry);
    b->next_member = cci_alloc(a, ballots, sizeof *b->next_member);
    b->first = cci_alloc(a, ballots + 1, sizeof *b->first);
    b->entry = cci_alloc(a, entries, sizeof *b->entry);
    b->owner = cci_alloc(a, entries, sizeof *b->owner);
    if (b->ballot != NULL && b->slot != NULL && b->free_cost != NULL && b->free_weight != NULL &&
        b->flow != NULL && b->level_option != NULL && b->level_voter != NULL && b->queue != NULL &&
        b->next_entry != NULL && b->next_member != NULL && b->first != NULL && b->entry != NULL &&
        b->owner != NULL)
        return COCREATE_OK;
    cci_burden_close(b);
    return cci_no_memory(error);
}

void cci_burden_close(cci_burden *b)
{
    if (b->run == NULL)
        return;
    const cocreate_allocator *a = &b->run->allocator;
    cci_free(a, b->ballot);
    cci_free(a, b->slot);
    cci_free(a, b->free_cost);
    cci_free(a, b->free_weight);
    cci_free(a, b->flow);
    cci_free(a, b->level_option);
    cci_free(a, b->level_voter);
    cci_free(a, b->queue);
    cci_free(a, b->next_entry);
    cci_free(a, b->next_member);
    cci_free(a, b->first);
    cci_free(a, b->entry);
    cci_free(a, b->owner);
    memset(b, 0, sizeof *b);
}

/* -- The network ------------------------------------------------------------------------------ */

/* The voters who support some option of the set, and which entries of the support are theirs. */
static void gather(cci_burden *b, const uint32_t *set, size_t n)
{
    const cci_support *s = b->support;
    for (size_t v = 0; v < b->voters; v++)
        b->slot[b->ballot[v]] = 0;
    b->voters = 0;
    for (size_t k = 0; k < n; k++)
        for (size_t i = s->start[set[k]]; i < s->start[set[k] + 1]; i++) {
            uint32_t g = s->group[i];
            if (b->slot[g] == 0) {
                b->ballot[b->voters++] = g;
                b->slot[g] = (uint32_t)b->voters;
                b->first[b->voters] = 0;
            }
            b->first[b->slot[g]]++;
        }
    b->first[0] = 0;
    for (size_t v = 0; v < b->voters; v++) {
        b->first[v + 1] += b->first[v];
        b->next_member[v] = b->first[v];
    }
    for (size_t k = 0; k < n; k++)
        for (size_t i = s->start[set[k]]; i < s->start[set[k] + 1]; i++) {
            size_t at = b->next_member[b->slot[s->group[i]] - 1]++;
            b->entry[at] = i;
            b->owner[at] = (uint32_t)k;
        }
}

/* Capacities for a level: an option brings cost * level.weight, a voter carries weight *
 * level.cost. */
static cocreate_status fill(cci_burden *b, const uint32_t *set, size_t n, cci_level level,
                            cocreate_error *error)
{
    const cci_support *s = b->support;
    int64_t sum = 0;
    int fits = 1;
    for (size_t k = 0; k < n && fits; k++) {
        fits = cci_mul_i64(b->cost[set[k]], level.weight, &b->free_cost[k]) &&
               cci_add_i64(sum, b->free_cost[k], &sum);
        memset(b->flow + s->start[set[k]], 0,
               (s->start[set[k] + 1] - s->start[set[k]]) * sizeof *b->flow);
    }
    for (size_t v = 0; v < b->voters && fits; v++)
        fits = cci_mul_i64(b->run->electorate->weights[b->ballot[v]], level.cost,
                           &b->free_weight[v]);
    return fits ? COCREATE_OK
                : cci_fail(error, COCREATE_ERR_OVERFLOW,
                           "costs times votes are too large for the flows of maximin support");
}

/* -- Maximum flow (Dinic) --------------------------------------------------------------------- */

/* Breadth first from the options that are not carried whole: is a voter with room reached? Levels
 * stand for who is reached at all. */
static int layer(cci_burden *b, const uint32_t *set, size_t n)
{
    const cci_support *s = b->support;
    size_t head = 0, tail = 0;
    int found = 0;
    for (size_t v = 0; v < b->voters; v++)
        b->level_voter[v] = NONE;
    for (size_t k = 0; k < n; k++) {
        b->level_option[k] = b->free_cost[k] > 0 ? 0 : NONE;
        if (b->free_cost[k] > 0)
            b->queue[tail++] = (uint32_t)k;
    }
    while (head < tail) {
        uint32_t k = b->queue[head++];
        for (size_t i = s->start[set[k]]; i < s->start[set[k] + 1]; i++) {
            size_t v = b->slot[s->group[i]] - 1;
            if (b->level_voter[v] != NONE)
                continue;
            b->level_voter[v] = b->level_option[k] + 1;
            found |= b->free_weight[v] > 0;
            for (size_t j = b->first[v]; j < b->first[v + 1]; j++) {
                uint32_t o = b->owner[j];
                if (b->level_option[o] != NONE || b->flow[b->entry[j]] == 0)
                    continue;
                b->level_option[o] = b->level_voter[v] + 1;
                b->queue[tail++] = o;
            }
        }
    }
    return found;
}

/* The path at hand: options path[0], path[2], .. and the entries that lead on. */
struct step {
    uint32_t option;
    size_t voter, forth, back; /* entry to the voter, index among the voter's entries on */
};

/* Push along one shortest path from option k, depth first without recursion; 0 if there is none. */
static int64_t push(cci_burden *b, const uint32_t *set, uint32_t k, struct step *path)
{
    const cci_support *s = b->support;
    size_t depth = 0;
    path[0].option = k;
    for (;;) {
        struct step *at = &path[depth];
        uint32_t o = at->option;
        size_t end = s->start[set[o] + 1];
        size_t v = SIZE_MAX;
        while (b->next_entry[o] < end) {
            v = b->slot[s->group[b->next_entry[o]]] - 1;
            if (b->level_voter[v] == b->level_option[o] + 1 &&
                (b->free_weight[v] > 0 || b->next_member[v] < b->first[v + 1]))
                break;
            b->next_entry[o]++;
        }
        if (b->next_entry[o] == end) { /* a dead end */
            if (depth == 0)
                return 0;
            b->next_member[path[--depth].voter]++;
            continue;
        }
        at->voter = v;
        at->forth = b->next_entry[o];
        if (b->free_weight[v] > 0)
            break;
        size_t j = b->next_member[v];
        if (b->level_option[b->owner[j]] != b->level_voter[v] + 1 || b->flow[b->entry[j]] == 0) {
            b->next_member[v]++;
            continue;
        }
        at->back = b->entry[j];
        path[++depth].option = b->owner[j];
    }
    int64_t amount = b->free_cost[k];
    if (b->free_weight[path[depth].voter] < amount)
        amount = b->free_weight[path[depth].voter];
    for (size_t d = 0; d < depth; d++)
        if (b->flow[path[d].back] < amount)
            amount = b->flow[path[d].back];
    for (size_t d = 0; d <= depth; d++) {
        b->flow[path[d].forth] += amount;
        if (d < depth)
            b->flow[path[d].back] -= amount;
    }
    b->free_cost[k] -= amount;
    b->free_weight[path[depth].voter] -= amount;
    return amount;
}

/* Carry as much as can be. What is reached in the end is the set that is above the level, if any. */
static void carry(cci_burden *b, const uint32_t *set, size_t n, struct step *path)
{
    while (layer(b, set, n)) {
        for (size_t k = 0; k < n; k++)
            b->next_entry[k] = b->support->start[set[k]];
        for (size_t v = 0; v < b->voters; v++)
            b->next_member[v] = b->first[v];
        for (uint32_t k = 0; k < n; k++)
            while (b->free_cost[k] > 0 && push(b, set, k, path) > 0)
                continue;
    }
}

/* Is all carried? If not, the level of the subset that cannot be. */
static int all_carried(cci_burden *b, const uint32_t *set, size_t n, cci_level *above)
{
    int carried = 1;
    *above = (cci_level){0, 0};
    for (size_t k = 0; k < n; k++) {
        carried &= b->free_cost[k] == 0;
        if (b->level_option[k] != NONE)
            above->cost += b->cost[set[k]]; /* no overflow: all were added up before */
    }
    for (size_t v = 0; v < b->voters; v++)
        if (b->level_voter[v] != NONE)
            above->weight += b->run->electorate->weights[b->ballot[v]];
    return carried;
}

static cocreate_status raise(cci_burden *b, const uint32_t *set, size_t n, struct step *path,
                             cci_level *level, cocreate_error *error)
{
    for (;;) {
        cci_level above;
        CCI_TRY(fill(b, set, n, *level, error));
        carry(b, set, n, path);
        if (all_carried(b, set, n, &above))
            return COCREATE_OK;
        assert(cci_level_compare(above, *level) > 0);
        *level = above;
    }
}

cocreate_status cci_burden_of(cci_burden *b, const uint32_t *set, size_t n, cci_level least,
                              cci_level *out, cocreate_error *error)
{
    cci_level whole = {0, 0};
    int supported = 1;
    for (size_t k = 0; k < n; k++) {
        supported &= b->support->weight[set[k]] > 0;
        if (!cci_add_i64(whole.cost, b->cost[set[k]], &whole.cost))
            return cci_fail(error, COCREATE_ERR_OVERFLOW, "the costs do not fit 64 bits");
    }
    if (!supported) {
        *out = whole;
        return COCREATE_OK;
    }
    gather(b, set, n);
    for (size_t v = 0; v < b->voters; v++)
        whole.weight += b->run->electorate->weights[b->ballot[v]];
    *out = cci_level_compare(whole, least) > 0 ? whole : least;
    struct step *path = cci_alloc(&b->run->allocator, n, sizeof *path);
    if (path == NULL)
        return cci_no_memory(error);
    cocreate_status status = raise(b, set, n, path, out, error);
    cci_free(&b->run->allocator, path);
    return status;
}
