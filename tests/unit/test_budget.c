/* Options, frames and refusals of what budgets buy. */
#include "ranking_ballots.h"

static cocreate_profile *plain(void)
{
    cocreate_profile *p = new_profile(COCREATE_BALLOT_APPROVAL, "abc");
    for (uint32_t i = 0; i < 3; i++)
        assert_status(cocreate_profile_add(p, (uint32_t[]){i}, NULL, 1, 1, 1, &check_error),
                      COCREATE_OK);
    return p;
}

static cocreate_profile *priced(int64_t a, int64_t b, int64_t c, int64_t budget)
{
    cocreate_profile *p = plain();
    int64_t costs[] = {a, b, c};
    for (size_t i = 0; i < 3; i++) {
        cocreate_option option = {sizeof option, NULL, NULL, costs[i], COCREATE_NO_TIME, 0};
        assert_status(cocreate_profile_set_option(p, i, &option, &check_error), COCREATE_OK);
    }
    assert_status(cocreate_profile_set_budget(p, budget, 0, &check_error), COCREATE_OK);
    return p;
}

static void refuses(cocreate_profile *p, const char *method, const char *options,
                    cocreate_status status, const char *text)
{
    cocreate_ranking *r = NULL;
    assert_failure(cocreate_rank(p, method, options, NULL, &r, &check_error), status, text);
    assert_null(r);
    cocreate_profile_free(p);
}

static void needs_a_budget_or_seats(void **state)
{
    (void)state;
    refuses(plain(), "greedy", NULL, COCREATE_ERR_ARGUMENT, "greedy needs a budget, and there is none");
    refuses(plain(), "max_welfare", NULL, COCREATE_ERR_ARGUMENT,
            "max_welfare needs a budget, and there is none");
    refuses(priced(1, 1, 1, 2), "max_welfare", "{\"seats\":1}", COCREATE_ERR_SCHEMA,
            "$.seats: max_welfare selects what its budget buys: it has no seats");
    refuses(plain(), "phragmen_seq", "{\"seats\":4}", COCREATE_ERR_ARGUMENT,
            "$.seats: 4 seats, and 3 options to fill them");
    refuses(plain(), "expanding_approvals", "{\"seats\":2,\"unranked\":\"ignored\"}",
            COCREATE_ERR_ARGUMENT,
            "$.unranked: with \"ignored\" seats may stay empty; it is for budgets");
    refuses(plain(), "expanding_approvals", "{\"ties\":\"parallel\"}", COCREATE_ERR_SCHEMA,
            "$.ties: expanding_approvals does not follow all tie orders (\"parallel\")");
    cocreate_profile *p = plain(); /* without a budget a committee of one */
    expect_winners(p, "phragmen_seq", NULL, "a");
    expect_winners(p, "maximin_support", NULL, "a");
    expect_winners(p, "equal_shares", NULL, "a");
    cocreate_profile_free(p);
}

static void lists_committees_only(void **state)
{
    (void)state;
    static const char *const methods[] = {"phragmen_seq", "equal_shares", "maximin_support"};
    for (size_t i = 0; i < 3; i++)
        refuses(priced(1, 1, 1, 2), methods[i], "{\"ties\":\"parallel\"}", COCREATE_ERR_ARGUMENT,
                "$.ties: \"parallel\" lists committees; give seats, or a chain of ties");
    refuses(plain(), "equal_shares",
            "{\"seats\":2,\"ties\":\"parallel\",\"completion\":\"none\"}", COCREATE_ERR_ARGUMENT,
            "$.completion: with \"ties\": \"parallel\" every committee must be filled, by phragmen "
            "or greedy");
    cocreate_profile *p = plain();
    expect_places(p, "phragmen_seq", "{\"seats\":2,\"ties\":\"parallel\"}",
                  "1-3 a 1, 1-3 b 1, 1-3 c 1");
    cocreate_profile_free(p);
}

static void refuses_ties_that_stay(void **state)
{
    (void)state;
    const char *text = "3 options tie to be next, such as a, and no tie step tells which: add id or "
                       "lot to ties";
    refuses(priced(1, 1, 1, 2), "phragmen_seq", "{\"ties\":\"earliest\"}", COCREATE_ERR_TIE, text);
    refuses(priced(1, 1, 1, 3), "equal_shares", "{\"ties\":\"earliest\"}", COCREATE_ERR_TIE, text);
    refuses(priced(1, 1, 1, 2), "expanding_approvals", "{\"ties\":\"earliest\"}", COCREATE_ERR_TIE,
            text);
    refuses(priced(1, 1, 1, 2), "maximin_support", "{\"ties\":\"earliest\"}", COCREATE_ERR_TIE,
            text);
    refuses(priced(1, 1, 1, 2), "max_welfare", "{\"ties\":\"earliest\"}", COCREATE_ERR_TIE,
            "3 selections give the same welfare, and no tie step tells which is bought: add id or "
            "lot to ties");
}

