/* Canonical JSON: the vectors of RFC 8785, and the limits of what it can hold. */
#include "check.h"
#include "failing_allocator.h"

#include <float.h>
#include <math.h>

#include "base/decimal.h"
#include "base/json.h"

static void assert_canonical(const char *json, const char *expected)
{
    cocreate_text *text = NULL;
    assert_status(cocreate_canonical_json(NULL, json, strlen(json), &text, &check_error),
                  COCREATE_OK);
    assert_string_equal(cocreate_text_data(text), expected);
    assert_int_equal(cocreate_text_size(text), strlen(expected));
    cocreate_text_free(text);
}

/* RFC 8785, appendix B, but for its NaN and infinities, and some that ECMA-262 lays out apart. */
static void writes_numbers_as_the_rfc_has_them(void **state)
{
    (void)state;
    static const struct {
        uint64_t bits;
        const char *text;
    } cases[] = {
        {UINT64_C(0x0000000000000000), "0"},
        {UINT64_C(0x8000000000000000), "0"},
        {UINT64_C(0x0000000000000001), "5e-324"},
        {UINT64_C(0x8000000000000001), "-5e-324"},
        {UINT64_C(0x7fefffffffffffff), "1.7976931348623157e+308"},
        {UINT64_C(0xffefffffffffffff), "-1.7976931348623157e+308"},
        {UINT64_C(0x4340000000000000), "9007199254740992"},
        {UINT64_C(0xc340000000000000), "-9007199254740992"},
        {UINT64_C(0x4430000000000000), "295147905179352830000"},
        {UINT64_C(0x44b52d02c7e14af5), "9.999999999999997e+22"},
        {UINT64_C(0x44b52d02c7e14af6), "1e+23"},
        {UINT64_C(0x44b52d02c7e14af7), "1.0000000000000001e+23"},
        {UINT64_C(0x444b1ae4d6e2ef4e), "999999999999999700000"},
        {UINT64_C(0x444b1ae4d6e2ef4f), "999999999999999900000"},
        {UINT64_C(0x444b1ae4d6e2ef50), "1e+21"},
        {UINT64_C(0x3eb0c6f7a0b5ed8c), "9.999999999999997e-7"},
        {UINT64_C(0x3eb0c6f7a0b5ed8d), "0.000001"},
        {UINT64_C(0x41b3de4355555553), "333333333.3333332"},
        {UINT64_C(0x41b3de4355555554), "333333333.33333325"},
        {UINT64_C(0x41b3de4355555555), "333333333.3333333"},
        {UINT64_C(0x41b3de4355555556), "333333333.3333334"},
        {UINT64_C(0x41b3de4355555557), "333333333.33333343"},
        {UINT64_C(0xbecbf647612f3696), "-0.0000033333333333333333"},
        {UINT64_C(0x43143ff3c1cb0959), "1424953923781206.2"},
        /* 2^-44 lies halfway between two numbers of 16 digits: the even one */
        {UINT64_C(0x3d30000000000000), "5.684341886080802e-14"},
        {UINT64_C(0x0010000000000000), "2.2250738585072014e-308"},
        {UINT64_C(0x000fffffffffffff), "2.225073858507201e-308"},
        {UINT64_C(0x3ff8000000000000), "1.5"},
        {UINT64_C(0x40f86a0000000000), "100000"},
    };
    cci_buffer b;
    cci_buffer_init(&b, NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double value;
        memcpy(&value, &cases[i].bits, sizeof value);
        cci_buffer_clear(&b);
        assert_status(cci_json_double(&b, value, &check_error), COCREATE_OK);
        assert_string_equal(b.data, cases[i].text);
    }
    cci_buffer_clear(&b);
    assert_failure(cci_json_double(&b, NAN, &check_error), COCREATE_ERR_ARGUMENT,
                   "JSON has no number for NaN");
    assert_failure(cci_json_double(&b, HUGE_VAL, &check_error), COCREATE_ERR_ARGUMENT,
                   "JSON has no number for infinity");
    assert_failure(cci_json_double(&b, -HUGE_VAL, &check_error), COCREATE_ERR_ARGUMENT,
                   "JSON has no number for -infinity");
    assert_int_equal(b.size, 0);
    cci_buffer_free(&b);
}

