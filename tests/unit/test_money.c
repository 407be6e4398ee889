/* Currencies, amounts as text, weights as text, rates. */
#include "check.h"

#include "cocreate/money.h"

/* ISO 4217 list one of 2026-01-01 (178 codes) and BGN, which left it that day. */
static void lists_currencies(void **state)
{
    (void)state;
    size_t n = cocreate_currency_count(), by_exponent[5] = {0}, none = 0;
    char before[4] = "";
    for (size_t i = 0; i < n; i++) {
        cocreate_currency row = {.size = sizeof row}, found = {.size = sizeof found};
        assert_status(cocreate_currency_at(i, &row, &check_error), COCREATE_OK);
        assert_true(strlen(row.code) == 3 && strcmp(before, row.code) < 0);
        assert_status(cocreate_currency_find(row.code, &found, &check_error), COCREATE_OK);
        assert_ptr_equal(found.code, row.code);
        if (row.is_currency)
            by_exponent[row.exponent]++;
        else
            none++;
        memcpy(before, row.code, sizeof before);
    }
    assert_int_equal(n, 179);
    assert_int_equal(by_exponent[0], 17);
    assert_int_equal(by_exponent[1], 0);
    assert_int_equal(by_exponent[2], 140);
    assert_int_equal(by_exponent[3], 7);
    assert_int_equal(by_exponent[4], 2);
    assert_int_equal(none, 13);
}

static void knows_exponents(void **state)
{
    (void)state;
    static const struct {
        const char *codes[17];
        int32_t exponent, is_currency;
    } rows[] = {
        {{"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND",
          "VUV", "XAF", "XOF", "XPF"}, 0, 1},
        {{"XAG", "XAU", "XBA", "XBB", "XBC", "XBD", "XDR", "XPD", "XPT", "XSU", "XTS", "XUA",
          "XXX"}, 0, 0},
        {{"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"}, 3, 1},
        {{"CLF", "UYW"}, 4, 1},
        {{"EUR", "USD", "CHF", "BGN", "XCG", "ZWG", "XAD"}, 2, 1},
    };
    for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++)
        for (size_t c = 0; c < 17 && rows[r].codes[c] != NULL; c++) {
            cocreate_currency row = {.size = sizeof row};
            assert_status(cocreate_currency_find(rows[r].codes[c], &row, &check_error),
                          COCREATE_OK);
            assert_string_equal(row.code, rows[r].codes[c]);
            assert_int_equal(row.exponent, rows[r].exponent);
            assert_int_equal(row.is_currency, rows[r].is_currency);
        }
}

static void refuses_currencies(void **state)
{
    (void)state;
    cocreate_currency row = {.size = sizeof row, .exponent = 9};
    static const char *const unknown[] = {"", "eur", "EU", "EURO", "AAA", "ZZZ", "HRK"};
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++)
        assert_status(cocreate_currency_find(unknown[i], &row, &check_error),
                      COCREATE_ERR_NOT_FOUND);
    assert_failure(cocreate_currency_find("eur", &row, &check_error), COCREATE_ERR_NOT_FOUND,
                   "\"eur\" is no ISO 4217 code");
    assert_failure(cocreate_currency_find(NULL, &row, &check_error), COCREATE_ERR_ARGUMENT,
                   "code is NULL");
    assert_failure(cocreate_currency_find("EUR", NULL, &check_error), COCREATE_ERR_ARGUMENT,
                   "out is NULL");
    assert_failure(cocreate_currency_at(179, &row, &check_error), COCREATE_ERR_ARGUMENT,
                   "there is no row 179: the table has 179");
    row.size = 3;
    assert_status(cocreate_currency_at(0, &row, &check_error), COCREATE_ERR_ARGUMENT);
    assert_status(cocreate_currency_find("EUR", &row, NULL), COCREATE_ERR_ARGUMENT);
    assert_int_equal(row.exponent, 9);
}

