/* Roots in fixed point: floor(sqrt(n) * 2^32), held against its definition r^2 <= n 2^64 < (r + 1)^2. */
#include "check.h"

#include "base/checked.h"
#include "reward/matching/root.h"

/* Is r^2 <= n 2^64? */
static int within(uint64_t r, uint64_t n)
{
    uint64_t high, low;
    cci_mul_u64(r, r, &high, &low);
    return high < n || (high == n && low == 0);
}

static void check_root(uint64_t n)
{
    uint64_t r = cci_root(n);
    assert_true(within(r, n));
    if (r < UINT64_MAX)
        assert_false(within(r + 1, n));
}

static void is_the_floor(void **state)
{
    (void)state;
    uint64_t random = 88172645463325252u;
    assert_int_equal(cci_root(0), 0);
    assert_int_equal(cci_root(1), UINT64_C(1) << 32);
    assert_int_equal(cci_root(9), UINT64_C(3) << 32);
    /* sqrt 2 = 1.6A09E667F3BC..., Wilson and others, the first word of SHA-512. */
    assert_int_equal(cci_root(2), UINT64_C(0x16A09E667));
    for (uint64_t n = 1; n < 20000; n++)
        check_root(n);
    for (int bit = 0; bit < 64; bit++)
        for (uint64_t d = 0; d < 50; d++) {
            check_root((UINT64_C(1) << bit) + d);
            check_root((UINT64_C(1) << bit) - d);
        }
    for (uint64_t root = UINT32_MAX; root > UINT32_MAX - 2000u; root--) {
        check_root(root * root);
        check_root(root * root - 1);
        check_root(root * root + 1);
        check_root(root * root + 2 * root);
    }
    check_root(UINT64_MAX);
    for (int i = 0; i < 200000; i++) {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        check_root(random >> (random & 63));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(is_the_floor)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
