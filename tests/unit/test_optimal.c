/* The methods that search: options, limits, draws, and what must not change a result. Expected
 * values are worked out by hand. */
#include "ranking_ballots.h"

#include "cocreate/cocreate.h"

static const char seed[] = "47a3d5cb7adafeac8119564cc22c2b619fc1b549e17440e8d3b116a6ff688d49";

static const char *const methods[] = {"kemeny",         "slater",        "maximal_lotteries",
                                      "bipartisan_set", "essential_set", "random_ballot",
                                      "proportional_borda", "young",     "dodgson"};

#define METHODS (sizeof methods / sizeof methods[0])

static void expect_refusal(const cocreate_profile *p, const char *method, const char *options,
                           cocreate_status status, const char *text)
{
    cocreate_ranking *r = (cocreate_ranking *)p; /* anything: it must stay */
    assert_failure(cocreate_rank(p, method, options, NULL, &r, &check_error), status, text);
    assert_ptr_equal(r, p);
}

static void reads_options_strictly(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("AB", "1:AB");
    expect_refusal(p, "kemeny", "{\"unranked\":\"top\"}", COCREATE_ERR_SCHEMA,
                   "$.unranked: expected \"bottom\" or \"ignored\", got \"top\"");
    expect_refusal(p, "maximal_lotteries", "{\"variant\":\"c2\"}", COCREATE_ERR_SCHEMA,
                   "$.variant: expected \"margins\" or \"c1\", got \"c2\"");
    expect_refusal(p, "young", "{\"variant\":\"both\"}", COCREATE_ERR_SCHEMA,
                   "$.variant: expected \"weak\" or \"strong\", got \"both\"");
    expect_refusal(p, "dodgson", "{\"unranked\":\"ignored\"}", COCREATE_ERR_SCHEMA,
                   "$.unranked: unknown key, known are \"ties\", \"seed\", \"context\", "
                   "\"seats\", \"margin\" or \"bootstrap\"");
    expect_refusal(p, "kemeny", "{\"ties\":\"parallel\"}", COCREATE_ERR_SCHEMA,
                   "$.ties: kemeny does not follow all tie orders (\"parallel\")");
    cocreate_profile_free(p);
}

/* n options in a circle: each ballot begins one option later than the one before. */
static cocreate_profile *circle(size_t n, int64_t weight)
{
    cocreate_profile *p = NULL;
    assert_status(cocreate_profile_new(NULL, COCREATE_BALLOT_RANKING, n, &p, &check_error),
                  COCREATE_OK);
    for (size_t v = 0; v < n; v++) {
        uint32_t options[200];
        int64_t ranks[200];
        for (size_t i = 0; i < n; i++) {
            options[i] = (uint32_t)((v + i) % n);
            ranks[i] = (int64_t)i + 1;
        }
        assert_status(cocreate_profile_add(p, options, ranks, n, 1, weight, &check_error),
                      COCREATE_OK);
    }
    return p;
}

/* The refusal begins so, and goes on with a bound from below and one from above, between which `some`
 * order lies. */
static void expect_bounds(const cocreate_profile *p, const char *method, const char *text, long some)
{
    cocreate_ranking *r = NULL;
    cocreate_error error;
    char *end;
    assert_status(cocreate_rank(p, method, NULL, NULL, &r, &error), COCREATE_ERR_LIMIT);
    if (strncmp(error.text, text, strlen(text)) != 0)
        print_error("%s\n", error.text);
    assert_int_equal(strncmp(error.text, text, strlen(text)), 0);
    long low = strtol(error.text + strlen(text), &end, 10);
    assert_int_equal(strncmp(end, " and at most ", 13), 0);
    long high = strtol(end + 13, &end, 10);
    assert_true(0 < low && low <= some && low <= high);
    print_message("%s: %ld to %ld\n", method, low, high);
}

