/* Rewards of a rolling round: "on": "cut" is evaluated on what each period selected, when it ends, and
 * "on": "decision" on each contribution that the firm selects, at once. Both make "awards.made" with the
 * number of the period or the contribution, which stands before the ids of the awards.
 *
 * What waits to be evaluated stands in "occasions" of the campaign's document, [{"reward", "period" or
 * "contribution"}], from the event that is the occasion to the next one, which follows at once. A
 * decision that its fund cannot pay is refused; a period that it cannot pay is not awarded: that event says
 * "failed". Once the fund can, the period is made later: later.h. */
#ifndef CCI_CAMPAIGN_MONEY_OCCASION_H
#define CCI_CAMPAIGN_MONEY_OCCASION_H

#include "campaign/engine.h"

/* The brief: is the round of a reward one that has such occasions, and does nobody pay for the same twice? */
cocreate_status cci_occasion_check(const cci_brief *b, const cci_reward_spec *reward, const cci_path *path,
                                   cocreate_error *error);
cocreate_status cci_occasion_once(const cci_brief *b, const cci_reward_spec *reward, const cci_path *path,
                                  cocreate_error *error);

/* By apply: a period ended with a result; the firm selected. The first leaves writing to its caller. */
cocreate_status cci_occasion_cut(cci_campaign *c, const cci_round_spec *round, int64_t period,
                                 cocreate_error *error);
cocreate_status cci_occasion_decision(cci_engine *e, cci_campaign *c, const cci_round_spec *round,
                                      const char *contribution, cocreate_error *error);

/* By decide: refuses a selection that its fund cannot pay. */
cocreate_status cci_occasion_affords(cci_engine *e, cci_campaign *c, const cci_round_spec *round,
                                     const char *contribution, int64_t at, cocreate_error *error);

/* Does one wait? Then "awards.made" follows. */
int cci_occasion_waits(const cci_campaign *c);
cocreate_status cci_occasion_decide(cci_engine *e, cci_campaign *c, cci_decision *decision,
                                    cocreate_error *error);
/* The data of "awards.made" on an occasion {"reward", "period" or "contribution"}: with "failed" and why,
 * where its scheme or its fund refuses. */
cocreate_status cci_occasion_compute(cci_engine *e, cci_campaign *c, size_t reward, const json_t *occasion,
                                     int64_t at, json_t **out, cocreate_error *error);
/* The data of that event, recomputed; and by apply: it waits no more. */
cocreate_status cci_occasion_again(cci_engine *e, const cci_event *event, size_t reward, json_t **out,
                                   cocreate_error *error);
cocreate_status cci_occasion_done(const cci_event *event, cocreate_error *error);
/* Can no occasion come any more? */
cocreate_status cci_occasion_over(cci_engine *e, const cci_campaign *c, const cci_reward_spec *reward,
                                  int *over, cocreate_error *error);

#endif
