/* Mechanisms for arrays: published games, edges and refusals. */
#include "check.h"

#include "cocreate/mechanisms.h"

struct game {
    int64_t values[16];
    size_t n;
    int64_t numerators[4], denominator;
};

static void gives(void **state)
{
    const struct game *g = *state;
    int64_t numerators[4] = {0}, denominator = 0;
    assert_status(cocreate_shapley(g->values, g->n, numerators, &denominator, &check_error),
                  COCREATE_OK);
    assert_int_equal(denominator, g->denominator);
    for (size_t i = 0; i < g->n; i++)
        assert_int_equal(numerators[i], g->numerators[i]);
}

/* Players 0 and 1 have a left glove each, player 2 a right one. */
static struct game glove = {{0, 0, 0, 0, 0, 1, 1, 1}, 3, {1, 1, 4}, 6};
/* Littlechild & Owen's airport with costs of 100, 160 and 200. */
static struct game airport = {{0, 100, 160, 160, 200, 200, 200, 200}, 3, {100, 190, 310}, 3};
/* Maintenance of roads: 5, 9, 16; 9, 16, 20; 20. */
static struct game maintenance = {{0, 5, 9, 9, 16, 16, 20, 20}, 3, {5, 17, 38}, 3};
static struct game alone = {{0, -7}, 1, {-7}, 1};
/* Nobody adds anything but player 1: a dummy has 0. */
static struct game dummy = {{0, 0, 3, 3}, 2, {0, 3}, 1};
/* The largest numbers, whose sums need more than 64 bits. */
static struct game large = {{0, INT64_MAX, INT64_MAX, INT64_MAX}, 2, {INT64_MAX, INT64_MAX}, 2};

static void refuses(void **state)
{
    (void)state;
    static const int64_t something[2] = {1, 2}, far[4] = {0, INT64_MIN, INT64_MAX, 0};
    int64_t numerators[2] = {77, 77}, denominator = 77;
    assert_failure(cocreate_shapley(something, 0, numerators, &denominator, &check_error),
                   COCREATE_ERR_ARGUMENT, "0 players, not 1 to 24");
    assert_failure(cocreate_shapley(something, 25, numerators, &denominator, &check_error),
                   COCREATE_ERR_ARGUMENT, "25 players, not 1 to 24");
    assert_failure(cocreate_shapley(something, 1, numerators, &denominator, &check_error),
                   COCREATE_ERR_ARGUMENT, "nobody is worth something");
    /* (2^63 + 2^63 - 1) / -2 is no whole number, and its double does not fit. */
    assert_failure(cocreate_shapley(far, 2, numerators, &denominator, &check_error),
                   COCREATE_ERR_OVERFLOW,
                   "the value of player 0 times the denominator is beyond 2^63 - 1");
    assert_int_equal(numerators[0], 77);
    assert_int_equal(denominator, 77);
}

/* -- Trust ------------------------------------------------------------------------------------- */

/* The opinions of the example in eigen-books, "Algorithm", in tenths. */
static const uint32_t from[] = {0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4};
static const uint32_t to[] = {1, 2, 3, 0, 2, 3, 4, 0, 1, 3, 4, 0, 1, 2, 4, 0, 1, 2, 3};
static const int64_t tenths[] = {2, 3, 5, 1, 1, 1, 7, 4, 1, 2, 3, 1, 1, 7, 1, 3, 1, 4, 2};
enum { OPINIONS = sizeof tenths / sizeof *tenths };

/* Published: one step from (1000, 2000, 500, 300, 200) is (490, 300, 790, 840, 1580), of 4,000. */
static void steps_once(void **state)
{
    (void)state;
    static const int64_t start[] = {1000, 2000, 500, 300, 200};
    static const int64_t expected[] = {122500000, 75000000, 197500000, 210000000, 395000000};
    int64_t scores[5] = {0};
    cocreate_trust_options options;
    cocreate_trust_options_init(&options);
    options.alpha = 0;
    options.iterations = 1;
    options.start = start;
    assert_status(cocreate_eigentrust(from, to, tenths, OPINIONS, 5, &options, scores, &check_error),
                  COCREATE_OK);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(scores[i], expected[i]);
}

