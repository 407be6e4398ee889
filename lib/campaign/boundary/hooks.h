/* Asking and telling the host. */
#ifndef CCI_CAMPAIGN_BOUNDARY_HOOKS_H
#define CCI_CAMPAIGN_BOUNDARY_HOOKS_H

#include "campaign/engine.h"

/* COCREATE_ERR_PERMISSION where the host denies. `campaign` may be NULL. */
cocreate_status cci_hook_authorize(cci_engine *e, const char *actor, const char *action,
                                   const char *campaign, cocreate_error *error);

/* COCREATE_ERR_REFUSED where the host vetoes what the running transaction has appended. */
cocreate_status cci_hook_veto(cci_engine *e, cocreate_error *error);

/* The transaction that has appended these events was committed or, in a batch, released. */
void cci_hook_written(cci_engine *e, uint64_t first, uint64_t last);
/* The batch is on disk, or is lost. */
void cci_hook_batch_end(cci_engine *e, int committed);

#endif
