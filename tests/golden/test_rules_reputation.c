/* Trust levels, reputation by trust, decay, bounties, medals and rank factors: published numbers and cases
 * by hand. */
#include "reward_cases.h"

/* -- Trust that flows ------------------------------------------------------------------------- */

#define TRUST(from, to, weight) \
    "{\"from\":\"" from "\",\"to\":\"" to "\",\"weight\":\"" weight "\"}"
/* The opinions of the example in eigen-books, "Algorithm". */
#define OPINIONS                                                                               \
    "\"trust\":[" TRUST("a", "b", "0.2") "," TRUST("a", "c", "0.3") "," TRUST("a", "d", "0.5")  \
    "," TRUST("b", "a", "0.1") "," TRUST("b", "c", "0.1") "," TRUST("b", "d", "0.1") ","        \
    TRUST("b", "e", "0.7") "," TRUST("c", "a", "0.4") "," TRUST("c", "b", "0.1") ","            \
    TRUST("c", "d", "0.2") "," TRUST("c", "e", "0.3") "," TRUST("d", "a", "0.1") ","            \
    TRUST("d", "b", "0.1") "," TRUST("d", "c", "0.7") "," TRUST("d", "e", "0.1") ","            \
    TRUST("e", "a", "0.3") "," TRUST("e", "b", "0.1") "," TRUST("e", "c", "0.4") ","            \
    TRUST("e", "d", "0.2") "]"
#define START(who, much) "{\"person\":\"" who "\",\"start\":" much "}"
#define STARTS                                                                             \
    "\"peers\":[" START("a", "1000") "," START("b", "2000") "," START("c", "500") ","       \
    START("d", "300") "," START("e", "200") "]"

/* Published: one step from (1000, 2000, 500, 300, 200). */
static struct reward_case one_step = {
    "reputation", "\"alpha\":0,\"iterations\":1,\"total\":4000", OPINIONS "," STARTS,
    "a=490 POINTS b=300 POINTS c=790 POINTS d=840 POINTS e=1580 POINTS", NULL,
    "Trusted by 4 of 5, each voice weighed by its own reputation. 49/400 of 1 trust: that part of 4000 = "
    "490.",
    0};
/* Where it ends, from anywhere: 817.2773, 437.9343, 1169.4567, 834.4915, 740.8402. */
#define FIXED_POINT                                                                        \
    "a=8172773 P b=4379343 P c=11694567 P d=8344915 P e=7408402 P"
#define P4 "\"unit\":{\"code\":\"P\",\"minor_unit\":4}"
static struct reward_case fixed_point = {
    "reputation", "\"alpha\":0,\"total\":4000," P4, OPINIONS "," STARTS, FIXED_POINT, NULL, NULL, 0};
static struct reward_case from_alike = {
    "reputation", "\"alpha\":0,\"total\":4000," P4, OPINIONS, FIXED_POINT, NULL, NULL, 0};
/* Nobody trusts: what they have goes where trust is beforehand. */
static struct reward_case trustless = {
    "reputation", "\"pre_trusted\":[\"jury\"],\"total\":100",
    "\"persons\":[{\"id\":\"a\",\"role\":\"jury\"},{\"id\":\"b\",\"role\":\"jury\"},{\"id\":\"c\"}],"
    "\"trust\":[],\"peers\":[{\"person\":\"a\"},{\"person\":\"b\"},{\"person\":\"c\"}]",
    "a=50 POINTS b=50 POINTS", NULL, NULL, 0};
/* By hand: a and b praise only each other and c, who is trusted beforehand, praises d. With alpha 1/2:
 * c = 1/2 + d/2, d = c/2, so c = 2/3 and d = 1/3; the ring has nothing. */
static struct reward_case ring = {
    "reputation", "\"alpha\":\"1/2\",\"pre_trusted\":[\"c\"],\"total\":300",
    "\"trust\":[" TRUST("a", "b", "9") "," TRUST("b", "a", "9") "," TRUST("c", "d", "1") ","
    TRUST("c", "c", "5") "," TRUST("c", "a", "1") "," TRUST("c", "a", "-2") "]",
    "c=200 POINTS d=100 POINTS", NULL, NULL, 0};
