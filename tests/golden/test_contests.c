/* Contests with known outcomes: published tables and rules, and cases worked out by hand. Also the
 * schemes of schemes.json, which the published JSON Schema and the reader must judge alike. */
#include "reward_cases.h"

#define E(id, score) "{\"id\":\"" id "\",\"score\":" score "}"
#define AT(id, score, at) "{\"id\":\"" id "\",\"score\":" score ",\"submitted_at\":" at "}"
#define ENTRIES(list) "\"entries\":[" list "]"
#define RANKED(prizes, more) "ranked_prizes", "\"fund\":\"f\",\"prizes\":[" prizes "]" more

/* PGA TOUR, purse of 5,000,000, percents 18 / 10.9 / 6.9 / 4.9 / 4.1 (2019-20 Player Handbook, p. 55):
 * three tied at third share (345 + 245 + 205) / 3 = 265 thousand each. */
static struct reward_case pga = {
    RANKED("\"18%\",\"10.9%\",\"6.9%\",\"4.9%\",\"4.1%\"", ",\"purse\":\"5000000.00\""),
    /* strokes over par, negated, so that more is better */
    ENTRIES(E("a", "20") "," E("b", "19") "," E("c", "18.5") "," E("d", "\"37/2\"") "," E("e", "18.5")),
    NULL, NULL, NULL, 0};
/* The same as ranks, as golf has them: fewer strokes are better. */
static struct reward_case pga_ranks = {
    RANKED("\"18%\",\"10.9%\",\"6.9%\",\"4.9%\",\"4.1%\"", ",\"purse\":\"5000000.00\""),
    ENTRIES("{\"id\":\"a\",\"rank\":1,\"score\":268},{\"id\":\"b\",\"rank\":2,\"score\":269},"
            "{\"id\":\"c\",\"rank\":3,\"score\":270},{\"id\":\"d\",\"rank\":3,\"score\":270},"
            "{\"id\":\"e\",\"rank\":3,\"score\":270}"),
    "a=90000000 b=54500000 c=26500000 d=26500000 e=26500000", "7760000.00", NULL, 0};
/* Hort, by hand: A 50 + 45, B 40 + 45, D 20 + 70/6, E 10 + 70/6, F 5 + 70/6; the published table
 * rounds each alone and pays 311 of 310. */
static struct reward_case hort = {
    RANKED("\"100\",\"80\",\"60\",\"40\",\"20\",\"10\"", ",\"ties\":\"hort\""),
    ENTRIES(AT("A", "9", "1") "," AT("B", "9", "2") "," AT("C", "8", "3") "," AT("D", "7", "1") ","
            AT("E", "7", "2") "," AT("F", "7", "3")), "A=9500 B=8500 C=6000 D=3167 E=2167 F=1666",
    "9999690.00", NULL, 0};
/* 35 and 21 for three tied first: 56/3 (uschess.org forum, topic 19995); the next gets nothing. */
static struct reward_case uschess = {
    RANKED("\"35\",\"21\"", ""),
    ENTRIES(E("a", "3") "," E("b", "3") "," E("c", "3") "," E("d", "2")), "a=1867 b=1867 c=1866",
    NULL, NULL, 0};
/* A tie at rank 2 (confetti, pull request 120): rank 1 is paid, 100 return to the creator. */
static struct reward_case creator = {
    RANKED("\"100\",\"60\",\"40\"", ",\"ties\":\"creator_decides\""),
    ENTRIES(E("a", "3") "," E("b", "2") "," E("c", "2") "," E("d", "1")), "a=10000", "9999900.00",
    NULL, 0};
/* By hand: one prize, all tied. */
static struct reward_case one_prize = {
    RANKED("\"100.00\"", ""), ENTRIES(E("c", "1") "," E("a", "1") "," E("b", "1")),
    "a=3334 b=3333 c=3333", NULL, NULL, 0};
/* LEGO Ideas: exactly the threshold counts. */
static struct reward_case lego = {
    "threshold_award",
    "\"fund\":\"f\",\"metric\":\"supporters\",\"threshold\":10000,\"each\":\"1.00\",\"max_awards\":9",
    ENTRIES("{\"id\":\"a\",\"supporters\":9999},{\"id\":\"b\",\"supporters\":10000},"
            "{\"id\":\"c\",\"supporters\":15000}"), "c=100 b=100", NULL, NULL, 0};
