/* The methods on majorities within the frame: options, limits, ties, traces, sentences, and what
 * must not change a result. Expected values are worked out by hand. */
#include "ranking_ballots.h"

static void expect_refusal(const cocreate_profile *p, const char *method, const char *options,
                           cocreate_status status, const char *text)
{
    cocreate_ranking *r = NULL;
    assert_failure(cocreate_rank(p, method, options, NULL, &r, &check_error), status, text);
    assert_null(r);
}

static const char *const names[] = {
    "condorcet", "condorcet_loser", "weak_condorcet", "smith", "schwartz", "uncovered", "banks",
    "copeland", "llull", "black", "minimax", "smith_minimax", "schulze", "ranked_pairs", "river",
    "split_cycle", "stable_voting", "simple_stable_voting", "leximax", "most_wins_smallest_loss",
    "simplified_dodgson", "loss_trimmer", "weighted_covering", "beta_uncovered", "pareto",
    "copeland_local_borda", "copeland_global_borda", "copeland_local_minimax",
    "copeland_global_minimax", "borda_minimax_faceoff", "condorcet_plurality", "daunou",
    "superior_voting",
};
#define NAMES (sizeof names / sizeof names[0])

static void reads_options_strictly(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABC", "2:ABC 1:BCA");
    expect_refusal(p, "uncovered", "{\"variant\":\"McKelvey\"}", COCREATE_ERR_SCHEMA,
                   "$.variant: expected \"left\", \"right\", \"mckelvey\" or \"fishburn\", got "
                   "\"McKelvey\"");
    expect_refusal(p, "ranked_pairs", "{\"strength\":\"opposition\"}", COCREATE_ERR_SCHEMA,
                   "$.strength: expected \"winning_votes\" or \"margins\", got \"opposition\"");
    expect_refusal(p, "beta_uncovered", "{\"beta\":\"0.4\"}", COCREATE_ERR_SCHEMA,
                   "$.beta: expected a number from 1/2 to 1");
    expect_refusal(p, "beta_uncovered", "{\"beta\":\"9/8\"}", COCREATE_ERR_SCHEMA,
                   "$.beta: expected a number from 1/2 to 1");
    expect_refusal(p, "smith", "{\"ties\":\"parallel\"}", COCREATE_ERR_SCHEMA,
                   "$.ties: smith does not follow all tie orders (\"parallel\")");
    expect_refusal(p, "ranked_pairs_zt", NULL, COCREATE_ERR_SCHEMA,
                   "$.seed: ranked_pairs_zt draws ballots and needs a seed of 64 hex digits");
    expect_refusal(p, "river_zt", "{\"ties\":\"id\"}", COCREATE_ERR_SCHEMA,
                   "$.ties: river_zt breaks ties by the ballots it draws; leave it out");
    cocreate_profile_free(p);
    p = new_profile(COCREATE_BALLOT_APPROVAL, "AB");
    for (size_t i = 0; i < NAMES; i++) {
        char text[96];
        snprintf(text, sizeof text, "%s takes rankings, and the ballots are approvals", names[i]);
        expect_refusal(p, names[i], NULL, COCREATE_ERR_ARGUMENT, text);
    }
    cocreate_profile_free(p);
}

/* One option wins alone; without ballots nobody is better than another. */
static void handles_next_to_nothing(void **state)
{
    (void)state;
    cocreate_profile *one = rankings("A", "3:A"), *none = new_profile(COCREATE_BALLOT_RANKING, "ABC");
    for (size_t i = 0; i < NAMES; i++) {
        expect_winners(one, names[i], NULL, "A");
        int nobody = strcmp(names[i], "condorcet") == 0;
        expect_winners(none, names[i], NULL, nobody ? "" : "ABC");
        expect_winners(none, names[i], "{\"ties\":\"id\"}", nobody ? "" : "A");
    }
    cocreate_profile_free(one);
    cocreate_profile_free(none);
}

/* The same winners after all ballots are doubled, cast in another order, and with the options in
 * another order. */
