/* Strict reading of JSON: what is refused and where, and the readers of members. */
#include "check.h"

#include <limits.h>

#include "base/json.h"

static void assert_refused(const char *text, size_t size, cocreate_status status, uint64_t where,
                           const char *message)
{
    json_t *out = NULL;
    assert_failure(cci_json_parse(text, size, &out, &check_error), status, message);
    assert_int_equal(check_error.where, where);
    assert_null(out);
}

static void names_the_place_of_what_it_refuses(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint64_t where;
        const char *message;
    } cases[] = {
        {"", 0, "line 1, column 1: expected a value, found the end"},
        {" \n ", 3, "line 2, column 2: expected a value, found the end"},
        {"\xef\xbb\xbf{}", 0, "line 1, column 1: expected a value, found '?'"},
        {"tru", 0, "line 1, column 1: expected a value, found 't'"},
        {"NaN", 0, "line 1, column 1: expected a value, found 'N'"},
        {"1 2", 2, "line 1, column 3: expected the end of the text, found '2'"},
        {"[1,]", 3, "line 1, column 4: expected a value, found ']'"},
        {"[1 2]", 3, "line 1, column 4: expected ',' or ']', found '2'"},
        {"[1", 2, "line 1, column 3: expected ',' or ']', found the end"},
        {"{a:1}", 1, "line 1, column 2: expected a quoted key, found 'a'"},
        {"{\"a\" 1}", 5, "line 1, column 6: expected ':', found '1'"},
        {"{\"a\":1,}", 7, "line 1, column 8: expected a quoted key, found '}'"},
        {"{\"a\":1 \"b\"}", 7, "line 1, column 8: expected ',' or '}', found '\"'"},
        {"{\n \"é\": 1,\n \"é\": 2}", 13, "line 3, column 2: key \"é\" appears twice"},
        {"{\"a\":{\"b\":1,\"\\u0062\":2}}", 12, "line 1, column 13: key \"b\" appears twice"},
        {"\"abc", 0, "line 1, column 1: a string without its closing quote"},
        {"[\"é\", \"a\tb\"]", 9,
         "line 1, column 9: a control character in a string, which needs an escape"},
        {"\"\xff\"", 1, "line 1, column 2: invalid UTF-8"},
        {"\"\xed\xa0\x80\"", 1, "line 1, column 2: invalid UTF-8"},
        {"\"\\x\"", 1, "line 1, column 2: an escape that JSON does not know"},
        {"\"\\", 1, "line 1, column 2: an escape that JSON does not know"},
        {"\"\\u12\"", 1, "line 1, column 2: \\u without four hex digits"},
        {"\"\\u0000\"", 1, "line 1, column 2: \\u0000 is not allowed in strings"},
        {"\"\\ud800\"", 1, "line 1, column 2: half of a surrogate pair"},
        {"\"\\ud800\\u0041\"", 1, "line 1, column 2: half of a surrogate pair"},
        {"\"\\udc00\"", 1, "line 1, column 2: half of a surrogate pair"},
        {"01", 0, "line 1, column 1: a number with leading zeros"},
        {"-", 1, "line 1, column 2: expected a digit, found the end"},
        {"1.", 2, "line 1, column 3: expected a digit, found the end"},
        {".5", 0, "line 1, column 1: expected a value, found '.'"},
        {"1e", 2, "line 1, column 3: expected a digit, found the end"},
        {"1e+x", 3, "line 1, column 4: expected a digit, found 'x'"},
        {"+1", 0, "line 1, column 1: expected a value, found '+'"},
        {"/* no */ 1", 0, "line 1, column 1: expected a value, found '/'"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_refused(cases[i].text, strlen(cases[i].text), COCREATE_ERR_PARSE, cases[i].where,
                       cases[i].message);
    assert_refused("\"a\0b\"", 5, COCREATE_ERR_PARSE, 2,
                   "line 1, column 3: a control character in a string, which needs an escape");
    assert_refused("1\0", 2, COCREATE_ERR_PARSE, 1,
                   "line 1, column 2: expected the end of the text, found '?'");
}

static void refuses_numbers_it_cannot_hold(void **state)
{
    (void)state;
    assert_refused("[9223372036854775808]", 21, COCREATE_ERR_OVERFLOW, 1,
                   "line 1, column 2: an integer beyond 64 bits");
    assert_refused("-9223372036854775809", 20, COCREATE_ERR_OVERFLOW, 0,
                   "line 1, column 1: an integer beyond 64 bits");
    assert_refused("1e400", 5, COCREATE_ERR_OVERFLOW, 0,
                   "line 1, column 1: a number too large for a double");
    assert_refused("1.7976931348623159e308", 22, COCREATE_ERR_OVERFLOW, 0,
                   "line 1, column 1: a number too large for a double");
    assert_refused("1e99999999999999999999", 22, COCREATE_ERR_OVERFLOW, 0,
                   "line 1, column 1: a number too large for a double");
    char digits[402];
    memset(digits, '1', sizeof digits);
    digits[1] = '.';
    assert_refused(digits, 401, COCREATE_ERR_PARSE, 0,
                   "line 1, column 1: a number of more than 400 characters");
    json_t *out = NULL;
    assert_status(cci_json_parse(digits, 400, &out, &check_error), COCREATE_OK);
    json_decref(out);
}

static json_t *parsed(const char *text)
{
    json_t *out = NULL;
    assert_status(cci_json_parse(text, strlen(text), &out, &check_error), COCREATE_OK);
    return out;
}

static void bounds_nesting(void **state)
{
    (void)state;
    char text[2 * 65 + 1];
    memset(text, '[', 65);
    memset(text + 65, ']', 65);
    json_t *out = NULL;
    assert_status(cci_json_parse(text + 1, 128, &out, &check_error), COCREATE_OK);
    json_decref(out);
    assert_refused(text, 130, COCREATE_ERR_PARSE, 64, "line 1, column 65: nested deeper than 64");
}

static void reads_values(void **state)
{
    (void)state;
    json_t *v = parsed(" {\"s\":\"\\u20ac\\ud83d\\ude02\\n\\/\\\"\\\\\\b\\f\\r\\t\\u00e9A\",\"i\":-12,"
                       "\"min\":-9223372036854775808,\"r\":1.5e-3,\"z\":-0.0,\"t\":true,"
                       "\"f\":false,\"n\":null,\"a\":[[],{}],\"\":0}\t\r\n");
    assert_string_equal(json_string_value(json_object_get(v, "s")), "€😂\n/\"\\\b\f\r\téA");
    assert_int_equal(json_integer_value(json_object_get(v, "i")), -12);
    assert_true(json_integer_value(json_object_get(v, "min")) == INT64_MIN);
    check_double_equal_bits(json_real_value(json_object_get(v, "r")), 1.5e-3);
    check_double_equal_bits(json_real_value(json_object_get(v, "z")), -0.0);
    assert_true(json_is_true(json_object_get(v, "t")));
    assert_true(json_is_false(json_object_get(v, "f")));
    assert_true(json_is_null(json_object_get(v, "n")));
    assert_int_equal(json_array_size(json_object_get(v, "a")), 2);
    assert_int_equal(json_object_size(v), 10);
    json_decref(v);
}

/* Hard cases of reading: a tie, just above and below it, subnormals (expected: by Python). */
static void reads_reals_to_the_nearest_double(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double value;
    } cases[] = {
        {"0.1", 0x1.999999999999ap-4},
        {"9007199254740993.0", 0x1p53},
        {"9007199254740993.00000000000000000000000000001", 0x1.0000000000001p53},
        {"9007199254740992.99999999999999999999999999999", 0x1p53},
        {"4.9406564584124654e-324", 0x1p-1074},
        {"2.4703282292062327208e-324", 0.0},
        {"2.4703282292062328e-324", 0x1p-1074},
        {"2.2250738585072011e-308", 0x0.fffffffffffffp-1022},
        {"2.2250738585072014e-308", 0x1p-1022},
        {"1.7976931348623157e308", 0x1.fffffffffffffp1023},
        {"1.7976931348623158e308", 0x1.fffffffffffffp1023},
        {"123456789012345678e-5", 0x1.1f71fb04cb74fp40},
        {"1e23", 0x1.52d02c7e14af6p76},
        {"8.5e22", 0x1.1ffdbf6b2b2ebp76},
        {"1e-400", 0.0},
        {"0e99999999999999999999", 0.0},
        {"0.00000000000000000000000000000000000000000000000001e50", 1.0},
        {"1E2", 100.0},
        {"-2.5e+3", -2500.0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        json_t *v = parsed(cases[i].text);
        assert_true(json_is_real(v));
        check_double_equal_bits(json_real_value(v), cases[i].value);
        json_decref(v);
    }
}

static void writes_paths(void **state)
{
    (void)state;
    char out[64], small[16];
    cci_path root = CCI_ROOT, rules = cci_path_key(&root, "rules");
    cci_path second = cci_path_at(&rules, 2), prizes = cci_path_key(&second, "prizes");
    cci_path first = cci_path_at(&prizes, 0), odd = cci_path_key(&first, "odd key");
    cci_path empty = cci_path_key(&root, ""), digit = cci_path_key(&root, "1st");
    cci_path accent = cci_path_key(&root, "prix_é2");
    assert_string_equal(cci_path_text(&root, out, sizeof out), "$");
    assert_string_equal(cci_path_text(&first, out, sizeof out), "$.rules[2].prizes[0]");
    assert_string_equal(cci_path_text(&odd, out, sizeof out), "$.rules[2].prizes[0]['odd key']");
    assert_string_equal(cci_path_text(&empty, out, sizeof out), "$['']");
    assert_string_equal(cci_path_text(&digit, out, sizeof out), "$['1st']");
    assert_string_equal(cci_path_text(&accent, out, sizeof out), "$.prix_é2");
    /* cut on the left: 15 bytes hold the mark and the innermost steps */
    assert_string_equal(cci_path_text(&first, small, sizeof small), "$....prizes[0]");
    assert_string_equal(cci_path_text(&odd, small, sizeof small), "$...['odd key']");
}

static const char *const known[] = {"kind", "prizes", "currency", NULL};

static void refuses_unknown_keys(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"{\"kind\":1,\"prize\":2}", "$.rule.prize: unknown key, did you mean \"prizes\"?"},
        {"{\"curency\":1}", "$.rule.curency: unknown key, did you mean \"currency\"?"},
        {"{\"knid\":1}", "$.rule.knid: unknown key, did you mean \"kind\"?"},
        {"{\"colour\":1}", "$.rule.colour: unknown key, known are \"kind\", \"prizes\" or "
                           "\"currency\""},
        {"[1]", "$.rule: expected an object, got an array"},
        {"[]", "$.rule: expected an object, got an empty array"},
        {"\"kind\"", "$.rule: expected an object, got \"kind\""},
    };
    cci_path root = CCI_ROOT, path = cci_path_key(&root, "rule");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        json_t *v = parsed(cases[i].text);
        assert_failure(cci_json_keys(v, known, &path, &check_error), COCREATE_ERR_SCHEMA,
                       cases[i].message);
        json_decref(v);
    }
    json_t *v = parsed("{\"prizes\":1,\"kind\":2}");
    assert_status(cci_json_keys(v, known, &path, &check_error), COCREATE_OK);
    const char *const none[] = {NULL};
    assert_failure(cci_json_keys(v, none, &path, &check_error), COCREATE_ERR_SCHEMA,
                   "$.rule.prizes: unknown key, none is known");
    json_decref(v);
}

