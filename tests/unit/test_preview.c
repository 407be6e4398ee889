/* What another scheme would change. Expected amounts by hand. */
#include "check.h"

#include <string.h>

#include "cocreate/cocreate.h"

#define FUND "\"funds\":[{\"id\":\"f\",\"budget\":\"750.00\"}]"
#define HEAD "{\"scheme\":\"cocreate.incentives/1\",\"currency\":\"EUR\","

static const char one[] = HEAD FUND ",\"rules\":[{\"id\":\"first\",\"kind\":\"winner_takes_all\",\"fund\":"
                                    "\"f\",\"prize\":\"750.00\"},{\"id\":\"b\",\"kind\":\"badge\","
                                    "\"where\":\"rank<=1\",\"title\":\"Winner\"}]}";
static const char two[] = HEAD FUND ",\"rules\":[{\"id\":\"all\",\"kind\":\"ranked_prizes\",\"fund\":\"f\","
                                    "\"prizes\":[\"500.00\",\"250.00\"]},{\"id\":\"badge\",\"kind\":"
                                    "\"badge\",\"where\":\"rank<=2\",\"title\":\"Winner\"}]}";
static const char yen[] = "{\"scheme\":\"cocreate.incentives/1\",\"currency\":\"JPY\","
                          "\"funds\":[{\"id\":\"f\",\"budget\":\"100\"}],\"rules\":["
                          "{\"id\":\"first\",\"kind\":\"winner_takes_all\",\"fund\":\"f\","
                          "\"prize\":\"100\"}]}";
static const char lots[] = HEAD FUND ",\"rules\":[{\"id\":\"first\",\"kind\":\"winner_takes_all\",\"fund\":"
                                     "\"f\",\"prize\":\"750.00\",\"ties\":\"lot\"}]}";
static const char result[] = "{\"entries\":[{\"id\":\"e1\",\"owner\":\"ann\",\"score\":91},"
                             "{\"id\":\"e2\",\"owner\":\"bob\",\"score\":84},"
                             "{\"id\":\"e3\",\"owner\":\"bob\",\"score\":1}]}";
static const char tied[] = "{\"entries\":[{\"id\":\"e1\",\"owner\":\"ann\",\"score\":91},{\"id\":\"e2\","
                           "\"owner\":\"bob\",\"score\":91}]}";

static cocreate_status preview(const char *before, const char *after, const char *closed,
                               cocreate_text **out, cocreate_error *error)
{
    cocreate_scheme *a = NULL, *b = NULL;
    assert_status(cocreate_scheme_parse(NULL, before, strlen(before), &a, &check_error), COCREATE_OK);
    assert_status(cocreate_scheme_parse(NULL, after, strlen(after), &b, &check_error), COCREATE_OK);
    cocreate_status status =
        cocreate_reward_preview(a, b, closed, strlen(closed), NULL, out, error);
    cocreate_scheme_free(a);
    cocreate_scheme_free(b);
    return status;
}

/* Everything from the people on: what stands before are digests and worst cases. */
static void assert_changes(const char *before, const char *after, const char *expected)
{
    cocreate_text *text = NULL;
    assert_status(preview(before, after, result, &text, &check_error), COCREATE_OK);
    const char *json = cocreate_text_data(text), *people = strstr(json, "\"people\"");
    assert_non_null(people);
    assert_string_equal(people, expected);
    assert_int_equal(cocreate_text_size(text), strlen(json));
    cocreate_text_free(text);
}

#define AMOUNTS(after, after_minor, before, before_minor, change, change_minor)                      \
    "{\"after\":\"" after "\",\"after_minor\":" after_minor ",\"before\":\"" before                  \
    "\",\"before_minor\":" before_minor ",\"change\":\"" change "\",\"change_minor\":" change_minor ","

static void tells_who_would_get_more_and_who_less(void **state)
{
    (void)state;
    assert_changes(
        one, two,
        "\"people\":[" AMOUNTS("500.00", "50000", "750.00", "75000", "-250.00", "-25000")
        "\"to\":\"ann\",\"unit\":\"EUR\"}," AMOUNTS("250.00", "25000", "0.00", "0", "250.00", "25000")
        "\"to\":\"bob\",\"unit\":\"EUR\"}],\"recognition\":[{\"after\":1,\"before\":1,\"entry\":\"e1\","
        "\"kind\":\"badge\",\"to\":\"ann\",\"what\":{\"title\":\"Winner\"}},{\"after\":1,\"before\":0,"
        "\"entry\":\"e2\",\"kind\":\"badge\",\"to\":\"bob\",\"what\":{\"title\":\"Winner\"}}],\"totals\":["
        AMOUNTS("750.00", "75000", "750.00", "75000", "0.00", "0") "\"unit\":\"EUR\"}]}");
}

