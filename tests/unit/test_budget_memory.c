/* Every method of budgets when the n-th request for memory fails, once or from then on: a status,
 * nothing leaked, nothing half done; and the profile still ranks afterwards. */
#include "ranking_memory.h"

struct run {
    const char *method, *options;
    int32_t kind;
};

static const struct run runs[] = {
    {"greedy", NULL, COCREATE_BALLOT_POINTS},
    {"greedy", "{\"satisfaction\":\"sqrt_cost\"}", COCREATE_BALLOT_APPROVAL},
    {"greedy", "{\"satisfaction\":\"cc\"}", COCREATE_BALLOT_APPROVAL},
    {"max_welfare", NULL, COCREATE_BALLOT_APPROVAL},
    {"max_welfare", "{\"limits\":[{\"count\":1,\"options\":[\"1\",\"2\"]}]}",
     COCREATE_BALLOT_APPROVAL},
    {"equal_shares", "{\"limits\":[{\"cost\":\"0.5\",\"options\":[\"1\",\"2\"]}]}",
     COCREATE_BALLOT_APPROVAL},
    {"maximin_support", NULL, COCREATE_BALLOT_APPROVAL},
    {"maximin_support", "{\"seats\":2,\"ties\":\"parallel\"}", COCREATE_BALLOT_APPROVAL},
    {"phragmen_seq", NULL, COCREATE_BALLOT_APPROVAL},
    {"phragmen_seq", "{\"seats\":3,\"ties\":\"parallel\"}", COCREATE_BALLOT_APPROVAL},
    {"equal_shares", "{\"completion\":\"add1u\"}", COCREATE_BALLOT_RANKING},
    {"equal_shares", "{\"seats\":3}", COCREATE_BALLOT_APPROVAL},
    {"exact_equal_shares", NULL, COCREATE_BALLOT_APPROVAL},
    {"expanding_approvals", NULL, COCREATE_BALLOT_RANKING},
    {"expanding_approvals", "{\"seats\":3}", COCREATE_BALLOT_APPROVAL},
    {"equal_shares", "{\"seats\":3,\"ties\":\"parallel\"}", COCREATE_BALLOT_APPROVAL},
    {"equal_shares", "{\"completion\":\"phragmen\",\"satisfaction\":\"cardinality\"}",
     COCREATE_BALLOT_POINTS},
};

static cocreate_profile *build(failing_allocator *fa, int32_t kind)
{
    static const uint32_t options[][3] = {{0, 1, 2}, {1, 0, 2}, {2, 3, 1}};
    static const int64_t ranks[][3] = {{1, 2, 2}, {1, 2, 3}, {1, 2, 3}};
    cocreate_profile *p = NULL;
    assert_status(cocreate_profile_new(&fa->allocator, kind, 4, &p, &check_error), COCREATE_OK);
    for (size_t b = 0; b < 3; b++)
        assert_status(cocreate_profile_add(p, options[b],
                                           kind == COCREATE_BALLOT_APPROVAL ? NULL : ranks[b], 3, 1,
                                           1, &check_error),
                      COCREATE_OK);
    for (size_t i = 0; i < 4; i++) {
        cocreate_option option = {sizeof option, NULL, NULL, (int64_t)(30 - 7 * i),
                                  COCREATE_NO_TIME, 0};
        assert_status(cocreate_profile_set_option(p, i, &option, &check_error), COCREATE_OK);
    }
    assert_status(cocreate_profile_set_budget(p, 60, 2, &check_error), COCREATE_OK);
    return p;
}

static void survives_failing_memory(void **state)
{
    const struct run *run = *state;
    failing_allocator fa;
    failing_allocator_init(&fa, FAIL_NEVER, FAIL_ONCE);
    ranking_survives(&fa, build(&fa, run->kind), run->method, run->options);
}

int main(void)
{
    enum { RUNS = sizeof runs / sizeof *runs };
    struct CMUnitTest tests[RUNS];
    for (size_t i = 0; i < RUNS; i++)
        tests[i] = (struct CMUnitTest){runs[i].method, survives_failing_memory, NULL, NULL,
                                       (void *)(uintptr_t)&runs[i]};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
