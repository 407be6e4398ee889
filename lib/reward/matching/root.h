/* Square roots in fixed point, in integers only: the matching rules are defined on them. */
#ifndef CCI_REWARD_MATCHING_ROOT_H
#define CCI_REWARD_MATCHING_ROOT_H

#include <stdint.h>

/* Binary places of a root, and of a square. */
enum { CCI_ROOT_BITS = 32, CCI_SQUARE_BITS = 64 };

/* floor(sqrt(n) * 2^32), exactly, for every n. */
uint64_t cci_root(uint64_t n);

#endif
