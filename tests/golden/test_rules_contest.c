/* Contests: published tables and examples, platforms' rules, and cases by hand. */
#include "reward_cases.h"

#define E(id, score) "{\"id\":\"" id "\",\"score\":" score "}"
#define AT(id, score, at) "{\"id\":\"" id "\",\"score\":" score ",\"submitted_at\":" at "}"
#define ROLE(id, score, role) "{\"id\":\"" id "\",\"score\":" score ",\"role\":\"" role "\"}"
#define ENTRIES(list) "\"entries\":[" list "]"
#define RANKED(more) "ranked_prizes", "\"fund\":\"f\"," more

/* ---- winner_takes_all ---- */

/* By hand: one prize of 100.00, all three tied. */
static struct reward_case all_tied = {
    "winner_takes_all", "\"fund\":\"f\",\"prize\":\"100.00\"",
    ENTRIES(E("a", "1") "," E("b", "1") "," E("c", "1")), "a=3334 b=3333 c=3333", "9999900.00",
    "Shared place 1-3 (3 entries tied at 1): 100.00, a third each = 33.34, rounded up.", 0};
/* Netflix: of equal ones the earliest. */
static struct reward_case earliest = {
    "winner_takes_all", "\"fund\":\"f\",\"prize\":\"100.00\",\"ties\":\"earlier\"",
    ENTRIES(AT("a", "1", "20") "," AT("b", "1", "10")), "b=10000", NULL, NULL, 0};
static struct reward_case no_award = {
    "winner_takes_all", "\"fund\":\"f\",\"prize\":\"100.00\",\"ties\":\"no_award\"",
    ENTRIES(E("a", "1") "," E("b", "1")), "", "10000000.00", NULL, 0};
static struct reward_case too_poor = {
    "winner_takes_all", "\"fund\":\"f\",\"prize\":\"100.00\",\"quality\":{\"least\":\"1.5\"}",
    ENTRIES(E("a", "1")), "", NULL, NULL, 0};
static struct reward_case good_enough = {
    "winner_takes_all", "\"fund\":\"f\",\"prize\":\"100.00\",\"quality\":{\"least\":\"1.5\"}",
    ENTRIES(E("a", "1.5")), "a=10000", NULL,
    "A score of at least 1.5 was needed. Place 1 (score 1.5): the prize of 100.00.", 0};
/* Of four the median by its definition is the second smallest, 2. */
static struct reward_case upper_half = {
    RANKED("\"prizes\":[\"4\",\"3\",\"2\",\"1\"],\"quality\":{\"quantile\":\"0.5\"}"),
    ENTRIES(E("a", "1") "," E("b", "2") "," E("c", "3") "," E("d", "4")), "d=400 c=300 b=200", NULL,
    NULL, 0};
/* The benchmark itself wins nothing. */
static struct reward_case benchmark = {
    RANKED("\"prizes\":[\"4\",\"3\",\"2\"],\"quality\":{\"benchmark\":\"base\"}"),
    ENTRIES(E("base", "2") "," E("b", "2") "," E("c", "3") "," E("d", "1")), "c=400 b=300", NULL,
    NULL, 0};
static struct reward_case no_benchmark = {
    RANKED("\"prizes\":[\"4\"],\"quality\":{\"benchmark\":\"base\"}"), ENTRIES(E("b", "2")),
    "$.entries: \"base\", the benchmark of rule \"r\", is not among them", NULL, NULL,
    COCREATE_ERR_SCHEMA};

/* ---- tables ---- */

/* PGA TOUR, purse of 5,000,000: 900,000, 545,000, and three third share (345 + 245 + 205) / 3. */
static struct reward_case pga = {
    RANKED("\"purse\":\"5000000.00\",\"table\":{\"form\":\"pga_tour\"}"),
    ENTRIES(E("a", "9") "," E("b", "8") "," E("c", "7") "," E("d", "7") "," E("e", "7")),
    "a=90000000 b=54500000 c=26500000 d=26500000 e=26500000", NULL, NULL, 0};
/* Topcoder Digital Run 2008v2: 65, 25 and 10 percent for three. */
static struct reward_case digital_run = {
    RANKED("\"purse\":\"1000.00\",\"table\":{\"form\":\"digital_run\"}"),
    ENTRIES(E("a", "90") "," E("b", "80") "," E("c", "70")), "a=65000 b=25000 c=10000",
    "9999000.00", "Passing submissions: 3. Place 1 (score 90): the prize of 650.00.", 0};
/* More than five: the sixth and below nothing. */
static struct reward_case digital_run_six = {
    RANKED("\"purse\":\"100.00\",\"table\":{\"form\":\"digital_run\"}"),
    ENTRIES(E("a", "9") "," E("b", "8") "," E("c", "7") "," E("d", "6") "," E("e", "5") ","
            E("f", "4")),
    "a=5600 b=2000 c=1000 d=800 e=600", NULL, NULL, 0};
