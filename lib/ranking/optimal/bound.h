/* What a best order costs at least and at most, for sets too many to try them all. */
#ifndef CCI_RANKING_OPTIMAL_BOUND_H
#define CCI_RANKING_OPTIMAL_BOUND_H

#include "ranking/optimal/lattice.h"

/* Any order puts one or two of "a above b", "b above c", "c above a" (a circle of three). A price
 * on each circle, taken off the costs of its pairs, bounds the cost of every order of any set R:
 * the prices of the circles within R and the smaller of the two costs of each pair that are left.
 * Any prices are right (Lagrangean relaxation); those here are found by subgradients. All bounds
 * are in units of 2^shift / scale, and rounded down. */
typedef struct cci_order_bound {
    size_t n;
    int64_t scale; /* 1 where there is a shift */
    int shift;
    int64_t most;  /* cost of the best order known; in units of the costs */
    int64_t whole; /* bound for all options */
    int64_t *prices; /* n^3: both circles of a, b, c in any order of the three */
    int64_t *pairs;  /* n^2: the smaller cost left of a pair, may be negative */
    uint64_t before[CCI_LATTICE_MAX]; /* who stands above an option in every best order */
} cci_order_bound;

/* Costs as for a lattice; `most` is the cost of some order. On failure nothing is left. */
cocreate_status cci_order_bound_open(const cci_run *run, const int64_t *cost, size_t n,
                                     int64_t most, cci_order_bound *out, cocreate_error *error);
void cci_order_bound_close(cci_order_bound *b, const cocreate_allocator *a);
/* A cost in the units of bounds. */
static inline int64_t cci_order_bound_units(const cci_order_bound *b, int64_t cost)
{
    return cost * b->scale >> b->shift;
}

/* By how much the bound falls from that of `rest` and `option` to that of `rest`. */
int64_t cci_order_bound_drop(const cci_order_bound *b, size_t option, uint64_t rest);

/* Cost of a good order: local search by moving one option at a time, from several starts that are
 * always the same. `order` (n) receives it. */
int64_t cci_order_descend(const int64_t *cost, size_t n, uint32_t *order);

#endif
