/* Grants of rights: proposed or held from a submission on, active when the brief says so, released at the
 * end of the hold or when a contribution ends, revoked where the brief lets them be.
 *
 * CCI_KIND_RIGHT of a contribution: {"type", "terms", "accepted_at", "state": "proposed" | "held" |
 * "active" | "released" | "revoked"} and "due" (the end of the hold, while a timer waits for it),
 * "active_at", "released_at", "revoked_at", "reason", "grantee", "reference", "by". */
#ifndef CCI_CAMPAIGN_RIGHTS_H
#define CCI_CAMPAIGN_RIGHTS_H

#include "campaign/engine.h"

/* A work was submitted: its grant, where the brief has rights. Apply only. */
cocreate_status cci_right_propose(cci_engine *e, const cci_event *event, const char *contribution,
                                  cocreate_error *error);

/* The moment `effective` ("on_select", "on_payment") has come for a contribution: its grant becomes
 * active if the brief names that moment. Apply only. */
cocreate_status cci_right_reach(cci_engine *e, const cci_event *event, const char *effective,
                                const char *contribution, cocreate_error *error);

/* The contribution left the campaign: a grant that waits is released. Apply only. */
cocreate_status cci_right_release(cci_engine *e, const cci_event *event, const char *contribution,
                                  cocreate_error *error);

/* It is back: what was released waits again, for what is left of its hold. Apply only. */
cocreate_status cci_right_hold_again(cci_engine *e, const cci_event *event, const char *contribution,
                                     cocreate_error *error);

/* Refuses the payment of an award for this contribution, NULL for none, where the brief requires a grant and
 * none stands. */
cocreate_status cci_right_require(cci_engine *e, const cci_campaign *c, const char *award,
                                  const char *contribution, cocreate_error *error);

/* A hold is over: the event "right.released". A pause is over: it lasts longer. */
cocreate_status cci_right_decide(cci_engine *e, cci_campaign *c, int64_t at, const char *contribution,
                                 cci_decision *decision, cocreate_error *error);
cocreate_status cci_right_shift(cci_engine *e, cci_campaign *c, const char *contribution, int64_t by,
                                cocreate_error *error);

/* By apply: write the row in a state, since now; a timer that waits for the end of the hold goes. */
cocreate_status cci_right_set(cci_engine *e, const cci_event *event, const char *contribution, json_t *right,
                              const char *state, const char *since, cocreate_error *error);

extern const cci_command_type cci_command_right_grant, cci_command_right_revoke;
extern const cci_event_type cci_event_right_granted, cci_event_right_revoked, cci_event_right_released;

#endif
