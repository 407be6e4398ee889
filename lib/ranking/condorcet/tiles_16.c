/* Strongest paths on cells of 16 bits. */
#include "base/cpu.h"

#ifdef CCI_HAVE_AVX2
#include <immintrin.h>
#endif

#include <stdint.h>

#define CELL int16_t
#define CLOSE cci_close_tiles_16
#define LANES 16
#define MIN _mm256_min_epi16
#define MAX _mm256_max_epi16
#define SPLAT(x) _mm256_set1_epi16((int16_t)(x))

#include "ranking/condorcet/tiles.h"
