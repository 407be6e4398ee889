/* Who leads a contribution. Its row says "lead": {"participant", "by", "at", "reason"} once somebody was
 * named. */
#ifndef CCI_CAMPAIGN_REVISIONS_LEAD_H
#define CCI_CAMPAIGN_REVISIONS_LEAD_H

#include "campaign/engine.h"

/* The id of who leads; "" where nobody does. */
const char *cci_lead_of(const json_t *row);

extern const cci_command_type cci_command_contribution_lead;
extern const cci_event_type cci_event_contribution_led;

#endif
