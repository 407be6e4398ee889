/* Campaigns that are in memory, and when each has something due. Only the engine uses it. */
#ifndef CCI_CAMPAIGN_CACHE_H
#define CCI_CAMPAIGN_CACHE_H

#include "campaign/engine.h"

/* Forget everything that was read. */
void cci_cache_drop(cci_engine *e);
/* A transaction was undone: forget what it touched. */
void cci_cache_undo(cci_engine *e);
/* A transaction is on disk: what it touched is clean. */
void cci_cache_clean(cci_engine *e);
/* As cci_campaign_get(), with NULL in *out where there is none. */
cocreate_status cci_campaign_find(cci_engine *e, const char *id, cci_campaign **out,
                                  cocreate_error *error);
/* Make e->dues and e->next_due known. */
cocreate_status cci_cache_dues(cci_engine *e, cocreate_error *error);

/* The next opening or closing of a phase, or timer, from the document of a campaign; INT64_MAX for none. */
int64_t cci_next_due_of(const json_t *doc);

#endif
