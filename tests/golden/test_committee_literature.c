/* Committees of the literature. */
#include "committee_ballots.h"

/* Lackner & Skowron, Multi-Winner Voting with Approval Preferences (2023), example 2.1: twelve voters
 * and four seats, and what the rules make of it in examples 2.2 to 2.10. */
static const char running[] = "3:ab 3:ac 2:ad 1:bcf 1:e 1:f 1:g";

#define FOUR "{\"seats\":4,\"ties\":\"parallel\"}"
#define FOUR_EXACT "{\"seats\":4,\"ties\":\"parallel\",\"algorithm\":\"exact\"}"

static void running_example(void **state)
{
    cocreate_profile *p = approvals("abcdefgh", running);
    (void)state;
    expect_committees(p, "av", FOUR, "abcd abcf");
    expect_winners(p, "av", "{\"seats\":4}", "abcd");
    /* Shares: a 8/2, b and c 3/2 + 1/3, f 1/3 + 1, and d, e, g 1 each. */
    expect_places(p, "sav", "{\"seats\":4}",
                  "1 a 4, 2 b 11/6, 3 c 11/6, 4 f 4/3, 5 d 1, 6 e 1, 7 g 1, 8 h 0");
    expect_committees(p, "pav", FOUR_EXACT, "abcf");
    /* 6 * 3/2 + 2 * 1 + (1 + 1/2 + 1/3) + 1 */
    expect_trace(p, "pav", FOUR_EXACT, "points", "\"83/6\"");
    expect_trace(p, "monroe", FOUR_EXACT, "committee_count", "6");
    expect_committees(p, "minimax_phragmen", FOUR, "abcd abcf abdf acdf bcdf");
    expect_committees(p, "lexmin_phragmen", FOUR, "abcf");
    cocreate_profile_free(p);
}

/* Example 2.5 there: proportional approval voting and its two sequential forms differ. */
static void three_forms(void **state)
{
    cocreate_profile *p = approvals("abcd", "3:ab 6:ad 4:b 5:c 5:cd");
    (void)state;
    expect_committees(p, "pav", "{\"seats\":2,\"ties\":\"parallel\",\"algorithm\":\"exact\"}",
                      "ac");
    expect_committees(p, "pav", "{\"seats\":2,\"ties\":\"parallel\"}", "cd");
    expect_committees(p, "pav", "{\"seats\":2,\"ties\":\"parallel\",\"algorithm\":\"revseq\"}",
                      "cd");
    cocreate_profile_free(p);
}

/* Thiele's own example, as in Janson, Phragmen's and Thiele's election methods (2018), 13.3. */
static void thiele(void **state)
{
    cocreate_profile *p = approvals(
        "abcd",
        "960:acd 3000:bcd 520:bc 1620:ab 1081:ad 1240:ac 360:bd 360:d 120:c 60:b");
    (void)state;
    expect_winners(p, "pav", "{\"seats\":2,\"algorithm\":\"exact\"}", "ab");
    expect_winners(p, "pav", "{\"seats\":2}", "ca");
    expect_winners(p, "pav", "{\"seats\":2,\"algorithm\":\"revseq\"}", "bd");
    /* 960 + 3000 + 520 + 1240 + 120 voters approve c; of a 960 and 1240 count half then. */
    expect_places(p, "pav", "{\"seats\":2}", "1 c 5840, 2 a 3801, 3-4 b 3800, 3-4 d 3781");
    cocreate_profile_free(p);
}

/* Remark 2 there: one ballot of a hundred decides minimax approval voting. */
static void minimax(void **state)
{
    cocreate_profile *p = approvals("abc", "99:a 1:abc");
    (void)state;
    expect_committees(p, "minimax_av", "{\"ties\":\"parallel\"}", "a b c");
    expect_committees(p, "lexmin_minimax_av", "{\"ties\":\"parallel\"}", "a");
    expect_trace(p, "lexmin_minimax_av", NULL, "distances",
                 "[{\"distance\":2,\"voters\":\"1\"},{\"distance\":0,\"voters\":\"99\"}]");
    cocreate_profile_free(p);
}

