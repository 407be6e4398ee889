/* Sums of square roots of whole numbers: c1 sqrt(s1) + c2 sqrt(s2) + .. with the s square-free and
 * distinct. Such roots are linearly independent over the rationals (Besicovitch, On the linear
 * independence of fractional powers of integers, 1940), so that a sum is 0 only if every c is. */
#ifndef CCI_BASE_RADICAL_H
#define CCI_BASE_RADICAL_H

#include "base/memory.h"

typedef struct cci_radical {
    uint64_t free;       /* square-free */
    int64_t coefficient;
} cci_radical;

/* Largest number that cci_radical_split() takes: its cube root is tried out. */
#define CCI_RADICAL_MAX UINT64_C(1000000000000)

/* n = root^2 * free with square-free `free`; 0 = 0^2 * 1. O(cube root of n). */
void cci_radical_split(uint64_t n, uint64_t *root, uint64_t *free);

/* Sign of a sum of n terms with distinct square-free numbers. The integers that bracket it get twice
 * as many digits until they tell, which they do since the sum is not 0 unless all terms are. */
cocreate_status cci_radical_sign(const cci_radical *terms, size_t n, int *out,
                                 cocreate_error *error);

/* The sum rounded down to 9 decimals, as text: "12.247448713", without zeros at the end. */
cocreate_status cci_radical_text(const cci_radical *terms, size_t n, cci_buffer *out,
                                 cocreate_error *error);

#endif
