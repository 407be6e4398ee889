/* Overrides: the firm changes who is selected by a tally, as a decision with a reason. */
#ifndef CCI_CAMPAIGN_ROUNDS_OVERRIDE_H
#define CCI_CAMPAIGN_ROUNDS_OVERRIDE_H

#include "campaign/rounds/rounds.h"

/* decision.make with "override": true. */
cocreate_status cci_override_decide(cci_engine *e, const cci_command *command, size_t round,
                                    const char *contribution, int selects, const char *reason,
                                    cci_decision *decision, cocreate_error *error);
cocreate_status cci_override_apply(cci_engine *e, const cci_event *event, cocreate_error *error);

#endif
