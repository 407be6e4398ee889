/* Justified representation and its relatives: examples of the papers, and small random profiles
 * against the definitions, every group of voters looked at. */
#include "committee_ballots.h"

static json_t *check(const cocreate_profile *p, const uint32_t *committee, size_t n,
                     const char *property)
{
    cocreate_text *text = NULL;
    assert_status(cocreate_committee_check(p, committee, n, 0, property, NULL, &text,
                                           &check_error),
                  COCREATE_OK);
    json_t *json = json_loads(cocreate_text_data(text), 0, NULL);
    assert_non_null(json);
    cocreate_text_free(text);
    return json;
}

static int satisfies(const cocreate_profile *p, const uint32_t *committee, size_t n,
                     const char *property)
{
    json_t *json = check(p, committee, n, property);
    int satisfied = json_is_true(json_object_get(json, "satisfied"));
    assert_int_equal(satisfied, json_object_get(json, "violation") == NULL);
    json_decref(json);
    return satisfied;
}

static void expect_sentence(const cocreate_profile *p, const uint32_t *committee, size_t n,
                            const char *property, const char *sentence)
{
    json_t *json = check(p, committee, n, property);
    const json_t *violation = json_object_get(json, "violation");
    assert_string_equal(json_string_value(json_object_get(violation, "sentence")), sentence);
    json_decref(json);
}

/* Of six voters four approve A, B and C, and two D and E: Aziz et al. (2017) and the documentation of
 * abcvoting. */
static void four_and_two(void **state)
{
    cocreate_profile *p = approvals("ABCDE", "4:ABC 2:DE");
    (void)state;
    static const uint32_t ade[] = {0, 3, 4}, bcd[] = {1, 2, 3}, abc[] = {0, 1, 2};
    assert_true(satisfies(p, ade, 3, "jr"));
    assert_false(satisfies(p, ade, 3, "pjr"));
    assert_false(satisfies(p, ade, 3, "ejr"));
    expect_sentence(p, ade, 3, "ejr",
                    "4 of 6 voters all approve A and B, enough for 2 seats, but none of them "
                    "approves more than 1 of the members");
    expect_sentence(p, ade, 3, "pjr",
                    "4 of 6 voters all approve A and B, enough for 2 seats, but together they "
                    "approve only 1 of the members");
    expect_sentence(p, abc, 3, "jr",
                    "2 of 6 voters all approve D, enough for 1 seat, but none of them approves a "
                    "member");
    static const char *const all[] = {"jr", "pjr", "ejr", "ejr_plus", "fjr", "core"};
    for (size_t i = 0; i < 6; i++)
        assert_true(satisfies(p, bcd, 3, all[i]));
    cocreate_profile_free(p);
}

/* Sanchez-Fernandez et al. (2017): four voters A..D with {a, b, c, p}, {a, b, c, q}, .. deserve three
 * seats of four. With p, q, r, s they have four members together, and one each. */
static void proportional_is_not_extended(void **state)
{
    cocreate_profile *p = approvals("abcpqrs", "1:abcp 1:abcq 1:abcr 1:abcs");
    (void)state;
    static const uint32_t pqrs[] = {3, 4, 5, 6};
    assert_true(satisfies(p, pqrs, 4, "pjr"));
    assert_false(satisfies(p, pqrs, 4, "ejr"));
    json_t *json = check(p, pqrs, 4, "ejr");
    const json_t *violation = json_object_get(json, "violation");
    assert_int_equal(json_integer_value(json_object_get(violation, "deserves")), 2);
    assert_string_equal(json_string_value(json_object_get(violation, "voters")), "4");
    json_decref(json);
    cocreate_profile_free(p);
}

/* -- Against the definitions ------------------------------------------------------------------ */

enum { VOTERS = 6, OPTIONS = 5 };

static unsigned long next_random = 1;

static unsigned draw(unsigned n)
{
    next_random = next_random * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(next_random >> 33) % n;
}

static int size_of(unsigned set)
{
    int n = 0;
    for (; set != 0; set &= set - 1)
        n++;
    return n;
}

struct contest {
    unsigned voters, options, seats, committee;
    unsigned approved[VOTERS];
    unsigned weight[VOTERS];
};

/* What a group has in common, together, and at most each. */
struct group {
    int deserves, most;
    unsigned common, together;
};

