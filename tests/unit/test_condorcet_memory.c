/* Every method on majorities when the n-th request for memory fails, once or from then on: a
 * status, nothing leaked, nothing half done; and the profile still ranks afterwards. */
#include "ranking_memory.h"

struct run {
    const char *method, *options;
};

static const struct run runs[] = {
    {"condorcet", NULL},
    {"condorcet_loser", NULL},
    {"weak_condorcet", NULL},
    {"smith", "{\"ties\":\"id\"}"},
    {"schwartz", NULL},
    {"uncovered", "{\"variant\":\"mckelvey\"}"},
    {"banks", NULL},
    {"copeland", NULL},
    {"llull", "{\"ties\":\"id\"}"},
    {"black", NULL},
    {"minimax", NULL},
    {"smith_minimax", NULL},
    {"schulze", "{\"ties\":\"earliest,id\"}"},
    {"ranked_pairs", NULL},
    {"ranked_pairs", "{\"ties\":\"id\"}"},
    {"ranked_pairs", "{\"ties\":\"parallel\",\"strength\":\"margins\"}"},
    {"river", NULL},
    {"river", "{\"ties\":\"id\"}"},
    {"ranked_pairs_zt", "{\"seed\":"
                        "\"47a3d5cb7adafeac8119564cc22c2b619fc1b549e17440e8d3b116a6ff688d49\"}"},
    {"river_zt", "{\"seed\":"
                 "\"47a3d5cb7adafeac8119564cc22c2b619fc1b549e17440e8d3b116a6ff688d49\"}"},
    {"split_cycle", NULL},
    {"split_cycle", "{\"ties\":\"id\"}"},
    {"stable_voting", NULL},
    {"simple_stable_voting", NULL},
    {"leximax", NULL},
    {"most_wins_smallest_loss", NULL},
    {"simplified_dodgson", NULL},
    {"loss_trimmer", NULL},
    {"loss_trimmer", "{\"ties\":\"id\"}"},
    {"weighted_covering", NULL},
    {"beta_uncovered", "{\"beta\":\"0.6\"}"},
    {"pareto", NULL},
    {"copeland_local_borda", NULL},
    {"copeland_global_borda", NULL},
    {"copeland_local_minimax", NULL},
    {"copeland_global_minimax", NULL},
    {"borda_minimax_faceoff", NULL},
    {"condorcet_plurality", NULL},
    {"daunou", NULL},
    {"superior_voting", NULL},
};
#define RUNS (sizeof runs / sizeof runs[0])

/* A circle of three above a fourth, with equal ranks and a short ballot, so that ties are followed
 * and sets are searched. */
static cocreate_profile *build(failing_allocator *fa)
{
    static const struct {
        uint32_t options[4];
        int64_t ranks[4];
        size_t n;
    } ballots[] = {
        {{0, 1, 2, 3}, {1, 2, 3, 4}, 4}, {{1, 2, 0, 3}, {1, 2, 3, 4}, 4},
        {{2, 0, 1, 3}, {1, 2, 3, 4}, 4}, {{0, 1, 2}, {1, 1, 1}, 3},
    };
    cocreate_profile *p = NULL;
    assert_status(cocreate_profile_new(&fa->allocator, COCREATE_BALLOT_RANKING, 4, &p,
                                       &check_error),
                  COCREATE_OK);
    for (size_t b = 0; b < 4; b++)
        assert_status(cocreate_profile_add(p, ballots[b].options, ballots[b].ranks, ballots[b].n, 1,
                                           1, &check_error),
                      COCREATE_OK);
    return p;
}

static void survives_failing_memory(void **state)
{
    const struct run *run = *state;
    failing_allocator fa;
    failing_allocator_init(&fa, FAIL_NEVER, FAIL_ONCE);
    ranking_survives(&fa, build(&fa), run->method, run->options);
}

int main(void)
{
    struct CMUnitTest tests[RUNS];
    for (size_t i = 0; i < RUNS; i++)
        tests[i] = (struct CMUnitTest){runs[i].method, survives_failing_memory, NULL, NULL,
                                       (void *)(uintptr_t)&runs[i]};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
