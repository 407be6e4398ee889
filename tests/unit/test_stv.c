/* The single transferable vote from outside: options, ties, edges, and what must not matter. */
#include "ranking_ballots.h"

static const char *const methods[] = {
    "stv_scottish", "stv_wigm", "stv_gregory", "stv_last_parcel", "stv_ers97",
    "stv_northern_ireland", "stv_minneapolis", "stv_cfer", "stv_san_francisco", "stv_meek",
    "stv_warren", "qpq"};

#define METHODS (sizeof methods / sizeof methods[0])

static void refuses(const cocreate_profile *p, const char *method, const char *options,
                    cocreate_status status, const char *text)
{
    cocreate_ranking *r = NULL;
    assert_failure(cocreate_rank(p, method, options, NULL, &r, &check_error), status, text);
    assert_null(r);
}

static void refuses_options(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("AB", "2:AB 1:B");
    refuses(p, "stv_wigm", "{\"decimals\":10}", COCREATE_ERR_SCHEMA,
            "$.decimals: 10 is out of range, expected 0 to 9");
    refuses(p, "stv_wigm", "{\"seats\":3}", COCREATE_ERR_ARGUMENT,
            "$.seats: 3 seats, and 2 options to fill them");
    refuses(p, "stv_scottish", "{\"ties\":\"parallel\"}", COCREATE_ERR_SCHEMA,
            "$.ties: stv_scottish does not follow all tie orders (\"parallel\")");
    cocreate_ranking *r = rank(p, "stv_wigm", "{\"decimals\":\"exact\"}");
    cocreate_ranking_free(r);
    r = rank(p, "stv_wigm", "{\"decimals\":\"3\"}");
    assert_non_null(strstr(cocreate_ranking_json(r), "\"decimals\":3"));
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
    p = new_profile(COCREATE_BALLOT_APPROVAL, "AB");
    refuses(p, "stv_meek", NULL, COCREATE_ERR_ARGUMENT,
            "stv_meek takes rankings, and the ballots are approvals");
    cocreate_profile_free(p);
}

/* Nobody knows when A and B came, so that "earliest" tells nothing of their tie. */
static void compares_so_many_outcomes(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABCDEFGHIJKLMN", "3:AB 2:N");
    refuses(p, "stv_cpo", "{\"seats\":4}", COCREATE_ERR_LIMIT,
            "stv_cpo compares at most 1000 outcomes, and there are more ways to choose 4 of 14 "
            "options");
    expect_winners(p, "stv_cpo", "{\"seats\":14}", "ABCDEFGHIJKLMN");
    expect_winners(p, "stv_cpo", "{\"seats\":2}", "AN");
    cocreate_profile_free(p);
}

static void says_which_tie_stays(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABC", "1:A 1:B 3:C");
    refuses(p, "stv_scottish", "{\"ties\":\"earliest\",\"seats\":2}", COCREATE_ERR_TIE,
            "round 2: 2 options tie, such as A and B, and no tie step tells which of them is "
            "eliminated: add id or lot to ties");
    cocreate_profile_free(p);
}

/* Nothing wraps: what does not fit 64 bits is counted in big fractions. */
static void as_many_votes_as_there_can_be(void **state)
{
    (void)state;
    cocreate_profile *p = rankings("ABC", "9223372036854775000:AB 800:C");
    for (size_t i = 0; i < METHODS; i++)
        expect_winners(p, methods[i], "{\"seats\":2}", i == 8 ? "AC" : "AB");
    expect_places(p, "stv_scottish", NULL, "1 A 9223372036854775000, 2 C 800, 3 B 0");
    expect_places(p, "stv_meek", NULL, "1 A 9223372036854775000, 2 C 800, 3 B 0");
    cocreate_profile_free(p);
}

static void edges(void **state)
{
    (void)state;
    for (size_t i = 0; i < METHODS; i++) {
        cocreate_profile *p = rankings("ABC", "");
        expect_winners(p, methods[i], NULL, "A"); /* no ballots: by id */
        expect_winners(p, methods[i], "{\"seats\":3}", "ABC");
        cocreate_profile_free(p);
        p = rankings("A", "3:A");
        expect_places(p, methods[i], NULL, "1 A 3");
        cocreate_profile_free(p);
        p = rankings("ABC", "5:B");
        assert_status(cocreate_profile_add(p, (uint32_t[]){0}, NULL, 1, 9, 0, &check_error),
                      COCREATE_OK); /* ballots without weight do not count */
        expect_winners(p, methods[i], NULL, "B");
        cocreate_profile_free(p);
        p = rankings("ABCD", "4:AB 3:BC 3:D");
        cocreate_option gone = {.size = sizeof gone, .at = COCREATE_NO_TIME, .withdrawn = 1};
        assert_status(cocreate_profile_set_option(p, 3, &gone, &check_error), COCREATE_OK);
        expect_winners(p, methods[i], NULL, "A"); /* three ballots are blank */
        cocreate_profile_free(p);
    }
}

/* -- What must not matter --------------------------------------------------------------------- */

static uint64_t draw(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *seed >> 33;
}

#define CANDIDATES 7
#define LETTERS "ABCDEFG"

/* The letters stand in the file as `letters` says; ballots come forwards or backwards, one by one
 * or together, each `times` times. */