/* What was written reads back as the same double, whatever its bits. */
static void reads_back_what_it_writes(void **state)
{
    (void)state;
    uint64_t seed = UINT64_C(0x9e3779b97f4a7c15);
    cci_buffer b;
    cci_buffer_init(&b, NULL);
    for (int i = 0; i < 20000; i++) {
        /* a Weyl sequence: all exponents, well spread fractions */
        seed += UINT64_C(0x9e3779b97f4a7c15);
        uint64_t bits = seed;
        if (i % 10 == 0)
            bits &= UINT64_C(0x800fffffffffffff); /* subnormal */
        double value;
        memcpy(&value, &bits, sizeof value);
        if ((bits >> 52 & 0x7ff) == 0x7ff || !cci_json_real_is_safe(value))
            continue;
        cci_buffer_clear(&b);
        assert_status(cci_json_double(&b, value, &check_error), COCREATE_OK);
        json_t *back = NULL;
        assert_status(cci_json_parse(b.data, b.size, &back, &check_error), COCREATE_OK);
        check_double_equal_bits(json_number_value(back), value);
        json_decref(back);
    }
    cci_buffer_free(&b);
}

/* RFC 8785, sections 3.2.2 and 3.2.3 */
static void writes_the_documents_of_the_rfc(void **state)
{
    (void)state;
    assert_canonical("{\n  \"numbers\": [333333333.33333329, 1E30, 4.50, 2e-3, "
                     "0.000000000000000000000000001],\n"
                     "  \"string\": \"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\",\n"
                     "  \"literals\": [null, true, false]\n}",
                     "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,"
                     "0.002,1e-27],\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    assert_canonical("{\"\\u20ac\": \"Euro Sign\", \"\\r\": \"Carriage Return\","
                     "\"\\ufb33\": \"Hebrew Letter Dalet With Dagesh\", \"1\": \"One\","
                     "\"\\ud83d\\ude00\": \"Emoji: Grinning Face\", \"\\u0080\": \"Control\","
                     "\"\\u00f6\": \"Latin Small Letter O With Diaeresis\"}",
                     "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\xc2\x80\":\"Control\","
                     "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
                     "\"😀\":\"Emoji: Grinning Face\","
                     "\"\xef\xac\xb3\":\"Hebrew Letter Dalet With Dagesh\"}");
}

static void writes_one_form(void **state)
{
    (void)state;
    assert_canonical(" [ ] ", "[]");
    assert_canonical("{ }", "{}");
    assert_canonical("-0", "0");
    assert_canonical("-0.0", "0");
    assert_canonical("[1.0,1e0,10e-1,1]", "[1,1,1,1]");
    assert_canonical("1e21", "1e+21");
    assert_canonical("-12e20", "-1.2e+21");
    assert_canonical("9007199254740991.0", "9007199254740991");
    assert_canonical("1e-7", "1e-7");
    assert_canonical("-9007199254740991", "-9007199254740991");
    assert_canonical("\"\\b\\t\\n\\u000b\\f\\r\\u001f\\u007f\"",
                     "\"\\b\\t\\n\\u000b\\f\\r\\u001f\x7f\"");
    /* prefixes first; a longer key is not a smaller one */
    assert_canonical("{\"ab\":1,\"a\":{\"d\":1,\"c\":2},\"\":0,\"b\":3}",
                     "{\"\":0,\"a\":{\"c\":2,\"d\":1},\"ab\":1,\"b\":3}");
    /* U+FF5E before U+10000 as UTF-8, behind it as UTF-16; U+D7FF before both */
    assert_canonical("{\"～\":1,\"𐀀\":2,\"\xed\x9f\xbf\":3,\"\xee\x80\x80\":4}",
                     "{\"\xed\x9f\xbf\":3,\"𐀀\":2,\"\xee\x80\x80\":4,\"～\":1}");
}

static void refuses_what_the_rfc_cannot_hold(void **state)
{
    (void)state;
    cocreate_text *text = NULL;
    assert_failure(cocreate_canonical_json(NULL, "[1, 9007199254740992]", 21, &text, &check_error),
                   COCREATE_ERR_OVERFLOW,
                   "line 1, column 5: an integer beyond 2^53 - 1, which canonical JSON cannot hold");
    assert_int_equal(check_error.where, 4);
    assert_status(cocreate_canonical_json(NULL, "-9007199254740992", 17, &text, &check_error),
                  COCREATE_ERR_OVERFLOW);
    assert_status(cocreate_canonical_json(NULL, "1e999", 5, &text, &check_error),
                  COCREATE_ERR_OVERFLOW);
    /* "1e20" is 100000000000000000000 by ECMA-262, and "9007199254740993.0" another number */
    assert_failure(cocreate_canonical_json(NULL, "[1e20]", 6, &text, &check_error),
                   COCREATE_ERR_OVERFLOW,
                   "line 1, column 2: an integer beyond 2^53 - 1, which canonical JSON cannot hold");
    assert_status(cocreate_canonical_json(NULL, "9007199254740993.0", 18, &text, &check_error),
                  COCREATE_ERR_OVERFLOW);
    assert_failure(cocreate_canonical_json(NULL, "{\"a\":1,\"a\":1}", 13, &text, &check_error),
                   COCREATE_ERR_PARSE, "line 1, column 8: key \"a\" appears twice");
    assert_status(cocreate_canonical_json(NULL, "", 0, &text, &check_error), COCREATE_ERR_PARSE);
    assert_failure(cocreate_canonical_json(NULL, NULL, 1, &text, &check_error),
                   COCREATE_ERR_ARGUMENT, "json is NULL");
    cocreate_allocator broken = {0};
    assert_status(cocreate_canonical_json(&broken, "1", 1, &text, &check_error),
                  COCREATE_ERR_ARGUMENT);
    assert_null(text);

    /* documents made by the library, not read */
    cci_buffer b;
    cci_buffer_init(&b, NULL);
    cci_buffer_text(&b, "kept");
    json_t *object = cci_json_new();
    assert_true(cci_json_put(object, "at", json_pack("[i,I]", 1, INT64_MIN)));
    assert_failure(cci_json_canonical(object, &b, &check_error), COCREATE_ERR_OVERFLOW,
                   "$.at[1]: an integer beyond 2^53 - 1, which canonical JSON cannot hold");
    assert_true(cci_json_put(object, "at", json_real(-9007199254740992.0)));
    assert_failure(cci_json_canonical(object, &b, &check_error), COCREATE_ERR_OVERFLOW,
                   "$.at: an integer beyond 2^53 - 1, which canonical JSON cannot hold");
    assert_string_equal(b.data, "kept");
    json_decref(object);

    json_t *deep = json_array();
    for (int i = 1; i < CCI_JSON_DEPTH; i++) {
        json_t *outer = json_array();
        assert_true(cci_json_push(outer, deep));
        deep = outer;
    }
    assert_status(cci_json_canonical(deep, &b, &check_error), COCREATE_OK);
    cci_buffer_cut(&b, 4);
    json_t *deeper = json_array();
    assert_true(cci_json_push(deeper, deep));
    assert_status(cci_json_canonical(deeper, &b, &check_error), COCREATE_ERR_LIMIT);
    assert_non_null(strstr(check_error.text, "nested deeper than 64"));
    assert_string_equal(b.data, "kept");
    json_decref(deeper);
    cci_buffer_free(&b);
}

static void is_idempotent(void **state)
{
    (void)state;
    static const char json[] = "{\"z\":[1e-7,0.1,{\"é\":\"\\u2028\",\"E\":-1.5e300}],\"a\":null}";
    cocreate_text *first = NULL, *second = NULL;
    assert_status(cocreate_canonical_json(NULL, json, sizeof json - 1, &first, &check_error),
                  COCREATE_OK);
    assert_status(cocreate_canonical_json(NULL, cocreate_text_data(first),
                                          cocreate_text_size(first), &second, &check_error),
                  COCREATE_OK);
    assert_string_equal(cocreate_text_data(first), cocreate_text_data(second));
    cocreate_text_free(first);
    cocreate_text_free(second);
}

static void survives_without_memory(void **state)
{
    failing_mode mode = *(failing_mode *)*state;
    static const char json[] = "{\"b\":[1,2,3,{\"x\":\"some text that takes room\"}],\"a\":0.1}";
    for (size_t n = 0;; n++) {
        failing_allocator fa;
        failing_allocator_init(&fa, n, mode);
        cocreate_text *text = NULL;
        cocreate_status status = cocreate_canonical_json(&fa.allocator, json, sizeof json - 1,
                                                         &text, &check_error);
        assert_int_equal(status, fa.refused ? COCREATE_ERR_MEMORY : COCREATE_OK);
        assert_int_equal(text == NULL, fa.refused > 0);
        cocreate_text_free(text);
        assert_int_equal(fa.live, 0);
        if (fa.refused == 0)
            break;
    }
}

static failing_mode once = FAIL_ONCE, forever = FAIL_FOREVER;

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_numbers_as_the_rfc_has_them),
        cmocka_unit_test(reads_back_what_it_writes),
        cmocka_unit_test(writes_the_documents_of_the_rfc),
        cmocka_unit_test(writes_one_form),
        cmocka_unit_test(refuses_what_the_rfc_cannot_hold),
        cmocka_unit_test(is_idempotent),
        {"survives_without_memory/once", survives_without_memory, NULL, NULL, &once},
        {"survives_without_memory/forever", survives_without_memory, NULL, NULL, &forever},
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
