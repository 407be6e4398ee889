/* Integer arithmetic that never wraps. Each returns 1 and writes *out, or 0 and writes nothing. */
#ifndef CCI_BASE_CHECKED_H
#define CCI_BASE_CHECKED_H

#include <stddef.h>
#include <stdint.h>

int cci_add_i64(int64_t a, int64_t b, int64_t *out);
int cci_sub_i64(int64_t a, int64_t b, int64_t *out);
int cci_mul_i64(int64_t a, int64_t b, int64_t *out);
int cci_add_size(size_t a, size_t b, size_t *out);
int cci_mul_size(size_t a, size_t b, size_t *out);

/* floor(a * b / c) and a * b mod c for 128-bit products, c > 0; 0 if the quotient needs more than
 * 64 bits. Portable: the same with and without a 128-bit type. */
int cci_muldiv_u64(uint64_t a, uint64_t b, uint64_t c, uint64_t *quotient, uint64_t *remainder);

/* 128-bit product as two halves. */
void cci_mul_u64(uint64_t a, uint64_t b, uint64_t *high, uint64_t *low);

/* -1, 0, 1 as a*b <=> c*d, exactly. */
int cci_compare_products(uint64_t a, uint64_t b, uint64_t c, uint64_t d);

#endif
