/* Rows of bytes into columns. */
#include "tally/kernels/columns.h"

#ifdef CCI_HAVE_AVX2
#include <immintrin.h>

/* To weave the first half of 16 vectors into the second, byte by byte, is to shuffle 256 bytes once;
 * four times is to transpose them. A vector of AVX2 holds two such squares. Written out, because
 * compilers at -O2 keep arrays that are indexed by a loop in memory. */
#define WEAVE(to, from, k)                                      \
    to[2 * k] = _mm256_unpacklo_epi8(from[k], from[k + 8]),     \
    to[2 * k + 1] = _mm256_unpackhi_epi8(from[k], from[k + 8])
#define WEAVE_ALL(to, from)                                                            \
    WEAVE(to, from, 0), WEAVE(to, from, 1), WEAVE(to, from, 2), WEAVE(to, from, 3),    \
    WEAVE(to, from, 4), WEAVE(to, from, 5), WEAVE(to, from, 6), WEAVE(to, from, 7)
#define WORDS(at) _mm256_srli_epi16(_mm256_loadu_si256((const __m256i *)(at)), 8)
#define LOAD(k) \
    x[k] = _mm256_packus_epi16(WORDS(rows + k * 2 * width), WORDS(rows + k * 2 * width + 32))
/* Packed, the lower lane has the columns 0 .. 7 and 16 .. 23. */
#define STORE(k)                                                                                     \
    _mm_storeu_si128((__m128i *)(cells + (k + k / 8 * 8) * stride), _mm256_castsi256_si128(x[k])),   \
    _mm_storeu_si128((__m128i *)(cells + (k + 8 + k / 8 * 8) * stride),                              \
                     _mm256_extracti128_si256(x[k], 1))

CCI_AVX2 static void turn_avx2(const uint8_t *rows, size_t width, uint8_t *cells, size_t stride)
{
    __m256i x[16], y[16];
    for (size_t c = 0; c < width; c += CCI_ROWS_WIDTH) {
        LOAD(0), LOAD(1), LOAD(2), LOAD(3), LOAD(4), LOAD(5), LOAD(6), LOAD(7);
        LOAD(8), LOAD(9), LOAD(10), LOAD(11), LOAD(12), LOAD(13), LOAD(14), LOAD(15);
        WEAVE_ALL(y, x);
        WEAVE_ALL(x, y);
        WEAVE_ALL(y, x);
        WEAVE_ALL(x, y);
        STORE(0), STORE(1), STORE(2), STORE(3), STORE(4), STORE(5), STORE(6), STORE(7);
        STORE(8), STORE(9), STORE(10), STORE(11), STORE(12), STORE(13), STORE(14), STORE(15);
        rows += 2 * CCI_ROWS_WIDTH;
        cells += CCI_ROWS_WIDTH * stride;
    }
}
#endif

cci_turn_rows *cci_columns_turn(cci_cpu cpu)
{
#ifdef CCI_HAVE_AVX2
    if (cci_use_avx2(cpu))
        return turn_avx2;
#else
    (void)cpu;
#endif
    return NULL;
}
