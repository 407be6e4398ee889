/* The methods that search against worked examples of the literature. */
#include "ranking_ballots.h"

/* Memphis, Nashville, Chattanooga, Knoxville: the standing example of Wikipedia's articles. In
 * "Kemeny-Young method" its best order N > C > K > M has the score 393 of 600 comparisons, so
 * that 207 disagree. */
static const char tennessee[] = "42:MNCK 26:NCKM 15:CKNM 17:KCNM";

static void expect_trace(const cocreate_profile *p, const char *method, const char *options,
                         const char *member)
{
    cocreate_ranking *r = rank(p, method, options);
    if (strstr(cocreate_ranking_json(r), member) == NULL)
        print_error("%s\n", cocreate_ranking_json(r));
    assert_non_null(strstr(cocreate_ranking_json(r), member));
    cocreate_ranking_free(r);
}

static void tennessee_capital(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("MNCK", tennessee);
    expect_places(p, "kemeny", NULL, "1 N, 2 C, 3 K, 4 M");
    expect_trace(p, "kemeny", NULL, "\"distance\":\"207\",\"optima\":\"1\"");
    expect_places(p, "slater", NULL, "1 N, 2 C, 3 K, 4 M");
    expect_trace(p, "slater", NULL, "\"distance\":\"0\",\"optima\":\"1\"");
    expect_places(p, "maximal_lotteries", NULL, "1 N 1, 2-4 M 0, 2-4 C 0, 2-4 K 0");
    expect_places(p, "random_ballot", NULL, "1-4 M 21/50, 1-4 N 13/50, 1-4 C 3/20, 1-4 K 17/100");
    cocreate_profile_free(p);
}

/* The 45 voters of Schulze's paper (2011, section 3), with the margins of its matrix: A-C 7, C-E
 * 3 and E-A 1 make a circle, in which each is drawn by the margin between the other two. The
 * three win over B by -5 * 3 + 13 * 1 + 9 * 7 and over D by 15 * 3 - 11 * 1 + 17 * 7. No margin
 * is even, so that there is no other lottery (Laffond, Laslier & Le Breton 1997). */
static void schulze_45_voters(void **state)
{
    (void)state;
    cocreate_profile *p =
        rankings("ABCDE", "5:ACBED 5:ADECB 8:BEDAC 3:CABED 7:CAEBD 2:CBADE 7:DCEBA 8:EBADC");
    expect_places(p, "maximal_lotteries", NULL,
                  "1-3 A 3/11, 1-3 C 1/11, 1-3 E 7/11, 4-5 B 0, 4-5 D 0");
    expect_trace(p, "maximal_lotteries", NULL, "\"extreme_lotteries\":1");
    cocreate_profile_free(p);
}

/* A circle of three: A over B 6 to 3, B over C 5 to 4, C over A 7 to 2. Kemeny's order reverses
 * the smallest majority, B over C: it disagrees with 3 + 5 + 2 votes. */
static void circle_of_three(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABC", "2:ABC 3:BCA 4:CAB");
    expect_places(p, "kemeny", NULL, "1 C, 2 A, 3 B");
    expect_trace(p, "kemeny", NULL, "\"distance\":\"10\",\"optima\":\"1\"");
    /* p(A) : p(B) : p(C) = margin BC : CA : AB = 1 : 5 : 3. */
    expect_places(p, "maximal_lotteries", NULL, "1-3 A 1/9, 1-3 B 5/9, 1-3 C 1/3");
    expect_places(p, "maximal_lotteries", "{\"variant\":\"c1\"}", "1-3 A 1/3, 1-3 B 1/3, 1-3 C 1/3");
    expect_winners(p, "essential_set", NULL, "ABC");
    expect_winners(p, "bipartisan_set", NULL, "ABC");
    /* Any of the three majorities can be the one reversed. */
    expect_places(p, "slater", NULL, "1-3 A, 1-3 B, 1-3 C");
    expect_trace(p, "slater", NULL, "\"distance\":\"1\",\"optima\":\"3\"");
    expect_places(p, "slater", "{\"ties\":\"id\"}", "1 A, 2 B, 3 C");
    /* C loses to B by 1: without a BCA it ties, and still beats A. B loses to A by 3: without
     * three of the CAB it ties, and beats C. A loses to C by 5: without three BCA and two CAB it
     * ties, and beats B by 4 to 0. */
    expect_places(p, "young", NULL, "1 C 1, 2 B 3, 3 A 5");
    /* C needs one vote more against B: a swap in BCA. B needs two against A: a swap in two CAB
     * gives none, but ABC has A next to B. A needs three against C: a swap in three CAB. */
    expect_places(p, "dodgson", NULL, "1 C 1, 2 B 2, 3 A 3");
    cocreate_profile_free(p);
}

/* Condorcet's paradox: everything ties in everything. */
static void condorcet_circle(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABC", "1:ABC 1:BCA 1:CAB");
    expect_places(p, "kemeny", NULL, "1-3 A, 1-3 B, 1-3 C");
    expect_trace(p, "kemeny", NULL, "\"distance\":\"4\",\"optima\":\"3\"");
    expect_trace(p, "kemeny", "{\"ties\":\"id\"}", "\"ranking\":[\"A\",\"B\",\"C\"]");
    expect_places(p, "kemeny", "{\"ties\":\"id\"}", "1 A, 2 B, 3 C");
    expect_places(p, "maximal_lotteries", NULL, "1-3 A 1/3, 1-3 B 1/3, 1-3 C 1/3");
    expect_places(p, "young", NULL, "1-3 A 1, 1-3 B 1, 1-3 C 1");
    expect_places(p, "young", "{\"variant\":\"strong\"}", "1-3 A 2, 1-3 B 2, 1-3 C 2");
    expect_places(p, "dodgson", NULL, "1-3 A 1, 1-3 B 1, 1-3 C 1");
    cocreate_profile_free(p);
}

