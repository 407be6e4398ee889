/* Offers that end by themselves: "expires": "event" of a reward. An award that is not accepted or claimed by
 * its deadline then ends at that instant, by a timer with the id of the award, and what the scheme promotes
 * follows. */
#ifndef CCI_CAMPAIGN_MONEY_OFFERS_H
#define CCI_CAMPAIGN_MONEY_OFFERS_H

#include "campaign/money/book.h"

/* By apply: the award was made or changed; `claim` is as it stands. */
cocreate_status cci_offer_changed(cci_engine *e, cci_campaign *c, const cci_reward_spec *reward,
                                  const cci_book *b, const cci_claim *claim, cocreate_error *error);
/* Which awards of a reward lapse at `at`, and who follows: nothing is decided where none does. */
cocreate_status cci_expire_decide(cci_engine *e, cci_campaign *c, const char *reward, int64_t at,
                                  cci_decision *decision, cocreate_error *error);

/* The timer. */
cocreate_status cci_offer_decide(cci_engine *e, cci_campaign *c, int64_t at, const char *award,
                                 cci_decision *decision, cocreate_error *error);

#endif
