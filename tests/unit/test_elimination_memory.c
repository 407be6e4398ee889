/* Elimination methods and points by rank when the n-th request for memory fails, once or from then
 * on: a status, nothing leaked, nothing half done; and the profile still ranks afterwards. */
#include "ranking_memory.h"

static const struct run {
    const char *method, *options;
} runs[] = {
    {"absolute_majority", NULL},
    {"approval_irv", NULL},
    {"baldwin", NULL},
    {"baldwin", "{\"ties\":\"id\"}"},
    {"benham", NULL},
    {"borda", "{\"variant\":\"domination\"}"},
    {"bottoms_up", "{\"threshold\":\"30\"}"},
    {"bottoms_up", "{\"seats\":2}"},
    {"bottoms_up", "{\"threshold\":\"30\",\"elimination\":\"cutoff\",\"of\":\"first_round\"}"},
    {"btr_irv", NULL},
    {"btr_irv", "{\"ties\":\"earliest,id\"}"},
    {"bucklin", NULL},
    {"bucklin", "{\"variant\":\"simplified\",\"majority\":\"continuing\"}"},
    {"bucklin", "{\"variant\":\"weighted\",\"ties\":\"id\"}"},
    {"condorcet_irv", NULL},
    {"coombs", NULL},
    {"coombs", "{\"until\":\"last\",\"ties\":\"id\"}"},
    {"irv", "{\"elimination\":\"batch\"}"},
    {"irv", "{\"until\":\"majority\",\"ties\":\"id\"}"},
    {"irv", "{\"minimum\":1,\"overvote\":\"exhaust\",\"ties\":\"id\"}"},
    {"iterated_removal_condorcet_loser", NULL},
    {"k_approval", NULL},
    {"multi_pass_irv", "{\"seats\":2}"},
    {"nanson", "{\"variant\":\"weak\"}"},
    {"positive_negative", NULL},
    {"raynaud", NULL},
    {"smith_irv", NULL},
    {"split_irv", "{\"elimination\":\"parallel\"}"},
    {"supplementary", NULL},
    {"tideman_alternative", "{\"variant\":\"schwartz\"}"},
    {"two_round", NULL},
    {"two_round", "{\"ties\":\"id\"}"},
    {"veto", NULL},
    {"woodall", NULL},
};

/* Ties everywhere, equal ranks, and options left out. */
static cocreate_profile *build(failing_allocator *fa)
{
    static const uint32_t options[][3] = {{0, 1, 2}, {1, 0, 2}, {2, 3, 1}, {3, 0, 1}};
    static const int64_t ranks[][3] = {{1, 2, 2}, {1, 2, 3}, {1, 2, 3}, {1, 1, 2}};
    cocreate_profile *p = NULL;
    assert_status(cocreate_profile_new(&fa->allocator, COCREATE_BALLOT_RANKING, 4, &p,
                                       &check_error),
                  COCREATE_OK);
    for (size_t b = 0; b < 4; b++)
        assert_status(cocreate_profile_add(p, options[b], ranks[b], 3, 1, 1, &check_error),
                      COCREATE_OK);
    return p;
}

/* Ballots of bytes have their own way. */
static cocreate_profile *build_strict(failing_allocator *fa)
{
    static const uint32_t options[][3] = {{0, 1, 2}, {1, 2, 0}, {2, 0, 1}};
    static const int64_t ranks[] = {1, 2, 3};
    cocreate_profile *p = NULL;
    assert_status(cocreate_profile_new(&fa->allocator, COCREATE_BALLOT_RANKING, 3, &p,
                                       &check_error),
                  COCREATE_OK);
    for (size_t b = 0; b < 3; b++)
        assert_status(cocreate_profile_add(p, options[b], ranks, 3, 1, (int64_t)b + 1,
                                           &check_error),
                      COCREATE_OK);
    return p;
}

static void survive(const struct run *run, cocreate_profile *(*make)(failing_allocator *))
{
    failing_allocator fa;
    failing_allocator_init(&fa, FAIL_NEVER, FAIL_ONCE);
    ranking_survives(&fa, make(&fa), run->method, run->options);
}

static void survives_failing_memory(void **state)
{
    survive(*state, build);
    survive(*state, build_strict);
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
