/* Strongest paths on cells of 32 bits. */
#include "base/cpu.h"

#ifdef CCI_HAVE_AVX2
#include <immintrin.h>
#endif

#include <stdint.h>

#define CELL int32_t
#define CLOSE cci_close_tiles_32
#define LANES 8
#define MIN _mm256_min_epi32
#define MAX _mm256_max_epi32
#define SPLAT(x) _mm256_set1_epi32((int32_t)(x))

#include "ranking/condorcet/tiles.h"
