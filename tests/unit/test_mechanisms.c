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

#define GAME(name) {"shapley/" #name, gives, NULL, NULL, &name}

int main(void)
{
    const struct CMUnitTest tests[] = {
        GAME(glove), GAME(airport), GAME(maintenance), GAME(alone), GAME(dummy), GAME(large),
        cmocka_unit_test(refuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
