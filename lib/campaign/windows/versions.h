/* Versions of the rules of a campaign, where its brief has "amend": {"notice_us"}.
 *
 * A version never changes: it has a number, from 1 on, the digest of its completed brief and the instant it
 * is in force from. The document of the campaign lists them as "rules": [{"version", "digest", "from"}];
 * what was announced and is not yet in force is "notice": {"version", "digest", "from", "brief"}, for which
 * a timer waits. A round keeps in its row as "rules" the version that it opened under; no later one touches
 * it (amendable.h). */
#ifndef CCI_CAMPAIGN_VERSIONS_H
#define CCI_CAMPAIGN_VERSIONS_H

#include "campaign/engine.h"

/* The version in force; 0 where the campaign has none. */
int64_t cci_rules_version(const cci_campaign *c);
/* When what was announced comes into force, or INT64_MAX. */
int64_t cci_rules_notice(const cci_campaign *c);

/* By apply. The campaign was published: version 1. */
cocreate_status cci_rules_begin(cci_campaign *c, int64_t at, cocreate_error *error);
/* `data`, of campaign.amended, names a version: in force from now on, or announced. */
cocreate_status cci_rules_amend(cci_engine *e, const cci_event *event, int *announced,
                                cocreate_error *error);

/* Put another brief in the place of the campaign's; its phases keep their times, but for what they close
 * later or earlier by. By apply. */
cocreate_status cci_rules_install(cci_engine *e, const cci_event *event, const json_t *json,
                                  cocreate_error *error);

/* The timer: what was announced comes into force. */
cocreate_status cci_rules_decide(cci_engine *e, cci_campaign *c, int64_t at, const char *subject,
                                 cci_decision *decision, cocreate_error *error);
cocreate_status cci_rules_shift(cci_engine *e, cci_campaign *c, const char *subject, int64_t by,
                                cocreate_error *error);

#endif
