/* Committees from approvals: what is refused, how ties are told, and that only the multiset of ballots
 * counts. */
#include "committee_ballots.h"

#define SEED "\"seed\":\"47a3d5cb7adafeac8119564cc22c2b619fc1b549e17440e8d3b116a6ff688d49\""

static void expect_refusal(const cocreate_profile *p, const char *method, const char *options,
                           cocreate_status status, const char *text)
{
    cocreate_ranking *r = NULL;
    assert_failure(cocreate_rank(p, method, options, NULL, &r, &check_error), status, text);
    assert_null(r);
}

static void refuses_options(void **state)
{
    cocreate_profile *p = approvals("abc", "1:ab 1:c");
    (void)state;
    expect_refusal(p, "pav", "{\"algorithm\":\"greedy\"}", COCREATE_ERR_SCHEMA,
                   "$.algorithm: expected \"seq\", \"revseq\" or \"exact\", got \"greedy\"");
    expect_refusal(p, "cc", "{\"algorithm\":\"revseq\"}", COCREATE_ERR_SCHEMA,
                   "$.algorithm: expected \"seq\" or \"exact\", got \"revseq\"");
    expect_refusal(p, "geometric", "{\"base\":\"1/2\"}", COCREATE_ERR_SCHEMA,
                   "$.base: expected a number of at least 1");
    expect_refusal(p, "thiele", "{\"scores\":[1,-1]}", COCREATE_ERR_SCHEMA,
                   "$.scores[1]: expected at least 0");
    expect_refusal(p, "rsd", NULL, COCREATE_ERR_SCHEMA,
                   "$.seed: rsd draws voters and needs a seed of 64 hex digits");
    expect_refusal(p, "pav", "{\"seats\":4}", COCREATE_ERR_ARGUMENT,
                   "$.seats: 4 seats, and 3 options to fill them");
    cocreate_profile_free(p);
}

static void refuses_other_ballots(void **state)
{
    cocreate_profile *p = rankings("AB", "1:AB");
    (void)state;
    expect_refusal(p, "pav", NULL, COCREATE_ERR_ARGUMENT,
                   "pav takes approvals, and the ballots are rankings");
    cocreate_profile_free(p);
}

/* A chain that does not tell leaves nothing to chance. */
static void refuses_open_ties(void **state)
{
    cocreate_profile *p = approvals("abcd", "1:a 1:b 1:c 1:d");
    (void)state;
    expect_refusal(p, "av", "{\"seats\":2,\"ties\":\"earliest\"}", COCREATE_ERR_TIE,
                   "4 options such as a tie for the last 2 of 2 seats, and no tie step tells who is "
                   "elected: add id or lot to ties, or ask for all committees by ties=parallel");
    expect_refusal(p, "pav", "{\"seats\":2,\"ties\":\"earliest\"}", COCREATE_ERR_TIE,
                   "options such as a tie in round 1, and no tie step tells who joins: add id or lot "
                   "to ties, or follow every order by ties=parallel");
    expect_refusal(p, "pav", "{\"seats\":2,\"ties\":\"earliest\",\"algorithm\":\"revseq\"}",
                   COCREATE_ERR_TIE,
                   "options such as d tie in round 1, and no tie step tells who leaves: add id or "
                   "lot to ties, or follow every order by ties=parallel");
    expect_refusal(p, "pav", "{\"seats\":2,\"ties\":\"earliest\",\"algorithm\":\"exact\"}",
                   COCREATE_ERR_TIE,
                   "6 committees tie, and no tie step tells which is elected: add id or lot to "
                   "ties, or ask for all of them by ties=parallel");
    cocreate_profile_free(p);
}

static void tells_limits(void **state)
{
    cocreate_profile *p = NULL;
    cocreate_ranking *r = NULL;
    (void)state;
    assert_status(cocreate_profile_new(NULL, COCREATE_BALLOT_APPROVAL, 40, &p, &check_error),
                  COCREATE_OK);
    expect_refusal(p, "monroe", "{\"seats\":21,\"algorithm\":\"exact\"}", COCREATE_ERR_LIMIT,
                   "monroe looks at every subset of a committee: 21 seats, at most 20");
    expect_refusal(p, "av", "{\"seats\":20,\"ties\":\"parallel\"}", COCREATE_ERR_LIMIT,
                   "more than 65536 committees tie; break ties by id, earliest or lot");
    /* 137,846,528,820 committees tie, and the first by the chain is found all the same. */
    assert_status(cocreate_rank(p, "pav", "{\"seats\":20,\"algorithm\":\"exact\"}", NULL, &r,
                                &check_error),
                  COCREATE_OK);
    assert_int_equal(cocreate_ranking_winner_count(r), 20);
    for (size_t i = 0; i < 20; i++)
        assert_int_equal(cocreate_ranking_winner(r, i), i);
    assert_non_null(strstr(cocreate_ranking_json(r), "\"committee_count_at_least\":"));
    assert_null(strstr(cocreate_ranking_json(r), "\"committee_count\":"));
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
}

