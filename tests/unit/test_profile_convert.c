/* Conversions between kinds of ballots; expected ballots are read off the table in profile.h. */
#include "check.h"

#include "cocreate/profile.h"

enum { N = 4 };

static cocreate_profile *new_profile(int32_t kind)
{
    cocreate_profile *p = NULL;
    assert_status(cocreate_profile_new(NULL, kind, N, &p, &check_error), COCREATE_OK);
    return p;
}

/* A ballot over the options 0 .. N - 1; -1 leaves one out. Two voters, who weigh 5. */
static void add(cocreate_profile *p, const int64_t row[N])
{
    uint32_t options[N];
    int64_t values[N];
    size_t n = 0;
    for (uint32_t i = 0; i < N; i++)
        if (row[i] >= 0) {
            options[n] = i;
            values[n++] = row[i];
        }
    assert_status(cocreate_profile_add(p, options, values, n, 2, 5, &check_error), COCREATE_OK);
}

/* Convert a single ballot, and expect `to`, in the same form. */
static void expect(int32_t from_kind, const int64_t from[N], int32_t kind, const char *options,
                   const int64_t to[N])
{
    cocreate_profile *p = new_profile(from_kind), *q = NULL;
    uint32_t o[N];
    int64_t v[N], count, weight, found[N] = {-1, -1, -1, -1};
    size_t n;
    add(p, from);
    assert_status(cocreate_profile_convert(p, kind, options, &q, &check_error), COCREATE_OK);
    assert_status(cocreate_profile_sort(q, &check_error), COCREATE_OK);
    assert_status(cocreate_profile_ballot(q, 0, N, o, v, &n, &count, &weight, &check_error),
                  COCREATE_OK);
    for (size_t i = 0; i < n; i++)
        found[o[i]] = v[i];
    for (size_t i = 0; i < N; i++)
        assert_int_equal(found[i], to[i]);
    assert_int_equal(count, 2);
    assert_int_equal(weight, 5);
    cocreate_profile_free(p);
    cocreate_profile_free(q);
}

#define ROW(...) ((const int64_t[N]){__VA_ARGS__})
#define APPROVAL COCREATE_BALLOT_APPROVAL
#define RANKING COCREATE_BALLOT_RANKING
#define SCORE COCREATE_BALLOT_SCORE
#define POINTS COCREATE_BALLOT_POINTS

static void makes_approvals(void **state)
{
    (void)state;
    expect(RANKING, ROW(2, 1, 3, -1), APPROVAL, NULL, ROW(1, 1, 1, -1));
    expect(RANKING, ROW(2, 1, 3, -1), APPROVAL, "{\"top\":1}", ROW(-1, 1, -1, -1));
    expect(RANKING, ROW(2, 1, 3, -1), APPROVAL, "{\"top\":9}", ROW(1, 1, 1, -1));
    /* One other stands above each of 0 and 2: both are approved, or neither. */
    expect(RANKING, ROW(2, 1, 2, 3), APPROVAL, "{\"top\":2}", ROW(1, 1, 1, -1));
    expect(RANKING, ROW(2, 1, 2, 3), APPROVAL, "{\"top\":1}", ROW(-1, 1, -1, -1));
    /* Two stand above 2, so that the three best are 0, 1 and 2. */
    expect(RANKING, ROW(1, 1, 2, 3), APPROVAL, "{\"top\":3}", ROW(1, 1, 1, -1));
    expect(SCORE, ROW(3, 0, 5, -1), APPROVAL, "{\"threshold\":3}", ROW(1, -1, 1, -1));
    expect(SCORE, ROW(3, 0, 5, -1), APPROVAL, "{\"threshold\":-7}", ROW(1, 1, 1, -1));
    expect(POINTS, ROW(3, 0, 1, -1), APPROVAL, NULL, ROW(1, -1, 1, -1));
    expect(POINTS, ROW(3, 0, 1, -1), APPROVAL, "{\"threshold\":2}", ROW(1, -1, -1, -1));
}

