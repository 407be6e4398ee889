/* Care of contributions: what the firm answers, what people flag, and who appeals.
 *
 * CCI_KIND_RESPONSE holds what the firm answered: {"at", "by", "kind", "status", "text", "digest"}. */
#ifndef CCI_CAMPAIGN_CARE_H
#define CCI_CAMPAIGN_CARE_H

#include "campaign/engine.h"

/* "answer_within_us" of the brief, where it has the member. */
cocreate_status cci_brief_care(cci_brief *b, cocreate_error *error);

/* "responses" of a campaign and, where the brief says by when, what is "overdue" at `now`; lists that would
 * be empty are left out. */
cocreate_status cci_care_show(cci_engine *e, const cci_campaign *c, int64_t now, json_t *document,
                              cocreate_error *error);

extern const cci_command_type cci_command_response_post;
extern const cci_event_type cci_event_response_posted;

#endif