static void reads_members(void **state)
{
    (void)state;
    static const char *const choices[] = {"hard", "soft", NULL};
    json_t *v = parsed("{\"s\":\"text\",\"n\":42,\"whole\":1e2,\"yes\":true,\"rule\":\"soft\","
                       "\"id\":\"anna\",\"list\":[1],\"map\":{\"x\":1},\"nil\":null}");
    cci_path root = CCI_ROOT;
    const char *s = "unset";
    int64_t n = -1;
    int flag = -1;
    json_t *child = v;
    assert_status(cci_json_object(v, &root, &check_error), COCREATE_OK);
    assert_status(cci_json_string(v, "s", &s, &root, &check_error), COCREATE_OK);
    assert_string_equal(s, "text");
    assert_status(cci_json_i64(v, "n", 42, 42, &n, &root, &check_error), COCREATE_OK);
    assert_int_equal(n, 42);
    assert_status(cci_json_i64_opt(v, "whole", 0, 100, &n, &root, &check_error), COCREATE_OK);
    assert_int_equal(n, 100);
    assert_status(cci_json_bool_opt(v, "yes", &flag, &root, &check_error), COCREATE_OK);
    assert_int_equal(flag, 1);
    assert_status(cci_json_choice(v, "rule", choices, &flag, &root, &check_error), COCREATE_OK);
    assert_int_equal(flag, 1);
    assert_status(cci_json_id(v, "id", &s, &root, &check_error), COCREATE_OK);
    assert_string_equal(s, "anna");
    assert_status(cci_json_get_array(v, "list", &child, &root, &check_error), COCREATE_OK);
    assert_ptr_equal(child, json_object_get(v, "list"));
    assert_status(cci_json_array(child, &root, &check_error), COCREATE_OK);
    assert_status(cci_json_get_object(v, "map", &child, &root, &check_error), COCREATE_OK);
    assert_ptr_equal(child, json_object_get(v, "map"));

    /* missing, or null, and allowed to be */
    s = "unset";
    n = -1;
    flag = -1;
    assert_status(cci_json_string_opt(v, "none", &s, &root, &check_error), COCREATE_OK);
    assert_status(cci_json_string_opt(v, "nil", &s, &root, &check_error), COCREATE_OK);
    assert_status(cci_json_id_opt(v, "nil", &s, &root, &check_error), COCREATE_OK);
    assert_string_equal(s, "unset");
    assert_status(cci_json_i64_opt(v, "none", 0, 1, &n, &root, &check_error), COCREATE_OK);
    assert_int_equal(n, -1);
    assert_status(cci_json_bool_opt(v, "none", &flag, &root, &check_error), COCREATE_OK);
    assert_status(cci_json_choice_opt(v, "nil", choices, &flag, &root, &check_error), COCREATE_OK);
    assert_int_equal(flag, -1);
    assert_status(cci_json_get_array_opt(v, "nil", &child, &root, &check_error), COCREATE_OK);
    assert_null(child);
    child = v;
    assert_status(cci_json_get_object_opt(v, "none", &child, &root, &check_error), COCREATE_OK);
    assert_null(child);
    json_decref(v);
}

