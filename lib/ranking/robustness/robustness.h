/* How firmly a result stands: what other ballots would have to say, and what other voters might. */
#ifndef CCI_RANKING_ROBUSTNESS_H
#define CCI_RANKING_ROBUSTNESS_H

#include "ranking/method.h"

/* The method of `run` once more on other ballots over the same candidates: `again` has standings and
 * selected, and borrows options and roster. Its reports of progress repeat done of total. To be
 * closed also after a failure. */
typedef struct cci_again {
    cci_run run;
    cocreate_progress relay;
    const cocreate_progress *outer;
    uint64_t done, total;
} cci_again;

cocreate_status cci_again_run(cci_again *again, const cci_run *run, const cci_electorate *e,
                              uint64_t done, uint64_t total, cocreate_error *error);
void cci_again_close(cci_again *again);

/* Does this candidate win? */
int cci_run_wins(const cci_run *run, uint32_t candidate);

/* The margin of victory into run->margin and the notes: the least weight of ballots that, cast
 * differently, change who wins (Xia, Computing the margin of victory for various voting rules, 2012),
 * as a lower and an upper bound; where they meet it is exact. */
cocreate_status cci_margin(cci_run *run, cocreate_error *error);

/* Bootstrap of Efron (1979): as many ballots as there are, drawn from them with replacement, counted
 * run->bootstrap times, into run->confidence and the notes. */
cocreate_status cci_bootstrap(cci_run *run, const cocreate_profile *profile,
                              cocreate_error *error);

#endif