/* Where it ends: 817.2773, 437.9343, 1169.4567, 834.4915 and 740.8402 of 4,000; from the last edge to the
 * first, too, and with an edge in two parts and one of trust in oneself. */
static void settles(void **state)
{
    (void)state;
    static const int64_t expected[] = {8172773, 4379343, 11694567, 8344915, 7408402};
    uint32_t back_from[OPINIONS + 2], back_to[OPINIONS + 2];
    int64_t weights[OPINIONS + 2], scores[5] = {0}, back[5] = {0};
    cocreate_trust_options options;
    cocreate_trust_options_init(&options);
    options.alpha = 0;
    assert_status(cocreate_eigentrust(from, to, tenths, OPINIONS, 5, &options, scores, &check_error),
                  COCREATE_OK);
    for (size_t i = 0; i < OPINIONS; i++) {
        back_from[i] = from[OPINIONS - 1 - i];
        back_to[i] = to[OPINIONS - 1 - i];
        weights[i] = tenths[OPINIONS - 1 - i];
    }
    weights[0] += 5;
    back_from[OPINIONS] = back_from[0];
    back_to[OPINIONS] = back_to[0];
    weights[OPINIONS] = -5;
    back_from[OPINIONS + 1] = back_to[OPINIONS + 1] = 2;
    weights[OPINIONS + 1] = 99;
    assert_status(cocreate_eigentrust(back_from, back_to, weights, OPINIONS + 2, 5, &options, back,
                                      &check_error),
                  COCREATE_OK);
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal((scores[i] * 40000000 + 500000000) / 1000000000, expected[i]);
        assert_int_equal(back[i], scores[i]);
    }
}

/* Without edges everybody has what was given beforehand; 2^-10 is half a billionth above. */
static void nobody_trusts(void **state)
{
    (void)state;
    static const int64_t before[] = {1, 1023};
    int64_t scores[2] = {0};
    cocreate_trust_options options;
    cocreate_trust_options_init(&options);
    options.pre_trusted = before;
    assert_status(cocreate_eigentrust(NULL, NULL, NULL, 0, 2, &options, scores, &check_error),
                  COCREATE_OK);
    assert_int_equal(scores[0], 976563);
    assert_int_equal(scores[1], 999023438);
    assert_status(cocreate_eigentrust(NULL, NULL, NULL, 0, 0, NULL, scores, &check_error), COCREATE_OK);
}

static void refuses_trust(void **state)
{
    (void)state;
    static const int64_t none[2] = {0, 0}, negative[2] = {1, -1};
    static const int64_t beyond[1] = {INT64_C(1) << 53};
    static const uint32_t zero[1] = {0}, one[1] = {1};
    int64_t scores[2] = {77, 77};
    cocreate_trust_options options;
#define REFUSED(weights, n_peers, text)                                                          \
    assert_failure(                                                                              \
        cocreate_eigentrust(zero, one, weights, 1, n_peers, &options, scores, &check_error),     \
        COCREATE_ERR_ARGUMENT, text)
    cocreate_trust_options_init(&options);
    REFUSED(NULL, 1, "edge 0: there is no such peer");
    REFUSED(beyond, 2, "edge 0: its weight is beyond 2^53 - 1");
    options.start = negative;
    REFUSED(NULL, 2, "start of peer 1 is less than 0");
    options.start = NULL;
    options.pre_trusted = none;
    REFUSED(NULL, 2, "pre_trusted of every peer is 0");
    options.pre_trusted = NULL;
    options.alpha = 1000000001;
    REFUSED(NULL, 2, "alpha is not from 0 to 10^9 billionths");
    options.alpha = 0;
    options.iterations = 10001;
    REFUSED(NULL, 2, "10001 iterations, not 0 to 10000");
    options.size = 1;
    REFUSED(NULL, 2, "the options were not set by cocreate_trust_options_init()");
    assert_int_equal(scores[0], 77);
#undef REFUSED
}

