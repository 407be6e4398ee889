/* Five ways to number places. */
#ifndef CCI_REWARD_RECOGNITION_RANKS_H
#define CCI_REWARD_RECOGNITION_RANKS_H

#include <stddef.h>
#include <stdint.h>

typedef enum cci_ranks {
    CCI_RANKS_COMPETITION, /* 1 2 2 4 */
    CCI_RANKS_MODIFIED,    /* 1 3 3 4 */
    CCI_RANKS_DENSE,       /* 1 2 2 3 */
    CCI_RANKS_FRACTIONAL,  /* 1 2.5 2.5 4 */
    CCI_RANKS_ORDINAL      /* 1 2 3 4 */
} cci_ranks;

/* Names in the order of cci_ranks, NULL-terminated. */
extern const char *const cci_ranks_names[];

/* A tie in an order, best first: where it begins, how many are in it and how many ties (also of one)
 * come before it. */
typedef struct cci_tied {
    size_t first, size, before;
} cci_tied;

/* Twice the rank of member `i` (0 to size - 1) of a tie: fractional ranks end in halves. */
int64_t cci_twice_rank(int ranks, cci_tied tie, size_t i);

#endif
