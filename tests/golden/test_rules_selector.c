/* Selectors, kudos, titles, slots, halls of fame, roles: published vectors and cases by hand. */
#include "reward_cases.h"

#define VOTE(who, entry, at, more) \
    "{\"voter\":\"" who "\",\"entry\":\"" entry "\",\"at\":" at more "}"
#define STAKE(who, entry, at, weight) VOTE(who, entry, at, ",\"weight\":" weight)
#define ENTRIES \
    "\"entries\":[{\"id\":\"e\",\"owner\":\"ana\",\"score\":9,\"submitted_at\":0,\"selected\":true}," \
    "{\"id\":\"f\",\"owner\":\"bo\",\"score\":5,\"submitted_at\":0}]"
#define STEEM \
    ENTRIES ",\"votes\":[" STAKE("x", "e", "1800000000", "100") "," \
    STAKE("y", "e", "1800000001", "300") "," STAKE("z", "e", "1800000002", "500") "]"

/* Steem's square root: 10 - 0, 20 - 10, 30 - 20; 50000 by 10:10:10, rounded down as its code does. */
static struct reward_case curation = {
    "selector_bonus",
    "\"fund\":\"f\",\"pool\":\"500.00\",\"weight\":\"sqrt_increment\",\"rounding\":{\"method\":"
    "\"floor_return\"}",
    STEEM, "x=16666 y=16666 z=16666", "9999500.02",
    "Your stake of 100 on 0 before it weighs 10. 10 of 30 in weight: that part of 500.00 = 166.66, "
    "rounded down.", 0};
/* 100.00 among three of one weight, after the window: 33.34, 33.33, 33.33. */
static struct reward_case taste = {
    "selector_bonus",
    "\"fund\":\"f\",\"pool\":\"100.00\",\"select\":\"rank<=1\",\"weight\":\"sqrt_increment\","
    "\"window_s\":1800",
    STEEM, "x=3334 y=3333 z=3333", "9999900.00", NULL, 0};
/* By hand: x votes after 900 of 1800 seconds, so half of 10 is returned: 5, 10, 10 of 30. */
#define EARLY \
    ENTRIES ",\"votes\":[" STAKE("x", "e", "900000000", "100") "," \
    STAKE("y", "e", "1800000001", "300") "," STAKE("z", "e", "1800000002", "500") "]"
#define WINDOW "\"fund\":\"f\",\"pool\":\"300.00\",\"weight\":\"sqrt_increment\",\"window_s\":1800"
static struct reward_case cut_returned = {
    "selector_bonus", WINDOW, EARLY, "x=5000 y=10000 z=10000", "9999750.00",
    "Your stake of 100 on 0 before it weighs 10. It came 900 of 1800 seconds after the entry, so it "
    "weighs 5. 5 of 30 in weight: that part of 300.00 = 50.00.", 0};
static struct reward_case cut_author = {
    "selector_bonus", WINDOW ",\"cut\":\"author\"", EARLY, "x=5000 y=10000 z=10000 ana=5000",
    "9999700.00", NULL, 0};
static struct reward_case cut_voters = {
    "selector_bonus", WINDOW ",\"cut\":\"voters\"", EARLY, "x=6000 y=12000 z=12000", "9999700.00",
    NULL, 0};
/* By hand, r = 1 then 1 with s = 1: 3, then 8 - 3; ((r+1)^2 - 1)/(r+4): 3/5, then 8/6 - 3/5;
 * r/(2 + r): 1/3, then 1/2 - 1/3. */
#define TWO ENTRIES ",\"votes\":[" STAKE("x", "e", "1", "1") "," STAKE("y", "e", "2", "1") "]"
#define POOL(pool, weight) "\"fund\":\"f\",\"pool\":\"" pool "\",\"weight\":\"" weight "\""
static struct reward_case linear = {"selector_bonus", POOL("2.00", "linear_increment"), TWO,
                                    "x=100 y=100", NULL, NULL, 0};
static struct reward_case quadratic = {"selector_bonus",
                                       POOL("8.00", "quadratic_increment") ",\"constant\":1", TWO,
                                       "x=300 y=500", NULL, NULL, 0};
static struct reward_case bounded = {
    "selector_bonus", POOL("3.00", "bounded_increment") ",\"constant\":1", TWO, "x=200 y=100", NULL,
    NULL, 0};
static struct reward_case convergent = {
    "selector_bonus", POOL("40.00", "convergent_linear_increment") ",\"constant\":1", TWO,
    "x=1800 y=2200", NULL, NULL, 0};
