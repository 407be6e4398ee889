/* Counts of single transferable votes with published numbers, or numbers that can be followed by
 * hand. */
#include "ranking_ballots.h"

static void expect_in(const cocreate_ranking *r, const char *piece)
{
    if (strstr(cocreate_ranking_json(r), piece) == NULL)
        print_error("%s\nis not in\n%.3000s\n", piece, cocreate_ranking_json(r));
    assert_non_null(strstr(cocreate_ranking_json(r), piece));
}

/* Wikipedia, "Single transferable vote", the party of 20 guests and 3 dishes: Oranges, Pears,
 * Chocolate, Strawberries, Hamburgers. Quota 6; chocolate's surplus of 6 passes on by halves;
 * pears leave, which elects oranges; hamburgers leave, strawberries are the third. */
static void dishes(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("OPCSH", "4:O 2:PO 8:CS 4:CH 1:S 1:H");
    cocreate_ranking *r = rank(p, "stv_gregory", "{\"seats\":3}");
    assert_string_equal(places_text(p, r), "1 C 12, 2 O 6, 3 S 5, 4 H 3, 5 P 2");
    expect_in(r, "\"elected\":[\"C\"],\"eliminated\":[],\"exhausted\":\"0\",\"filled\":[],"
                 "\"quota\":\"6\",\"residual\":\"0\",\"round\":1,"
                 "\"surplus\":[{\"amount\":\"6\",\"option\":\"C\"}],"
                 "\"transfers\":{\"H\":\"2\",\"S\":\"4\"}");
    cocreate_ranking_free(r);
    static const char *const methods[] = {"stv_scottish", "stv_wigm", "stv_meek", "stv_warren",
                                          "stv_ers97", "stv_northern_ireland", "stv_cfer", "qpq"};
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        r = rank(p, methods[i], "{\"seats\":\"3\"}");
        assert_non_null(strchr(winners_text(p, r), 'C'));
        assert_non_null(strchr(winners_text(p, r), 'O'));
        assert_non_null(strchr(winners_text(p, r), 'S'));
        cocreate_ranking_free(r);
    }
    cocreate_profile_free(p);
}

/* droop's test 42.blt, "Pollux and Helen should tie": they do in fractions, and do not where values
 * are cut. The numbers of its reports: Pollux 1.00000 against 2.00000 with Scotland's whole quota,
 * 1.9996 with four decimals and a quota of 2.0001. */
static void castor_pollux_helen(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("CPH", "4:CP 2:H");
    cocreate_ranking *r = rank(p, "stv_scottish", "{\"seats\":2}");
    expect_in(r, "\"votes\":{\"C\":\"3.00000\",\"H\":\"2.00000\",\"P\":\"1.00000\"}");
    assert_string_equal(winners_text(p, r), "CH");
    cocreate_ranking_free(r);
    r = rank(p, "stv_wigm", "{\"seats\":2,\"quota\":\"droop_exact\"}");
    expect_in(r, "\"quota\":\"2.0001\"");
    expect_in(r, "\"residual\":\"0.0003\"");
    expect_in(r, "\"votes\":{\"C\":\"2.0001\",\"H\":\"2.0000\",\"P\":\"1.9996\"}");
    assert_string_equal(winners_text(p, r), "CH");
    cocreate_ranking_free(r);
    r = rank(p, "stv_wigm", "{\"seats\":2,\"quota\":\"droop_exact\",\"decimals\":\"exact\"}");
    expect_in(r, "\"ties\":[{\"options\":[\"P\",\"H\"],\"order\":[\"P\",\"H\"],\"step\":\"id\"}]");
    expect_in(r, "\"options\":{\"batch\":\"none\",\"decimals\":\"exact\",\"quota\":\"droop_exact\","
                 "\"ties\":[\"id\"]}");
    assert_string_equal(winners_text(p, r), "CP");
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
}

