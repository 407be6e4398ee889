/* Strongest paths: every width of cells and every processor path give the integers of the plain
 * Floyd-Warshall algorithm. */
#include "check.h"

#include "base/memory.h"
#include "ranking/condorcet/paths.h"

static uint64_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 20;
}

/* The definition, one line a step. */
static void plain(int64_t *p, size_t m)
{
    for (size_t i = 0; i < m; i++)
        p[i * m + i] = 0;
    for (size_t k = 0; k < m; k++)
        for (size_t i = 0; i < m; i++)
            for (size_t j = 0; j < m; j++) {
                int64_t via = p[i * m + k] < p[k * m + j] ? p[i * m + k] : p[k * m + j];
                if (i != j && p[i * m + j] < via)
                    p[i * m + j] = via;
            }
}

struct size {
    size_t m;
    int64_t range; /* weights are 0, or base .. base + range - 1 */
    int64_t base;
};

static void same_integers(void **state)
{
    const struct size *c = *state;
    cocreate_allocator a = cci_allocator(NULL);
    size_t n = c->m * c->m;
    int64_t *links = malloc(n * sizeof *links), *expected = malloc(n * sizeof *expected);
    int64_t *paths = malloc(n * sizeof *paths);
    uint64_t seed = c->m * 31 + (uint64_t)c->range;
    for (size_t i = 0; i < n; i++) {
        uint64_t r = next_random(&seed);
        links[i] = r % 3 == 0 ? 0
                              : c->base + (int64_t)((r * UINT64_C(2654435761)) % (uint64_t)c->range);
    }
    memcpy(expected, links, n * sizeof *links);
    plain(expected, c->m);
    static const cci_cpu cpus[] = {CCI_CPU_BASE, CCI_CPU_AVX2, CCI_CPU_BEST};
    for (size_t k = 0; k < 3; k++) {
        memcpy(paths, links, n * sizeof *links);
        assert_status(cci_strongest_paths(&a, paths, c->m, cpus[k], NULL, &check_error),
                      COCREATE_OK);
        assert_memory_equal(paths, expected, n * sizeof *paths);
    }
    free(links);
    free(expected);
    free(paths);
}

static struct size one = {1, 10, 0}, two = {2, 100, 0}, small = {7, 50, 0}, tile = {64, 60000, 0},
                   full = {65, 65536, 0}, wide = {130, INT64_C(4000000000), 0},
                   huge = {97, INT64_C(9000000000000000000), 0}, few = {150, 3, 0},
                   close = {100, 30000, INT64_C(1000000000000000)},
                   many_close = {400, 600000, INT64_C(1000000000000000)}, equal = {30, 1, 70000};

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"same_integers/1", same_integers, NULL, NULL, &one},
        {"same_integers/2", same_integers, NULL, NULL, &two},
        {"same_integers/7", same_integers, NULL, NULL, &small},
        {"same_integers/64", same_integers, NULL, NULL, &tile},
        {"same_integers/65 of all of 16 bits", same_integers, NULL, NULL, &full},
        {"same_integers/130 of 32 bits", same_integers, NULL, NULL, &wide},
        {"same_integers/97 of 63 bits", same_integers, NULL, NULL, &huge},
        {"same_integers/150 of few", same_integers, NULL, NULL, &few},
        {"same_integers/100 close to each other", same_integers, NULL, NULL, &close},
        {"same_integers/400 close to each other", same_integers, NULL, NULL, &many_close},
        {"same_integers/30 of one", same_integers, NULL, NULL, &equal},
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