static cocreate_profile *election(uint64_t seed, const char *letters, int backwards, int64_t times)
{
    cocreate_profile *p = new_profile(COCREATE_BALLOT_RANKING, letters);
    enum { BALLOTS = 40 };
    uint32_t options[BALLOTS][CANDIDATES];
    int64_t ranks[BALLOTS][CANDIDATES];
    size_t sizes[BALLOTS];
    for (size_t b = 0; b < BALLOTS; b++) {
        char left[] = LETTERS;
        size_t n = 1 + draw(&seed) % CANDIDATES, m = CANDIDATES;
        int64_t now = 1;
        int ties = draw(&seed) % 4 == 0;
        for (size_t i = 0; i < n; i++) {
            size_t k = draw(&seed) % m;
            options[b][i] = (uint32_t)(strchr(letters, left[k]) - letters);
            left[k] = left[--m];
            now += i > 0 && !(ties && draw(&seed) % 3 == 0);
            ranks[b][i] = now;
        }
        sizes[b] = n;
    }
    for (size_t i = 0; i < BALLOTS; i++) {
        size_t b = backwards ? BALLOTS - 1 - i : i;
        for (int64_t t = 0; t < (backwards ? times : 1); t++)
            assert_status(cocreate_profile_add(p, options[b], ranks[b], sizes[b], 1,
                                               backwards ? 1 : times, &check_error),
                          COCREATE_OK);
    }
    return p;
}

#define LOTS                                                                    \
    "\"ties\":\"lot\",\"seed\":"                                                \
    "\"47a3d5cb7adafeac8119564cc22c2b619fc1b549e17440e8d3b116a6ff688d49\""

/* Neither the order of options (with ties by lots, which go by id) nor that of ballots, nor whether
 * equal ballots come together, changes a place or a score. */
static void order_does_not_matter(void **state)
{
    (void)state;
    for (size_t i = 0; i < METHODS; i++)
        for (uint64_t seed = 1; seed <= 12; seed++) {
            char options[200], expected[4096];
            snprintf(options, sizeof options, "{\"seats\":%d," LOTS "}", 1 + (int)seed % 4);
            cocreate_profile *p = election(seed, LETTERS, 0, 3);
            cocreate_ranking *r = rank(p, methods[i], options);
            strcpy(expected, places_text(p, r));
            cocreate_ranking_free(r);
            cocreate_profile_free(p);
            static const char *const orders[] = {"GFEDCBA", "CADGFBE"};
            for (size_t k = 0; k < 2; k++) {
                p = election(seed, orders[k], 1, 3);
                expect_places(p, methods[i], options, expected);
                cocreate_profile_free(p);
            }
        }
}

/* Where nothing is rounded, twice the ballots elect the same. */
static void twice_the_ballots(void **state)
{
    (void)state;
    static const char *const exact[][2] = {
        {"stv_gregory", "\"quota\":\"hagenbach_bischoff\""},
        {"stv_gregory", "\"quota\":\"droop_exact\",\"variant\":\"inclusive\""},
        {"stv_last_parcel", "\"quota\":\"hare\""},
        {"stv_san_francisco", "\"ties\":\"id\""},
        {"qpq", "\"variant\":\"continue\""},
        {"qpq", "\"variant\":\"restart\""}};
    for (size_t i = 0; i < sizeof exact / sizeof exact[0]; i++)
        for (uint64_t seed = 20; seed <= 30; seed++) {
            char options[200], expected[64];
            snprintf(options, sizeof options, "{\"seats\":2,%s}", exact[i][1]);
            cocreate_profile *p = election(seed, LETTERS, 0, 1);
            cocreate_ranking *r = rank(p, exact[i][0], options);
            strcpy(expected, winners_text(p, r));
            cocreate_ranking_free(r);
            cocreate_profile_free(p);
            p = election(seed, LETTERS, 0, 2);
            expect_winners(p, exact[i][0], options, expected);
            cocreate_profile_free(p);
        }
}

/* Above 200 options the record leaves out what grows with them. */
static void many_options(void **state)
{
    (void)state;
    cocreate_profile *p = NULL;
    assert_status(cocreate_profile_new(NULL, COCREATE_BALLOT_RANKING, 201, &p, &check_error),
                  COCREATE_OK);
    for (uint32_t o = 0; o < 201; o++)
        assert_status(cocreate_profile_add(p, &o, NULL, 1, 1, 201 - (int64_t)o, &check_error),
                      COCREATE_OK);
    for (size_t i = 0; i < METHODS; i++) {
        cocreate_ranking *r = rank(p, methods[i], "{\"seats\":2}");
        assert_int_equal(cocreate_ranking_winner(r, 0), 0);
        assert_int_equal(cocreate_ranking_winner(r, 1), 1);
        assert_non_null(strstr(cocreate_ranking_json(r), "\"omitted\":["));
        cocreate_ranking_free(r);
    }
    cocreate_profile_free(p);
}

static int32_t stop_at_fifth(void *user, uint64_t done, uint64_t total)
{
    int *calls = user;
    (void)done, (void)total;
    return ++*calls >= 5;
}

static void can_be_cancelled(void **state)
{
    (void)state;
    cocreate_profile *p = election(3, LETTERS, 0, 1);
    for (size_t i = 0; i < METHODS; i++) {
        int calls = 0;
        cocreate_progress progress = {
            .size = sizeof progress, .call = stop_at_fifth, .user = &calls};
        cocreate_ranking *r = NULL;
        assert_status(cocreate_rank(p, methods[i], NULL, &progress, &r, &check_error),
                      COCREATE_ERR_CANCELLED);
        assert_null(r);
    }
    cocreate_profile_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_options),       cmocka_unit_test(says_which_tie_stays),
        cmocka_unit_test(compares_so_many_outcomes),
        cmocka_unit_test(as_many_votes_as_there_can_be), cmocka_unit_test(edges),
        cmocka_unit_test(order_does_not_matter), cmocka_unit_test(twice_the_ballots),
        cmocka_unit_test(many_options),          cmocka_unit_test(can_be_cancelled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
