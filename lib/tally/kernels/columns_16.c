/* Counting pairs in columns of 16 bits. */
#include "base/cpu.h"

#ifdef CCI_HAVE_AVX2
#include <immintrin.h>

/* Of sixteen numbers of 16 bits, each at most CCI_COLUMNS_MAX / 16 * 255 = 32,640. */
CCI_AVX2 static inline unsigned sum_words(__m256i v)
{
    v = _mm256_madd_epi16(v, _mm256_set1_epi16(1));
    __m128i half = _mm_add_epi32(_mm256_castsi256_si128(v), _mm256_extracti128_si256(v, 1));
    half = _mm_add_epi32(half, _mm_unpackhi_epi64(half, half));
    return (unsigned)_mm_cvtsi128_si32(half) + (unsigned)_mm_extract_epi32(half, 1);
}

#define LANES 16
#define GREATER _mm256_cmpgt_epi16
#define SUB _mm256_sub_epi16
#define SUM sum_words
#define DIGITS(at) _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)(at)))
#define ADD _mm256_add_epi16
#define TOTAL sum_words
#endif

#define CELL int16_t
#define COUNT uint16_t
#define KERNEL cci_columns_16

#include "tally/kernels/count.h"
