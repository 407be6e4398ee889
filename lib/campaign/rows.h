/* Rows of the state as people read of them. */
#ifndef CCI_CAMPAIGN_ROWS_H
#define CCI_CAMPAIGN_ROWS_H

#include "campaign/engine.h"

/* The longest name of a row, and of an id as it is shown. */
enum { CCI_ROW_NAME = 120, CCI_ROW_ID = 80 };

/* The parts of a compound id read "round/contribution"; more of an id than there is room for is not shown. */
void cci_row_show_id(cci_bytes id, char shown[CCI_ROW_ID]);
/* "award 'x'" */
void cci_row_name(int32_t kind, cci_bytes id, char name[CCI_ROW_NAME]);

/* The document of a row, which is an object: a file that somebody else wrote may hold anything.
 * COCREATE_ERR_CORRUPT names the row. */
cocreate_status cci_row_parse(int32_t kind, cci_bytes id, cci_bytes data, json_t **out,
                              cocreate_error *error);

#endif
