/* Runs of metric rounds. */
#ifndef CCI_CAMPAIGN_ROUNDS_RUNS_H
#define CCI_CAMPAIGN_ROUNDS_RUNS_H

#include "campaign/rounds/rounds.h"

/* Row id of a run: round, contribution, run. An empty run gives the prefix of a contribution's
 * runs. Owned by the caller. */
char *cci_run_key(const cci_engine *e, const char *round, const char *contribution,
                  const char *run);

#endif
