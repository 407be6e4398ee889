/* cocreate_lmsr_trade(): a published price, charges by hand, and what the rule charges. */
#include "check.h"

#include "cocreate/mechanisms.h"

/* 10, 20 and 23 shares and b = 10: the first price is 0.1354, Hanson's formula with 50 digits gives
 * 0.13536235. Prices sum to 1. */
static void prices_are_chances(void **state)
{
    (void)state;
    static const int64_t sold[3] = {10, 20, 23};
    int64_t minor = -1, prices[3];
    assert_status(cocreate_lmsr_trade(sold, 3, 1000, 100, 0, 0, &minor, prices, &check_error),
                  COCREATE_OK);
    assert_int_equal(minor, 0);
    assert_int_equal(prices[0], 135362352);
    int64_t sum = prices[0] + prices[1] + prices[2];
    assert_true(sum >= 999999998 && sum <= 1000000002);
}

/* 100 ln((e^0.1 + 1) / 2) = 5.1249... for 10 shares: up for who buys, down for who sells. */
static void rounds_for_the_maker(void **state)
{
    (void)state;
    static const int64_t none[2] = {0, 0}, ten[2] = {10, 0};
    int64_t minor = 0;
    assert_status(cocreate_lmsr_trade(none, 2, 10000, 100, 0, 10, &minor, NULL, &check_error),
                  COCREATE_OK);
    assert_int_equal(minor, 513);
    assert_status(cocreate_lmsr_trade(ten, 2, 10000, 100, 0, -10, &minor, NULL, &check_error),
                  COCREATE_OK);
    assert_int_equal(minor, -512);
}

/* However far apart the outcomes are, a share costs no more than it pays, and something at least. */
static void extremes(void **state)
{
    (void)state;
    static const int64_t far[2] = {INT64_C(1000000000000) - 1, 0};
    int64_t minor = 0, prices[2];
    assert_status(cocreate_lmsr_trade(far, 2, 1, 100, 0, 1, &minor, prices, &check_error), COCREATE_OK);
    assert_int_equal(minor, 100);
    assert_int_equal(prices[0], 1000000000);
    assert_int_equal(prices[1], 0);
    assert_status(cocreate_lmsr_trade(far, 2, 1, 100, 1, 1, &minor, prices, &check_error), COCREATE_OK);
    assert_int_equal(minor, 0);
}

static void refuses(void **state)
{
    (void)state;
    static const int64_t sold[2] = {1, -1}, fine[2] = {1, 1};
    int64_t minor = 7;
#define REFUSES(call, expected)                                        \
    do {                                                               \
        assert_int_equal(call, COCREATE_ERR_ARGUMENT);                 \
        assert_string_equal(check_error.text, expected);               \
        assert_int_equal(minor, 7);                                    \
    } while (0)
    REFUSES(cocreate_lmsr_trade(sold, 2, 1, 1, 0, 1, &minor, NULL, &check_error),
            "the shares sold of outcome 1 are not 0 to 10^12");
    REFUSES(cocreate_lmsr_trade(fine, 1, 1, 1, 0, 1, &minor, NULL, &check_error),
            "1 outcomes, not 2 to 100");
    REFUSES(cocreate_lmsr_trade(fine, 2, 0, 1, 0, 1, &minor, NULL, &check_error),
            "b is not 1 to 2^53 - 1");
    REFUSES(cocreate_lmsr_trade(fine, 2, 1, 1, 2, 1, &minor, NULL, &check_error),
            "there is no outcome 2 of 2");
    REFUSES(cocreate_lmsr_trade(fine, 2, 1, 1, 0, -2, &minor, NULL, &check_error),
            "the trade would leave less than 0 or more than 10^12 shares of outcome 0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prices_are_chances),
        cmocka_unit_test(rounds_for_the_maker),
        cmocka_unit_test(extremes),
        cmocka_unit_test(refuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