/* By hand: 8 : 4 : 2 : 1 of 100.00 are 53.33, 26.67, 13.33 and 6.67 (fractions 1/3, 2/3, 1/3, 2/3). */
static struct reward_case geometric = {
    RANKED("\"purse\":\"100.00\",\"table\":{\"form\":\"geometric\",\"places\":4,\"ratio\":\"1/2\"}"),
    ENTRIES(E("a", "4") "," E("b", "3") "," E("c", "2") "," E("d", "1")),
    "a=5333 b=2667 c=1333 d=667", NULL, NULL, 0};
/* By hand: 1 : 1/2 : 1/3 are 6 : 3 : 2 of 110.00. */
static struct reward_case power = {
    RANKED("\"purse\":\"110.00\",\"table\":{\"form\":\"power\",\"places\":3,\"exponent\":1}"),
    ENTRIES(E("a", "4") "," E("b", "3") "," E("c", "2")), "a=6000 b=3000 c=2000", NULL, NULL, 0};
/* By hand: 1 : 1/sqrt(4) with a place between: 1 : 0.707107 : 0.577350 : 0.5 of 278.45 (whose sum is
 * 2.784457): 100.00, 70.71, 57.74 and 50.00. */
static struct reward_case square_root = {
    RANKED("\"purse\":\"278.45\",\"table\":{\"form\":\"power\",\"places\":4,\"exponent\":\"0.5\"}"),
    ENTRIES(E("a", "4") "," E("b", "3") "," E("c", "2") "," E("d", "1")),
    "a=10000 b=7071 c=5774 d=5000", NULL, NULL, 0};
static struct reward_case equal_top = {
    RANKED("\"purse\":\"100.00\",\"table\":{\"form\":\"equal\",\"places\":3}"),
    ENTRIES(E("a", "4") "," E("b", "3") "," E("c", "2") "," E("d", "1")), "a=3334 b=3333 c=3333",
    NULL, NULL, 0};
/* By hand: 20.00 that nobody takes go to the two winners as 3 : 2. */
static struct reward_case roll_down = {
    RANKED("\"prizes\":[\"30\",\"20\",\"20\"],\"on_vacant\":\"roll_down\""),
    ENTRIES(E("a", "4") "," E("b", "3")), "a=4200 b=2800", "9999930.00",
    "The 2 winners share all prizes, 70.00 instead of 50.00, in proportion to their own. Place 1 "
    "(score 4): the prize of 42.00.",
    0};

/* "480 based on 32" (chess-essentials), and the quiz of US Chess, items 2 to 4. */
#define BASED(prize, entries, more) \
    RANKED("\"prizes\":[\"" prize "\"],\"based_on\":{\"entries\":" entries more "}")
#define CAME(n) "\"paid_entries\":" n "," ENTRIES(E("a", "1"))
#define HALF ",\"guaranteed_above\":\"500\",\"guaranteed\":\"0.5\""
static struct reward_case based_fewer = {
    BASED("480", "32", ""), CAME("20"), "a=30000", NULL,
    "The purse of 480.00 is based on 32 entries and is 300.00 with 20. Place 1 (score 1): the prize "
    "of 300.00.",
    0};
static struct reward_case based_more = {
    BASED("480", "32", ",\"max_purse\":\"960\""), CAME("42"), "a=63000", NULL, NULL, 0};
static struct reward_case based_capped = {BASED("480", "32", ""), CAME("42"), "a=48000", NULL, NULL,
                                          0};
static struct reward_case based_half = {BASED("1000", "50", HALF), CAME("20"), "a=50000", NULL, NULL,
                                        0};
static struct reward_case based_small = {BASED("450", "30", HALF), CAME("10"), "a=15000", NULL, NULL,
                                         0};
static struct reward_case based_large = {BASED("2000", "125", HALF), CAME("75"), "a=120000", NULL,
                                         NULL, 0};

/* ---- class_prizes ---- */

#define CLASSES(lists) "class_prizes", "\"fund\":\"f\",\"lists\":[" lists "]"
#define OPEN(prizes) "{\"id\":\"open\",\"prizes\":[" prizes "]}"
#define YOUTH(prizes) "{\"id\":\"youth\",\"role\":\"youth\",\"prizes\":[" prizes "]}"

/* WinTD's example of 32B3: 300 and 200, 150 for youth, four tied of whom one is young: 650 / 4 each. */
static struct reward_case wintd = {
    CLASSES(OPEN("\"300\",\"200\"") "," YOUTH("\"150\"")),
    ENTRIES(E("a", "1") "," E("b", "1") "," E("c", "1") "," ROLE("d", "1", "youth")),
    "a=16250 b=16250 c=16250 d=16250", NULL, NULL, 0};
/* US Chess forum 21917: three of class with 2000 and 1000 and one without, fifth and sixth place 1000 and
 * 800 left: 4800 / 4 each, as the class alone has 3000 / 3. */
