/* The frame around the methods: options, tie chains, seats, withdrawn options, JSON, digest,
 * sentences, progress. Expected values are worked out by hand. */
#include "ranking_ballots.h"

#include "cocreate/cocreate.h"

static const char seed[] = "47a3d5cb7adafeac8119564cc22c2b619fc1b549e17440e8d3b116a6ff688d49";

static void expect_refusal(const cocreate_profile *p, const char *method, const char *options,
                           cocreate_status status, const char *text)
{
    cocreate_ranking *r = (cocreate_ranking *)p; /* anything: it must stay */
    assert_failure(cocreate_rank(p, method, options, NULL, &r, &check_error), status, text);
    assert_ptr_equal(r, p);
}

static void names_what_it_does_not_know(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("AB", "1:AB");
    expect_refusal(p, "bordo", NULL, COCREATE_ERR_NOT_FOUND,
                   "no method \"bordo\"; did you mean \"borda\"?");
    expect_refusal(p, "Schulze", NULL, COCREATE_ERR_NOT_FOUND,
                   "no method \"Schulze\"; did you mean \"schulze\"?");
    expect_refusal(p, "lottery", NULL, COCREATE_ERR_NOT_FOUND, "no method \"lottery\"");
    expect_refusal(p, "approval", NULL, COCREATE_ERR_ARGUMENT,
                   "approval takes approvals, and the ballots are rankings");
    expect_refusal(p, "score", NULL, COCREATE_ERR_ARGUMENT,
                   "score takes scores or points, and the ballots are rankings");
    expect_refusal(p, "greedy", NULL, COCREATE_ERR_ARGUMENT,
                   "greedy needs a budget, and there is none");
    cocreate_profile_free(p);
}

struct refusal {
    const char *method, *options, *text;
};

static void reads_options_strictly(void **state)
{
    static const struct refusal cases[] = {
        {"schulze", "{\"strength\":\"ratio\"}",
         "$.strength: expected \"winning_votes\" or \"margins\", got \"ratio\""},
        {"schulze", "{\"strength\":1}", "$.strength: expected a string, got 1"},
        {"schulze", "{\"strenght\":\"margins\"}",
         "$.strenght: unknown key, did you mean \"strength\"?"},
        {"schulze", "[]", "$: expected an object, got an empty array"},
        {"irv", "{\"seats\":0}", "$.seats: 0 is out of range, expected 1 to 1000000"},
        {"irv", "{\"seats\":\"0\"}", "$.seats: 0 is out of range, expected 1 to 1000000"},
        {"irv", "{\"seats\":\"1.5\"}", "$.seats: expected an integer, got \"1.5\""},
        {"irv", "{\"ties\":\"first\"}",
         "$.ties: no tie step \"first\"; the steps are id, earliest, lot and parallel"},
        {"irv", "{\"ties\":[\"id\",7]}", "$.ties[1]: expected a tie step"},
        {"irv", "{\"ties\":{}}", "$.ties: expected a list of tie steps, such as \"earliest,lot\""},
        {"irv", "{\"ties\":\"id,id\"}", "$.ties: the step \"id\" stands twice"},
        {"irv", "{\"ties\":\"id,parallel\"}",
         "$.ties: \"parallel\" follows every order of a tie: it stands alone"},
        {"irv", "{\"ties\":\"id\",\"elimination\":\"parallel\"}",
         "$.ties: elimination=parallel follows every order of a tie; leave out one of the two"},
        {"borda", "{\"ties\":\"parallel\"}",
         "$.ties: borda does not follow all tie orders (\"parallel\")"},
        {"borda", "{\"ties\":\"lot\"}",
         "$.seed: the tie step \"lot\" needs a seed of 64 hex digits"},
        {"borda", "{\"seed\":\"abc\"}", "$.seed: expected 64 hex digits"},
        {"borda", "{\"scores\":[]}", "$.scores: expected a list of 1 to 1000 numbers"},
        {"borda", "{\"scores\":\"3,x\"}", "$.scores[1]: expected a number, got \"x\""},
    };
    (void)state;
    cocreate_profile *p = rankings("AB", "1:AB");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        expect_refusal(p, cases[i].method, cases[i].options, COCREATE_ERR_SCHEMA, cases[i].text);
    cocreate_ranking *r = NULL;
    assert_status(cocreate_rank(p, "irv", "{\"ties\":", NULL, &r, &check_error),
                  COCREATE_ERR_PARSE);
    cocreate_profile_free(p);
}

