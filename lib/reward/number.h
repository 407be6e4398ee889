/* Exact numbers of a result: fractions whose numerator and denominator fit 64 bits.
 *
 * Scores, votes and shares are short decimals or means; with fixed words a hundred thousand of them
 * need no allocation and compare without a way to fail. What is longer is refused, not rounded. */
#ifndef CCI_REWARD_NUMBER_H
#define CCI_REWARD_NUMBER_H

#include "base/json.h"

typedef struct cci_number {
    int64_t num; /* reduced; never INT64_MIN */
    int64_t den; /* > 0; 0 where the number is missing */
} cci_number;

/* An integer, a decimal or fraction as a string, or a JSON real. COCREATE_ERR_SCHEMA, or
 * COCREATE_ERR_OVERFLOW where it does not fit. */
cocreate_status cci_number_read(const json_t *value, cci_number *out, const cci_path *path,
                                cocreate_error *error);
/* From a rational; 0 if it does not fit. */
int cci_number_set(cci_number *out, const cci_rational *r);
/* num / den reduced; den > 0. */
cci_number cci_number_of(int64_t num, int64_t den);
/* -1, 0, 1; neither may be missing. */
int cci_number_compare(cci_number a, cci_number b);
/* "84.5" where the decimals end, "1/3" where they do not. */
void cci_number_text(cci_number n, cci_buffer *out);

/* Integers of the same ratios: weights[i] = numbers[i] * scale, with scale the least common
 * denominator. Missing and negative numbers weigh 0. Also their sum. 0 where 64 bits do not do. */
int cci_number_scale(const cci_number *numbers, size_t n, int64_t *weights, int64_t *scale,
                     int64_t *sum);

#endif