static void says_where_it_ends(void **state)
{
    (void)state;
    cocreate_profile *p = circle(65, 1);
    /* The order of the first ballot reverses those of its pairs that stand d = 33 .. 64 apart: 65 - d of
     * them, each with d against 65 - d votes; in all 528, and 11440 votes more than are with it. */
    expect_bounds(p, "kemeny",
                  "kemeny: a circle of majorities or ties joins 65 options, more than 64; the majorities "
                  "that a best ranking of these reverses add up to at least ",
                  11440);
    expect_bounds(p, "slater",
                  "slater: a circle of majorities or ties joins 65 options, more than 64; the majorities "
                  "that a best ranking of these reverses add up to at least ",
                  528);
    expect_refusal(p, "young", NULL, COCREATE_ERR_LIMIT,
                   "young takes at most 64 options, and 65 run");
    expect_refusal(p, "dodgson", NULL, COCREATE_ERR_LIMIT,
                   "dodgson takes at most 64 options, and 65 run");
    cocreate_profile_free(p);
    p = circle(129, 1);
    expect_refusal(p, "maximal_lotteries", NULL, COCREATE_ERR_LIMIT,
                   "maximal_lotteries: 129 options are in the Smith set, more than 128");
    cocreate_profile_free(p);
    p = circle(3, INT64_C(1) << 61);
    expect_refusal(p, "young", NULL, COCREATE_ERR_LIMIT,
                   "young takes ballots of a weight up to 2147483647, and theirs is "
                   "6917529027641081856");
    expect_refusal(p, "kemeny", NULL, COCREATE_ERR_OVERFLOW,
                   "kemeny: the majorities among 3 options add up to more than 2^60");
    /* The weights of a lottery know no limit. */
    cocreate_ranking *r = rank(p, "maximal_lotteries", NULL);
    cocreate_place place = {.size = sizeof place};
    assert_status(cocreate_ranking_place(r, 2, &place, &check_error), COCREATE_OK);
    assert_string_equal(place.exact, "1/3");
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
}

/* A circle of n: the rankings that go once around, from any option on, are the best ones. */
static void ranks_circles(void **state)
{
    static const size_t sizes[] = {3, 7, 20, 21, 40, 64};
    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        char optima[32];
        cocreate_profile *p = circle(sizes[i], 1);
        cocreate_ranking *r = rank(p, "kemeny", NULL);
        snprintf(optima, sizeof optima, "\"optima\":\"%zu\"", sizes[i]);
        assert_non_null(strstr(cocreate_ranking_json(r), optima));
        assert_int_equal(cocreate_ranking_winner_count(r), sizes[i]);
        cocreate_ranking_free(r);
        r = rank(p, "kemeny", "{\"ties\":\"id\"}");
        for (size_t k = 0; k < sizes[i]; k++) {
            cocreate_place place = {.size = sizeof place};
            assert_status(cocreate_ranking_place(r, k, &place, &check_error), COCREATE_OK);
            assert_int_equal(place.option, k);
            assert_int_equal(place.from, k + 1);
            assert_int_equal(place.to, k + 1);
        }
        cocreate_ranking_free(r);
        cocreate_profile_free(p);
    }
}

/* The chain decides place by place who of those comes next that can: C over B over A over C, 4
 * to 2 each, so that one of them is reversed: BAC, ACB or CBA. */
static void breaks_ties_place_by_place(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABC", "2:BAC 2:ACB 2:CBA");
    expect_places(p, "kemeny", "{\"seats\":2}", "1-3 A, 1-3 B, 1-3 C");
    expect_places(p, "kemeny", "{\"ties\":\"id\"}", "1 A, 2 C, 3 B");
    cocreate_ranking *r = rank(p, "kemeny", "{\"ties\":\"id\"}");
    assert_non_null(strstr(cocreate_ranking_json(r),
                           "\"ties\":[{\"options\":[\"A\",\"B\",\"C\"],\"order\":[\"A\",\"B\",\"C\"],"
                           "\"step\":\"id\"}]"));
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
}

static void explains_in_sentences(void **state)
{
    static const char *const expected[] = {
        "The nearest rankings disagree 4 times with a ballot about two options.\n"
        "3 rankings do so; one of them is A, B, C.\n",
        "The nearest rankings reverse 1 majority.\n3 rankings do so; one of them is A, B, C.\n",
        "One of 3 options is drawn: with these probabilities the draw is not expected to lose to any "
        "option.\n",
        "A, B and C can be drawn by a lottery that is expected to win as many comparisons as it loses, "
        "or more, against any option.\n",
        "A, B and C can be drawn by a lottery that is not expected to lose votes to any option.\n",
        "Everyone is as likely to be drawn as the share of the ballots says that rank them first.\n",
        "Everyone is as likely to be drawn as the share of Borda's points says.\n",
        "A wins when 1 ballot is removed.\n",
        "A wins when 1 swap of neighbours is made.\n",
    };
    (void)state;
    cocreate_profile *p = rankings("ABC", "1:ABC 1:BCA 1:CAB");
    for (size_t i = 0; i < METHODS; i++) {
        cocreate_text *text = NULL;
        cocreate_ranking *r = rank(p, methods[i], NULL);
        assert_status(cocreate_ranking_explain(r, &text, &check_error), COCREATE_OK);
        if (strstr(cocreate_text_data(text), expected[i]) == NULL)
            print_error("%s", cocreate_text_data(text));
        assert_non_null(strstr(cocreate_text_data(text), expected[i]));
        cocreate_text_free(text);
        cocreate_ranking_free(r);
    }
    cocreate_profile_free(p);
}

