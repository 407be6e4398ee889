/* Margins of victory and bootstrap confidence. Expected values are worked out by hand. */
#include "ranking_ballots.h"

static const char seed[] = "47a3d5cb7adafeac8119564cc22c2b619fc1b549e17440e8d3b116a6ff688d49";

static void expect_in(const cocreate_profile *p, const char *method, const char *options,
                      const char *text)
{
    cocreate_ranking *r = rank(p, method, options);
    if (strstr(cocreate_ranking_json(r), text) == NULL)
        print_error("%s\nis not in\n%s\n", text, cocreate_ranking_json(r));
    assert_non_null(strstr(cocreate_ranking_json(r), text));
    cocreate_ranking_free(r);
}

/* 10 to 5: with two votes moved 8 to 7 still stands, with three 7 to 8 does not. */
static void plurality_moves_half_of_the_lead(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("AB", "10:AB 5:BA");
    expect_in(p, "plurality", "{\"margin\":\"yes\"}",
              "\"margin\":{\"by\":\"B\",\"lower\":\"3\",\"upper\":\"3\"}");
    expect_in(p, "schulze", "{\"margin\":\"yes\"}",
              "\"margin\":{\"by\":\"B\",\"lower\":\"3\",\"upper\":\"3\"}");
    cocreate_profile_free(p);
    p = rankings("AB", "10:AB 6:BA"); /* with two moved they tie, which is another result */
    expect_in(p, "plurality", "{\"margin\":\"yes\"}",
              "\"margin\":{\"by\":\"B\",\"lower\":\"2\",\"upper\":\"2\"}");
    cocreate_profile_free(p);
}

/* A tie is undone by one ballot, whoever casts it. */
static void a_tie_has_a_margin_of_one(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABC", "4:ABC 4:BAC 1:CAB");
    expect_in(p, "plurality", "{\"margin\":\"yes\"}", "\"lower\":\"1\",\"upper\":\"1\"");
    cocreate_profile_free(p);
}

/* Blank ballots are ballots that could have been cast: 3 to 2 with four blank ones takes one. */
static void blank_ballots_can_be_cast(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("AB", "3:AB 2:BA 4:");
    expect_in(p, "plurality", "{\"margin\":\"yes\"}", "\"lower\":\"1\",\"upper\":\"1\"");
    cocreate_profile_free(p);
}

/* Xia (2012), section 2: in the margin of approval each changed ballot takes 1 and gives 1. Here
 * A 6, B 1; ballots {B} instead of {A} give 4 and 3 after two, 3 and 4 after three. */
static void approvals_move_both_ways(void **state)
{
    (void)state;
    cocreate_profile *p = new_profile(COCREATE_BALLOT_APPROVAL, "AB");
    assert_status(cocreate_profile_add(p, (uint32_t[]){0}, NULL, 1, 6, 6, &check_error),
                  COCREATE_OK);
    assert_status(cocreate_profile_add(p, (uint32_t[]){1}, NULL, 1, 1, 1, &check_error),
                  COCREATE_OK);
    expect_in(p, "approval", "{\"margin\":\"yes\"}",
              "\"margin\":{\"by\":\"B\",\"lower\":\"3\",\"upper\":\"3\"}");
    cocreate_profile_free(p);
}

/* Nothing can change who wins among one. */
static void a_single_option_has_none(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("A", "3:A");
    expect_in(p, "plurality", "{\"margin\":\"yes\"}",
              "\"margin\":{\"by\":null,\"lower\":\"1\",\"upper\":null}");
    cocreate_profile_free(p);
}

/* When all voters agree every resampling agrees. */
static void unanimity_is_certain(void **state)
{
    char options[160];
    (void)state;
    cocreate_profile *p = rankings("AB", "9:AB");
    snprintf(options, sizeof options, "{\"bootstrap\":200,\"seed\":\"%s\"}", seed);
    expect_in(p, "borda", options,
              "\"confidence\":{\"level\":\"19/20\",\"options\":["
              "{\"from\":1,\"option\":\"A\",\"to\":1,\"wins\":200},"
              "{\"from\":2,\"option\":\"B\",\"to\":2,\"wins\":0}],\"replicates\":200}");
    cocreate_profile_free(p);
}

