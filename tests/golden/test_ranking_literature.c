/* The methods against worked examples of the literature. */
#include "ranking_ballots.h"

/* Schulze, A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent
 * single-winner election method (2011), section 3, and the article on the method in Wikipedia: 45
 * voters, five candidates; strongest paths printed there; order E > A > C > B > D. */
static const char schulze_1[] =
    "5:ACBED 5:ADECB 8:BEDAC 3:CABED 7:CAEBD 2:CBADE 7:DCEBA 8:EBADC";

static void schulze_45_voters(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABCDE", schulze_1);
    expect_places(p, "schulze", NULL, "1 E 4, 2 A 3, 3 C 2, 4 B 1, 5 D 0");
    expect_places(p, "schulze", "{\"strength\":\"margins\"}", "1 E 4, 2 A 3, 3 C 2, 4 B 1, 5 D 0");
    cocreate_ranking *r = rank(p, "schulze", NULL);
    /* Both matrices as printed in the paper; its diagonal is empty, ours is 0. */
    const char *json = cocreate_ranking_json(r);
    assert_non_null(strstr(json, "\"pairwise\":[[0,20,26,30,22],[25,0,16,33,18],[19,29,0,17,24],"
                                 "[15,12,28,0,14],[23,27,21,31,0]]"));
    assert_non_null(strstr(json, "\"strongest_paths\":[[0,28,28,30,24],[25,0,28,33,24],"
                                 "[25,29,0,29,24],[25,28,28,0,24],[25,28,28,31,0]]"));
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
}

/* The same paper, example 2 (30 voters, four candidates): D > A > C > B. */
static void schulze_30_voters(void **state)
{
    (void)state;
    cocreate_profile *p =
        rankings("ABCD", "5:ACBD 2:ACDB 3:ADCB 4:BACD 3:CBDA 3:CDBA 1:DACB 5:DBAC 4:DCBA");
    expect_places(p, "schulze", NULL, "1 D 3, 2 A 2, 3 C 1, 4 B 0");
    cocreate_profile_free(p);
}

/* Example 3 of the same paper (9 voters): B and D are both undefeated. By hand: majorities AB 5,
 * AC 5, BC 7, BD 5, CD 5, DA 6. Every circle closes with 5, so that only B > C (7 against C-D-A-B
 * with 5) and D > A (6 against A-B-D with 5) hold. */
static void schulze_keeps_ties(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABCD", "3:ABCD 2:DABC 2:DBCA 2:CBDA");
    expect_places(p, "schulze", NULL, "1-3 B 1, 1-3 D 1, 2-4 A 0, 2-4 C 0");
    expect_winners(p, "schulze", NULL, "BD");
    cocreate_profile_free(p);
}

/* Tennessee's capital, the standing example of Wikipedia's articles on voting methods: Memphis,
 * Nashville, Chattanooga, Knoxville. Borda with m-1 .. 0: 126, 194, 173, 107. */
static const char tennessee[] = "42:MNCK 26:NCKM 15:CKNM 17:KCNM";

static void tennessee_capital(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("MNCK", tennessee);
    expect_places(p, "plurality", NULL, "1 M 42, 2 N 26, 3 K 17, 4 C 15");
    expect_places(p, "borda", NULL, "1 N 194, 2 C 173, 3 M 126, 4 K 107");
    expect_places(p, "irv", NULL, "1 K 58, 2 M 42, 3 N 26, 4 C 15");
    expect_winners(p, "schulze", NULL, "N");
    cocreate_profile_free(p);
}

/* Burlington, Vermont, mayor 2009, as condensed by Warren Smith (rangevoting.org/Burlington.html):
 * Kiss, Montroll, Wright. Plurality elects Wright, instant runoff Kiss, Condorcet Montroll. */
static void burlington_2009(void **state)
{
    (void)state;
    cocreate_profile *p = rankings(
        "KMW", "1332:MKW 767:MWK 455:M 2043:KMW 371:KWM 568:K 1513:WMK 495:WKM 1289:W");
    expect_winners(p, "plurality", NULL, "W");
    expect_winners(p, "irv", NULL, "K");
    expect_winners(p, "schulze", NULL, "M");
    expect_places(p, "irv", NULL, "1 K 4314, 2 W 4064, 3 M 2554");
    cocreate_profile_free(p);
}

/* Tennessee with the points of Nauru (Dowdall): 1, 1/2, 1/3, 1/4. By hand:
 * M 42 + 58/4, N 26 + 42/2 + 32/3, C 15 + 43/2 + 42/3, K 17 + 15/2 + 26/3 + 42/4. */
static void dowdall(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("MNCK", tennessee);
    expect_places(p, "borda", "{\"variant\":\"dowdall\"}",
                  "1 N 173/3, 2 M 113/2, 3 C 101/2, 4 K 131/3");
    cocreate_profile_free(p);
}

/* Wikipedia, "Instant-runoff voting", five voters and three candidates: Bob, Sue, Bill; Bill leaves,
 * Sue wins 3 to 2. */
static void five_voters(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("BSX", "2:BXS 2:SBX 1:XSB");
    expect_places(p, "irv", NULL, "1 S 3, 2 B 2, 3 X 1");
    cocreate_profile_free(p);
}

/* Condorcet's paradox: everything ties in everything. */
static void condorcet_circle(void **state)
{
    (void)state;
    static const char *const methods[] = {"plurality", "borda", "irv", "schulze"};
    cocreate_profile *p = rankings("ABC", "1:ABC 1:BCA 1:CAB");
    for (size_t i = 0; i < 4; i++)
        expect_winners(p, methods[i], NULL, "ABC");
    expect_places(p, "irv", "{\"elimination\":\"all_tied\"}", "1-3 A 1, 1-3 B 1, 1-3 C 1");
    cocreate_profile_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(schulze_45_voters),  cmocka_unit_test(schulze_30_voters),
        cmocka_unit_test(schulze_keeps_ties), cmocka_unit_test(tennessee_capital),
        cmocka_unit_test(burlington_2009),    cmocka_unit_test(dowdall),
        cmocka_unit_test(five_voters),        cmocka_unit_test(condorcet_circle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