/* Strings from a command line mean what the JSON values mean. */
static void takes_strings_for_values(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABC", "2:ABC 1:BCA");
    cocreate_ranking *typed =
        rank(p, "borda", "{\"seats\":2,\"scores\":[5,\"1/2\"],\"ties\":[\"id\"]}");
    cocreate_ranking *text =
        rank(p, "borda", "{\"seats\":\"2\",\"scores\":\"5, 0.5\",\"ties\":\"id\"}");
    assert_string_equal(cocreate_ranking_json(typed), cocreate_ranking_json(text));
    assert_string_equal(places_text(p, typed), "1 A 10, 2 B 6, 3 C 1/2");
    assert_string_equal(winners_text(p, typed), "AB");
    cocreate_ranking_free(typed);
    cocreate_ranking_free(text);
    cocreate_profile_free(p);
}

static void set_time(cocreate_profile *p, size_t index, int64_t at)
{
    cocreate_option option = {sizeof option, NULL, NULL, 0, at, 0};
    assert_status(cocreate_profile_set_option(p, index, &option, &check_error), COCREATE_OK);
}

static void breaks_ties_by_the_chain(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABC", "1:A 1:B 1:C");
    expect_places(p, "plurality", NULL, "1-3 A 1, 1-3 B 1, 1-3 C 1");
    expect_places(p, "plurality", "{\"ties\":\"id\"}", "1 A 1, 2 B 1, 3 C 1");
    /* Without times "earliest" says nothing. */
    expect_places(p, "plurality", "{\"ties\":\"earliest\"}", "1-3 A 1, 1-3 B 1, 1-3 C 1");
    set_time(p, 0, 30);
    set_time(p, 1, 20);
    expect_places(p, "plurality", "{\"ties\":\"earliest\"}", "1-3 A 1, 1-3 B 1, 1-3 C 1");
    set_time(p, 2, 20);
    expect_places(p, "plurality", "{\"ties\":\"earliest\"}", "1-2 B 1, 1-2 C 1, 3 A 1");
    expect_places(p, "plurality", "{\"ties\":\"earliest,id\"}", "1 B 1, 2 C 1, 3 A 1");
    cocreate_ranking *r = rank(p, "plurality", "{\"ties\":[\"earliest\",\"id\"]}");
    assert_non_null(strstr(
        cocreate_ranking_json(r),
        "\"ties\":[{\"options\":[\"A\",\"B\",\"C\"],\"order\":[\"B\",\"C\",\"A\"],"
        "\"step\":\"earliest\"},{\"options\":[\"B\",\"C\"],\"order\":[\"B\",\"C\"],"
        "\"step\":\"id\"}]"));
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
}

/* Vector of cc-tie/1 (base.h): in the context "round:1" the lot orders dave, carol, alice, bob. */
static void draws_lots(void **state)
{
    static const char *const names[] = {"alice", "bob", "carol", "dave"};
    static const size_t order[] = {3, 2, 0, 1};
    char options[256];
    (void)state;
    cocreate_profile *p = NULL;
    assert_status(cocreate_profile_new(NULL, COCREATE_BALLOT_APPROVAL, 4, &p, &check_error),
                  COCREATE_OK);
    for (size_t i = 0; i < 4; i++) {
        cocreate_option option = {sizeof option, names[i], NULL, 0, COCREATE_NO_TIME, 0};
        assert_status(cocreate_profile_set_option(p, i, &option, &check_error), COCREATE_OK);
    }
    snprintf(options, sizeof options,
             "{\"ties\":\"lot\",\"seed\":\"%s\",\"context\":\"round:1\",\"seats\":4}", seed);
    cocreate_ranking *r = rank(p, "approval", options);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(cocreate_ranking_winner(r, i), order[i]);
    assert_int_equal(cocreate_ranking_winner(r, 4), SIZE_MAX);
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
}

