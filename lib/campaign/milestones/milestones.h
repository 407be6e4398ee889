/* Milestones: so many supporters (or so much money) in so much time, one after another.
 *
 * CCI_KIND_COUNT holds what the standing ballots of a round give a contribution, {"amount", "ballots"}, kept
 * by the apply of each ballot, only where a milestone names the round. CCI_KIND_MILESTONE holds how far a
 * contribution is: {"state": "waiting" | "complete" | "frozen" | "missed" | "stopped", "next", "from",
 * "deadline", "due", "reached": [{"milestone", "at", "count"}]}.
 *
 * A milestone is reached at the instant of the ballot that reaches it, and missed at its deadline: whatever
 * the ticks, the log is the same. */
#ifndef CCI_CAMPAIGN_MILESTONES_H
#define CCI_CAMPAIGN_MILESTONES_H

#include "campaign/engine.h"

/* By apply: a work was published; it left; what is kept of a ballot in a counted round was `old`, and
 * stands with these marks now; either may be NULL. */
cocreate_status cci_milestones_start(cci_engine *e, const cci_event *event, const char *contribution,
                                     cocreate_error *error);
cocreate_status cci_milestones_stop(cci_engine *e, const cci_event *event, const char *contribution,
                                    cocreate_error *error);
cocreate_status cci_milestones_vote(cci_engine *e, const cci_event *event, size_t round, const json_t *old,
                                    const json_t *now, cocreate_error *error);

/* What is due: the event "milestone.reached" or "milestone.missed". */
cocreate_status cci_milestone_decide(cci_engine *e, cci_campaign *c, int64_t at, const char *contribution,
                                     cci_decision *decision, cocreate_error *error);

/* A pause is over: what the contribution waits for comes so much later. */
cocreate_status cci_milestone_shift(cci_engine *e, cci_campaign *c, const char *contribution, int64_t by,
                                    cocreate_error *error);

/* Has the contribution reached this milestone of the brief? */
cocreate_status cci_milestone_reached(cci_engine *e, const cci_campaign *c, const char *contribution,
                                      size_t milestone, int *out, cocreate_error *error);
/* The milestone that froze the contribution's votes, or -1. */
cocreate_status cci_milestone_frozen(cci_engine *e, const cci_campaign *c, const char *contribution,
                                     int *out, cocreate_error *error);
/* Index by id, or n_milestones. */
size_t cci_milestone_find(const cci_brief *b, const char *id);

extern const cci_event_type cci_event_milestone_reached, cci_event_milestone_missed;

#endif
