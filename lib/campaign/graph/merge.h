/* Duplicates: one contribution is merged into another, and its supporters with it. */
#ifndef CCI_CAMPAIGN_GRAPH_MERGE_H
#define CCI_CAMPAIGN_GRAPH_MERGE_H

#include "campaign/engine.h"

/* The contribution that stands for this one: itself, or what it was merged into, along the whole chain. */
cocreate_status cci_merge_target(cci_engine *e, int64_t part, const char *id, char out[COCREATE_ID_MAX + 1],
                                 cocreate_error *error);

#endif