static struct group look(const struct contest *c, unsigned members)
{
    struct group g = {0, 0, ~0u, 0};
    unsigned weight = 0, total = 0;
    for (unsigned v = 0; v < c->voters; v++) {
        int hits = size_of(c->approved[v] & c->committee);
        total += c->weight[v];
        if (!(members >> v & 1))
            continue;
        weight += c->weight[v];
        g.common &= c->approved[v];
        g.together |= c->approved[v];
        g.most = hits > g.most ? hits : g.most;
    }
    g.deserves = (int)(weight * c->seats / total);
    return g;
}

/* Does any l up to what the group deserves make it a violation? */
static int is_violation(const struct contest *c, unsigned members, const char *property)
{
    struct group g = look(c, members);
    int common = size_of(g.common & ((1u << OPTIONS) - 1));
    int outside = size_of(g.common & ~c->committee & ((1u << OPTIONS) - 1));
    int together = size_of(g.together & c->committee);
    for (int l = 1; l <= g.deserves; l++)
        if ((strcmp(property, "jr") == 0 && common >= 1 && g.most == 0) ||
            (strcmp(property, "pjr") == 0 && common >= l && together < l) ||
            (strcmp(property, "ejr") == 0 && common >= l && g.most < l) ||
            (strcmp(property, "ejr_plus") == 0 && outside >= 1 && g.most < l))
            return 1;
    return 0;
}

/* Full justified representation and the core: is there a set for the group? */
static int prefers(const struct contest *c, unsigned members, unsigned set, int core)
{
    struct group g = look(c, members);
    if (size_of(set) > g.deserves)
        return 0;
    for (int b = 1; b <= OPTIONS; b++) {
        int good = 1;
        for (unsigned v = 0; v < c->voters; v++) {
            int gets = size_of(c->approved[v] & set), has = size_of(c->approved[v] & c->committee);
            if (members >> v & 1)
                good = good && (core ? gets > has : gets >= b && has < b);
        }
        if (good)
            return 1;
    }
    return 0;
}

/* Is there no set of as many options that gives everyone as much, and someone more? */
static int is_efficient(const struct contest *c)
{
    for (unsigned set = 1; set < 1u << c->options; set++) {
        int fewer = size_of(set) > (int)c->seats, more = 0;
        for (unsigned v = 0; v < c->voters; v++) {
            int gets = size_of(c->approved[v] & set), has = size_of(c->approved[v] & c->committee);
            fewer |= gets < has;
            more |= gets > has;
        }
        if (!fewer && more)
            return 0;
    }
    return 1;
}

static int is_fair(const struct contest *c, const char *property)
{
    if (strcmp(property, "pareto") == 0)
        return is_efficient(c);
    int core = strcmp(property, "core") == 0;
    for (unsigned members = 1; members < 1u << c->voters; members++) {
        if (!core && strcmp(property, "fjr") != 0) {
            if (is_violation(c, members, property))
                return 0;
            continue;
        }
        for (unsigned set = 1; set < 1u << c->options; set++)
            if (prefers(c, members, set, core))
                return 0;
    }
    return 1;
}

static void draw_contest(struct contest *c)
{
    memset(c, 0, sizeof *c);
    c->voters = 1 + draw(VOTERS);
    c->options = 1 + draw(OPTIONS);
    c->seats = 1 + draw(c->options);
    while ((unsigned)size_of(c->committee) < c->seats)
        c->committee |= 1u << draw(c->options);
    for (unsigned v = 0; v < c->voters; v++) {
        c->approved[v] = 1 + draw((1u << c->options) - 1);
        c->weight[v] = 1 + draw(2);
    }
}

static cocreate_profile *build(const struct contest *c)
{
    cocreate_profile *p = NULL;
    assert_status(cocreate_profile_new(NULL, COCREATE_BALLOT_APPROVAL, c->options, &p,
                                       &check_error),
                  COCREATE_OK);
    for (unsigned v = 0; v < c->voters; v++) {
        uint32_t options[OPTIONS];
        size_t n = 0;
        for (uint32_t o = 0; o < c->options; o++)
            if (c->approved[v] >> o & 1)
                options[n++] = o;
        assert_status(cocreate_profile_add(p, options, NULL, n, 1, c->weight[v], &check_error),
                      COCREATE_OK);
    }
    /* Neither who approves nobody nor who weighs nothing belongs to a group. */
    assert_status(cocreate_profile_add(p, NULL, NULL, 0, 3, 3, &check_error), COCREATE_OK);
    return p;
}