/* Two pages link to a third, which links to none and so passes on to all: x = (0.15 + 0.85 y) / 3 and
 * 2 x + y = 1, so x = 1 / 4.7. */
static struct reward_case pagerank = {
    "reputation", "\"method\":\"pagerank\",\"total\":1000000",
    "\"trust\":[{\"from\":\"a\",\"to\":\"c\"},{\"from\":\"b\",\"to\":\"c\"}]",
    "a=212766 POINTS b=212766 POINTS c=574468 POINTS", NULL, NULL, 0};
static struct reward_case excluded = {
    "reputation", "\"eligibility\":{\"exclude\":[\"b\"]}",
    "\"trust\":[" TRUST("b", "a", "5") "," TRUST("a", "b", "5") "," TRUST("a", "c", "1") ","
    TRUST("c", "a", "1") "]", "a=500 POINTS c=500 POINTS", NULL, NULL, 0};
static struct reward_case nobody = {"reputation", "\"total\":5", "\"trust\":[]", "", NULL, NULL, 0};
static struct reward_case unknown_beforehand = {
    "reputation", "\"pre_trusted\":[\"z\"]", "\"trust\":[" TRUST("a", "b", "1") "]",
    "$.trust: nobody there is trusted beforehand by rule \"r\"", NULL, NULL, COCREATE_ERR_SCHEMA};
static struct reward_case negative_start = {
    "reputation", "\"total\":5", "\"trust\":[],\"peers\":[" START("a", "-1") "]",
    "$.peers[0].start: is less than 0", NULL, NULL, COCREATE_ERR_SCHEMA};
static struct reward_case no_start = {
    "reputation", "\"total\":5", "\"trust\":[],\"peers\":[" START("a", "0") "]",
    "$.peers: nobody starts with anything", NULL, NULL, COCREATE_ERR_SCHEMA};
static struct reward_case twice = {
    "reputation", "\"total\":5", "\"trust\":[],\"peers\":[" START("a", "1") "," START("a", "2") "]",
    "$.peers: a peer is there twice", NULL, NULL, COCREATE_ERR_SCHEMA};
static struct reward_case large_weight = {
    "reputation", "\"total\":5",
    "\"trust\":[" TRUST("a", "b", "9007199254740991") "," TRUST("b", "a", "0.5") "]",
    "$.trust[0].weight: over the common denominator 2 of all weights it is beyond 2^53 - 1", NULL, NULL,
    COCREATE_ERR_OVERFLOW};
static struct reward_case fine_alpha = {
    "reputation", "\"alpha\":\"1/3\"", "\"trust\":[]",
    "$.rules[0].alpha: has more than 9 decimals", NULL, NULL, COCREATE_ERR_SCHEMA};
static struct reward_case beforehand_in_pagerank = {
    "reputation", "\"method\":\"pagerank\",\"pre_trusted\":[\"a\"]", "\"trust\":[]",
    "$.rules[0].pre_trusted: given, but in pagerank all are alike beforehand", NULL, NULL,
    COCREATE_ERR_SCHEMA};

/* -- Decay ------------------------------------------------------------------------------------ */

#define DEED(id, who, at, value)                                                          \
    "{\"id\":\"" id "\",\"kind\":\"post\",\"person\":\"" who "\",\"at\":\"" at "T00:00:00Z\"," \
    "\"value\":" value "}"
#define AS_OF(at) "\"as_of\":\"" at "T00:00:00Z\","
#define P2 "\"unit\":{\"code\":\"P\",\"minor_unit\":2}"

/* 1000 after two half-lives of 30 days. */
static struct reward_case half_life = {
    "decay", "\"form\":\"half_life\",\"days\":30",
    AS_OF("2026-03-02") "\"events\":[" DEED("1", "a", "2026-01-01", "1000") "]", "a=250 POINTS", NULL,
    "Of 1000 points by then 250 are left: half of them every 30 days.", 0};
