/* Payments that come by themselves: "release" of a reward. Once the recipient has delivered (award.deliver)
 * the award is paid so long after, unless it is disputed (award.dispute), or paid by hand before. What the
 * rules of payment refuse at that instant is withheld, with their words.
 *
 * The row of the award says "delivered": {"digest", "at"}, and "release_at" while a timer with its id waits;
 * "disputed" or "withheld" why it does not. Source: 99designs pays five days after the files are handed
 * over. */
#ifndef CCI_CAMPAIGN_MONEY_RELEASE_H
#define CCI_CAMPAIGN_MONEY_RELEASE_H

#include "campaign/money/book.h"

/* By apply, before the row is written: an award that is paid or has ended waits no longer. */
cocreate_status cci_release_changed(cci_engine *e, cci_campaign *c, const cci_claim *claim,
                                    cocreate_error *error);

/* The timer. */
cocreate_status cci_release_decide(cci_engine *e, cci_campaign *c, int64_t at, const char *award,
                                   cci_decision *decision, cocreate_error *error);
cocreate_status cci_release_recount(cci_engine *e, cci_campaign *c, const char *award, int64_t *at,
                                    cocreate_error *error);

extern const cci_command_type cci_command_award_deliver, cci_command_award_dispute;
extern const cci_event_type cci_event_award_delivered, cci_event_award_disputed, cci_event_award_withheld;

#endif