static void reads_and_prints_amounts(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int32_t exponent;
        int64_t minor;
        const char *printed;
    } rows[] = {
        {"1234.5", 2, 123450, "1234.50"},
        {"0", 2, 0, "0.00"},
        {"-0.05", 2, -5, "-0.05"},
        {"-0", 2, 0, "0.00"},
        {"007", 0, 7, "7"},
        {"0.001", 3, 1, "0.001"},
        {"9223372036854775807", 0, INT64_MAX, "9223372036854775807"},
        {"-9223372036854775808", 0, INT64_MIN, "-9223372036854775808"},
        {"92233720368547758.07", 2, INT64_MAX, "92233720368547758.07"},
        {"-92233720368547758.08", 2, INT64_MIN, "-92233720368547758.08"},
        {"9.223372036854775807", 18, INT64_MAX, "9.223372036854775807"},
        {"-9.223372036854775808", 18, INT64_MIN, "-9.223372036854775808"},
        {"-0.000000000000000001", 18, -1, "-0.000000000000000001"},
        {"0000000000000000000000001", 2, 100, "1.00"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int64_t minor;
        char text[COCREATE_AMOUNT_TEXT];
        assert_status(
            cocreate_amount_parse(rows[i].text, rows[i].exponent, &minor, &check_error),
            COCREATE_OK);
        assert_true(minor == rows[i].minor);
        assert_status(cocreate_amount_print(minor, rows[i].exponent, text, &check_error),
                      COCREATE_OK);
        assert_string_equal(text, rows[i].printed);
    }
}

static void refuses_amounts(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int32_t exponent;
        cocreate_status status;
        uint64_t where;
        const char *why;
    } rows[] = {
        {"", 2, COCREATE_ERR_PARSE, 0,
         "amount \"\" is not a decimal number: a digit belongs at byte 0"},
        {"-", 2, COCREATE_ERR_PARSE, 1,
         "amount \"-\" is not a decimal number: a digit belongs at byte 1"},
        {"+1", 2, COCREATE_ERR_PARSE, 0,
         "amount \"+1\" is not a decimal number: a digit belongs at byte 0"},
        {" 1", 2, COCREATE_ERR_PARSE, 0,
         "amount \" 1\" is not a decimal number: a digit belongs at byte 0"},
        {"1,5", 2, COCREATE_ERR_PARSE, 1,
         "amount \"1,5\" is not a decimal number: a digit belongs at byte 1"},
        {"1e3", 2, COCREATE_ERR_PARSE, 1,
         "amount \"1e3\" is not a decimal number: a digit belongs at byte 1"},
        {"1.2.3", 2, COCREATE_ERR_PARSE, 3,
         "amount \"1.2.3\" is not a decimal number: a digit belongs at byte 3"},
        {"1\n", 2, COCREATE_ERR_PARSE, 1,
         "amount \"1?\" is not a decimal number: a digit belongs at byte 1"},
        {"--1", 2, COCREATE_ERR_PARSE, 1,
         "amount \"--1\" is not a decimal number: a digit belongs at byte 1"},
        {".5", 2, COCREATE_ERR_PARSE, 0,
         "amount \".5\" is not a decimal number: a digit belongs at byte 0"},
        {"5.", 2, COCREATE_ERR_PARSE, 2,
         "amount \"5.\" is not a decimal number: a digit belongs at byte 2"},
        {"1.005", 2, COCREATE_ERR_PARSE, 4,
         "amount \"1.005\" has more than 2 decimals"},
        {"1.000", 2, COCREATE_ERR_PARSE, 4,
         "amount \"1.000\" has more than 2 decimals"},
        {"1.0", 0, COCREATE_ERR_PARSE, 2,
         "amount \"1.0\" has more than 0 decimals"},
        {"9223372036854775808", 0, COCREATE_ERR_OVERFLOW, 0,
         "amount \"9223372036854775808\" is too large"},
        {"92233720368547758.08", 2, COCREATE_ERR_OVERFLOW, 0,
         "amount \"92233720368547758.08\" is too large"},
        {"92233720368547759", 2, COCREATE_ERR_OVERFLOW, 0,
         "amount \"92233720368547759\" is too large"},
        {"-9223372036854775809", 0, COCREATE_ERR_OVERFLOW, 0,
         "amount \"-9223372036854775809\" is too large"},
        {"1", 19, COCREATE_ERR_ARGUMENT, 0, "exponent 19 is not in 0..18"},
        {"1", -1, COCREATE_ERR_ARGUMENT, 0, "exponent -1 is not in 0..18"},
        {NULL, 2, COCREATE_ERR_ARGUMENT, 0, "text is NULL"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int64_t minor = 7;
        assert_failure(
            cocreate_amount_parse(rows[i].text, rows[i].exponent, &minor, &check_error),
            rows[i].status, rows[i].why);
        assert_int_equal(check_error.where, rows[i].where);
        assert_int_equal(minor, 7);
    }
    char text[COCREATE_AMOUNT_TEXT] = "kept";
    assert_failure(cocreate_amount_print(1, 19, text, &check_error), COCREATE_ERR_ARGUMENT,
                   "exponent 19 is not in 0..18");
    assert_string_equal(text, "kept");
    assert_status(cocreate_amount_print(1, 2, NULL, &check_error), COCREATE_ERR_ARGUMENT);
    assert_status(cocreate_amount_parse("1", 2, NULL, NULL), COCREATE_ERR_ARGUMENT);
}