/* 1000 * 2^-0.5 = 707.11 after 15 days; tomorrow's points are not there yet. */
static struct reward_case half_way = {
    "decay", "\"form\":\"half_life\",\"days\":30," P2,
    AS_OF("2026-01-16") "\"events\":[" DEED("1", "a", "2026-01-01", "1000") ","
    DEED("2", "a", "2026-01-17", "50") "]", "a=70711 P", NULL, NULL, 0};
/* 1000 * (730 - 73) / 730. */
static struct reward_case linear = {
    "decay", "\"form\":\"linear\",\"days\":730",
    AS_OF("2026-03-15") "\"events\":[" DEED("1", "a", "2026-01-01", "1000") ","
    DEED("2", "b", "2020-01-01", "1000") "]", "a=900 POINTS", NULL,
    "Of 1000 points by then 900 are left: they fade to nothing in 730 days.", 0};
/* 1, .5 and .1 at 3 and 6 months, taken as 90 and 180 days; the day itself counts. */
#define STEPS                                                                              \
    "\"form\":\"steps\",\"steps\":[{\"after_days\":90,\"factor\":\"0.5\"},{\"after_days\":180," \
    "\"factor\":\"0.1\"}]"
static struct reward_case steps = {
    "decay", STEPS,
    AS_OF("2026-07-01") "\"events\":[" DEED("1", "a", "2026-06-01", "100") ","
    DEED("2", "b", "2026-04-02", "100") "," DEED("3", "c", "2026-04-03", "100") ","
    DEED("4", "d", "2026-01-02", "100") "," DEED("5", "d", "2026-06-30", "-7") "]",
    "a=100 POINTS b=50 POINTS c=100 POINTS d=3 POINTS", NULL, NULL, 0};
/* SourceCred RECENT with 1/2: 8, 4 and 2 in three weeks are 8/4 + 4/2 + 2. */
static struct reward_case interval = {
    "decay", "\"form\":\"interval\",\"days\":7,\"discount\":\"0.5\"",
    AS_OF("2026-01-20") "\"events\":[" DEED("1", "a", "2026-01-05", "8") ","
    DEED("2", "a", "2026-01-12", "4") "," DEED("3", "a", "2026-01-19", "2") ","
    DEED("4", "b", "2026-01-19", "6") "]",
    "a=6 POINTS b=6 POINTS", NULL, NULL, 0};
/* Seven ages, of which five are shown: 64 + 32 + 16 + 8 + 4 + 2 + 1. */
static struct reward_case many_ages = {
    "decay", "\"form\":\"half_life\",\"days\":1,\"events\":{\"post\":64}",
    AS_OF("2026-01-07") "\"events\":[" DEED("1", "a", "2026-01-01", "1") ","
    DEED("2", "a", "2026-01-02", "1") "," DEED("3", "a", "2026-01-03", "1") ","
    DEED("4", "a", "2026-01-04", "1") "," DEED("5", "a", "2026-01-05", "1") ","
    DEED("6", "a", "2026-01-06", "1") "," DEED("7", "a", "2026-01-07", "1") "]",
    "a=127 POINTS", NULL, NULL, 0};
static struct reward_case no_time = {
    "decay", "\"form\":\"linear\",\"days\":1", "\"events\":[]",
    "$.as_of: required by rule \"r\", but missing", NULL, NULL, COCREATE_ERR_SCHEMA};
static struct reward_case other_form = {
    "decay", "\"form\":\"linear\",\"days\":1,\"discount\":\"0.5\"", "\"events\":[]",
    "$.rules[0].discount: given, but the form \"linear\" does not use it", NULL, NULL,
    COCREATE_ERR_SCHEMA};
static struct reward_case rising_factor = {
    "decay", "\"form\":\"steps\",\"steps\":[{\"after_days\":1,\"factor\":\"0.5\"},{\"after_days\":2,"
             "\"factor\":\"0.6\"}]", "\"events\":[]",
    "$.rules[0].steps[1].factor: is not from 0 to the factor before it", NULL, NULL,
    COCREATE_ERR_SCHEMA};