static void makes_rankings(void **state)
{
    (void)state;
    expect(APPROVAL, ROW(1, -1, 1, -1), RANKING, NULL, ROW(1, -1, 1, -1));
    expect(SCORE, ROW(3, 0, 5, -1), RANKING, NULL, ROW(2, 3, 1, -1));
    expect(SCORE, ROW(3, 5, 5, 3), RANKING, "{}", ROW(2, 1, 1, 2));
    expect(POINTS, ROW(3, 0, 5, -1), RANKING, NULL, ROW(2, -1, 1, -1));
    cocreate_profile *p = new_profile(SCORE), *q = NULL;
    uint32_t o[N];
    int64_t v[N], count, weight;
    size_t n;
    assert_status(cocreate_profile_add(p, (uint32_t[]){0, 1, 2, 3},
                                       (int64_t[]){-1, INT64_MIN, INT64_MAX, 0}, 4, 1, 1,
                                       &check_error),
                  COCREATE_OK);
    assert_status(cocreate_profile_convert(p, RANKING, NULL, &q, &check_error), COCREATE_OK);
    assert_status(cocreate_profile_sort(q, &check_error), COCREATE_OK);
    assert_status(cocreate_profile_ballot(q, 0, N, o, v, &n, &count, &weight, &check_error),
                  COCREATE_OK);
    const uint32_t order[] = {2, 3, 0, 1};
    for (size_t i = 0; i < N; i++)
        assert_int_equal(o[i], order[i]);
    cocreate_profile_free(p);
    cocreate_profile_free(q);
}

static void makes_scores_and_points(void **state)
{
    (void)state;
    expect(APPROVAL, ROW(1, -1, 1, -1), SCORE, NULL, ROW(1, -1, 1, -1));
    expect(APPROVAL, ROW(1, -1, 1, -1), SCORE, "{\"unmarked\":0}", ROW(1, 0, 1, 0));
    expect(POINTS, ROW(3, 0, 1, -1), SCORE, NULL, ROW(3, 0, 1, -1));
    expect(POINTS, ROW(3, 0, 1, -1), SCORE, "{\"unmarked\":7}", ROW(3, 0, 1, 7));
    expect(APPROVAL, ROW(1, -1, 1, -1), POINTS, NULL, ROW(1, -1, 1, -1));
    expect(SCORE, ROW(3, 0, 1, -1), POINTS, NULL, ROW(3, 0, 1, -1));
    expect(SCORE, ROW(3, 0, 1, -1), SCORE, NULL, ROW(3, 0, 1, -1));
}

static void merges_ballots_that_become_alike(void **state)
{
    (void)state;
    cocreate_profile *p = new_profile(SCORE), *q = NULL;
    cocreate_profile_info info = {.size = sizeof info};
    add(p, ROW(3, 1, -1, -1));
    add(p, ROW(5, 4, -1, -1));
    add(p, ROW(-1, -1, -1, -1));
    assert_status(cocreate_profile_convert(p, RANKING, NULL, &q, &check_error), COCREATE_OK);
    assert_status(cocreate_profile_info_get(q, &info, &check_error), COCREATE_OK);
    assert_int_equal(info.ballots, 6);
    assert_int_equal(info.weight, 15);
    assert_int_equal(info.distinct, 2);
    assert_int_equal(info.empty, 2);
    cocreate_profile_free(p);
    cocreate_profile_free(q);
}