static void random_profiles(void **state)
{
    static const char *const properties[] = {"jr", "pjr", "ejr", "ejr_plus", "fjr", "core", "pareto"};
    unsigned violated[7] = {0};
    (void)state;
    for (int i = 0; i < 4000; i++) {
        struct contest c;
        uint32_t committee[OPTIONS];
        size_t n = 0;
        draw_contest(&c);
        cocreate_profile *p = build(&c);
        for (uint32_t o = 0; o < c.options; o++)
            if (c.committee >> o & 1)
                committee[n++] = o;
        for (size_t k = 0; k < 7; k++) {
            int fair = is_fair(&c, properties[k]);
            violated[k] += !fair;
            if (fair != satisfies(p, committee, n, properties[k]))
                print_error("election %d: %s\n", i, properties[k]);
            assert_int_equal(fair, satisfies(p, committee, n, properties[k]));
        }
        cocreate_profile_free(p);
    }
    for (size_t k = 0; k < 7; k++)
        assert_true(violated[k] > 100);
}

/* -- Pareto efficiency and prices -------------------------------------------------------------- */

/* By hand. Voter 1 prefers both, B is a waste; A and C leave nobody worse off than B and C. */
static void better_sets(void **state)
{
    cocreate_profile *p = approvals("ABCD", "2:AB 1:A 1:C");
    (void)state;
    static const uint32_t bc[] = {1, 2}, ac[] = {0, 2};
    assert_false(satisfies(p, bc, 2, "pareto"));
    expect_sentence(p, bc, 2, "pareto",
                    "1 of 4 voters approve more of A and C than of the members, and no voter approves "
                    "fewer");
    assert_true(satisfies(p, ac, 2, "pareto"));
    cocreate_profile_free(p);
    /* Lackner & Skowron (2023): the committee of most approvals is efficient. */
    p = approvals("ABCD", "3:AB 1:CD 1:C");
    assert_true(satisfies(p, (const uint32_t[]){0, 1}, 2, "pareto"));
    cocreate_profile_free(p);
}

/* By hand. Of AB only the first voter can pay, who needs twice the price; then the other has as much,
 * and buys C. For AC each pays one. With three voters of A and one of B, for a seat: B needs the price of
 * his one supporter, and the three have three times as much left for A. */
static void prices(void **state)
{
    cocreate_profile *p = approvals("ABCD", "1:AB 1:CD");
    (void)state;
    static const uint32_t ab[] = {0, 1}, ac[] = {0, 2}, cd[] = {2, 3};
    static const char *const both[] = {"priceability", "stable_priceability"};
    for (size_t i = 0; i < 2; i++) {
        assert_false(satisfies(p, ab, 2, both[i]));
        assert_true(satisfies(p, ac, 2, both[i]));
    }
    expect_sentence(p, ab, 2, "priceability",
                    "with the same money for every voter, supporters cannot pay the same price for every "
                    "member and have too little left for any other option");
    cocreate_profile_free(p);
    p = approvals("AB", "3:A 1:B");
    assert_false(satisfies(p, (const uint32_t[]){1}, 1, "priceability"));
    assert_true(satisfies(p, (const uint32_t[]){0}, 1, "priceability"));
    cocreate_profile_free(p);
    /* Nobody can pay for C or D; fewer options have supporters than members: all of them are in. */
    p = approvals("ABCD", "2:A 1:AB");
    assert_false(satisfies(p, ac, 2, "priceability"));
    assert_false(satisfies(p, cd, 2, "priceability"));
    static const uint32_t abc[] = {0, 1, 2}, acd[] = {0, 2, 3};
    assert_true(satisfies(p, abc, 3, "priceability"));
    assert_false(satisfies(p, acd, 3, "priceability"));
    cocreate_profile_free(p);
}

/* Peters & Skowron, Proportionality and the limits of welfarism (2020): sequential Phragmen and equal
 * shares elect priceable committees, and a priceable committee is proportional (pjr). A stable one is in
 * the core (Peters et al. 2021). */
