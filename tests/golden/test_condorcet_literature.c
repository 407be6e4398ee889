/* The methods on majorities against worked examples of the literature, and examples small enough to
 * work out by hand. */
#include "ranking_ballots.h"

/* Schulze (2011), section 3, example 1, 45 voters. From the matrix printed there: B>D 33, E>D 31,
 * A>D 30, C>B 29, D>C 28, E>B 27, A>C 26, B>A 25, C>E 24, E>A 23. */
static const char schulze_1[] =
    "5:ACBED 5:ADECB 8:BEDAC 3:CABED 7:CAEBD 2:CBADE 7:DCEBA 8:EBADC";

/* By hand from that matrix. Ranked pairs lock BD, ED, AD and CB; DC would close C-B-D; EB and AC; BA
 * would close A-C-B; CE; EA would close A-C-E. So A > C > E > B > D, where Schulze elects E. */
static void forty_five_voters(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABCDE", schulze_1);
    expect_places(p, "ranked_pairs", NULL, "1 A, 2 C, 3 E, 4 B, 5 D");
    expect_places(p, "ranked_pairs", "{\"strength\":\"margins\"}", "1 A, 2 C, 3 E, 4 B, 5 D");
    /* River: BD, and D has its one; CB; DC would close a circle; AC; CE. The root is A. */
    expect_winners(p, "river", NULL, "A");
    cocreate_ranking *r = rank(p, "river", NULL);
    assert_non_null(strstr(cocreate_ranking_json(r),
                           "\"tree\":[{\"over\":\"B\",\"strength\":\"33\",\"under\":\"D\"},"
                           "{\"over\":\"C\",\"strength\":\"29\",\"under\":\"B\"},"
                           "{\"over\":\"A\",\"strength\":\"26\",\"under\":\"C\"},"
                           "{\"over\":\"C\",\"strength\":\"24\",\"under\":\"E\"}]"));
    cocreate_ranking_free(r);
    /* By the strongest paths printed there: those back against BA (28 for 25), EA (24 for 23), DC (29
     * for 28) and CE (28 for 24) are as strong; BD, ED, AD, CB, EB and AC stand. */
    expect_winners(p, "split_cycle", NULL, "AE");
    expect_places(p, "minimax", NULL, "1 E -24, 2 A -25, 3 C -28, 4 B -29, 5 D -33");
    /* Wins: A beats C D, B beats A D, C beats B E, D beats C, E beats A B D. */
    expect_places(p, "copeland", NULL, "1 E 3, 2-4 A 2, 2-4 B 2, 2-4 C 2, 5 D 1");
    expect_winners(p, "smith", NULL, "ABCDE");
    expect_winners(p, "condorcet", NULL, "");
    expect_winners(p, "weak_condorcet", NULL, "");
    cocreate_profile_free(p);
}

/* Tennessee's capital (Wikipedia): Nashville beats all, Memphis loses to all. */
static void tennessee_capital(void **state)
{
    static const char *const consistent[] = {
        "condorcet", "weak_condorcet", "smith", "schwartz", "uncovered", "banks", "copeland",
        "llull", "black", "minimax", "smith_minimax", "ranked_pairs", "river", "split_cycle",
        "stable_voting", "simple_stable_voting", "leximax", "most_wins_smallest_loss",
        "simplified_dodgson", "loss_trimmer", "copeland_local_borda",
        "copeland_global_minimax", "borda_minimax_faceoff", "condorcet_plurality", "daunou",
    };
    (void)state;
    cocreate_profile *p = rankings("MNCK", "42:MNCK 26:NCKM 15:CKNM 17:KCNM");
    for (size_t i = 0; i < sizeof consistent / sizeof consistent[0]; i++)
        expect_winners(p, consistent[i], NULL, "N");
    /* C does better against K (66) than N does (36), so that N does not cover C by margins. */
    expect_winners(p, "weighted_covering", NULL, "NC");
    expect_places(p, "condorcet_loser", NULL, "1-3 N, 1-3 C, 1-3 K, 4 M");
    /* Wikipedia, "Ranked pairs" and "Minimax Condorcet method": the order, and the worst defeats. */
    expect_places(p, "ranked_pairs", NULL, "1 N, 2 C, 3 K, 4 M");
    expect_places(p, "minimax", NULL, "1 N 0, 2 M -58, 3 C -68, 4 K -83");
    cocreate_profile_free(p);
}

/* In a circle the weakest majority is dropped (Holliday & Pacuit, Split Cycle, 2023): A beats B 6:3,
 * B beats C 7:2, C beats A 5:4, which does not count. */
static void splits_a_circle(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABC", "4:ABC 3:BCA 2:CAB");
    expect_places(p, "split_cycle", NULL, "1 A, 2 B, 3 C");
    expect_places(p, "ranked_pairs", NULL, "1 A, 2 B, 3 C");
    expect_winners(p, "river", NULL, "A");
    expect_winners(p, "stable_voting", NULL, "A");
    expect_winners(p, "minimax", NULL, "A");
    expect_winners(p, "banks", NULL, "ABC");
    expect_winners(p, "uncovered", NULL, "ABC");
    /* Losses in margins: A 1, B 3, C 5; C leaves first, and then A beats B. */
    expect_places(p, "simplified_dodgson", NULL, "1 A -1, 2 B -3, 3 C -5");
    expect_winners(p, "loss_trimmer", NULL, "A");
    cocreate_profile_free(p);
}