static void refuses_other_options(void **state)
{
    (void)state;
    refuses(priced(1, 1, 1, 2), "equal_shares", "{\"satisfaction\":\"log_cost\"}",
            COCREATE_ERR_SCHEMA,
            "$.satisfaction: expected \"cost\", \"cardinality\", \"effort\" or \"sqrt_cost\", got "
            "\"log_cost\"");
    refuses(priced(1, 1, 1, 2), "equal_shares", "{\"increment\":0}", COCREATE_ERR_SCHEMA,
            "$.increment: 0 is out of range, expected 1 to 1000000000000");
    cocreate_profile *p = new_profile(COCREATE_BALLOT_POINTS, "ab");
    refuses(p, "phragmen_seq", "{\"seats\":1}", COCREATE_ERR_ARGUMENT,
            "phragmen_seq takes approvals, and the ballots are points");
}

static void limits(void **state)
{
    (void)state;
    static const struct {
        const char *limits, *text;
    } bad[] = {
        {"{}", "$.limits: expected a list such as [{\"options\":[\"a\",\"b\"],\"count\":1}]"},
        {"[{\"options\":[\"a\"]}]", "$.limits[0]: expected a count or a cost"},
        {"[{\"options\":[\"a\",\"x\"],\"count\":1}]",
         "$.limits[0].options[1]: no option \"x\" runs"},
        {"[{\"options\":[\"a\",\"a\"],\"count\":1}]",
         "$.limits[0].options[1]: the id stands here twice"},
        {"[{\"options\":[],\"cost\":-1}]", "$.limits[0].cost: a cost is not below 0"},
    };
    refuses(priced(1, 1, 1, 2), "greedy", "{\"limits\":\"a,b\"}", COCREATE_ERR_PARSE,
            "$.limits: line 1, column 1: expected a value, found 'a'");
    char options[256];
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        snprintf(options, sizeof options, "{\"limits\":%s}", bad[i].limits);
        refuses(priced(1, 1, 1, 2), "greedy", options, COCREATE_ERR_SCHEMA, bad[i].text);
    }
    refuses(priced(1, 1, 1, 2), "equal_shares", "{\"seats\":1,\"limits\":[]}",
            COCREATE_ERR_SCHEMA, "$.limits: limits are for budgets");
    cocreate_profile *p = priced(1, 1, 2, 4);
    expect_winners(p, "greedy", "{\"limits\":[{\"options\":[\"a\",\"b\"],\"count\":1}]}", "ac");
    expect_winners(p, "greedy", "{\"limits\":[{\"options\":[\"b\",\"c\"],\"cost\":\"2.5\"}]}",
                   "ab");
    /* As text, the way a command line gives it. */
    expect_winners(p, "max_welfare",
                   "{\"limits\":\"[{\\\"options\\\":[\\\"a\\\",\\\"c\\\"],\\\"count\\\":1}]\"}",
                   "bc");
    cocreate_ranking *r =
        rank(p, "greedy", "{\"limits\":[{\"options\":[\"a\",\"b\"],\"count\":1}]}");
    assert_non_null(strstr(cocreate_ranking_json(r),
                           "{\"limits\":[{\"count\":1,\"options\":[\"a\",\"b\"]}],"));
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
}

/* Nobody votes; everything is too dear; nothing costs anything. */
static void frames(void **state)
{
    (void)state;
    cocreate_profile *p = new_profile(COCREATE_BALLOT_APPROVAL, "ab");
    assert_status(cocreate_profile_set_budget(p, 10, 0, &check_error), COCREATE_OK);
    expect_winners(p, "equal_shares", NULL, "");
    expect_winners(p, "max_welfare", NULL, "");
    expect_winners(p, "greedy", NULL, "ab");
    expect_winners(p, "phragmen_seq", NULL, "ab"); /* an endless load, but it fits */
    expect_winners(p, "equal_shares", "{\"seats\":2}", "ab");
    cocreate_profile_free(p);
    p = priced(5, 6, 7, 4);
    expect_winners(p, "equal_shares", NULL, "");
    expect_winners(p, "phragmen_seq", NULL, "");
    expect_winners(p, "maximin_support", NULL, "");
    expect_winners(p, "max_welfare", NULL, "");
    cocreate_profile_free(p);
    p = priced(0, 0, 9, 0);
    expect_places(p, "equal_shares", NULL, "1-2 a 1, 1-2 b 1, 3 c 1");
    expect_winners(p, "phragmen_seq", NULL, "ab");
    expect_winners(p, "max_welfare", NULL, "ab");
    cocreate_profile_free(p);
}