static void says_what_is_wrong_with_members(void **state)
{
    (void)state;
    static const char *const choices[] = {"hard", "soft", "candle", NULL};
    json_t *v = parsed("{\"s\":\"text\",\"n\":42,\"half\":0.5,\"yes\":true,\"id\":\"\",\"nil\":null,"
                       "\"long\":\"aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeee\"}");
    cci_path root = CCI_ROOT;
    const char *s = "unset";
    int64_t n = -1;
    int flag = -1;
    json_t *child = v;
#define FAILS(call, message) assert_failure(call, COCREATE_ERR_SCHEMA, message)
    FAILS(cci_json_string(v, "none", &s, &root, &check_error), "$.none: required, but missing");
    FAILS(cci_json_string(v, "nil", &s, &root, &check_error), "$.nil: required, but null");
    FAILS(cci_json_string(v, "n", &s, &root, &check_error), "$.n: expected a string, got 42");
    FAILS(cci_json_string_opt(v, "half", &s, &root, &check_error),
          "$.half: expected a string, got 0.5");
    FAILS(cci_json_id(v, "id", &s, &root, &check_error), "$.id: id is empty");
    FAILS(cci_json_i64(v, "s", 0, 9, &n, &root, &check_error),
          "$.s: expected an integer, got \"text\"");
    FAILS(cci_json_i64(v, "half", 0, 9, &n, &root, &check_error),
          "$.half: expected an integer, got 0.5");
    FAILS(cci_json_i64(v, "yes", 0, 9, &n, &root, &check_error),
          "$.yes: expected an integer, got true");
    FAILS(cci_json_i64(v, "n", 0, 41, &n, &root, &check_error),
          "$.n: 42 is out of range, expected 0 to 41");
    FAILS(cci_json_i64_opt(v, "n", 43, INT64_MAX, &n, &root, &check_error),
          "$.n: 42 is too small, at least 43 is expected");
    FAILS(cci_json_bool_opt(v, "n", &flag, &root, &check_error),
          "$.n: expected true or false, got 42");
    FAILS(cci_json_choice(v, "s", choices, &flag, &root, &check_error),
          "$.s: expected \"hard\", \"soft\" or \"candle\", got \"text\"");
    FAILS(cci_json_get_array(v, "s", &child, &root, &check_error),
          "$.s: expected an array, got \"text\"");
    FAILS(cci_json_get_object_opt(v, "n", &child, &root, &check_error),
          "$.n: expected an object, got 42");
    FAILS(cci_json_array(v, &root, &check_error), "$: expected an array, got an object");
    FAILS(cci_json_get_object(v, "long", &child, &root, &check_error),
          "$.long: expected an object, got "
          "\"aaaaaaaaaabbbbbbbbbbccccccccccddddddddddee...\"");
    FAILS(cci_json_string(json_object_get(v, "n"), "x", &s, &root, &check_error),
          "$: expected an object, got 42");
    assert_string_equal(s, "unset");
    assert_int_equal(n, -1);
    assert_int_equal(flag, -1);
    assert_ptr_equal(child, v);
    json_decref(v);
}

