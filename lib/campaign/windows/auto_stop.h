/* "auto_stop": {"unpaid_us"} of a brief: a campaign in which nothing was paid for so long, from its
 * publication or the last payment of an award on, ends by itself at that instant. It is then cancelled, by
 * the event campaign.stopped: what was awarded stays owed and may be paid, what is left of the funds goes
 * back.
 *
 * The document of the campaign holds "stop": {"since", "at"} while a timer waits for it. */
#ifndef CCI_CAMPAIGN_AUTO_STOP_H
#define CCI_CAMPAIGN_AUTO_STOP_H

#include "campaign/engine.h"

/* By apply, where the brief has such a rule: something was paid (or the campaign published) at `since`. */
cocreate_status cci_stop_set(cci_engine *e, cci_campaign *c, int64_t since, cocreate_error *error);
/* By apply: something was paid while the campaign went on. */
cocreate_status cci_stop_paid(cci_engine *e, const cci_event *event, cocreate_error *error);
/* By apply: the brief was amended. */
cocreate_status cci_stop_amended(cci_engine *e, cci_campaign *c, cocreate_error *error);
/* By apply: the campaign is over. */
cocreate_status cci_stop_clear(cci_engine *e, cci_campaign *c, cocreate_error *error);

/* The timer. */
cocreate_status cci_stop_decide(cci_engine *e, cci_campaign *c, int64_t at, const char *subject,
                                cci_decision *decision, cocreate_error *error);
cocreate_status cci_stop_recount(cci_engine *e, cci_campaign *c, const char *subject, int64_t *at,
                                 cocreate_error *error);

#endif
