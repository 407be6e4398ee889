/* Instants as text: microseconds by Python's datetime. */
#include "check.h"

#include "base/time.h"

static const struct {
    const char *text;
    int64_t at;
} instants[] = {
    {"1970-01-01T00:00:00Z", 0},
    {"2009-07-26T18:18:28Z", INT64_C(1248632308000000)},
    {"2000-02-29T23:59:59.999999Z", INT64_C(951868799999999)},
    {"1969-12-31T23:59:59.999999Z", -1},
    {"1900-03-01T00:00:00Z", INT64_C(-2203891200000000)},
    {"2038-01-19T03:14:08Z", INT64_C(2147483648000000)},
    {"2106-02-07T06:28:16Z", INT64_C(4294967296000000)},
    {"0001-01-01T00:00:00Z", INT64_C(-62135596800000000)},
    {"9999-12-31T23:59:59.999999Z", INT64_C(253402300799999999)},
};

static void reads_and_writes_instants(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof instants / sizeof *instants; i++) {
        int64_t at = 7;
        char text[CCI_TIME_TEXT];
        assert_true(cci_time_parse(instants[i].text, &at));
        assert_true(at == instants[i].at);
        assert_string_equal(cci_time_text(at, text), instants[i].text);
    }
}

static void reads_offsets_and_fractions(void **state)
{
    (void)state;
    int64_t at;
    assert_true(cci_time_parse("2024-03-01T00:30:00+02:00", &at));
    assert_true(at == INT64_C(1709245800000000));
    assert_true(cci_time_parse("2024-02-28T23:30:00-05:45", &at));
    assert_true(at == INT64_C(1709183700000000));
    assert_true(cci_time_parse("2026-11-21T20:45:25.5Z", &at));
    assert_true(at == INT64_C(1795293925500000));
}

static void refuses_what_is_no_instant(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "", "2024", "2024-02-30T00:00:00Z", "2023-02-29T00:00:00Z", "1900-02-29T00:00:00Z",
        "2024-13-01T00:00:00Z", "2024-00-01T00:00:00Z", "2024-01-00T00:00:00Z",
        "2024-04-31T00:00:00Z", "2024-01-01T24:00:00Z", "2024-01-01T00:60:00Z",
        "2016-12-31T23:59:60Z", /* a leap second */
        "2024-01-01T00:00:00", "2024-01-01 00:00:00Z", "2024-01-01T00:00:00z",
        "2024-01-01T00:00:00.Z", "2024-01-01T00:00:00.1234567Z", "2024-01-01T00:00:00+0200",
        "2024-01-01T00:00:00+24:00", "2024-01-01T00:00:00Z ", "-024-01-01T00:00:00Z",
        "2024-1-01T00:00:00Z"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int64_t at = 7;
        if (cci_time_parse(bad[i], &at))
            print_error("%s was taken for an instant\n", bad[i]);
        assert_true(at == 7);
    }
}

static void writes_far_instants_as_numbers(void **state)
{
    (void)state;
    char text[CCI_TIME_TEXT];
    assert_string_equal(cci_time_text(INT64_MAX, text), "9223372036854775807 us");
    assert_string_equal(cci_time_text(INT64_MIN, text), "-9223372036854775808 us");
    assert_string_equal(cci_time_text(INT64_C(253402300800000000), text),
                        "253402300800000000 us"); /* the year 10000 */
}

/* Every day of 1996..2104, by counting: months of 28..31 days, leap years but 2100. */
static void counts_every_day(void **state)
{
    (void)state;
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t day = 9496; /* 1996-01-01 */
    for (int year = 1996; year <= 2104; year++) {
        for (int month = 1; month <= 12; month++) {
            int leap = month == 2 && year % 4 == 0 && year != 2100;
            for (int d = 1; d <= lengths[month - 1] + leap; d++, day++) {
                char expected[32], text[CCI_TIME_TEXT];
                int64_t at;
                snprintf(expected, sizeof expected, "%04d-%02d-%02dT12:34:56Z", year, month, d);
                assert_true(cci_time_parse(expected, &at));
                assert_true(at == (day * 86400 + 45296) * 1000000);
                assert_string_equal(cci_time_text(at, text), expected);
            }
        }
    }
}

static void reads_members(void **state)
{
    (void)state;
    static const char json[] = "{\"text\":\"2009-07-26T18:18:28Z\",\"number\":-5,\"bad\":\"soon\","
                               "\"wrong\":true,\"nil\":null}";
    json_t *v = NULL;
    cci_path root = CCI_ROOT;
    int64_t at = 7;
    assert_status(cci_json_parse(json, sizeof json - 1, &v, &check_error), COCREATE_OK);
    assert_failure(cci_json_time(v, "bad", &at, &root, &check_error), COCREATE_ERR_SCHEMA,
                   "$.bad: 'soon' is no time: give microseconds, or text as "
                   "\"2009-07-26T18:18:28Z\"");
    assert_failure(cci_json_time(v, "wrong", &at, &root, &check_error), COCREATE_ERR_SCHEMA,
                   "$.wrong: expected an integer, got true");
    assert_failure(cci_json_time(v, "nil", &at, &root, &check_error), COCREATE_ERR_SCHEMA,
                   "$.nil: required, but null");
    assert_int_equal(at, 7);
    assert_status(cci_json_time(v, "text", &at, &root, &check_error), COCREATE_OK);
    assert_true(at == INT64_C(1248632308000000));
    assert_status(cci_json_time(v, "number", &at, &root, &check_error), COCREATE_OK);
    assert_int_equal(at, -5);
    json_decref(v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_and_writes_instants),
        cmocka_unit_test(reads_offsets_and_fractions),
        cmocka_unit_test(refuses_what_is_no_instant),
        cmocka_unit_test(writes_far_instants_as_numbers),
        cmocka_unit_test(counts_every_day),
        cmocka_unit_test(reads_members),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
