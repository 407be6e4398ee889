/* Every method of the single transferable vote when the n-th request for memory fails, once or from
 * then on: a status, nothing leaked, nothing half done. */
#include "ranking_memory.h"

struct run {
    const char *method, *options;
    int equal_ranks;
};

static const struct run runs[] = {
    {"stv_scottish", "{\"seats\":2}", 0},
    {"stv_scottish", "{\"seats\":2}", 1},
    {"stv_wigm", "{\"seats\":2,\"batch\":\"sure_losers\"}", 0},
    {"stv_gregory", "{\"seats\":2}", 1},
    {"stv_gregory", "{\"seats\":2,\"variant\":\"inclusive\"}", 0},
    {"stv_last_parcel", "{\"seats\":2}", 0},
    {"stv_ers97", "{\"seats\":2}", 1},
    {"stv_northern_ireland", "{\"seats\":2}", 0},
    {"stv_minneapolis", "{\"seats\":2}", 0},
    {"stv_cfer", "{\"seats\":2,\"batch\":\"sure_losers\"}", 0},
    {"stv_san_francisco", "{\"seats\":2}", 0},
    {"stv_meek", "{\"seats\":2}", 0},
    {"stv_meek", "{\"seats\":2}", 1},
    {"stv_warren", "{\"seats\":2}", 1},
    {"qpq", "{\"seats\":2}", 1},
    {"stv_cpo", "{\"seats\":4}", 1},
};

static cocreate_profile *build(failing_allocator *fa, int equal_ranks)
{
    static const struct {
        uint32_t options[4];
        int64_t strict[4], equal[4];
        int64_t weight;
    } ballots[] = {
        {{0, 1, 2, 3}, {1, 2, 3, 4}, {1, 1, 2, 3}, 7},
        {{1, 3, 4, 0}, {1, 2, 3, 4}, {1, 2, 2, 2}, 2},
        {{2, 4, 0, 1}, {1, 2, 3, 4}, {1, 1, 1, 2}, 3},
        {{3, 4, 1, 2}, {1, 2, 3, 4}, {1, 2, 3, 3}, 2},
        {{4, 2, 3, 0}, {1, 2, 3, 4}, {1, 1, 2, 2}, 1},
    };
    cocreate_profile *p = NULL;
    assert_status(cocreate_profile_new(&fa->allocator, COCREATE_BALLOT_RANKING, 5, &p,
                                       &check_error),
                  COCREATE_OK);
    for (size_t b = 0; b < sizeof ballots / sizeof ballots[0]; b++)
        assert_status(cocreate_profile_add(p, ballots[b].options,
                                           equal_ranks ? ballots[b].equal : ballots[b].strict, 4, 1,
                                           ballots[b].weight, &check_error),
                      COCREATE_OK);
    return p;
}

static void survives_failing_memory(void **state)
{
    const struct run *run = *state;
    failing_allocator fa;
    failing_allocator_init(&fa, FAIL_NEVER, FAIL_ONCE);
    ranking_survives(&fa, build(&fa, run->equal_ranks), run->method, run->options);
}

#define RUNS (sizeof runs / sizeof runs[0])

int main(void)
{
    struct CMUnitTest tests[RUNS];
    for (size_t i = 0; i < RUNS; i++)
        tests[i] = (struct CMUnitTest){runs[i].method, survives_failing_memory, NULL, NULL,
                                       (void *)(uintptr_t)&runs[i]};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
