#include "reward/standing/trust.h"

#include <string.h>

#include "base/checked.h"

#define ONE_63 (UINT64_C(1) << 63)

/* floor(a * b / 2^63) for a < 2^63, b <= 2^63. */
static inline uint64_t times(uint64_t a, uint64_t b)
{
#ifdef __SIZEOF_INT128__
    __extension__ typedef unsigned __int128 wide;
    return (uint64_t)((wide)(a << 1) * b >> 64);
#else
    uint64_t high, low;
    cci_mul_u64(a << 1, b, &high, &low);
    return high;
#endif
}

/* -- The graph -------------------------------------------------------------------------------- */

typedef struct edge {
    int64_t weight;
    uint32_t from, to;
} edge;

static uint32_t end_of(const edge *e, int by_from)
{
    return by_from ? e->from : e->to;
}

/* A stable counting sort of edges by one of their ends; `first` has room for n_peers + 1. */
static void sort_by(int by_from, const edge *edges, size_t n, size_t *first, size_t n_peers, edge *out)
{
    memset(first, 0, (n_peers + 1) * sizeof *first);
    for (size_t i = 0; i < n; i++)
        first[end_of(&edges[i], by_from) + 1]++;
    for (size_t j = 0; j < n_peers; j++)
        first[j + 1] += first[j];
    for (size_t i = 0; i < n; i++)
        out[first[end_of(&edges[i], by_from)]++] = edges[i];
}

static cocreate_status too_much(size_t peer, cocreate_error *error)
{
    return cci_fail_at(error, COCREATE_ERR_OVERFLOW, peer,
                       "the weights of peer %zu sum to more than 2^63 - 1", peer);
}

/* One edge a pair, in order of to and from; only what is above 0. */
static cocreate_status merge(edge *edges, size_t *n, cocreate_error *error)
{
    size_t kept = 0;
    for (size_t i = 0, next; i < *n; i = next) {
        edge sum = edges[i];
        for (next = i + 1; next < *n && edges[next].to == sum.to && edges[next].from == sum.from;
             next++)
            if (!cci_add_i64(sum.weight, edges[next].weight, &sum.weight))
                return too_much(sum.from, error);
        if (sum.weight > 0)
            edges[kept++] = sum;
    }
    *n = kept;
    return COCREATE_OK;
}

/* What each edge carries of what its peer has. `sums` are all 0. */
static cocreate_status weigh(cci_trust *t, const edge *edges, int64_t *sums, cocreate_error *error)
{
    for (size_t i = 0; i < t->n_edges; i++)
        if (!cci_add_i64(sums[edges[i].from], edges[i].weight, &sums[edges[i].from]))
            return too_much(edges[i].from, error);
    for (size_t i = 0; i < t->n_edges; i++) {
        uint64_t rest;
        t->from[i] = edges[i].from;
        t->first[edges[i].to + 1] = i + 1;
        cci_muldiv_u64((uint64_t)edges[i].weight, ONE_63, (uint64_t)sums[edges[i].from],
                       &t->part[i], &rest);
    }
    for (size_t j = 0; j < t->n; j++)
        if (t->first[j + 1] < t->first[j])
            t->first[j + 1] = t->first[j];
    return COCREATE_OK;
}

static cocreate_status order_edges(const cci_trust_edges *given, cci_trust *t, edge *edges,
                                   edge *other, cocreate_error *error)
{
    size_t n = 0;
    for (size_t i = 0; i < given->n; i++)
        if (given->from[i] != given->to[i])
            edges[n++] = (edge){given->weights != NULL ? given->weights[i] : 1, given->from[i],
                                given->to[i]};
    sort_by(1, edges, n, t->first, t->n, other);
    sort_by(0, other, n, t->first, t->n, edges);
    CCI_TRY(merge(edges, &n, error));
    t->n_edges = n;
    memset(t->first, 0, (t->n + 1) * sizeof *t->first);
    t->from = cci_alloc(&t->allocator, n, sizeof *t->from);
    t->part = cci_alloc(&t->allocator, n, sizeof *t->part);
    int64_t *sums = cci_alloc(&t->allocator, t->n, sizeof *sums);
    cocreate_status status = t->from == NULL || t->part == NULL || sums == NULL
                                 ? cci_no_memory(error)
                                 : weigh(t, edges, sums, error);
    cci_free(&t->allocator, sums);
    return status;
}

