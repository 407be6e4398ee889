/* Rationals: results of Python's fractions.Fraction, identities, and rounding by hand. */
#include "check.h"

#include <float.h>
#include <math.h>

#include "base/rational.h"

static cci_rational a, b, c;

static int set_up(void **state)
{
    (void)state;
    return cci_rational_init(&a, NULL) != COCREATE_OK ||
           cci_rational_init(&b, NULL) != COCREATE_OK || cci_rational_init(&c, NULL) != COCREATE_OK;
}

static int tear_down(void **state)
{
    (void)state;
    cci_rational_clear(&a);
    cci_rational_clear(&b);
    cci_rational_clear(&c);
    cci_rational_clear(&c); /* twice is fine */
    return 0;
}

static void parse(cci_rational *r, const char *text)
{
    assert_status(cci_rational_parse(text, strlen(text), r, &check_error), COCREATE_OK);
}

static void assert_is(const cci_rational *r, const char *expected)
{
    cci_buffer text;
    cci_buffer_init(&text, NULL);
    cci_buffer_text(&text, "is ");
    assert_status(cci_rational_text(r, &text, &check_error), COCREATE_OK);
    assert_string_equal(text.data + 3, expected);
    assert_int_equal(text.size, 3 + strlen(expected));
    cci_buffer_free(&text);
}

static void starts_at_zero(void **state)
{
    (void)state;
    assert_is(&a, "0");
    assert_int_equal(cci_rational_sign(&a), 0);
    cci_rational zeroed = {0};
    cci_rational_clear(&zeroed);
}

