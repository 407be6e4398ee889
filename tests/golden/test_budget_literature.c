/* Elections of the literature on budgets and sequential committees, with the numbers printed there
 * or worked out by hand in a comment. */
#include "ranking_ballots.h"

#include <jansson.h>

/* Approvals as text: "3:ab 2:c". */
static cocreate_profile *approvals(const char *letters, const char *text)
{
    cocreate_profile *p = new_profile(COCREATE_BALLOT_APPROVAL, letters);
    for (char *end; *text != '\0'; text += *text == ' ') {
        int64_t weight = strtol(text, &end, 10);
        uint32_t options[64];
        size_t n = 0;
        for (text = end + 1; *text != '\0' && *text != ' '; text++)
            options[n++] = (uint32_t)(strchr(letters, *text) - letters);
        assert_status(cocreate_profile_add(p, options, NULL, n, weight, weight, &check_error),
                      COCREATE_OK);
    }
    return p;
}

/* The same with costs and a budget. */
static cocreate_profile *projects(const char *letters, const char *text, const int64_t *costs,
                                  int64_t budget)
{
    cocreate_profile *p = approvals(letters, text);
    for (size_t i = 0; letters[i] != '\0'; i++) {
        cocreate_option option = {sizeof option, NULL, NULL, costs[i], COCREATE_NO_TIME, 0};
        assert_status(cocreate_profile_set_option(p, i, &option, &check_error), COCREATE_OK);
    }
    assert_status(cocreate_profile_set_budget(p, budget, 0, &check_error), COCREATE_OK);
    return p;
}

/* The rounds of the trace as "a price 1/5, b load 1/3". */
static void expect_rounds(const cocreate_profile *p, const char *method, const char *options,
                          const char *expected)
{
    static const char *const numbers[] = {"price", "load", "burden"};
    cocreate_ranking *r = rank(p, method, options);
    json_t *whole = json_loads(cocreate_ranking_json(r), 0, NULL), *round;
    char text[1024] = "";
    size_t i;
    json_array_foreach(json_object_get(json_object_get(whole, "trace"), "rounds"), i, round)
    {
        strcat(text, i > 0 ? ", " : "");
        strcat(text, json_string_value(json_object_get(round, "option")));
        for (size_t k = 0; k < 3; k++) {
            const char *number = json_string_value(json_object_get(round, numbers[k]));
            if (number != NULL)
                sprintf(text + strlen(text), " %s %s", numbers[k], number);
        }
    }
    assert_string_equal(text, expected);
    json_decref(whole);
    cocreate_ranking_free(r);
}

static void expect_trace(const cocreate_profile *p, const char *method, const char *options,
                         const char *key, const char *expected)
{
    cocreate_ranking *r = rank(p, method, options);
    json_t *whole = json_loads(cocreate_ranking_json(r), 0, NULL);
    char *text = json_dumps(json_object_get(json_object_get(whole, "trace"), key),
                            JSON_COMPACT | JSON_ENCODE_ANY | JSON_SORT_KEYS);
    assert_string_equal(text, expected);
    free(text);
    json_decref(whole);
    cocreate_ranking_free(r);
}

static void expect_note(const cocreate_profile *p, const char *method, const char *options,
                        const char *expected)
{
    cocreate_ranking *r = rank(p, method, options);
    cocreate_text *text = NULL;
    assert_status(cocreate_ranking_explain(r, &text, &check_error), COCREATE_OK);
    if (strstr(cocreate_text_data(text), expected) == NULL)
        print_error("%s", cocreate_text_data(text));
    assert_non_null(strstr(cocreate_text_data(text), expected));
    cocreate_text_free(text);
    cocreate_ranking_free(r);
}

/* Lackner & Skowron, Multi-Winner Voting with Approval Preferences (2023), example 1 (4 seats). */
static const char book_1[] = "3:ab 3:ac 2:ad 1:bcf 1:e 1:f 1:g";
/* Their example 12 (3 seats). */
static const char book_12[] = "3:cd 2:ab 2:ac 1:bd";