/* s = 1/2, r = 3 then 21: 3/sqrt(4), then 24/sqrt(25) - 3/2: 1.5 and 3.3. */
static struct reward_case convergent_sqrt = {
    "selector_bonus", POOL("4.80", "convergent_sqrt_increment") ",\"constant\":\"1/2\"",
    ENTRIES ",\"votes\":[" STAKE("x", "e", "1", "3") "," STAKE("y", "e", "2", "21") "]",
    "x=150 y=330", NULL, NULL, 0};
static struct reward_case harmonic = {"selector_bonus", POOL("3.00", "harmonic"), TWO,
                                      "x=200 y=100", NULL,
                                      "You supported it as number 1, which weighs 1. 1 of 3/2 in weight: "
                                      "that part of 3.00 = 2.00.", 0};
static struct reward_case geometric = {"selector_bonus", POOL("4.00", "geometric") ",\"ratio\":\"1/3\"",
                                       TWO, "x=300 y=100", NULL, NULL, 0};
/* x hits 1 of 2, y 1 of 1, z 0 of 1; with two votes needed only x is left. ana's own does not count. */
#define SPREAD                                                                                  \
    ENTRIES ",\"votes\":[" VOTE("x", "e", "1", ",\"p\":\"0.8\"") "," VOTE("x", "f", "1", "") "," \
    VOTE("y", "e", "2", ",\"p\":\"0.5\"") "," VOTE("z", "f", "3", "") "," \
    VOTE("ana", "e", "0", "") "]"
static struct reward_case hit_rate = {
    "selector_bonus", POOL("3.00", "hit_rate"), SPREAD, "x=100 y=200", NULL,
    "Of 2 entries you supported 1 were selected: 0.5. 1/2 of 3/2 in weight: that part of 3.00 = 1.00.",
    0};
static struct reward_case enough_votes = {"selector_bonus", POOL("3.00", "hit_rate") ",\"min_votes\":2",
                                          SPREAD, "x=300", NULL, NULL, 0};
/* 1 - .04 and 1 - 1: .48 on average; 1 - .25; 1 - 1. */
static struct reward_case brier = {
    "selector_points", "\"each\":100,\"weight\":\"brier\"", SPREAD, "x=48 POINTS y=75 POINTS", NULL,
    "One less the squared error is 0.48 on average of 2 predictions. At 100 for 1 that is 48 points.",
    0};
static struct reward_case nobody = {"selector_bonus", POOL("3.00", "harmonic"),
                                    ENTRIES ",\"votes\":[]", "", "10000000.00", NULL, 0};
static struct reward_case novices = {
    "selector_bonus", POOL("3.00", "harmonic") ",\"guards\":{\"novice\":\"novice\"}",
    TWO ",\"persons\":[{\"id\":\"x\",\"role\":\"novice\"},{\"id\":\"y\"}]", "y=300", NULL, NULL, 0};
static struct reward_case no_such_entry = {
    "selector_bonus", POOL("3.00", "harmonic"), ENTRIES ",\"votes\":[" VOTE("x", "g", "1", "") "]",
    "$.votes[0].entry: no entry has the id \"g\"", NULL, NULL, COCREATE_ERR_SCHEMA};
static struct reward_case voted_twice = {
    "selector_bonus", POOL("3.00", "harmonic"),
    ENTRIES ",\"votes\":[" VOTE("x", "e", "1", "") "," VOTE("x", "e", "2", "") "]",
    "$.votes[1]: \"x\" votes for \"e\" in $.votes[0] already", NULL, NULL, COCREATE_ERR_SCHEMA};
static struct reward_case no_time = {
    "selector_bonus", POOL("3.00", "harmonic"),
    ENTRIES ",\"votes\":[{\"voter\":\"x\",\"entry\":\"e\"}]",
    "$.votes[0]: has no \"at\", which rule \"r\" needs", NULL, NULL, COCREATE_ERR_SCHEMA};
static struct reward_case too_early = {
    "selector_bonus", WINDOW, ENTRIES ",\"votes\":[" VOTE("x", "e", "-1", "") "]",
    "$.votes[0]: is before entry \"e\" was submitted", NULL, NULL, COCREATE_ERR_SCHEMA};
static struct reward_case negative_stake = {
    "selector_bonus", POOL("3.00", "harmonic"), ENTRIES ",\"votes\":[" STAKE("x", "e", "1", "-1") "]",
    "$.votes[0].weight: is not more than 0", NULL, NULL, COCREATE_ERR_SCHEMA};
