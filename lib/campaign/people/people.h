/* People: their attributes, whether they may act, their roles.
 *
 * The row of a participant is {"at", "side"} and, where given, "person" (a commitment), "weight" (an
 * exact ratio) and "status" ("suspended", "erased") with "reason_at". Attributes stand in a row of
 * their own, so that the row which every vote reads stays short and holds no text of a host's
 * choosing. */
#ifndef CCI_CAMPAIGN_PEOPLE_H
#define CCI_CAMPAIGN_PEOPLE_H

#include "campaign/engine.h"

extern const char *const cci_role_words[]; /* NULL-ended: contributor, voter, juror, ... */

/* Attributes: {key: integer | decimal text | text | boolean}. Checks a document of them. */
cocreate_status cci_attributes_check(const json_t *attributes, const cci_path *path,
                                     cocreate_error *error);
/* Of a participant, owned by the caller; NULL where there are none. */
cocreate_status cci_attributes_get(cci_engine *e, const char *participant, json_t **out,
                                   cocreate_error *error);

/* Who invited a participant, "" where nobody did: a row of its own, {"by", "at"}, written at registration. */
cocreate_status cci_inviter_get(cci_engine *e, const char *participant, char out[COCREATE_ID_MAX + 1],
                                cocreate_error *error);
/* May this participant be registered as invited by that one? */
cocreate_status cci_inviter_check(cci_engine *e, const char *participant, const char *inviter,
                                  cocreate_error *error);
/* By apply. */
cocreate_status cci_inviter_put(cci_engine *e, const cci_event *event, const char *participant,
                                cocreate_error *error);

/* The row of a participant, owned by the caller; COCREATE_ERR_NOT_FOUND. */
cocreate_status cci_participant_get(cci_engine *e, const char *participant, json_t **row,
                                    cocreate_error *error);

/* Does a participant hold a role at this instant, in the campaign (NULL: store-wide) or everywhere? */
cocreate_status cci_role_holds(cci_engine *e, const cci_campaign *c, const char *participant,
                               const char *role, int64_t at, int *holds, cocreate_error *error);

/* Refuses unless the predicate of the brief for "contribute", "vote" or "comment" holds.
 * *evaluated says whether there is one. */
cocreate_status cci_require_eligible(cci_engine *e, const cci_campaign *c, const char *what,
                                     const char *participant, int64_t at, int *evaluated,
                                     cocreate_error *error);

/* Refuses unless a participant belongs to the electorate of a round: its sides, its predicate, and
 * the brief's eligibility to vote. */
cocreate_status cci_electorate_allows(cci_engine *e, const cci_campaign *c, size_t round,
                                      const char *participant, int64_t at, cocreate_error *error);

/* Does the electorate of a round depend on more than sides? Then the event of a ballot records that
 * the voter was eligible when it was cast. */
int cci_electorate_depends(const cci_campaign *c, size_t round);

/* Refuses a command that the brief's `roles` give to others; 1 in *ruled where the brief rules it. */
cocreate_status cci_require_role(cci_engine *e, const cci_campaign *c, const char *command,
                                 const char *participant, int64_t at, int *ruled,
                                 cocreate_error *error);

#endif
