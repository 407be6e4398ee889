/* Splits for the floors above: with an allocator, and with exact rational weights. */
#ifndef CCI_MONEY_SPLIT_H
#define CCI_MONEY_SPLIT_H

#include "base/rational.h"
#include "cocreate/money.h"

/* Common denominators of more bits than this are refused: weights that need one are no amounts. */
#define CCI_SPLIT_DENOMINATOR_BITS 4096

/* cocreate_split() with working memory from `allocator` (NULL = malloc). */
cocreate_status cci_split_i64(const cocreate_allocator *allocator, int64_t pool,
                              const int64_t *weights, size_t n,
                              const cocreate_split_options *options, int64_t *shares,
                              int64_t *returned, cocreate_error *error);

/* The same for weights that are rationals >= 0: the result is that of any integers in the same
 * ratios. COCREATE_ERR_LIMIT if their common denominator is longer than
 * CCI_SPLIT_DENOMINATOR_BITS. */
cocreate_status cci_split_rational(const cocreate_allocator *allocator, int64_t pool,
                                   const cci_rational *weights, size_t n,
                                   const cocreate_split_options *options, int64_t *shares,
                                   int64_t *returned, cocreate_error *error);

#endif
