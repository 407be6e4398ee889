/* Runs of metric rounds. */
#ifndef CCI_CAMPAIGN_ROUNDS_RUNS_H
#define CCI_CAMPAIGN_ROUNDS_RUNS_H

#include "campaign/rounds/rounds.h"

/* What authors chose, {"runs": [ids]}, owned by the caller; NULL: nothing. In choose.c. */
cocreate_status cci_run_choice(cci_engine *e, const cci_campaign *c, const char *round,
                               const char *contribution, json_t **out, cocreate_error *error);

/* Decide the last call if a run of this value is the first that reaches the line. In choose.c. */
cocreate_status cci_last_call_decide(cci_engine *e, const cci_command *command, size_t round,
                                     const char *run, const char *contribution, const char *value,
                                     int64_t submitted_at, cci_decision *decision,
                                     cocreate_error *error);

#endif
