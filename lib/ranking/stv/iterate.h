/* Counts that share every ballot anew until the elected have just the quota: Meek and Warren. */
#ifndef CCI_RANKING_STV_ITERATE_H
#define CCI_RANKING_STV_ITERATE_H

#include "ranking/stv/tree.h"

/* What a candidate with keep factor k takes of a ballot's weight w, and what is left of it. */
typedef enum cci_keep {
    CCI_KEEP_UP,    /* w * k rounded up, and the rest */
    CCI_KEEP_DOWN,  /* w * k and w * (1 - k), both rounded down */
    CCI_KEEP_AT_MOST /* k, but not more than w */
} cci_keep;

typedef struct cci_iteration {
    int decimals;       /* at most 9, so that products fit 64 bits */
    int64_t omega;      /* in 10^-decimals: a smaller surplus ends the iteration */
    cci_keep keep;
    int update_once;    /* k * quota / votes rounded up once, not after each step */
    int tie_by_surplus; /* who is within the surplus of the lowest ties with it */
    int batch;          /* sure losers leave together, before the iteration ends */
    cci_look_back look;
} cci_iteration;

#define CCI_KEEP_DECIMALS_MAX 9

cocreate_status cci_iterate(cci_run *run, const cci_iteration *rule, cocreate_error *error);

#endif
