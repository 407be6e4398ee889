/* Methods from scores, points and approvals on elections whose results are published or worked out
 * by hand. */
#include "ranking_ballots.h"

/* "5:A=4,B=1 2:C=3": weight, then the scores that the ballot gives. */
static cocreate_profile *scores(int32_t kind, const char *letters, const char *text)
{
    cocreate_profile *p = new_profile(kind, letters);
    while (*text != '\0') {
        char *end;
        int64_t weight = strtol(text, &end, 10), values[64];
        uint32_t options[64];
        size_t n = 0;
        for (text = end; *text == ':' || *text == ',';) {
            options[n] = (uint32_t)(strchr(letters, text[1]) - letters);
            values[n++] = strtol(text + 3, &end, 10);
            text = end;
        }
        assert_status(cocreate_profile_add(p, options, values, n, weight, weight, &check_error),
                      COCREATE_OK);
        text += *text == ' ';
    }
    return p;
}

/* Wikipedia, "STAR voting": Tennessee by distance on a scale of 0 to 5. Nashville 293 and
 * Chattanooga 237 go into the runoff, which Nashville wins; Memphis has 210, Knoxville 197. */
static void star_tennessee(void **state)
{
    (void)state;
    cocreate_profile *p = scores(COCREATE_BALLOT_SCORE, "MNCK",
                                 "42:M=5,N=2,C=1,K=0 26:M=0,N=5,C=2,K=2 15:M=0,N=3,C=5,K=4 "
                                 "17:M=0,N=2,C=4,K=5");
    expect_places(p, "star", NULL, "1 N 293, 2 C 237, 3 M 210, 4 K 197");
    cocreate_profile_free(p);
}

/* Two tie for second place in the scoring round: who is preferred by more voters goes on. Chuck 15,
 * Amy and Brian 7 each, Brian above Amy on two ballots of three (starvote, test suite). */
static void star_tie_for_second(void **state)
{
    (void)state;
    cocreate_profile *p =
        scores(COCREATE_BALLOT_SCORE, "ABC", "2:A=1,B=2,C=5 1:A=5,B=3,C=5");
    expect_places(p, "star", NULL, "1 C 15, 2 B 7, 3 A 7");
    cocreate_profile_free(p);
}

/* A cycle of three, all of it symmetric: nothing tells, and everyone may win. */
static void star_true_tie(void **state)
{
    (void)state;
    cocreate_profile *p = scores(COCREATE_BALLOT_SCORE, "ABC",
                                 "1:A=1,B=3,C=5 1:A=3,B=5,C=1 1:A=5,B=1,C=3");
    expect_winners(p, "star", NULL, "ABC");
    expect_winners(p, "star", "{\"protocol\":\"votes\"}", "ABC");
    /* By id A and B go into the runoff; B is above A on two ballots. */
    expect_places(p, "star", "{\"ties\":\"id\"}", "1 B 9, 2 A 9, 3 C 9");
    cocreate_profile_free(p);
}

/* A true tie of the runoff is broken by scores, then by the highest scores. */
static void star_runoff_ties(void **state)
{
    (void)state;
    cocreate_profile *p = scores(COCREATE_BALLOT_SCORE, "AB", "1:A=5,B=4 1:A=0,B=2");
    expect_places(p, "star", NULL, "1 B 6, 2 A 5");
    cocreate_profile_free(p);
    p = scores(COCREATE_BALLOT_SCORE, "AB", "1:A=5,B=4 1:A=1,B=2");
    expect_places(p, "star", NULL, "1 A 6, 2 B 6"); /* one highest score to none */
    cocreate_profile_free(p);
}

/* Tennessee with the grades excellent 3, good 2, fair 1, poor 0, worked out by hand. The median is fair
 * for all but Memphis, where it is poor. */
static void majority_judgment_tennessee(void **state)
{
    static const char *const variants[] = {"standard", "typical", "central", "usual"};
    (void)state;
    cocreate_profile *p = scores(COCREATE_BALLOT_SCORE, "MNCK",
                                 "42:M=3,N=1,C=0,K=0 26:M=0,N=3,C=1,K=1 15:M=0,N=1,C=3,K=2 "
                                 "17:M=0,N=1,C=2,K=3");
    for (size_t i = 0; i < 4; i++) {
        char options[64];
        snprintf(options, sizeof options, "{\"variant\":\"%s\"}", variants[i]);
        /* N: 26 above, 0 below; C and K: 32 above, 42 below, where C has 15 at 3 and 17 at 2, and K
         * has 17 at 3 and 15 at 2. M: 42 above its median 0. */
        expect_winners(p, "majority_judgment", options, "N");
    }
    /* Taking medians away from C and K, 42 at 0, 26 at 1 each: they first differ beyond, where K has
     * 17 at 3 and C 15; the higher grade comes first. */
    expect_places(p, "majority_judgment", NULL, "1 N 1, 2 K 1, 3 C 1, 4 M 0");
    expect_places(p, "majority_judgment", "{\"variant\":\"typical\"}",
                  "1 N 1, 2-3 C 1, 2-3 K 1, 4 M 0");
    cocreate_profile_free(p);
}

