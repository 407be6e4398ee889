/* Instants as text: RFC 3339, as "2009-07-26T18:18:28Z". */
#ifndef CCI_BASE_TIME_H
#define CCI_BASE_TIME_H

#include "base/json.h"

/* Room for the text of any instant, with its NUL. */
#define CCI_TIME_TEXT 40

/* Microseconds since 1970 of "YYYY-MM-DDThh:mm:ssZ" with a fraction of up to six digits, and an offset
 * as "+02:00" in place of the Z; 0 if it is not one. Leap seconds have no microsecond count and are
 * refused. */
int cci_time_parse(const char *s, int64_t *out);

/* The text of an instant: no fraction where it is 0, else six digits. Returns `out`. Instants
 * outside the years 0000..9999 are written as a number of microseconds. */
const char *cci_time_text(int64_t at, char out[CCI_TIME_TEXT]);

/* The text of a length of time, exact and in the largest unit that is: "1 day", "36 hours", "50 us".
 * Returns `out`. */
const char *cci_duration_text(int64_t us, char out[CCI_TIME_TEXT]);

/* A member that is an instant: an integer of microseconds, or text. Missing is an error. */
cocreate_status cci_json_time(const json_t *json, const char *key, int64_t *out,
                              const cci_path *path, cocreate_error *error);

#endif
