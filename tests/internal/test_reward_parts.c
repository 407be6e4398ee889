/* The parts of the reward module: exact numbers, conditions, the arena, best entries. */
#include "check.h"

#include "cocreate/reward.h"
#include "failing_allocator.h"
#include "reward/arena.h"
#include "reward/number.h"
#include "reward/where.h"

/* ---- numbers ---- */

static cci_number number(const char *text)
{
    cci_number n = {0, 0};
    cci_path root = CCI_ROOT;
    json_t *value = json_string(text);
    assert_status(cci_number_read(value, &n, &root, &check_error), COCREATE_OK);
    json_decref(value);
    return n;
}

static void compares_numbers(void **state)
{
    (void)state;
    static const char *const ascending[] = {
        "-9223372036854775807", "-3/2", "-1", "-0.1", "0", "1/9223372036854775807", "0.3333",
        "1/3", "0.3334", "1", "9223372036854775806", "9223372036854775807"};
    const size_t n = sizeof ascending / sizeof *ascending;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++)
            assert_int_equal(cci_number_compare(number(ascending[i]), number(ascending[k])),
                             (i > k) - (i < k));
}

static void prints_numbers(void **state)
{
    (void)state;
    static const char *const texts[][2] = {
        {"84", "84"},     {"84.50", "84.5"}, {"-0.25", "-0.25"}, {"1/3", "1/3"},
        {"3/6", "0.5"},   {"1/128", "0.0078125"}, {"-7/3", "-7/3"},
        {"9223372036854775807", "9223372036854775807"},
        /* A decimal of more digits than 64 bits hold stays a fraction. */
        {"9223372036854775807/2", "9223372036854775807/2"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        cocreate_allocator a = cci_allocator(NULL);
        cci_buffer b;
        cci_buffer_init(&b, &a);
        cci_number_text(number(texts[i][0]), &b);
        assert_string_equal(b.data, texts[i][1]);
        cci_buffer_free(&b);
    }
}

static void scales_to_integers(void **state)
{
    (void)state;
    cci_number numbers[4] = {number("0.5"), number("1/3"), {0, 0}, number("-2")};
    int64_t weights[4], scale, sum;
    assert_true(cci_number_scale(numbers, 4, weights, &scale, &sum));
    assert_int_equal(scale, 6);
    assert_int_equal(weights[0], 3);
    assert_int_equal(weights[1], 2);
    assert_int_equal(weights[2], 0);
    assert_int_equal(weights[3], 0);
    assert_int_equal(sum, 5);
    numbers[2] = number("9223372036854775807");
    assert_false(cci_number_scale(numbers, 4, weights, &scale, &sum));
    numbers[0] = number("1/4611686018427387903");
    numbers[1] = number("1/4611686018427387902");
    assert_false(cci_number_scale(numbers, 2, weights, &scale, &sum));
}

/* ---- conditions ---- */

struct condition {
    const char *text;
    int64_t place;
    int holds;
};

static void holds(void **state)
{
    const struct condition *c = *state;
    cocreate_allocator a = cci_allocator(NULL);
    cci_arena arena;
    cci_where where;
    cci_path root = CCI_ROOT;
    cci_entry entry = {.id = "a", .status = "valid", .selected = 1};
    entry.metrics[CCI_METRIC_SCORE] = (cci_number){121, 2}; /* 60.5 */
    cci_arena_init(&arena, &a);
    assert_status(cci_where_parse(&arena, c->text, &where, &root, &check_error), COCREATE_OK);
    assert_string_equal(where.text, c->text);
    assert_int_equal(cci_where_holds(&where, &entry, c->place), c->holds);
    cci_arena_free(&arena);
}

static struct condition conditions[] = {
    {"rank<=3", 3, 1},
    {"rank<3", 3, 0},
    {"rank=3", 3, 1},
    {"rank>3", 3, 0},
    {"rank >= 3", 3, 1},
    {"score>=60.5", 1, 1},
    {"score>121/2", 1, 0},
    {"  score  >  60  ", 1, 1},
    {"votes>=0", 1, 0}, /* there are none, so there is nothing to compare */
    {"supporters<5", 1, 0},
    {"selected", 1, 1},
    {"status=valid", 1, 1},
    {"status=late", 1, 0},
    {"rank<=3 and selected and score>=60", 3, 1},
    {"rank<=3  and  selected and score>=61", 3, 0},
};

struct bad_condition {
    const char *text, *error;
};

static void refuses_condition(void **state)
{
    const struct bad_condition *c = *state;
    cocreate_allocator a = cci_allocator(NULL);
    cci_arena arena;
    cci_where where;
    cci_path root = CCI_ROOT;
    cci_arena_init(&arena, &a);
    assert_failure(cci_where_parse(&arena, c->text, &where, &root, &check_error),
                   COCREATE_ERR_SCHEMA, c->error);
    cci_arena_free(&arena);
}

#define NAMES "rank, score, votes, points, supporters, selected or status"
static struct bad_condition bad_conditions[] = {
    {"", "$: expected " NAMES " at character 1"},
    {"Rank<=3", "$: expected " NAMES " at character 1"},
    {"ranks<=3", "$: expected " NAMES " at character 1"},
    {"rank", "$: expected one of <= >= < > = at character 5"},
    {"rank==3", "$: expected a number at character 6"},
    {"rank<=three", "$: expected a number at character 7"},
    {"rank<=1/0", "$: expected a number at character 7"},
    {"rank<=3and selected", "$: expected \" and \" or the end at character 8"},
    {"rank<=3 and", "$: expected \" and \" or the end at character 9"},
    {"rank<=3 and ", "$: expected " NAMES " at character 13"},
    {"selected or rank<=3", "$: expected \" and \" or the end at character 10"},
    {"status=", "$: expected '=' and a status at character 8"},
    {"selected and selected and selected and selected and selected and selected and selected and "
     "selected and selected",
     "$: more than 8 conditions"},
};

/* ---- the arena ---- */

static void arena_serves_all_sizes(void **state)
{
    (void)state;
    failing_allocator fa;
    failing_allocator_init(&fa, FAIL_NEVER, FAIL_ONCE);
    cci_arena arena;
    cci_arena_init(&arena, &fa.allocator);
    for (size_t size = 0; size < 9000; size += 7) {
        unsigned char *block = cci_arena_alloc(&arena, size, 1);
        assert_non_null(block);
        assert_int_equal((uintptr_t)block % sizeof(void *), 0);
        for (size_t i = 0; i < size; i++) {
            assert_int_equal(block[i], 0);
            block[i] = 0xff;
        }
    }
    assert_null(cci_arena_alloc(&arena, SIZE_MAX, 2));
    assert_null(cci_arena_alloc(&arena, SIZE_MAX, 1));
    assert_string_equal(cci_arena_copy(&arena, "abc", 2), "ab");
    cci_arena_free(&arena);
    assert_int_equal(fa.live, 0);
}

/* ---- a large contest: no step is quadratic, no share is lost ---- */

static void shares_among_many(void **state)
{
    (void)state;
    enum { MANY = 20000 };
    static const char scheme[] =
        "{\"scheme\":\"cocreate.incentives/1\",\"currency\":\"JPY\",\"funds\":[{\"id\":\"f\","
        "\"budget\":\"9007199254740991\"}],\"rules\":[{\"id\":\"r\",\"kind\":\"ranked_prizes\","
        "\"fund\":\"f\",\"prizes\":[\"9007199254740991\"]}]}";
    size_t room = (size_t)MANY * 16 + 32, used = 0;
    char *result = malloc(room);
    used += (size_t)snprintf(result, room, "{\"entries\":[");
    for (int i = 0; i < MANY; i++)
        used += (size_t)snprintf(result + used, room - used, "%s{\"id\":\"%d\"}", i ? "," : "", i);
    snprintf(result + used, room - used, "]}");
    cocreate_scheme *s;
    cocreate_awards *a;
    assert_status(cocreate_scheme_parse(NULL, scheme, strlen(scheme), &s, &check_error),
                  COCREATE_OK);
    assert_status(cocreate_reward(s, result, strlen(result), NULL, &a, &check_error), COCREATE_OK);
    int64_t sum = 0;
    assert_int_equal(cocreate_awards_count(a), MANY);
    for (size_t i = 0; i < MANY; i++) {
        cocreate_award award = {.size = sizeof award};
        assert_status(cocreate_awards_at(a, i, &award, &check_error), COCREATE_OK);
        sum += award.minor;
    }
    assert_int_equal(sum, INT64_C(9007199254740991));
    cocreate_awards_free(a);
    cocreate_scheme_free(s);
    free(result);
}

#define COUNT(list) (sizeof(list) / sizeof *(list))

int main(void)
{
    struct CMUnitTest tests[COUNT(conditions) + COUNT(bad_conditions) + 5];
    size_t n = 0;
    for (size_t i = 0; i < COUNT(conditions); i++)
        tests[n++] = (struct CMUnitTest){conditions[i].text, holds, NULL, NULL, &conditions[i]};
    for (size_t i = 0; i < COUNT(bad_conditions); i++)
        tests[n++] = (struct CMUnitTest){bad_conditions[i].text, refuses_condition, NULL, NULL,
                                         &bad_conditions[i]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(compares_numbers);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(prints_numbers);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(scales_to_integers);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(arena_serves_all_sizes);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(shares_among_many);
    assert_int_equal(n, COUNT(tests));
    return _cmocka_run_group_tests("reward_parts", tests, n, NULL, NULL) != 0;
}
