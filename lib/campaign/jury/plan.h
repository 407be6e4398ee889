/* The plan of who evaluates what. */
#ifndef CCI_CAMPAIGN_JURY_PLAN_H
#define CCI_CAMPAIGN_JURY_PLAN_H

#include "campaign/jury/jury.h"

/* What is to be offered now, {"offers":[{"contribution","juror"}], "expired":[...], "short":[{
 * "contribution","missing"}]}, members without content left out. Deterministic: candidates in the
 * order of the round; each gets the juror with the least work, the first of the panel among equals;
 * where the load of everybody who may is full, work is moved among the offers of this plan so that as
 * many are placed as can be. What stands already stays. "conflicts": ["attribute", "team"] lists what else
 * than authorship and declarations kept somebody away; without `close` these are not looked at. */
cocreate_status cci_plan(cci_engine *e, const cci_campaign *c, size_t round, const json_t *row,
                         int64_t at, int close, json_t **out, cocreate_error *error);

#endif
