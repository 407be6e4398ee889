/* Matrices, merging and taking out. Expected values are worked out by hand. */
#include "check.h"

#include "cocreate/profile.h"

static cocreate_profile *new_profile(int32_t kind, size_t n_options)
{
    cocreate_profile *p = NULL;
    assert_status(cocreate_profile_new(NULL, kind, n_options, &p, &check_error), COCREATE_OK);
    return p;
}

static cocreate_profile_info info_of(const cocreate_profile *p)
{
    cocreate_profile_info info = {.size = sizeof info};
    assert_status(cocreate_profile_info_get(p, &info, &check_error), COCREATE_OK);
    return info;
}

static void expect_ballot(cocreate_profile *p, size_t index, size_t n, const uint32_t *options,
                          const int64_t *values, int64_t count, int64_t weight)
{
    uint32_t o[8];
    int64_t v[8], c = 0, w = 0;
    size_t got = 0;
    assert_status(cocreate_profile_sort(p, &check_error), COCREATE_OK);
    assert_status(cocreate_profile_ballot(p, index, 8, o, v, &got, &c, &w, &check_error),
                  COCREATE_OK);
    assert_int_equal(got, n);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(o[i], options[i]);
        assert_int_equal(v[i], values[i]);
    }
    assert_int_equal(c, count);
    assert_int_equal(w, weight);
}

static void adds_ranks(void **state)
{
    (void)state;
    const uint16_t ranks[] = {1,   2, 3, /* 0 > 1 > 2 */
                              0,   0, 0, /* nothing */
                              500, 7, 7, /* 1 = 2 > 0 */
                              3,   1, 1, /* the same */
                              0,   0, 9 /* 2 */};
    const int64_t weights[] = {10, 0, 2, 3, 1};
    cocreate_profile *p = new_profile(COCREATE_BALLOT_RANKING, 3);
    assert_status(cocreate_profile_add_ranks(p, ranks, 2, 5, 3, weights, NULL, &check_error),
                  COCREATE_OK);
    assert_int_equal(info_of(p).ballots, 5);
    assert_int_equal(info_of(p).weight, 16);
    assert_int_equal(info_of(p).empty, 1);
    assert_int_equal(info_of(p).distinct, 4);
    expect_ballot(p, 0, 0, NULL, NULL, 1, 0);
    expect_ballot(p, 1, 3, (uint32_t[]){0, 1, 2}, (int64_t[]){1, 2, 3}, 1, 10);
    expect_ballot(p, 2, 3, (uint32_t[]){1, 2, 0}, (int64_t[]){1, 1, 2}, 2, 5);
    expect_ballot(p, 3, 1, (uint32_t[]){2}, (int64_t[]){1}, 1, 1);
    cocreate_profile_free(p);
}

static void refuses_bad_rank_matrices(void **state)
{
    (void)state;
    cocreate_profile *p = new_profile(COCREATE_BALLOT_RANKING, 2);
    const uint8_t ranks[] = {1, 2, 2, 1};
    const int64_t negative[] = {1, -5}, large[] = {INT64_MAX, 1};
    assert_failure(cocreate_profile_add_ranks(p, ranks, 3, 2, 2, NULL, NULL, &check_error),
                   COCREATE_ERR_ARGUMENT, "ranks of 3 bytes: 1, 2, 4 or 8 are known");
    assert_failure(cocreate_profile_add_ranks(p, ranks, 1, 1, 4, NULL, NULL, &check_error),
                   COCREATE_ERR_ARGUMENT, "rows of 4 values for a profile of 2 options");
    assert_failure(cocreate_profile_add_ranks(p, NULL, 1, 1, 2, NULL, NULL, &check_error),
                   COCREATE_ERR_ARGUMENT, "ranks is NULL");
    assert_failure(cocreate_profile_add_ranks(p, ranks, 1, 2, 2, negative, NULL, &check_error),
                   COCREATE_ERR_ARGUMENT, "weight -5 of ballot 1 is negative");
    assert_int_equal(check_error.where, 1);
    assert_failure(cocreate_profile_add_ranks(p, ranks, 1, 2, 2, large, NULL, &check_error),
                   COCREATE_ERR_OVERFLOW, "the weights together are more than 2^63 - 1");
    assert_status(cocreate_profile_add_ranks(p, NULL, 1, 0, 2, NULL, NULL, &check_error),
                  COCREATE_OK);
    assert_int_equal(info_of(p).ballots, 0);
    const int64_t values[] = {1, 0};
    assert_failure(cocreate_profile_add_values(p, values, -1, 1, 2, NULL, NULL, &check_error),
                   COCREATE_ERR_ARGUMENT, "the profile holds rankings: add ranks, not values");
    cocreate_profile_free(p);
    p = new_profile(COCREATE_BALLOT_SCORE, 2);
    assert_failure(cocreate_profile_add_ranks(p, ranks, 1, 2, 2, NULL, NULL, &check_error),
                   COCREATE_ERR_ARGUMENT, "the profile does not hold rankings");
    cocreate_profile_free(p);
}

