/* The methods that search when the n-th request for memory fails, once or from then on: a
 * status, nothing leaked, nothing half done; and the profile still ranks afterwards. */
#include "ranking_ballots.h"

#include "failing_allocator.h"

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
    cocreate_profile *p = build(&fa, run->m, run->voters);
    cocreate_ranking *whole = rank(p, run->method, run->options);
    size_t live = fa.live;
    for (failing_mode mode = FAIL_ONCE; mode <= FAIL_FOREVER; mode++)
        for (size_t n = 0;; n++) {
            cocreate_ranking *r = NULL;
            fa.requests = fa.refused = 0;
            fa.granted_first = n;
            fa.mode = mode;
            cocreate_status status =
                cocreate_rank(p, run->method, run->options, NULL, &r, &check_error);
            if (status == COCREATE_OK)
                assert_string_equal(cocreate_ranking_json(r), cocreate_ranking_json(whole));
            else {
                assert_int_equal(status, COCREATE_ERR_MEMORY);
                assert_null(r);
            }
            cocreate_ranking_free(r);
            assert_int_equal(fa.live, live);
            if (fa.refused == 0)
                break;
        }
    fa.granted_first = FAIL_NEVER;
    cocreate_ranking_free(whole);
    cocreate_profile_free(p);
    assert_int_equal(fa.live, 0);
}

int main(void)
{
    struct CMUnitTest tests[sizeof runs / sizeof runs[0]];
    for (size_t i = 0; i < sizeof runs / sizeof runs[0]; i++)
        tests[i] = (struct CMUnitTest){runs[i].method, survives_failing_memory, NULL, NULL,
                                       (void *)(uintptr_t)&runs[i]};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