static void other_currencies_are_other_amounts(void **state)
{
    (void)state;
    assert_changes(
        two, yen,
        "\"people\":[" AMOUNTS("0.00", "0", "500.00", "50000", "-500.00", "-50000")
        "\"to\":\"ann\",\"unit\":\"EUR\"}," AMOUNTS("100", "100", "0", "0", "100", "100")
        "\"to\":\"ann\",\"unit\":\"JPY\"}," AMOUNTS("0.00", "0", "250.00", "25000", "-250.00", "-25000")
        "\"to\":\"bob\",\"unit\":\"EUR\"}],\"recognition\":[{\"after\":0,\"before\":1,\"entry\":\"e1\","
        "\"kind\":\"badge\",\"to\":\"ann\",\"what\":{\"title\":\"Winner\"}},{\"after\":0,\"before\":1,"
        "\"entry\":\"e2\",\"kind\":\"badge\",\"to\":\"bob\",\"what\":{\"title\":\"Winner\"}}],\"totals\":["
        AMOUNTS("0.00", "0", "750.00", "75000", "-750.00", "-75000") "\"unit\":\"EUR\"},"
        AMOUNTS("100", "100", "0", "0", "100", "100") "\"unit\":\"JPY\"}]}");
}

static void shows_both_worst_cases_and_nothing_where_nobody_took_part(void **state)
{
    (void)state;
    cocreate_text *text = NULL;
    assert_status(preview(one, yen, "{\"entries\":[]}", &text, &check_error), COCREATE_OK);
    const char *json = cocreate_text_data(text);
    assert_non_null(strstr(json, "{\"after\":{\"awards\":\"sha256:"));
    assert_non_null(strstr(json, "\"liability\":{\"JPY\":\"100\"},\"scheme\":\"sha256:"));
    assert_non_null(strstr(json, "\"liability\":{\"EUR\":\"750.00\"},\"scheme\":\"sha256:"));
    assert_non_null(strstr(json, "\"people\":[],\"recognition\":[],\"totals\":[]}"));
    cocreate_text_free(text);
}

static void says_which_scheme_cannot_be_evaluated(void **state)
{
    (void)state;
    cocreate_text *text = NULL;
    cocreate_error error;
    assert_int_equal(preview(one, lots, tied, &text, &error), COCREATE_ERR_ARGUMENT);
    assert_string_equal(error.text, "after: $.rules[0]: rule \"first\" draws lots and needs a seed");
    assert_int_equal(preview(lots, one, tied, &text, &error), COCREATE_ERR_ARGUMENT);
    assert_string_equal(error.text, "before: $.rules[0]: rule \"first\" draws lots and needs a seed");
    assert_int_equal(preview(lots, one, "{}", &text, NULL), COCREATE_ERR_SCHEMA);
    assert_null(text);
}

static void amounts_that_no_json_number_holds_are_refused(void **state)
{
    (void)state;
    /* Two coupons of 2^53 - 1 each, both for ann and bob. */
#define COUPON                                                                              \
    "\"kind\":\"coupon\",\"each\":\"9007199254740991\",\"unit\":{\"code\":\"CUP\"}," \
    "\"max_awards\":9}"
    static const char large[] =
        HEAD "\"rules\":[{\"id\":\"a\"," COUPON ",{\"id\":\"b\"," COUPON "]}";
    cocreate_text *text = NULL;
    cocreate_error error;
    cocreate_status status = preview(large, one, result, &text, &error);
    assert_int_equal(status, COCREATE_ERR_OVERFLOW);
    assert_string_equal(error.text, "the awards of CUP add up to more than 2^53 - 1 minor units");
    assert_null(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_who_would_get_more_and_who_less),
        cmocka_unit_test(other_currencies_are_other_amounts),
        cmocka_unit_test(shows_both_worst_cases_and_nothing_where_nobody_took_part),
        cmocka_unit_test(says_which_scheme_cannot_be_evaluated),
        cmocka_unit_test(amounts_that_no_json_number_holds_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