static void theorems_on_prices(void **state)
{
    static const char *const rules[] = {"phragmen_seq", "equal_shares"};
    unsigned priceable = 0, stable = 0;
    (void)state;
    for (int i = 0; i < 1500; i++) {
        struct contest c;
        char options[64];
        draw_contest(&c);
        cocreate_profile *p = build(&c);
        uint32_t committee[OPTIONS];
        size_t n = 0;
        unsigned approved = 0;
        for (unsigned v = 0; v < c.voters; v++)
            approved |= c.approved[v];
        for (uint32_t o = 0; o < c.options; o++)
            if (c.committee >> o & 1)
                committee[n++] = o;
        int fair = satisfies(p, committee, n, "priceability");
        int safe = satisfies(p, committee, n, "stable_priceability");
        int enough = size_of(approved) >= (int)n;
        priceable += fair != 0;
        stable += safe != 0;
        assert_true(fair || !safe);
        assert_true(!fair || !enough || satisfies(p, committee, n, "pjr"));
        assert_true(!safe || !enough || satisfies(p, committee, n, "core"));
        snprintf(options, sizeof options, "{\"seats\":%u}", c.seats);
        for (size_t k = 0; k < 2; k++) {
            cocreate_ranking *r = rank(p, rules[k], options);
            n = cocreate_ranking_winner_count(r);
            for (size_t w = 0; w < n; w++)
                committee[w] = (uint32_t)cocreate_ranking_winner(r, w);
            assert_true(satisfies(p, committee, n, "priceability"));
            cocreate_ranking_free(r);
        }
        cocreate_profile_free(p);
    }
    assert_true(priceable > 300 && priceable < 1400 && stable > 200 && stable < priceable);
}

/* -- What is refused -------------------------------------------------------------------------- */

static void refuses(void **state)
{
    cocreate_profile *p = approvals("ABC", "1:AB 1:C");
    cocreate_profile *rankings_profile = rankings("AB", "1:AB");
    cocreate_text *text = NULL;
    static const uint32_t twice[] = {0, 0}, unknown[] = {0, 7};
    (void)state;
    assert_failure(cocreate_committee_check(p, twice, 1, 0, "justice", NULL, &text, &check_error),
                   COCREATE_ERR_NOT_FOUND,
                   "no property \"justice\"; there are jr, pjr, ejr, ejr_plus, fjr, core, pareto, "
                   "priceability and stable_priceability");
    assert_failure(cocreate_committee_check(p, twice, 2, 0, "jr", NULL, &text, &check_error),
                   COCREATE_ERR_ARGUMENT, "A is in the committee twice");
    assert_int_equal(check_error.where, 1);
    assert_failure(cocreate_committee_check(p, unknown, 2, 0, "jr", NULL, &text, &check_error),
                   COCREATE_ERR_ARGUMENT, "option 7 is not in the profile, or was withdrawn");
    assert_failure(cocreate_committee_check(p, twice, 2, 1, "jr", NULL, &text, &check_error),
                   COCREATE_ERR_ARGUMENT, "a committee of 2 for 1 seat, of 3 options");
    assert_failure(cocreate_committee_check(p, NULL, 0, 0, "jr", NULL, &text, &check_error),
                   COCREATE_ERR_ARGUMENT, "a committee of 0 for 0 seats, of 3 options");
    assert_failure(cocreate_committee_check(rankings_profile, twice, 1, 0, "jr", NULL, &text,
                                            &check_error),
                   COCREATE_ERR_ARGUMENT,
                   "a committee is checked against approvals, and the ballots are others");
    assert_null(text);
    cocreate_profile_free(p);
    cocreate_profile_free(rankings_profile);
}

/* Fewer members than seats, and no voters at all. */
static void small_cases(void **state)
{
    cocreate_profile *p = approvals("ABC", "1:AB 1:C"), *empty = approvals("AB", "");
    cocreate_text *text = NULL;
    static const uint32_t a[] = {0};
    (void)state;
    assert_status(cocreate_committee_check(p, a, 1, 2, "ejr", NULL, &text, &check_error),
                  COCREATE_OK);
    assert_string_equal(
        cocreate_text_data(text),
        "{\"committee\":[\"A\"],\"property\":\"ejr\",\"satisfied\":false,"
        "\"schema\":\"cocreate.committee_check/1\",\"seats\":2,\"violation\":{\"approve\":1,"
        "\"deserves\":1,\"has\":0,\"options\":[\"C\"],\"sentence\":\"1 of 2 voters all approve C, "
        "enough for 1 seat, but none of them approves a member\","
        "\"voters\":\"1\"},\"voters\":\"2\"}");
    cocreate_text_free(text);
    assert_true(satisfies(empty, a, 1, "core"));
    cocreate_profile_free(p);
    cocreate_profile_free(empty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(four_and_two), cmocka_unit_test(proportional_is_not_extended),
        cmocka_unit_test(random_profiles), cmocka_unit_test(refuses),
        cmocka_unit_test(better_sets),     cmocka_unit_test(prices),
        cmocka_unit_test(theorems_on_prices),
        cmocka_unit_test(small_cases)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
