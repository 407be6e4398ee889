/* What a voter's first, second, .. approved member is worth: Thiele's scores, as integers of one
 * common unit, so that sums over voters are exact and fast. */
#ifndef CCI_RANKING_COMMITTEE_WORTH_H
#define CCI_RANKING_COMMITTEE_WORTH_H

#include "ranking/committee/approvals.h"
#include "ranking/committee/wide.h"

/* Most limbs of a sum: 4,096 bits. */
#define CCI_WORTH_LIMBS 64

typedef struct cci_worth {
    cocreate_allocator allocator;
    size_t levels;
    size_t limbs;    /* of every number here, enough for the points of all voters together */
    uint64_t *steps; /* the i-th approved member, i from 1, adds steps[i * limbs]; 0 for i = 0 and
                        i = levels + 1 */
    uint64_t *most;  /* the most that the i-th or a later one adds, laid out like steps */
    mp_int unit;     /* a sum s stands for s / unit points */
} cci_worth;

/* Points of the i-th approved member, i from 1; not negative. `state` belongs to the method. */
typedef cocreate_status (*cci_points)(const void *state, size_t i, cci_rational *out,
                                      cocreate_error *error);

/* For committees of at most `seats`, and voters with at most `levels` approved members. */
cocreate_status cci_worth_init(cci_worth *w, const cci_run *run, const cci_approvals *voters,
                               size_t levels, cci_points points, const void *state,
                               cocreate_error *error);
/* On a zeroed struct a no-op. */
void cci_worth_free(cci_worth *w);

static inline const uint64_t *cci_step(const cci_worth *w, size_t i)
{
    return w->steps + i * w->limbs;
}

/* A sum of steps as points. */
cocreate_status cci_worth_value(const cci_worth *w, const uint64_t *sum, cci_value *out,
                                cocreate_error *error);

#endif