static struct reward_case falling_age = {
    "decay", "\"form\":\"steps\",\"steps\":[{\"after_days\":2,\"factor\":\"0.5\"},{\"after_days\":2,"
             "\"factor\":\"0.4\"}]", "\"events\":[]",
    "$.rules[0].steps[1].after_days: is not more than the age before it", NULL, NULL,
    COCREATE_ERR_SCHEMA};
static struct reward_case no_days = {
    "decay", "\"form\":\"half_life\",\"days\":0", "\"events\":[]",
    "$.rules[0].days: is not more than 0", NULL, NULL, COCREATE_ERR_SCHEMA};

/* -- Trust levels ----------------------------------------------------------------------------- */

#define NEWS "\"new_topics\":100,\"new_posts\":1000,"
#define ACTIVE(who, level, more, days, given, received, users, liked_days, flagged)             \
    "{\"person\":\"" who "\",\"level\":" level ",\"topics_entered\":200,\"posts_read\":500" more     \
    ",\"period\":{\"days_visited\":" days ",\"topics_replied\":10,\"topics_viewed\":25,"             \
    "\"posts_read\":250,\"likes_given\":" given ",\"likes_received\":" received                      \
    ",\"likes_received_users\":" users ",\"likes_received_days\":" liked_days ",\"flagged_posts\":"  \
    flagged "}}"
#define LEVEL(who, level, was, why) \
    who ":{\"level\":" level ",\"was\":" was ",\"why\":\"" why "\"}"

/* 20 likes need 5 people on 7 days. */
static struct reward_case diversity = {
    "trust_level", "\"settings\":{}",
    NEWS "\"activity\":[" ACTIVE("a", "2", "", "50", "30", "20", "5", "7", "5") ","
    ACTIVE("b", "2", "", "50", "30", "20", "4", "7", "5") ","
    ACTIVE("c", "2", "", "50", "30", "20", "5", "6", "5") ","
    ACTIVE("d", "2", "", "49", "30", "20", "5", "7", "5") ","
    ACTIVE("e", "2", "", "50", "29", "20", "5", "7", "5") ","
    ACTIVE("f", "2", "", "50", "30", "19", "5", "7", "5") ","
    ACTIVE("g", "2", "", "50", "30", "20", "5", "7", "6") ","
    ACTIVE("h", "2", ",\"penalties\":1", "50", "30", "20", "5", "7", "5") "]",
    LEVEL("a", "3", "2", "promoted") " " LEVEL("b", "2", "2", "stays") " "
    LEVEL("c", "2", "2", "stays") " " LEVEL("d", "2", "2", "stays") " "
    LEVEL("e", "2", "2", "stays") " " LEVEL("f", "2", "2", "stays") " "
    LEVEL("g", "2", "2", "stays") " " LEVEL("h", "2", "2", "stays"),
    NULL,
    "Level 3: 0 penalties (at most 0), 50 days visited lately (at least 50), 10 topics lately replied to "
    "(at least 10), 25 topics viewed lately (at least 25), 250 posts read lately (at least 250), 5 flagged "
    "posts (at most 5), 0 people who flagged (at most 5), 200 topics entered (at least 200), 500 posts read "
    "(at least 500), 30 likes given lately (at least 30), 20 likes received lately (at least 20), 5 people "
    "who liked (at least 5), 7 days with likes (at least 7).",
    0};
