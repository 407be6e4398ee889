/* Exact numbers as people read them. */
#ifndef CCI_CAMPAIGN_EXACT_H
#define CCI_CAMPAIGN_EXACT_H

#include "base/rational.h"

/* Appends "8567/10000" as "0.8567"; a fraction that no 12 decimals hold stays one. */
cocreate_status cci_say_exact(const char *exact, cci_buffer *out, cocreate_error *error);

#endif