/* Sums beyond 2^63 - 1: of what is beforehand, and of the weights of a peer. */
static void refuses_large_sums(void **state)
{
    (void)state;
    static const int64_t huge[2] = {INT64_MAX, 1};
    enum { EDGES = 1025 };
    static uint32_t zeros[EDGES], ones[EDGES];
    static int64_t weights[EDGES];
    int64_t scores[2] = {77, 77};
    cocreate_trust_options options;
    cocreate_trust_options_init(&options);
    options.start = huge;
    assert_failure(cocreate_eigentrust(NULL, NULL, NULL, 0, 2, &options, scores, &check_error),
                   COCREATE_ERR_OVERFLOW, "what peers have beforehand sums to more than 2^63 - 1");
    for (size_t i = 0; i < EDGES; i++) {
        ones[i] = 1;
        weights[i] = INT64_C(9007199254740991);
    }
    assert_failure(cocreate_eigentrust(zeros, ones, weights, EDGES, 2, NULL, scores, &check_error),
                   COCREATE_ERR_OVERFLOW, "the weights of peer 0 sum to more than 2^63 - 1");
    assert_int_equal(scores[0], 77);
}

/* -- Ranks ------------------------------------------------------------------------------------- */

/* 100, 90, 90, 80, and one without a score: 1224, 1334, 1223, 1 2.5 2.5 4, 1234. */
static void numbers_ranks(void **state)
{
    (void)state;
    static const int64_t scores[] = {90, COCREATE_SCORE_MISSING, 80, 100, 90}, order[] = {7, 0, 1, 9, 3};
    static const struct {
        const char *ranks;
        int64_t twice[5];
    } ways[] = {
        {NULL, {4, 0, 8, 2, 4}},         {"competition", {4, 0, 8, 2, 4}},
        {"modified", {6, 0, 8, 2, 6}},   {"dense", {4, 0, 6, 2, 4}},
        {"fractional", {5, 0, 8, 2, 5}}, {"ordinal", {6, 0, 8, 2, 4}},
    };
    int64_t twice[5] = {0};
    for (size_t w = 0; w < sizeof ways / sizeof *ways; w++) {
        assert_status(cocreate_leaderboard_ranks(scores, order, 5, ways[w].ranks, twice, &check_error),
                      COCREATE_OK);
        for (size_t i = 0; i < 5; i++)
            assert_int_equal(twice[i], ways[w].twice[i]);
    }
    /* Without an order the index decides. */
    assert_status(cocreate_leaderboard_ranks(scores, NULL, 5, "ordinal", twice, &check_error),
                  COCREATE_OK);
    assert_int_equal(twice[0], 4);
    assert_int_equal(twice[4], 6);
    assert_status(cocreate_leaderboard_ranks(scores, NULL, 0, "dense", twice, &check_error), COCREATE_OK);
    assert_failure(cocreate_leaderboard_ranks(scores, NULL, 5, "olympic", twice, &check_error),
                   COCREATE_ERR_ARGUMENT,
                   "olympic: is no way to number ranks: \"competition\", \"modified\", \"dense\", "
                   "\"fractional\" or \"ordinal\"");
    assert_int_equal(twice[4], 6);
}

#define GAME(name) {"shapley/" #name, gives, NULL, NULL, &name}

int main(void)
{
    const struct CMUnitTest tests[] = {
        GAME(glove), GAME(airport), GAME(maintenance), GAME(alone), GAME(dummy), GAME(large),
        cmocka_unit_test(refuses),           cmocka_unit_test(steps_once),
        cmocka_unit_test(settles),           cmocka_unit_test(nobody_trusts),
        cmocka_unit_test(refuses_trust),     cmocka_unit_test(refuses_large_sums),
        cmocka_unit_test(numbers_ranks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
