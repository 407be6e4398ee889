/* Counting pairs in columns: cells[c * stride + b] is the rank that ballot b gives candidate c, less
 * is better. A block of 4 candidates is compared with a block of 2, over all ballots at once, in as
 * many lanes as a vector has. */
#ifndef CCI_TALLY_KERNELS_COLUMNS_H
#define CCI_TALLY_KERNELS_COLUMNS_H

#include <stddef.h>
#include <stdint.h>

#include "base/cpu.h"

enum {
    CCI_COLUMNS_A = 4,     /* candidates of a block on the left of <, */
    CCI_COLUMNS_B = 2,     /* and on its right */
    CCI_COLUMNS_STEP = 64, /* ballots come in multiples of it, up to */
    CCI_COLUMNS_MAX = 2048 /* this many, so that no counter of a lane overflows */
};

/* out[i * CCI_COLUMNS_B + j] = how many of n ballots give candidate a + i less than candidate b + j.
 * With digits, one of 0 .. 255 a ballot, the sum of their digits instead. */
typedef void cci_count_pairs(const void *a, const void *b, size_t stride, size_t n,
                             const uint8_t *digits, uint32_t *out);

/* For cells of int8_t and of int16_t. */
cci_count_pairs *cci_columns_8(cci_cpu cpu);
cci_count_pairs *cci_columns_16(cci_cpu cpu);

/* Turn the rows of CCI_ROWS ballots into columns: for c below width, a multiple of CCI_ROWS_WIDTH,
 * cells[c * stride + b] = rows[b * 2 * width + 2 * c + 1]. What a row has at even bytes is not
 * looked at: so a word of a key, which is 2 * c + 1 where no ranks are equal, tells where its rank
 * goes, and a ballot is a row with one store for each. */
enum { CCI_ROWS = 16, CCI_ROWS_WIDTH = 32 };
typedef void cci_turn_rows(const uint8_t *rows, size_t width, uint8_t *cells, size_t stride);

/* NULL where that is no quicker than to write the columns at once. */
cci_turn_rows *cci_columns_turn(cci_cpu cpu);

#endif
