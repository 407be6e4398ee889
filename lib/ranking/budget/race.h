/* The candidates of least exact price, where prices only rise and most are known only from below.
 *
 * Each candidate has a lower bound as a double. The one of the lowest bound is looked at first: a
 * cheap pass in doubles raises its bound, or its exact price is worked out. Nobody whose bound is
 * above the best exact price needs to be looked at. So doubles only spare work; what is compared in
 * the end is exact. */
#ifndef CCI_RANKING_BUDGET_RACE_H
#define CCI_RANKING_BUDGET_RACE_H

#include "ranking/budget/pool.h"
#include "ranking/method.h"

/* The exact price of a candidate: num / (den of the pool * divisor). */
typedef struct cci_offer {
    mp_int num;
    int64_t divisor;
    double high; /* not below the price */
    int out;     /* there is none, and never will be again */
} cci_offer;

typedef struct cci_racer {
    double low; /* not above the price; `refine` raises it */
    uint8_t fresh, out;
} cci_racer;

struct cci_race;

typedef struct cci_race_rules {
    /* Raise the bound of a candidate, or set `out`. */
    void (*refine)(void *context, uint32_t candidate, cci_racer *racer);
    cocreate_status (*price)(void *context, uint32_t candidate, cci_offer *out,
                             cocreate_error *error);
    /* < 0, 0, > 0 as a is cheaper than, as dear as, dearer than b. */
    cocreate_status (*compare)(void *context, uint32_t a, const cci_offer *offer_a, uint32_t b,
                               const cci_offer *offer_b, int *out, cocreate_error *error);
} cci_race_rules;

typedef struct cci_race {
    cocreate_allocator allocator;
    const cci_race_rules *rules;
    void *context;
    size_t candidates;
    cci_racer *racers;
    uint32_t *heap; /* those that are not looked at yet, lowest bound first */
    size_t waiting;
    cci_offer best, now;
} cci_race;

cocreate_status cci_race_init(cci_race *r, const cocreate_allocator *a, size_t candidates,
                              const cci_race_rules *rules, void *context, cocreate_error *error);
void cci_race_free(cci_race *r);

/* The candidates of the least price into `tied` (room for all), in ascending order; *n = 0 if no
 * candidate is left. r->best is the price of the first that was found. */
cocreate_status cci_race_run(cci_race *r, uint32_t *tied, size_t *n, cocreate_error *error);

#endif
