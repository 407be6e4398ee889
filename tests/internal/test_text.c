/* UTF-8, ids, decimal and hex text, quoting, and the texts of failures. */
#include "check.h"

#include "base/fail.h"
#include "base/text.h"

static void tells_utf8_from_other_bytes(void **state)
{
    (void)state;
    /* borders of each length: RFC 3629, table 3-7 of the Unicode Standard */
    static const char *const good[] = {"",
                                       "a",
                                       "\x7f",
                                       "\xc2\x80",
                                       "\xdf\xbf",
                                       "\xe0\xa0\x80",
                                       "\xed\x9f\xbf",
                                       "\xee\x80\x80",
                                       "\xef\xbf\xbf",
                                       "\xf0\x90\x80\x80",
                                       "\xf4\x8f\xbf\xbf"};
    static const char *const bad[] = {"\x80",         "\xbf",         "\xc0\x80",
                                      "\xc1\xbf",     "\xc2",         "\xc2\x41",
                                      "\xe0\x9f\xbf", "\xed\xa0\x80", "\xed\xbf\xbf",
                                      "\xe2\x82",     "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80",
                                      "\xf5\x80\x80\x80", "\xff",     "ok\xfe"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(cci_utf8_valid(good[i], strlen(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(cci_utf8_valid(bad[i], strlen(bad[i])));
    assert_true(cci_utf8_valid("a\0b", 3));
}

static void decodes_what_python_encodes(void **state)
{
    (void)state;
    uint32_t code;
    assert_int_equal(cci_utf8_next("\xe2\x82\xac!", 4, &code), 3);
    assert_int_equal(code, 0x20ac);
    assert_int_equal(cci_utf8_next("\xf0\x9f\x98\x82", 4, &code), 4);
    assert_int_equal(code, 0x1f602);
    assert_int_equal(cci_utf8_next("", 0, &code), 0);
}

static void accepts_ids_of_any_script(void **state)
{
    (void)state;
    char longest[COCREATE_ID_MAX + 2];
    memset(longest, 'x', sizeof longest);
    assert_status(cci_id_check_n(longest, COCREATE_ID_MAX, "id", &check_error), COCREATE_OK);
    assert_status(cci_id_check("Ωmega'; DROP TABLE votes--", "id", &check_error), COCREATE_OK);
    assert_status(cci_id_check(" ", "id", &check_error), COCREATE_OK);
    longest[COCREATE_ID_MAX + 1] = '\0';
    assert_failure(cci_id_check(longest, "vote id", &check_error), COCREATE_ERR_ARGUMENT,
                   "vote id \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...\" is 129 bytes long, "
                   "at most 128 are allowed");
}

static void names_what_is_wrong_with_an_id(void **state)
{
    (void)state;
    assert_failure(cci_id_check(NULL, "option id", &check_error), COCREATE_ERR_ARGUMENT,
                   "option id is NULL");
    assert_failure(cci_id_check("", "option id", &check_error), COCREATE_ERR_ARGUMENT,
                   "option id is empty");
    assert_failure(cci_id_check("ab\xff", "option id", &check_error), COCREATE_ERR_ARGUMENT,
                   "option id \"ab?\" is not valid UTF-8 at byte 2");
    assert_failure(cci_id_check("a\nb", "option id", &check_error), COCREATE_ERR_ARGUMENT,
                   "option id \"a?b\" has the control character U+000A at byte 1");
    assert_failure(cci_id_check_n("a\0b", 3, "option id", &check_error), COCREATE_ERR_ARGUMENT,
                   "option id \"a?b\" has the control character U+0000 at byte 1");
    assert_failure(cci_id_check("\x7f", "option id", &check_error), COCREATE_ERR_ARGUMENT,
                   "option id \"?\" has the control character U+007F at byte 0");
}

static void parses_integers_to_the_last_value(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t value;
    } good[] = {{"0", 0},
                {"-0", 0},
                {"007", 7},
                {"-1", -1},
                {"9223372036854775807", INT64_MAX},
                {"-9223372036854775808", INT64_MIN},
                {"-9223372036854775807", -INT64_MAX}};
    static const char *const bad[] = {"",    "-",   "+1",  " 1", "1 ", "1.0", "1e3", "0x1", "--1",
                                      "9223372036854775808", "-9223372036854775809",
                                      "99999999999999999999999"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        int64_t value = 99;
        assert_true(cci_parse_i64(good[i].text, strlen(good[i].text), &value));
        assert_true(value == good[i].value);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int64_t value = 99;
        assert_false(cci_parse_i64(bad[i], strlen(bad[i]), &value));
        assert_int_equal(value, 99);
    }
}

static void reads_and_writes_hex(void **state)
{
    (void)state;
    uint8_t bytes[3] = {9, 9, 9};
    char text[7];
    assert_true(cci_parse_hex("00fFa5", 6, bytes, 3));
    assert_memory_equal(bytes, "\x00\xff\xa5", 3);
    cci_hex(bytes, 3, text);
    assert_string_equal(text, "00ffa5");
    assert_false(cci_parse_hex("0102", 4, bytes, 3));
    assert_false(cci_parse_hex("010203f", 7, bytes, 3));
    assert_false(cci_parse_hex("01020g", 6, bytes, 3));
    assert_memory_equal(bytes, "\x00\xff\xa5", 3);
}

static void quotes_what_may_be_shown(void **state)
{
    (void)state;
    char out[12];
    assert_string_equal(cci_quote("plain", 5, out, sizeof out), "plain");
    assert_string_equal(cci_quote("12345678901", 11, out, sizeof out), "12345678901");
    assert_string_equal(cci_quote("123456789012", 12, out, sizeof out), "12345678...");
    assert_string_equal(cci_quote("a\x1b[2J\xff", 6, out, sizeof out), "a?[2J?");
    /* U+202E would turn the rest of the line around, U+2028 end it */
    assert_string_equal(cci_quote("x\xe2\x80\xaey\xe2\x80\xa8", 8, out, sizeof out), "x?y?");
    /* never half a character: 3 + 3 + 3 bytes and the cut */
    assert_string_equal(cci_quote("€€€€", 12, out, sizeof out), "€€...");
    assert_string_equal(cci_quote("", 0, out, sizeof out), "");
}

static void keeps_error_texts_to_one_valid_line(void **state)
{
    (void)state;
    cocreate_error error;
    assert_int_equal(cci_fail_at(&error, COCREATE_ERR_PARSE, 42, "bad \"%s\"", "a\nb\xff\x7f"),
                     COCREATE_ERR_PARSE);
    assert_string_equal(error.text, "bad \"a?b??\"");
    assert_int_equal(error.status, COCREATE_ERR_PARSE);
    assert_int_equal(error.reserved, 0);
    assert_int_equal(error.where, 42);

    /* 239 bytes fit: 79 characters of 3 bytes, and the 80th is not cut in half */
    char euros[3 * 100 + 1] = "";
    for (int i = 0; i < 100; i++)
        strcat(euros, "€");
    cci_fail(&error, COCREATE_ERR_PARSE, "%s", euros);
    assert_int_equal(strlen(error.text), 237);
    assert_true(cci_utf8_valid(error.text, 237));
    assert_int_equal(error.where, 0);

    /* a message may be built upon the text of the error it replaces */
    cci_fail(&error, COCREATE_ERR_SCHEMA, "inner");
    cci_fail(&error, COCREATE_ERR_SCHEMA, "outer: %s", error.text);
    assert_string_equal(error.text, "outer: inner");
    assert_failure(cci_fail_about(&check_error, COCREATE_ERR_REFUSED, "$.rounds[1]", "%d of %d", 2,
                                  3),
                   COCREATE_ERR_REFUSED, "$.rounds[1]: 2 of 3");
    assert_int_equal(cci_fail_about(NULL, COCREATE_ERR_BUSY, "x", "%d", 1), COCREATE_ERR_BUSY);
    assert_int_equal(cci_fail(NULL, COCREATE_ERR_BUSY, "%d", 1), COCREATE_ERR_BUSY);
    assert_failure(cci_no_memory(&check_error), COCREATE_ERR_MEMORY, "out of memory");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_utf8_from_other_bytes),
        cmocka_unit_test(decodes_what_python_encodes),
        cmocka_unit_test(accepts_ids_of_any_script),
        cmocka_unit_test(names_what_is_wrong_with_an_id),
        cmocka_unit_test(parses_integers_to_the_last_value),
        cmocka_unit_test(reads_and_writes_hex),
        cmocka_unit_test(quotes_what_may_be_shown),
        cmocka_unit_test(keeps_error_texts_to_one_valid_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
