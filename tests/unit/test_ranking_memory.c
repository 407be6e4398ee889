/* Every method when the n-th request for memory fails, once or from then on: a status, nothing
 * leaked, nothing half done; and the profile still ranks afterwards. */
#include "ranking_memory.h"

struct run {
    const char *method, *options;
    int32_t kind;
};

static const struct run runs[] = {
    {"plurality", NULL, COCREATE_BALLOT_RANKING},
    {"borda", "{\"ties\":\"id\"}", COCREATE_BALLOT_RANKING},
    {"borda", "{\"variant\":\"dowdall\"}", COCREATE_BALLOT_RANKING},
    {"borda", "{\"scores\":[\"1/3\",\"12345678901234567890123/7\"]}", COCREATE_BALLOT_RANKING},
    {"irv", NULL, COCREATE_BALLOT_RANKING},
    {"irv", "{\"ties\":\"earliest,id\"}", COCREATE_BALLOT_RANKING},
    {"schulze", NULL, COCREATE_BALLOT_RANKING},
    {"schulze", "{\"ties\":\"lot\",\"seed\":"
                "\"47a3d5cb7adafeac8119564cc22c2b619fc1b549e17440e8d3b116a6ff688d49\"}",
     COCREATE_BALLOT_RANKING},
    {"approval", "{\"ties\":\"id\"}", COCREATE_BALLOT_APPROVAL},
    {"score", NULL, COCREATE_BALLOT_SCORE},
    {"greedy", NULL, COCREATE_BALLOT_APPROVAL},
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
    assert_status(cocreate_profile_set_budget(p, 100, 2, &check_error), COCREATE_OK);
    return p;
}

static void survives_failing_memory(void **state)
{
    const struct run *run = *state;
    failing_allocator fa;
    failing_allocator_init(&fa, FAIL_NEVER, FAIL_ONCE);
    ranking_survives(&fa, build(&fa, run->kind), run->method, run->options);
}

static void scores_survive_failing_memory(void **state)
{
    static const char *const ids[] = {"a", "b", "c"};
    static const char *const scores[] = {"0.5", "123456789012345678901234567890", "1/2"};
    static const int64_t at[] = {3, 2, 1};
    (void)state;
    failing_allocator fa;
    for (failing_mode mode = FAIL_ONCE; mode <= FAIL_FOREVER; mode++)
        for (size_t n = 0;; n++) {
            cocreate_ranking *r = NULL;
            failing_allocator_init(&fa, n, mode);
            cocreate_status status =
                cocreate_rank_scores(&fa.allocator, ids, scores, at, 3,
                                     "{\"ties\":\"earliest\"}", &r, &check_error);
            assert_true(status == COCREATE_OK || status == COCREATE_ERR_MEMORY);
            cocreate_ranking_free(r);
            assert_int_equal(fa.live, 0);
            if (fa.refused == 0)
                break;
        }
}

static void methods_survive_failing_memory(void **state)
{
    (void)state;
    failing_allocator fa;
    for (size_t n = 0;; n++) {
        cocreate_text *text = NULL;
        failing_allocator_init(&fa, n, FAIL_ONCE);
        cocreate_status status = cocreate_methods(&fa.allocator, &text, &check_error);
        assert_true(status == COCREATE_OK || status == COCREATE_ERR_MEMORY);
        cocreate_text_free(text);
        assert_int_equal(fa.live, 0);
        if (fa.refused == 0)
            break;
    }
}

#define RUNS (sizeof runs / sizeof runs[0])

int main(void)
{
    struct CMUnitTest tests[RUNS + 2] = {
        cmocka_unit_test(scores_survive_failing_memory),
        cmocka_unit_test(methods_survive_failing_memory),
    };
    for (size_t i = 0; i < RUNS; i++)
        tests[i + 2] = (struct CMUnitTest){runs[i].method, survives_failing_memory, NULL, NULL,
                                           (void *)(uintptr_t)&runs[i]};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