static void is_always_reduced(void **state)
{
    (void)state;
    static const struct {
        int64_t num, den;
        const char *text;
    } cases[] = {{6, 8, "3/4"},
                 {-6, 8, "-3/4"},
                 {6, -8, "-3/4"},
                 {-6, -8, "3/4"},
                 {0, -5, "0"},
                 {10, 5, "2"},
                 {INT64_MIN, INT64_MIN, "1"},
                 {INT64_MIN, -1, "9223372036854775808"},
                 {INT64_MAX, INT64_MIN, "-9223372036854775807/9223372036854775808"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_status(cci_rational_set_i64(&a, cases[i].num, cases[i].den, &check_error),
                      COCREATE_OK);
        assert_is(&a, cases[i].text);
    }
    assert_failure(cci_rational_set_i64(&a, 1, 0, &check_error), COCREATE_ERR_ARGUMENT,
                   "the denominator is 0");
    assert_is(&a, "-9223372036854775807/9223372036854775808");
}

/* Python: a = Fraction(123456789012345678901234567890, 9876543210987654321),
 * b = Fraction(-3**40, 2**70) */
static void agrees_with_python(void **state)
{
    (void)state;
    parse(&a, "123456789012345678901234567890/9876543210987654321");
    parse(&b, "-12157665459056928801/1180591620717411303424");
    assert_is(&a, "13717421001371742100137174210/1097393690109739369");
    assert_status(cci_rational_add(&a, &b, &c, &check_error), COCREATE_OK);
    assert_is(&c, "16194672292059178363071767313274118810800557828471/129557379"
              "5171717817016389038311217299456");
    assert_status(cci_rational_sub(&a, &b, &c, &check_error), COCREATE_OK);
    assert_is(&c, "16194672292085861853794235716380092147583957161609/129557379"
              "5171717817016389038311217299456");
    assert_status(cci_rational_mul(&a, &b, &c, &check_error), COCREATE_OK);
    assert_is(&c, "-83385907747859668439957077343912321826651711105/64778689758"
              "5858908508194519155608649728");
    assert_status(cci_rational_div(&a, &b, &c, &check_error), COCREATE_OK);
    assert_is(&c, "-5398224097357506702811000504942368493064085831680/444724845"
              "3744733850995556130566555523");
}

static void results_may_replace_operands(void **state)
{
    (void)state;
    parse(&a, "3/4");
    assert_status(cci_rational_add(&a, &a, &a, &check_error), COCREATE_OK);
    assert_is(&a, "3/2");
    assert_status(cci_rational_mul(&a, &a, &a, &check_error), COCREATE_OK);
    assert_is(&a, "9/4");
    assert_status(cci_rational_div(&a, &a, &a, &check_error), COCREATE_OK);
    assert_is(&a, "1");
    assert_status(cci_rational_copy(&a, &a, &check_error), COCREATE_OK);
    assert_status(cci_rational_sub(&a, &a, &a, &check_error), COCREATE_OK);
    assert_is(&a, "0");
    parse(&b, "5");
    assert_failure(cci_rational_div(&b, &a, &b, &check_error), COCREATE_ERR_ARGUMENT,
                   "division by 0");
    assert_is(&b, "5");
}

/* 1/1 + 1/2 + ... + 1/n, and that (h - 1/n) ... - 1/1 leads back to 0 */
static void sums_a_harmonic_series_exactly(void **state)
{
    (void)state;
    for (int64_t n = 1; n <= 40; n++) {
        assert_status(cci_rational_set_i64(&b, 1, n, &check_error), COCREATE_OK);
        assert_status(cci_rational_add(&a, &b, &a, &check_error), COCREATE_OK);
    }
    assert_is(&a, "2078178381193813/485721041551200"); /* H(40), by Python */
    for (int64_t n = 1; n <= 40; n++) {
        assert_status(cci_rational_set_i64(&b, 1, n, &check_error), COCREATE_OK);
        assert_status(cci_rational_sub(&a, &b, &a, &check_error), COCREATE_OK);
    }
    assert_is(&a, "0");
}

static void orders_numbers(void **state)
{
    (void)state;
    static const char *const ascending[] = {
        "-100000000000000000000000000", "-99999999999999999999999999", "-2/3", "-5/8", "0",
        "1/3", "0.3334", "18446744073709551615/18446744073709551616",
        "18446744073709551616/18446744073709551617", "1", "100000000000000000000000000"};
    enum { COUNT = sizeof ascending / sizeof *ascending };
    for (int i = 0; i < COUNT; i++) {
        for (int j = 0; j < COUNT; j++) {
            int order = 7;
            parse(&a, ascending[i]);
            parse(&b, ascending[j]);
            assert_status(cci_rational_compare(&a, &b, &order, &check_error), COCREATE_OK);
            assert_int_equal(order, (i > j) - (i < j));
        }
        assert_int_equal(cci_rational_sign(&a), (i > 4) - (i < 4));
    }
}

static void rounds_each_way(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int decimals;
        int64_t floor, ceil, half_up, half_even, down;
    } cases[] = {
        {"0", 2, 0, 0, 0, 0, 0},
        {"2.5", 0, 2, 3, 3, 2, 2},
        {"3.5", 0, 3, 4, 4, 4, 3},
        {"-2.5", 0, -3, -2, -3, -2, -2},
        {"-3.5", 0, -4, -3, -4, -4, -3},
        {"2.4999", 0, 2, 3, 2, 2, 2},
        {"-2.5001", 0, -3, -2, -3, -3, -2},
        {"7", 0, 7, 7, 7, 7, 7},
        {"1/3", 4, 3333, 3334, 3333, 3333, 3333},
        {"-2/3", 4, -6667, -6666, -6667, -6667, -6666},
        {"0.856714", 4, 8567, 8568, 8567, 8567, 8567}, /* the two finalists of the Netflix Prize */
        {"0.856704", 4, 8567, 8568, 8567, 8567, 8567},
        {"1250", -2, 12, 13, 13, 12, 12},
        {"9223372036854775807", 0, INT64_MAX, INT64_MAX, INT64_MAX, INT64_MAX, INT64_MAX},
        {"-9223372036854775808", 0, INT64_MIN, INT64_MIN, INT64_MIN, INT64_MIN, INT64_MIN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const int64_t expected[] = {cases[i].floor, cases[i].ceil, cases[i].half_up,
                                    cases[i].half_even, cases[i].down};
        parse(&a, cases[i].text);
        for (int r = CCI_ROUND_FLOOR; r <= CCI_ROUND_DOWN; r++) {
            int64_t out = 99;
            assert_status(cci_rational_round(&a, cases[i].decimals, (cci_rounding)r, &out,
                                             &check_error),
                          COCREATE_OK);
            assert_true(out == expected[r]);
        }
    }
}

static void refuses_to_round_beyond_64_bits(void **state)
{
    (void)state;
    int64_t out = 99;
    parse(&a, "9223372036854775807.5");
    assert_status(cci_rational_round(&a, 0, CCI_ROUND_DOWN, &out, &check_error), COCREATE_OK);
    assert_true(out == INT64_MAX);
    assert_failure(cci_rational_round(&a, 0, CCI_ROUND_HALF_EVEN, &out, &check_error),
                   COCREATE_ERR_OVERFLOW, "the number with 0 decimals does not fit 64 bits");
    assert_status(cci_rational_round(&a, 1, CCI_ROUND_DOWN, &out, &check_error),
                  COCREATE_ERR_OVERFLOW);
    parse(&a, "-9223372036854775808.5");
    assert_status(cci_rational_round(&a, 0, CCI_ROUND_FLOOR, &out, &check_error),
                  COCREATE_ERR_OVERFLOW);
    parse(&a, "99999999999999999999999999999999");
    assert_status(cci_rational_round(&a, 0, CCI_ROUND_DOWN, &out, &check_error),
                  COCREATE_ERR_OVERFLOW);
    assert_failure(cci_rational_round(&a, 401, CCI_ROUND_DOWN, &out, &check_error),
                   COCREATE_ERR_ARGUMENT, "401 decimals, at most 400 are allowed");
    assert_true(out == INT64_MAX);
}

static void parses_decimals_and_fractions(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"12", "12"},       {"-0.25", "-1/4"}, {".5", "1/2"},     {"-.5", "-1/2"},
        {"3/4", "3/4"},     {"-6/4", "-3/2"},  {"0.8567", "8567/10000"},
        {"007.50", "15/2"}, {"-0", "0"},       {"-0.00", "0"},    {"0/7", "0"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        parse(&a, cases[i][0]);
        assert_is(&a, cases[i][1]);
    }
    static const char *const bad[] = {"",    "-",    ".",     "5.",  "+5",  "1e-3", "1 ",
                                      " 1",  "1,5",  "1/",    "/2",  "1/-2", "1/2/3", "1.5/2",
                                      "1/2.5", "--1", "0x10", "nan", "1.2.3", ".5/2"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_status(cci_rational_parse(bad[i], strlen(bad[i]), &a, &check_error),
                      COCREATE_ERR_PARSE);
    assert_is(&a, "0");
    assert_failure(cci_rational_parse("1e-3", 4, &a, &check_error), COCREATE_ERR_PARSE,
                   "\"1e-3\" is not a number such as 12, -0.25 or 3/4");
    assert_failure(cci_rational_parse("3/0", 3, &a, &check_error), COCREATE_ERR_PARSE,
                   "\"3/0\" has the denominator 0");

    char digits[401];
    memset(digits, '9', sizeof digits);
    assert_status(cci_rational_parse(digits, 400, &a, &check_error), COCREATE_OK);
    assert_failure(cci_rational_parse(digits, 401, &a, &check_error), COCREATE_ERR_PARSE,
                   "a number of 401 characters, at most 400 are allowed");
}

/* By hand; the decimals from Python: round(Fraction(...), 6) and so on. */
static void is_told_to_people(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"0", "0"},
        {"-12", "-12"},
        {"5/2", "2.5"},
        {"-1/8", "-0.125"},
        {"222618877/100000", "2226.18877"},
        {"2999999995/1000000000", "2.999999995"}, /* nine decimals; ten are too many */
        {"1/10000000000", "about 0.0000000001"},
        {"10/3", "3 1/3"},
        {"-10/3", "-3 1/3"},
        {"25/12", "2 1/12"},
        {"12/13", "12/13"},
        {"-1/87", "-1/87"},
        {"14/13", "about 1.076923"},
        {"100/99", "about 1.010101"},
        {"1/101", "about 0.009901"},
        {"-2003/1001", "about -2.000999"},
        {"2999999999/1000000001", "about 3"},
        {"1/1000003", "about 0.000000999997"}, /* more decimals where six would tell nothing */
        {"3333333333333333333333333333/1000000000000000000000007", "about 3333.333333"},
        {"1/1000000000000000000000007", "1/1000000000000000000000007"},
        {"123456789012345678901234567890/7", "17636684144620811271604938270"},
        {"123456789012345678901234567891/7", "17636684144620811271604938270 1/7"},
    };
    cci_buffer text;
    cci_buffer_init(&text, NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        parse(&a, cases[i][0]);
        cci_buffer_clear(&text);
        assert_status(cci_rational_say(&a, &text, &check_error), COCREATE_OK);
        cci_buffer_byte(&text, 0);
        assert_string_equal(text.data, cases[i][1]);
    }
    cci_buffer_free(&text);
}