static void book_phragmen(void **state)
{
    (void)state;
    cocreate_profile *p = approvals("abcdefgh", book_1);
    expect_rounds(p, "phragmen_seq", "{\"seats\":4}",
                  "a load 1/8, b load 11/32, c load 55/128, d load 5/8");
    expect_winners(p, "phragmen_seq", "{\"seats\":4}", "abcd");
    cocreate_profile_free(p);
    p = approvals("abcd", book_12);
    expect_rounds(p, "phragmen_seq", "{\"seats\":3}", "c load 1/5, b load 1/3, d load 29/60");
    cocreate_profile_free(p);
}

static void book_equal_shares(void **state)
{
    (void)state;
    cocreate_profile *p = approvals("abcdefgh", book_1);
    expect_rounds(p, "equal_shares", "{\"seats\":4}",
                  "a price 1/8, b load 1/96, c load 37/384, d load 7/24");
    expect_rounds(p, "equal_shares", "{\"seats\":4,\"completion\":\"none\"}", "a price 1/8");
    cocreate_profile_free(p);
    p = approvals("abcd", book_12);
    expect_rounds(p, "equal_shares", "{\"seats\":3}", "c price 1/5, a price 13/40, d load 1/40");
    expect_trace(p, "equal_shares", "{\"seats\":3}", "endowment", "\"3/8\"");
    cocreate_profile_free(p);
}

/* Phragmen's own ballots of 1894, in Janson, Phragmen's and Thiele's Election Methods (2016).
 * By hand: A 1/1171; then Q (1 + 137/1171) / 656 = 327/192044, below B 1/1124 + 1/1171; then B
 * (1 + 1034/1171 + 90 * 327/192044) / 1124. */
static void phragmen_1894(void **state)
{
    (void)state;
    cocreate_profile *p = approvals("ABCPQR", "1034:ABC 519:PQR 90:ABQ 47:APQ");
    expect_winners(p, "phragmen_seq", "{\"seats\":3}", "AQB");
    expect_rounds(p, "phragmen_seq", "{\"seats\":2}", "A load 1/1171, Q load 327/192044");
    cocreate_profile_free(p);
}

/* Three voters ab, bc, ab: b can be supported by 3; with a the two have 3/2 each (loads 2/3), with
 * c one of them has 1 (load 1). Ties on all orders: without c, both a and b are tied by nobody. */
static void maximin_by_hand(void **state)
{
    (void)state;
    cocreate_profile *p = approvals("abc", "2:ab 1:bc");
    expect_rounds(p, "maximin_support", "{\"seats\":3}", "b burden 1/3, a burden 2/3, c burden 1");
    cocreate_profile_free(p);
    /* Book example 12: after c, a with c is carried by 7 (2/7, above a alone 1/4); b alone by 3 (1/3);
     * d with c by 6 (2/6). So a, where sequential Phragmen, with loads that stay, takes b. */
    p = approvals("abcd", book_12);
    expect_rounds(p, "maximin_support", "{\"seats\":2}", "c burden 1/5, a burden 2/7");
    cocreate_profile_free(p);
}

/* The example of the method's article on electowiki: 51 voters like ten red projects, 49 ten blue
 * ones, and money is there for ten. Equal shares buys five of each, greedy ten red ones. */