/* -- Draws ------------------------------------------------------------------------------------ */

/* Rule cc-draw/1 (lib/ranking/optimal/lottery.h) with 5, 3 and 2 tickets, worked out with
 * Python's hmac. */
static void draws_by_the_seed(void **state)
{
    static const char *const drawn[][2] = {{"", "ABCD"}, {"round:1", "ACBD"}, {"x", "ACBD"},
                                           {"y", "ABCD"}, {"spring", "BACD"}};
    (void)state;
    cocreate_profile *p = rankings("ABCD", "5:ABCD 3:BCDA 2:CABD");
    for (size_t i = 0; i < sizeof drawn / sizeof drawn[0]; i++) {
        char options[256], order[5] = "";
        snprintf(options, sizeof options, "{\"seed\":\"%s\",\"context\":\"%s\"}", seed, drawn[i][0]);
        cocreate_ranking *r = rank(p, "random_ballot", options);
        for (size_t k = 0; k < 4; k++) {
            cocreate_place place = {.size = sizeof place};
            assert_status(cocreate_ranking_place(r, k, &place, &check_error), COCREATE_OK);
            assert_int_equal(place.from, k + 1);
            assert_int_equal(place.to, k + 1);
            order[k] = "ABCD"[place.option];
        }
        assert_string_equal(order, drawn[i][1]);
        cocreate_ranking_free(r);
    }
    cocreate_profile_free(p);
}

/* What is drawn is told, and so are the seed and the context. */
static void tells_a_draw(void **state)
{
    char options[256];
    (void)state;
    cocreate_profile *p = rankings("AB", "3:AB 1:BA");
    snprintf(options, sizeof options, "{\"seed\":\"%s\"}", seed);
    cocreate_ranking *r = rank(p, "maximal_lotteries", options);
    assert_non_null(strstr(cocreate_ranking_json(r), "\"options\":{\"context\":\"\",\"seed\":\"47a3"));
    assert_non_null(strstr(cocreate_ranking_json(r),
                           "\"draws\":[{\"option\":\"A\",\"probability\":\"1\"}]"));
    assert_string_equal(places_text(p, r), "1 A 1, 2 B 0");
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
}

/* Of many seeds each option gets its share: 10,000 draws at 1/2, 3/10 and 1/5 lie within 5
 * standard deviations. */
static void draws_in_proportion(void **state)
{
    static const double shares[] = {0.5, 0.3, 0.2, 0};
    size_t drawn[4] = {0};
    (void)state;
    cocreate_profile *p = rankings("ABCD", "5:ABCD 3:BCDA 2:CABD");
    for (unsigned i = 0; i < 10000; i++) {
        char options[256];
        snprintf(options, sizeof options, "{\"seed\":\"%s\",\"context\":\"%u\"}", seed, i);
        cocreate_ranking *r = rank(p, "random_ballot", options);
        assert_int_equal(cocreate_ranking_winner_count(r), 1);
        drawn[cocreate_ranking_winner(r, 0)]++;
        cocreate_ranking_free(r);
    }
    for (size_t i = 0; i < 4; i++) {
        double expected = 10000 * shares[i], off = (double)drawn[i] - expected;
        assert_true(off * off <= 25 * expected * (1 - shares[i]));
    }
    cocreate_profile_free(p);
}

/* -- What must not change a result ------------------------------------------------------------ */

static const char some_ballots[] = "3:ABCDE 2:BDAE 4:CEDBA 1:D=EA 2:EABC 1:C=A=B";

/* The same places when every ballot stands there twice, except that twice as many are removed or
 * swapped, nearly. */
static void doubles(void **state)
{
    (void)state;
    cocreate_profile *once = rankings("ABCDE", some_ballots), *twice = rankings("ABCDE", some_ballots);
    add_rankings(twice, "ABCDE", some_ballots);
    for (size_t i = 0; i + 2 < METHODS; i++) {
        char expected[512];
        cocreate_ranking *r = rank(once, methods[i], NULL);
        snprintf(expected, sizeof expected, "%s", places_text(once, r));
        cocreate_ranking_free(r);
        expect_places(twice, methods[i], NULL, expected);
    }
    cocreate_profile_free(once);
    cocreate_profile_free(twice);
}