static void reads_weights(void **state)
{
    (void)state;
    static const struct {
        const char *texts[4];
        size_t n;
        int64_t weights[4];
    } rows[] = {
        {{".33", "1.5", "2"}, 3, {33, 150, 200}},
        {{"1", "2", "3"}, 3, {1, 2, 3}},
        {{"1.500", "0.0", "00", "10"}, 4, {15, 0, 0, 100}},
        {{"0.0000000000000000000000000", "9223372036854775807"}, 2, {0, INT64_MAX}},
        {{"0.0000000000000000000000000001", "0"}, 2, {1, 0}},
        {{".5"}, 1, {5}},
        {{"100"}, 1, {100}},
        {{NULL}, 0, {0}},
    };
    for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++) {
        int64_t weights[4];
        assert_status(cocreate_weights_parse(rows[r].texts, rows[r].n, weights, &check_error),
                      COCREATE_OK);
        for (size_t i = 0; i < rows[r].n; i++)
            assert_true(weights[i] == rows[r].weights[i]);
    }
}

static void refuses_weights(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        cocreate_status status;
        const char *why;
    } rows[] = {
        {"-1", COCREATE_ERR_PARSE,
         "weight 1 (\"-1\") is negative"},
        {"", COCREATE_ERR_PARSE,
         "weight 1 (\"\") is not a decimal number: a digit belongs at byte 0"},
        {".", COCREATE_ERR_PARSE,
         "weight 1 (\".\") is not a decimal number: a digit belongs at byte 1"},
        {"5.", COCREATE_ERR_PARSE,
         "weight 1 (\"5.\") is not a decimal number: a digit belongs at byte 2"},
        {"1.2.3", COCREATE_ERR_PARSE,
         "weight 1 (\"1.2.3\") is not a decimal number: a digit belongs at byte 3"},
        {"1/3", COCREATE_ERR_PARSE,
         "weight 1 (\"1/3\") is not a decimal number: a digit belongs at byte 1"},
        {"nan", COCREATE_ERR_PARSE,
         "weight 1 (\"nan\") is not a decimal number: a digit belongs at byte 0"},
        {"1e5", COCREATE_ERR_PARSE,
         "weight 1 (\"1e5\") is not a decimal number: a digit belongs at byte 1"},
        {"9223372036854775808", COCREATE_ERR_OVERFLOW,
         "weight 1 (\"9223372036854775808\") is too large when scaled to 1 decimals"},
        {"922337203685477580.8", COCREATE_ERR_OVERFLOW,
         "weight 1 (\"922337203685477580.8\") is too large when scaled to 1 decimals"},
        {NULL, COCREATE_ERR_ARGUMENT, "weight 1 is NULL"},
    };
    for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++) {
        int64_t weights[2] = {7, 7};
        const char *texts[] = {"0.5", rows[r].text};
        assert_failure(cocreate_weights_parse(texts, 2, weights, &check_error), rows[r].status,
                       rows[r].why);
        assert_int_equal(check_error.where, 1);
        assert_int_equal(weights[0], 7);
    }
    int64_t weights[1];
    assert_status(cocreate_weights_parse(NULL, 0, NULL, &check_error), COCREATE_OK);
    assert_status(cocreate_weights_parse(NULL, 1, weights, &check_error), COCREATE_ERR_ARGUMENT);
}

