/* Rewards that do not follow a certified round: made period by period, or shared by default. */
#ifndef CCI_CAMPAIGN_MONEY_PERIOD_H
#define CCI_CAMPAIGN_MONEY_PERIOD_H

#include "campaign/money/book.h"

extern const cci_command_type cci_command_reward_evaluate, cci_command_reward_default;
extern const cci_event_type cci_event_reward_evaluated, cci_event_reward_defaulted;

#endif