/* Python: float(Fraction(...)).hex(), which rounds correctly */
static void becomes_the_nearest_double(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double value;
    } cases[] = {
        {"0", 0.0},
        {"1/3", 0x1.5555555555555p-2},
        {"-2/3", -0x1.5555555555555p-1},
        {"0.1", 0x1.999999999999ap-4},
        {"9007199254740993", 9007199254740992.0}, /* a tie, to even */
        {"9007199254740995", 9007199254740996.0}, /* a tie, to even */
        {"90071992547409930001/10000", 9007199254740994.0},
        {"123456789012345678901234567890/9876543210987654321", 0x1.74876e470c000p+33},
        {"-12157665459056928801/1180591620717411303424", -0x1.517168a4523fdp-7},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double value;
        parse(&a, cases[i].text);
        assert_status(cci_rational_double(&a, &value, &check_error), COCREATE_OK);
        check_double_equal_bits(value, cases[i].value);
    }
}

/* r = num * 2^exponent, through as many doublings or halvings */
static void set_scaled(cci_rational *r, int64_t num, int exponent)
{
    cci_rational step;
    assert_status(cci_rational_init(&step, &check_error), COCREATE_OK);
    assert_status(cci_rational_set_i64(r, num, 1, &check_error), COCREATE_OK);
    assert_status(cci_rational_set_i64(&step, exponent < 0 ? 1 : 2, exponent < 0 ? 2 : 1,
                                       &check_error),
                  COCREATE_OK);
    for (int i = 0; i < (exponent < 0 ? -exponent : exponent); i++)
        assert_status(cci_rational_mul(r, &step, r, &check_error), COCREATE_OK);
    cci_rational_clear(&step);
}

