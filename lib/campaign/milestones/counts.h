/* Running counts of the ballots of a round. */
#ifndef CCI_CAMPAIGN_MILESTONES_COUNTS_H
#define CCI_CAMPAIGN_MILESTONES_COUNTS_H

#include "campaign/milestones/milestones.h"

/* How many standing ballots support a contribution in a round, and the sum of what they give; 0 at first. */
cocreate_status cci_count_get(cci_engine *e, const cci_campaign *c, const char *round, const char *id,
                              int64_t *ballots, int64_t *amount, cocreate_error *error);
/* By apply. */
cocreate_status cci_count_put(cci_engine *e, const cci_campaign *c, const char *round, const char *id,
                              int64_t ballots, int64_t amount, cocreate_error *error);
/* By apply: the ballots of `from` now support `to`, which gains so many and so much by it. */
cocreate_status cci_count_merge(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                                const char *from, const char *to, int64_t by, int64_t more,
                                cocreate_error *error);
/* By apply, after a count has changed: is the next milestone reached? Then its timer is due at once. */
cocreate_status cci_milestone_look(cci_engine *e, const cci_event *event, const char *contribution,
                                   cocreate_error *error);

#endif
