/* Equal ranks in Meek's method: what each option of a rank keeps of a ballot is the mean over all
 * orders of the rank, without going through the orders. */
#ifndef CCI_RANKING_STV_EQUAL_H
#define CCI_RANKING_STV_EQUAL_H

#include "ranking/stv/count.h"

typedef struct cci_equal {
    cci_calc *calc;
    const cci_electorate *electorate;
    uint64_t scale;
    size_t *ballots; /* those with equal ranks and a weight */
    size_t count;
    /* Of one rank, as wide as the widest. */
    uint32_t *members;
    uint64_t *kept;
    uint64_t *passed; /* what the elected members pass on, above 0, ascending */
    uint64_t *means;
    cci_rational *exact; /* room for means in fractions, made when needed */
    size_t exact_count;
} cci_equal;

/* Free also after a failed init. */
cocreate_status cci_equal_init(cci_equal *e, cci_count *c, uint64_t scale, cocreate_error *error);
void cci_equal_free(cci_equal *e);

/* Let a ballot of weight `scale` go through its ranks. `add` is told what a member keeps. *rest is
 * what is left behind its last rank. `keep` has the keep factors, 0 of the eliminated. */
cocreate_status cci_equal_pass(cci_equal *e, size_t ballot, const uint64_t *keep,
                               void (*add)(void *context, uint32_t option, uint64_t kept),
                               uint64_t (*alone)(void *context, uint64_t weight, uint64_t factor,
                                                 uint64_t *rest),
                               void *context, uint64_t *rest, cocreate_error *error);

#endif