static void does_not_change(void **state)
{
    static const char *const elections[][3] = {
        {"3:ABCD 2:DABC 2:DBCA 2:CBDA", "2:CBDA 2:DBCA 3:ABCD 2:DABC 3:ABCD 2:CBDA 2:DABC 2:DBCA",
         "DBAC"},
        {"1:A=BC 2:CA 3:DB=A 1:BCDA 1:D", "3:DB=A 1:D 2:CA 1:BCDA 1:A=BC 1:D 3:DB=A 1:BCDA 2:CA 1:A=BC",
         "CADB"},
        {"1:ABCD 1:BCAD 1:CABD", "2:CABD 2:ABCD 2:BCAD", "DCBA"},
    };
    (void)state;
    for (size_t e = 0; e < 3; e++) {
        cocreate_profile *p = rankings("ABCD", elections[e][0]);
        cocreate_profile *doubled = rankings("ABCD", elections[e][1]);
        cocreate_profile *permuted = rankings(elections[e][2], elections[e][0]);
        for (size_t i = 0; i < NAMES; i++) {
            cocreate_ranking *a = rank(p, names[i], NULL), *b = rank(doubled, names[i], NULL);
            cocreate_ranking *c = rank(permuted, names[i], NULL);
            char expected[16], other[16];
            strcpy(expected, winners_text(p, a));
            assert_string_equal(winners_text(doubled, b), expected);
            strcpy(other, winners_text(permuted, c));
            assert_int_equal(strlen(other), strlen(expected));
            for (size_t k = 0; other[k] != '\0'; k++)
                assert_non_null(strchr(expected, other[k]));
            cocreate_ranking_free(a);
            cocreate_ranking_free(b);
            cocreate_ranking_free(c);
        }
        cocreate_profile_free(p);
        cocreate_profile_free(doubled);
        cocreate_profile_free(permuted);
    }
}

/* A circle of equal majorities: ranked pairs follow every order, or the chain, which is told. */
static void breaks_ties_of_pairs(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABC", "1:ABC 1:BCA 1:CAB");
    expect_places(p, "ranked_pairs", NULL, "1-3 A, 1-3 B, 1-3 C");
    /* A over B and B over C come before C over A. */
    expect_places(p, "ranked_pairs", "{\"ties\":\"id\"}", "1 A, 2 B, 3 C");
    expect_winners(p, "river", NULL, "ABC");
    expect_winners(p, "river", "{\"ties\":\"id\"}", "A");
    cocreate_ranking *r = rank(p, "ranked_pairs", "{\"ties\":\"id\"}");
    assert_non_null(strstr(cocreate_ranking_json(r),
                           "\"ties\":[{\"options\":[\"A\",\"B\",\"C\"],"
                           "\"order\":[\"A\",\"B\",\"C\"],\"step\":\"id\"}]"));
    assert_non_null(strstr(cocreate_ranking_json(r),
                           "{\"locked\":\"no\",\"over\":\"C\",\"strength\":\"2\",\"under\":\"A\"}"));
    cocreate_ranking_free(r);
    r = rank(p, "ranked_pairs", "{\"ties\":\"parallel\"}");
    assert_non_null(strstr(cocreate_ranking_json(r),
                           "\"universes\":[{\"options\":[\"A\",\"B\",\"C\"],\"orders\":3,"
                           "\"strength\":\"2\"}]"));
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
}

/* One ballot tells the whole order, whatever the seed; and where all ballots leave two equal a lot
 * parts them, so that every option has its own place. */
static void draws_ballots_for_ties(void **state)
{
    static const char options[] =
        "{\"seed\":\"47a3d5cb7adafeac8119564cc22c2b619fc1b549e17440e8d3b116a6ff688d49\"}";
    (void)state;
    cocreate_profile *p = rankings("ABC", "1:BAC");
    cocreate_ranking *r = rank(p, "ranked_pairs_zt", options);
    assert_string_equal(places_text(p, r), "1 B, 2 A, 3 C");
    assert_non_null(strstr(cocreate_ranking_json(r), "\"drawn\":[[[\"B\"],[\"A\"],[\"C\"]]]"));
    assert_non_null(strstr(cocreate_ranking_json(r),
                           "\"tie_breaking_ranking\":[\"B\",\"A\",\"C\"]"));
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
    p = rankings("ABCD", "2:A=B 2:CD");
    r = rank(p, "ranked_pairs_zt", options);
    for (size_t i = 0; i < 4; i++) {
        cocreate_place place = {.size = sizeof place};
        assert_status(cocreate_ranking_place(r, i, &place, &check_error), COCREATE_OK);
        assert_int_equal(place.from, i + 1);
        assert_int_equal(place.to, i + 1);
    }
    cocreate_ranking_free(r);
    r = rank(p, "river_zt", options);
    assert_int_equal(cocreate_ranking_winner_count(r), 1);
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
}

