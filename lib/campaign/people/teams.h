/* Teams: members with shares that sum to 1, one live team a person in a campaign.
 *
 * The row of a team is {"at", "captain", "changes", "members", "state"}, and "into" once it was merged;
 * "merged" lists every team that went into it. CCI_KIND_TEAM_CHANGE keeps what it was, change by
 * change. States: forming, locked (its members stay), merged, dissolved. */
#ifndef CCI_CAMPAIGN_TEAMS_H
#define CCI_CAMPAIGN_TEAMS_H

#include "campaign/engine.h"

/* The row of a team, owned by the caller; COCREATE_ERR_NOT_FOUND. */
cocreate_status cci_team_get(cci_engine *e, const cci_campaign *c, const char *team, json_t **row,
                             cocreate_error *error);

/* Who submits for a team now: its members with their shares, owned by the caller. Refuses unless it is
 * forming or locked and the actor is a member or the host. */
cocreate_status cci_team_authors(cci_engine *e, const cci_campaign *c, const char *team,
                                 const char *actor, json_t **out, cocreate_error *error);

/* A contribution was submitted for a team. Apply only. */
cocreate_status cci_team_worked(cci_engine *e, const cci_event *event, const char *team,
                                const char *contribution, cocreate_error *error);

/* Visit the works of a team, and of every team that was merged with it: the id is "team \n
 * contribution", the document {"at"}. */
cocreate_status cci_team_works(cci_engine *e, const cci_campaign *c, const char *team,
                               cci_state_visitor visit, void *user, cocreate_error *error);

#endif
