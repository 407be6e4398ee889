/* Powers of two between 1 and 2 in integers, and sums of votes that lose half their worth. */
#include "check.h"

#include "base/exp2.h"
#include "campaign/rounds/worths.h"

#define DAY INT64_C(86400000000)

/* References: Python's decimal with 120 digits, rounded once to the nearest 2^-63. */
static void powers(void **state)
{
    static const struct {
        uint64_t part, whole, power;
    } points[] = {
        {UINT64_C(0), UINT64_C(1), UINT64_C(9223372036854775808)},
        {UINT64_C(1), UINT64_C(2), UINT64_C(13043817825332782212)},
        {UINT64_C(1), UINT64_C(3), UINT64_C(11620720580245083921)},
        {UINT64_C(86400000000), UINT64_C(1209600000000), UINT64_C(9691519398493622098)},
        {UINT64_C(604800000000), UINT64_C(1209600000000), UINT64_C(13043817825332782212)},
        {UINT64_C(1209599999999), UINT64_C(1209600000000), UINT64_C(18446744073698980924)},
        {UINT64_C(1), UINT64_C(31536000000000), UINT64_C(9223372036854978534)},
        {UINT64_C(31535999999999), UINT64_C(31536000000000), UINT64_C(18446744073709146165)},
        {UINT64_C(1), UINT64_C(4611686018427387904), UINT64_C(9223372036854775809)},
        {UINT64_C(4611686018427387902), UINT64_C(4611686018427387903), UINT64_C(18446744073709551613)},
        {UINT64_C(561021090885), UINT64_C(1209600000000), UINT64_C(12720658152150724932)},
        {UINT64_C(789164966041), UINT64_C(1209600000000), UINT64_C(14497300887987762399)},
        {UINT64_C(1167897492896), UINT64_C(1209600000000), UINT64_C(18011145241092196173)},
        {UINT64_C(549512532852), UINT64_C(1209600000000), UINT64_C(12637043399126099505)},
        {UINT64_C(114456474197), UINT64_C(1209600000000), UINT64_C(9848593467255016843)},
        {UINT64_C(347466721851), UINT64_C(1209600000000), UINT64_C(11255450004281772292)},
    };
    (void)state;
    for (size_t i = 0; i < sizeof points / sizeof *points; i++)
        assert_true(cci_exp2(points[i].part, points[i].whole) == points[i].power);
}

/* A vote before all others makes the rest of the sums larger, and changes none of what they are worth. */
static void an_early_vote(void **state)
{
    (void)state;
    cci_worths w;
    cocreate_allocator a = cci_allocator(NULL);
    int64_t worth;
    size_t which[] = {0, 1, 2}, levels[3];
    assert_status(cci_worths_init(&w, &a, DAY, 100 * DAY, 3, &check_error), COCREATE_OK);
    assert_status(cci_worths_add(&w, 101 * DAY, 0, 8, &check_error), COCREATE_OK);
    assert_status(cci_worths_add(&w, 91 * DAY, 1, 8192, &check_error), COCREATE_OK);
    assert_status(cci_worths_add(&w, -DAY, 2, -1, &check_error), COCREATE_OK);
    assert_status(cci_worths_levels(&w, which, 3, levels, &check_error), COCREATE_OK);
    assert_int_equal(levels[0], 1); /* 8192 of ten days ago are 8 */
    assert_int_equal(levels[1], 1);
    assert_int_equal(levels[2], 0);
    assert_status(cci_worths_at(&w, 102 * DAY, 1, &worth, &check_error), COCREATE_OK);
    assert_int_equal(worth, 4000000);
    assert_status(cci_worths_at(&w, 18 * DAY, 2, &worth, &check_error), COCREATE_OK);
    assert_int_equal(worth, -2); /* 2^-19 is 1.907 millionths */
    assert_status(cci_worths_at(&w, 19 * DAY, 2, &worth, &check_error), COCREATE_OK);
    assert_int_equal(worth, -1);
    cci_worths_free(&w);
    cci_worths_free(&w);
}

/* Halves of a millionth go to the even neighbour. */
static void halves(void **state)
{
    (void)state;
    cci_worths w;
    cocreate_allocator a = cci_allocator(NULL);
    int64_t worth;
    assert_status(cci_worths_init(&w, &a, DAY, 0, 2, &check_error), COCREATE_OK);
    assert_status(cci_worths_add(&w, 0, 0, 1, &check_error), COCREATE_OK);
    assert_status(cci_worths_add(&w, 0, 1, 3, &check_error), COCREATE_OK);
    assert_status(cci_worths_at(&w, 7 * DAY, 0, &worth, &check_error), COCREATE_OK);
    assert_int_equal(worth, 7812); /* 7812.5 */
    assert_status(cci_worths_at(&w, 7 * DAY, 1, &worth, &check_error), COCREATE_OK);
    assert_int_equal(worth, 23438); /* 23437.5 */
    cci_worths_free(&w);
}

static void too_much(void **state)
{
    (void)state;
    cci_worths w;
    cocreate_allocator a = cci_allocator(NULL);
    int64_t worth;
    assert_status(cci_worths_init(&w, &a, 1, 0, 1, &check_error), COCREATE_OK);
    assert_status(cci_worths_add(&w, DAY, 0, 1, &check_error), COCREATE_ERR_OVERFLOW);
    assert_string_equal(check_error.text, "votes lie more than 1048576 half-lives apart");
    assert_status(cci_worths_add(&w, 0, 0, INT64_MAX, &check_error), COCREATE_OK);
    assert_status(cci_worths_add(&w, 0, 0, 1, &check_error), COCREATE_ERR_OVERFLOW);
    assert_string_equal(check_error.text, "the points of an option are too many");
    assert_status(cci_worths_at(&w, 0, 0, &worth, &check_error), COCREATE_ERR_OVERFLOW);
    assert_string_equal(check_error.text, "the points of an option are too many");
    cci_worths_free(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(powers),
        cmocka_unit_test(an_early_vote),
        cmocka_unit_test(halves),
        cmocka_unit_test(too_much),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
