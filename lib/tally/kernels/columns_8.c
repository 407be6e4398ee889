/* Counting pairs in columns of 8 bits. */
#include "base/cpu.h"

#ifdef CCI_HAVE_AVX2
#include <immintrin.h>

/* Of four sums of 64 bits. */
CCI_AVX2 static inline unsigned sum_quads(__m256i v)
{
    __m128i half = _mm_add_epi64(_mm256_castsi256_si128(v), _mm256_extracti128_si256(v, 1));
    return (unsigned)_mm_cvtsi128_si32(half) + (unsigned)_mm_extract_epi32(half, 2);
}

#define LANES 32
#define GREATER _mm256_cmpgt_epi8
#define SUB _mm256_sub_epi8
#define SUM(v) sum_quads(_mm256_sad_epu8(v, _mm256_setzero_si256()))
#define DIGITS LOAD
#define ADD(sums, v) _mm256_add_epi64(sums, _mm256_sad_epu8(v, _mm256_setzero_si256()))
#define TOTAL sum_quads
#endif

#define CELL int8_t
#define COUNT uint8_t
#define KERNEL cci_columns_8

#include "tally/kernels/count.h"
