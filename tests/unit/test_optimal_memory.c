/* The methods that search when the n-th request for memory fails, once or from then on: a
 * status, nothing leaked, nothing half done; and the profile still ranks afterwards. */
#include "ranking_memory.h"

struct run {
    const char *method, *options;
    size_t m, voters;
};

#define SEED "\"47a3d5cb7adafeac8119564cc22c2b619fc1b549e17440e8d3b116a6ff688d49\""

static const struct run runs[] = {
    {"kemeny", NULL, 5, 5},
    {"kemeny", "{\"ties\":\"id\"}", 5, 5},
    {"kemeny", NULL, 22, 22}, /* beyond all subsets */
    {"slater", "{\"unranked\":\"ignored\"}", 4, 3},
    {"maximal_lotteries", NULL, 5, 5},
    {"maximal_lotteries", NULL, 4, 2}, /* many lotteries */
    {"maximal_lotteries", "{\"seed\":" SEED "}", 5, 5},
    {"bipartisan_set", NULL, 4, 2},
    {"essential_set", NULL, 5, 5},
    {"random_ballot", "{\"seed\":" SEED "}", 4, 3},
    {"proportional_borda", "{\"seed\":" SEED "}", 4, 3},
    {"young", NULL, 5, 5},
    {"dodgson", "{\"ties\":\"id\"}", 5, 5},
};

/* Voter v begins with option v; of two voters the second goes backwards. */
static cocreate_profile *build(failing_allocator *fa, size_t m, size_t voters)
{
    cocreate_profile *p = NULL;
    assert_status(cocreate_profile_new(&fa->allocator, COCREATE_BALLOT_RANKING, m, &p, &check_error),
                  COCREATE_OK);
    for (size_t v = 0; v < voters; v++) {
        uint32_t options[32];
        int64_t ranks[32];
        for (size_t i = 0; i < m; i++) {
            options[i] = (uint32_t)(voters == 2 && v == 1 ? m - 1 - i : (v + i) % m);
            ranks[i] = (int64_t)i + 1;
        }
        assert_status(cocreate_profile_add(p, options, ranks, m, 1, 1, &check_error), COCREATE_OK);
    }
    return p;
}

static void survives_failing_memory(void **state)
{
    const struct run *run = *state;
    failing_allocator fa;
    failing_allocator_init(&fa, FAIL_NEVER, FAIL_ONCE);
    ranking_survives(&fa, build(&fa, run->m, run->voters), run->method, run->options);
}

int main(void)
{
    struct CMUnitTest tests[sizeof runs / sizeof runs[0]];
    for (size_t i = 0; i < sizeof runs / sizeof runs[0]; i++)
        tests[i] = (struct CMUnitTest){runs[i].method, survives_failing_memory, NULL, NULL,
                                       (void *)(uintptr_t)&runs[i]};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
