/* What is handed over late is worth less: "late" of a reward, {"after_us", "each_us", "share"}. The award is
 * to be delivered (award.deliver) by `after_us` after it was made; for each `each_us` begun later it loses
 * the share of what it was, and nothing is left where these are all of it. The first delivery counts. What it
 * loses goes back to its fund, by the event "award.reduced" beside the delivery; until then it is not paid.
 *
 * Source: the Digital Run of Topcoder took a fifth of the points for each 24 hours that a final fix was
 * late. */
#ifndef CCI_CAMPAIGN_MONEY_LATE_H
#define CCI_CAMPAIGN_MONEY_LATE_H

#include "campaign/brief_read.h"
#include "campaign/money/book.h"

/* "late" of a reward of the brief. */
cocreate_status cci_late_read(json_t *json, cci_reward_spec *reward, const cci_path *path,
                              cocreate_error *error);

/* By decide, with "award.delivered", which comes before: an award of this row is delivered at `at`, for the
 * first time. Adds the event where it is late. */
cocreate_status cci_late_decide(cci_engine *e, cci_campaign *c, const json_t *row, int64_t at,
                                cci_decision *decision, cocreate_error *error);

/* Refuses to pay an award that waits for its delivery. */
cocreate_status cci_late_require(cci_engine *e, const cci_campaign *c, const char *award,
                                 cocreate_error *error);

extern const cci_event_type cci_event_award_reduced;

#endif