/* Balinski & Laraki (2007): the lower median of an even number of grades. */
static void lower_median_counts(void **state)
{
    (void)state;
    cocreate_profile *p = scores(COCREATE_BALLOT_SCORE, "AB", "1:A=5,B=3 1:A=1,B=3");
    expect_places(p, "majority_judgment", NULL, "1 B 3, 2 A 1");
    expect_places(p, "score", "{\"aggregate\":\"median\"}", "1 B 3, 2 A 1");
    expect_places(p, "score", NULL, "1-2 A 3, 1-2 B 3");
    cocreate_profile_free(p);
}

/* One vote of 5 against two of 3, with a prior of 4 scores of 2: (8 + 5) / 5 = 13/5 and
 * (8 + 6) / 6 = 7/3. */
static void prior_draws_towards_its_mean(void **state)
{
    (void)state;
    cocreate_profile *p = scores(COCREATE_BALLOT_SCORE, "AB", "1:A=5,B=3 1:B=3");
    expect_places(p, "score", "{\"prior_count\":\"4\",\"prior_mean\":\"2\"}", "1 A 13/5, 2 B 7/3");
    cocreate_profile_free(p);
}

/* Four credits buy two votes, nine three: 2 + 3 = 5 votes against sqrt(24) = 4.898979485.. */
static void roots_of_credits(void **state)
{
    (void)state;
    cocreate_profile *p = scores(COCREATE_BALLOT_POINTS, "AB", "1:A=4,B=24 1:A=9");
    cocreate_ranking *r = rank(p, "quadratic", NULL);
    assert_string_equal(places_text(p, r), "1 A 5, 2 B");
    assert_non_null(
        strstr(cocreate_ranking_json(r), "\"votes\":{\"A\":\"5\",\"B\":\"4.898979485\"}"));
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
    /* sqrt(8) + sqrt(2) = 3 sqrt(2) = sqrt(18), which floating point cannot tell for sure. */
    p = scores(COCREATE_BALLOT_POINTS, "AB", "1:A=8,B=18 1:A=2");
    expect_places(p, "quadratic", NULL, "1-2 A, 1-2 B");
    cocreate_profile_free(p);
    /* Graham's kind of near tie: sqrt(10) + sqrt(11) = 6.4789.. against sqrt(5) + sqrt(18) =
     * 6.4787..: they differ in the fourth decimal. */
    p = scores(COCREATE_BALLOT_POINTS, "AB", "1:A=10,B=5 1:A=11,B=18");
    expect_places(p, "quadratic", NULL, "1 A, 2 B");
    cocreate_profile_free(p);
    /* sqrt(1000001) + sqrt(999999) < 2 sqrt(1000000), by 2.5e-10. */
    p = scores(COCREATE_BALLOT_POINTS, "AB", "1:A=1000001,B=1000000 1:A=999999,B=1000000");
    expect_places(p, "quadratic", NULL, "1 B 2000, 2 A");
    cocreate_profile_free(p);
}

/* As scores votes are given themselves, and may be against. */
static void votes_cost_their_square(void **state)
{
    char error[] = "a ballot spends 10 credits (A 3, B -1), and every voter has 9";
    cocreate_ranking *r = NULL;
    (void)state;
    cocreate_profile *p = scores(COCREATE_BALLOT_SCORE, "AB", "1:A=3,B=-1");
    expect_places(p, "quadratic", "{\"credits\":10}", "1 A 3, 2 B -1");
    assert_failure(cocreate_rank(p, "quadratic", "{\"credits\":9}", NULL, &r, &check_error),
                   COCREATE_ERR_ARGUMENT, error);
    cocreate_profile_free(p);
}

/* Electowiki, "Reweighted Range Voting": after a seat a ballot counts C / (C + given). 3 voters for A
 * and B with 5, 2 voters for C with 5: A takes the first seat with 15 (B as much: by id), then B has
 * 3 * 5 * 5 / 10 = 15/2 and C 10. */
static void reweighted_range_by_hand(void **state)
{
    (void)state;
    cocreate_profile *p = scores(COCREATE_BALLOT_SCORE, "ABC", "3:A=5,B=5 2:C=5");
    expect_places(p, "reweighted_range", "{\"seats\":2}", "1 A 15, 2 C 10, 3 B 15/2");
    cocreate_profile_free(p);
}

