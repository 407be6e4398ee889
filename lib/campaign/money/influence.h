/* Influence: what an entry earns is shared by those who made it and those who helped to choose it, in phases
 * with declared shares that sum to 1; in each phase by what people did: "influence" of a reward. They stand
 * in the place of the authors when the scheme is evaluated. Source: Quirky until 2015. */
#ifndef CCI_CAMPAIGN_MONEY_INFLUENCE_H
#define CCI_CAMPAIGN_MONEY_INFLUENCE_H

#include "campaign/engine.h"

/* "influence" of a reward of the brief, whose scheme was read. */
cocreate_status cci_influence_read(const cci_brief *b, json_t *json, cci_reward_spec *reward,
                                   const cci_path *path, cocreate_error *error);

/* The entries of a result that are awarded get those who have influence on them as their team. */
cocreate_status cci_influence_put(cci_engine *e, const cci_campaign *c, const json_t *influence,
                                  json_t *result, cocreate_error *error);

#endif