static struct reward_case forum_21917 = {
    CLASSES(OPEN("\"1000\",\"800\"") "," YOUTH("\"2000\",\"1000\"")),
    ENTRIES(E("e", "7") "," ROLE("f", "7", "youth") "," ROLE("g", "7", "youth") ","
            ROLE("h", "7", "youth")),
    "e=120000 f=120000 g=120000 h=120000", NULL, NULL, 0};
/* US Chess forum 6973: the class shares its own prize where that is more; by hand: 600 / 2 against
 * (600 + 200 + 100) / 4. */
static struct reward_case forum_6973 = {
    CLASSES(OPEN("\"200\",\"100\",\"50\"") "," YOUTH("\"600\"")),
    ENTRIES(E("a", "7") "," E("b", "7") "," ROLE("c", "7", "youth") "," ROLE("d", "7", "youth")),
    "c=30000 d=30000 a=15000 b=15000", NULL,
    "Place 1: the prizes of \"youth\" alone, 600.00 for 2, are more than a part of all that the tie could "
    "win. 1 of 2 tied entries: that part of 600.00 = 300.00.",
    0};
/* The most valuable prize each; of equal ones the place prize. */
static struct reward_case one_each = {
    CLASSES(OPEN("\"300\",\"100\"") "," YOUTH("\"200\",\"100\"")),
    ENTRIES(ROLE("a", "9", "youth") "," ROLE("b", "8", "youth") "," ROLE("c", "7", "youth") ","
            ROLE("d", "6", "youth")),
    "a=30000 b=20000 c=10000 d=10000", NULL, "Place 1: prize 1 of \"open\", 300.00.", 0};
/* Criteo at CodaLab: a team at ranks 1 and 2 takes the first prize alone. */
static struct reward_case criteo = {
    CLASSES(OPEN("\"100\",\"60\",\"40\"")),
    ENTRIES("{\"id\":\"s1\",\"score\":4,\"team\":[{\"id\":\"alice\"},{\"id\":\"bob\"}]},"
            "{\"id\":\"s2\",\"score\":3,\"team\":[{\"id\":\"alice\"},{\"id\":\"bob\"}]},"
            "{\"id\":\"s3\",\"score\":2,\"owner\":\"mallory\"},"
            "{\"id\":\"s4\",\"score\":1,\"owner\":\"carol\"}"),
    "alice=5000 bob=5000 mallory=6000 carol=4000", NULL, NULL, 0};

/* ---- guaranteed_prize ---- */

#define GUARANTEED(more) "guaranteed_prize", "\"fund\":\"f\",\"prize\":\"299.00\"" more

/* 99designs: nobody picked, three or four finalists. */
static struct reward_case three_finalists = {
    GUARANTEED(""),
    ENTRIES(ROLE("a", "1", "finalist") "," ROLE("b", "1", "finalist") ","
            ROLE("c", "1", "finalist") "," E("d", "9")),
    "a=9967 b=9967 c=9966", NULL,
    "The sponsor selected no entry: finalists share the guaranteed prize. 1 of 3 finalists: that part "
    "of 299.00 = 99.67, rounded up.",
    0};
static struct reward_case four_finalists = {
    GUARANTEED(",\"finalists\":\"rank<=4\""),
    ENTRIES(E("a", "9") "," E("b", "8") "," E("c", "7") "," E("d", "6") "," E("e", "5")),
    "a=7475 b=7475 c=7475 d=7475", NULL, NULL, 0};
static struct reward_case picked = {
    GUARANTEED(""),
    ENTRIES("{\"id\":\"a\",\"selected\":true}," ROLE("b", "1", "finalist")), "a=29900", NULL,
    "1 of 1 selected entries: that part of 299.00 = 299.00.", 0};
/* No finalists: those who have won before. */
static struct reward_case past_winners = {
    GUARANTEED(""),
    ENTRIES(E("a", "9") "," E("b", "8") "," E("c", "7"))
    ",\"persons\":[{\"id\":\"a\"},{\"id\":\"b\",\"wins\":1},{\"id\":\"c\",\"wins\":4}]",
    "b=14950 c=14950", NULL, NULL, 0};
static struct reward_case nobody = {GUARANTEED(""), ENTRIES(E("a", "9")), "", "10000000.00", NULL, 0};
/* LogoTournament: from 30 entries on 75 to the best rated, below that nothing. */
static struct reward_case consolation = {
    GUARANTEED(",\"fallback\":\"top_rated\",\"consolation\":\"75\",\"from_entries\":3"),
    ENTRIES(E("a", "9") "," E("b", "8") "," E("c", "7")), "a=7500", NULL, NULL, 0};
static struct reward_case full_refund = {
    GUARANTEED(",\"fallback\":\"top_rated\",\"consolation\":\"75\",\"from_entries\":3"),
    ENTRIES(E("a", "9") "," E("b", "8")), "", NULL, NULL, 0};

/* ---- assurance ---- */

#define PLEDGE(entry, person, amount) \
    "{\"entry\":\"" entry "\",\"person\":\"" person "\",\"amount\":\"" amount "\"}"

