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
/* The same where the subject is several ids, as CCI_KEY(round, contribution). */
cocreate_status cci_timer_set_by(cci_engine *e, cci_campaign *c, int64_t at, const char *what,
                                 const char *const *key, cocreate_error *error);
cocreate_status cci_timer_drop_by(cci_engine *e, cci_campaign *c, int64_t at, const char *what,
                                  const char *const *key, cocreate_error *error);
/* Drop every timer of a kind whose subject is of several ids and begins with `id`; NULL: every one. */
cocreate_status cci_timers_clear(cci_engine *e, cci_campaign *c, const char *what, const char *id,
                                 cocreate_error *error);
/* The index of the round that a subject of several ids begins with, and what follows it. */
cocreate_status cci_timer_round(const cci_campaign *c, const char *subject, size_t *round, const char **rest,
                                cocreate_error *error);

/* A pause is over: every timer, and what it waits for, comes so much later. By apply. */
cocreate_status cci_timers_shift(cci_engine *e, cci_campaign *c, int64_t by, cocreate_error *error);

/* An instant so much later; what is beyond what a log can hold never comes. */
int64_t cci_later(int64_t at, int64_t by);
/* The same with an instant that a document holds: 1, or 0 where memory is short. */
int cci_put_later(json_t *object, const char *key, int64_t by);

/* When the next timer is due; INT64_MAX for never. From the document of a campaign. */
int64_t cci_timer_next(const json_t *doc);
/* Decide what the first timer asks for, which is due. */
cocreate_status cci_timer_decide(cci_engine *e, cci_campaign *c, cci_decision *decision,
                                 cocreate_error *error);

#endif
