/* What leaves a store: the log, tables, ballots in the formats of the field, one person's data. */
#ifndef CCI_CAMPAIGN_REPORT_EXPORT_H
#define CCI_CAMPAIGN_REPORT_EXPORT_H

#include "campaign/engine.h"

/* Append a table as CSV (RFC 4180) with a header. `c` may be NULL for tables of the store; `round` NULL
 * means all. COCREATE_ERR_NOT_FOUND for a name that is no table, naming those there are. */
cocreate_status cci_export_table(cci_engine *e, const cci_campaign *c, const char *round,
                                 const char *table, cci_buffer *out, cocreate_error *error);

#endif
