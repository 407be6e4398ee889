/* Published splits and apportionments, as printed. */
#include "check.h"

#include "cocreate/money.h"

#define MAX 8

struct row {
    const char *name, *method;
    int64_t pool;
    size_t n;
    int64_t weights[MAX];
    int64_t shares[MAX];
};

static void splits(void **state)
{
    const struct row *row = *state;
    cocreate_split_options options;
    cocreate_split_options_init(&options);
    options.method = row->method;
    int64_t shares[MAX], returned;
    assert_status(cocreate_split(row->pool, row->weights, row->n, &options, shares, &returned,
                                 &check_error),
                  COCREATE_OK);
    for (size_t i = 0; i < row->n; i++)
        assert_int_equal(shares[i], row->shares[i]);
    assert_int_equal(returned, 0);
}

/* Largest remainder with ties by id. Sources: tests and issues of the money libraries named, read
 * 2026; where one of them disagrees with the exact quotas, those decide (shown behind). */
static struct row money[] = {
    {"moneyphp_thirds", NULL, 100, 3, {1, 1, 1}, {34, 33, 33}},
    {"moneyphp_3_7", NULL, 101, 2, {3, 7}, {30, 71}},                    /* 30.3, 70.7 */
    {"moneyphp_pr_492", NULL, 9999, 2, {75, 25}, {7499, 2500}},          /* 7499.25, 2499.75 */
    {"rusty_money_103", NULL, 613, 6, {98, 92, 98, 123, 102, 92}, {99, 93, 99, 125, 104, 93}},
    {"brick_62", NULL, 3, 2, {75, 25}, {2, 1}},                          /* 2.25, 0.75 */
    {"three_parts", NULL, 98765, 3, {48, 41, 11}, {47407, 40494, 10864}}, /* .20, .65, .15 */
    {"quarters_of_3", NULL, 3, 4, {1, 1, 1, 1}, {1, 1, 1, 0}},
    {"rubymoney_971", NULL, 12000, 2, {66667, 33333}, {8000, 4000}},     /* 8000.04, 3999.96 */
    {"rubymoney_971_reversed", NULL, 12000, 2, {33333, 66667}, {4000, 8000}},
    {"dinero_776", NULL, 5, 4, {100, 101, 100, 100}, {1, 2, 1, 1}},      /* 1.2469, 1.2594 */
    {"mirror_7_3", NULL, -5, 2, {7, 3}, {-4, -1}},                       /* 5 gives 4, 1 */
    {"dinero_mirror", NULL, -1003, 2, {50, 50}, {-502, -501}},
    {"dinero_144", NULL, 1003, 2, {49, 51}, {491, 512}},                 /* 491.47, 511.53 */
    {"expensify_42870", NULL, 35316, 8, {1, 1, 1, 1, 1, 1, 1, 1},
     {4415, 4415, 4415, 4415, 4414, 4414, 4414, 4414}},
    {"zero_weight_inside", NULL, 100, 5, {400, 0, 40, 20, 2}, {87, 0, 9, 4, 0}},
    {"dinero_zero_weight", NULL, 1003, 3, {0, 50, 50}, {0, 502, 501}},
    /* Balinski & Young's shortest case of the Alabama paradox, as in the textbooks: one unit more,
     * and the third loses one. */
    {"alabama_10", NULL, 10, 3, {6, 6, 2}, {4, 4, 2}},
    {"alabama_11", NULL, 11, 3, {6, 6, 2}, {5, 5, 1}},
};

/* M. Balinski, H. P. Young, The quota method of apportionment, Amer. Math. Monthly 82 (1975), as
 * in the tests of the Python library apportionment. */
#define BALINSKI_YOUNG {9061, 7179, 5259, 3319, 1182}
#define EXACT {14, 28, 7, 35}
#define EXACT_SHARES {2, 4, 1, 5}
/* Austria, National Council election of 2019, parties above 4 %: the official result. */
#define AUSTRIA {1789417, 1011868, 772666, 387124, 664055}

