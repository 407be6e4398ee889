/* Quadratic funding and retroactive medians: published examples and cases by hand. */
#include "reward_cases.h"

#define GIFT(donor, project, amount) \
    "{\"donor\":\"" donor "\",\"project\":\"" project "\",\"amount\":\"" amount "\"}"
#define QF(more) "quadratic_funding", "\"fund\":\"f\"," more

/* The example of pluralistic.js in the documentation of Grants Stack: 7^2 - 15 = 34, 8^2 - 10 = 54 and
 * 14^2 - 34 = 162. */
#define THREE                                                                                    \
    "\"gifts\":[" GIFT("a", "x", "1") "," GIFT("b", "x", "4") "," GIFT("c", "x", "1") "," GIFT(  \
        "d", "x", "9") "," GIFT("a", "y", "1") "," GIFT("b", "y", "1") "," GIFT("c", "y", "1")   \
    "," GIFT("d", "y", "1") "," GIFT("e", "y", "1") "," GIFT("f", "y", "1") "," GIFT("g", "y",   \
                                                                                    "4") ","     \
    GIFT("a", "z", "1") "," GIFT("b", "z", "9") "," GIFT("c", "z", "1") "," GIFT("d", "z", "9")  \
    "," GIFT("e", "z", "1") "," GIFT("f", "z", "9") "," GIFT("g", "z", "4") "]"
static struct reward_case pool_100 = {
    QF("\"pool\":\"100\""), THREE, "x=1360 y=2160 z=6480", "9999900.00",
    "4 donors gave 15.00, which asks for a match of 34.00: the square of the sum of the roots of the "
    "gifts, less the gifts. All matches together ask for 250.00 of the pool of 100.00, which is shared "
    "in proportion. 3400 of 25000 match: that part of 100.00 = 13.60.",
    0};
static struct reward_case pool_1000 = {
    QF("\"pool\":\"1000\""), THREE, "x=3400 y=5400 z=16200", "9999750.00", NULL, 0};
static struct reward_case scaled_up = {
    QF("\"pool\":\"1000\",\"scale_up\":true"), THREE, "x=13600 y=21600 z=64800", "9999000.00", NULL,
    0};
static struct reward_case pool_10 = {
    QF("\"pool\":\"10\""), THREE, "x=136 y=216 z=648", NULL, NULL, 0};
/* z gets 50, the others share 50 as 34 : 54, which is 19.3182 and 30.6818; published in six decimals one
 * millionth is lost. */
static struct reward_case capped = {
    QF("\"pool\":\"100\",\"cap\":\"50\""), THREE, "x=1932 y=3068 z=5000", "9999900.00", NULL, 0};
/* By hand: enough for all, so that what exceeds the cap stays in the fund. */
static struct reward_case capped_enough = {
    QF("\"pool\":\"1000\",\"cap\":\"50\""), THREE, "x=3400 y=5000 z=5000", "9999866.00", NULL, 0};
/* All at the cap: 1000 - 3 * 50 is left. */
static struct reward_case all_capped = {
    QF("\"pool\":\"1000\",\"cap\":\"50\",\"scale_up\":true"), THREE, "x=5000 y=5000 z=5000",
    "9999850.00", NULL, 0};
/* By hand: x keeps 4 and 9, (2 + 3)^2 - 13 = 12; y keeps one gift; z keeps 9, 9, 9 and 4, 11^2 - 31 = 90. */
static struct reward_case at_least = {
    QF("\"pool\":\"1000\",\"minimum\":\"4\""), THREE, "x=1200 z=9000", NULL, NULL, 0};

static struct reward_case one_donor = {
    QF("\"pool\":\"100\",\"scale_up\":true"), "\"gifts\":[" GIFT("a", "x", "1234.56") "]", "",
    "10000000.00", NULL, 0};
static struct reward_case one_donor_each = {
    QF("\"pool\":\"100\""), "\"gifts\":[" GIFT("a", "x", "3") "," GIFT("b", "y", "2") "," GIFT(
        "b", "y", "2") "]",
    "", NULL, NULL, 0};
static struct reward_case no_gifts = {
    QF("\"pool\":\"100\""), "\"gifts\":[]", "", "10000000.00", NULL, 0};
/* (2 sqrt 99)^2 - 198 = 198 cents; roots in whole numbers would give 162. */
static struct reward_case cents = {
    QF("\"pool\":\"100\""), "\"gifts\":[" GIFT("a", "x", "0.99") "," GIFT("b", "x", "0.99") "]", "x=198",
    NULL, NULL, 0};