/* Exactly as many as needed are enough; pledging twice makes no second person. */
static struct reward_case pledged = {
    "assurance", "\"fund\":\"sales\",\"people\":2",
    ENTRIES(E("a", "1") "," E("b", "1"))
    ",\"pledges\":[" PLEDGE("a", "x", "3.00") "," PLEDGE("a", "y", "4.00") ","
    PLEDGE("b", "x", "1.00") "," PLEDGE("b", "x", "9.00") "]",
    "a=700", NULL, "2 persons pledged, 2 were needed: 7.00.", 0};
static struct reward_case goal = {
    "assurance", "\"fund\":\"f\",\"goal\":\"10.00\",\"max_total\":\"100.00\"",
    ENTRIES(E("a", "1") "," E("b", "1"))
    ",\"pledges\":[" PLEDGE("a", "x", "9.99") "," PLEDGE("b", "x", "1.00") ","
    PLEDGE("b", "y", "9.00") "]",
    "b=1000", NULL, "10.00 is pledged by 2 persons, 10.00 was needed: all of it.", 0};
static struct reward_case withdrawn_pledge = {
    "assurance", "\"fund\":\"sales\",\"people\":2",
    ENTRIES(E("a", "1")) ",\"pledges\":[" PLEDGE("a", "x", "3.00")
    ",{\"entry\":\"a\",\"person\":\"y\",\"amount\":\"4.00\",\"withdrawn\":true}]",
    "", NULL, NULL, 0};
static struct reward_case released = {
    "assurance_bonus",
    "\"fund\":\"f\",\"people\":3,\"bonus\":\"1.00\",\"max_total\":\"1.01\"",
    ENTRIES(E("a", "1")) ",\"pledges\":[" PLEDGE("a", "y", "3.00") "," PLEDGE("a", "x", "4.00") "]",
    "x=51 y=50", NULL,
    "2 persons pledged, 3 were needed: pledges are released with a bonus of 1.00. 1 of 2 bonuses that "
    "are due: that part of 1.01 = 0.51, rounded up.",
    0};
static struct reward_case pledge_to_nobody = {
    "assurance", "\"fund\":\"sales\",\"people\":1",
    ENTRIES(E("a", "1")) ",\"pledges\":[" PLEDGE("z", "x", "3.00") "]",
    "$.pledges[0].entry: no entry has the id \"z\"", NULL, NULL, COCREATE_ERR_SCHEMA};
static struct reward_case pledge_of_nothing = {
    "assurance", "\"fund\":\"sales\",\"people\":1",
    ENTRIES(E("a", "1")) ",\"pledges\":[" PLEDGE("a", "x", "0.00") "]",
    "$.pledges[0].amount: is not more than 0", NULL, NULL, COCREATE_ERR_SCHEMA};
static struct reward_case pledged_too_much = {
    "assurance", "\"fund\":\"f\",\"people\":1,\"max_total\":\"2.00\"",
    ENTRIES(E("a", "1")) ",\"pledges\":[" PLEDGE("a", "x", "3.00") "]",
    "$.pledges: with those to \"a\" more is pledged than the 2.00 that rule \"r\" may pay", NULL, NULL,
    COCREATE_ERR_SCHEMA};

/* ---- threshold_award, counted from a list ---- */

#define SUPPORT(entry, person, more) "{\"entry\":\"" entry "\",\"person\":\"" person "\"" more "}"
#define COUNTED(more)                                                                          \
    "threshold_award", "\"fund\":\"f\",\"metric\":\"supporters\",\"threshold\":2,\"each\":\"1.00\"," \
                       "\"count\":\"supports\"," more
/* A person counts once; owners, withdrawn support and who is not verified do not. */
static struct reward_case supports = {
    COUNTED("\"max_awards\":9"),
    ENTRIES("{\"id\":\"a\",\"supporters\":99},{\"id\":\"b\",\"owner\":\"o\"},{\"id\":\"c\"}")
    ",\"persons\":[{\"id\":\"v\",\"verified\":false},{\"id\":\"o\"},{\"id\":\"x\"},{\"id\":\"y\"},"
    "{\"id\":\"c\"}],\"supports\":[" SUPPORT("a", "x", "") "," SUPPORT("a", "x", "") ","
    SUPPORT("b", "x", "") "," SUPPORT("b", "o", "") "," SUPPORT("b", "v", "") ","
    SUPPORT("a", "y", ",\"withdrawn\":true") "," SUPPORT("c", "x", "") "," SUPPORT("c", "y", "") "]",
    "c=100", NULL, "2 supporters, 2 needed: 1.00.", 0};
/* One award: b had its second supporter first, though a has more. */
static struct reward_case supports_first = {
    COUNTED("\"max_awards\":1"),
    ENTRIES(E("a", "1") "," E("b", "1")) ",\"supports\":[" SUPPORT("a", "x", ",\"at\":1") ","
    SUPPORT("a", "y", ",\"at\":9") "," SUPPORT("a", "z", ",\"at\":10") ","
    SUPPORT("b", "y", ",\"at\":8") "," SUPPORT("b", "x", ",\"at\":2") "]",
    "b=100", NULL, NULL, 0};