/* CodaLab issues 28181 and 5899: Team A at ranks 1 and 2 takes one place, which its members share. */
static struct reward_case criteo = {
    RANKED("\"100.00\",\"60.00\",\"40.00\"", ",\"per_person\":\"best_only\""),
    ENTRIES("{\"id\":\"s1\",\"score\":4,\"team\":[{\"id\":\"alice\"},{\"id\":\"bob\"}]},"
            "{\"id\":\"s2\",\"score\":3,\"team\":[{\"id\":\"bob\"},{\"id\":\"alice\"}]},"
            "{\"id\":\"s3\",\"score\":2,\"owner\":\"mallory\"},{\"id\":\"s4\",\"score\":1,\"owner\":\"b\"}"),
    "alice=5000 bob=5000 mallory=6000 b=4000", NULL, NULL, 0};
/* Netflix: 0.856704 and 0.856714 both round to 0.8567; the earlier of the tied takes the million. */
static struct reward_case netflix = {
    RANKED("\"1000000.00\"", ",\"ties\":\"earlier\""),
    ENTRIES("{\"id\":\"The Ensemble\",\"score\":-0.8567,\"submitted_at\":\"2009-07-26T18:38:22Z\"},"
            "{\"id\":\"BellKor's Pragmatic Chaos\",\"score\":-0.8567,"
            "\"submitted_at\":\"2009-07-26T18:18:28Z\"}"), "BellKor's Pragmatic Chaos=100000000", NULL,
    NULL, 0};
/* Coordinape: 75 of 1500 GIVE of 50,000 are 2,500. */
static struct reward_case coordinape = {
    "proportional_split", "\"fund\":\"f\",\"pool\":\"50000.00\",\"weight\":\"points\"",
    ENTRIES("{\"id\":\"a\",\"points\":75},{\"id\":\"b\",\"points\":1425}"), "b=4750000 a=250000",
    NULL, NULL, 0};
/* By hand (10.01 as 50/30/20): 500.5, 300.3, 200.2. */
static struct reward_case gifts = {
    "proportional_split", "\"fund\":\"f\",\"pool\":\"10.01\",\"weight\":\"votes\"",
    ENTRIES("{\"id\":\"a\",\"votes\":50},{\"id\":\"b\",\"votes\":30},{\"id\":\"c\",\"votes\":20}"),
    "a=501 b=300 c=200", NULL, NULL, 0};
/* By hand: a has the cap of 40 and leaves 60, which b and c share 2:1. */
static struct reward_case capped = {
    "proportional_split",
    "\"fund\":\"f\",\"pool\":\"100.00\",\"weight\":\"votes\",\"cap\":\"40.00\"",
    ENTRIES("{\"id\":\"a\",\"votes\":7},{\"id\":\"b\",\"votes\":2},{\"id\":\"c\",\"votes\":1}"),
    "a=4000 b=4000 c=2000", NULL, NULL, 0};
/* By hand: c would get 10.00 of 100.00, below 15.00; a and b share 2:1. */
static struct reward_case minimum = {
    "proportional_split",
    "\"fund\":\"f\",\"pool\":\"100.00\",\"weight\":\"votes\",\"minimum\":\"15.00\"",
    ENTRIES("{\"id\":\"a\",\"votes\":6},{\"id\":\"b\",\"votes\":3},{\"id\":\"c\",\"votes\":1}"),
    "a=6667 b=3333", NULL, NULL, 0};

/* ---- edges, by hand ---- */
static struct reward_case nobody = {
    RANKED("\"10\",\"5\"", ""), "\"entries\":[]", "", "10000000.00", NULL, 0};
static struct reward_case alone = {
    RANKED("\"10\",\"5\"", ""), ENTRIES(E("a", "1")), "a=1000", "9999990.00", NULL, 0};
