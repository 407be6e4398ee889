/* Grants of rights: given with a submission, active when the brief says so. */
#ifndef CCI_CAMPAIGN_RIGHTS_H
#define CCI_CAMPAIGN_RIGHTS_H

#include "campaign/engine.h"

/* The moment `effective` ("on_select", "on_payment") has come for a contribution: its grant becomes
 * active if the brief names that moment. Apply only. */
cocreate_status cci_right_reach(cci_engine *e, const cci_event *event, const char *effective,
                                const char *contribution, cocreate_error *error);

/* The contribution left the campaign: a grant that waits is released. Apply only. */
cocreate_status cci_right_release(cci_engine *e, const cci_event *event, const char *contribution,
                                  cocreate_error *error);

#endif
