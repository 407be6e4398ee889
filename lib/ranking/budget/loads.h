/* Sequential Phragmen: every candidate costs its supporters a load, which they share so that all of
 * them end with the same; the one that ends lowest is next.
 *
 * The load of a voter is that of the last candidate elected among those he supports, so a sum of
 * loads is a short sum of former loads with integer factors. In the second phase of the method of
 * equal shares voters begin with what they have left, as a load below 0. */
#ifndef CCI_RANKING_BUDGET_LOADS_H
#define CCI_RANKING_BUDGET_LOADS_H

#include "ranking/budget/purses.h"

typedef struct cci_loads {
    cci_run *run;
    const cci_support *support;
    const int64_t *cost;
    cci_purses *purses; /* whose money voters begin with, or NULL */
    cci_pool own, *pool; /* the own one, or that of the purses */
    size_t first;        /* numbers of the pool from here on are loads */
    cci_race race;
    uint32_t *last;      /* by ballot: number of its load in the pool; 0: as in the beginning */
    double *weight, *load;
    int64_t *factor;     /* by number of the pool, for a sum */
    size_t factor_room;
    double slack;        /* no load is further from its double */
    mp_int left, right;
} cci_loads;

/* On failure nothing is left to free; freeing a zeroed struct is a no-op. */
cocreate_status cci_loads_open(cci_loads *l, cci_run *run, const cci_support *support,
                               const int64_t *cost, cci_purses *purses, cocreate_error *error);
void cci_loads_close(cci_loads *l);

/* Everybody is without load again, or has what the purses say now. Candidates without supporters,
 * or set in `without`, have no price. */
cocreate_status cci_loads_reset(cci_loads *l, const uint8_t *without, cocreate_error *error);

/* The candidates with the lowest load if elected next, ascending; *n = 0 where nobody is left that
 * has supporters. */
cocreate_status cci_loads_lowest(cci_loads *l, uint32_t *tied, size_t *n, cocreate_error *error);

/* Elect a candidate with supporters; its load becomes the last of the pool. */
cocreate_status cci_loads_elect(cci_loads *l, uint32_t candidate, cocreate_error *error);

#endif