static struct reward_case fewer = {
    RANKED("\"10\",\"5\",\"1\"", ""), ENTRIES(E("a", "1") "," E("b", "2")), "b=1000 a=500",
    "9999985.00", NULL, 0};
static struct reward_case all_tied = {
    RANKED("\"10\",\"5\"", ""), ENTRIES(E("b", "1") "," E("a", "1")), "a=750 b=750", NULL, NULL, 0};
/* Two tied at the last prize and beyond: the place beyond adds nothing. */
static struct reward_case beyond = {
    RANKED("\"10\",\"5\"", ""), ENTRIES(E("a", "3") "," E("b", "2") "," E("c", "2")),
    "a=1000 b=250 c=250", NULL, NULL, 0};
/* The entry behind a tie of two takes place 3, not place 2. */
static struct reward_case behind = {
    RANKED("\"10\",\"6\",\"1\"", ""), ENTRIES(E("a", "3") "," E("b", "3") "," E("c", "2")),
    "a=800 b=800 c=100", NULL, NULL, 0};
static struct reward_case missing = {
    RANKED("\"10\",\"5\",\"1\"", ""),
    ENTRIES("{\"id\":\"a\"}," E("b", "-100") ",{\"id\":\"c\",\"score\":null}"),
    "b=1000 a=300 c=300", NULL, NULL, 0};
static struct reward_case withdrawn = {
    RANKED("\"10\",\"5\"", ""),
    ENTRIES("{\"id\":\"a\",\"score\":9,\"status\":\"withdrawn\"},"
            "{\"id\":\"b\",\"score\":8,\"status\":\"disqualified\"}," E("c", "7")), "c=1000", NULL, NULL, 0};
static struct reward_case floor_of = {
    RANKED("\"10\",\"5\"", ",\"eligibility\":{\"min_score\":\"60\"}"),
    ENTRIES(E("a", "59.999") "," E("b", "60") ",{\"id\":\"c\"}"), "b=1000", NULL, NULL, 0};
static struct reward_case excluded = {
    RANKED("\"10\",\"5\"", ",\"eligibility\":{\"exclude\":[\"staff\",\"zoe\"]}"),
    ENTRIES("{\"id\":\"a\",\"score\":9,\"role\":\"staff\"},{\"id\":\"b\",\"score\":8,\"owner\":\"zoe\"},"
            "{\"id\":\"c\",\"score\":7,\"team\":[{\"id\":\"zoe\"},{\"id\":\"yan\"}]},"
            "{\"id\":\"d\",\"score\":6,\"roles\":[\"guest\"]}"), "d=1000", NULL, NULL, 0};
static struct reward_case same_prize = {
    RANKED("\"10\",\"5\"", ",\"ties\":\"same_prize\",\"max_awards\":5"),
    ENTRIES(E("a", "3") "," E("b", "3") "," E("c", "3") "," E("d", "2")), "a=1000 b=1000 c=1000",
    NULL, NULL, 0};
/* Three tied for what is left of two awards: 2 * 10.00 in three. */
static struct reward_case same_prize_bound = {
    RANKED("\"10\",\"5\"", ",\"ties\":\"same_prize\",\"max_awards\":2"),
    ENTRIES(E("a", "3") "," E("b", "3") "," E("c", "3")), "a=667 b=667 c=666", NULL, NULL, 0};
/* Equal prizes need no order, so no time is asked for. */
static struct reward_case equal_prizes = {
    RANKED("\"10\",\"10\"", ",\"ties\":\"earlier\""), ENTRIES(E("a", "3") "," E("b", "3")),
    "a=1000 b=1000", NULL, NULL, 0};
static struct reward_case one_cent = {
    RANKED("\"0.01\"", ""), ENTRIES(E("b", "1") "," E("a", "1")), "a=1", NULL, NULL, 0};
static struct reward_case declared = {
    RANKED("\"100.00\"", ""),
    ENTRIES("{\"id\":\"e\",\"score\":1,\"team\":[{\"id\":\"b\",\"share\":\"1/3\"},"
            "{\"id\":\"a\",\"share\":\"1/6\"},{\"id\":\"c\",\"share\":0.5}]}"), "a=1667 b=3333 c=5000",
    NULL, NULL, 0};
