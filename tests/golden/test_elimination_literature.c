/* Elimination methods and points by rank against worked examples. Where a number is not printed at
 * the source it follows by hand in the comment. */
#include "ranking_ballots.h"

/* Tennessee's capital, of Wikipedia's articles on voting methods: Memphis, Nashville, Chattanooga,
 * Knoxville. */
static const char tennessee[] = "42:MNCK 26:NCKM 15:CKNM 17:KCNM";

/* "Coombs' method": Memphis has 58 last places, Knoxville 42; without it Nashville has 68 of the 100
 * first places. Going on, Nashville is last on 32 ballots and Knoxville on 68, then Chattanooga on
 * 68: Nashville wins as well. */
static void coombs_tennessee(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("MNCK", tennessee);
    expect_places(p, "coombs", NULL, "1 N 32, 2-3 C 0, 2-3 K 68, 4 M 58");
    expect_places(p, "coombs", "{\"until\":\"last\"}", "1 N 32, 2 C 68, 3 K 68, 4 M 58");
    cocreate_ranking *r = rank(p, "coombs", NULL);
    assert_non_null(strstr(cocreate_ranking_json(r),
                           "\"majority\":{\"option\":\"N\",\"round\":2}"));
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
}

/* By hand: A has 51 of 100 first places and 49 last ones; B and C share the other 51 as 26 and 25.
 * With the majority A wins; without, A leaves first. */
static void coombs_until(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABC", "26:ABC 25:ACB 25:BCA 24:CBA");
    expect_winners(p, "coombs", NULL, "A");
    expect_places(p, "coombs", "{\"until\":\"last\"}", "1 B 49, 2 C 51, 3 A 49");
    cocreate_profile_free(p);
}

/* "Bucklin voting": with second places Memphis 42, Nashville 68, Chattanooga 58, Knoxville 32. */
static void bucklin_tennessee(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("MNCK", tennessee);
    expect_places(p, "bucklin", NULL, "1 N 68, 2 C 58, 3 M 42, 4 K 32");
    expect_places(p, "bucklin", "{\"variant\":\"simplified\"}",
                  "1-2 N 68, 1-2 C 58, 3 M 42, 4 K 32");
    /* With 1, 2/3, 1/3, 0: after two places N 26 + 2/3 42 = 54 is half and more; C 15 + 2/3 43. */
    expect_places(p, "bucklin", "{\"variant\":\"weighted\"}",
                  "1 N 54, 2 C 131/3, 3 M 42, 4 K 27");
    cocreate_ranking *r = rank(p, "bucklin", NULL);
    assert_non_null(strstr(cocreate_ranking_json(r),
                           "\"place\":2,\"places\":[{\"of\":\"100\",\"votes\":{\"C\":\"15\","
                           "\"K\":\"17\",\"M\":\"42\",\"N\":\"26\"}},{\"of\":\"100\",\"votes\":{"
                           "\"C\":\"58\",\"K\":\"32\",\"M\":\"42\",\"N\":\"68\"}}]"));
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
}

/* By hand: 6 ballots, 3 of them name one option only. With second places A has 3 of 6, no majority
 * of all, and that is where the ballots end; of those that name a second place, 3, it is one. */
static void bucklin_exhausted(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABCD", "2:A 1:B 1:CA 1:CD 1:DC");
    expect_places(p, "bucklin", NULL, "1-2 A 3, 1-2 C 3, 3 D 2, 4 B 1");
    cocreate_ranking *r = rank(p, "bucklin", "{\"majority\":\"continuing\"}");
    assert_string_equal(winners_text(p, r), "AC");
    assert_non_null(strstr(cocreate_ranking_json(r), "{\"of\":\"3\",\"votes\""));
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
}

/* Tennessee: last places M 58, N 0, C 0, K 42; first less last M -16, N 26, C 15, K -25. */
static void ends_tennessee(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("MNCK", tennessee);
    expect_places(p, "veto", NULL, "1-2 N 0, 1-2 C 0, 3 K -42, 4 M -58");
    expect_places(p, "positive_negative", NULL, "1 N 26, 2 C 15, 3 M -16, 4 K -25");
    expect_places(p, "k_approval", NULL, "1 N 68, 2 C 58, 3 M 42, 4 K 32");
    expect_places(p, "k_approval", "{\"k\":3}", "1-2 N 100, 1-2 C 100, 3 K 58, 4 M 42");
    expect_winners(p, "absolute_majority", NULL, "");
    cocreate_profile_free(p);
}