static struct reward_case improbable = {
    "selector_bonus", POOL("3.00", "brier"), ENTRIES ",\"votes\":[" VOTE("x", "e", "1", ",\"p\":2") "]",
    "$.votes[0].p: a probability is a number from 0 to 1", NULL, NULL, COCREATE_ERR_SCHEMA};
static struct reward_case huge_stakes = {
    "selector_bonus", POOL("3.00", "linear_increment"),
    ENTRIES ",\"votes\":[" STAKE("x", "e", "1", "\"9223372036854775807\"") ","
    STAKE("y", "e", "2", "1") "," STAKE("z", "e", "3", "1") "]",
    "$.votes[2]: the weights before it do not fit 64 bits", NULL, NULL, COCREATE_ERR_OVERFLOW};

/* -- Kudos ------------------------------------------------------------------------------------ */

#define THANK(id, by, who, at, more)                                                              \
    "{\"id\":\"" id "\",\"kind\":\"kudos\",\"by\":\"" by "\",\"person\":\"" who "\",\"at\":"       \
    "\"2026-01-01T" at ":00Z\"" more "}"
/* b thanks a twice a day: one counts. c has two to give and gives three. */
#define THANKS                                                                                     \
    "\"events\":[" THANK("1", "b", "a", "10:00", "") "," THANK("2", "b", "a", "11:00", "") ","     \
    THANK("3", "c", "a", "10:00", "") "," THANK("4", "c", "b", "10:01", "") ","                    \
    THANK("5", "c", "d", "10:02", "") "," THANK("6", "a", "a", "10:00", "") "]"
static struct reward_case thanks = {
    "kudos", "\"budget\":{\"count\":2}", THANKS, "a=2 POINTS b=1 POINTS", NULL,
    "2 kudos from 2 people at 1: 2. Repeated ones, 1, do not count.", 0};
static struct reward_case generous = {
    "kudos", "\"budget\":{\"count\":2,\"roles\":{\"regular\":3}},\"each\":\"0.5\",\"unit\":{\"code\":"
             "\"THANKS\",\"minor_unit\":1}",
    THANKS ",\"persons\":[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\",\"roles\":[\"regular\"]},"
           "{\"id\":\"d\"}]",
    "a=10 THANKS b=5 THANKS d=5 THANKS", NULL, NULL, 0};
static struct reward_case by_subject = {
    "kudos", "\"once\":{\"per\":\"all\",\"subject\":true}",
    "\"events\":[" THANK("1", "b", "a", "10:00", ",\"subject\":\"p\"") ","
    THANK("2", "b", "a", "11:00", ",\"subject\":\"q\"") ","
    THANK("3", "b", "a", "12:00", ",\"subject\":\"p\"") "]",
    "a=2 POINTS", NULL, NULL, 0};
static struct reward_case from_nobody = {
    "kudos", "\"each\":1",
    "\"events\":[{\"id\":\"1\",\"kind\":\"kudos\",\"person\":\"a\",\"at\":0}]",
    "$.events[0].by: required of kudos by rule \"r\", but missing", NULL, NULL, COCREATE_ERR_SCHEMA};

/* -- Badges ----------------------------------------------------------------------------------- */

#define LIKE(id, by, day) \
    "{\"id\":\"" id "\",\"kind\":\"like\",\"person\":\"a\",\"by\":\"" by "\",\"at\":\"2026-01-" \
    day "T12:00:00Z\"}"
/* Five likes of three people: on the 1st, 2nd, 3rd, 9th and 20th. */
#define LIKES                                                                                  \
    "\"events\":[" LIKE("1", "b", "01") "," LIKE("2", "b", "02") "," LIKE("3", "c", "03") "," \
    LIKE("4", "d", "09") "," LIKE("5", "b", "20") "]"
static struct reward_case nice = {"badge", "\"name\":\"Nice\",\"events\":{\"kind\":\"like\",\"count\":5}",
                                  LIKES, "a:{\"name\":\"Nice\"}", NULL, "5 events are reached.", 0};
static struct reward_case too_few = {"badge", "\"events\":{\"kind\":\"like\",\"count\":6}", LIKES,
                                     "", NULL, NULL, 0};
static struct reward_case three_people = {
    "badge", "\"events\":{\"kind\":\"like\",\"count\":3,\"distinct\":\"by\",\"days\":9}", LIKES,
    "a:{}", NULL, "3 events of different people within 9 days are reached.", 0};
/* From the 1st to the 9th is nine days, so eight hold only two of the three. */
static struct reward_case too_slow = {
    "badge", "\"events\":{\"kind\":\"like\",\"count\":3,\"distinct\":\"by\",\"days\":7}", LIKES,
    "", NULL, NULL, 0};