/* An option that is withdrawn leaves the ballots: the others move up, and nothing else changes. */
static void leaves_out_the_withdrawn(void **state)
{
    static const char *const methods[] = {"plurality", "borda", "irv", "schulze"};
    (void)state;
    cocreate_profile *with = rankings("ABCX", "4:XAB 3:BC=X 2:CX 5:X");
    cocreate_profile *without = rankings("ABC", "4:AB 3:BC 2:C 5:");
    cocreate_option option = {sizeof option, NULL, NULL, 0, COCREATE_NO_TIME, 1};
    assert_status(cocreate_profile_set_option(with, 3, &option, &check_error), COCREATE_OK);
    for (size_t i = 0; i < 4; i++) {
        char expected[256];
        cocreate_ranking *r = rank(without, methods[i], NULL);
        snprintf(expected, sizeof expected, "%s", places_text(without, r));
        expect_places(with, methods[i], NULL, expected);
        cocreate_ranking_free(r);
    }
    cocreate_profile_free(with);
    cocreate_profile_free(without);
}

static void ranks_without_ballots(void **state)
{
    static const char *const methods[] = {"plurality", "borda", "irv", "schulze"};
    (void)state;
    cocreate_profile *p = new_profile(COCREATE_BALLOT_RANKING, "AB");
    for (size_t i = 0; i < 4; i++) {
        cocreate_ranking *r = rank(p, methods[i], NULL);
        assert_string_equal(places_text(p, r), "1-2 A 0, 1-2 B 0");
        cocreate_ranking_free(r);
    }
    cocreate_option option = {sizeof option, NULL, NULL, 0, COCREATE_NO_TIME, 1};
    assert_status(cocreate_profile_set_option(p, 0, &option, &check_error), COCREATE_OK);
    expect_places(p, "irv", NULL, "1 B 0");
    assert_status(cocreate_profile_set_option(p, 1, &option, &check_error), COCREATE_OK);
    expect_places(p, "irv", NULL, "");
    cocreate_profile_free(p);
}

/* A profile of weights is the profile with each ballot written out. */
static void weights_are_repetitions(void **state)
{
    static const char *const methods[] = {"plurality", "borda", "irv", "schulze"};
    (void)state;
    cocreate_profile *packed = rankings("ABCD", "3:AB=C 2:DBA 2:C=D 1:BACD");
    cocreate_profile *unpacked =
        rankings("ABCD", "1:C=D 1:AB=C 1:DBA 1:BACD 1:AB=C 1:DBA 1:AB=C 1:C=D");
    for (size_t i = 0; i < 4; i++) {
        cocreate_ranking *a = rank(packed, methods[i], NULL);
        cocreate_ranking *b = rank(unpacked, methods[i], NULL);
        assert_string_equal(cocreate_ranking_json(a), cocreate_ranking_json(b));
        cocreate_ranking_free(a);
        cocreate_ranking_free(b);
    }
    cocreate_profile_free(packed);
    cocreate_profile_free(unpacked);
}

/* Two tied for the last place of a round decide who wins: by the chain one, without it both. */
static void follows_every_order(void **state)
{
    (void)state;
    /* First places A 4, B 3, C 3. Without B: C 3 and A 7, so A. Without C: B 6, so B. */
    cocreate_profile *p = rankings("ABC", "4:A 3:BA 3:CB");
    expect_places(p, "irv", NULL, "1-2 A 4, 1-3 B 3, 2-3 C 3");
    expect_winners(p, "irv", NULL, "AB");
    expect_winners(p, "irv", "{\"ties\":\"parallel\"}", "AB");
    expect_places(p, "irv", "{\"ties\":\"id\"}", "1 B 6, 2 A 4, 3 C 3");
    expect_winners(p, "irv", "{\"elimination\":\"all_tied\"}", "A");
    cocreate_profile_free(p);
}

/* Twenty options with a ballot each: 2^20 sets of options could continue. Nobody asked for every
 * order, so all leave together, and the trace says so; asked for, it is refused. */
