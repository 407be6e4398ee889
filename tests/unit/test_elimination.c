/* The frame of the elimination methods and of points by rank: options refused, edges, traces,
 * sentences, and what must not matter. */
#include "ranking_ballots.h"

static const char *const methods[] = {
    "absolute_majority", "approval_irv", "baldwin",    "benham",   "bottoms_up",
    "btr_irv",           "bucklin",      "condorcet_irv", "coombs", "irv",
    "iterated_removal_condorcet_loser",  "k_approval", "nanson",   "plurality",
    "positive_negative", "raynaud",      "smith_irv",  "split_irv", "supplementary",
    "tideman_alternative", "two_round",  "veto",       "woodall",
};
#define METHODS (sizeof methods / sizeof methods[0])

/* The error begins with this text. */
static void expect_refusal(const cocreate_profile *p, const char *method, const char *options,
                           cocreate_status status, const char *text)
{
    cocreate_ranking *r = NULL;
    cocreate_error error;
    assert_status(cocreate_rank(p, method, options, NULL, &r, &error), status);
    assert_int_equal(strncmp(error.text, text, strlen(text)), 0);
    assert_null(r);
}

static void refuses_options(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABC", "2:ABC 1:BCA");
    expect_refusal(p, "coombs", "{\"elimination\":\"parallel\",\"ties\":\"id\"}",
                   COCREATE_ERR_SCHEMA,
                   "$.ties: elimination=parallel follows every order of a tie; leave out one of the "
                   "two");
    expect_refusal(p, "coombs", "{\"elimination\":\"batch\"}", COCREATE_ERR_SCHEMA,
                   "$.elimination: expected \"one\", \"all_tied\" or \"parallel\", got \"batch\"");
    expect_refusal(p, "nanson", "{\"elimination\":\"one\"}", COCREATE_ERR_SCHEMA,
                   "$.elimination: unknown key, known are \"unranked\", \"variant\", ");
    expect_refusal(p, "nanson", "{\"ties\":\"parallel\"}", COCREATE_ERR_SCHEMA,
                   "$.ties: nanson does not follow all tie orders (\"parallel\")");
    expect_refusal(p, "bottoms_up", "{\"threshold\":\"0\"}", COCREATE_ERR_SCHEMA,
                   "$.threshold: expected more than 0 and at most 100 per cent");
    expect_refusal(p, "bottoms_up", "{\"threshold\":\"201/2\"}", COCREATE_ERR_SCHEMA,
                   "$.threshold: expected more than 0 and at most 100 per cent");
    expect_refusal(p, "bottoms_up", "{\"elimination\":\"cutoff\"}", COCREATE_ERR_SCHEMA,
                   "$.elimination: cutoff is for a threshold, and there is none");
    expect_refusal(p, "irv", "{\"minimum\":4}", COCREATE_ERR_ARGUMENT,
                   "$.minimum: nobody has 4 votes, so that nobody could win");
    expect_refusal(p, "irv", "{\"overvote\":\"exhaust\",\"ties\":\"parallel\"}",
                   COCREATE_ERR_ARGUMENT,
                   "$.overvote: with \"exhaust\" ballots tell in what order options left");
    expect_refusal(p, "k_approval", "{\"k\":0}", COCREATE_ERR_SCHEMA,
                   "$.k: 0 is out of range, expected 1 to 1000000");
    expect_refusal(p, "supplementary", "{\"preferences\":\"0\"}", COCREATE_ERR_SCHEMA,
                   "$.preferences: 0 is out of range, expected 1 to 1000000");
    cocreate_profile_free(p);
}

static void refuses_other_ballots(void **state)
{
    (void)state;
    cocreate_profile *p = new_profile(COCREATE_BALLOT_APPROVAL, "AB");
    char text[128];
    for (size_t i = 0; i < METHODS; i++) {
        snprintf(text, sizeof text, "%s takes rankings, and the ballots are approvals", methods[i]);
        expect_refusal(p, methods[i], NULL, COCREATE_ERR_ARGUMENT, text);
    }
    cocreate_profile_free(p);
}