/* With "lot" the tickets of cc-tie/1 order the candidates; here d, b, a, c by the seed. */
static void elects_by_lot(void **state)
{
    cocreate_profile *p = approvals("abcd", "1:a 1:b 1:c 1:d");
    static const char *const ids[] = {"a", "b", "c", "d"};
    static const uint8_t seed[32] = {0x47, 0xa3, 0xd5, 0xcb, 0x7a, 0xda, 0xfe, 0xac,
                                     0x81, 0x19, 0x56, 0x4c, 0xc2, 0x2c, 0x2b, 0x61,
                                     0x9f, 0xc1, 0xb5, 0x49, 0xe1, 0x74, 0x40, 0xe8,
                                     0xd3, 0xb1, 0x16, 0xa6, 0xff, 0x68, 0x8d, 0x49};
    uint32_t order[4];
    char expected[3] = "";
    (void)state;
    assert_status(cocreate_lots(seed, "", ids, 4, order, &check_error), COCREATE_OK);
    uint32_t first = order[0] < order[1] ? order[0] : order[1];
    uint32_t second = order[0] < order[1] ? order[1] : order[0];
    expected[0] = ids[first][0];
    expected[1] = ids[second][0];
    expect_winners(p, "pav", "{\"seats\":2,\"ties\":\"lot\",\"algorithm\":\"exact\"," SEED "}",
                   expected);
    expect_winners(p, "lexcc", "{\"seats\":2,\"ties\":\"lot\"," SEED "}", expected);
    cocreate_profile_free(p);
}

/* -- Only the multiset of ballots counts ------------------------------------------------------ */

static const char *const methods[][2] = {
    {"av", ""},
    {"sav", ""},
    {"pav", ""},
    {"pav", ",\"algorithm\":\"revseq\""},
    {"pav", ",\"algorithm\":\"exact\""},
    {"slav", ""},
    {"cc", ""},
    {"geometric", ",\"base\":3"},
    {"thiele", ",\"scores\":[2,1]"},
    {"lexcc", ""},
    {"adams", ""},
    {"monroe", ""},
    {"monroe", ",\"algorithm\":\"exact\""},
    {"phragmen_enestroem", ""},
    {"consensus", ""},
    {"minimax_phragmen", ""},
    {"lexmin_phragmen", ""},
    {"minimax_av", ""},
    {"lexmin_minimax_av", ""},
    {"eph", ""},
    {"rsd", "," SEED},
};

static char *result_of(const cocreate_profile *p, size_t method)
{
    char options[256];
    snprintf(options, sizeof options, "{\"seats\":3%s}", methods[method][1]);
    cocreate_ranking *r = rank(p, methods[method][0], options);
    char *json = malloc(strlen(cocreate_ranking_json(r)) + 1);
    strcpy(json, cocreate_ranking_json(r));
    cocreate_ranking_free(r);
    return json;
}

static void order_of_ballots(void **state)
{
    cocreate_profile *one = approvals("abcdef", "3:abc 2:ade 4:bf 1:f 2:cde 3:ef 1:ab 1:");
    cocreate_profile *other = approvals("abcdef", "1:ab 1:f 1:abc 3:ef 2:cde");
    cocreate_profile *rest = approvals("abcdef", "1: 4:bf 2:abc 2:ade");
    (void)state;
    assert_status(cocreate_profile_merge(other, rest, &check_error), COCREATE_OK);
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        char *x = result_of(one, i), *y = result_of(other, i);
        assert_string_equal(x, y);
        free(x);
        free(y);
    }
    cocreate_profile_free(one);
    cocreate_profile_free(other);
    cocreate_profile_free(rest);
}