static struct reward_case support_for_nobody = {
    COUNTED("\"max_awards\":1"),
    ENTRIES(E("a", "1")) ",\"supports\":[" SUPPORT("z", "x", "") "]",
    "$.supports[0].entry: no entry has the id \"z\"", NULL, NULL, COCREATE_ERR_SCHEMA};

/* ---- participation ---- */

static struct reward_case took_part = {
    "participation", "\"fund\":\"f\",\"each\":\"5.00\",\"max_awards\":9",
    ENTRIES("{\"id\":\"e1\",\"owner\":\"a\"},{\"id\":\"e2\",\"owner\":\"a\"},"
            "{\"id\":\"e3\",\"team\":[{\"id\":\"a\"},{\"id\":\"b\"}]},"
            "{\"id\":\"e4\",\"owner\":\"c\",\"status\":\"withdrawn\"}"),
    "a=500 b=500", NULL, "For taking part: 5.00.", 0};
static struct reward_case first_come = {
    "participation", "\"fund\":\"f\",\"each\":\"5.00\",\"max_total\":\"14.99\"",
    ENTRIES(AT("a", "1", "3") "," AT("b", "1", "2") "," AT("c", "1", "1")), "c=500 b=500", NULL,
    "Number 1 in time of 3 who took part; the first 2 are paid. For taking part: 5.00.", 0};
static struct reward_case first_when = {
    "participation", "\"fund\":\"f\",\"each\":\"5.00\",\"max_awards\":1",
    ENTRIES(AT("a", "1", "3") "," E("b", "1")),
    "$.entries[1]: \"b\" has no \"submitted_at\", and more took part than rule \"r\" may pay", NULL, NULL,
    COCREATE_ERR_TIE};
static struct reward_case coupon = {
    "coupon", "\"each\":\"2\",\"unit\":{\"code\":\"DRINK\"},\"expires\":\"2027-01-31T23:59:59Z\"",
    ENTRIES(E("a", "1")), "a=2 DRINK", NULL,
    "A coupon for taking part: 2 DRINK, good until 2027-01-31T23:59:59Z.", 0};

/* 5.00 each, 150 people, at most 500.00: 50,000 = 150 * 333 + 50, or the first 100. */
static void for_150(void **state)
{
    (void)state;
    static char entries[1 << 16], awards[1 << 16];
    for (int prorata = 0; prorata < 2; prorata++) {
        size_t n = 0, m = 0;
        for (int i = 0; i < 150; i++) {
            n += (size_t)snprintf(entries + n, sizeof entries - n,
                                  "%s{\"id\":\"p%03d\",\"submitted_at\":%d}", i ? "," : "", i, i);
            if (prorata || i < 100)
                m += (size_t)snprintf(awards + m, sizeof awards - m, "%sp%03d=%d", i ? " " : "", i,
                                      !prorata ? 500
                                      : i < 50 ? 334
                                               : 333);
        }
        static char result[(1 << 16) + 32];
        snprintf(result, sizeof result, "\"entries\":[%s]", entries);
        struct reward_case c = {"participation",
                                prorata ? "\"fund\":\"f\",\"each\":\"5.00\",\"max_total\":\"500.00\","
                                          "\"overflow\":\"prorata\""
                                        : "\"fund\":\"f\",\"each\":\"5.00\",\"max_total\":\"500.00\"",
                                result, awards, "9999500.00", NULL, 0};
        void *one = &c;
        reward_gives(&one);
    }
}

/* ---- milestone ---- */

#define MILESTONES(more)                                                                      \
    "milestone", "\"fund\":\"f\",\"milestones\":[{\"at\":1,\"amount\":\"10.00\"},{\"at\":\"2.5\"," \
                 "\"amount\":\"20.05\"}]" more
#define PROGRESS(list) ENTRIES(E("a", "1") "," E("b", "1")) ",\"progress\":[" list "]"
/* By hand: 30.05 is due, a tenth of which is 3.005, rounded to 3.01. */
static struct reward_case retained = {
    MILESTONES(",\"retainage\":\"0.1\""), PROGRESS("{\"entry\":\"a\",\"value\":2.5}"), "a=2704",
    NULL,
    "2.5 reaches milestone 2 of 2: 30.05 is due, 3.01 of it is kept until completion, 27.04 is paid.",
    0};
static struct reward_case complete = {
    MILESTONES(",\"retainage\":\"0.1\""),
    PROGRESS("{\"entry\":\"a\",\"value\":2.5,\"complete\":true}"), "a=3005", NULL, NULL, 0};
static struct reward_case unverified = {
    MILESTONES(""),
    PROGRESS("{\"entry\":\"a\",\"value\":9,\"verified\":false},{\"entry\":\"a\",\"value\":1}"), "a=1000",
    NULL, NULL, 0};
