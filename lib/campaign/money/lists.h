/* Lists of the result that the campaign itself knows: who voted for what, who pledged, what derives from
 * what. */
#ifndef CCI_CAMPAIGN_MONEY_LISTS_H
#define CCI_CAMPAIGN_MONEY_LISTS_H

#include "campaign/engine.h"

/* Check the "lists" of a reward in a brief, {"votes": {"round": "crowd"}, "lineage": "edges"}; `json` may be
 * NULL. */
cocreate_status cci_lists_check(const cci_brief *b, const json_t *json, const cci_path *path,
                                cocreate_error *error);

/* Put them into a result, as they are in the state now; `exponent` is that of the scheme's currency. */
cocreate_status cci_lists_add(cci_engine *e, const cci_campaign *c, const json_t *lists,
                              int32_t exponent, json_t *result, cocreate_error *error);

#endif
