/* A payment of an award, by hand or by itself. */
#ifndef CCI_CAMPAIGN_MONEY_PAY_H
#define CCI_CAMPAIGN_MONEY_PAY_H

#include "campaign/engine.h"

/* May it be paid now? `data` is {"award", "reference", "rail"}. COCREATE_EXISTS where it was, by this
 * payment. */
cocreate_status cci_pay_try(cci_engine *e, cci_campaign *c, const json_t *data, int64_t at,
                            cocreate_error *error);

#endif