static void rounds_to_doubles_at_both_ends(void **state)
{
    (void)state;
    static const struct {
        int64_t num;
        int exponent;
        double value;
    } cases[] = {
        {1, -1074, 0x1p-1074},
        {1, -1075, 0.0},         /* half of the least: a tie, to even */
        {3, -1075, 0x1p-1073},   /* 1.5: a tie, to even */
        {5, -1076, 0x1p-1074},   /* 1.25 */
        {3, -1076, 0x1p-1074},   /* 0.75 */
        {1, -1080, 0.0},
        {-3, -1075, -0x1p-1073},
        {0x1fffffffffffff, -1075, 0x1p-1022}, /* just below the least normal: a tie, to even */
        {0x3fffffffffffff, 970, DBL_MAX}, /* rounds up to 2^1024, which is none */
        {0x1fffffffffffff, 971, DBL_MAX},
        {1, 1024, DBL_MAX},
        {-1, 1100, -DBL_MAX},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double value;
        set_scaled(&a, cases[i].num, cases[i].exponent);
        assert_status(cci_rational_double(&a, &value, &check_error), COCREATE_OK);
        check_double_equal_bits(value, cases[i].value);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(starts_at_zero),
        TEST(is_always_reduced),
        TEST(agrees_with_python),
        TEST(results_may_replace_operands),
        TEST(sums_a_harmonic_series_exactly),
        TEST(orders_numbers),
        TEST(rounds_each_way),
        TEST(refuses_to_round_beyond_64_bits),
        TEST(parses_decimals_and_fractions),
        TEST(is_told_to_people),
        TEST(becomes_the_nearest_double),
        TEST(rounds_to_doubles_at_both_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