/* One gift of 9 in k = 3 names: (3 sqrt 3)^2 - 9 = (k - 1) 9. */
static struct reward_case sybils = {
    QF("\"pool\":\"100\""),
    "\"gifts\":[" GIFT("a", "x", "3") "," GIFT("b", "x", "3") "," GIFT("c", "x", "3") "]", "x=1800", NULL,
    NULL, 0};
/* Half of b's 4 counts: 2 sqrt(8 * 2) = 8. */
static struct reward_case weighted = {
    QF("\"pool\":\"100\""),
    "\"gifts\":[" GIFT("a", "x", "8") "," GIFT("b", "x", "4") "," GIFT("c", "x", "4") "],\"donors\":["
    "{\"id\":\"b\",\"weight\":\"1/2\"},{\"id\":\"c\",\"weight\":0}]",
    "x=800", NULL, NULL, 0};
/* The owner of an entry is paid; gifts to one that is withdrawn do not count, nor those of the staff. */
static struct reward_case entries = {
    "quadratic_funding",
    "\"fund\":\"f\",\"pool\":\"100\",\"eligibility\":{\"exclude\":[\"staff\"]}",
    "\"entries\":[{\"id\":\"x\",\"owner\":\"ana\"},{\"id\":\"y\",\"owner\":\"bo\",\"status\":"
    "\"withdrawn\"}],\"persons\":[{\"id\":\"ana\"},{\"id\":\"s\",\"role\":\"staff\"}],\"gifts\":[" GIFT(
        "a", "x", "1") "," GIFT("b", "x", "1") "," GIFT("s", "x", "1") "," GIFT("a", "y", "1") ","
    GIFT("b", "y", "1") "]",
    "ana=200", NULL, NULL, 0};

/* Buterin 2019, by hand: k = 25 / (25 + 100) = 1/5, 2 * 100 / 5. */
static struct reward_case pairwise = {
    QF("\"pool\":\"1000\",\"match\":\"pairwise\",\"m\":\"25\""),
    "\"gifts\":[" GIFT("a", "x", "100") "," GIFT("b", "x", "100") "]", "x=4000", NULL,
    "2 donors gave 200.00, which asks for a match of 40.00: the sum over pairs of donors, less for two "
    "who give to the same projects. 4000 of 4000 match: that part of 40.00 = 40.00.",
    0};
/* y: 3 pairs, 2 * 25 / 26 each = 5.769. */
static struct reward_case pairwise_two = {
    QF("\"pool\":\"1000\",\"match\":\"pairwise\",\"m\":\"25\""),
    "\"gifts\":[" GIFT("a", "x", "100") "," GIFT("b", "x", "100") "," GIFT("a", "y", "1") "," GIFT(
        "c", "y", "1") "," GIFT("d", "y", "1") "]",
    "x=4000 y=577", NULL, NULL, 0};
/* The sample of clr.py: 220.594181 and 351.405819. */
static struct reward_case gitcoin = {
    QF("\"pool\":\"5000\",\"match\":\"gitcoin_clr\",\"threshold\":\"25\""),
    "\"gifts\":[" GIFT("1", "4", "10") "," GIFT("2", "4", "5") "," GIFT("2", "4", "10") "," GIFT(
        "3", "4", "7") "," GIFT("5", "4", "5") "," GIFT("4", "4", "10") "," GIFT("5", "4", "5") ","
    GIFT("5", "4", "5") "," GIFT("1", "5", "10") "," GIFT("1", "5", "5") "," GIFT("2", "5", "20") ","
    GIFT("3", "5", "3") "," GIFT("8", "5", "2") "," GIFT("9", "5", "10") "," GIFT("7", "5", "7") ","
    GIFT("2", "5", "5") "]",
    "4=22059 5=35141", NULL, NULL, 0};

#define FOUR_FOUR_NINE \
    "\"gifts\":[" GIFT("a", "x", "4") "," GIFT("b", "x", "4") "," GIFT("c", "x", "9") "]"
#define APART "\"clusters\":[{\"id\":\"g\",\"members\":[\"a\",\"b\"]},{\"id\":\"h\",\"members\":[\"c\"]}]"
#define LINKED \
    "\"clusters\":[{\"id\":\"g\",\"members\":[\"a\",\"b\"]},{\"id\":\"h\",\"members\":[\"a\",\"c\"]}]"
#define SINGLE                                                                                     \
    "\"clusters\":[{\"id\":\"g\",\"members\":[\"a\"]},{\"id\":\"h\",\"members\":[\"b\"]},{\"id\":" \
    "\"i\",\"members\":[\"c\"]}]"