/* Tax notes: 30 % of 333.33 is 99.999, 24 % of 1000.05 is 240.012. The halves by hand. */
static void rounds_rates(void **state)
{
    (void)state;
    static const struct {
        int64_t amount, numerator, denominator;
        int64_t half_up, half_even, floor, ceil;
    } rows[] = {
        {33333, 30, 100, 10000, 10000, 9999, 10000},
        {100005, 24, 100, 24001, 24001, 24001, 24002},
        {5, 1, 2, 3, 2, 2, 3},
        {7, 1, 2, 4, 4, 3, 4},
        {-5, 1, 2, -3, -2, -3, -2},
        {-7, 1, 2, -4, -4, -4, -3},
        {5, -1, 2, -3, -2, -3, -2},
        {-10, 1, 3, -3, -3, -4, -3},
        {0, 7, 9, 0, 0, 0, 0},
        {12, 1, 4, 3, 3, 3, 3},
        {INT64_MAX, INT64_MAX, INT64_MAX, INT64_MAX, INT64_MAX, INT64_MAX, INT64_MAX},
        {INT64_MIN, 1, 1, INT64_MIN, INT64_MIN, INT64_MIN, INT64_MIN},
        {INT64_MAX, INT64_MAX - 1, INT64_MAX, INT64_MAX - 1, INT64_MAX - 1, INT64_MAX - 1,
         INT64_MAX - 1},
    };
    static const char *const names[] = {"half_up", "half_even", "floor", "ceil"};
    for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++) {
        const int64_t expected[] = {rows[r].half_up, rows[r].half_even, rows[r].floor,
                                    rows[r].ceil};
        for (size_t m = 0; m < 4; m++) {
            int64_t out;
            assert_status(cocreate_rate(rows[r].amount, rows[r].numerator, rows[r].denominator,
                                        names[m], NULL, &out, &check_error),
                          COCREATE_OK);
            assert_true(out == expected[m]);
        }
    }
}

/* 1 % of 2,345,678.90, then of 0.15: 23,456.78 and .009 carried; then .0015 + .009 is one cent and
 * .0005 of a unit carried (the royalty of a published contract, by hand). */
static void carries_royalties(void **state)
{
    (void)state;
    cocreate_carry carry = {0, 1};
    int64_t out;
    assert_status(cocreate_rate(234567890, 1, 100, "floor", &carry, &out, &check_error),
                  COCREATE_OK);
    assert_int_equal(out, 2345678);
    assert_true(carry.numerator == 9 && carry.denominator == 10);
    assert_status(cocreate_rate(15, 1, 100, "floor", &carry, &out, &check_error), COCREATE_OK);
    assert_int_equal(out, 1);
    assert_true(carry.numerator == 1 && carry.denominator == 20);
}

