/* What a winner owes for an award: "obligations" of a reward, as a report every month for two years. Each is
 * due at the ends of periods of `every_us` from the instant the award was made, or accepted. A report
 * (award.report) meets one of them; one that passes without is overdue, by an event of that instant.
 *
 * The row of the award says "obligations": [{"id", "dues": [{"due", "state", "at", "digest", "late"}]}];
 * state is "waits", "met", "overdue", or "void" once the award has ended. A timer with the ids of the award
 * and the obligation waits for the first that waits. Source: Muji's window house, whose household reports
 * for two years. */
#ifndef CCI_CAMPAIGN_MONEY_OBLIGATIONS_H
#define CCI_CAMPAIGN_MONEY_OBLIGATIONS_H

#include "campaign/money/book.h"

/* "obligations" of a reward of the brief. */
cocreate_status cci_obligations_read(json_t *json, cci_reward_spec *reward, const cci_path *path,
                                     cocreate_error *error);

/* By apply, before the row of an award that was made or changed is written: they begin with it, and end with
 * it. */
cocreate_status cci_obligations_changed(cci_engine *e, cci_campaign *c, const cci_reward_spec *reward,
                                        const cci_claim *claim, int64_t at, cocreate_error *error);

/* Refuses to pay an award that waits for reports which its payment requires. */
cocreate_status cci_obligations_require(cci_engine *e, const cci_campaign *c, const char *award,
                                        cocreate_error *error);

/* The timer; its subject is the ids of the award and the obligation. */
cocreate_status cci_obligation_decide(cci_engine *e, cci_campaign *c, int64_t at, const char *subject,
                                      cci_decision *decision, cocreate_error *error);

extern const cci_command_type cci_command_award_report;
extern const cci_event_type cci_event_award_reported, cci_event_award_overdue;

#endif