static struct reward_case one_project = {
    MILESTONES(""), PROGRESS("{\"entry\":\"a\",\"value\":9},{\"entry\":\"b\",\"value\":1}"),
    "$.progress: \"b\" is one entry more than the 1 that rule \"r\" may pay", NULL, NULL,
    COCREATE_ERR_SCHEMA};

/* ---- progress_prize ---- */

#define MEASURE(entry, value, at, more) \
    "{\"entry\":\"" entry "\",\"value\":\"" value "\",\"at\":" at more "}"
#define MEASURES(list) ENTRIES(E("a", "1") "," E("b", "1") "," E("c", "1")) ",\"measures\":[" list "]"
#define GRAND                                                                                      \
    "progress_prize", "\"fund\":\"f\",\"prize\":\"1000000\",\"baseline\":\"0.9525\",\"improvement\":" \
                      "\"0.1\",\"decimals\":4,\"last_call_days\":30"
/* Netflix: 0.9 * 0.9525 = 0.85725, published as 0.8572; 0.8567 is 10.0577 percent better. */
static struct reward_case netflix = {
    GRAND, MEASURES(MEASURE("a", "0.8573", "1", "") "," MEASURE("b", "0.8567", "2", "")),
    "b=100000000", NULL,
    "0.8567 improves on 0.9525 by about 10.057743 percent, the best of period 1; 0.8572 was needed: "
    "1000000.00.",
    0};
static struct reward_case just_reached = {
    GRAND, MEASURES(MEASURE("a", "0.8572", "1", "")), "a=100000000", NULL, NULL, 0};
static struct reward_case not_reached = {
    GRAND, MEASURES(MEASURE("a", "0.85725", "1", "")), "", NULL, NULL, 0};
/* Equal ones: the earliest. After thirty days nothing counts, though it is better. */
static struct reward_case last_call = {
    GRAND,
    MEASURES(MEASURE("c", "0.8500", "\"2009-07-26T18:18:29Z\"", "") ","
             MEASURE("b", "0.8567", "\"2009-07-26T18:18:28Z\"", "") ","
             MEASURE("a", "0.8570", "\"2009-06-26T18:18:28Z\"", "") ","
             MEASURE("c", "0.8567", "\"2009-07-26T18:18:28Z\"", "")),
    "b=100000000", NULL, NULL, 0};
/* Progress prizes: 0.8712 wins against 0.9514, then 0.862488 is needed, which 0.8616 meets. */
static struct reward_case progress = {
    "progress_prize",
    "\"fund\":\"f\",\"prize\":\"50000\",\"baseline\":\"0.9514\",\"improvement\":\"0.01\",\"periods\":3",
    MEASURES(MEASURE("b", "0.8616", "9", ",\"period\":3") ","
             MEASURE("a", "0.8712", "1", ",\"period\":1") ","
             MEASURE("c", "0.8625", "5", ",\"period\":2")),
    "a=5000000 b=5000000", NULL,
    "0.8712 improves on 0.9514 by about 8.429683 percent, the best of period 1; 0.941886 was needed: "
    "50000.00.",
    0};
/* What is not verified does not count: the next one wins. */
static struct reward_case not_verified = {
    GRAND,
    MEASURES(MEASURE("a", "0.8000", "1", ",\"verified\":false") "," MEASURE("b", "0.8500", "2", "")),
    "b=100000000", NULL, NULL, 0};

/* ---- benchmark_bonus ---- */

#define BONUS(more) \
    "benchmark_bonus", "\"fund\":\"f\",\"baseline\":\"0.5\",\"slope\":\"100\",\"max\":\"50\"," more
static struct reward_case slope = {
    BONUS("\"max_total\":\"70\""), ENTRIES(E("a", "0.7") "," E("b", "9") "," E("c", "0.4")),
    "a=2000 b=5000", NULL,
    "A score of 0.7 is 0.2 above 0.5: 0.00 and 100.00 for each one more are 20.00.", 0};
/* By hand: 20 and 50 of 60 are 17.14 and 42.86. */
static struct reward_case slope_prorata = {
    BONUS("\"max_total\":\"60\""), ENTRIES(E("a", "0.7") "," E("b", "9")), "a=1714 b=4286", NULL,
    NULL, 0};
/* By hand: half way from 10.00 at 1 to 20.00 at 3. */
static struct reward_case polyline = {
    "benchmark_bonus",
    "\"fund\":\"f\",\"max_total\":\"99\",\"points\":[{\"score\":1,\"amount\":\"10\"},{\"score\":3,"
    "\"amount\":\"20\"}]",
    ENTRIES(E("a", "2") "," E("b", "0.99") "," E("c", "3")), "a=1500 c=2000", NULL, NULL, 0};

/* ---- rules on rules, guards ---- */

