/* Doubles as multiples of a decimal quantum: values by hand, and Python's fractions (round half away
 * of Fraction(double) * 10^d). */
#include "check.h"

#include <float.h>
#include <math.h>

#include "base/quantise.h"

static void assert_rational(const cci_rational *r, const char *expected)
{
    cci_buffer text;
    cci_buffer_init(&text, NULL);
    assert_status(cci_rational_text(r, &text, &check_error), COCREATE_OK);
    assert_int_equal(text.size, strlen(expected));
    assert_memory_equal(text.data, expected, text.size);
    cci_buffer_free(&text);
}

static void assert_quantised(double value, int decimals, const char *expected)
{
    cci_rational r;
    assert_status(cci_rational_init(&r, &check_error), COCREATE_OK);
    assert_status(cci_quantise(value, decimals, &r, &check_error), COCREATE_OK);
    assert_rational(&r, expected);
    cci_rational_clear(&r);
}

static void assert_quantised_to_even(double value, int decimals, const char *expected)
{
    cci_rational r;
    assert_status(cci_rational_init(&r, &check_error), COCREATE_OK);
    assert_status(cci_quantise_by(value, decimals, CCI_ROUND_HALF_EVEN, &r, &check_error),
                  COCREATE_OK);
    assert_rational(&r, expected);
    cci_rational_clear(&r);
}

static void takes_the_multiple_next_to_it(void **state)
{
    (void)state;
    assert_quantised(0.0, 9, "0");
    assert_quantised(-0.0, 9, "0");
    assert_quantised(1.0, 9, "1");
    assert_quantised(0.1, 9, "1/10");
    assert_quantised(1.0 / 3.0, 9, "333333333/1000000000");
    assert_quantised(-2.0 / 3.0, 9, "-666666667/1000000000");
    assert_quantised(4.0e-10, 9, "0");
    assert_quantised(6.0e-10, 9, "1/1000000000");
    assert_quantised(1234567.0, 0, "1234567");
}

/* 1/2, 3/2 and 5/2^10 are doubles; their halves go away from zero. */
static void halves_go_away_from_zero(void **state)
{
    (void)state;
    assert_quantised(0.5, 0, "1");
    assert_quantised(-0.5, 0, "-1");
    assert_quantised(1.5, 0, "2");
    assert_quantised(2.5, 0, "3");
    assert_quantised(0.125, 2, "13/100");
    assert_quantised(-0.125, 2, "-13/100");
    assert_quantised(nextafter(0.125, 0.0), 2, "3/25");
}

static void halves_go_to_the_even_neighbour_if_told(void **state)
{
    (void)state;
    assert_quantised_to_even(0.0, 9, "0");
    assert_quantised_to_even(0.5, 0, "0");
    assert_quantised_to_even(-0.5, 0, "0");
    assert_quantised_to_even(1.5, 0, "2");
    assert_quantised_to_even(2.5, 0, "2");
    assert_quantised_to_even(-2.5, 0, "-2");
    assert_quantised_to_even(-3.5, 0, "-4");
    assert_quantised_to_even(0.125, 2, "3/25");
    assert_quantised_to_even(0.375, 2, "19/50");
    assert_quantised_to_even(nextafter(0.125, 1.0), 2, "13/100");
    assert_quantised_to_even(nextafter(2.5, 3.0), 0, "3");
    assert_quantised_to_even(0.1, 9, "1/10");
}

static void reaches_both_ends(void **state)
{
    (void)state;
    assert_quantised(0x1p-1074, 18, "0");
    assert_quantised(0x1p100, 9, "1267650600228229401496703205376");
    assert_quantised(-0x1.8p70, 18, "-1770887431076116955136");
}

static void refuses_what_is_no_number(void **state)
{
    (void)state;
    cci_rational r;
    assert_status(cci_rational_init(&r, &check_error), COCREATE_OK);
    assert_failure(cci_quantise(NAN, 9, &r, &check_error), COCREATE_ERR_ARGUMENT,
                   "\"not a number\" is no number to be rounded");
    assert_failure(cci_quantise(-HUGE_VAL, 9, &r, &check_error), COCREATE_ERR_ARGUMENT,
                   "an infinity is no number to be rounded");
    assert_int_equal(cci_rational_sign(&r), 0);
    cci_rational_clear(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_the_multiple_next_to_it),
        cmocka_unit_test(halves_go_away_from_zero),
        cmocka_unit_test(halves_go_to_the_even_neighbour_if_told),
        cmocka_unit_test(reaches_both_ends),
        cmocka_unit_test(refuses_what_is_no_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