static void ignores_the_order_of_ballots(void **state)
{
    (void)state;
    cocreate_profile *one = rankings("ABCDE", some_ballots);
    cocreate_profile *other =
        rankings("ABCDE", "1:C=A=B 2:EABC 1:D=EA 2:CEDBA 1:ABCDE 2:BDAE 2:CEDBA 2:ABCDE");
    for (size_t i = 0; i < METHODS; i++) {
        cocreate_ranking *a = rank(one, methods[i], NULL), *b = rank(other, methods[i], NULL);
        assert_string_equal(cocreate_ranking_json(a), cocreate_ranking_json(b));
        cocreate_ranking_free(a);
        cocreate_ranking_free(b);
    }
    cocreate_profile_free(one);
    cocreate_profile_free(other);
}

/* Options in another order of the file keep their places and scores. */
static void ignores_the_order_of_options(void **state)
{
    (void)state;
    cocreate_profile *one = rankings("ABCDE", some_ballots), *other = rankings("DBEAC", some_ballots);
    for (size_t i = 0; i < METHODS; i++) {
        cocreate_ranking *a = rank(one, methods[i], NULL), *b = rank(other, methods[i], NULL);
        for (size_t x = 0; x < 5; x++)
            for (size_t y = 0; y < 5; y++) {
                cocreate_place s = {.size = sizeof s}, t = {.size = sizeof t};
                assert_status(cocreate_ranking_place(a, x, &s, &check_error), COCREATE_OK);
                assert_status(cocreate_ranking_place(b, y, &t, &check_error), COCREATE_OK);
                if ("ABCDE"[s.option] != "DBEAC"[t.option])
                    continue;
                assert_int_equal(s.from, t.from);
                assert_int_equal(s.to, t.to);
                if (s.has_score)
                    assert_string_equal(s.exact, t.exact);
            }
        cocreate_ranking_free(a);
        cocreate_ranking_free(b);
    }
    cocreate_profile_free(one);
    cocreate_profile_free(other);
}

static void leaves_out_the_withdrawn(void **state)
{
    (void)state;
    cocreate_profile *with = rankings("ABCX", "4:XABC 3:BC=X 2:CXA 5:X");
    cocreate_profile *without = rankings("ABC", "4:ABC 3:BC 2:CA 5:");
    cocreate_option option = {sizeof option, NULL, NULL, 0, COCREATE_NO_TIME, 1};
    assert_status(cocreate_profile_set_option(with, 3, &option, &check_error), COCREATE_OK);
    for (size_t i = 0; i < METHODS; i++) {
        char expected[256];
        cocreate_ranking *r = rank(without, methods[i], NULL);
        snprintf(expected, sizeof expected, "%s", places_text(without, r));
        cocreate_ranking_free(r);
        expect_places(with, methods[i], NULL, expected);
    }
    cocreate_profile_free(with);
    cocreate_profile_free(without);
}

static int stop(void *user, uint64_t done, uint64_t total)
{
    (void)done, (void)total;
    return ++*(int *)user > 1;
}

static void can_be_cancelled(void **state)
{
    (void)state;
    cocreate_profile *p = circle(20, 1);
    for (size_t i = 0; i < METHODS; i++) {
        int calls = 0;
        cocreate_progress progress = {sizeof progress, stop, &calls};
        cocreate_ranking *r = NULL;
        cocreate_status status =
            cocreate_rank(p, methods[i], NULL, &progress, &r, &check_error);
        assert_true(status == COCREATE_ERR_CANCELLED || calls <= 1);
        cocreate_ranking_free(r);
    }
    cocreate_profile_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_options_strictly),
        cmocka_unit_test(says_where_it_ends),
        cmocka_unit_test(ranks_circles),
        cmocka_unit_test(breaks_ties_place_by_place),
        cmocka_unit_test(explains_in_sentences),
        cmocka_unit_test(draws_by_the_seed),
        cmocka_unit_test(tells_a_draw),
        cmocka_unit_test(draws_in_proportion),
        cmocka_unit_test(doubles),
        cmocka_unit_test(ignores_the_order_of_ballots),
        cmocka_unit_test(ignores_the_order_of_options),
        cmocka_unit_test(leaves_out_the_withdrawn),
        cmocka_unit_test(can_be_cancelled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
