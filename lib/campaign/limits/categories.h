/* Categories of contributions: a closed list in the brief, each with room for so many that are live. */
#ifndef CCI_CAMPAIGN_CATEGORIES_H
#define CCI_CAMPAIGN_CATEGORIES_H

#include "campaign/engine.h"

/* Refuses a category that the brief does not have, none where it has some, and one that is full. */
cocreate_status cci_require_category(cci_engine *e, const cci_campaign *c, const char *category,
                                     cocreate_error *error);

/* A contribution with this row became live (+1) or ended (-1). Apply only. */
cocreate_status cci_category_count(cci_engine *e, const cci_campaign *c, const json_t *row, int by,
                                   cocreate_error *error);

#endif