/* The same for quotients, by Woodall's paragraphs 2.3 to 2.5: Castor has 4 / 1, more than the quota
 * 6 / 3; his ballots have then elected 1/4 each, so Pollux has 4 / (1 + 1) = 2, as Helen. Nobody is
 * above the quota of 2, and the chain lets Helen leave. */
static void quotients(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("CPH", "4:CP 2:H");
    cocreate_ranking *r = rank(p, "qpq", "{\"seats\":2,\"variant\":\"continue\"}");
    expect_in(r, "\"quota\":\"2\",\"quotients\":{\"C\":\"4\",\"H\":\"2\",\"P\":\"0\"},"
                 "\"round\":1}");
    expect_in(r, "\"quota\":\"2\",\"quotients\":{\"C\":\"4\",\"H\":\"2\",\"P\":\"2\"},"
                 "\"round\":2}");
    assert_string_equal(winners_text(p, r), "CP");
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
}

/* VoteKit issue 311: 52 ballots for A to E in this order, 8 for F, 5 seats: the quota is 11, the
 * surplus 41 walks down to E as 8, exactly what F has. Doubles made it 8.00000000000014. */
static void exact_tie(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABCDEF", "52:ABCDE 8:F");
    cocreate_ranking *r = rank(p, "stv_gregory", "{\"seats\":5}");
    expect_in(r, "\"votes\":{\"A\":\"11\",\"B\":\"11\",\"C\":\"11\",\"D\":\"11\",\"E\":\"8\","
                 "\"F\":\"8\"}");
    expect_in(r, "\"ties\":[{\"options\":[\"E\",\"F\"],\"order\":[\"E\",\"F\"],\"step\":\"id\"}]");
    assert_string_equal(winners_text(p, r), "ABCDE");
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
}

/* By hand: 100 votes, 2 seats. A has 60, of which 50 rank B next. ERS97: quota 33.34, surplus
 * 26.66, 0.53 for each of the 50 papers, 0.16 not transferable. Northern Ireland: quota 34, surplus
 * 26, 0.52 a paper. Scotland: 26 / 60 of all papers, 0.43333 each, so 4.3333 go with those of A
 * alone. */
static void last_parcels(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABC", "50:AB 10:A 24:B 16:C");
    cocreate_ranking *r = rank(p, "stv_ers97", "{\"seats\":2}");
    expect_in(r, "\"quota\":\"33.34\"");
    expect_in(r, "\"exhausted\":\"0.16\"");
    expect_in(r, "\"votes\":{\"A\":\"33.34\",\"B\":\"50.50\",\"C\":\"16.00\"}");
    cocreate_ranking_free(r);
    r = rank(p, "stv_northern_ireland", "{\"seats\":2}");
    expect_in(r, "\"votes\":{\"A\":\"34.00\",\"B\":\"50.00\",\"C\":\"16.00\"}");
    cocreate_ranking_free(r);
    r = rank(p, "stv_scottish", "{\"seats\":2}");
    expect_in(r, "\"exhausted\":\"4.33330\"");
    expect_in(r, "\"votes\":{\"A\":\"34.00000\",\"B\":\"45.66650\",\"C\":\"16.00000\"}");
    cocreate_ranking_free(r);
    r = rank(p, "stv_gregory", "{\"seats\":2,\"variant\":\"inclusive\"}");
    expect_in(r, "\"votes\":{\"A\":\"34\",\"B\":\"137/3\",\"C\":\"16\"}");
    cocreate_ranking_free(r);
    r = rank(p, "stv_gregory", "{\"seats\":2,\"variant\":\"last_parcel\"}");
    expect_in(r, "\"votes\":{\"A\":\"34\",\"B\":\"50\",\"C\":\"16\"}");
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
}

/* By hand: Meek. 6 of 10 rank A then B, 2 B, 2 C, two seats: quota 10/3 + 10^-9. A keeps
 * 3.333333334 / 6, rounded up to 0.555555556, and B has 2 + 6 * 0.444444444 = 4.666666664. */