/* Two at a time are two badges of five, with 10 points each. */
static struct reward_case again = {
    "badge", "\"events\":{\"kind\":\"like\",\"count\":2},\"multiple\":true,\"points\":10", LIKES,
    "a:{} a:{} a=20 POINTS", NULL, "2 events: time 1.", 0};
/* On the 10th the last seven days hold one like; on the 3rd they held three. */
static struct reward_case lost = {
    "badge", "\"events\":{\"kind\":\"like\",\"count\":3,\"days\":7},\"temporary\":true,\"points\":1",
    LIKES ",\"as_of\":\"2026-01-10T00:00:00Z\",\"held\":[{\"rule\":\"r\",\"person\":\"a\"}]", "",
    NULL, NULL, 0};
static struct reward_case had = {
    "badge", "\"events\":{\"kind\":\"like\",\"count\":3,\"days\":7},\"temporary\":true,\"points\":1",
    LIKES ",\"as_of\":\"2026-01-03T23:00:00Z\"", "a:{} a=1 POINTS", NULL, NULL, 0};
/* What is not temporary stays, with its points. */
static struct reward_case stays = {
    "badge", "\"events\":{\"kind\":\"like\",\"count\":6},\"points\":\"2\"",
    LIKES ",\"held\":[{\"rule\":\"r\",\"person\":\"a\"},{\"rule\":\"other\",\"person\":\"b\"}]",
    "a:{} a=2 POINTS", NULL, "Held before, and it stays.", 0};
static struct reward_case each_entry = {
    "badge", "\"where\":\"score>=5\",\"multiple\":true",
    "\"entries\":[{\"id\":\"e\",\"owner\":\"p\",\"score\":9},{\"id\":\"f\",\"owner\":\"p\","
    "\"score\":5}]", "p:{} p:{}", NULL, "Place 1 (score 9): meets \"score>=5\".", 0};

/* -- Titles, slots, halls --------------------------------------------------------------------- */

static struct reward_case champion = {
    "title", "\"title\":\"Champion\",\"where\":\"rank<=1\"", ENTRIES, "ana:{\"title\":\"Champion\"}",
    NULL, "One entry that meets rank<=1 gives the title.", 0};

#define WORKS                                                                                     \
    "\"entries\":[{\"id\":\"a\",\"owner\":\"x\",\"score\":9},{\"id\":\"b\",\"owner\":\"x\","       \
    "\"score\":8},{\"id\":\"c\",\"owner\":\"y\",\"score\":7},{\"id\":\"d\",\"team\":[{\"id\":"     \
    "\"y\"},{\"id\":\"z\"}],\"score\":6},{\"id\":\"e\",\"owner\":\"z\",\"score\":5}]"
#define SLOT(who, place, slot) who ":{\"place\":" place ",\"slot\":" slot "}"
/* x has a slot with a, so b has none; y has one with c, so the team of d has none. */
static struct reward_case slots = {"featured", "\"slots\":3", WORKS,
                                   SLOT("x", "1", "1") " " SLOT("y", "3", "2") " " SLOT("z", "5", "3"),
                                   NULL, "Place 1 has slot 1 of 3.", 0};
static struct reward_case no_quota = {"featured", "\"slots\":2,\"per_author\":0", WORKS,
                                      SLOT("x", "1", "1") " " SLOT("x", "2", "2"), NULL, NULL, 0};
/* a was on in round 4, c in round 2, too long ago for a rotation of 2 in round 5. */
static struct reward_case rotation = {
    "featured", "\"slots\":2,\"rotation\":2",
    WORKS ",\"round\":5,\"featured\":[{\"entry\":\"a\",\"round\":4},{\"entry\":\"c\",\"round\":2}]",
    SLOT("x", "2", "1") " " SLOT("y", "3", "2"), NULL,
    "Place 2 has slot 1 of 2. Featured lately and passed over: 1.", 0};
static struct reward_case future_round = {
    "featured", "\"slots\":2,\"rotation\":2", WORKS ",\"round\":5,\"featured\":[{\"entry\":\"a\","
                                                    "\"round\":5}]",
    "$.featured[0].round: is 5, not before the round 5 of the result", NULL, NULL,
    COCREATE_ERR_SCHEMA};

#define FAME(who, label, place)                                                             \
    who ":{\"campaign\":\"2026\",\"label\":\"" label "\",\"place\":" place "}"
static struct reward_case fame = {
    "hall_of_fame", "\"places\":3,\"labels\":[\"1st place\",\"Honourable mention\"]",
    WORKS ",\"campaign\":\"2026\"",
    FAME("x", "1st place", "1") " " FAME("x", "Honourable mention", "2") " "
    FAME("y", "Honourable mention", "3"),
    NULL, "Place 1: the first 3 are remembered.", 0};
