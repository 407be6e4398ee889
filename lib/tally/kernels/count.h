/* The kernel of columns.h for one width of cells. Included by columns_8.c and columns_16.c, which
 * define
 *   CELL, KERNEL     the type of a cell, and the function to define
 *   COUNT, LANES     an unsigned number of the width of a cell, and how many a vector of AVX2 has
 *   GREATER, SUB     intrinsics on cells
 *   SUM              of the counters in a vector
 *   DIGITS, ADD, TOTAL  load digits; add those under a mask to a vector of sums; their sum
 *
 * A comparison gives -1 in the lanes where it holds; taking that away counts it. */
#include "tally/kernels/columns.h"

/* One pair, in lanes that a compiler can hold in a vector of 16 bytes. */
#define PART (16 / sizeof(CELL))

static uint32_t count_one(const CELL *restrict a, const CELL *restrict b, size_t n)
{
    COUNT lanes[PART] = {0};
    uint32_t sum = 0;
    for (size_t i = 0; i < n; i += PART)
        for (size_t k = 0; k < PART; k++)
            lanes[k] = (COUNT)(lanes[k] + (a[i + k] < b[i + k]));
    for (size_t k = 0; k < PART; k++)
        sum += lanes[k];
    return sum;
}

static uint32_t sum_one(const CELL *restrict a, const CELL *restrict b, size_t n,
                        const uint8_t *restrict digits)
{
    uint16_t lanes[16] = {0}; /* of at most CCI_COLUMNS_MAX / 16 * 255 = 32,640 */
    uint32_t sum = 0;
    for (size_t i = 0; i < n; i += 16)
        for (size_t k = 0; k < 16; k++) {
            unsigned mask = 0u - (unsigned)(a[i + k] < b[i + k]);
            lanes[k] = (uint16_t)(lanes[k] + (digits[i + k] & mask));
        }
    for (size_t k = 0; k < 16; k++)
        sum += lanes[k];
    return sum;
}

static void kernel_base(const void *left, const void *right, size_t stride, size_t n,
                        const uint8_t *digits, uint32_t *out)
{
    const CELL *a = left, *b = right;
    for (size_t i = 0; i < CCI_COLUMNS_A; i++)
        for (size_t j = 0; j < CCI_COLUMNS_B; j++)
            out[i * CCI_COLUMNS_B + j] =
                digits != NULL ? sum_one(a + i * stride, b + j * stride, n, digits)
                               : count_one(a + i * stride, b + j * stride, n);
}

#ifdef CCI_HAVE_AVX2
#define LOAD(at) _mm256_loadu_si256((const __m256i *)(at))

/* Eight counters stay in registers; written out, because compilers at -O2 keep arrays of vectors in
 * memory. */
CCI_AVX2 static void count_avx2(const CELL *a, const CELL *b, size_t stride, size_t n,
                                uint32_t *out)
{
    const CELL *a1 = a + stride, *a2 = a1 + stride, *a3 = a2 + stride, *b1 = b + stride;
    __m256i c00 = _mm256_setzero_si256(), c01 = c00, c10 = c00, c11 = c00;
    __m256i c20 = c00, c21 = c00, c30 = c00, c31 = c00;
    for (size_t i = 0; i < n; i += LANES) {
        __m256i x = LOAD(b + i), y = LOAD(b1 + i), left = LOAD(a + i);
        c00 = SUB(c00, GREATER(x, left));
        c01 = SUB(c01, GREATER(y, left));
        left = LOAD(a1 + i);
        c10 = SUB(c10, GREATER(x, left));
        c11 = SUB(c11, GREATER(y, left));
        left = LOAD(a2 + i);
        c20 = SUB(c20, GREATER(x, left));
        c21 = SUB(c21, GREATER(y, left));
        left = LOAD(a3 + i);
        c30 = SUB(c30, GREATER(x, left));
        c31 = SUB(c31, GREATER(y, left));
    }
    out[0] = SUM(c00), out[1] = SUM(c01), out[2] = SUM(c10), out[3] = SUM(c11);
    out[4] = SUM(c20), out[5] = SUM(c21), out[6] = SUM(c30), out[7] = SUM(c31);
}

/* The same for digits: a comparison is the mask of what is added. */
CCI_AVX2 static void sum_avx2(const CELL *a, const CELL *b, size_t stride, size_t n,
                              const uint8_t *digits, uint32_t *out)
{
    const CELL *a1 = a + stride, *a2 = a1 + stride, *a3 = a2 + stride, *b1 = b + stride;
    __m256i c00 = _mm256_setzero_si256(), c01 = c00, c10 = c00, c11 = c00;
    __m256i c20 = c00, c21 = c00, c30 = c00, c31 = c00;
    for (size_t i = 0; i < n; i += LANES) {
        __m256i x = LOAD(b + i), y = LOAD(b1 + i), left = LOAD(a + i), w = DIGITS(digits + i);
        c00 = ADD(c00, _mm256_and_si256(w, GREATER(x, left)));
        c01 = ADD(c01, _mm256_and_si256(w, GREATER(y, left)));
        left = LOAD(a1 + i);
        c10 = ADD(c10, _mm256_and_si256(w, GREATER(x, left)));
        c11 = ADD(c11, _mm256_and_si256(w, GREATER(y, left)));
        left = LOAD(a2 + i);
        c20 = ADD(c20, _mm256_and_si256(w, GREATER(x, left)));
        c21 = ADD(c21, _mm256_and_si256(w, GREATER(y, left)));
        left = LOAD(a3 + i);
        c30 = ADD(c30, _mm256_and_si256(w, GREATER(x, left)));
        c31 = ADD(c31, _mm256_and_si256(w, GREATER(y, left)));
    }
    out[0] = TOTAL(c00), out[1] = TOTAL(c01), out[2] = TOTAL(c10), out[3] = TOTAL(c11);
    out[4] = TOTAL(c20), out[5] = TOTAL(c21), out[6] = TOTAL(c30), out[7] = TOTAL(c31);
}

CCI_AVX2 static void kernel_avx2(const void *left, const void *right, size_t stride, size_t n,
                                 const uint8_t *digits, uint32_t *out)
{
    if (digits != NULL)
        sum_avx2(left, right, stride, n, digits, out);
    else
        count_avx2(left, right, stride, n, out);
}
#endif

cci_count_pairs *KERNEL(cci_cpu cpu)
{
#ifdef CCI_HAVE_AVX2
    if (cci_use_avx2(cpu))
        return kernel_avx2;
#else
    (void)cpu;
#endif
    return kernel_base;
}