static void finds_texts_in_lists(void **state)
{
    (void)state;
    json_t *list = parsed("[1,\"b\",\"a\",\"b\"]");
    assert_int_equal(cci_json_index(list, "b"), 1);
    assert_int_equal(cci_json_index(list, "a"), 2);
    assert_int_equal(cci_json_index(list, "c"), 4);
    assert_int_equal(cci_json_index(list, NULL), 4);
    assert_int_equal(cci_json_index(NULL, "a"), 0);
    assert_true(cci_json_lists(list, "a"));
    assert_false(cci_json_lists(list, "c"));
    assert_false(cci_json_lists(NULL, "a"));
    json_decref(list);
}

static void lists_as_many_choices_as_fit(void **state)
{
    (void)state;
    char words[40][8];
    const char *choices[41];
    for (int i = 0; i < 40; i++) {
        snprintf(words[i], sizeof words[i], "word%02d", i);
        choices[i] = words[i];
    }
    choices[40] = NULL;
    json_t *v = parsed("{\"w\":\"worm\"}");
    cci_path root = CCI_ROOT;
    int out = -1;
    assert_status(cci_json_choice(v, "w", choices, &out, &root, &check_error),
                  COCREATE_ERR_SCHEMA);
    assert_non_null(strstr(check_error.text, "\"word00\", \"word01\""));
    assert_non_null(strstr(check_error.text, ", ..., got \"worm\""));
    json_decref(v);
}

