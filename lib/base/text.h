/* UTF-8, ids, decimal text and bytewise order; all locale-free. */
#ifndef CCI_BASE_TEXT_H
#define CCI_BASE_TEXT_H

#include "base/fail.h"

/* Is it well-formed UTF-8 (no surrogates, no overlong forms, up to U+10FFFF)? NUL is allowed. */
int cci_utf8_valid(const char *s, size_t size);
/* Length of the well-formed character at s and its code point; 0 when there is none. */
size_t cci_utf8_next(const char *s, size_t size, uint32_t *code);

/* 1..COCREATE_ID_MAX bytes of valid UTF-8 without control characters U+0000..001F, 007F.
 * `what` names it in the message: "contribution id". */
cocreate_status cci_id_check(const char *id, const char *what, cocreate_error *error);
cocreate_status cci_id_check_n(const char *id, size_t size, const char *what,
                               cocreate_error *error);
/* The same for names made of ids, of at most `max` bytes. */
cocreate_status cci_name_check(const char *name, size_t max, const char *what,
                               cocreate_error *error);

/* Decimal int64: optional '-', digits, nothing else. 0 when it is not one or does not fit. */
int cci_parse_i64(const char *s, size_t size, int64_t *out);
/* "SHA-256 as 64 hex digits" and the like: 0 unless exactly 2*n hex digits. */
int cci_parse_hex(const char *s, size_t size, uint8_t *out, size_t n);
void cci_hex(const uint8_t *bytes, size_t n, char *out /* 2n + 1 */);

/* The ending of a noun that is counted: "" for 1, else "s". */
const char *cci_plural(int64_t n);

/* Where invalid bytes of a message come from a file, show them safely: printable text is copied,
 * other bytes become '?'; longer text is cut with "...". Returns `out`. */
const char *cci_quote(const char *s, size_t size, char *out, size_t out_size);

#endif