/* 3 : 0 : 1.5 of 100.00; who weighs nothing gets nothing. */
#define TEAM(split) ",\"team\":{\"split\":\"" split "\"}"
#define MEMBERS(b, a, c)                                                                      \
    ENTRIES("{\"id\":\"e\",\"score\":1,\"team\":[{\"id\":\"b\"," b "},{\"id\":\"a\"," a "},"     \
            "{\"id\":\"c\"," c "}]}")
static struct reward_case weighted = {
    RANKED("\"100.00\"", TEAM("weighted")),
    MEMBERS("\"weight\":3", "\"weight\":0", "\"weight\":\"1.5\""), "b=6667 c=3333", NULL,
    "Place 1 (score 1): the prize of 100.00. The team of 3 shares 100.00 by weight, of which 2/3 = "
    "66.67, rounded up.",
    0};
static struct reward_case leader = {
    RANKED("\"100.00\"", TEAM("leader")),
    MEMBERS("\"share\":\"1/2\"", "\"share\":\"1/4\",\"leader\":true",
            "\"share\":\"1/4\",\"leader\":false"),
    "a=10000", NULL,
    "Place 1 (score 1): the prize of 100.00. The leader of the team of 3, who is to share it, gets "
    "all of 100.00 = 100.00.",
    0};
static struct reward_case equal_split = {
    RANKED("\"100.00\"", TEAM("equal")),
    MEMBERS("\"share\":\"1/2\"", "\"share\":\"1/4\"", "\"share\":\"1/4\""),
    "a=3334 b=3333 c=3333", NULL, NULL, 0};
static struct reward_case no_weights = {
    RANKED("\"100.00\"", TEAM("weighted")),
    MEMBERS("\"weight\":0", "\"weight\":null", "\"share\":null"),
    "$.entries[0].team: no member has a weight, but rule \"r\" splits by weights", NULL, NULL,
    COCREATE_ERR_SCHEMA};
static struct reward_case odd_weights = {
    RANKED("\"100.00\"", TEAM("weighted")),
    MEMBERS("\"weight\":\"1/4611686018427387847\"", "\"weight\":\"1/4611686018427387817\"",
            "\"weight\":1"),
    "$.entries[0].team: the weights have no common denominator of 64 bits, but rule \"r\" splits by "
    "them",
    NULL, NULL, COCREATE_ERR_SCHEMA};
static struct reward_case no_leader = {
    RANKED("\"100.00\"", TEAM("leader")), MEMBERS("\"weight\":1", "\"weight\":1", "\"weight\":1"),
    "$.entries[0].team: nobody is marked as leader, but rule \"r\" pays the leader", NULL, NULL,
    COCREATE_ERR_SCHEMA};
static struct reward_case two_leaders = {
    RANKED("\"100.00\"", TEAM("leader")),
    MEMBERS("\"leader\":true", "\"leader\":true", "\"leader\":false"),
    "$.entries[0].team: several members are marked as leader, but rule \"r\" pays the leader", NULL,
    NULL, COCREATE_ERR_SCHEMA};
static struct reward_case less_weight = {
    RANKED("\"100.00\"", TEAM("weighted")),
    MEMBERS("\"weight\":3", "\"weight\":-1", "\"weight\":1"),
    "$.entries[0].team[1].weight: a weight is not negative", NULL, NULL, COCREATE_ERR_SCHEMA};
static struct reward_case returned = {
    RANKED("\"100.00\"", ",\"rounding\":{\"method\":\"floor_return\"}"),
    ENTRIES(E("a", "1") "," E("b", "1") "," E("c", "1")), "a=3333 b=3333 c=3333", "9999900.01",
    NULL, 0};
static struct reward_case first = {
    "threshold_award",
    "\"fund\":\"f\",\"metric\":\"votes\",\"threshold\":1,\"each\":\"5.00\",\"max_total\":\"12.00\"",
    ENTRIES("{\"id\":\"a\",\"votes\":9,\"submitted_at\":3},{\"id\":\"b\",\"votes\":1,\"submitted_at\":2},"
            "{\"id\":\"c\",\"votes\":1,\"submitted_at\":9,\"reached_at\":1}"), "c=500 b=500", NULL, NULL, 0};
