/* Last places among the options that continue. */
#ifndef CCI_RANKING_POSITIONAL_LASTS_H
#define CCI_RANKING_POSITIONAL_LASTS_H

#include "ranking/shares.h"

typedef struct cci_lasts {
    cci_run *run;
    cci_shares shares; /* rows up to as many as can be last together */
    int64_t *left_out; /* by how many: weight of the ballots that leave out so many */
    /* Where no ranks are equal, what the last count among some left behind, so that the next one
     * among fewer begins there: */
    uint8_t *counted; /* who continued; NULL before the first */
    uint32_t *kept;   /* by ballot: its entries up to the last one that continued */
} cci_lasts;

/* Freeing a zeroed struct is a no-op; free also after a failed init. */
cocreate_status cci_lasts_init(cci_lasts *l, cci_run *run, cocreate_error *error);
void cci_lasts_free(cci_lasts *l);
/* Last on a ballot are the options it leaves out, if `bottom` and it leaves out some of the `size`
 * that continue, else its last rank with one that continues. Ballots that rank none of those count
 * for nobody. `continuing` NULL: all. O(ranked options + options for each number left out); where no
 * ranks are equal, ballots that rank all take O(1) and, from count to count while options leave, pass
 * over each entry once. */
cocreate_status cci_lasts_count(cci_lasts *l, const uint8_t *continuing, size_t size, int bottom,
                                cocreate_error *error);
/* Last places of an option that continues: shared ones in equal parts, or in full for each. */
cocreate_status cci_lasts_value(const cci_lasts *l, uint32_t option, int each, cci_rational *sum,
                                cci_rational *term, cci_value *out, cocreate_error *error);

#endif