/* 15 options, each of which beats the next seven by as much (McGarvey 1953: two ballots for each
 * majority): more orders than are followed. */
static cocreate_profile *tangle(void)
{
    cocreate_profile *p = new_profile(COCREATE_BALLOT_RANKING, "ABCDEFGHIJKLMNO");
    for (uint32_t a = 0; a < 15; a++)
        for (uint32_t step = 1; step <= 7; step++) {
            uint32_t up[15] = {a, (a + step) % 15}, down[15], n = 2;
            for (uint32_t o = 0; o < 15; o++)
                if (o != up[0] && o != up[1])
                    up[n++] = o;
            for (uint32_t i = 0; i < 13; i++)
                down[i] = up[14 - i];
            down[13] = up[0];
            down[14] = up[1];
            assert_status(cocreate_profile_add(p, up, NULL, 15, 1, 1, &check_error), COCREATE_OK);
            assert_status(cocreate_profile_add(p, down, NULL, 15, 1, 1, &check_error), COCREATE_OK);
        }
    return p;
}

static void says_when_orders_are_too_many(void **state)
{
    (void)state;
    cocreate_profile *p = tangle();
    cocreate_ranking *r = NULL;
    expect_refusal(p, "ranked_pairs", "{\"ties\":\"parallel\"}", COCREATE_ERR_LIMIT,
                   "the orders of pairs of equal strength take more than 65536 steps to follow; break "
                   "ties by ties (id, earliest, lot)");
    r = rank(p, "ranked_pairs", NULL); /* all options are alike: so the bounds are exact */
    assert_int_equal(cocreate_ranking_winner_count(r), 15);
    assert_non_null(strstr(cocreate_ranking_json(r), "\"orders\":null"));
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
}

static void explains(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABC", "2:ABC 1:BCA");
    cocreate_text *text = NULL;
    cocreate_ranking *r = rank(p, "condorcet", NULL);
    assert_status(cocreate_ranking_explain(r, &text, &check_error), COCREATE_OK);
    assert_string_equal(cocreate_text_data(text),
                        "The winner is A.\nPlace 1: A.\nPlaces 2 to 3, tied: B.\n"
                        "Places 2 to 3, tied: C.\n"
                        "A beats every other option. The closest comparison: A beats B by 2 votes to "
                        "1.\n");
    cocreate_text_free(text);
    cocreate_ranking_free(r);
    r = rank(p, "loss_trimmer", NULL);
    assert_status(cocreate_ranking_explain(r, &text, &check_error), COCREATE_OK);
    assert_non_null(strstr(cocreate_text_data(text), "\nA: unbeaten by all that are left.\n"));
    cocreate_text_free(text);
    cocreate_ranking_free(r);
    /* By hand: all by 2 or 3 votes, and the step from A to C is told by A over B and B over C. */
    r = rank(p, "ranked_pairs", NULL);
    assert_status(cocreate_ranking_explain(r, &text, &check_error), COCREATE_OK);
    assert_non_null(strstr(cocreate_text_data(text), "\nPlace 3: C.\nB is locked over C with 3.\n"
                                                     "A is locked over B with 2.\n"));
    cocreate_text_free(text);
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_options_strictly),
        cmocka_unit_test(handles_next_to_nothing),
        cmocka_unit_test(does_not_change),
        cmocka_unit_test(breaks_ties_of_pairs),
        cmocka_unit_test(draws_ballots_for_ties),
        cmocka_unit_test(says_when_orders_are_too_many),
        cmocka_unit_test(explains),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
