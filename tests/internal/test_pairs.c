/* Pairs: every queue, width of cells and processor path gives the integers of the definition. */
#include "check.h"

#include "profile/flat.h"
#include "tally/kernels/columns.h"
#include "tally/pairs.h"

static uint64_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 33;
}

/* ---- the kernels ---- */

static int64_t cell_of(const void *cells, int wide, size_t at)
{
    return wide ? ((const int16_t *)cells)[at] : ((const int8_t *)cells)[at];
}

static void check_kernel(cci_count_pairs *count, const void *cells, int wide, size_t stride,
                         size_t n, const uint8_t *digits)
{
    uint32_t found[CCI_COLUMNS_A * CCI_COLUMNS_B];
    size_t width = wide ? 2 : 1;
    count(cells, (const uint8_t *)cells + CCI_COLUMNS_A * stride * width, stride, n, digits, found);
    for (size_t i = 0; i < CCI_COLUMNS_A; i++)
        for (size_t j = 0; j < CCI_COLUMNS_B; j++) {
            uint32_t expected = 0;
            for (size_t b = 0; b < n; b++)
                if (cell_of(cells, wide, i * stride + b) <
                    cell_of(cells, wide, (CCI_COLUMNS_A + j) * stride + b))
                    expected += digits != NULL ? digits[b] : 1;
            assert_int_equal(found[i * CCI_COLUMNS_B + j], expected);
        }
}

static void kernels_count(void **state)
{
    (void)state;
    static const cci_cpu cpus[] = {CCI_CPU_BASE, CCI_CPU_AVX2, CCI_CPU_BEST};
    static const size_t sizes[] = {CCI_COLUMNS_STEP, 3 * CCI_COLUMNS_STEP, CCI_COLUMNS_MAX};
    size_t stride = CCI_COLUMNS_MAX + CCI_COLUMNS_STEP, cells = 6 * stride;
    int16_t *wide = malloc(cells * sizeof *wide);
    int8_t *narrow = malloc(cells);
    uint8_t *digits = malloc(CCI_COLUMNS_MAX);
    uint64_t seed = 5;
    /* Random cells; then every comparison true with the largest digits: no counter overflows. */
    for (int full = 0; full < 2; full++) {
        for (size_t i = 0; i < cells; i++) {
            narrow[i] = (int8_t)(full ? (i < 4 * stride ? -128 : 127)
                                      : (int)(next_random(&seed) % 256) - 128);
            wide[i] = (int16_t)(full ? (i < 4 * stride ? -32768 : 32767)
                                     : (int)(next_random(&seed) % 65536) - 32768);
        }
        for (size_t i = 0; i < CCI_COLUMNS_MAX; i++)
            digits[i] = (uint8_t)(full ? 255 : next_random(&seed));
        for (size_t c = 0; c < 3; c++)
            for (size_t k = 0; k < 3; k++) {
                check_kernel(cci_columns_8(cpus[c]), narrow, 0, stride, sizes[k], NULL);
                check_kernel(cci_columns_8(cpus[c]), narrow, 0, stride, sizes[k], digits);
                check_kernel(cci_columns_16(cpus[c]), wide, 1, stride, sizes[k], NULL);
                check_kernel(cci_columns_16(cpus[c]), wide, 1, stride, sizes[k], digits);
            }
    }
    free(wide);
    free(narrow);
    free(digits);
}

/* ---- the matrix ---- */

typedef struct shape {
    size_t options, ballots;
    size_t least, most; /* ranks of a ballot */
    int64_t weights;    /* 0 .. so many; -1: 1 each; -2: of any size */
    int equal;          /* options of a rank, at most */
} shape;

static int64_t draw_weight(const shape *s, uint64_t *seed)
{
    if (s->weights == -1)
        return 1;
    if (s->weights == -2)
        return (int64_t)(next_random(seed) << (next_random(seed) % 22));
    return (int64_t)(next_random(seed) % (uint64_t)(s->weights + 1));
}

static cocreate_profile *make(const shape *s)
{
    cocreate_profile *p = NULL;
    uint64_t seed = s->options * 31 + s->ballots + s->most;
    uint32_t *options = malloc(s->options * sizeof *options);
    int64_t *values = malloc(s->options * sizeof *values);
    assert_status(cocreate_profile_new(NULL, COCREATE_BALLOT_RANKING, s->options, &p, &check_error),
                  COCREATE_OK);
    for (size_t b = 0; b < s->ballots; b++) {
        size_t n = s->least + next_random(&seed) % (s->most - s->least + 1);
        for (uint32_t i = 0; i < s->options; i++) {
            size_t k = next_random(&seed) % (i + 1);
            options[i] = options[k];
            options[k] = i;
        }
        for (size_t i = 0, left = 0, rank = 0; i < n; i++, left--) {
            if (left == 0) {
                left = 1 + next_random(&seed) % (uint64_t)s->equal;
                rank++;
            }
            values[i] = (int64_t)rank;
        }
        assert_status(cocreate_profile_add(p, options, values, n, 1, draw_weight(s, &seed),
                                           &check_error),
                      COCREATE_OK);
    }
    free(options);
    free(values);
    return p;
}

