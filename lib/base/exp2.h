/* Powers of two between 1 and 2 in integers alone. */
#ifndef CCI_BASE_EXP2_H
#define CCI_BASE_EXP2_H

#include <stdint.h>

/* 2^(part/whole) in units of 2^-63, to the nearest, for part < whole < 2^63. The product behind it has an
 * error below 2^-118 of it, so that where the middle between two neighbours is nearer than that (one of 2^54
 * arguments) the other of them may come out: on every machine the same. */
uint64_t cci_exp2(uint64_t part, uint64_t whole);

#endif
