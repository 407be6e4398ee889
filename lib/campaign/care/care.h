/* Care of contributions: what the firm answers, what people flag, and who appeals.
 *
 * CCI_KIND_RESPONSE holds what the firm answered: {"at", "by", "kind", "status", "text", "digest"}.
 * CCI_KIND_FLAG holds what somebody pointed at: {"contribution", "revision", "reason", "at", "by", "state"
 * ("raised", "upheld", "dismissed"), "decided_at", "decided_by", "note", "appeal"}; CCI_KIND_FLAG_MARK that a
 * reporter did. CCI_KIND_APPEAL holds what was asked again: {"contribution" or "flag", "reason", "at", "by",
 * "state" ("filed", "upheld", "overturned"), "decided_at", "decided_by", "answer"}; what is appealed for has
 * {"appeal", "state"} as its "appeal". Where appeals are heard, a removed contribution has its content as
 * "kept", until one is upheld. */
#ifndef CCI_CAMPAIGN_CARE_H
#define CCI_CAMPAIGN_CARE_H

#include "campaign/engine.h"

/* "answer_within_us" of the brief, where it has the member. */
cocreate_status cci_brief_care(cci_brief *b, cocreate_error *error);

/* "moderation" of the brief, where it is an object. */
cocreate_status cci_brief_moderation(cci_brief *b, cocreate_error *error);
/* Refuses a reason that is none of the brief's, where it lists them. */
cocreate_status cci_reason_check(const cci_campaign *c, const char *reason, cocreate_error *error);
/* The row of a flag, owned by the caller; COCREATE_ERR_NOT_FOUND. */
cocreate_status cci_flag_get(cci_engine *e, const cci_campaign *c, const char *id, json_t **out,
                             cocreate_error *error);

/* "responses", "flags", "appeals", "useful" of a campaign and, where the brief says by when, what is
 * "overdue" at `now`; lists that would be empty are left out. */
cocreate_status cci_care_show(cci_engine *e, const cci_campaign *c, int64_t now, json_t *document,
                              cocreate_error *error);

extern const cci_command_type cci_command_response_post, cci_command_flag_raise, cci_command_flag_uphold,
    cci_command_flag_dismiss, cci_command_appeal_file, cci_command_appeal_decide;
extern const cci_event_type cci_event_response_posted, cci_event_flag_raised, cci_event_flag_upheld,
    cci_event_flag_dismissed, cci_event_appeal_filed, cci_event_appeal_decided;

#endif