static void takes_reals_as_the_decimals_that_were_written(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"7", "7"},          {"-3", "-3"},         {"0.8567", "8567/10000"},
        {"0.1", "1/10"},     {"-2.50", "-5/2"},    {"1e3", "1000"},
        {"1e-3", "1/1000"},  {"\"0.25\"", "1/4"},  {"\"3/4\"", "3/4"},
        {"-0.0", "0"},       {"\"12\"", "12"},     {"9223372036854775807", "9223372036854775807"},
        {"1e23", "100000000000000000000000"}};
    cci_path root = CCI_ROOT;
    cci_rational r;
    cci_buffer text;
    assert_status(cci_rational_init(&r, &check_error), COCREATE_OK);
    cci_buffer_init(&text, NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        json_t *v = parsed(cases[i][0]);
        assert_status(cci_json_number(v, &r, &root, &check_error), COCREATE_OK);
        cci_buffer_clear(&text);
        assert_status(cci_rational_text(&r, &text, &check_error), COCREATE_OK);
        /* compare in lowest terms: 8567/10000 is */
        assert_string_equal(text.data, cases[i][1]);
        json_decref(v);
    }
    json_t *v = parsed("[\"1e-3\",true,\"1/0\"]");
    FAILS(cci_json_number(json_array_get(v, 0), &r, &root, &check_error),
          "$: \"1e-3\" is not a number such as 12, -0.25 or 3/4");
    FAILS(cci_json_number(json_array_get(v, 1), &r, &root, &check_error),
          "$: expected a number, got true");
    FAILS(cci_json_number(json_array_get(v, 2), &r, &root, &check_error),
          "$: \"1/0\" has the denominator 0");
    json_decref(v);
    cci_buffer_free(&text);
    cci_rational_clear(&r);
}

