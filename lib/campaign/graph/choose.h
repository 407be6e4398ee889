/* What edges say of a choice: some contributions exclude each other, some need another one. */
#ifndef CCI_CAMPAIGN_GRAPH_CHOOSE_H
#define CCI_CAMPAIGN_GRAPH_CHOOSE_H

#include "campaign/engine.h"

/* Refuses a decision of the firm in a final round that would select what is incompatible with the selected,
 * or what requires a contribution that is not selected; or would reject what a selected one requires. */
cocreate_status cci_choice_allowed(cci_engine *e, const cci_campaign *c, const char *round,
                                   const char *contribution, int selects, cocreate_error *error);

#endif