/* Nobody voted, one option, none left, and only ballots without a preference. */
static void edges(void **state)
{
    (void)state;
    for (size_t i = 0; i < METHODS; i++) {
        cocreate_profile *p = new_profile(COCREATE_BALLOT_RANKING, "AB");
        cocreate_ranking *r = rank(p, methods[i], NULL);
        int none = strcmp(methods[i], "absolute_majority") == 0;
        assert_string_equal(winners_text(p, r), none ? "" : "AB");
        cocreate_ranking_free(r);
        add_rankings(p, "AB", "3:");
        r = rank(p, methods[i], NULL);
        assert_string_equal(winners_text(p, r), none ? "" : "AB");
        assert_non_null(strstr(cocreate_ranking_json(r), "\"empty\":3"));
        cocreate_ranking_free(r);
        cocreate_option gone = {.size = sizeof gone, .id = "B", .withdrawn = 1,
                                .at = COCREATE_NO_TIME};
        assert_status(cocreate_profile_set_option(p, 1, &gone, &check_error), COCREATE_OK);
        add_rankings(p, "AB", "1:BA");
        expect_winners(p, methods[i], NULL, "A");
        gone.id = "A";
        assert_status(cocreate_profile_set_option(p, 0, &gone, &check_error), COCREATE_OK);
        expect_places(p, methods[i], NULL, "");
        cocreate_profile_free(p);
    }
}

/* The same election with other letters, options the other way round, every ballot twice, and added
 * in another order. */
static void expect_same_under(const char *letters, const char *ballots, const char *method,
                              const char *options, const char *winners, const char *what)
{
    cocreate_profile *p = rankings(letters, ballots);
    cocreate_ranking *r = rank(p, method, options);
    if (strcmp(winners_text(p, r), winners) != 0)
        print_error("%s: %s\n", method, what);
    assert_string_equal(winners_text(p, r), winners);
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
}

static void what_must_not_matter(void **state)
{
    (void)state;
    static const char *const variants[] = {NULL, "{\"elimination\":\"all_tied\"}",
                                           "{\"elimination\":\"parallel\"}", "{\"minimum\":2}"};
    for (size_t i = 0; i < METHODS; i++)
        for (size_t k = 0; k < sizeof variants / sizeof variants[0]; k++) {
            cocreate_profile *p = rankings("ABCD", "3:AB=CD 2:BCA 2:CAB 1:DC");
            cocreate_ranking *r = NULL;
            char winners[8];
            if (cocreate_rank(p, methods[i], variants[k], NULL, &r, &check_error) != COCREATE_OK) {
                cocreate_profile_free(p); /* no `elimination` here */
                continue;
            }
            strcpy(winners, winners_text(p, r));
            cocreate_ranking_free(r);
            cocreate_profile_free(p);
            expect_same_under("ABCD", "1:DC 2:CAB 1:AB=CD 2:BCA 2:AB=CD", methods[i], variants[k],
                              winners, "another order of ballots");
            expect_same_under("ABCD", "6:AB=CD 4:BCA 4:CAB 2:DC", methods[i], variants[k], winners,
                              "every ballot twice");
            p = rankings("DCBA", "3:AB=CD 2:BCA 2:CAB 1:DC");
            r = rank(p, methods[i], variants[k]);
            assert_int_equal(strlen(winners_text(p, r)), strlen(winners));
            for (const char *c = winners; *c != '\0'; c++)
                assert_non_null(strchr(winners_text(p, r), *c));
            cocreate_ranking_free(r);
            cocreate_profile_free(p);
        }
}