#define MATCH(match) QF("\"pool\":\"1000\",\"match\":\"" match "\"")
/* 2 sqrt 72 = 16.9706. */
static struct reward_case apart = {MATCH("cocm"), FOUR_FOUR_NINE "," APART, "x=1697", NULL, NULL, 0};
static struct reward_case cluster = {MATCH("cluster"), FOUR_FOUR_NINE "," APART, "x=1697", NULL, NULL,
                                     0};
/* 7^2 - 17 = 32: as without clusters. */
static struct reward_case singletons = {MATCH("cocm"), FOUR_FOUR_NINE "," SINGLE, "x=3200", NULL, NULL,
                                        0};
static struct reward_case unlisted = {MATCH("cluster"), FOUR_FOUR_NINE ",\"clusters\":[]", "x=3200",
                                      NULL, NULL, 0};
/* a is in both: (2/2 + 3)(2/2 + 6) = 28, 2 sqrt 28 = 10.583. */
static struct reward_case linked = {MATCH("cocm"), FOUR_FOUR_NINE "," LINKED, "x=1058", NULL, NULL, 0};
/* (2/2 + 2)(2/2 + 3) = 12, 2 sqrt 12 = 6.928. */
static struct reward_case linked_plain = {
    QF("\"pool\":\"1000\",\"match\":\"cocm\",\"ties\":\"plain\""), FOUR_FOUR_NINE "," LINKED, "x=693",
    NULL, NULL, 0};
/* By hand: 4/2 + 4 and 4/2 + 9, 2 sqrt 66 = 16.248. */
static struct reward_case cluster_linked = {MATCH("cluster"), FOUR_FOUR_NINE "," LINKED, "x=1625", NULL,
                                            NULL, 0};

static struct reward_case without_m = {
    QF("\"pool\":\"1\",\"match\":\"pairwise\""), "\"gifts\":[]",
    "$.rules[0].m: required by pairwise, but missing", NULL, NULL, COCREATE_ERR_SCHEMA};
static struct reward_case m_of_qf = {
    QF("\"pool\":\"1\",\"m\":\"2\""), "\"gifts\":[]", "$.rules[0].m: given, but only pairwise has it",
    NULL, NULL, COCREATE_ERR_SCHEMA};
static struct reward_case without_gifts = {
    QF("\"pool\":\"1\""), "\"votes\":[]", "$.gifts: required by rule \"r\", but missing", NULL, NULL,
    COCREATE_ERR_SCHEMA};
static struct reward_case negative = {
    QF("\"pool\":\"1\""), "\"gifts\":[" GIFT("a", "x", "-1") "]", "$.gifts[0].amount: is less than 0",
    NULL, NULL, COCREATE_ERR_SCHEMA};
static struct reward_case not_there = {
    QF("\"pool\":\"1\""), "\"entries\":[{\"id\":\"y\"}],\"gifts\":[" GIFT("a", "x", "1") "]",
    "$.gifts[0].project: \"x\" is not among the entries", NULL, NULL, COCREATE_ERR_SCHEMA};
static struct reward_case too_much = {
    QF("\"pool\":\"1\""),
    "\"gifts\":[" GIFT("b", "x", "1") "," GIFT("a", "x", "90000000000000.00") "," GIFT(
        "a", "x", "90000000000000.00") "]",
    "$.gifts[2]: with it \"a\" gives \"x\" more than 2^53 - 1 minor units", NULL, NULL,
    COCREATE_ERR_OVERFLOW};
static struct reward_case heavy = {
    QF("\"pool\":\"1\""),
    "\"gifts\":[" GIFT("a", "x", "1") "],\"donors\":[{\"id\":\"a\",\"weight\":\"1.5\"}]",
    "$.donors[0].weight: is not from 0 to 1, in nine decimals or parts of at most 10^9", NULL, NULL,
    COCREATE_ERR_SCHEMA};
static struct reward_case twice_in = {
    MATCH("cluster"),
    "\"gifts\":[" GIFT("a", "x", "1") "],\"clusters\":[{\"id\":\"g\",\"members\":[\"a\",\"a\"]}]",
    "$.clusters[0].members: \"a\" is there twice", NULL, NULL, COCREATE_ERR_SCHEMA};
static struct reward_case without_clusters = {
    MATCH("cocm"), "\"gifts\":[]", "$.clusters: required by rule \"r\", but missing", NULL, NULL,
    COCREATE_ERR_SCHEMA};

#define BALLOT(voter, project, amount) \
    "{\"voter\":\"" voter "\",\"project\":\"" project "\",\"amount\":\"" amount "\"}"