/* Who is in some committee that ties. */
static char *winners_of(const cocreate_profile *p, size_t method)
{
    static char sorted[2][8];
    static int turn;
    char options[256], *out = sorted[turn ^= 1];
    snprintf(options, sizeof options, "{\"seats\":3,\"ties\":\"parallel\"%s}",
             methods[method][1]);
    cocreate_ranking *r = rank(p, methods[method][0], options);
    size_t n = 0;
    for (const char *c = "abcdef"; *c != '\0'; c++)
        if (strchr(winners_text(p, r), *c) != NULL)
            out[n++] = *c;
    out[n] = '\0';
    cocreate_ranking_free(r);
    return out;
}

/* The same when every ballot counts thrice, and when the options stand in another order. */
static void neutral_and_homogeneous(void **state)
{
    static const char text[] = "31:abc 22:ade 43:bf 14:f 25:cde 36:ef 17:ab 8:d";
    static const char thrice[] = "93:abc 66:ade 129:bf 42:f 75:cde 108:ef 51:ab 24:d";
    cocreate_profile *p = approvals("abcdef", text), *more = approvals("abcdef", thrice);
    cocreate_profile *turned = approvals("fdbeca", text);
    (void)state;
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        if (strcmp(methods[i][0], "rsd") == 0)
            continue;
        assert_string_equal(winners_of(p, i), winners_of(more, i));
        assert_string_equal(winners_of(p, i), winners_of(turned, i));
    }
    cocreate_profile_free(p);
    cocreate_profile_free(more);
    cocreate_profile_free(turned);
}

/* Nobody votes, everyone is elected, one option. */
static void edges(void **state)
{
    cocreate_profile *none = approvals("abc", ""), *one = approvals("a", "2:a");
    (void)state;
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        char options[256];
        snprintf(options, sizeof options, "{\"seats\":2%s}", methods[i][1]);
        expect_winners(none, methods[i][0], options, "ab");
        snprintf(options, sizeof options, "{\"seats\":1%s}", methods[i][1]);
        expect_winners(one, methods[i][0], options, "a");
    }
    cocreate_profile_free(none);
    cocreate_profile_free(one);
}

/* Numbers beyond a word: 12 approvals with base 10^20. */
static void wide_numbers(void **state)
{
    cocreate_profile *p = approvals("abcdefghijkl", "5:abcdefghijkl 3:abc 1:l");
    (void)state;
    expect_winners(p, "geometric", "{\"seats\":2,\"base\":\"100000000000000000000\"}", "al");
    expect_places(p, "geometric",
                  "{\"seats\":1,\"base\":\"100000000000000000000\",\"ties\":\"id\"}",
                  "1 a 8, 2-12 b 8, 2-12 c 8, 2-12 d 5, 2-12 e 5, 2-12 f 5, 2-12 g 5, 2-12 h 5, "
                  "2-12 i 5, 2-12 j 5, 2-12 k 5, 2-12 l 6");
    cocreate_ranking *r = rank(p, "geometric",
                               "{\"seats\":12,\"base\":\"100000000000000000000\","
                               "\"algorithm\":\"exact\"}");
    /* 5 (1 + 10^-20 + .. + 10^-220) + 3 (1 + 10^-20 + 10^-40) + 1 */
    assert_non_null(strstr(cocreate_ranking_json(r), "\"points\":\"1800000000000000000016"));
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
}

/* A drawn voter fills the seats with those approved; the draw can be repeated. */
static void serial_dictator(void **state)
{
    cocreate_profile *p = approvals("abcdef", "1:ab 1:ab 1:ab"), *q = approvals("abc", "7:bc 0:a");
    (void)state;
    expect_winners(p, "rsd", "{\"seats\":3," SEED "}", "abc");
    expect_places(q, "rsd", "{\"seats\":2," SEED "}", "1-2 b, 1-2 c, 3 a");
    expect_trace(q, "rsd", "{\"seats\":1," SEED "}", "rounds",
                 "[{\"ballot\":[\"b\",\"c\"],\"elected\":[\"b\"],\"round\":1}]");
    cocreate_profile_free(p);
    cocreate_profile_free(q);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_options),   cmocka_unit_test(refuses_other_ballots),
        cmocka_unit_test(refuses_open_ties), cmocka_unit_test(tells_limits),
        cmocka_unit_test(elects_by_lot),     cmocka_unit_test(order_of_ballots),
        cmocka_unit_test(neutral_and_homogeneous),
        cmocka_unit_test(edges),             cmocka_unit_test(wide_numbers),
        cmocka_unit_test(serial_dictator),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
