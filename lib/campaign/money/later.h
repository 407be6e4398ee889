/* Periods that could not be paid when they ended: reward.evaluate makes their awards, once, when the fund
 * holds what they need. The event is "awards.made" with the "period" and "later": true. */
#ifndef CCI_CAMPAIGN_MONEY_LATER_H
#define CCI_CAMPAIGN_MONEY_LATER_H

#include "campaign/engine.h"

/* Does an event make what failed before? */
int cci_made_later(const json_t *data);
/* By decide: the awards of this period of an "on": "cut" reward; "exists" where they were made. */
cocreate_status cci_later_decide(cci_engine *e, const cci_command *command, size_t reward,
                                 cci_decision *decision, cocreate_error *error);
/* The data of that event, recomputed. */
cocreate_status cci_later_again(cci_engine *e, const cci_event *event, size_t reward, json_t **out,
                                cocreate_error *error);

#endif