/* Dwork, Kumar, Naor & Sivakumar, Rank aggregation methods for the Web (2001), and Truchon, An
 * extension of the Condorcet criterion and Kemeny orders (1998): where every member of a set
 * beats everyone outside, all Kemeny orders put the set first. Here the circle D-E-F stands
 * behind the circle A-B-C. */
static void parts_keep_their_order(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABCDEF", "1:ABCDEF 1:BCAEFD 1:CABFDE");
    expect_places(p, "kemeny", NULL, "1-3 A, 1-3 B, 1-3 C, 4-6 D, 4-6 E, 4-6 F");
    expect_trace(p, "kemeny", NULL, "\"optima\":\"9\"");
    expect_trace(p, "kemeny", NULL, "\"parts\":[[\"A\",\"B\",\"C\"],[\"D\",\"E\",\"F\"]]");
    cocreate_profile_free(p);
}

/* Where nobody says anything all orders are as good: 4! = 24, and 30! is beyond a word. */
static void no_ballots(void **state)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcd";
    (void)state;
    cocreate_profile *p = new_profile(COCREATE_BALLOT_RANKING, "ABCD");
    expect_places(p, "kemeny", NULL, "1-4 A, 1-4 B, 1-4 C, 1-4 D");
    expect_trace(p, "kemeny", NULL, "\"distance\":\"0\",\"optima\":\"24\"");
    expect_places(p, "slater", "{\"ties\":\"id\"}", "1 A, 2 B, 3 C, 4 D");
    expect_places(p, "maximal_lotteries", NULL, "1-4 A 1/4, 1-4 B 1/4, 1-4 C 1/4, 1-4 D 1/4");
    expect_places(p, "random_ballot", NULL, "1-4 A 1/4, 1-4 B 1/4, 1-4 C 1/4, 1-4 D 1/4");
    expect_places(p, "proportional_borda", NULL, "1-4 A 1/4, 1-4 B 1/4, 1-4 C 1/4, 1-4 D 1/4");
    expect_places(p, "young", NULL, "1-4 A 0, 1-4 B 0, 1-4 C 0, 1-4 D 0");
    expect_places(p, "dodgson", NULL, "1-4 A, 1-4 B, 1-4 C, 1-4 D");
    cocreate_profile_free(p);
    p = new_profile(COCREATE_BALLOT_RANKING, letters);
    expect_trace(p, "kemeny", NULL, "\"optima\":\"265252859812191058636308480000000\"");
    cocreate_profile_free(p);
}

/* Brandl, Brandt & Stricker (2022) and Fishburn (1984): a lottery need not be the only one when
 * margins are even. Two ballots that are opposite: every lottery is maximal. A and B that tie
 * and beat C: all between the two. */
static void lotteries_tie(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABC", "1:ABC 1:BAC");
    expect_places(p, "maximal_lotteries", NULL, "1-2 A 1/2, 1-2 B 1/2, 3 C 0");
    expect_trace(p, "maximal_lotteries", NULL, "\"essential\":[\"A\",\"B\"],\"extreme_lotteries\":2");
    cocreate_profile_free(p);
    p = rankings("ABC", "1:ABC 1:CBA");
    expect_trace(p, "maximal_lotteries", NULL, "\"extreme_lotteries\":3");
    cocreate_profile_free(p);
}

/* Handbook of Computational Social Choice (2016), 5: a Condorcet winner needs no ballot removed
 * and no swap. */
static void winners_need_nothing(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("MNCK", tennessee);
    cocreate_ranking *r = rank(p, "dodgson", NULL);
    assert_memory_equal(places_text(p, r), "1 N 0", 5);
    cocreate_ranking_free(r);
    expect_winners(p, "young", NULL, "N");
    /* M loses to each of the others by 42 to 58: 9 ballots must put it above all three, three
     * swaps each. */
    r = rank(p, "dodgson", NULL);
    assert_non_null(strstr(places_text(p, r), "M 27"));
    cocreate_ranking_free(r);
    /* Without 16 of those it ties with all three. */
    r = rank(p, "young", NULL);
    assert_non_null(strstr(places_text(p, r), "M 16"));
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
}

/* A tie that is broken counts half a swap. */
static void equal_ranks_are_half_swaps(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("AB", "1:A=B");
    expect_places(p, "dodgson", NULL, "1-2 A 1/2, 1-2 B 1/2");
    cocreate_profile_free(p);
    p = rankings("AB", "1:A=B 1:BA");
    /* A: a swap in BA makes 1 to 0. B beats A already. */
    expect_places(p, "dodgson", NULL, "1 B 0, 2 A 1");
    cocreate_profile_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tennessee_capital),
        cmocka_unit_test(schulze_45_voters),
        cmocka_unit_test(circle_of_three),
        cmocka_unit_test(condorcet_circle),
        cmocka_unit_test(parts_keep_their_order),
        cmocka_unit_test(no_ballots),
        cmocka_unit_test(lotteries_tie),
        cmocka_unit_test(winners_need_nothing),
        cmocka_unit_test(equal_ranks_are_half_swaps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