static void evaluates(const char *rules, const char *more, const char *result, const char *awards,
                      const char *cuts)
{
    static char scheme[1 << 14], got[1 << 14];
    cocreate_scheme *s = NULL;
    cocreate_awards *a = NULL;
    snprintf(scheme, sizeof scheme,
             "{\"scheme\":\"cocreate.incentives/1\",\"currency\":\"USD\",\"funds\":[{\"id\":\"f\","
             "\"budget\":\"10000.00\"}],\"rules\":[%s]%s}",
             rules, more);
    assert_status(cocreate_scheme_parse(NULL, scheme, strlen(scheme), &s, &check_error),
                  COCREATE_OK);
    assert_status(cocreate_reward(s, result, strlen(result), NULL, &a, &check_error), COCREATE_OK);
    reward_summary(a, got, sizeof got);
    assert_string_equal(got, awards);
    json_t *json = json_loads(cocreate_awards_json(a), 0, NULL);
    const json_t *list = json_object_get(json, "cuts");
    size_t used = 0;
    got[0] = '\0';
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *cut = json_array_get(list, i);
        char *trace = json_dumps(json_object_get(cut, "trace"), JSON_COMPACT);
        int64_t minor = -1;
        assert_status(cocreate_trace_replay(trace, strlen(trace), &minor, &check_error),
                      COCREATE_OK);
        assert_int_equal(minor, json_integer_value(json_object_get(cut, "minor")));
        free(trace);
        used += (size_t)snprintf(got + used, sizeof got - used, "%s%s: %s", used ? "|" : "",
                                 json_string_value(json_object_get(cut, "to")),
                                 json_string_value(json_object_get(cut, "says")));
    }
    assert_string_equal(got, cuts);
    json_decref(json);
    cocreate_awards_free(a);
    cocreate_scheme_free(s);
}

#define WINNER(id, prize) \
    "{\"id\":\"" id "\",\"kind\":\"winner_takes_all\",\"fund\":\"f\",\"prize\":\"" prize "\"}"

/* Topcoder: 92 percent are in the band of 15 percent, so 500 brings 75 more. */
static void pays_reliability(void **state)
{
    (void)state;
    evaluates(WINNER("w", "500") ",{\"id\":\"b\",\"kind\":\"reliability_bonus\",\"fund\":\"f\",\"rule\":"
                                 "\"w\"}",
              "", "{" ENTRIES(E("a", "1")) ",\"persons\":[{\"id\":\"a\",\"reliability\":92}]}",
              "a=50000 a=7500", "");
}

static void guards(void **state)
{
    (void)state;
    evaluates(WINNER("w", "500") "," WINNER("v", "400"), ",\"guards\":{\"one_prize\":true}",
              "{" ENTRIES(E("a", "1")) "}", "a=50000",
              "a: Place 1 (score 1): the prize of 400.00. Not paid: one prize a person, and another "
              "stands.");
    evaluates(WINNER("w", "500") "," WINNER("v", "400"), ",\"guards\":{\"person_cap\":\"600\"}",
              "{" ENTRIES(E("a", "1")) "}", "a=50000 a=10000",
              "a: Place 1 (score 1): the prize of 400.00. One person gets at most 600.00, of which "
              "500.00 came before: 100.00 is left.");
    /* Two of one household share its cap in the order of awards. */
    evaluates("{\"id\":\"r\",\"kind\":\"ranked_prizes\",\"fund\":\"f\",\"prizes\":[\"50\",\"40\",\"30\"]}",
              ",\"guards\":{\"household_cap\":\"70\"}",
              "{" ENTRIES(E("a", "3") "," E("b", "2") "," E("c", "1"))
              ",\"persons\":[{\"id\":\"a\",\"household\":\"h\"},{\"id\":\"b\"},{\"id\":\"c\","
              "\"household\":\"h\"}]}",
              "a=5000 b=4000 c=2000",
              "c: Place 3 (score 1): the prize of 30.00. One household gets at most 70.00, of which 50.00 "
              "came before: 20.00 is left.");
    evaluates("{\"id\":\"r\",\"kind\":\"ranked_prizes\",\"fund\":\"f\",\"prizes\":[\"50\",\"40\",\"30\"]}",
              ",\"guards\":{\"exclude_roles\":[\"jury\"],\"verified\":true,\"account_days\":30}",
              "{" ENTRIES(E("a", "3") "," E("b", "2") "," E("c", "1"))
              ",\"closed_at\":\"2026-03-01T00:00:00Z\",\"persons\":["
              "{\"id\":\"a\",\"role\":\"jury\"},{\"id\":\"b\",\"verified\":true,"
              "\"account_created\":\"2026-01-30T00:00:00Z\"},{\"id\":\"c\",\"verified\":true,"
              "\"account_created\":\"2026-01-30T00:00:01Z\"}]}",
              "b=4000",
              "a: Place 1 (score 3): the prize of 50.00. Not paid: the role of the person is a conflict "
              "of interest.|c: Place 3 (score 1): the prize of 30.00. Not paid: the account is not known "
              "to be 30 days old.");
}

/* ---- advice ---- */

