/* Every method that elects a committee from approvals, and every check of one, when the n-th request
 * for memory fails, once or from then on: a status, nothing leaked, nothing half done. */
#include "ranking_memory.h"

struct run {
    const char *method, *options;
};

#define SEED "\"seed\":\"47a3d5cb7adafeac8119564cc22c2b619fc1b549e17440e8d3b116a6ff688d49\""
#define PARALLEL "{\"seats\":2,\"ties\":\"parallel\"}"

static const struct run runs[] = {
    {"av", "{\"seats\":2}"},
    {"av", PARALLEL},
    {"sav", "{\"seats\":2}"},
    {"pav", "{\"seats\":2}"},
    {"pav", PARALLEL},
    {"pav", "{\"seats\":2,\"algorithm\":\"revseq\"}"},
    {"pav", "{\"seats\":2,\"algorithm\":\"exact\"}"},
    {"slav", "{\"seats\":2,\"algorithm\":\"revseq\",\"ties\":\"parallel\"}"},
    {"cc", "{\"seats\":2,\"algorithm\":\"exact\",\"ties\":\"parallel\"}"},
    {"geometric", "{\"seats\":3,\"base\":\"100000000000000000000\"}"},
    {"geometric", "{\"seats\":3,\"base\":\"100000000000000000000\",\"algorithm\":\"exact\"}"},
    {"thiele", "{\"seats\":2,\"scores\":\"3,1/7\"}"},
    {"lexcc", "{\"seats\":2}"},
    {"adams", "{\"seats\":2}"},
    {"monroe", "{\"seats\":2}"},
    {"monroe", "{\"seats\":2,\"algorithm\":\"exact\"}"},
    {"phragmen_enestroem", "{\"seats\":3}"},
    {"phragmen_enestroem", PARALLEL},
    {"consensus", "{\"seats\":2}"},
    {"consensus", PARALLEL},
    {"minimax_phragmen", "{\"seats\":2}"},
    {"lexmin_phragmen", PARALLEL},
    {"minimax_av", "{\"seats\":2}"},
    {"lexmin_minimax_av", "{\"seats\":2}"},
    {"eph", "{\"seats\":2}"},
    {"eph", PARALLEL},
    {"rsd", "{\"seats\":2," SEED "}"},
};

static const struct run checks[] = {{"jr", NULL},  {"pjr", NULL}, {"ejr", NULL},
                                    {"fjr", NULL}, {"core", NULL}, {"ejr_plus", NULL},
                                    {"pareto", NULL}, {"priceability", NULL},
                                    {"stable_priceability", NULL}};

static cocreate_profile *build(failing_allocator *fa)
{
    static const uint32_t ballots[][3] = {{0, 1, 2}, {1, 2, 3}, {3, 4, 0}, {4, 0, 1}};
    cocreate_profile *p = NULL;
    assert_status(cocreate_profile_new(&fa->allocator, COCREATE_BALLOT_APPROVAL, 5, &p,
                                       &check_error),
                  COCREATE_OK);
    for (size_t b = 0; b < 4; b++)
        assert_status(cocreate_profile_add(p, ballots[b], NULL, 1 + b % 3, 1, (int64_t)b + 1,
                                           &check_error),
                      COCREATE_OK);
    return p;
}

static void method_survives(void **state)
{
    const struct run *run = *state;
    failing_allocator fa;
    failing_allocator_init(&fa, FAIL_NEVER, FAIL_ONCE);
    ranking_survives(&fa, build(&fa), run->method, run->options);
}

static void check_survives(void **state)
{
    const struct run *run = *state;
    static const uint32_t committee[] = {2, 4};
    failing_allocator fa;
    failing_allocator_init(&fa, FAIL_NEVER, FAIL_ONCE);
    cocreate_profile *p = build(&fa);
    size_t live = fa.live;
    for (failing_mode mode = FAIL_ONCE; mode <= FAIL_FOREVER; mode++)
        for (size_t n = 0;; n++) {
            cocreate_text *text = NULL;
            fa.requests = fa.refused = 0;
            fa.granted_first = n;
            fa.mode = mode;
            cocreate_status status = cocreate_committee_check(p, committee, 2, 0, run->method, NULL,
                                                              &text, &check_error);
            assert_true(status == COCREATE_OK || status == COCREATE_ERR_MEMORY);
            assert_int_equal(status == COCREATE_OK, text != NULL);
            cocreate_text_free(text);
            assert_int_equal(fa.live, live);
            if (fa.refused == 0)
                break;
        }
    fa.granted_first = FAIL_NEVER;
    cocreate_profile_free(p);
    assert_int_equal(fa.live, 0);
}

#define RUNS (sizeof runs / sizeof runs[0])
#define CHECKS (sizeof checks / sizeof checks[0])

int main(void)
{
    struct CMUnitTest tests[RUNS + CHECKS];
    memset(tests, 0, sizeof tests);
    for (size_t i = 0; i < RUNS + CHECKS; i++) {
        const struct run *run = i < RUNS ? &runs[i] : &checks[i - RUNS];
        tests[i].name = run->method;
        tests[i].test_func = i < RUNS ? method_survives : check_survives;
        tests[i].initial_state = (void *)(uintptr_t)run;
    }
    return _cmocka_run_group_tests("committee_memory", tests, RUNS + CHECKS, NULL, NULL) != 0;
}