/* Kept at 45 days, 27 given, 18 received; 0.9 * 5 = 4.5 people and 0.9 * 7 = 6.3 days are 5 and 7. */
static struct reward_case hysteresis = {
    "trust_level", "\"settings\":{}",
    NEWS "\"activity\":[" ACTIVE("a", "3", "", "45", "27", "18", "5", "7", "5") ","
    ACTIVE("b", "3", "", "44", "27", "18", "5", "7", "5") ","
    ACTIVE("c", "3", "", "45", "26", "18", "5", "7", "5") ","
    ACTIVE("d", "3", "", "45", "27", "17", "5", "7", "5") ","
    ACTIVE("e", "3", "", "45", "27", "18", "4", "7", "5") ","
    ACTIVE("f", "3", "", "45", "27", "18", "5", "6", "5") ","
    ACTIVE("g", "3", "", "45", "27", "18", "5", "7", "6") "]",
    LEVEL("a", "3", "3", "kept") " " LEVEL("b", "2", "3", "lost") " " LEVEL("c", "2", "3", "lost") " "
    LEVEL("d", "2", "3", "lost") " " LEVEL("e", "2", "3", "lost") " " LEVEL("f", "2", "3", "lost") " "
    LEVEL("g", "2", "3", "lost"),
    NULL, NULL, 0};
static struct reward_case lost = {
    "trust_level", "\"settings\":{}",
    NEWS "\"activity\":[" ACTIVE("b", "3", "", "44", "27", "18", "5", "7", "5") "]",
    LEVEL("b", "2", "3", "lost"), NULL,
    "Level 2, no longer 3: 44 days visited lately, where 45 would keep it.", 0};
static struct reward_case flagged = {
    "trust_level", "\"settings\":{}",
    NEWS "\"activity\":[" ACTIVE("b", "3", "", "99", "99", "99", "9", "9", "6") "]",
    LEVEL("b", "2", "3", "lost"), NULL,
    "Level 2, no longer 3: 6 flagged posts, where 5 at most would keep it.", 0};
/* Within 14 days of reaching it level 3 stays; a locked level and level 4 always do. */
static struct reward_case grace = {
    "trust_level", "\"settings\":{}",
    NEWS AS_OF("2026-01-15") "\"activity\":["
    ACTIVE("a", "3", ",\"since\":\"2026-01-01T00:00:00Z\"", "0", "0", "0", "0", "0", "0") ","
    ACTIVE("b", "3", ",\"since\":\"2025-12-31T23:59:59Z\"", "0", "0", "0", "0", "0", "0") ","
    ACTIVE("c", "3", ",\"locked\":true", "0", "0", "0", "0", "0", "0") ","
    ACTIVE("d", "4", "", "0", "0", "0", "0", "0", "0") "]",
    LEVEL("a", "3", "3", "grace") " " LEVEL("b", "2", "3", "lost") " "
    LEVEL("c", "3", "3", "locked") " " LEVEL("d", "4", "4", "manual"),
    NULL, "Level 3 stays: it was reached within the last 14 days.", 0};
#define NEWCOMER(who, topics, posts, minutes, more)                                             \
    "{\"person\":\"" who "\",\"topics_entered\":" topics ",\"posts_read\":" posts ",\"minutes_read\":" \
    minutes more "}"
#define ENGAGED \
    ",\"days_visited\":15,\"likes_given\":1,\"likes_received\":1,\"topics_replied\":3"
/* 5 topics, 30 posts, 10 minutes; 20, 100, 60 and more. An account of 9 minutes has not read for 10. */
static struct reward_case first_levels = {
    "trust_level", "\"settings\":{}",
    NEWS "\"as_of\":\"2026-01-15T00:09:59Z\",\"activity\":[" NEWCOMER("a", "5", "30", "10", "") ","
    NEWCOMER("b", "4", "30", "10", "") "," NEWCOMER("c", "20", "100", "60", ENGAGED) ","
    NEWCOMER("d", "5", "30", "10", ",\"created_at\":\"2026-01-15T00:00:00Z\"") ","
    NEWCOMER("e", "5", "30", "10", ",\"created_at\":\"2026-01-14T23:59:00Z\"") ","
    NEWCOMER("f", "20", "100", "60", "") "]",
    LEVEL("a", "1", "0", "promoted") " " LEVEL("c", "2", "0", "promoted") " "
    LEVEL("e", "1", "0", "promoted") " " LEVEL("f", "1", "0", "promoted"),
    NULL, "Level 1: 5 topics entered (at least 5), 30 posts read (at least 30), 10 minutes read (at least "
    "10).", 0};