/* Who is in the hall or was struck out of it does not enter again. */
static struct reward_case remembered = {
    "hall_of_fame", "\"places\":3",
    WORKS ",\"campaign\":\"2026\",\"hall_of_fame\":[{\"campaign\":\"2026\",\"entry\":\"a\",\"person\":"
          "\"x\"},{\"campaign\":\"2026\",\"entry\":\"b\",\"person\":\"x\",\"revoked\":true},"
          "{\"campaign\":\"2025\",\"entry\":\"c\",\"person\":\"y\"}]",
    "y:{\"campaign\":\"2026\",\"place\":3}", NULL, NULL, 0};
static struct reward_case no_campaign = {"hall_of_fame", "\"places\":1", WORKS,
                                         "$.campaign: required, but missing", NULL, NULL,
                                         COCREATE_ERR_SCHEMA};

/* -- Roles ------------------------------------------------------------------------------------ */

#define ROLE(who, amount, role) who ":{\"amount\":\"" amount "\",\"role\":\"" role "\"}"
#define DID(who, role, more) "{\"person\":\"" who "\",\"role\":\"" role "\"" more "}"
/* The juror j agreed with 2 of 3 and k with 1 of 2; a mentor's success counts by share. */
static struct reward_case roles = {
    "contributor_roles",
    "\"roles\":{\"author\":{\"authors\":true},\"juror\":{\"min\":2,\"agreement\":\"2/3\"},\"mentor\":"
    "{\"min\":\"0.5\"},\"promoter\":{\"max\":2}}",
    ENTRIES ",\"contributions\":[" DID("j", "juror", "") "," DID("j", "juror", "") ","
    DID("j", "juror", ",\"agrees\":false") "," DID("k", "juror", "") ","
    DID("k", "juror", ",\"agrees\":false") "," DID("k", "juror", ",\"late\":true") ","
    DID("m", "mentor", ",\"value\":3,\"share\":\"1/4\"") ","
    DID("n", "mentor", ",\"value\":1,\"share\":\"1/4\"") "," DID("p", "promoter", ",\"value\":7") ","
    DID("q", "typist", "") "]",
    ROLE("ana", "1", "author") " " ROLE("bo", "1", "author") " " ROLE("j", "3", "juror") " "
    ROLE("m", "0.75", "mentor") " " ROLE("p", "2", "promoter"),
    NULL, "One contribution in this role: 1.", 0};
static struct reward_case credit = {
    "contributor_roles", "\"preset\":\"credit\"",
    "\"contributions\":[" DID("a", "software", ",\"degree\":\"lead\"") "]",
    ROLE("a", "1", "software"), NULL, NULL, 0};

int main(void)
{
    const struct CMUnitTest tests[] = {
        REWARD_CASE(curation),      REWARD_CASE(taste),          REWARD_CASE(cut_returned),
        REWARD_CASE(cut_author),    REWARD_CASE(cut_voters),     REWARD_CASE(linear),
        REWARD_CASE(quadratic),     REWARD_CASE(bounded),        REWARD_CASE(convergent),
        REWARD_CASE(convergent_sqrt), REWARD_CASE(harmonic),     REWARD_CASE(geometric),
        REWARD_CASE(hit_rate),      REWARD_CASE(enough_votes),   REWARD_CASE(brier),
        REWARD_CASE(nobody),        REWARD_CASE(novices),        REWARD_CASE(no_such_entry),
        REWARD_CASE(voted_twice),   REWARD_CASE(no_time),        REWARD_CASE(too_early),
        REWARD_CASE(negative_stake), REWARD_CASE(improbable),    REWARD_CASE(huge_stakes),
        REWARD_CASE(thanks),        REWARD_CASE(generous),       REWARD_CASE(by_subject),
        REWARD_CASE(from_nobody),   REWARD_CASE(champion),       REWARD_CASE(slots),
        REWARD_CASE(no_quota),      REWARD_CASE(rotation),       REWARD_CASE(future_round),
        REWARD_CASE(fame),          REWARD_CASE(remembered),     REWARD_CASE(no_campaign),
        REWARD_CASE(roles),         REWARD_CASE(credit),         REWARD_CASE(nice),
        REWARD_CASE(too_few),       REWARD_CASE(three_people),   REWARD_CASE(too_slow),
        REWARD_CASE(again),         REWARD_CASE(lost),           REWARD_CASE(had),
        REWARD_CASE(stays),         REWARD_CASE(each_entry),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
