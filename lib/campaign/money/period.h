/* Rewards that do not follow a certified round: made period by period, or shared by default. */
#ifndef CCI_CAMPAIGN_MONEY_PERIOD_H
#define CCI_CAMPAIGN_MONEY_PERIOD_H

#include "campaign/money/book.h"

/* The timer of a reward that is shared by itself where its round failed: "by": "event" of its default. */
cocreate_status cci_default_waits(cci_engine *e, cci_campaign *c, const char *round, cocreate_error *error);
cocreate_status cci_default_due(cci_engine *e, cci_campaign *c, int64_t at, const char *reward,
                                cci_decision *decision, cocreate_error *error);
cocreate_status cci_default_recount(cci_engine *e, cci_campaign *c, const char *reward, int64_t *at,
                                    cocreate_error *error);

extern const cci_command_type cci_command_reward_evaluate, cci_command_reward_default;
extern const cci_event_type cci_event_reward_evaluated, cci_event_reward_defaulted;

#endif