/* Electowiki, "Raynaud" and "Baldwin's method": A beats B (60), B beats C (65), C beats A (75).
 * Raynaud drops A for C's 75, then C for B's 65; Baldwin drops A (85 points of 185 less 100: places
 * from 0), then C. */
static void circle_of_three(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABC", "25:ABC 40:BCA 35:CAB");
    expect_places(p, "raynaud", "{\"strength\":\"winning_votes\"}", "1 B 0, 2 C 65, 3 A 75");
    expect_places(p, "raynaud", NULL, "1 B 0, 2 C 30, 3 A 50");
    expect_places(p, "baldwin", NULL, "1 B 65, 2 C 35, 3 A 85");
    /* The mean is 100, so that only A is below it. */
    expect_places(p, "nanson", NULL, "1 B 65, 2 C 35, 3 A 85");
    cocreate_profile_free(p);
}

/* Strict and weak Nanson by hand: 2 ABCD, 2 BADC, so that A and B have 10 points, C and D 2, the
 * mean 6; then A and B have the same. With 1 ABC, 1 BCA, 1 CAB all are at the mean at once. */
static void nanson_ties(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABCD", "2:ABCD 2:BADC");
    expect_places(p, "nanson", NULL, "1-2 A 2, 1-2 B 2, 3-4 C 2, 3-4 D 2");
    expect_places(p, "nanson", "{\"variant\":\"weak\",\"ties\":\"id\"}",
                  "1 A 2, 2 B 2, 3 C 2, 4 D 2");
    cocreate_profile_free(p);
    p = rankings("ABC", "1:ABC 1:BCA 1:CAB");
    expect_places(p, "nanson", "{\"variant\":\"weak\"}", "1-3 A 3, 1-3 B 3, 1-3 C 3");
    cocreate_profile_free(p);
}

/* At the mean, by hand: points A 6, B 5, C 4, mean 5. Strict drops C and then B (2 of 5); weak drops
 * both at once. */
static void nanson_at_the_mean(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABC", "2:ABC 1:ACB 1:BCA 1:CBA");
    expect_places(p, "nanson", NULL, "1 A 3, 2 B 2, 3 C 4");
    expect_places(p, "nanson", "{\"variant\":\"weak\"}", "1 A 6, 2-3 B 5, 2-3 C 4");
    cocreate_profile_free(p);
}

/* Burlington 2009 (rangevoting.org/Burlington.html): first places W 3297, K 2982, M 2554, and M
 * beats both. Every method that looks at pairs elects M; the runoff is W against K, 4064 to 4314. */
static void burlington_2009(void **state)
{
    (void)state;
    static const char *const methods[] = {"benham", "woodall", "smith_irv", "tideman_alternative",
                                          "btr_irv", "condorcet_irv", "baldwin", "nanson",
                                          "raynaud"};
    cocreate_profile *p = rankings(
        "KMW", "1332:MKW 767:MWK 455:M 2043:KMW 371:KWM 568:K 1513:WMK 495:WKM 1289:W");
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++)
        expect_winners(p, methods[i], NULL, "M");
    expect_places(p, "two_round", NULL, "1 K 4314, 2 W 4064, 3 M 2554");
    expect_places(p, "supplementary", NULL, "1 K 4314, 2 W 4064, 3 M 2554");
    cocreate_profile_free(p);
}

/* Four rules that differ, by hand. Pairs: A beats B 76:24, B beats C 64:36, C beats A 60:40, and D
 * loses to each 30:70: the Smith set is A, B, C. First places A 26, B 24, C 20, D 30. Instant runoff
 * drops C (its 20 go to A), then B (its 24 to A). */
