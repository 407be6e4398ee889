/* What leaves a store: the log, tables, ballots in the formats of the field, one person's data. */
#ifndef CCI_CAMPAIGN_REPORT_EXPORT_H
#define CCI_CAMPAIGN_REPORT_EXPORT_H

#include "campaign/report/viewer.h"

/* Append a table as CSV (RFC 4180) with a header, as the viewer may see it. `c` may be NULL for tables of
 * the store; `round` NULL means all. COCREATE_ERR_NOT_FOUND for a name that is no table, naming those
 * there are; COCREATE_ERR_PERMISSION for a table that is the firm's. */
cocreate_status cci_export_table(cci_engine *e, cci_campaign *c, const cci_viewer *v, const char *round,
                                 const char *table, cci_buffer *out, cocreate_error *error);

/* Append the events of a campaign that a viewer may see, a line each: what everybody sees of its course,
 * and what the viewer did. */
cocreate_status cci_export_events(cci_engine *e, cci_campaign *c, const cci_viewer *v, cci_buffer *out,
                                  cocreate_error *error);

#endif