static void adds_scores(void **state)
{
    (void)state;
    const int64_t values[] = {-3, 99, 0, 99, 99, 99, -3, 99, 0};
    cocreate_profile *p = new_profile(COCREATE_BALLOT_SCORE, 3);
    assert_status(cocreate_profile_add_values(p, values, 99, 3, 3, NULL, NULL, &check_error),
                  COCREATE_OK);
    assert_int_equal(info_of(p).distinct, 2);
    expect_ballot(p, 0, 0, NULL, NULL, 1, 1);
    expect_ballot(p, 1, 2, (uint32_t[]){0, 2}, (int64_t[]){-3, 0}, 2, 2);
    cocreate_profile_free(p);
}

static void adds_approvals_and_points(void **state)
{
    (void)state;
    const int64_t approvals[] = {1, 0, 1, -1, 0, 0}, points[] = {0, 7, -1, 4, -1, 0};
    cocreate_profile *p = new_profile(COCREATE_BALLOT_APPROVAL, 3);
    assert_status(cocreate_profile_add_values(p, approvals, -1, 2, 3, NULL, NULL, &check_error),
                  COCREATE_OK);
    expect_ballot(p, 0, 0, NULL, NULL, 1, 1);
    expect_ballot(p, 1, 2, (uint32_t[]){0, 2}, (int64_t[]){1, 1}, 1, 1);
    const int64_t two[] = {0, 0, 0, 0, 2, 0};
    assert_failure(cocreate_profile_add_values(p, two, -1, 2, 3, NULL, NULL, &check_error),
                   COCREATE_ERR_ARGUMENT, "ballot 1, option 1: approval 2 is neither 0 nor 1");
    assert_int_equal(check_error.where, 1);
    assert_failure(cocreate_profile_add_values(p, approvals, 1, 2, 3, NULL, NULL, &check_error),
                   COCREATE_ERR_ARGUMENT, "1 is an approval and cannot mean missing");
    cocreate_profile_free(p);

    /* 0 points are a statement of their own. */
    p = new_profile(COCREATE_BALLOT_POINTS, 3);
    assert_status(cocreate_profile_add_values(p, points, -1, 2, 3, NULL, NULL, &check_error),
                  COCREATE_OK);
    expect_ballot(p, 0, 2, (uint32_t[]){0, 1}, (int64_t[]){0, 7}, 1, 1);
    expect_ballot(p, 1, 2, (uint32_t[]){0, 2}, (int64_t[]){4, 0}, 1, 1);
    assert_failure(cocreate_profile_add_values(p, points, 0, 2, 3, NULL, NULL, &check_error),
                   COCREATE_ERR_ARGUMENT, "ballot 0, option 2: points -1 are below 0");
    cocreate_profile_free(p);
}

