/* Natural numbers in fixed room: arrays of 32-bit limbs, least significant first.
 *
 * Splits compare products of weights, sums and divisors of up to a few hundred bits, inside sorts
 * and heaps. Nothing here allocates or can fail, which is why it is not libtommath. */
#ifndef CCI_MONEY_SPLIT_NATURAL_H
#define CCI_MONEY_SPLIT_NATURAL_H

#include <stddef.h>
#include <stdint.h>

typedef uint32_t cci_limb;

#define CCI_LIMBS_U64 2 /* room for a uint64_t */

void cci_natural_set(cci_limb *out, size_t size, uint64_t value);
int cci_natural_is_zero(const cci_limb *a, size_t size);
/* -1, 0, 1; both of the same size. */
int cci_natural_compare(const cci_limb *a, const cci_limb *b, size_t size);
/* sum += a; the sum has room for the result. */
void cci_natural_add(cci_limb *sum, size_t sum_size, const cci_limb *a, size_t a_size);
/* difference -= a; a is not larger. */
void cci_natural_subtract(cci_limb *difference, size_t difference_size, const cci_limb *a,
                          size_t a_size);
/* out = a * b in a_size + b_size limbs; out overlaps neither. */
void cci_natural_multiply(cci_limb *out, const cci_limb *a, size_t a_size, const cci_limb *b,
                          size_t b_size);
/* Divide `number` by `divisor` > 0: returns the quotient, which is below 2^64, and leaves the
 * remainder in `number`, which is longer than the divisor and has 0 in its highest limb. */
uint64_t cci_natural_divide(cci_limb *number, size_t number_size, const cci_limb *divisor,
                            size_t divisor_size);

#endif
