/* Places from numbers that exist already. */
#include "ranking_ballots.h"

static cocreate_ranking *rank_scores(const char *const *ids, const char *const *scores,
                                     const int64_t *at, size_t n, const char *options)
{
    cocreate_ranking *r = NULL;
    assert_status(cocreate_rank_scores(NULL, ids, scores, at, n, options, &r, &check_error),
                  COCREATE_OK);
    return r;
}

/* Place i holds this option. */
static void expect(const cocreate_ranking *r, size_t i, uint64_t option, uint64_t from, uint64_t to,
                   const char *exact)
{
    cocreate_place place = {.size = sizeof place};
    assert_status(cocreate_ranking_place(r, i, &place, &check_error), COCREATE_OK);
    assert_int_equal(place.option, option);
    assert_int_equal(place.from, from);
    assert_int_equal(place.to, to);
    assert_int_equal(place.has_score, exact != NULL);
    if (exact != NULL)
        assert_string_equal(place.exact, exact);
}

/* The finale of the Netflix Prize, 2009: test RMSE 0.856704 and 0.856714 both round to 0.8567, and
 * the submission that came 20 minutes earlier won (Netflix Prize leaderboard). */
static void netflix_prize(void **state)
{
    static const char *const ids[] = {"The Ensemble", "BellKor's Pragmatic Chaos", "no submission"};
    static const char *const scores[] = {"0.856714", "0.856704", NULL};
    static const int64_t at[] = {1200000000, 0, 0};
    (void)state;
    cocreate_ranking *r =
        rank_scores(ids, scores, at, 3,
                    "{\"direction\":\"ascending\",\"decimals\":4,\"ties\":\"earliest\"}");
    expect(r, 0, 1, 1, 1, "8567/10000");
    expect(r, 1, 0, 2, 2, "8567/10000");
    expect(r, 2, 2, 3, 3, NULL);
    assert_int_equal(cocreate_ranking_winner_count(r), 1);
    assert_int_equal(cocreate_ranking_winner(r, 0), 1);
    const char *json = cocreate_ranking_json(r);
    assert_non_null(strstr(json, "\"method\":\"metric\",\"options\":{\"decimals\":4,"
                                 "\"direction\":\"ascending\",\"ties\":[\"earliest\"]}"));
    assert_non_null(strstr(json, "\"ties\":[{\"options\":[\"The Ensemble\",\"BellKor's Pragmatic "
                                 "Chaos\"],\"order\":[\"BellKor's Pragmatic Chaos\",\"The "
                                 "Ensemble\"],\"step\":\"earliest\"}]"));
    assert_non_null(strstr(json, "\"The Ensemble\":\"0.856714\""));
    cocreate_ranking_free(r);
}

/* 1/3 and 0.333 differ, 0.50 and 1/2 do not; a missing score is last in both directions. */
static void compares_exactly(void **state)
{
    static const char *const ids[] = {"a", "b", "c", "d", "e"};
    static const char *const scores[] = {"0.333", "1/3", NULL, "0.50", "1/2"};
    (void)state;
    cocreate_ranking *r = rank_scores(ids, scores, NULL, 5, NULL);
    expect(r, 0, 3, 1, 2, "1/2");
    expect(r, 1, 4, 1, 2, "1/2");
    expect(r, 2, 1, 3, 3, "1/3");
    expect(r, 3, 0, 4, 4, "333/1000");
    expect(r, 4, 2, 5, 5, NULL);
    cocreate_ranking_free(r);
    r = rank_scores(ids, scores, NULL, 5, "{\"direction\":\"ascending\"}");
    expect(r, 0, 0, 1, 1, "333/1000");
    expect(r, 4, 2, 5, 5, NULL);
    cocreate_ranking_free(r);
}

/* Halves go to the even neighbour: 0.125 and 0.115 both become 0.12, 0.135 becomes 0.14. Numbers
 * beyond 64 bits stay exact where nothing rounds. */
static void rounds_half_to_even(void **state)
{
    static const char *const ids[] = {"a", "b", "c"};
    static const char *const scores[] = {"0.125", "0.115", "0.135"};
    static const char *const huge[] = {"100000000000000000000000001", "100000000000000000000000002",
                                       "-100000000000000000000000001/3"};
    (void)state;
    cocreate_ranking *r = rank_scores(ids, scores, NULL, 3, "{\"decimals\":\"2\"}");
    expect(r, 0, 2, 1, 1, "7/50");
    expect(r, 1, 0, 2, 3, "3/25");
    expect(r, 2, 1, 2, 3, "3/25");
    cocreate_ranking_free(r);
    r = rank_scores(ids, huge, NULL, 3, "{\"direction\":\"ascending\"}");
    expect(r, 0, 2, 1, 1, "-100000000000000000000000001/3");
    expect(r, 1, 0, 2, 2, "100000000000000000000000001");
    expect(r, 2, 1, 3, 3, "100000000000000000000000002");
    cocreate_ranking_free(r);
}

static void names_the_bad_one(void **state)
{
    static const char *const ids[] = {"a", "b"}, *const twice[] = {"a", "a"}, *const empty[] = {"a", ""};
    static const char *const bad[] = {"1", "one"}, *const good[] = {"1", "2"};
    static const char *const large[] = {"1", "1000000"};
    (void)state;
    cocreate_ranking *r = NULL;
    assert_status(cocreate_rank_scores(NULL, ids, bad, NULL, 2, NULL, &r, &check_error),
                  COCREATE_ERR_PARSE);
    assert_int_equal(check_error.where, 1);
    assert_failure(cocreate_rank_scores(NULL, twice, good, NULL, 2, NULL, &r, &check_error),
                   COCREATE_ERR_ARGUMENT, "option id \"a\" stands twice");
    assert_int_equal(check_error.where, 1);
    assert_status(cocreate_rank_scores(NULL, empty, good, NULL, 2, NULL, &r, &check_error),
                  COCREATE_ERR_ARGUMENT);
    assert_int_equal(check_error.where, 1);
    assert_status(cocreate_rank_scores(NULL, ids, large, NULL, 2, "{\"decimals\":18}", &r,
                                       &check_error),
                  COCREATE_ERR_OVERFLOW);
    assert_int_equal(check_error.where, 1);
    assert_failure(cocreate_rank_scores(NULL, ids, good, NULL, 2, "{\"decimals\":19}", &r,
                                        &check_error),
                   COCREATE_ERR_SCHEMA, "$.decimals: 19 is out of range, expected 0 to 18");
    assert_null(r);
}

static void ranks_nothing(void **state)
{
    (void)state;
    cocreate_ranking *r = rank_scores(NULL, NULL, NULL, 0, NULL);
    assert_int_equal(cocreate_ranking_size(r), 0);
    assert_int_equal(cocreate_ranking_winner_count(r), 0);
    cocreate_ranking_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(netflix_prize),     cmocka_unit_test(compares_exactly),
        cmocka_unit_test(rounds_half_to_even), cmocka_unit_test(names_the_bad_one),
        cmocka_unit_test(ranks_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