static void knows_when_orders_are_too_many(void **state)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRST";
    (void)state;
    cocreate_profile *p = new_profile(COCREATE_BALLOT_RANKING, letters);
    for (uint32_t i = 0; i < 20; i++)
        assert_status(cocreate_profile_add(p, &i, NULL, 1, 1, 1, &check_error), COCREATE_OK);
    cocreate_ranking *r = rank(p, "irv", NULL);
    assert_string_equal(winners_text(p, r), letters);
    assert_non_null(strstr(cocreate_ranking_json(r), "\"trace\":{\"all_tied_from_round\":1,"));
    cocreate_ranking_free(r);
    expect_refusal(p, "irv", "{\"elimination\":\"parallel\"}", COCREATE_ERR_LIMIT,
                   "the ties of this count lead to more than 65536 sets of options; break them by "
                   "ties (id, earliest, lot) or take elimination=all_tied");
    cocreate_profile_free(p);
}

/* Equal first ranks share a ballot: A 1/2 + 1, B 1/2 + 1/3 and so on. */
static void splits_equal_ranks(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABC", "1:A=B 1:A 1:A=B=C");
    expect_places(p, "plurality", NULL, "1 A 11/6, 2 B 5/6, 3 C 1/3");
    expect_places(p, "plurality", "{\"equal_first\":\"each\"}", "1 A 3, 2 B 2, 3 C 1");
    expect_places(p, "plurality", "{\"ties\":\"each\"}", "1 A 3, 2 B 2, 3 C 1");
    cocreate_profile_free(p);
}

/* Four projects, budget 10.00: P (9 votes, 8.00) is bought, Q (7, 5.00) does not fit, R (7, 2.00)
 * does; S without votes is free. Ties of Q and R by id. */
static void buys_and_skips(void **state)
{
    static const uint32_t p_only[] = {0}, q_and_r[] = {1, 2};
    static const int64_t costs[] = {800, 500, 200, 0};
    (void)state;
    cocreate_profile *p = new_profile(COCREATE_BALLOT_APPROVAL, "PQRS");
    for (size_t i = 0; i < 4; i++) {
        cocreate_option option = {sizeof option, NULL, NULL, costs[i], COCREATE_NO_TIME, 0};
        assert_status(cocreate_profile_set_option(p, i, &option, &check_error), COCREATE_OK);
    }
    assert_status(cocreate_profile_set_budget(p, 1000, 2, &check_error), COCREATE_OK);
    assert_status(cocreate_profile_add(p, p_only, NULL, 1, 9, 9, &check_error), COCREATE_OK);
    assert_status(cocreate_profile_add(p, q_and_r, NULL, 2, 7, 7, &check_error), COCREATE_OK);
    expect_places(p, "greedy", NULL, "1 P 9, 2 R 7, 3 S 0, 4 Q 7");
    expect_winners(p, "greedy", NULL, "PRS");
    /* Per cost R 7/2 stands before Q 7/5 and P 9/8: R and Q leave 3.00. */
    expect_winners(p, "greedy", "{\"satisfaction\":\"cardinality\"}", "RQS");
    expect_refusal(p, "greedy", "{\"seats\":1}", COCREATE_ERR_SCHEMA,
                   "$.seats: greedy selects what its budget buys: it has no seats");
    cocreate_ranking *r = rank(p, "greedy", NULL);
    const char *json = cocreate_ranking_json(r);
    assert_non_null(strstr(
        json, "\"trace\":{\"budget\":\"10.00\",\"offers\":[{\"bought\":true,\"cost\":\"8.00\","
              "\"left\":\"2.00\",\"option\":\"P\",\"votes\":\"9\"},{\"bought\":false,"
              "\"cost\":\"5.00\",\"left\":\"2.00\",\"option\":\"Q\",\"votes\":\"7\"},"));
    assert_non_null(strstr(json, "\"ties\":[{\"options\":[\"Q\",\"R\"],\"order\":[\"Q\",\"R\"],"
                                 "\"step\":\"id\"}]"));
    cocreate_ranking_free(r);
    /* Two at 5.00 with 7 votes each, and money for one: without a chain nobody can tell. */
    cocreate_option twin = {sizeof twin, NULL, NULL, 500, COCREATE_NO_TIME, 0};
    assert_status(cocreate_profile_set_option(p, 2, &twin, &check_error), COCREATE_OK);
    assert_status(cocreate_profile_set_budget(p, 700, 2, &check_error), COCREATE_OK);
    expect_refusal(p, "greedy", "{\"ties\":\"earliest\"}", COCREATE_ERR_TIE,
                   "the budget buys only some of 2 tied projects, such as R, and no tie step tells "
                   "which: add id or lot to ties");
    cocreate_profile_free(p);
}

