/* All the orders of some options that cost least, where an order costs cost[a * n + b] for every
 * a that stands above a b (the linear ordering problem).
 *
 * The sets of options that can stand first in a best order form a lattice: a best order is a path
 * through it, from nobody to everybody. */
#ifndef CCI_RANKING_OPTIMAL_LATTICE_H
#define CCI_RANKING_OPTIMAL_LATTICE_H

#include "ranking/method.h"

/* Most options for which every subset is looked at: 2^20 sums of 8 bytes. */
#define CCI_SUBSETS_MAX 20
/* Most options at all: a set is a word of 64 bits. */
#define CCI_LATTICE_MAX 64
/* Most options for which a bound from below is told where they are too many; O(n^3). */
#define CCI_PACKED_MAX 512
/* Most sets kept of more than CCI_SUBSETS_MAX options; 32 bytes each. */
#define CCI_FRONTIER_MAX ((size_t)1 << 21)

typedef struct cci_lattice {
    size_t n;
    int64_t least;  /* cost of a best order */
    size_t count;   /* of the sets that begin some best order */
    uint64_t *sets; /* ascending, from the empty one to that of all n options */
    uint64_t *next; /* whom a best order that begins so can put next */
} cci_lattice;

/* Costs are at least 0, and one of the two costs of a pair is 0. Picks the algorithm by n.
 * COCREATE_ERR_OVERFLOW when the sum of all costs exceeds 2^60; COCREATE_ERR_LIMIT when there are
 * too many options, or too many sets to keep. On failure nothing is left to free. */
cocreate_status cci_lattice_open(const cci_run *run, const int64_t *cost, size_t n,
                                 cci_lattice *out, cocreate_error *error);
void cci_lattice_close(cci_lattice *l, const cocreate_allocator *a);
/* Index of a set that is in the lattice. O(log count). */
size_t cci_lattice_find(const cci_lattice *l, uint64_t set);

/* The two algorithms, for n >= 1 and a sum of costs up to 2^60.
 *
 * Dynamic programming over all subsets (Lawler 1964; Held & Karp 1962): O(2^n n) whatever the
 * costs. n <= CCI_SUBSETS_MAX. */
cocreate_status cci_lattice_by_subsets(const cci_run *run, const int64_t *cost, size_t n,
                                       cci_lattice *out, cocreate_error *error);
/* The same recursion on the sets that a lower bound does not exclude, set size by set size. */
cocreate_status cci_lattice_by_frontier(const cci_run *run, const int64_t *cost, size_t n,
                                        cci_lattice *out, cocreate_error *error);

static inline uint64_t cci_bit(size_t i)
{
    return UINT64_C(1) << i;
}

static inline uint64_t cci_all_bits(size_t n)
{
    return n == 64 ? UINT64_MAX : cci_bit(n) - 1;
}

/* Number of the lowest bit; `set` is not 0. */
static inline size_t cci_lowest(uint64_t set)
{
#if defined(__GNUC__)
    return (size_t)__builtin_ctzll(set);
#else
    size_t i = 0;
    for (; (set & 1) == 0; set >>= 1)
        i++;
    return i;
#endif
}

static inline size_t cci_bit_count(uint64_t set)
{
    set -= set >> 1 & UINT64_C(0x5555555555555555);
    set = (set & UINT64_C(0x3333333333333333)) + (set >> 2 & UINT64_C(0x3333333333333333));
    set = (set + (set >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return (size_t)(set * UINT64_C(0x0101010101010101) >> 56);
}

#endif
