/* A runoff between the two options with the most first places. */
#ifndef CCI_RANKING_ELIMINATION_RUNOFF_H
#define CCI_RANKING_ELIMINATION_RUNOFF_H

#include "ranking/method.h"

/* Most pairs that are followed where several tie for the runoff. */
#define CCI_RUNOFF_PAIRS 65536

/* Run it; of each ballot the first `preferences` ranks count, 0: all. More than half of the first
 * places win at once. Where several tie for the two places in the runoff and the chain does not
 * tell, every pair that may meet is followed, and who wins in one of them is a winner. */
cocreate_status cci_runoff_run(cci_run *run, int64_t preferences, cocreate_error *error);

#endif