/* A third of 1, -1 and 100 in turn: paid is the floor of the exact sum after every period. */
static void carries_for_ever(void **state)
{
    (void)state;
    cocreate_carry carry = {0, 1};
    int64_t sum = 0, paid = 0;
    static const int64_t amounts[] = {1, -1, 100, -50};
    for (int period = 0; period < 4000; period++) {
        int64_t out;
        assert_status(
            cocreate_rate(amounts[period % 4], 1, 3, "floor", &carry, &out, &check_error),
            COCREATE_OK);
        sum += amounts[period % 4];
        paid += out;
        assert_int_equal(paid, sum >= 0 ? sum / 3 : -((2 - sum) / 3));
        assert_true(carry.numerator >= 0 && carry.numerator < carry.denominator);
    }
}

static void refuses_rates(void **state)
{
    (void)state;
    static const struct {
        int64_t amount, numerator, denominator;
        const char *rounding;
        cocreate_carry carry; /* denominator INT64_MIN: none */
        cocreate_status status;
        const char *why;
    } rows[] = {
        {1, 1, 0, "floor", {0, INT64_MIN}, COCREATE_ERR_ARGUMENT, "denominator 0 is not above 0"},
        {1, 1, -2, "floor", {0, INT64_MIN}, COCREATE_ERR_ARGUMENT, "denominator -2 is not above 0"},
        {1, 1, 2, "up", {0, INT64_MIN}, COCREATE_ERR_ARGUMENT,
         "rounding \"up\" is not known; there are half_up, half_even, floor and ceil"},
        {1, 1, 2, NULL, {0, INT64_MIN}, COCREATE_ERR_ARGUMENT, "rounding is NULL"},
        {1, 1, 2, "ceil", {0, 1}, COCREATE_ERR_ARGUMENT, "a carry needs the rounding floor"},
        {1, 1, 2, "floor", {-1, 2}, COCREATE_ERR_ARGUMENT, "carry -1/2 is not in 0 <= carry < 1"},
        {1, 1, 2, "floor", {2, 2}, COCREATE_ERR_ARGUMENT, "carry 2/2 is not in 0 <= carry < 1"},
        {1, 1, 2, "floor", {0, 0}, COCREATE_ERR_ARGUMENT, "carry 0/0 is not in 0 <= carry < 1"},
        {1, 1, INT64_MAX, "floor", {1, INT64_MAX - 1}, COCREATE_ERR_OVERFLOW,
         "the carry needs a denominator of more than 63 bits"},
    };
    for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++) {
        cocreate_carry carry = rows[r].carry;
        int64_t out = 7;
        assert_failure(cocreate_rate(rows[r].amount, rows[r].numerator, rows[r].denominator,
                                     rows[r].rounding,
                                     carry.denominator == INT64_MIN ? NULL : &carry, &out,
                                     &check_error),
                       rows[r].status, rows[r].why);
        assert_int_equal(out, 7);
        assert_true(carry.numerator == rows[r].carry.numerator);
    }
    int64_t out = 7;
    assert_status(cocreate_rate(INT64_MAX, 2, 1, "floor", NULL, &out, &check_error),
                  COCREATE_ERR_OVERFLOW);
    assert_status(cocreate_rate(INT64_MIN, -1, 1, "floor", NULL, &out, &check_error),
                  COCREATE_ERR_OVERFLOW);
    assert_status(cocreate_rate(1, 1, 1, "floor", NULL, NULL, &check_error),
                  COCREATE_ERR_ARGUMENT);
    assert_int_equal(out, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_currencies),   cmocka_unit_test(knows_exponents),
        cmocka_unit_test(refuses_currencies), cmocka_unit_test(reads_and_prints_amounts),
        cmocka_unit_test(refuses_amounts),    cmocka_unit_test(reads_weights),
        cmocka_unit_test(refuses_weights),    cmocka_unit_test(rounds_rates),
        cmocka_unit_test(carries_royalties),  cmocka_unit_test(carries_for_ever),
        cmocka_unit_test(refuses_rates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