/* The definition: ranks of a ballot, compared pair by pair. */
static void define(const cocreate_profile *p, size_t m, int bottom, int64_t *matrix)
{
    uint32_t *options = malloc(m * sizeof *options);
    int64_t *values = malloc(m * sizeof *values), *ranks = malloc(m * sizeof *ranks);
    memset(matrix, 0, m * m * sizeof *matrix);
    for (size_t b = 0; b < cci_profile_distinct(p); b++) {
        int64_t count, weight;
        size_t n = cci_profile_get(p, b, options, values, &count, &weight);
        memset(ranks, 0, m * sizeof *ranks);
        for (size_t i = 0; i < n; i++)
            ranks[options[i]] = values[i];
        for (size_t i = 0; i < m; i++)
            for (size_t j = 0; j < m; j++) {
                int both = ranks[i] > 0 && ranks[j] > 0;
                int above = both ? ranks[i] < ranks[j] : bottom && ranks[i] > 0;
                matrix[i * m + j] += i != j && above ? weight : 0;
            }
    }
    free(options);
    free(values);
    free(ranks);
}

static void check_matrix(const cci_electorate *e, const int64_t *expected, cci_cpu cpu, int bottom,
                         size_t step)
{
    size_t m = e->candidates;
    cci_pairs pairs;
    assert_status(cci_pairs_init(&pairs, &e->allocator, m, cpu, &check_error), COCREATE_OK);
    for (size_t b = 0; b < e->ballots; b += step) {
        size_t end = e->ballots - b < step ? e->ballots : b + step;
        assert_status(cci_pairs_add(&pairs, e, b, end, &check_error), COCREATE_OK);
    }
    cci_pairs_settle(&pairs);
    cci_pairs_settle(&pairs); /* once is enough */
    int64_t *matrix = malloc(m * m * sizeof *matrix);
    cci_pairs_matrix(&pairs, bottom, matrix);
    assert_memory_equal(matrix, expected, m * m * sizeof *matrix);
    free(matrix);
    cci_pairs_matrix(&pairs, bottom, pairs.before); /* in place */
    assert_memory_equal(pairs.before, expected, m * m * sizeof *expected);
    cci_pairs_free(&pairs);
}

static void counts_pairs(void **state)
{
    const shape *s = *state;
    cocreate_profile *p = make(s);
    cci_reader reader;
    cci_electorate e;
    int64_t *expected = malloc(s->options * s->options * sizeof *expected);
    assert_status(cci_reader_open(&reader, p, NULL, s->options, &e, &check_error), COCREATE_OK);
    assert_status(cci_reader_next(&reader, SIZE_MAX, &e, &check_error), COCREATE_OK);
    for (int bottom = 0; bottom < 2; bottom++) {
        define(p, s->options, bottom, expected);
        check_matrix(&e, expected, CCI_CPU_BASE, bottom, SIZE_MAX);
        check_matrix(&e, expected, CCI_CPU_AVX2, bottom, 700);
    }
    cci_electorate_close(&e);
    cocreate_profile_free(p);
    free(expected);
}

static shape one = {1, 5, 0, 1, 3, 1}, two = {2, 50, 0, 2, 9, 2}, short_ones = {12, 400, 0, 5, -1, 1},
             short_tied = {12, 400, 0, 5, 300, 3}, complete = {30, 5000, 30, 30, -1, 1},
             complete_small = {7, 3000, 7, 7, -1, 1}, complete_tied = {30, 900, 30, 30, -1, 4},
             complete_weighted = {31, 900, 31, 31, 70000, 1}, long_ones = {30, 5000, 20, 30, -1, 1},
             long_tied = {30, 900, 20, 30, 3, 5}, any = {33, 900, 0, 33, 1000, 3},
             huge_weights = {18, 60, 9, 18, -2, 2}, edge_255 = {255, 150, 250, 255, -1, 1},
             edge_256 = {256, 150, 250, 256, -1, 1}, wide_weighted = {300, 150, 280, 300, 400, 3},
             wide_short = {300, 150, 0, 9, 400, 2}, nobody = {9, 0, 0, 1, 1, 1};

#define CASE(name) {"counts_pairs/" #name, counts_pairs, NULL, NULL, &name}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kernels_count),
        CASE(one), CASE(two), CASE(short_ones), CASE(short_tied), CASE(complete),
        CASE(complete_small), CASE(complete_tied), CASE(complete_weighted), CASE(long_ones),
        CASE(long_tied), CASE(any), CASE(huge_weights), CASE(edge_255), CASE(edge_256),
        CASE(wide_weighted), CASE(wide_short), CASE(nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