static void advises(const char *facts, const char *each, const char *total, const char *all_pay)
{
    cocreate_text *text = NULL;
    assert_status(cocreate_advise(NULL, facts, strlen(facts), &text, &check_error), COCREATE_OK);
    json_t *json = json_loads(cocreate_text_data(text), 0, NULL);
    const json_t *list = json_object_get(json, "facts");
    const char *expected[] = {each, total, NULL, all_pay};
    for (size_t i = 0; i < 4; i++)
        if (expected[i] != NULL)
            assert_string_equal(
                json_string_value(json_object_get(json_array_get(list, i), "amount")), expected[i]);
    for (size_t i = 0; i < json_array_size(list); i++)
        assert_non_null(json_object_get(json_array_get(list, i), "source"));
    json_decref(json);
    cocreate_text_free(text);
}

/* Tullock, a prize of 100: 25, 22.22, 16 and 9 each; 50, 66.67, 80 and 90 in all. All-pay with uniform
 * private values: 1/3, 1/2 and 9/11 of the prize for 2, 3 and 10. */
static void states_facts(void **state)
{
    (void)state;
#define FACTS(n) "{\"currency\":\"EUR\",\"prize\":\"100.00\",\"entrants\":" n "}"
    advises(FACTS("2"), "25.00", "50.00", "33.33");
    advises(FACTS("3"), "22.22", "66.67", "50.00");
    advises(FACTS("5"), "16.00", "80.00", "66.67");
    advises(FACTS("10"), "9.00", "90.00", "81.82");
    advises(FACTS("1"), "0.00", "0.00", "0.00");
    /* r = 2 for two is the most: the whole prize is spent. */
    advises("{\"currency\":\"EUR\",\"prize\":\"100.00\",\"entrants\":2,\"decisiveness\":2}", "50.00",
            "100.00", NULL);
    static const struct {
        const char *facts, *text;
    } bad[] = {
        {"{\"currency\":\"EUR\",\"prize\":\"0\",\"entrants\":2}", "$.prize: is not more than 0"},
        {"{\"currency\":\"EUR\",\"prize\":\"1\",\"entrants\":0}",
         "$.entrants: 0 is out of range, expected 1 to 1000000"},
        {"{\"currency\":\"GOLD\",\"prize\":\"1\",\"entrants\":2}",
         "$.minor_unit: required, but missing: GOLD is no ISO 4217 currency"},
        {"{\"currency\":\"EUR\",\"prize\":\"1\",\"entrants\":3,\"decisiveness\":\"1.6\"}",
         "$.decisiveness: is more than n / (n - 1): the symmetric equilibrium is no longer pure"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        cocreate_text *text = NULL;
        assert_int_equal(
            cocreate_advise(NULL, bad[i].facts, strlen(bad[i].facts), &text, &check_error),
            COCREATE_ERR_SCHEMA);
        assert_string_equal(check_error.text, bad[i].text);
        assert_null(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        REWARD_CASE(all_tied), REWARD_CASE(earliest), REWARD_CASE(no_award), REWARD_CASE(too_poor),
        REWARD_CASE(good_enough), REWARD_CASE(upper_half), REWARD_CASE(benchmark),
        REWARD_CASE(no_benchmark), REWARD_CASE(pga), REWARD_CASE(digital_run),
        REWARD_CASE(digital_run_six), REWARD_CASE(geometric), REWARD_CASE(power), REWARD_CASE(square_root),
        REWARD_CASE(equal_top), REWARD_CASE(roll_down), REWARD_CASE(based_fewer),
        REWARD_CASE(based_more), REWARD_CASE(based_capped), REWARD_CASE(based_half),
        REWARD_CASE(based_small), REWARD_CASE(based_large), REWARD_CASE(wintd),
        REWARD_CASE(forum_21917), REWARD_CASE(forum_6973), REWARD_CASE(one_each),
        REWARD_CASE(criteo), REWARD_CASE(three_finalists), REWARD_CASE(four_finalists),
        REWARD_CASE(picked), REWARD_CASE(past_winners), REWARD_CASE(nobody),
        REWARD_CASE(consolation), REWARD_CASE(full_refund), REWARD_CASE(pledged),
        REWARD_CASE(goal), REWARD_CASE(withdrawn_pledge), REWARD_CASE(released),
        REWARD_CASE(pledge_to_nobody), REWARD_CASE(pledge_of_nothing),
        REWARD_CASE(pledged_too_much), REWARD_CASE(supports), REWARD_CASE(supports_first),
        REWARD_CASE(support_for_nobody), REWARD_CASE(took_part), REWARD_CASE(first_come),
        REWARD_CASE(first_when), REWARD_CASE(coupon), REWARD_CASE(retained),
        REWARD_CASE(complete), REWARD_CASE(unverified), REWARD_CASE(one_project),
        REWARD_CASE(netflix), REWARD_CASE(just_reached), REWARD_CASE(not_reached),
        REWARD_CASE(last_call), REWARD_CASE(progress), REWARD_CASE(not_verified),
        REWARD_CASE(slope), REWARD_CASE(slope_prorata), REWARD_CASE(polyline),
        cmocka_unit_test(for_150),
        cmocka_unit_test(pays_reliability),
        cmocka_unit_test(guards),
        cmocka_unit_test(states_facts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