/* 50 likes need ceil(50/4) = 13 people and min(ceil(50/3), ceil(0.75 * 10)) = 8 days. */
static struct reward_case own_settings = {
    "trust_level", "\"settings\":{\"tl3_requires_likes_received\":50,\"tl3_time_period\":10}",
    NEWS "\"activity\":[" ACTIVE("a", "2", "", "50", "30", "50", "13", "8", "0") ","
    ACTIVE("b", "2", "", "50", "30", "50", "12", "8", "0") ","
    ACTIVE("c", "2", "", "50", "30", "50", "13", "7", "0") "]",
    LEVEL("a", "3", "2", "promoted") " " LEVEL("b", "2", "2", "stays") " "
    LEVEL("c", "2", "2", "stays"), NULL, NULL, 0};
static struct reward_case no_news = {
    "trust_level", "\"settings\":{}",
    "\"activity\":[" ACTIVE("a", "2", "", "50", "30", "20", "5", "7", "5") "]",
    "$.new_topics: required, with new_posts, to review \"a\" for level 3", NULL, NULL,
    COCREATE_ERR_SCHEMA};
static struct reward_case unknown_setting = {
    "trust_level", "\"settings\":{\"tl3_requires_days_visit\":50}", "\"activity\":[]",
    "$.rules[0].settings.tl3_requires_days_visit: unknown key, did you mean "
    "\"tl3_requires_days_visited\"?",
    NULL, NULL, COCREATE_ERR_SCHEMA};
static struct reward_case unknown_fact = {
    "trust_level", "\"settings\":{}",
    "\"activity\":[{\"person\":\"a\",\"period\":{\"topics_entered\":1}}]",
    "$.activity[0].period.topics_entered: unknown key, did you mean \"topics_viewed\"?", NULL, NULL,
    COCREATE_ERR_SCHEMA};
static struct reward_case active_twice = {
    "trust_level", "\"settings\":{}", "\"activity\":[{\"person\":\"a\"},{\"person\":\"a\"}]",
    "$.activity: \"a\" is there twice", NULL, NULL, COCREATE_ERR_SCHEMA};

/* -- Others ----------------------------------------------------------------------------------- */

/* Stack Exchange: a bounty of 100 that is awarded of itself gives half, and is paid whole. */
static struct reward_case bounty = {
    "points", "\"events\":{\"bounty_earned\":1,\"bounty_offered\":-1}",
    "\"events\":[{\"id\":\"1\",\"kind\":\"bounty_offered\",\"person\":\"asker\",\"at\":0,\"value\":100},"
    "{\"id\":\"2\",\"kind\":\"bounty_earned\",\"person\":\"helper\",\"at\":0,\"value\":50}]",
    "asker=-100 POINTS helper=50 POINTS", NULL, NULL, 0};

static cocreate_awards *of_field(const char *rule, size_t teams)
{
    static char scheme[512], result[1 << 20];
    cocreate_scheme *s = NULL;
    cocreate_awards *awards = NULL;
    snprintf(scheme, sizeof scheme,
             "{\"scheme\":\"cocreate.incentives/1\",\"currency\":\"EUR\",\"funds\":[],\"rules\":[%s]}",
             rule);
    size_t used = (size_t)snprintf(result, sizeof result, "{\"entries\":[");
    for (size_t i = 1; i <= teams; i++)
        used += (size_t)snprintf(result + used, sizeof result - used, "%s{\"id\":\"%05zu\",\"rank\":%zu}",
                                 i > 1 ? "," : "", i, i);
    snprintf(result + used, sizeof result - used, "]}");
    assert_status(cocreate_scheme_parse(NULL, scheme, strlen(scheme), &s, &check_error), COCREATE_OK);
    assert_status(cocreate_reward(s, result, strlen(result), NULL, &awards, &check_error), COCREATE_OK);
    cocreate_scheme_free(s);
    return awards;
}

static int count(const char *text, const char *word)
{
    int n = 0;
    for (; (text = strstr(text, word)) != NULL; text++)
        n++;
    return n;
}