static long wins_of_first(const cocreate_ranking *r)
{
    const char *at = strstr(cocreate_ranking_json(r), "\"wins\":");
    assert_non_null(at);
    return strtol(at + strlen("\"wins\":"), NULL, 10);
}

/* A has 60 of 100 votes. In a resampling its votes are binomial (100, 0.6): it has at least half in
 * 98.3 % (from the binomial sum; P(X >= 50) = 0.98324). Of 20,000 resamplings that is 19,665 with a
 * standard deviation of 18; five of them are allowed. */
static void shares_follow_the_binomial(void **state)
{
    char options[160];
    (void)state;
    cocreate_profile *p = rankings("AB", "60:AB 40:BA");
    snprintf(options, sizeof options, "{\"bootstrap\":20000,\"seed\":\"%s\"}", seed);
    cocreate_ranking *r = rank(p, "plurality", options);
    assert_true(labs(wins_of_first(r) - 19665) < 91);
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
}

static void the_seed_alone_decides(void **state)
{
    char options[160];
    (void)state;
    cocreate_profile *p = rankings("ABC", "3:ABC 2:BCA 2:CAB 1:"),
                     *q = rankings("ABC", "1: 2:CAB 2:ABC 2:BCA 1:ABC");
    snprintf(options, sizeof options, "{\"bootstrap\":500,\"seed\":\"%s\"}", seed);
    cocreate_ranking *a = rank(p, "irv", options), *b = rank(p, "irv", options);
    assert_string_equal(cocreate_ranking_digest(a), cocreate_ranking_digest(b));
    cocreate_ranking_free(b);
    b = rank(q, "irv", options);
    assert_string_equal(cocreate_ranking_json(a), cocreate_ranking_json(b));
    cocreate_ranking_free(a);
    cocreate_ranking_free(b);
    cocreate_profile_free(p);
    cocreate_profile_free(q);
}

static void refuses(void **state)
{
    (void)state;
    char options[160];
    cocreate_ranking *r = NULL;
    cocreate_profile *p = rankings("AB", "1:AB");
    assert_failure(cocreate_rank(p, "borda", "{\"bootstrap\":10}", NULL, &r, &check_error),
                   COCREATE_ERR_SCHEMA,
                   "$.seed: \"bootstrap\" draws ballots and needs a seed of 64 hex digits");
    assert_failure(cocreate_rank(p, "borda", "{\"margin\":\"maybe\"}", NULL, &r, &check_error),
                   COCREATE_ERR_SCHEMA, "$.margin: expected \"no\" or \"yes\", got \"maybe\"");
    snprintf(options, sizeof options, "{\"bootstrap\":10,\"seed\":\"%s\"}", seed);
    cocreate_profile *empty = rankings("AB", "");
    assert_failure(cocreate_rank(empty, "borda", options, NULL, &r, &check_error),
                   COCREATE_ERR_ARGUMENT, "$.bootstrap: there are no ballots to draw");
    cocreate_profile_free(empty);
    assert_status(cocreate_profile_add(p, (uint32_t[]){1}, NULL, 1, 2, 3, &check_error),
                  COCREATE_OK);
    assert_failure(cocreate_rank(p, "borda", options, NULL, &r, &check_error),
                   COCREATE_ERR_ARGUMENT,
                   "$.bootstrap: 2 equal ballots weigh 3 together, so that no weight of each can be "
                   "drawn");
    cocreate_profile_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plurality_moves_half_of_the_lead),
        cmocka_unit_test(a_tie_has_a_margin_of_one),
        cmocka_unit_test(blank_ballots_can_be_cast),
        cmocka_unit_test(approvals_move_both_ways),
        cmocka_unit_test(a_single_option_has_none),
        cmocka_unit_test(unanimity_is_certain),
        cmocka_unit_test(shares_follow_the_binomial),
        cmocka_unit_test(the_seed_alone_decides),
        cmocka_unit_test(refuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