static void red_and_blue(void **state)
{
    (void)state;
    const char *letters = "abcdefghijABCDEFGHIJ";
    int64_t costs[20];
    for (size_t i = 0; i < 20; i++)
        costs[i] = 100;
    cocreate_profile *p =
        projects(letters, "51:abcdefghij 49:ABCDEFGHIJ", costs, 1000);
    expect_winners(p, "greedy", NULL, "abcdefghij");
    /* 51 voters have 510: five projects; 49 have 490: four, and a rest of 90. */
    expect_winners(p, "equal_shares", NULL, "abcdeABCD");
    expect_winners(p, "equal_shares", "{\"completion\":\"phragmen\"}", "abcdeABCDE");
    expect_winners(p, "equal_shares", "{\"completion\":\"greedy\"}", "abcdeABCDf");
    /* With 11 each the 49 have 539, enough for five: nothing is left. With 15 each it would be seven
     * of each, more than there is: what counts is the run before. */
    expect_winners(p, "equal_shares", "{\"completion\":\"add1\"}", "abcdeABCDE");
    expect_trace(p, "equal_shares", "{\"completion\":\"add1\"}", "increments", "\"1\"");
    expect_winners(p, "equal_shares", "{\"completion\":\"add1\",\"increment\":5}", "abcdeABCD");
    expect_winners(p, "equal_shares", "{\"completion\":\"add1u\",\"increment\":5}", "abcdeABCDf");
    cocreate_profile_free(p);
}

/* Budget 100 for 10 voters, 10 each. x (40) has 4 supporters, y (60) 6, z (30) 5 of those of y.
 * By hand, cost: x 40/4 = 10 for 40 of satisfaction, rho 1/4; y 10 for 60, 1/6; z 6 for 30, 1/5. So y
 * is first and takes all of its supporters' money; then x; z has nothing left. Cardinality: z 6, x 10,
 * y 10 would be, but y's supporters then have 10 + 5 * 4 = 30 of 60. */
static void by_hand(void **state)
{
    (void)state;
    static const int64_t costs[] = {40, 60, 30};
    cocreate_profile *p = projects("xyz", "4:x 5:yz 1:y", costs, 100);
    expect_rounds(p, "equal_shares", NULL, "y price 10, x price 10");
    expect_rounds(p, "equal_shares", "{\"satisfaction\":\"cardinality\"}", "z price 6, x price 10");
    expect_trace(p, "equal_shares", "{\"satisfaction\":\"cardinality\"}", "unbought",
                 "[{\"money\":\"30\",\"option\":\"y\"}]");
    expect_note(p, "equal_shares", "{\"satisfaction\":\"cardinality\"}",
                "y is not bought: its supporters (6 votes) have 30.00 left of the 60 it costs.\n");
    expect_note(p, "equal_shares", "{\"satisfaction\":\"cardinality\"}",
                "z is bought: its supporters (5 votes) pay at most 6.00 each. It costs 30, 70 "
                "left.\n");
    /* sqrt: z 6 / sqrt 30 = 1.095, x 10 / sqrt 40 = 1.58, y 10 / sqrt 60 = 1.29: z, then x. */
    expect_rounds(p, "equal_shares", "{\"satisfaction\":\"sqrt_cost\"}", "z price 6, x price 10");
    /* effort: the cost is shared, so rho is 1 for everything that all supporters can pay: by id. */
    expect_rounds(p, "equal_shares", "{\"satisfaction\":\"effort\"}", "x price 10, y price 10");
    /* Phragmen: z 30/5 = 6, x 10, y (60 + 5 * 6) / 6 = 15 would be next but does not fit. */
    expect_rounds(p, "phragmen_seq", NULL, "z load 6, x load 10");
    expect_trace(p, "phragmen_seq", NULL, "stopped_at", "\"y\"");
    /* Maximum: cost 40 * 4 + 60 * 6 = 520; votes 6 + 4 = 10 for x and y, as for y and z 11. */
    expect_winners(p, "max_welfare", NULL, "xy");
    expect_winners(p, "max_welfare", "{\"satisfaction\":\"cardinality\"}", "yz");
    expect_trace(p, "max_welfare", "{\"satisfaction\":\"cardinality\"}", "welfare", "\"11\"");
    /* Votes per cost 1/10, 1/10, 1/6: z, then x by id; y no longer fits. By votes: y, z; cc: z adds
     * 5 of 30, x 4 of 40, then y 1 of 60, which does not fit. */
    expect_winners(p, "greedy", "{\"satisfaction\":\"cardinality\"}", "zx");
    expect_winners(p, "greedy", NULL, "yz");
    expect_winners(p, "greedy", "{\"satisfaction\":\"cc\"}", "zx");
    cocreate_profile_free(p);
}