static void hybrids_differ(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABCD", "26:ABCD 24:BCAD 20:CABD 14:DABC 16:DCAB");
    /* Without C nobody circles: A beats B and D. Benham ends there; Woodall goes on until B leaves. */
    expect_places(p, "benham", NULL, "1 A 46, 2-3 B 24, 2-3 D 30, 4 C 20");
    expect_places(p, "woodall", NULL, "1 A 70, 2 D 30, 3 B 24, 4 C 20");
    /* Without D from the start: A 40, B 24, C 36; B leaves, and C has 60. */
    expect_places(p, "smith_irv", NULL, "1 C 60, 2 A 40, 3 B 24, 4 D 30");
    /* The same here: after D and B, A is outside the Smith set of A and C. */
    expect_places(p, "tideman_alternative", NULL, "1 C 60, 2 A 40, 3 B 24, 4 D 30");
    cocreate_profile_free(p);
}

/* Bottom two by hand on the same ballots: C 20 and B 24 are last, B beats C. Then B 24 and D 30, B
 * beats D; then A 76 and B 24: B leaves. */
static void bottom_two(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABCD", "26:ABCD 24:BCAD 20:CABD 14:DABC 16:DCAB");
    expect_places(p, "btr_irv", NULL, "1 A 76, 2 B 24, 3 D 30, 4 C 20");
    cocreate_ranking *r = rank(p, "btr_irv", NULL);
    assert_non_null(strstr(cocreate_ranking_json(r),
                           "{\"eliminated\":[\"D\"],\"exhausted\":\"0\",\"rival\":\"B\",\"round\":2"));
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
}

/* Delemazure & Peters (2024), in words: approval and split instant runoff. By hand: first places
 * with 4 A=B, 3 C, 2 D, 1 BD: approval A 4, B 5, C 3, D 2; D leaves, its two ballots are exhausted; C
 * leaves; A 4, B 5. Split: A 2, B 3, C 3, D 2: A and D tie. */
static void equal_ranks(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABCD", "4:A=B 3:C 2:D 1:BD");
    expect_places(p, "approval_irv", NULL, "1 B 5, 2 A 4, 3 C 3, 4 D 2");
    /* A out: B 5, C 3, D 2. D out: A 2, B 3, C 3, then A out. B wins, C second, both ways. */
    expect_places(p, "split_irv", NULL, "1 B 3, 2 C 3, 3-4 A 2, 3-4 D 2");
    cocreate_profile_free(p);
}

/* RCTab's batch: of 10, 6, 3, 2 and 1 the last two have 3 together, no fewer than the third; the last
 * three have 6, no fewer than the second; 12 together are no fewer than 10. Of 20, 6, 3, 2, 1 the
 * last four have 12 and leave at once. */
static void batches(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABCDE", "10:A 6:B 3:C 2:D 1:E");
    cocreate_ranking *r = rank(p, "irv", "{\"elimination\":\"batch\"}");
    assert_non_null(strstr(cocreate_ranking_json(r), "\"rounds\":[{\"eliminated\":[\"E\"],"));
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
    p = rankings("ABCDE", "20:A 6:B 3:CB 2:D 1:E");
    r = rank(p, "irv", "{\"elimination\":\"batch\"}");
    assert_non_null(strstr(cocreate_ranking_json(r),
                           "\"rounds\":[{\"eliminated\":[\"E\",\"D\",\"C\",\"B\"],"));
    assert_string_equal(places_text(p, r), "1 A 20, 2 B 6, 3 C 3, 4 D 2, 5 E 1");
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
}

/* Until a majority: A has 6 of 10; the others stay in the order of their votes. */
static void irv_until_majority(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABCD", "6:AB 2:BC 1:CD 1:DC");
    expect_places(p, "irv", "{\"until\":\"majority\"}", "1 A 6, 2 B 2, 3-4 C 1, 3-4 D 1");
    cocreate_profile_free(p);
}

/* Two rounds with ties, by hand: A 3, B 2, C 2; A loses to B 3:4 and beats C 4:3 .. */
static void tied_runoffs(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABC", "3:ABC 2:BCA 1:CBA 1:CAB");
    /* A and B: CBA helps B: 4:3 for A with CAB. So A wins 4:3; against C: A 3, C 4 with BCA. */
    expect_places(p, "two_round", NULL, "1-2 A 3, 1-3 C 2, 2-3 B 2");
    expect_places(p, "two_round", "{\"ties\":\"id\"}", "1 A 4, 2 B 3, 3 C 2");
    /* Supplementary: CAB's second preference is A's as well; BCA's is C. The same. */
    expect_places(p, "supplementary", "{\"preferences\":1}", "1 A 3, 2-3 B 2, 2-3 C 2");
    cocreate_profile_free(p);
}