static void meek_by_hand(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABC", "6:AB 2:B 2:C");
    cocreate_ranking *r = rank(p, "stv_meek", "{\"seats\":2}");
    expect_in(r, "\"quota\":\"3.333333334\"");
    expect_in(r, "\"keep\":{\"A\":\"0.555555556\",\"B\":\"1.000000000\"}");
    expect_in(r, "\"votes\":{\"A\":\"3.333333336\",\"B\":\"4.666666664\",\"C\":\"2.000000000\"}");
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
}

/* Equal ranks are the mean of the orders: one paper A=B>C counts one half for A and B each; when A
 * leaves, its half goes to B before C. */
static void equal_ranks(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABC", "1:A=BC 1:B 2:C");
    cocreate_ranking *r = rank(p, "stv_scottish", NULL);
    expect_in(r, "\"votes\":{\"A\":\"0.50000\",\"B\":\"1.50000\",\"C\":\"2.00000\"}");
    expect_in(r, "\"transfers\":{\"B\":\"0.50000\"}");
    cocreate_ranking_free(r);
    r = rank(p, "stv_meek", NULL);
    expect_in(r, "\"votes\":{\"B\":\"2.000000000\",\"C\":\"2.000000000\"}");
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
    p = rankings("ABCD", "1:A=B=CD");
    r = rank(p, "stv_scottish", NULL);
    expect_in(r, "\"votes\":{\"A\":\"1/3\",\"B\":\"1/3\",\"C\":\"1/3\",\"D\":\"0.00000\"}");
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
}

/* Minneapolis, by hand: 90 votes, 2 seats, threshold 31; A's surplus of 9 goes to B, who has 20. */
static void minneapolis(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABCD", "40:ABC 20:B 15:C 15:D");
    cocreate_ranking *r = rank(p, "stv_minneapolis", "{\"seats\":2}");
    /* 9 / 40 = 0.2250 for each of A's papers. */
    expect_in(r, "\"surplus\":[{\"amount\":\"9.0000\",\"option\":\"A\"}],"
                 "\"transfers\":{\"B\":\"9.0000\"}");
    assert_string_equal(winners_text(p, r), "AB");
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
    p = rankings("ABCD", "40:ABC 32:B 25:C 20:D");
    r = rank(p, "stv_minneapolis", "{\"seats\":3}");
    /* Threshold 30; A passes 10 on to B, who stays in the count, and only then B its 12. */
    expect_in(r, "\"transfers\":{\"B\":\"10.0000\"}");
    expect_in(r, "\"surplus\":[{\"amount\":\"12.0000\",\"option\":\"B\"}]");
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
}

/* Wikipedia, "CPO-STV": Andrea, Brad, Carter, Delilah and Scott, 100 voters, 3 seats, quota 25.
 * Andrea, Carter and Delilah (25 + 25 + 29) beat Andrea, Carter and Scott (25 + 25 + 21), and all
 * other outcomes; nearest come Brad, Carter and Scott, who without Carter have 16 + 21 against 25 +
 * 13 of Andrea and Delilah. */
static void pairs_of_outcomes(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABCDS", "25:A 34:CBD 7:BD 8:DB 5:DS 21:SD");
    cocreate_ranking *r = rank(p, "stv_cpo", "{\"seats\":3}");
    expect_in(r, "\"committee_count\":1,\"committees\":[[\"A\",\"C\",\"D\"]],"
                 "\"condorcet\":true,\"outcomes\":10,\"quota\":\"25\",\"worst\":\"-1\"");
    assert_string_equal(places_text(p, r), "1-3 A, 1-3 C, 1-3 D, 4-5 B, 4-5 S");
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dishes),       cmocka_unit_test(castor_pollux_helen),
        cmocka_unit_test(quotients),    cmocka_unit_test(exact_tie),
        cmocka_unit_test(last_parcels), cmocka_unit_test(meek_by_hand),
        cmocka_unit_test(equal_ranks),  cmocka_unit_test(minneapolis),
        cmocka_unit_test(pairs_of_outcomes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