/* Mean with a minimum count: B has the higher mean from one ballot of weight 1. */
static void needs_a_minimum_of_scores(void **state)
{
    static const uint32_t both[] = {0, 1}, a[] = {0};
    static const int64_t high_b[] = {3, 5}, four[] = {4};
    (void)state;
    cocreate_profile *p = new_profile(COCREATE_BALLOT_SCORE, "ABC");
    assert_status(cocreate_profile_add(p, both, high_b, 2, 1, 1, &check_error), COCREATE_OK);
    assert_status(cocreate_profile_add(p, a, four, 1, 2, 2, &check_error), COCREATE_OK);
    expect_places(p, "score", NULL, "1 B 5, 2 A 11/3, 3 C");
    expect_places(p, "score", "{\"minimum_count\":2}", "1 A 11/3, 2-3 B, 2-3 C");
    expect_places(p, "score", "{\"aggregate\":\"sum\"}", "1 A 11, 2 B 5, 3 C");
    cocreate_profile_free(p);
}

/* -- JSON, digest, sentences ------------------------------------------------------------------ */

static void json_is_canonical_and_sealed(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABC", "2:ABC 1:BCA 1:");
    cocreate_ranking *r = rank(p, "irv", NULL);
    const char *json = cocreate_ranking_json(r), *digest = cocreate_ranking_digest(r);
    cocreate_text *canonical = NULL;
    assert_status(cocreate_canonical_json(NULL, json, strlen(json), &canonical, &check_error),
                  COCREATE_OK);
    assert_string_equal(cocreate_text_data(canonical), json);
    cocreate_text_free(canonical);
    assert_string_equal(
        json + strlen(json) - strlen("\"winners\":[\"A\"]}"), "\"winners\":[\"A\"]}");
    static const char begin[] = "{\"ballots\":{\"count\":4,\"distinct\":3,\"empty\":1,"
                               "\"exhausted\":\"1\",\"valid\":3,\"weight\":\"4\"},";
    assert_memory_equal(json, begin, strlen(begin));
    /* Take the digest out again and hash. */
    char member[100], hex[72] = "sha256:";
    snprintf(member, sizeof member, "\"digest\":\"%s\",", digest);
    const char *at = strstr(json, member);
    assert_non_null(at);
    char *rest = malloc(strlen(json) + 1);
    size_t head = (size_t)(at - json);
    memcpy(rest, json, head);
    strcpy(rest + head, at + strlen(member));
    uint8_t bytes[32];
    cocreate_sha256(rest, strlen(rest), bytes);
    for (size_t i = 0; i < 32; i++)
        snprintf(hex + 7 + 2 * i, 3, "%02x", bytes[i]);
    assert_string_equal(digest, hex);
    free(rest);
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
}

static void explains_itself(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABC", "3:ABC 2:BCA 2:CAB");
    cocreate_ranking *r = rank(p, "schulze", NULL);
    cocreate_text *text = NULL;
    assert_status(cocreate_ranking_explain(r, &text, &check_error), COCREATE_OK);
    /* By hand: AB 5, BC 5, CA 4. A beats B and C by 5; ways back over C-A have 4. */
    assert_string_equal(
        cocreate_text_data(text),
        "The winner is A.\nPlace 1: A (2).\nPlace 2: B (1).\nPlace 3: C (0).\n"
        "A beats B by the path A-B, weakest link 5; the strongest path back has 4.\n"
        "A beats C by the path A-B-C, weakest link 5; the strongest path back has 4.\n");
    cocreate_text_free(text);
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
}

/* By hand: A and B have 1/3 + 1/2 first places, C has 1/3 + 1; a name that ends with a point ends the
 * sentence. */