/* Bottoms up for two seats: D 1 leaves, then C has 3 as B: one of them is elected. By threshold: with
 * D out A 4, B 3, C 3 of 10 have a quarter each; for a third B or C must leave, and the other has 3 of
 * 7; if both leave A stays alone. */
static void bottoms_up(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABCD", "4:A 3:B 2:C 1:DC");
    expect_places(p, "bottoms_up", "{\"seats\":2}", "1 A 4, 2-3 B 3, 2-3 C 3, 4 D 1");
    expect_winners(p, "bottoms_up", "{\"seats\":2}", "ABC");
    expect_winners(p, "bottoms_up", "{\"seats\":2,\"ties\":\"id\"}", "AB");
    expect_winners(p, "bottoms_up", "{\"threshold\":\"25\"}", "ABC");
    expect_winners(p, "bottoms_up", "{\"threshold\":\"100/3\"}", "ABC");
    expect_winners(p, "bottoms_up", "{\"threshold\":\"100/3\",\"elimination\":\"all_tied\"}", "A");
    cocreate_profile_free(p);
}

/* By hand, of 12 votes A 5, B 4, C 2 and D 1. With a minimum of 3 votes C and D leave at once, and B wins
 * with theirs; they are placed by their votes. Then of 17 votes: when D leaves, A and C share its two
 * ballots D>A=C, 8 and 4, and A has both when C leaves, 9 to 8; or the two end there, and B has 8 to 7. */
static void minimum_and_overvotes(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABCD", "5:A 4:B 2:CB 1:DB");
    expect_places(p, "irv", "{\"minimum\":3}", "1 B 7, 2 A 5, 3 C 2, 4 D 1");
    cocreate_profile_free(p);
    p = rankings("ABCD", "7:A 5:B 3:CB 2:DA=C");
    expect_places(p, "irv", NULL, "1 A 9, 2 B 8, 3 C 4, 4 D 2");
    expect_places(p, "irv", "{\"overvote\":\"exhaust\"}", "1 B 8, 2 A 7, 3 C 3, 4 D 2");
    cocreate_profile_free(p);
}

/* Terzopoulou & Endriss, The Borda class (2021), in words: the points of a truncated ballot AB over
 * A to D, once each. Strictly below: A 3, B 2, the others 0; not above, itself counted: 4, 3, 2, 2;
 * less those strictly above: 0, -1, -2, -2. */
static void truncated_borda(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABCD", "1:AB");
    expect_places(p, "borda", "{\"variant\":\"domination\"}", "1 A 3, 2 B 2, 3-4 C 0, 3-4 D 0");
    expect_places(p, "borda", "{\"variant\":\"weak_domination\"}", "1 A 4, 2 B 3, 3-4 C 2, 3-4 D 2");
    expect_places(p, "borda", "{\"variant\":\"non_domination\"}",
                  "1 A 0, 2 B -1, 3-4 C -2, 3-4 D -2");
    cocreate_profile_free(p);
}

/* Condorcet losers by hand: D loses to all, then C; A and B tie. */
static void losers_leave(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABCD", "1:ABCD 1:BACD");
    expect_places(p, "iterated_removal_condorcet_loser", NULL, "1-2 A, 1-2 B, 3 C, 4 D");
    cocreate_profile_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(coombs_tennessee),  cmocka_unit_test(coombs_until),
        cmocka_unit_test(bucklin_tennessee), cmocka_unit_test(bucklin_exhausted),
        cmocka_unit_test(ends_tennessee),    cmocka_unit_test(circle_of_three),
        cmocka_unit_test(nanson_ties),       cmocka_unit_test(nanson_at_the_mean),
        cmocka_unit_test(burlington_2009),   cmocka_unit_test(hybrids_differ),
        cmocka_unit_test(bottom_two),        cmocka_unit_test(equal_ranks),
        cmocka_unit_test(batches),           cmocka_unit_test(irv_until_majority),
        cmocka_unit_test(tied_runoffs),      cmocka_unit_test(bottoms_up),
        cmocka_unit_test(truncated_borda),   cmocka_unit_test(losers_leave),
        cmocka_unit_test(minimum_and_overvotes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