/* Medals of bronze or better, silver or better, gold: Kaggle's table with percentages rounded down. Its
 * page speaks of 11 gold medals of 500 teams and 20 of 5,000, and of 457 for 4,571; a note on it has 907
 * for 9,066, which is rounded up. */
static void counts_medals(void **state)
{
    (void)state;
    static const int fields[][4] = {{9, 3, 1, 0},          {99, 39, 19, 9},    {100, 40, 20, 10},
                                    {250, 100, 50, 10},    {500, 100, 50, 11}, {1000, 100, 50, 12},
                                    {4571, 457, 228, 19},  {5000, 500, 250, 20},
                                    {9066, 906, 453, 28}};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        cocreate_awards *awards = of_field("{\"id\":\"m\",\"kind\":\"medals\"}", (size_t)fields[i][0]);
        const char *json = cocreate_awards_json(awards);
        int gold = count(json, "\"medal\":\"gold\""), silver = count(json, "\"medal\":\"silver\"");
        assert_int_equal(count(json, "\"medal\":\"bronze\"") + silver + gold, fields[i][1]);
        assert_int_equal(silver + gold, fields[i][2]);
        assert_int_equal(gold, fields[i][3]);
        cocreate_awards_free(awards);
    }
}

/* Kaggle's factors of ranks 2, 3, 10, 50 and 100: .5946, .4387, .1778, .05318, .03162. Of 1,000 teams the
 * first has 60205.9991. */
static void falls_with_the_rank(void **state)
{
    (void)state;
    static const struct {
        size_t rank;
        double factor, digit;
    } factors[] = {{2, .5946, 1e-4}, {3, .4387, 1e-4}, {10, .1778, 1e-4}, {50, .05318, 1e-5},
                   {100, .03162, 1e-5}};
    cocreate_awards *awards = of_field(
        "{\"id\":\"p\",\"kind\":\"rank_points\",\"unit\":{\"code\":\"P\",\"minor_unit\":4}}", 1000);
    for (size_t i = 0; i < sizeof factors / sizeof factors[0]; i++) {
        cocreate_award award = {.size = sizeof award};
        assert_status(cocreate_awards_at(awards, factors[i].rank - 1, &award, &check_error), COCREATE_OK);
        double off = (double)award.minor / 602059991.0 - factors[i].factor;
        assert_true(off <= factors[i].digit / 2 && -off <= factors[i].digit / 2);
    }
    cocreate_awards_free(awards);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        REWARD_CASE(one_step),       REWARD_CASE(fixed_point),        REWARD_CASE(from_alike),
        REWARD_CASE(trustless),      REWARD_CASE(ring),               REWARD_CASE(pagerank),
        REWARD_CASE(excluded),       REWARD_CASE(nobody),             REWARD_CASE(unknown_beforehand),
        REWARD_CASE(negative_start), REWARD_CASE(no_start),           REWARD_CASE(twice),
        REWARD_CASE(large_weight),   REWARD_CASE(fine_alpha),         REWARD_CASE(beforehand_in_pagerank),
        REWARD_CASE(half_life),      REWARD_CASE(half_way),           REWARD_CASE(linear),
        REWARD_CASE(steps),          REWARD_CASE(interval),           REWARD_CASE(many_ages),
        REWARD_CASE(no_time),        REWARD_CASE(other_form),         REWARD_CASE(rising_factor),
        REWARD_CASE(falling_age),    REWARD_CASE(no_days),            REWARD_CASE(diversity),
        REWARD_CASE(hysteresis),     REWARD_CASE(lost),               REWARD_CASE(flagged),
        REWARD_CASE(grace),          REWARD_CASE(first_levels),       REWARD_CASE(own_settings),
        REWARD_CASE(no_news),        REWARD_CASE(unknown_setting),    REWARD_CASE(unknown_fact),
        REWARD_CASE(active_twice),   REWARD_CASE(bounty),             cmocka_unit_test(counts_medals),
        cmocka_unit_test(falls_with_the_rank),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
