/* Points, levels, places, medals, streaks: published tables and cases by hand. */
#include "reward_cases.h"

#define EVENT(id, kind, who, at, more) \
    "{\"id\":\"" id "\",\"kind\":\"" kind "\",\"person\":\"" who "\",\"at\":\"" at "\"" more "}"
#define LIKE(id, day) EVENT(id, "like", "a", "2026-01-0" day "T12:00:00Z", "")
#define UP(id) EVENT(id, "answer_up", "a", "2026-01-01T12:00:00Z", "")
#define FIVE_UP(id) UP(id "1") "," UP(id "2") "," UP(id "3") "," UP(id "4") "," UP(id "5")
#define UNITS "\"unit\":{\"code\":\"P\"}"
#define TOTALS \
    "\"totals\":[{\"person\":\"d\",\"points\":80},{\"person\":\"b\",\"points\":90}," \
    "{\"person\":\"x\"},{\"person\":\"a\",\"points\":100},{\"person\":\"c\",\"points\":90}]"
#define RANK(who, points, rank, tied) \
    who ":{\"points\":\"" points "\",\"rank\":\"" rank "\",\"tied\":" tied "}"

/* Stack Exchange: 25 up, an accept and a bounty of 50 on a day are 1 + 200 + 65. */
static struct reward_case stack_exchange = {
    "points", "\"preset\":\"stack_exchange\"",
    "\"events\":[" FIVE_UP("p") "," FIVE_UP("q") "," FIVE_UP("r") "," FIVE_UP("s") "," FIVE_UP("t")
    "," EVENT("v", "accepted", "a", "2026-01-01T13:00:00Z", "") ","
    EVENT("w", "bounty_earned", "a", "2026-01-01T14:00:00Z", ",\"value\":50") "]",
    "a=266 POINTS", NULL,
    "27 events for 315 points, with 1 to begin with, without the 50 above the cap of 200 a day: "
    "266.",
    0};
/* By hand: 1 - 2 is lifted to the floor of 1. */
static struct reward_case floor_of_day = {
    "points", "\"preset\":\"stack_exchange\"",
    "\"events\":[" EVENT("v", "answer_down", "a", "2026-01-01T13:00:00Z", "") "]", "a=1 POINTS", NULL,
    NULL, 0};
/* level-up: multipliers 2 and 5. */
#define BOOSTED EVENT("v", "like", "a", "2026-01-01T13:00:00Z", ",\"multipliers\":[2,5]")
static struct reward_case compound = {
    "points", "\"events\":{\"like\":1}," UNITS, "\"events\":[" BOOSTED "]", "a=10 P", NULL, NULL, 0};
static struct reward_case additive = {"points", "\"events\":{\"like\":1},\"stack\":\"additive\"," UNITS,
                                      "\"events\":[" BOOSTED "]", "a=7 P", NULL, NULL, 0};
static struct reward_case highest = {"points", "\"events\":{\"like\":1},\"stack\":\"highest\"," UNITS,
                                     "\"events\":[" BOOSTED "]", "a=5 P", NULL, NULL, 0};
/* The same row twice counts once, another of its id is refused. */
static struct reward_case told_twice = {
    "points", "\"events\":{\"like\":1}," UNITS, "\"events\":[" LIKE("v", "1") "," LIKE("v", "1") "]",
    "a=1 P", NULL, "One event for 1 point: 1.", 0};
static struct reward_case other_event = {
    "points", "\"events\":{\"like\":1}," UNITS, "\"events\":[" LIKE("v", "1") "," LIKE("v", "2") "]",
    "$.events[1]: \"v\" is not the event of that id in $.events[0]", NULL, NULL,
    COCREATE_ERR_SCHEMA};
/* Three of b to a in an hour: all of the burst go, that of c stays; a's own does not count. */
#define FROM(id, who, at) \
    EVENT(id, "like", "a", "2026-01-01T12:" at ":00Z", ",\"by\":\"" who "\"")
static struct reward_case serial = {
    "points", "\"events\":{\"like\":1},\"guards\":{\"serial\":{\"events\":2,\"hours\":1}}," UNITS,
    "\"events\":[" FROM("1", "b", "00") "," FROM("2", "b", "10") "," FROM("3", "b", "20") ","
    FROM("4", "c", "30") "," FROM("5", "a", "40") "]",
    "a=1 P", NULL, NULL, 0};
static struct reward_case pair_cap = {
    "points", "\"events\":{\"like\":1},\"guards\":{\"pair_cap\":2}," UNITS,
    "\"events\":[" FROM("1", "b", "00") "," FROM("2", "b", "10") "," FROM("3", "b", "20") ","
    FROM("4", "c", "30") "]",
    "a=3 P", NULL, NULL, 0};

/* 1224, 1334, 1223, 1 2.5 2.5 4, 1234; who has no points has no rank. */
static struct reward_case competition = {
    "leaderboard", "\"ranks\":\"competition\"", TOTALS,
    RANK("a", "100", "1", "1") " " RANK("b", "90", "2", "2") " " RANK("c", "90", "2", "2") " "
    RANK("d", "80", "4", "1"), NULL, "Rank 1 of 4 with 100 points.", 0};