/* 6 voters, 2 seats: a quota of 3 ballots. A has 4 * 5 = 20; its four ballots are equal, so that a
 * quarter of each is left: B 4 * 5 / 4 = 5 against C 2 * 5 = 10. */
static void allocated_score_by_hand(void **state)
{
    (void)state;
    cocreate_profile *p = scores(COCREATE_BALLOT_SCORE, "ABC", "4:A=5,B=4 2:C=5");
    expect_places(p, "allocated_score", "{\"seats\":2}", "1 A 20, 2 C 10, 3 B 4");
    /* In score spent: the quota is 6 * 5 / 2 = 15 of the 20 of A, and a ballot keeps a quarter too. */
    expect_places(p, "sequentially_spent_score", "{\"seats\":2}", "1 A 20, 2 C 10, 3 B 4");
    cocreate_profile_free(p);
}

static void a_ballot_has_so_many_votes(void **state)
{
    cocreate_ranking *r = NULL;
    (void)state;
    cocreate_profile *p = rankings("ABC", "3:ABC 2:BCA 2:CBA");
    expect_places(p, "sntv", "{\"seats\":2}", "1 A 3, 2-3 B 2, 2-3 C 2");
    expect_places(p, "block", "{\"seats\":2}", "1 B 7, 2 C 4, 3 A 3");
    expect_places(p, "limited", "{\"seats\":2}", "1 A 3, 2-3 B 2, 2-3 C 2");
    assert_failure(cocreate_rank(p, "limited", "{\"seats\":2,\"votes\":3}", NULL, &r, &check_error),
                   COCREATE_ERR_ARGUMENT,
                   "$.votes: 3 votes for 2 seats; limited voting has fewer votes than seats");
    cocreate_profile_free(p);
    p = rankings("ABC", "3:A=B=C 1:A=BC"); /* two votes: 2/3 each; whole ones */
    expect_places(p, "block", "{\"seats\":2}", "1-2 A 3, 1-2 B 3, 3 C 2");
    cocreate_profile_free(p);
}

static void d21_asks_for_two_plus_votes(void **state)
{
    cocreate_ranking *r = NULL;
    (void)state;
    cocreate_profile *p =
        scores(COCREATE_BALLOT_SCORE, "ABC", "3:A=1,B=1,C=-1 2:C=1");
    expect_places(p, "d21", NULL, "1-2 A 3, 1-2 B 3, 3 C -1");
    cocreate_profile_free(p);
    p = scores(COCREATE_BALLOT_SCORE, "ABC", "1:A=1,C=-1");
    assert_failure(cocreate_rank(p, "d21", NULL, NULL, &r, &check_error), COCREATE_ERR_ARGUMENT,
                   "a ballot casts a minus vote with 1 plus votes; d21 asks for two");
    cocreate_profile_free(p);
    p = scores(COCREATE_BALLOT_SCORE, "ABC", "1:A=2");
    assert_failure(cocreate_rank(p, "d21", NULL, NULL, &r, &check_error), COCREATE_ERR_ARGUMENT,
                   "a ballot gives 2 to A; d21 knows plus votes, 1, and minus votes, -1");
    cocreate_profile_free(p);
}

static void star_knows_its_scale(void **state)
{
    cocreate_ranking *r = NULL;
    (void)state;
    cocreate_profile *p = scores(COCREATE_BALLOT_SCORE, "AB", "1:A=6,B=1");
    assert_failure(cocreate_rank(p, "star", "{\"maximum_score\":5}", NULL, &r, &check_error),
                   COCREATE_ERR_ARGUMENT,
                   "a ballot scores A with 6; star takes scores from 0 to 5");
    expect_winners(p, "star", NULL, "A");
    cocreate_profile_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(star_tennessee),
        cmocka_unit_test(star_tie_for_second),
        cmocka_unit_test(star_true_tie),
        cmocka_unit_test(star_runoff_ties),
        cmocka_unit_test(majority_judgment_tennessee),
        cmocka_unit_test(lower_median_counts),
        cmocka_unit_test(prior_draws_towards_its_mean),
        cmocka_unit_test(roots_of_credits),
        cmocka_unit_test(votes_cost_their_square),
        cmocka_unit_test(reweighted_range_by_hand),
        cmocka_unit_test(allocated_score_by_hand),
        cmocka_unit_test(a_ballot_has_so_many_votes),
        cmocka_unit_test(d21_asks_for_two_plus_votes),
        cmocka_unit_test(star_knows_its_scale),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
