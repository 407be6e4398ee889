/* Quadratic funding for arrays: the published example, edges and refusals. */
#include "check.h"

#include "cocreate/mechanisms.h"

/* 1, 4, 1, 9 to project 0, 1 six times and 4 to project 1, and 1, 9, 1, 9, 1, 9, 4 to project 2: ideal
 * matches of 34, 54 and 162 (documentation of Grants Stack), in hundredths. */
static const uint32_t donors[] = {0, 1, 2, 3, 0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6};
static const uint32_t projects[] = {0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2};
static const int64_t amounts[] = {100, 400, 100, 900, 100, 100, 100, 100, 100,
                                  100, 400, 100, 900, 100, 900, 100, 900, 400};
enum { GIFTS = sizeof donors / sizeof *donors };

static void gives(int64_t pool, const cocreate_matching_options *options, int64_t a, int64_t b, int64_t c,
                  int64_t left)
{
    int64_t matches[3] = {-1, -1, -1}, returned = -1;
    assert_status(cocreate_quadratic_funding(donors, projects, amounts, GIFTS, 7, 3, pool, options,
                                             matches, &returned, &check_error),
                  COCREATE_OK);
    assert_int_equal(matches[0], a);
    assert_int_equal(matches[1], b);
    assert_int_equal(matches[2], c);
    assert_int_equal(returned, left);
}

static void published(void **state)
{
    (void)state;
    cocreate_matching_options o;
    cocreate_matching_options_init(&o);
    gives(10000, NULL, 1360, 2160, 6480, 0);
    gives(100000, &o, 3400, 5400, 16200, 75000);
    gives(0, &o, 0, 0, 0, 0);
    o.cap = 5000;
    gives(10000, &o, 1932, 3068, 5000, 0); /* 19.318, 30.682, 50 */
    o.cap = 0;
    o.scale_up = 1;
    gives(100000, &o, 13600, 21600, 64800, 0);
    o.scale_up = 0;
    o.minimum = 400;
    gives(100000, &o, 1200, 0, 9000, 89800); /* (2 + 3)^2 - 13, (3 + 3 + 3 + 2)^2 - 31 */
}

/* Only donors 1 and 3 count: 2 sqrt(4 * 9) = 12, 2 and 2 sqrt(9 * 9) = 18; half of each: half as much. */
static void weighted(void **state)
{
    (void)state;
    static const int64_t two[7] = {0, 1000000000, 0, 1000000000}, half[7] = {0, 500000000, 0, 500000000};
    cocreate_matching_options o;
    cocreate_matching_options_init(&o);
    o.weights = two;
    gives(100000, &o, 1200, 200, 1800, 96800);
    o.weights = half;
    gives(100000, &o, 600, 100, 900, 98400);
}

/* Buterin 2019: two who give 100 each are matched 2 * 100 * 25 / 125. */
static void pairs(void **state)
{
    (void)state;
    static const uint32_t who[2] = {1, 0}, what[2] = {0, 0};
    static const int64_t much[2] = {10000, 10000};
    int64_t match = 0, returned = 0;
    cocreate_matching_options o;
    cocreate_matching_options_init(&o);
    o.match = "pairwise";
    o.bound = 2500;
    assert_status(cocreate_quadratic_funding(who, what, much, 2, 2, 1, 100000, &o, &match, &returned,
                                             &check_error),
                  COCREATE_OK);
    assert_int_equal(match, 4000);
    /* They meet nowhere else: 1 and the threshold. */
    o.match = "gitcoin_clr";
    assert_status(cocreate_quadratic_funding(who, what, much, 2, 2, 1, 100000, &o, &match, &returned,
                                             &check_error),
                  COCREATE_OK);
    assert_int_equal(match, 2600);
    assert_int_equal(returned, 97400);
}

static void nothing(void **state)
{
    (void)state;
    int64_t match = 7, returned = 7;
    assert_status(cocreate_quadratic_funding(NULL, NULL, NULL, 0, 0, 0, 50, NULL, NULL, &returned,
                                             &check_error),
                  COCREATE_OK);
    assert_int_equal(returned, 50);
    assert_status(cocreate_quadratic_funding(donors, projects, amounts, 1, 1, 1, 50, NULL, &match,
                                             &returned, &check_error),
                  COCREATE_OK);
    assert_int_equal(match, 0);
    assert_int_equal(returned, 50);
}

static void refuses(void **state)
{
    (void)state;
    static const uint32_t one[2] = {0, 0};
    static const int64_t negative[2] = {1, -1}, huge[2] = {INT64_MAX, INT64_MAX}, heavy[1] = {1000000001};
    int64_t match = 77, returned = 77;
    cocreate_matching_options o;
    cocreate_matching_options_init(&o);
#define FUND(amount, n_projects, pool) \
    cocreate_quadratic_funding(one, one, amount, 2, 1, n_projects, pool, &o, &match, &returned, &check_error)
    assert_failure(FUND(negative, 1, 5), COCREATE_ERR_ARGUMENT, "gift 1: is less than 0");
    assert_int_equal(check_error.where, 1);
    assert_failure(FUND(negative, 0, 5), COCREATE_ERR_ARGUMENT,
                   "gift 0: there is no such donor or project");
    assert_failure(FUND(huge, 1, 5), COCREATE_ERR_OVERFLOW,
                   "gift 0: a donor gives a project more than 2^53 - 1 minor units");
    assert_failure(FUND(huge, 1, -1), COCREATE_ERR_ARGUMENT, "the pool is not from 0 to 2^53 - 1");
    o.weights = heavy;
    assert_failure(FUND(amounts, 1, 5), COCREATE_ERR_ARGUMENT,
                   "the weight of donor 0 is not from 0 to 10^9");
    o.weights = NULL;
    o.match = "pairwise";
    assert_failure(FUND(amounts, 1, 5), COCREATE_ERR_ARGUMENT, "the bound is not from 1 to 2^53 - 1");
    o.match = "linear";
    assert_int_equal(FUND(amounts, 1, 5), COCREATE_ERR_ARGUMENT);
    o.size = 1;
    assert_failure(FUND(amounts, 1, 5), COCREATE_ERR_ARGUMENT,
                   "the options were not set by cocreate_matching_options_init()");
    assert_int_equal(match, 77);
    assert_int_equal(returned, 77);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published), cmocka_unit_test(weighted), cmocka_unit_test(pairs),
        cmocka_unit_test(nothing),   cmocka_unit_test(refuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