/* Sums beyond 64 bits are refused; large amounts below that are exact. */
static void large_amounts(void **state)
{
    (void)state;
    int64_t big = INT64_MAX / 4;
    cocreate_profile *p = priced(big, big, big, INT64_MAX);
    expect_winners(p, "equal_shares", NULL, "abc");
    expect_winners(p, "phragmen_seq", NULL, "abc");
    expect_winners(p, "max_welfare", NULL, "abc");
    cocreate_profile_free(p);
    refuses(priced(INT64_MAX, INT64_MAX, 1, INT64_MAX), "max_welfare", NULL, COCREATE_ERR_OVERFLOW,
            "the welfare from b and others does not fit 64 bits");
    p = priced(INT64_MAX, INT64_MAX - 1, 1, INT64_MAX);
    expect_winners(p, "phragmen_seq", NULL, "cb");
    cocreate_profile_free(p);
}

/* The same ballots twice, in another order, as weights, or merged from parts: the same result. */
static void metamorphic(void **state)
{
    (void)state;
    static const char *const methods[][2] = {
        {"greedy", "{\"satisfaction\":\"cc\"}"}, {"phragmen_seq", "{}"}, {"maximin_support", "{}"},
        {"max_welfare", "{}"}, {"expanding_approvals", "{}"}, {"equal_shares", "{}"},
        {"equal_shares", "{\"completion\":\"add1u\"}"}};
    static const uint32_t ballots[][3] = {{0, 1, 2}, {1, 2, 0}, {2, 0, 1}, {0, 2, 1}};
    static const size_t sizes[] = {1, 2, 2, 3};
    for (size_t k = 0; k < sizeof methods / sizeof *methods; k++) {
        cocreate_profile *once = priced(3, 4, 5, 9), *other = priced(3, 4, 5, 9);
        for (size_t b = 0; b < 4; b++) {
            assert_status(cocreate_profile_add(once, ballots[b], NULL, sizes[b], 2, 2,
                                               &check_error),
                          COCREATE_OK);
            for (int twice = 0; twice < 2; twice++)
                assert_status(cocreate_profile_add(other, ballots[3 - b], NULL, sizes[3 - b], 1, 1,
                                                   &check_error),
                              COCREATE_OK);
        }
        cocreate_ranking *r = rank(once, methods[k][0], methods[k][1]);
        cocreate_ranking *s = rank(other, methods[k][0], methods[k][1]);
        assert_string_equal(cocreate_ranking_json(r), cocreate_ranking_json(s));
        cocreate_ranking_free(r);
        cocreate_ranking_free(s);
        cocreate_profile *merged = priced(3, 4, 5, 9);
        assert_status(cocreate_profile_merge(merged, once, &check_error), COCREATE_OK);
        assert_status(cocreate_profile_merge(merged, other, &check_error), COCREATE_OK);
        cocreate_profile *turned = priced(3, 4, 5, 9);
        assert_status(cocreate_profile_merge(turned, other, &check_error), COCREATE_OK);
        assert_status(cocreate_profile_merge(turned, once, &check_error), COCREATE_OK);
        r = rank(merged, methods[k][0], methods[k][1]);
        s = rank(turned, methods[k][0], methods[k][1]);
        assert_string_equal(cocreate_ranking_json(r), cocreate_ranking_json(s));
        cocreate_ranking_free(r);
        cocreate_ranking_free(s);
        cocreate_profile_free(once);
        cocreate_profile_free(other);
        cocreate_profile_free(merged);
        cocreate_profile_free(turned);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(needs_a_budget_or_seats), cmocka_unit_test(lists_committees_only),
        cmocka_unit_test(refuses_ties_that_stay),  cmocka_unit_test(refuses_other_options),
        cmocka_unit_test(frames),                  cmocka_unit_test(large_amounts),
        cmocka_unit_test(metamorphic),             cmocka_unit_test(limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