static struct reward_case grants = {
    "direct_grant", "\"fund\":\"f\"",
    ENTRIES("{\"id\":\"a\",\"selected\":true,\"cost\":1200},{\"id\":\"b\",\"selected\":false},"
            "{\"id\":\"c\",\"selected\":true,\"cost\":\"0.50\"}"), "a=120000 c=50", "9998799.50", NULL, 0};
static struct reward_case badges = {
    "badge", "\"where\":\"rank<=2 and score>=5\"",
    ENTRIES("{\"id\":\"a\",\"score\":9,\"owner\":\"ana\"},{\"id\":\"b\",\"score\":8,\"owner\":\"ana\"},"
            "{\"id\":\"c\",\"score\":8,\"team\":[{\"id\":\"y\"},{\"id\":\"x\"}]},"
            "{\"id\":\"d\",\"score\":8,\"owner\":\"dee\"},{\"id\":\"e\",\"score\":7}"),
    "ana:{} x:{} y:{} dee:{}",
    "10000000.00", NULL, 0};
static struct reward_case empty_return = {
    "proportional_split", "\"fund\":\"f\",\"pool\":\"9.00\",\"weight\":\"votes\"",
    ENTRIES("{\"id\":\"a\",\"votes\":0},{\"id\":\"b\",\"votes\":-3}"), "", "10000000.00", NULL, 0};
static struct reward_case empty_equal = {
    "proportional_split",
    "\"fund\":\"f\",\"pool\":\"9.01\",\"weight\":\"votes\",\"on_empty\":\"equal\"",
    ENTRIES("{\"id\":\"a\",\"votes\":0},{\"id\":\"b\"}"), "a=451 b=450", NULL, NULL, 0};

/* C18 of the contests: 5.00 each for 150 people within 500.00 are 3.34 x 50 and 3.33 x 100. */
static void prorates_for_150(void **state)
{
    (void)state;
    static const char scheme[] =
        "{\"scheme\":\"cocreate.incentives/1\",\"currency\":\"EUR\",\"funds\":[{\"id\":\"f\","
        "\"budget\":\"500.00\"}],\"rules\":[{\"id\":\"r\",\"kind\":\"threshold_award\",\"fund\":\"f\","
        "\"metric\":\"selected\",\"each\":\"5.00\",\"max_total\":\"500.00\",\"overflow\":\"prorata\"}]}";
    char result[8192] = "{\"entries\":[";
    for (int i = 0; i < 150; i++)
        snprintf(result + strlen(result), sizeof result - strlen(result),
                 "%s{\"id\":\"%03d\",\"selected\":true}", i == 0 ? "" : ",", i);
    strcat(result, "]}");
    cocreate_scheme *s;
    cocreate_awards *a;
    assert_status(cocreate_scheme_parse(NULL, scheme, strlen(scheme), &s, &check_error),
                  COCREATE_OK);
    assert_status(cocreate_reward(s, result, strlen(result), NULL, &a, &check_error), COCREATE_OK);
    assert_int_equal(cocreate_awards_count(a), 150);
    for (size_t i = 0; i < 150; i++) {
        cocreate_award award = {.size = sizeof award};
        assert_status(cocreate_awards_at(a, i, &award, &check_error), COCREATE_OK);
        assert_int_equal(award.minor, i < 50 ? 334 : 333);
    }
    cocreate_awards_free(a);
    cocreate_scheme_free(s);
}

/* ---- the published schema ---- */

static void schema_is_the_published_one(void **state)
{
    (void)state;
    size_t size;
    char *file = read_file(COCREATE_SOURCE_DIR "/docs/reference/schemas/scheme.schema.json", &size);
    assert_int_equal(strlen(cocreate_scheme_schema()), size);
    assert_string_equal(cocreate_scheme_schema(), file);
    free(file);
}