#define RETRO(more) "retro_median", "\"fund\":\"f\"," more
#define MEDIANS                                                                                     \
    "\"ballots\":[" BALLOT("1", "a", "60") "," BALLOT("2", "a", "40") "," BALLOT("3", "a", "50") "," \
    BALLOT("1", "b", "10") "," BALLOT("2", "b", "100") "," BALLOT("3", "b", "20") "," BALLOT(       \
        "4", "b", "30") "," BALLOT("1", "c", "5") "," BALLOT("2", "c", "5") "," BALLOT("3", "c", "5") \
    "," BALLOT("1", "d", "90") "," BALLOT("2", "d", "90") ",{\"voter\":\"3\",\"project\":\"d\"}]"
/* Medians 50, 25 and 5; d lacks the quorum, for an abstention is no ballot. */
static struct reward_case medians = {
    RETRO("\"pool\":\"100\",\"quorum\":3"), MEDIANS, "a=6250 b=3125 c=625", "9999900.00",
    "The median of 3 ballots is 50.00; the pool of 100.00 is shared by the medians, 80.00 in all. "
    "5000 of 8000 median: that part of 100.00 = 62.50.",
    0};
/* c would get 6.25 and is dropped: 100 as 50 : 25. */
static struct reward_case dropped = {
    RETRO("\"pool\":\"100\",\"quorum\":3,\"minimum\":\"6.26\""), MEDIANS, "a=6667 b=3333", NULL, NULL, 0};
static struct reward_case just_enough = {
    RETRO("\"pool\":\"100\",\"quorum\":3,\"minimum\":\"6.25\""), MEDIANS, "a=6250 b=3125 c=625", NULL,
    NULL, 0};
static struct reward_case no_quorum = {
    RETRO("\"pool\":\"100\",\"quorum\":17"), MEDIANS, "", "10000000.00", NULL, 0};
/* One ballot of 5,000,000 moves the median of three from 50 to 60 only. */
static struct reward_case outlier = {
    RETRO("\"pool\":\"100\""),
    "\"ballots\":[" BALLOT("1", "a", "60") "," BALLOT("2", "a", "40") "," BALLOT("3", "a", "5000000")
    "," BALLOT("1", "b", "60") "]",
    "a=5000 b=5000", NULL, NULL, 0};
static struct reward_case votes_twice = {
    RETRO("\"pool\":\"100\""), "\"ballots\":[" BALLOT("1", "a", "6") "," BALLOT("1", "a", "4") "]",
    "$.ballots[1]: \"1\" votes on \"a\" at $.ballots[0] already", NULL, NULL, COCREATE_ERR_SCHEMA};
static struct reward_case too_high = {
    RETRO("\"pool\":\"100\",\"max_ballot\":\"5\""), "\"ballots\":[" BALLOT("1", "a", "6") "]",
    "$.ballots[0].amount: more than the 5.00 that rule \"r\" lets a ballot give a project", NULL, NULL,
    COCREATE_ERR_SCHEMA};

int main(void)
{
    const struct CMUnitTest tests[] = {
        REWARD_CASE(pool_100),     REWARD_CASE(pool_1000),     REWARD_CASE(scaled_up),
        REWARD_CASE(pool_10),      REWARD_CASE(capped),        REWARD_CASE(capped_enough),
        REWARD_CASE(all_capped),   REWARD_CASE(at_least),      REWARD_CASE(one_donor),
        REWARD_CASE(one_donor_each), REWARD_CASE(no_gifts),    REWARD_CASE(cents),
        REWARD_CASE(sybils),       REWARD_CASE(weighted),      REWARD_CASE(entries),
        REWARD_CASE(pairwise),     REWARD_CASE(pairwise_two),  REWARD_CASE(gitcoin),
        REWARD_CASE(apart),        REWARD_CASE(cluster),       REWARD_CASE(singletons),
        REWARD_CASE(unlisted),     REWARD_CASE(linked),        REWARD_CASE(linked_plain),
        REWARD_CASE(cluster_linked), REWARD_CASE(without_m),   REWARD_CASE(m_of_qf),
        REWARD_CASE(without_gifts), REWARD_CASE(negative),     REWARD_CASE(not_there),
        REWARD_CASE(too_much),     REWARD_CASE(heavy),         REWARD_CASE(twice_in),
        REWARD_CASE(without_clusters), REWARD_CASE(medians),   REWARD_CASE(dropped),
        REWARD_CASE(just_enough),  REWARD_CASE(no_quorum),     REWARD_CASE(outlier),
        REWARD_CASE(votes_twice),  REWARD_CASE(too_high),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
