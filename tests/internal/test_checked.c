/* Checked arithmetic: edges by hand, and the compiler's against the portable on many operands. */
#include "check.h"

#include "base/checked.h"
#include "base/checked_portable.h"

static const int64_t edges[] = {INT64_MIN, INT64_MIN + 1, -4294967296, -3037000500, -3, -2, -1, 0,
                                1,         2,             3,           3037000499,  3037000500,
                                4294967296, INT64_MAX / 2, INT64_MAX - 1, INT64_MAX};
#define EDGES (sizeof edges / sizeof edges[0])

/* splitmix64 (Steele, Lea, Flood 2014) */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* Of any magnitude, edges included. */
static uint64_t random_operand(uint64_t *state)
{
    uint64_t kind = next_random(state);
    if (kind % 8 == 0)
        return (uint64_t)edges[kind / 8 % EDGES];
    uint64_t n = next_random(state) >> (kind / 8 % 64);
    return kind / 512 % 2 ? 0 - n : n;
}

static void overflows_exactly_at_the_edges(void **state)
{
    (void)state;
    int64_t out = 7;
    assert_false(cci_add_i64(INT64_MAX, 1, &out));
    assert_false(cci_add_i64(INT64_MIN, -1, &out));
    assert_false(cci_sub_i64(INT64_MIN, 1, &out));
    assert_false(cci_sub_i64(0, INT64_MIN, &out));
    assert_false(cci_mul_i64(INT64_MIN, -1, &out));
    assert_false(cci_mul_i64(3037000500, 3037000500, &out)); /* sqrt(2^63) = 3037000499.97 */
    assert_int_equal(out, 7);

    assert_true(cci_add_i64(INT64_MAX, INT64_MIN, &out));
    assert_int_equal(out, -1);
    assert_true(cci_sub_i64(-1, INT64_MIN, &out));
    assert_int_equal(out, INT64_MAX);
    assert_true(cci_mul_i64(INT64_MIN, 1, &out));
    assert_int_equal(out, INT64_MIN);
    assert_true(cci_mul_i64(3037000499, 3037000499, &out));
    assert_int_equal(out, INT64_C(9223372030926249001));

    size_t size = 7;
    assert_false(cci_add_size(SIZE_MAX, 1, &size));
    assert_false(cci_mul_size(SIZE_MAX / 2 + 1, 2, &size));
    assert_int_equal(size, 7);
    assert_true(cci_mul_size(SIZE_MAX / 2, 2, &size));
    assert_true(size == SIZE_MAX - 1);
    assert_true(cci_mul_size(SIZE_MAX, 0, &size));
    assert_int_equal(size, 0);
}

typedef int (*operation)(int64_t, int64_t, int64_t *);

static void same_outcome(operation ours, operation portable, int64_t a, int64_t b)
{
    int64_t x = 11, y = 11;
    assert_int_equal(ours(a, b, &x), portable(a, b, &y));
    assert_true(x == y);
}

static void portable_forms_agree(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (int i = 0; i < 200000; i++) {
        int64_t a = (int64_t)random_operand(&seed), b = (int64_t)random_operand(&seed);
        same_outcome(cci_add_i64, cci_portable_add_i64, a, b);
        same_outcome(cci_sub_i64, cci_portable_sub_i64, a, b);
        same_outcome(cci_mul_i64, cci_portable_mul_i64, a, b);
        size_t x = 11, y = 11;
        assert_int_equal(cci_add_size((size_t)a, (size_t)b, &x),
                         cci_portable_add_size((size_t)a, (size_t)b, &y));
        assert_true(x == y);
        assert_int_equal(cci_mul_size((size_t)a, (size_t)b, &x),
                         cci_portable_mul_size((size_t)a, (size_t)b, &y));
        assert_true(x == y);
        uint64_t high, low, high2, low2;
        cci_mul_u64((uint64_t)a, (uint64_t)b, &high, &low);
        cci_portable_mul_u64((uint64_t)a, (uint64_t)b, &high2, &low2);
        assert_true(high == high2 && low == low2);
    }
}

static void multiplies_into_128_bits(void **state)
{
    (void)state;
    uint64_t high, low;
    /* (2^64 - 1)^2 = 2^128 - 2^65 + 1 */
    cci_mul_u64(UINT64_MAX, UINT64_MAX, &high, &low);
    assert_true(high == UINT64_MAX - 1 && low == 1);
    cci_portable_mul_u64(UINT64_MAX, UINT64_MAX, &high, &low);
    assert_true(high == UINT64_MAX - 1 && low == 1);
    cci_mul_u64(UINT64_C(1) << 32, UINT64_C(1) << 32, &high, &low);
    assert_true(high == 1 && low == 0);
}

static void divides_128_bit_products(void **state)
{
    (void)state;
    uint64_t q = 7, r = 7;
    assert_false(cci_muldiv_u64(UINT64_MAX, 2, 1, &q, &r));
    assert_false(cci_muldiv_u64(UINT64_C(1) << 32, UINT64_C(1) << 32, 1, &q, &r));
    assert_true(q == 7 && r == 7);
    assert_true(cci_muldiv_u64(UINT64_MAX, UINT64_MAX, UINT64_MAX, &q, &r));
    assert_true(q == UINT64_MAX && r == 0);
    /* 10^19 * 10^18 / (10^19 - 1): 10^37 = (10^18)(10^19 - 1) + 10^18 */
    assert_true(cci_muldiv_u64(UINT64_C(10000000000000000000), UINT64_C(1000000000000000000),
                               UINT64_C(9999999999999999999), &q, &r));
    assert_true(q == UINT64_C(1000000000000000000) && r == UINT64_C(1000000000000000000));

    /* q * c + r == a * b with r < c, which makes both right; and the portable division agrees. */
    uint64_t seed = 2;
    int fitting = 0;
    for (int i = 0; i < 200000; i++) {
        uint64_t a = random_operand(&seed), b = random_operand(&seed), c = random_operand(&seed);
        uint64_t high, low, back_high, back_low, q2, r2;
        if (c == 0)
            continue;
        cci_mul_u64(a, b, &high, &low);
        assert_int_equal(cci_muldiv_u64(a, b, c, &q, &r), high < c);
        if (high >= c)
            continue;
        fitting++;
        assert_true(r < c);
        cci_mul_u64(q, c, &back_high, &back_low);
        back_high += back_low + r < back_low;
        assert_true(back_high == high && back_low + r == low);
        cci_portable_divide(high, low, c, &q2, &r2);
        assert_true(q == q2 && r == r2);
    }
    assert_true(fitting > 50000);
}

static void compares_products(void **state)
{
    (void)state;
    assert_int_equal(cci_compare_products(UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX), 0);
    assert_int_equal(cci_compare_products(UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX - 1), 1);
    assert_int_equal(cci_compare_products(6, 6, 4, 9), 0);
    assert_int_equal(cci_compare_products(6, 6, 4, 10), -1);
    /* equal high halves: 2^64 + 2 against 2^64 + 1 = 274177 * 67280421310721 */
    assert_int_equal(cci_compare_products((UINT64_C(1) << 63) + 1, 2, 274177,
                                          UINT64_C(67280421310721)),
                     1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(overflows_exactly_at_the_edges), cmocka_unit_test(portable_forms_agree),
        cmocka_unit_test(multiplies_into_128_bits),       cmocka_unit_test(divides_128_bit_products),
        cmocka_unit_test(compares_products),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
