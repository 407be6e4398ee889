/* Doubles from and to decimal digits, exactly rounded, by big integers alone. */
#ifndef CCI_BASE_DECIMAL_H
#define CCI_BASE_DECIMAL_H

#include <tommath.h>

#include "base/fail.h"

/* num / den (den > 0) as the nearest double, ties to even; an infinity when it is too large. */
cocreate_status cci_ratio_double(const mp_int *num, const mp_int *den, double *out,
                                 cocreate_error *error);

/* Longest sequence of digits that is read. */
#define CCI_DECIMAL_MAX 400

/* 0.d1d2d3... * 10^point as the nearest double, ties to even; +infinity when it is too large.
 * `digits` are n <= CCI_DECIMAL_MAX ASCII digits. */
cocreate_status cci_decimal_double(const char *digits, size_t n, int64_t point, double *out,
                                   cocreate_error *error);

/* A finite double as 0.d1d2d3... * 10^point with the fewest digits that read back as the same
 * double, and of those the closest. 0 has the single digit 0 and point 1. */
typedef struct cci_decimal {
    int negative;
    int count; /* of digits, 1..17; the last is not 0 unless it is the only one */
    int point;
    char digits[18]; /* NUL-terminated */
} cci_decimal;

cocreate_status cci_decimal_shortest(double value, cci_decimal *out, cocreate_error *error);

#endif