static void tells_numbers_as_people_write_them(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABC", "1:A=B=C 1:A=BC 1:CBA");
    cocreate_option option = {.size = sizeof option, .name = "Ann Jr.", .at = COCREATE_NO_TIME};
    assert_status(cocreate_profile_set_option(p, 2, &option, &check_error), COCREATE_OK);
    cocreate_ranking *r = rank(p, "plurality", NULL);
    cocreate_text *text = NULL;
    assert_status(cocreate_ranking_explain(r, &text, &check_error), COCREATE_OK);
    assert_string_equal(cocreate_text_data(text),
                        "The winner is Ann Jr.\nPlace 1: Ann Jr. (1 1/3).\n"
                        "Places 2 to 3, tied: A (5/6).\nPlaces 2 to 3, tied: B (5/6).\n");
    assert_non_null(strstr(cocreate_ranking_json(r), "\"exact\":\"4/3\""));
    cocreate_text_free(text);
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
}

static void place_checks_its_arguments(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("AB", "1:AB");
    cocreate_ranking *r = rank(p, "borda", NULL);
    cocreate_place place = {.size = sizeof place};
    assert_failure(cocreate_ranking_place(r, 2, &place, &check_error), COCREATE_ERR_ARGUMENT,
                   "no place 2 of 2");
    place.size = 1;
    assert_status(cocreate_ranking_place(r, 0, &place, &check_error), COCREATE_ERR_ARGUMENT);
    cocreate_ranking_free(r);
    cocreate_ranking_free(NULL);
    cocreate_profile_free(p);
}

static void lists_the_methods(void **state)
{
    (void)state;
    cocreate_text *text = NULL;
    assert_status(cocreate_methods(NULL, &text, &check_error), COCREATE_OK);
    static const char *const names[] = {"plurality", "borda", "irv",   "schulze",
                                        "approval",  "score", "greedy"};
    for (size_t i = 0; i < 7; i++) {
        char member[64];
        snprintf(member, sizeof member, "\"name\":\"%s\"", names[i]);
        assert_non_null(strstr(cocreate_text_data(text), member));
    }
    cocreate_text_free(text);
}

static int stop_at(void *user, uint64_t done, uint64_t total)
{
    (void)done;
    (void)total;
    return --*(int *)user < 0;
}

/* Wherever the host stops, nothing is left behind (the sanitizers look). */
static void can_be_cancelled(void **state)
{
    static const char *const methods[] = {"borda", "irv", "schulze"};
    (void)state;
    cocreate_profile *p = rankings("ABC", "4:A 3:BA 3:CB");
    for (size_t m = 0; m < 3; m++)
        for (int calls = 0;; calls++) {
            int left = calls;
            cocreate_progress progress = {sizeof progress, stop_at, &left};
            cocreate_ranking *r = NULL;
            cocreate_status status = cocreate_rank(p, methods[m], NULL, &progress, &r, NULL);
            cocreate_ranking_free(r);
            if (status == COCREATE_OK) {
                assert_true(calls > 0);
                break;
            }
            assert_int_equal(status, COCREATE_ERR_CANCELLED);
            assert_null(r);
        }
    cocreate_profile_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_what_it_does_not_know),
        cmocka_unit_test(reads_options_strictly),
        cmocka_unit_test(takes_strings_for_values),
        cmocka_unit_test(breaks_ties_by_the_chain),
        cmocka_unit_test(draws_lots),
        cmocka_unit_test(leaves_out_the_withdrawn),
        cmocka_unit_test(ranks_without_ballots),
        cmocka_unit_test(weights_are_repetitions),
        cmocka_unit_test(follows_every_order),
        cmocka_unit_test(knows_when_orders_are_too_many),
        cmocka_unit_test(splits_equal_ranks),
        cmocka_unit_test(buys_and_skips),
        cmocka_unit_test(needs_a_minimum_of_scores),
        cmocka_unit_test(json_is_canonical_and_sealed),
        cmocka_unit_test(explains_itself),
        cmocka_unit_test(tells_numbers_as_people_write_them),
        cmocka_unit_test(place_checks_its_arguments),
        cmocka_unit_test(lists_the_methods),
        cmocka_unit_test(can_be_cancelled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