static struct row seats[] = {
    {"balinski_young", "largest_remainder", 26, 5, BALINSKI_YOUNG, {9, 7, 5, 4, 1}},
    {"balinski_young", "dhondt", 26, 5, BALINSKI_YOUNG, {10, 7, 5, 3, 1}},
    {"balinski_young", "sainte_lague", 26, 5, BALINSKI_YOUNG, {9, 8, 5, 3, 1}},
    {"balinski_young", "huntington_hill", 26, 5, BALINSKI_YOUNG, {9, 7, 6, 3, 1}},
    {"balinski_young", "adams", 26, 5, BALINSKI_YOUNG, {9, 7, 5, 3, 2}},
    {"balinski_young", "dean", 26, 5, BALINSKI_YOUNG, {9, 7, 5, 4, 1}},
    {"exact_quotas", "largest_remainder", 12, 4, EXACT, EXACT_SHARES},
    {"exact_quotas", "dhondt", 12, 4, EXACT, EXACT_SHARES},
    {"exact_quotas", "sainte_lague", 12, 4, EXACT, EXACT_SHARES},
    {"exact_quotas", "huntington_hill", 12, 4, EXACT, EXACT_SHARES},
    {"exact_quotas", "adams", 12, 4, EXACT, EXACT_SHARES},
    {"exact_quotas", "dean", 12, 4, EXACT, EXACT_SHARES},
    {"exact_quotas", "first_gets", 12, 4, EXACT, EXACT_SHARES},
    {"exact_quotas", "floor_return", 12, 4, EXACT, EXACT_SHARES},
    {"austria_2019", "dhondt", 183, 5, AUSTRIA, {71, 40, 31, 15, 26}},
};

/* 1000 yen and 1.000 dinar by thirds: the same ratios, other exponents. */
static void splits_by_currency(void **state)
{
    (void)state;
    const struct {
        const char *code, *amount, *shares[3];
    } cases[] = {
        {"JPY", "1000", {"334", "333", "333"}},
        {"KWD", "1.000", {"0.334", "0.333", "0.333"}},
        {"EUR", "10.00", {"3.34", "3.33", "3.33"}},
        {"CLF", "0.1000", {"0.0334", "0.0333", "0.0333"}},
    };
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        cocreate_currency currency = {.size = sizeof currency};
        int64_t pool, shares[3], returned;
        assert_status(cocreate_currency_find(cases[c].code, &currency, &check_error), COCREATE_OK);
        assert_status(
            cocreate_amount_parse(cases[c].amount, currency.exponent, &pool, &check_error),
            COCREATE_OK);
        assert_status(cocreate_split(pool, (int64_t[]){1, 1, 1}, 3, NULL, shares, &returned,
                                     &check_error),
                      COCREATE_OK);
        for (size_t i = 0; i < 3; i++) {
            char text[COCREATE_AMOUNT_TEXT];
            assert_status(
                cocreate_amount_print(shares[i], currency.exponent, text, &check_error),
                COCREATE_OK);
            assert_string_equal(text, cases[c].shares[i]);
        }
    }
}

/* moneyphp: 1 by .33 : .66 goes to the larger. */
static void splits_by_decimal_weights(void **state)
{
    (void)state;
    int64_t weights[2], shares[2], returned;
    assert_status(cocreate_weights_parse((const char *[]){".33", ".66"}, 2, weights, &check_error),
                  COCREATE_OK);
    assert_status(cocreate_split(1, weights, 2, NULL, shares, &returned, &check_error),
                  COCREATE_OK);
    assert_int_equal(shares[0], 0);
    assert_int_equal(shares[1], 1);
    assert_int_equal(returned, 0);
}

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

int main(void)
{
    static struct CMUnitTest tests[COUNT(money) + COUNT(seats) + 2] = {
        cmocka_unit_test(splits_by_currency),
        cmocka_unit_test(splits_by_decimal_weights),
    };
    size_t at = 2;
    static char names[COUNT(money) + COUNT(seats)][64];
    for (size_t i = 0; i < COUNT(money) + COUNT(seats); i++) {
        struct row *row = i < COUNT(money) ? &money[i] : &seats[i - COUNT(money)];
        snprintf(names[i], sizeof names[i], "splits/%s%s%s", row->name, row->method ? "/" : "",
                 row->method ? row->method : "");
        tests[at++] = (struct CMUnitTest){names[i], splits, NULL, NULL, row};
    }
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