/* A round as its textbook shows it, and as a contributor reads it. */
static void traces_rounds(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("MNCK", "42:MNCK 26:NCKM 15:CKNM 17:KCNM");
    cocreate_ranking *r = rank(p, "smith_irv", NULL);
    assert_non_null(strstr(
        cocreate_ranking_json(r),
        "\"trace\":{\"blank\":\"0\",\"order\":[\"M\",\"N\",\"C\",\"K\"],\"pairwise\":[[0,42,42,42],"
        "[58,0,68,68],[58,32,0,83],[58,32,17,0]],\"rounds\":[{\"eliminated\":[\"M\",\"C\",\"K\"],"
        "\"exhausted\":\"0\",\"round\":1,\"votes\":{\"C\":\"15\",\"K\":\"17\",\"M\":\"42\","
        "\"N\":\"26\"}}],\"smith\":[\"N\"]}"));
    cocreate_text *text = NULL;
    assert_status(cocreate_ranking_explain(r, &text, &check_error), COCREATE_OK);
    assert_non_null(strstr(cocreate_text_data(text),
                           "Round 1: M, C and K leave: outside the Smith set.\n"));
    cocreate_text_free(text);
    cocreate_ranking_free(r);
    r = rank(p, "benham", NULL);
    assert_non_null(strstr(cocreate_ranking_json(r),
                           "\"rounds\":[{\"elected\":[\"N\"],\"eliminated\":[],\"exhausted\":\"0\","
                           "\"round\":1,\"votes\":{"));
    assert_status(cocreate_ranking_explain(r, &text, &check_error), COCREATE_OK);
    assert_non_null(strstr(cocreate_text_data(text),
                           "Round 1: N wins: beats everyone who is left.\n"));
    cocreate_text_free(text);
    cocreate_ranking_free(r);
    r = rank(p, "baldwin", NULL);
    assert_non_null(strstr(cocreate_ranking_json(r),
                           "{\"eliminated\":[\"K\"],\"round\":1,\"scores\":{\"C\":\"173\","
                           "\"K\":\"107\",\"M\":\"126\",\"N\":\"194\"}}"));
    cocreate_ranking_free(r);
    r = rank(p, "two_round", NULL);
    assert_non_null(strstr(cocreate_ranking_json(r),
                           "{\"eliminated\":[],\"exhausted\":\"0\",\"round\":2,\"votes\":{"
                           "\"M\":\"42\",\"N\":\"58\"}}]"));
    assert_status(cocreate_ranking_explain(r, &text, &check_error), COCREATE_OK);
    assert_non_null(strstr(cocreate_text_data(text),
                           "Round 1: M and N come into the runoff, with 42 and 26 first places.\n"
                           "Round 2: N wins with 58 to 42.\n"));
    cocreate_text_free(text);
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
}

/* A tie that the chain breaks is told, and told once. */
static void records_ties(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABC", "3:ABC 2:BCA 2:CBA");
    cocreate_ranking *r = rank(p, "btr_irv", "{\"ties\":\"id\"}");
    assert_non_null(strstr(cocreate_ranking_json(r),
                           "\"ties\":[{\"options\":[\"B\",\"C\"],\"order\":[\"B\",\"C\"],"
                           "\"step\":\"id\"}]"));
    cocreate_ranking_free(r);
    r = rank(p, "two_round", "{\"ties\":\"id\"}");
    assert_string_equal(places_text(p, r), "1 B 4, 2 A 3, 3 C 2");
    assert_non_null(strstr(cocreate_ranking_json(r),
                           "\"ties\":[{\"options\":[\"B\",\"C\"],\"order\":[\"B\",\"C\"],"
                           "\"step\":\"id\"}]"));
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
}

/* 20 options that all tie lead to 2^20 sets of options: refused when every order was asked for, and
 * else all of them leave together, which the trace says. */
static void too_many_orders(void **state)
{
    (void)state;
    static const char letters[] = "ABCDEFGHIJKLMNOPQRST";
    cocreate_profile *p = new_profile(COCREATE_BALLOT_RANKING, letters);
    add_rankings(p, letters, "1:A=B=C=D=E=F=G=H=I=J=K=L=M=N=O=P=Q=R=S=T");
    expect_refusal(p, "coombs", "{\"ties\":\"parallel\"}", COCREATE_ERR_LIMIT,
                   "the ties of this count lead to more than 65536 sets of options; break them by "
                   "ties (id, earliest, lot) or take elimination=all_tied");
    cocreate_ranking *r = rank(p, "coombs", NULL);
    assert_non_null(strstr(cocreate_ranking_json(r), "\"all_tied_from_round\":1,"));
    assert_string_equal(winners_text(p, r), letters);
    cocreate_ranking_free(r);
    expect_winners(p, "baldwin", "{\"ties\":\"id\"}", "A");
    cocreate_profile_free(p);
}

