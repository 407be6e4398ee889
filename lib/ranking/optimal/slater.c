/* Slater: the rankings that reverse the fewest majorities. */
#include "ranking/optimal/consensus.h"

#include "ranking/majority.h"
#include "ranking/pairwise.h"

enum { UNRANKED };
enum { BOTTOM, IGNORED };

static const char *const unranked[] = {"bottom", "ignored", NULL};

static const cci_option_spec options[] = {
    {"unranked", CCI_OPTION_CHOICE, unranked, 0, 0, 0,
     "options a ballot leaves out: below all it ranks, or not compared"},
};

static void finish(cci_run *run, const cci_consensus *c, const int64_t *votes)
{
    char distance[24];
    snprintf(distance, sizeof distance, "%lld", (long long)c->least);
    cci_consensus_trace(run, c, votes, distance);
    if (c->least == 0)
        cci_buffer_text(&run->notes, "The nearest rankings reverse no majority.\n");
    else
        cci_buffer_format(&run->notes, "The nearest rankings reverse %s %s.\n", distance,
                          c->least == 1 ? "majority" : "majorities");
    cci_consensus_note(run, c);
}

static cocreate_status run_slater(cci_run *run, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    size_t m = run->roster->count;
    int64_t *votes = NULL;
    CCI_TRY(cci_pairwise(run, run->options[UNRANKED].integer == BOTTOM, &votes, error));
    int64_t *cost = cci_alloc(a, m * m, sizeof *cost);
    cci_consensus c = {.m = 0};
    cocreate_status status = COCREATE_OK;
    if (cost == NULL)
        status = cci_no_memory(error);
    for (size_t i = 0; i < m && cost != NULL; i++)
        for (size_t j = 0; j < m; j++)
            cost[i * m + j] = cci_majority_beats(votes, m, j, i);
    if (status == COCREATE_OK)
        status = cci_consensus_open(run, cost, &c, error);
    if (status == COCREATE_OK)
        finish(run, &c, votes);
    cci_consensus_close(&c, a);
    cci_free(a, votes);
    cci_free(a, cost);
    return status;
}

const cci_method cci_method_slater = {
    .name = "slater",
    .title = "Slater: all rankings that reverse the fewest majorities",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .condorcet = 1,
    .tally = COCREATE_TALLY_PAIRS,
    .complexity = "O(ballots * options^2), and O(2^n n) for each n <= 20 options that circles of "
                  "majorities or ties join; up to 64 as far as 2,097,152 sets go",
    .source = "Slater, Inconsistencies in a schedule of paired comparisons, Biometrika 48 (1961); "
              "Handbook of Computational Social Choice (2016), 3.3.2",
    .run = run_slater,
};