static void keeps_all_else(void **state)
{
    (void)state;
    cocreate_profile *p = new_profile(SCORE), *q = NULL, *r = NULL;
    cocreate_profile_info info = {.size = sizeof info};
    cocreate_option option = {sizeof option, "2", "Two", 700, 33, 1}, found = {.size = sizeof found};
    cocreate_text *x, *y;
    assert_status(cocreate_profile_set_option(p, 0, &option, &check_error), COCREATE_OK);
    assert_status(cocreate_profile_set_budget(p, 1000, 2, &check_error), COCREATE_OK);
    assert_status(cocreate_profile_set_seats(p, 3, &check_error), COCREATE_OK);
    add(p, ROW(3, 1, 4, 0));
    assert_status(cocreate_profile_convert(p, POINTS, NULL, &q, &check_error), COCREATE_OK);
    assert_status(cocreate_profile_info_get(q, &info, &check_error), COCREATE_OK);
    assert_int_equal(info.kind, POINTS);
    assert_int_equal(info.budget, 1000);
    assert_int_equal(info.cost_exponent, 2);
    assert_int_equal(info.seats, 3);
    assert_status(cocreate_profile_option(q, 0, &found, &check_error), COCREATE_OK);
    assert_string_equal(found.id, "2");
    assert_string_equal(found.name, "Two");
    assert_int_equal(found.cost, 700);
    assert_int_equal(found.at, 33);
    assert_int_equal(found.withdrawn, 1);
    assert_status(cocreate_profile_option(q, 1, &found, &check_error), COCREATE_OK);
    assert_string_equal(found.id, "2'"); /* "2" was given to another */
    /* There and back: points and scores say the same. */
    assert_status(cocreate_profile_convert(q, SCORE, NULL, &r, &check_error), COCREATE_OK);
    assert_status(cocreate_profile_encode(p, &x, &check_error), COCREATE_OK);
    assert_status(cocreate_profile_encode(r, &y, &check_error), COCREATE_OK);
    assert_int_equal(cocreate_text_size(x), cocreate_text_size(y));
    assert_memory_equal(cocreate_text_data(x), cocreate_text_data(y), cocreate_text_size(x));
    cocreate_text_free(x);
    cocreate_text_free(y);
    cocreate_profile_free(p);
    cocreate_profile_free(q);
    cocreate_profile_free(r);
}

static void refuse(const cocreate_profile *p, int32_t kind, const char *options,
                   cocreate_status status, const char *text)
{
    cocreate_profile *q = NULL;
    assert_failure(cocreate_profile_convert(p, kind, options, &q, &check_error), status, text);
    assert_null(q);
}

static void refuses_what_has_no_meaning(void **state)
{
    (void)state;
    cocreate_profile *rankings = new_profile(RANKING), *scores = new_profile(SCORE);
    assert_status(cocreate_profile_add(scores, (uint32_t[]){2}, (int64_t[]){-4}, 1, 1, 1,
                                       &check_error),
                  COCREATE_OK);
    refuse(rankings, SCORE, NULL, COCREATE_ERR_ARGUMENT,
           "rankings have no values that could become scores");
    refuse(rankings, POINTS, NULL, COCREATE_ERR_ARGUMENT,
           "rankings have no values that could become points");
    refuse(rankings, 5, NULL, COCREATE_ERR_ARGUMENT, "5 is not a kind of ballot");
    refuse(rankings, APPROVAL, "{\"top\":0}", COCREATE_ERR_SCHEMA,
           "$.top: 0 is too small, at least 1 is expected");
    refuse(rankings, APPROVAL, "{\"threshold\":1}", COCREATE_ERR_SCHEMA,
           "$.threshold: unknown key, known are \"top\"");
    refuse(rankings, RANKING, "{\"top\":1}", COCREATE_ERR_SCHEMA,
           "$.top: unknown key, none is known");
    refuse(scores, APPROVAL, NULL, COCREATE_ERR_ARGUMENT,
           "from scores to approvals: $.threshold is missing, the least score that approves");
    refuse(scores, POINTS, NULL, COCREATE_ERR_ARGUMENT,
           "from scores to points, ballot 0: points -4 are below 0");
    cocreate_profile_free(rankings);
    cocreate_profile_free(scores);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(makes_approvals),
        cmocka_unit_test(makes_rankings),
        cmocka_unit_test(makes_scores_and_points),
        cmocka_unit_test(merges_ballots_that_become_alike),
        cmocka_unit_test(keeps_all_else),
        cmocka_unit_test(refuses_what_has_no_meaning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