/* Every kind, and every parameter of it, is in the schema, and no other. */
static void schema_has_every_parameter(void **state)
{
    (void)state;
    cocreate_text *text;
    assert_status(cocreate_rule_kinds(NULL, &text, &check_error), COCREATE_OK);
    json_t *kinds = json_loads(cocreate_text_data(text), 0, NULL);
    json_t *schema = json_loads(cocreate_scheme_schema(), 0, NULL);
    assert_non_null(kinds);
    assert_non_null(schema);
    const json_t *definitions = json_object_get(schema, "$defs");
    for (size_t i = 0; i < json_array_size(kinds); i++) {
        const json_t *kind = json_array_get(kinds, i);
        const json_t *parameters = json_object_get(kind, "parameters");
        const json_t *rule =
            json_object_get(definitions, json_string_value(json_object_get(kind, "kind")));
        const json_t *properties = json_object_get(rule, "properties");
        assert_int_equal(json_object_size(properties), json_array_size(parameters) + 2);
        size_t required = 2;
        for (size_t k = 0; k < json_array_size(parameters); k++) {
            const json_t *p = json_array_get(parameters, k);
            assert_non_null(
                json_object_get(properties, json_string_value(json_object_get(p, "name"))));
            required += json_is_true(json_object_get(p, "required"));
        }
        assert_int_equal(json_array_size(json_object_get(rule, "required")), required);
    }
    json_decref(schema);
    json_decref(kinds);
    cocreate_text_free(text);
}

static void reads_the_schemes(void **state)
{
    (void)state;
    char *file = read_file(COCREATE_SOURCE_DIR "/tests/golden/schemes.json", NULL);
    json_t *cases = json_loads(file, 0, NULL);
    assert_true(json_array_size(cases) >= 60);
    for (size_t i = 0; i < json_array_size(cases); i++) {
        const json_t *c = json_array_get(cases, i);
        const char *text = json_string_value(json_object_get(c, "error"));
        char *json = json_dumps(json_object_get(c, "scheme"), JSON_COMPACT);
        cocreate_scheme *s = NULL;
        cocreate_status expected =
            (cocreate_status)json_integer_value(json_object_get(c, "status"));
        assert_status(cocreate_scheme_parse(NULL, json, strlen(json), &s, &check_error), expected);
        assert_string_equal(check_error.text, text == NULL ? "" : text);
        assert_int_equal(s != NULL, text == NULL);
        cocreate_scheme_free(s);
        free(json);
    }
    json_decref(cases);
    free(file);
}

int main(void)
{
    pga.awards = pga_ranks.awards; /* the same outcome from scores as from ranks */
    const struct CMUnitTest tests[] = {
        REWARD_CASE(pga), REWARD_CASE(pga_ranks), REWARD_CASE(hort), REWARD_CASE(uschess),
        REWARD_CASE(creator), REWARD_CASE(one_prize), REWARD_CASE(lego), REWARD_CASE(criteo),
        REWARD_CASE(netflix), REWARD_CASE(coordinape), REWARD_CASE(gifts), REWARD_CASE(capped),
        REWARD_CASE(minimum), REWARD_CASE(nobody), REWARD_CASE(alone), REWARD_CASE(fewer),
        REWARD_CASE(all_tied), REWARD_CASE(beyond), REWARD_CASE(behind), REWARD_CASE(missing),
        REWARD_CASE(withdrawn), REWARD_CASE(floor_of), REWARD_CASE(excluded),
        REWARD_CASE(same_prize), REWARD_CASE(same_prize_bound), REWARD_CASE(equal_prizes),
        REWARD_CASE(one_cent), REWARD_CASE(declared),
        REWARD_CASE(weighted), REWARD_CASE(leader), REWARD_CASE(equal_split),
        REWARD_CASE(no_weights), REWARD_CASE(odd_weights), REWARD_CASE(no_leader),
        REWARD_CASE(two_leaders), REWARD_CASE(less_weight),
        REWARD_CASE(returned), REWARD_CASE(first),
        REWARD_CASE(grants), REWARD_CASE(badges), REWARD_CASE(empty_return),
        REWARD_CASE(empty_equal),
        cmocka_unit_test(prorates_for_150),
        cmocka_unit_test(schema_is_the_published_one),
        cmocka_unit_test(schema_has_every_parameter),
        cmocka_unit_test(reads_the_schemes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
