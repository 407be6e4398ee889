/* What is paid to the platform: by the firm for publishing, by a contributor for each submission. */
#ifndef CCI_CAMPAIGN_MONEY_FEES_H
#define CCI_CAMPAIGN_MONEY_FEES_H

#include "campaign/engine.h"

/* COCREATE_ERR_REFUSED unless the payer of a submission, the actor or for the host the first author, has
 * paid every fee of the brief once more than used. */
cocreate_status cci_fees_require(cci_engine *e, const cci_campaign *c, const char *actor,
                                 const json_t *authors, cocreate_error *error);
/* The submission uses them up; by apply. */
cocreate_status cci_fees_use(cci_engine *e, const cci_event *event, cocreate_error *error);

/* What the firm pays for publishing, lines {"fee","currency","minor"} as "fees" of "fund.deposited"; nothing
 * where there is none. */
cocreate_status cci_fees_lines(const cci_campaign *c, json_t *data, cocreate_error *error);
cocreate_status cci_fees_post(cci_engine *e, cocreate_ledger *ledger, const cci_event *event,
                              cocreate_error *error);

extern const cci_command_type cci_command_fee_pay;
extern const cci_event_type cci_event_fee_paid;

#endif