static void builds_documents(void **state)
{
    (void)state;
    json_t *object = cci_json_new(), *array = json_array();
    assert_true(cci_json_push(array, json_integer(1)));
    assert_false(cci_json_push(array, NULL));
    assert_true(cci_json_put(object, "list", array));
    assert_false(cci_json_put(object, "none", NULL));
    assert_false(cci_json_put(NULL, "x", json_integer(1))); /* takes the value along */
    assert_false(cci_json_push(NULL, json_integer(1)));
    assert_int_equal(json_object_size(object), 1);
    json_decref(object);
}

/* jansson takes its memory from malloc or from what a program gives it once and for all. */
static size_t until_refusal;
static long live;

static void *refusing_malloc(size_t size)
{
    if (until_refusal-- == 0) {
        until_refusal = 0;
        return NULL;
    }
    live++;
    return malloc(size);
}

static void counting_free(void *block)
{
    live -= block != NULL;
    free(block);
}

static void survives_jansson_without_memory(void **state)
{
    (void)state;
    static const char text[] = "{\"a\":[1,2.5,\"x\",{\"b\":null}],\"c\":\"\\u20ac\",\"d\":1,\"e\":2,"
                               "\"f\":3,\"g\":4,\"h\":5,\"i\":6,\"j\":7,\"k\":8}";
    json_set_alloc_funcs(refusing_malloc, counting_free);
    for (size_t n = 0;; n++) {
        json_t *out = NULL;
        until_refusal = n;
        cocreate_status status = cci_json_parse(text, sizeof text - 1, &out, &check_error);
        if (status == COCREATE_OK) {
            json_decref(out);
            assert_int_equal(live, 0);
            assert_true(n > 20);
            break;
        }
        assert_int_equal(status, COCREATE_ERR_MEMORY);
        assert_string_equal(check_error.text, "out of memory");
        assert_null(out);
        assert_int_equal(live, 0);
    }
    json_set_alloc_funcs(malloc, free);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_the_place_of_what_it_refuses),
        cmocka_unit_test(refuses_numbers_it_cannot_hold),
        cmocka_unit_test(bounds_nesting),
        cmocka_unit_test(reads_values),
        cmocka_unit_test(reads_reals_to_the_nearest_double),
        cmocka_unit_test(writes_paths),
        cmocka_unit_test(refuses_unknown_keys),
        cmocka_unit_test(reads_members),
        cmocka_unit_test(says_what_is_wrong_with_members),
        cmocka_unit_test(finds_texts_in_lists),
        cmocka_unit_test(lists_as_many_choices_as_fit),
        cmocka_unit_test(takes_reals_as_the_decimals_that_were_written),
        cmocka_unit_test(builds_documents),
        cmocka_unit_test(survives_jansson_without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