/* The same circle above D, who loses to all 9:0. Votes for less votes against: A 3 - 1 + 9, B
 * -3 + 5 + 9, C 1 - 5 + 9. */
static void borda_decides_without_a_winner(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABCD", "4:ABCD 3:BCAD 2:CABD");
    expect_places(p, "black", NULL, "1-2 A 11, 1-2 B 11, 3 C 5, 4 D -27");
    expect_places(p, "copeland", NULL, "1-3 A 2, 1-3 B 2, 1-3 C 2, 4 D 0");
    expect_winners(p, "copeland_local_borda", NULL, "AB");
    expect_places(p, "copeland_local_minimax", NULL, "1 A 2, 2 B 2, 3 C 2, 4 D 0");
    expect_winners(p, "daunou", NULL, "A");
    expect_winners(p, "condorcet_plurality", NULL, "A");
    /* A has its own 4 and those of B 3: 7; B 3 and those of C 2; C 2 and those of A 4. */
    expect_places(p, "superior_voting", NULL, "1 A 7, 2 C 6, 3 B 5, 4 D 0");
    cocreate_profile_free(p);
}

/* Four options of which B covers D. */
static void banks_and_uncovered(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABCD", "1:ABDC 1:BDCA 1:CABD");
    /* By hand: A>B 2:1, A>D 2:1, B>C 2:1, B>D 3:0, C>A 2:1, D>C 2:1. B beats all that D beats, and A
     * beats both. Chains: A-B-D, B-D-C, C-A; D-C is headed by B too. */
    expect_winners(p, "uncovered", NULL, "ABC");
    expect_winners(p, "uncovered", "{\"variant\":\"right\"}", "ABC");
    expect_winners(p, "banks", NULL, "ABC");
    expect_winners(p, "pareto", NULL, "ABC"); /* all three prefer B to D */
    expect_winners(p, "copeland", NULL, "AB");
    cocreate_profile_free(p);
}

/* A beats B 3:1, and C ties with both 2:2. */
static void sets_differ_where_options_tie(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABC", "2:ABC 1:CBA 1:CAB");
    expect_winners(p, "uncovered", NULL, "AC");
    expect_winners(p, "uncovered", "{\"variant\":\"right\"}", "AC");
    expect_winners(p, "uncovered", "{\"variant\":\"mckelvey\"}", "AC");
    expect_winners(p, "uncovered", "{\"variant\":\"fishburn\"}", "AC");
    expect_winners(p, "schwartz", NULL, "AC");
    expect_winners(p, "smith", NULL, "ABC");
    expect_winners(p, "weak_condorcet", NULL, "AC");
    expect_places(p, "copeland", NULL, "1 A 3/2, 2 C 1, 3 B 1/2");
    expect_places(p, "llull", NULL, "1-2 A 2, 1-2 C 2, 3 B 1");
    cocreate_profile_free(p);
}

/* The four coverings, by hand. */
static void left_and_right_covering(void **state)
{
    (void)state;
    /* A beats B 3:2, B beats D 4:1, nothing else. Left: A covers B, since nobody beats A; B does not
     * cover D, since nobody else has to beat it but A, who does not. Right: A does not beat B's D; B
     * covers D, who beats nobody. Fishburn: A and C, whom nobody beats, cover B and D. */
    cocreate_profile *p = rankings("ABCD", "3:AB 2:BA 4:BD 1:DB");
    expect_winners(p, "uncovered", "{\"unranked\":\"ignored\"}", "ACD");
    expect_winners(p, "uncovered", "{\"unranked\":\"ignored\",\"variant\":\"right\"}", "ABC");
    expect_winners(p, "uncovered", "{\"unranked\":\"ignored\",\"variant\":\"mckelvey\"}", "ABCD");
    expect_winners(p, "uncovered", "{\"unranked\":\"ignored\",\"variant\":\"fishburn\"}", "AC");
    cocreate_profile_free(p);
}

/* An option that nobody is ever ranked above stays in the game (other programs lose it): it is
 * beaten by nobody, and its worst defeat is 0. */
static void the_unbeaten_is_not_forgotten(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABC", "5:ABC 4:ACB");
    expect_places(p, "minimax", NULL, "1 A 0, 2-3 B -9, 2-3 C -9");
    cocreate_profile_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forty_five_voters),
        cmocka_unit_test(tennessee_capital),
        cmocka_unit_test(splits_a_circle),
        cmocka_unit_test(borda_decides_without_a_winner),
        cmocka_unit_test(banks_and_uncovered),
        cmocka_unit_test(sets_differ_where_options_tie),
        cmocka_unit_test(left_and_right_covering),
        cmocka_unit_test(the_unbeaten_is_not_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