/* The example in the documentation of exact_equal_shares in pabutools: 10 for each of four voters. A
 * by two for 5 each, then C (21) would need 7 of three, of whom one has 5, and 21/2 of the others:
 * too much; B by two for 8 each. Equal shares itself lets the first pay his 5 and the others 8. */
static void exact_shares(void **state)
{
    (void)state;
    static const int64_t costs[] = {10, 16, 21};
    cocreate_profile *p = projects("ABC", "1:A 1:AC 2:BC", costs, 40);
    expect_rounds(p, "exact_equal_shares", "{\"satisfaction\":\"cardinality\"}",
                  "A price 5, B price 8");
    /* By cost C is first: three pay a third of it each. A's supporters then have 10 and 3: the first
     * pays all of it. B's have 3 each. */
    expect_rounds(p, "exact_equal_shares", NULL, "C price 7, A price 10");
    cocreate_profile_free(p);
    static const int64_t dear[] = {10, 30, 21};
    p = projects("ABC", "1:A 1:AC 2:BC", dear, 40);
    expect_rounds(p, "equal_shares", "{\"satisfaction\":\"cardinality\"}", "A price 5, C price 8");
    cocreate_profile_free(p);
}

/* A profile of rankings with costs and a budget. */
static cocreate_profile *priced_rankings(const char *letters, const char *ballots,
                                         const int64_t *costs, int64_t budget)
{
    cocreate_profile *p = rankings(letters, ballots);
    for (size_t i = 0; i < strlen(letters); i++) {
        char id[2] = {letters[i], '\0'};
        cocreate_option option = {sizeof option, id, NULL, costs[i], COCREATE_NO_TIME, 0};
        assert_status(cocreate_profile_set_option(p, i, &option, &check_error), COCREATE_OK);
    }
    assert_status(cocreate_profile_set_budget(p, budget, 0, &check_error), COCREATE_OK);
    return p;
}

/* By hand. Of four voters a member takes two: A has them on the first rank; on the second the other two
 * have C and D in common, and the chain puts C first. Of three voters and a budget of 12, A for 6 takes
 * 3/2, B for 4 takes 1 and C for 2 takes 1/2. A has two, and 1/4 is left to each; B has the third, who
 * pays all. Behind all they rank the two approve C as well, and have just what it takes. */
static void expanding(void **state)
{
    static const int64_t costs[] = {6, 4, 2};
    (void)state;
    cocreate_profile *p = rankings("ABCD", "2:ABCD 1:CD 1:DC");
    expect_places(p, "expanding_approvals", "{\"seats\":2}", "1 A 2, 2 C 4, 3-4 B 2, 3-4 D 4");
    cocreate_profile_free(p);
    p = priced_rankings("ABC", "2:AB 1:B", costs, 12);
    expect_trace(p, "expanding_approvals", NULL, "rounds",
                 "[{\"cost\":\"6\",\"left\":\"6\",\"option\":\"A\",\"price\":\"3/2\",\"rank\":1,"
                 "\"support\":\"2\"},{\"cost\":\"4\",\"left\":\"2\",\"option\":\"B\",\"price\":\"1\","
                 "\"rank\":1,\"support\":\"1\"},{\"cost\":\"2\",\"left\":\"0\",\"option\":\"C\","
                 "\"price\":\"1/2\",\"rank\":3,\"support\":\"1/2\"}]");
    expect_places(p, "expanding_approvals", "{\"unranked\":\"ignored\"}", "1 A 2, 2 B 3, 3 C 0");
    cocreate_profile_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(book_phragmen),   cmocka_unit_test(book_equal_shares),
        cmocka_unit_test(phragmen_1894),   cmocka_unit_test(maximin_by_hand),
        cmocka_unit_test(red_and_blue),    cmocka_unit_test(by_hand),
        cmocka_unit_test(exact_shares),    cmocka_unit_test(expanding),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
