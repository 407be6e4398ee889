/* Sets on the majority graph against their definitions: every subset of small graphs is tried. */
#include "check.h"

#include "ranking/majority.h"

#define M 6

struct graph {
    size_t m;
    int64_t matrix[M * M];
    uint8_t alive[M];
};

static uint64_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 33;
}

/* Does every member of the set (bits) beat every candidate outside? */
static int dominates(const struct graph *g, unsigned set)
{
    for (size_t x = 0; x < g->m; x++)
        for (size_t y = 0; y < g->m; y++)
            if ((set >> x & 1u) && g->alive[y] && !(set >> y & 1u) &&
                g->matrix[x * g->m + y] <= g->matrix[y * g->m + x])
                return 0;
    return 1;
}

/* Is no member beaten from outside? */
static int undominated(const struct graph *g, unsigned set)
{
    for (size_t x = 0; x < g->m; x++)
        for (size_t y = 0; y < g->m; y++)
            if ((set >> x & 1u) && g->alive[y] && !(set >> y & 1u) &&
                g->matrix[y * g->m + x] > g->matrix[x * g->m + y])
                return 0;
    return 1;
}

/* The union of the minimal non-empty sets of living candidates with a property. */
static unsigned minimal_sets(const struct graph *g, int (*property)(const struct graph *, unsigned))
{
    unsigned all = 0, kept = 0;
    for (size_t x = 0; x < M && x < g->m; x++)
        all |= (unsigned)(g->alive[x] != 0) << x;
    for (unsigned set = all; set > 0; set = (set - 1) & all) {
        int minimal = property(g, set);
        for (unsigned part = (set - 1) & set; part > 0 && minimal; part = (part - 1) & set)
            minimal = !property(g, part);
        kept |= minimal ? set : 0;
    }
    return kept;
}

static unsigned bits_of(const uint8_t *marks, size_t m)
{
    unsigned bits = 0;
    for (size_t x = 0; x < m; x++) {
        assert_true(marks[x] <= 1);
        bits |= (unsigned)marks[x] << x;
    }
    return bits;
}

/* A single candidate that beats all, or that all beat. */
static size_t only(const struct graph *g, int loser)
{
    size_t found = SIZE_MAX;
    for (size_t x = 0; x < g->m; x++) {
        int all = g->alive[x];
        for (size_t y = 0; y < g->m; y++)
            if (all && y != x && g->alive[y])
                all = loser ? cci_majority_beats(g->matrix, g->m, y, x)
                            : cci_majority_beats(g->matrix, g->m, x, y);
        found = all ? x : found;
    }
    return found;
}

static void agrees_with_the_definitions(void **state)
{
    (void)state;
    uint64_t seed = 7;
    cocreate_allocator a = cci_allocator(NULL);
    for (int round = 0; round < 20000; round++) {
        struct graph g = {.m = 1 + next_random(&seed) % M};
        unsigned weights = 2 + (unsigned)next_random(&seed) % 4;
        for (size_t i = 0; i < g.m * g.m; i++)
            g.matrix[i] = i % (g.m + 1) == 0 ? 0 : (int64_t)(next_random(&seed) % weights);
        for (size_t x = 0; x < g.m; x++)
            g.alive[x] = next_random(&seed) % 5 > 0;
        uint8_t smith[M], schwartz[M];
        memcpy(schwartz, g.alive, M); /* the output may be the input */
        assert_status(cci_majority_smith(&a, g.matrix, g.m, g.alive, smith, &check_error),
                      COCREATE_OK);
        assert_status(cci_majority_schwartz(&a, g.matrix, g.m, schwartz, schwartz, &check_error),
                      COCREATE_OK);
        assert_int_equal(bits_of(smith, g.m), minimal_sets(&g, dominates));
        assert_int_equal(bits_of(schwartz, g.m), minimal_sets(&g, undominated));
        assert_int_equal(cci_majority_winner(g.matrix, g.m, g.alive), only(&g, 0));
        assert_int_equal(cci_majority_loser(g.matrix, g.m, g.alive), only(&g, 1));
    }
}

static void looks_at_all_without_marks(void **state)
{
    (void)state;
    static const int64_t circle_and_one[] = {0, 2, 1, 3, 1, 0, 2, 3, 2, 1, 0, 3, 0, 0, 0, 0};
    uint8_t in[4];
    cocreate_allocator a = cci_allocator(NULL);
    assert_status(cci_majority_smith(&a, circle_and_one, 4, NULL, in, &check_error), COCREATE_OK);
    assert_int_equal(bits_of(in, 4), 7);
    assert_status(cci_majority_schwartz(&a, circle_and_one, 4, NULL, in, &check_error),
                  COCREATE_OK);
    assert_int_equal(bits_of(in, 4), 7);
    assert_int_equal(cci_majority_winner(circle_and_one, 4, NULL), SIZE_MAX);
    assert_int_equal(cci_majority_loser(circle_and_one, 4, NULL), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_the_definitions),
        cmocka_unit_test(looks_at_all_without_marks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
