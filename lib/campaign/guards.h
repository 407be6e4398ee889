/* What commands check before they decide. */
#ifndef CCI_CAMPAIGN_GUARDS_H
#define CCI_CAMPAIGN_GUARDS_H

#include "campaign/engine.h"

/* Is the campaign in this state ("draft", "published", "cancelled")? */
int cci_campaign_is(const cci_campaign *c, const char *state);

/* Refuses unless the campaign is published, naming what comes first. */
cocreate_status cci_require_published(const cci_campaign *c, cocreate_error *error);

/* Refuses unless the campaign is published and a phase that is open at `at` allows `flag`, one of
 * CCI_ALLOW_*. */
cocreate_status cci_require_phase(const cci_campaign *c, int64_t at, unsigned flag,
                                  cocreate_error *error);

/* Is the phase open at `at`, with its grace where that is for `flag`, and does it allow it? */
int cci_phase_takes(const cci_phase *p, int64_t at, unsigned flag);

/* The window [*from, *until) of a limit that holds `at`: fixed, or rolling; everything where it has
 * none. */
void cci_limit_window(const cci_limit *limit, int64_t at, int64_t *from, int64_t *until);

/* COCREATE_ERR_LIMIT for fields that are nested too deep to be logged and shown. */
cocreate_status cci_form_depth(const json_t *fields, cocreate_error *error);
/* Refuses fields that do not follow the form of the brief. `fields` NULL stands for {}. */
cocreate_status cci_form_check(const cci_brief *brief, const json_t *fields,
                               cocreate_error *error);

#endif