static void merges_only_what_fits(void **state)
{
    (void)state;
    cocreate_profile *p = new_profile(COCREATE_BALLOT_RANKING, 2);
    cocreate_profile *other = new_profile(COCREATE_BALLOT_SCORE, 2);
    assert_failure(cocreate_profile_merge(p, other, &check_error), COCREATE_ERR_ARGUMENT,
                   "the other profile has ballots of kind 3, not 2");
    cocreate_profile_free(other);
    other = new_profile(COCREATE_BALLOT_RANKING, 3);
    assert_failure(cocreate_profile_merge(p, other, &check_error), COCREATE_ERR_ARGUMENT,
                   "the other profile has 3 options, not 2");
    cocreate_profile_free(other);
    other = new_profile(COCREATE_BALLOT_RANKING, 2);
    const cocreate_option option = {sizeof option, "x", NULL, 0, COCREATE_NO_TIME, 0};
    assert_status(cocreate_profile_set_option(other, 1, &option, &check_error), COCREATE_OK);
    assert_failure(cocreate_profile_subtract(p, other, &check_error), COCREATE_ERR_ARGUMENT,
                   "option 1 of the other profile is \"x\", not \"2\"");
    assert_int_equal(check_error.where, 1);
    cocreate_profile_free(other);
    cocreate_profile_free(p);
}

static void takes_out_only_what_is_there(void **state)
{
    (void)state;
    cocreate_profile *p = new_profile(COCREATE_BALLOT_RANKING, 2);
    const uint32_t both[] = {0, 1}, second[] = {1};
    assert_status(cocreate_profile_add(p, both, NULL, 2, 3, 7, &check_error), COCREATE_OK);
    assert_status(cocreate_profile_add(p, NULL, NULL, 0, 1, 1, &check_error), COCREATE_OK);
    const struct {
        const uint32_t *options;
        size_t n;
        int64_t count, weight;
        const char *text;
    } bad[] = {
        {second, 1, 1, 1, "ballot 1 is to be taken out 1 times, but is there 0 times"},
        {both, 2, 4, 1, "ballot 1 is to be taken out 4 times, but is there 3 times"},
        {both, 2, 2, 8, "weight 8 of ballot 1 is to be taken out, but there is 7"},
        {both, 2, 3, 6, "taking out ballot 1 would leave its weight 1 on no ballot"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        cocreate_profile *other = new_profile(COCREATE_BALLOT_RANKING, 2);
        assert_status(cocreate_profile_add(other, NULL, NULL, 0, 1, 1, &check_error),
                      COCREATE_OK);
        assert_status(cocreate_profile_add(other, bad[i].options, NULL, bad[i].n, bad[i].count,
                                           bad[i].weight, &check_error),
                      COCREATE_OK);
        assert_failure(cocreate_profile_subtract(p, other, &check_error), COCREATE_ERR_ARGUMENT,
                       bad[i].text);
        assert_int_equal(check_error.where, 1);
        assert_int_equal(info_of(p).ballots, 4);
        assert_int_equal(info_of(p).distinct, 2);
        cocreate_profile_free(other);
    }
    /* A changed vote: the old one out, the new one in. */
    cocreate_profile *old = new_profile(COCREATE_BALLOT_RANKING, 2);
    assert_status(cocreate_profile_add(old, NULL, NULL, 0, 1, 1, &check_error), COCREATE_OK);
    assert_status(cocreate_profile_subtract(p, old, &check_error), COCREATE_OK);
    assert_status(cocreate_profile_add(p, second, NULL, 1, 1, 1, &check_error), COCREATE_OK);
    assert_int_equal(info_of(p).empty, 0);
    expect_ballot(p, 0, 2, both, (int64_t[]){1, 2}, 3, 7);
    expect_ballot(p, 1, 1, second, (int64_t[]){1}, 1, 1);
    cocreate_profile_free(old);
    cocreate_profile_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(adds_ranks),
        cmocka_unit_test(refuses_bad_rank_matrices),
        cmocka_unit_test(adds_scores),
        cmocka_unit_test(adds_approvals_and_points),
        cmocka_unit_test(merges_only_what_fits),
        cmocka_unit_test(takes_out_only_what_is_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
