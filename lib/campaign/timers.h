/* Timers: what time alone makes happen to one thing of a campaign, besides its phases.
 *
 * A timer is a row (CCI_KIND_TIMER) whose id begins with its instant, so that the first row is the next one
 * due; the document of the campaign holds that instant as "due". Rows are written by apply alone. A kind of
 * timer decides one event when it is due, whose apply drops the timer or moves it on. */
#ifndef CCI_CAMPAIGN_TIMERS_H
#define CCI_CAMPAIGN_TIMERS_H

#include "campaign/engine.h"

/* Set and drop; "due" of the document follows, and the document is written. */
cocreate_status cci_timer_set(cci_engine *e, cci_campaign *c, int64_t at, const char *what,
                              const char *subject, cocreate_error *error);
cocreate_status cci_timer_drop(cci_engine *e, cci_campaign *c, int64_t at, const char *what,
                               const char *subject, cocreate_error *error);
/* The campaign is over: drop every timer of a kind; or of "kind\nid", those whose subject begins so. */
cocreate_status cci_timers_clear(cci_engine *e, cci_campaign *c, const char *what, cocreate_error *error);

/* A pause is over: every timer, and what it waits for, comes so much later. By apply. */
cocreate_status cci_timers_shift(cci_engine *e, cci_campaign *c, int64_t by, cocreate_error *error);

/* When the next timer is due; INT64_MAX for never. From the document of a campaign. */
int64_t cci_timer_next(const json_t *doc);
/* Decide what the first timer asks for, which is due. */
cocreate_status cci_timer_decide(cci_engine *e, cci_campaign *c, cci_decision *decision,
                                 cocreate_error *error);

#endif