/* By hand: half of four votes buy a seat. a joins with 3 votes and its voters keep a third each, as
 * much together as c has; with the consensus rule they owe 1/3 each, get 1, and have 2/3 of 3 = 2,
 * and c has 2 too. */
static void savings(void **state)
{
    cocreate_profile *p = approvals("abc", "3:ab 1:c");
    (void)state;
    expect_committees(p, "phragmen_enestroem", "{\"seats\":2,\"ties\":\"parallel\"}", "ab ac bc");
    expect_trace(p, "phragmen_enestroem", "{\"seats\":2}", "rounds",
                 "[{\"elected\":\"a\",\"price\":\"2\",\"round\":1,\"support\":\"3\"},"
                 "{\"elected\":\"b\",\"price\":\"2\",\"round\":2,\"support\":\"1\"}]");
    expect_committees(p, "consensus", "{\"seats\":2,\"ties\":\"parallel\"}", "ab ac bc");
    expect_places(p, "consensus", "{\"seats\":2}", "1 a 3, 2 b 2, 3 c 2");
    /* Districts of 2: of the three voters one is left for b, as many as there are for c. */
    expect_committees(p, "monroe", "{\"seats\":2,\"ties\":\"parallel\"}", "ab ac bc");
    expect_committees(p, "monroe",
                      "{\"seats\":2,\"ties\":\"parallel\",\"algorithm\":\"exact\"}",
                      "ab ac bc");
    cocreate_profile_free(p);
}

/* By hand: of five nominees the two with the fewest points are compared, and the one with the fewer
 * nominations leaves. Points: a 3/2 + 1, b 3/2, c 1/2 + 1, d 1/2 + 1, e 1/2 + 1/2. e and one of b, c,
 * d (3/2 points each: all are compared), 2 nominations of e, c and d, 3 of b. */
static void hugo(void **state)
{
    cocreate_profile *p = approvals("abcde", "3:ab 1:a 1:ce 1:c 1:de 1:d");
    (void)state;
    /* With approvals c, d and e leave at once; with points e alone does, and c and d have 2 each. */
    expect_places(p, "eph", "{\"seats\":2}",
                  "1-2 a 5/2, 1-2 b 3/2, 3-5 c 3/2, 3-5 d 3/2, 3-5 e 1");
    expect_places(p, "eph", "{\"seats\":4,\"variant\":\"points\"}",
                  "1-4 a 5/2, 1-4 b 3/2, 1-4 c 2, 1-4 d 2, 5 e 1");
    expect_places(p, "eph", "{\"seats\":3}",
                  "1-3 a 5/2, 1-3 b 3/2, 1-3 c 3/2, 4 d 3/2, 5 e 1");
    expect_committees(p, "eph", "{\"seats\":3,\"ties\":\"parallel\"}", "abc abd abe");
    cocreate_profile_free(p);
}

/* By hand: d is approved by four of six voters, and b by the other two. With three seats half of the
 * voters have two members at most: those of d also approve a or c, two each, and of b one c. */
static void coverage(void **state)
{
    cocreate_profile *p = approvals("abcd", "2:ad 1:bc 1:b 2:cd");
    (void)state;
    expect_committees(p, "cc", "{\"seats\":2,\"ties\":\"parallel\",\"algorithm\":\"exact\"}",
                      "bd");
    expect_trace(p, "cc", "{\"seats\":2,\"algorithm\":\"exact\"}", "points", "\"6\"");
    expect_places(p, "cc", "{\"seats\":2}", "1 d 4, 2 b 2, 3-4 a 0, 3-4 c 1");
    expect_committees(p, "lexcc", "{\"seats\":2}", "bd");
    expect_trace(p, "lexcc", "{\"seats\":3}", "represented", "[\"6\",\"3\"]");
    expect_trace(p, "adams", "{\"seats\":3}", "represented", "[\"6\"]");
    expect_trace(p, "adams", "{\"seats\":3}", "points", "\"3\"");
    cocreate_profile_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(running_example), cmocka_unit_test(three_forms),
        cmocka_unit_test(thiele),          cmocka_unit_test(minimax),
        cmocka_unit_test(savings),         cmocka_unit_test(hugo),
        cmocka_unit_test(coverage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