/* Weights near the end of 64 bits: votes are exact, points that do not fit are refused. */
static void large_weights(void **state)
{
    (void)state;
    cocreate_profile *p = new_profile(COCREATE_BALLOT_RANKING, "ABC");
    static const uint32_t order[] = {0, 1, 2};
    static const int64_t ranks[] = {1, 2, 2};
    assert_status(cocreate_profile_add(p, order, ranks, 3, 1, INT64_MAX - 1, &check_error),
                  COCREATE_OK);
    expect_places(p, "coombs", "{\"until\":\"last\"}",
                  "1 A 0, 2-3 B 4611686018427387903, 2-3 C 4611686018427387903");
    expect_winners(p, "benham", NULL, "A");
    expect_winners(p, "bucklin", NULL, "A");
    expect_refusal(p, "baldwin", NULL, COCREATE_ERR_OVERFLOW,
                   "the Borda points do not fit 64 bits");
    expect_refusal(p, "bucklin", "{\"variant\":\"weighted\"}", COCREATE_ERR_OVERFLOW,
                   "the votes do not fit 64 bits");
    cocreate_profile_free(p);
}

/* More options than a byte can tell, and than a trace shows. */
static void many_options(void **state)
{
    (void)state;
    enum { OPTIONS = 300 };
    cocreate_profile *p = NULL;
    assert_status(cocreate_profile_new(NULL, COCREATE_BALLOT_RANKING, OPTIONS, &p, &check_error),
                  COCREATE_OK);
    for (uint32_t i = 0; i < OPTIONS; i++) { /* option i first on i + 1 ballots, the next second */
        uint32_t order[2] = {i, (i + 1) % OPTIONS};
        static const int64_t ranks[] = {1, 2};
        assert_status(cocreate_profile_add(p, order, ranks, 2, 1, i + 1, &check_error),
                      COCREATE_OK);
    }
    cocreate_ranking *r = rank(p, "irv", "{\"elimination\":\"batch\"}");
    size_t winners = cocreate_ranking_winner_count(r);
    assert_non_null(strstr(cocreate_ranking_json(r), "\"omitted\":[\"transfers\",\"votes\"]"));
    cocreate_ranking *same = rank(p, "split_irv", NULL); /* batches change no winner */
    assert_int_equal(cocreate_ranking_winner_count(same), winners);
    for (size_t i = 0; i < winners; i++)
        assert_int_equal(cocreate_ranking_winner(same, i), cocreate_ranking_winner(r, i));
    cocreate_ranking_free(same);
    cocreate_ranking_free(r);
    r = rank(p, "bucklin", NULL);
    assert_non_null(strstr(cocreate_ranking_json(r), "\"omitted\":[\"places\"],\"place\":2}"));
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
}

/* Who leaves first decides what counts: no order of a tie is taken in silence. */
static void ballots_that_end(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABCD", "4:A 3:B 2:C 2:D");
    expect_refusal(p, "irv", "{\"overvote\":\"exhaust\"}", COCREATE_ERR_TIE,
                   "round 1: 2 options tie for the last place, such as C, and no tie step tells which "
                   "leaves: add id or lot to ties");
    expect_refusal(p, "multi_pass_irv", "{\"ties\":\"earliest\"}", COCREATE_ERR_TIE,
                   "pass 1, round 1: 2 options tie for the last place, such as D, and no tie step tells "
                   "which leaves: add id or lot to ties");
    cocreate_profile_free(p);
}

static int stop_at(void *user, uint64_t done, uint64_t total)
{
    (void)total;
    return done >= *(uint64_t *)user;
}

static void can_be_cancelled(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABCDE", "5:A 4:B 3:C 2:D 1:E");
    static const char *const eliminating[] = {"coombs", "raynaud", "btr_irv", "bottoms_up",
                                              "multi_pass_irv"};
    for (size_t i = 0; i < sizeof eliminating / sizeof eliminating[0]; i++) {
        uint64_t at = 2;
        cocreate_progress progress = {sizeof progress, stop_at, &at};
        cocreate_ranking *r = NULL;
        assert_status(cocreate_rank(p, eliminating[i], NULL, &progress, &r, &check_error),
                      COCREATE_ERR_CANCELLED);
        assert_null(r);
    }
    cocreate_profile_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_options),      cmocka_unit_test(refuses_other_ballots),
        cmocka_unit_test(edges),                cmocka_unit_test(what_must_not_matter),
        cmocka_unit_test(traces_rounds),        cmocka_unit_test(records_ties),
        cmocka_unit_test(too_many_orders),      cmocka_unit_test(large_weights),
        cmocka_unit_test(many_options),         cmocka_unit_test(can_be_cancelled),
        cmocka_unit_test(ballots_that_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