cocreate_status cci_trust_build(const cci_trust_edges *edges, cci_trust *out,
                                cocreate_error *error)
{
    cocreate_allocator a = out->allocator;
    size_t n = edges->n_peers;
    *out = (cci_trust){.allocator = a, .n = n};
    out->first = cci_alloc(&a, n + 1, sizeof *out->first);
    out->before = cci_alloc(&a, n, sizeof *out->before);
    out->now = cci_alloc(&a, n, sizeof *out->now);
    out->next = cci_alloc(&a, n, sizeof *out->next);
    edge *sorted = cci_alloc(&a, edges->n, sizeof *sorted);
    edge *other = cci_alloc(&a, edges->n, sizeof *other);
    cocreate_status status = out->first == NULL || out->before == NULL || out->now == NULL ||
                                     out->next == NULL || sorted == NULL || other == NULL
                                 ? cci_no_memory(error)
                                 : order_edges(edges, out, sorted, other, error);
    cci_free(&a, other);
    cci_free(&a, sorted);
    return status;
}

void cci_trust_free(cci_trust *trust)
{
    cci_free(&trust->allocator, trust->first);
    cci_free(&trust->allocator, trust->from);
    cci_free(&trust->allocator, trust->part);
    cci_free(&trust->allocator, trust->before);
    cci_free(&trust->allocator, trust->now);
    cci_free(&trust->allocator, trust->next);
    *trust = (cci_trust){.allocator = trust->allocator};
}

/* -- The flow --------------------------------------------------------------------------------- */

/* Parts of `one` by weights, rounded down; without weights all alike. */
static cocreate_status share(const int64_t *weights, size_t n, uint64_t one, uint64_t *parts,
                             cocreate_error *error)
{
    int64_t sum = weights == NULL ? (int64_t)n : 0;
    uint64_t rest;
    for (size_t i = 0; weights != NULL && i < n; i++)
        if (!cci_add_i64(sum, weights[i], &sum))
            return cci_fail(error, COCREATE_ERR_OVERFLOW,
                            "what peers have beforehand sums to more than 2^63 - 1");
    for (size_t i = 0; i < n; i++)
        cci_muldiv_u64(weights != NULL ? (uint64_t)weights[i] : 1, one, (uint64_t)sum, &parts[i],
                       &rest);
    return COCREATE_OK;
}

cocreate_status cci_trust_begin(cci_trust *trust, const int64_t *before, const int64_t *start,
                                cocreate_error *error)
{
    CCI_TRY(share(before, trust->n, ONE_63, trust->before, error));
    return share(start != NULL ? start : before, trust->n, (uint64_t)CCI_TRUST_ONE, trust->now,
                 error);
}

static uint64_t received(const cci_trust *t, size_t peer)
{
    uint64_t sum = 0;
    for (size_t e = t->first[peer]; e < t->first[peer + 1]; e++)
        sum += times(t->now[t->from[e]], t->part[e]);
    return sum;
}

void cci_trust_run(cci_trust *trust, int64_t alpha, int64_t iterations)
{
    uint64_t keep, rest;
    cci_muldiv_u64((uint64_t)(CCI_TRUST_BILLION - alpha), ONE_63, (uint64_t)CCI_TRUST_BILLION, &keep,
                   &rest);
    for (int64_t round = 0; round < iterations; round++) {
        uint64_t left = (uint64_t)CCI_TRUST_ONE, *swap = trust->now;
        for (size_t j = 0; j < trust->n; j++) {
            trust->next[j] = times(received(trust, j), keep);
            left -= trust->next[j];
        }
        /* Nobody passed this on: alpha of all, what the trustless have, what was rounded down. */
        for (size_t j = 0; j < trust->n; j++)
            trust->next[j] += times(left, trust->before[j]);
        trust->now = trust->next;
        trust->next = swap;
    }
}

int64_t cci_trust_score(const cci_trust *trust, size_t peer)
{
    uint64_t score, rest;
    cci_muldiv_u64(trust->now[peer], UINT64_C(1000000000000), (uint64_t)CCI_TRUST_ONE, &score, &rest);
    score += rest >= (uint64_t)CCI_TRUST_ONE / 2;
    return (int64_t)((score + 500) / 1000);
}
