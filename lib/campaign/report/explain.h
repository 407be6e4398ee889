/* Parts of what cocreate_explain() tells, each in its own unit. */
#ifndef CCI_CAMPAIGN_REPORT_EXPLAIN_H
#define CCI_CAMPAIGN_REPORT_EXPLAIN_H

#include "campaign/engine.h"

/* Sentences about what a contribution was merged into, and what was merged into it. */
cocreate_status cci_merges_explain(cci_engine *e, const cci_campaign *c, const char *id, const json_t *row,
                                   json_t *sentences, cocreate_error *error);

#endif