static struct reward_case modified = {
    "leaderboard", "\"ranks\":\"modified\"", TOTALS,
    RANK("a", "100", "1", "1") " " RANK("b", "90", "3", "2") " " RANK("c", "90", "3", "2") " "
    RANK("d", "80", "4", "1"), NULL, NULL, 0};
static struct reward_case dense = {
    "leaderboard", "\"ranks\":\"dense\"", TOTALS,
    RANK("a", "100", "1", "1") " " RANK("b", "90", "2", "2") " " RANK("c", "90", "2", "2") " "
    RANK("d", "80", "3", "1"), NULL, NULL, 0};
static struct reward_case fractional = {
    "leaderboard", "\"ranks\":\"fractional\"", TOTALS,
    RANK("a", "100", "1", "1") " " RANK("b", "90", "2.5", "2") " " RANK("c", "90", "2.5", "2") " "
    RANK("d", "80", "4", "1"), NULL, NULL, 0};
static struct reward_case ordinal = {
    "leaderboard", "\"ranks\":\"ordinal\"", TOTALS,
    RANK("a", "100", "1", "1") " " RANK("b", "90", "2", "2") " " RANK("c", "90", "3", "2") " "
    RANK("d", "80", "4", "1"), NULL, NULL, 0};

/* 100000 * log10(1 + log10(1000)) = 60206.00 (Kaggle 2015). */
static struct reward_case kaggle = {
    "rank_points", "\"unit\":{\"code\":\"P\",\"minor_unit\":2}",
    "\"teams\":1000,\"entries\":[{\"id\":\"a\",\"rank\":1}]", "a=6020600 P", NULL,
    "Rank 1 of 1000 teams in a team of 1: 60206.00 points.", 0};
/* 2^-0.75 = .594604 and 1/sqrt(4): 60205.9991 * .594604 / 2 = 17899.35. */
static struct reward_case kaggle_second = {
    "rank_points", "\"unit\":{\"code\":\"P\",\"minor_unit\":2}",
    "\"teams\":1000,\"entries\":[{\"id\":\"a\",\"rank\":1},{\"id\":\"b\",\"rank\":2,\"team\":["
    "{\"id\":\"p\"},{\"id\":\"q\"},{\"id\":\"r\"},{\"id\":\"s\"}]}]",
    "a=6020600 P p=1789935 P q=1789935 P r=1789935 P s=1789935 P", NULL, NULL, 0};

#define MEDAL(medal, place, teams) \
    "{\"medal\":\"" medal "\",\"place\":" place ",\"teams\":" teams "}"
/* 4571 teams: 457, 228 and 19. */
static struct reward_case medal_cuts = {
    "medals", "\"ties\":\"all\"",
    "\"teams\":9,\"entries\":[{\"id\":\"a\",\"rank\":1},{\"id\":\"b\",\"rank\":2},{\"id\":\"c\","
    "\"rank\":3},{\"id\":\"d\",\"rank\":4}]",
    "a:" MEDAL("silver", "1", "9") " b:" MEDAL("bronze", "2", "9") " c:" MEDAL("bronze", "3", "9"),
    NULL, "Place 1 of 9: the first 1 get silver or better.", 0};

#define DAYS \
    "\"events\":[" LIKE("1", "1") "," LIKE("2", "2") "," LIKE("3", "3") "," LIKE("4", "4") "," \
    LIKE("5", "5") "," LIKE("7", "7") "]"
/* Days 1-5 and 7: 1 now and 5 at best; 6 with a day of freeze. */
static struct reward_case streak = {"streak", "\"freeze\":0", DAYS, "a:{\"best\":5,\"current\":1}",
                                    NULL, "Active days in a row: 1 now, 5 at best.", 0};
static struct reward_case frozen = {"streak", "\"freeze\":1", DAYS, "a:{\"best\":6,\"current\":6}",
                                    NULL, NULL, 0};
/* level-up's table: null, 100, 250. */
static struct reward_case level = {
    "level", "\"thresholds\":[0,100,250]",
    "\"totals\":[{\"person\":\"a\",\"points\":99},{\"person\":\"b\",\"points\":100},{\"person\":\"c\","
    "\"points\":90,\"best\":250}]",
    "a:{\"level\":1} b:{\"level\":2} c:{\"level\":3}", NULL,
    "Level 1: 99 points reach 0; the next level is at 100.", 0};

int main(void)
{
    const struct CMUnitTest tests[] = {
        REWARD_CASE(stack_exchange), REWARD_CASE(floor_of_day), REWARD_CASE(compound),
        REWARD_CASE(additive),       REWARD_CASE(highest),      REWARD_CASE(told_twice),
        REWARD_CASE(other_event),    REWARD_CASE(serial),       REWARD_CASE(pair_cap),
        REWARD_CASE(competition),    REWARD_CASE(modified),     REWARD_CASE(dense),
        REWARD_CASE(fractional),     REWARD_CASE(ordinal),      REWARD_CASE(kaggle),
        REWARD_CASE(kaggle_second),  REWARD_CASE(medal_cuts),   REWARD_CASE(streak),
        REWARD_CASE(frozen),         REWARD_CASE(level),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
