/* What payouts refuse. */
#define _POSIX_C_SOURCE 200809L /* strdup */
#include "payout.h"

/* What makes no sense is refused with its place, and nothing is posted. */
static void refuses_bad_input(void **state)
{
    (void)state;
    house h = open_house(WORKED(",\"lifecycle\":{\"person_cap\":{\"amount\":\"2000.00\",\"days\":9}}"));
    offer(&h, CLOSED, 2, COCREATE_OK);
    const char *prize = award_of(&h, "prizes", "cy", 0);
    assert_status(pay(&h, prize, "r", INT64_MIN), COCREATE_ERR_OVERFLOW);
    assert_string_equal(check_error.text, "the time is beyond 2^53 - 1 microseconds");
    assert_status(pay(&h, prize, "r", INT64_MAX), COCREATE_ERR_OVERFLOW);
    assert_status(pay(&h, prize, "", 3), COCREATE_ERR_ARGUMENT);
    assert_status(pay(&h, prize, "r", 3), COCREATE_OK);
    assert_status(pay(&h, award_of(&h, "prizes", "bo", 0), "s", 2), COCREATE_ERR_TIME);
    assert_status(cocreate_payout_reverse(h.payout, prize, NULL, 4, &check_error), COCREATE_OK);
    size_t entries = cocreate_ledger_count(h.ledger);
    static const int64_t wrong[] = {0, -1, INT64_MIN};
    for (size_t i = 0; i < 3; i++) {
        assert_status(
            cocreate_payout_recover(h.payout, prize, wrong[i], "b", "bank", 5, &check_error),
            COCREATE_ERR_ARGUMENT);
        assert_string_equal(check_error.text, "the amount is not more than 0");
    }
    assert_status(
        cocreate_payout_recover(h.payout, prize, INT64_MAX, "b", "bank", 5, &check_error),
        COCREATE_ERR_REFUSED);
    assert_status(
        cocreate_payout_write_off(h.payout, prize, 1, "b", "nobody", 5, &check_error),
        COCREATE_ERR_ARGUMENT);
    assert_string_equal(check_error.text,
                        "what is given up is absorbed by \"escrow\" or \"sponsor\"");
    assert_int_equal(cocreate_ledger_count(h.ledger), entries);
    assert_status(cocreate_payout_new(NULL, h.scheme, h.ledger, "purse:", &h.payout, &check_error),
                  COCREATE_ERR_ARGUMENT);
    assert_string_equal(check_error.text,
                        "accounts of funds begin with \"escrow:\", as in \"escrow:spring:\"");
    close_house(&h);
}

/* A saved payout with something else in it. */
static void refuses_what_was_not_saved(void **state)
{
    (void)state;
    static const char *const changes[][4] = {
        {"\"currency\":\"EUR\"", "\"currency\":\"USD\"", "COCREATE_ERR_ARGUMENT",
         "is in USD, the scheme in EUR"},
        {"\"to\":\"ana\"", "\"to\":\"eve\"", "COCREATE_ERR_VERIFY",
         "minor units payable, the journal has 0"},
        {"\"state\":\"offered\"", "\"state\":\"offerad\"", "COCREATE_ERR_SCHEMA", "$.state"},
        {"cocreate.payout/1", "cocreate.payout/2", "COCREATE_ERR_SCHEMA", "$.payout"},
        {"\"minor\":100000", "\"minor\":-10000", "COCREATE_ERR_SCHEMA", "$.minor"},
        {"\"fund\":\"main\"", "\"fond\":\"main\"", "COCREATE_ERR_SCHEMA", "$.fund"},
    };
    house h = open_house(WORKED(""));
    offer(&h, CLOSED, 2, COCREATE_OK);
    cocreate_text *text;
    assert_status(cocreate_payout_json(h.payout, &text, &check_error), COCREATE_OK);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        char *copy = strdup(cocreate_text_data(text));
        char *at = strstr(copy, changes[i][0]);
        assert_non_null(at);
        assert_int_equal(strlen(changes[i][0]), strlen(changes[i][1]));
        memcpy(at, changes[i][1], strlen(changes[i][1]));
        cocreate_payout *again = NULL;
        cocreate_status status = cocreate_payout_load(NULL, h.scheme, h.ledger, copy, strlen(copy),
                                                      &again, &check_error);
        assert_string_equal(cocreate_status_name((int32_t)status), changes[i][2]);
        if (!strstr(check_error.text, changes[i][3]))
            print_error("%s\n", check_error.text);
        assert_non_null(strstr(check_error.text, changes[i][3]));
        assert_null(again);
        free(copy);
    }
    cocreate_text_free(text);
    close_house(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_bad_input),
        cmocka_unit_test(refuses_what_was_not_saved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
