/* Kemeny: the rankings that disagree least with the ballots. */
#include "ranking/optimal/consensus.h"

#include "base/checked.h"
#include "ranking/pairwise.h"

enum { UNRANKED };
enum { BOTTOM, IGNORED };

static const char *const unranked[] = {"bottom", "ignored", NULL};

static const cci_option_spec options[] = {
    {"unranked", CCI_OPTION_CHOICE, unranked, 0, 0, 0,
     "options a ballot leaves out: below all it ranks, or not compared"},
};

/* Any ranking disagrees with the smaller side of each pair; a ranking costs what it adds to that.
 * The sum of the smaller sides. */
static cocreate_status split_costs(const int64_t *votes, size_t m, int64_t *cost, int64_t *sure,
                                   cocreate_error *error)
{
    *sure = 0;
    for (size_t a = 0; a < m; a++)
        for (size_t b = 0; b < m; b++) {
            int64_t with = votes[a * m + b], against = votes[b * m + a];
            cost[a * m + b] = against > with ? against - with : 0;
            if (a < b && !cci_add_i64(*sure, with < against ? with : against, sure))
                return cci_fail(error, COCREATE_ERR_OVERFLOW,
                                "kemeny: the distance is more than 2^63 - 1");
        }
    return COCREATE_OK;
}

static cocreate_status finish(cci_run *run, const cci_consensus *c, const int64_t *votes,
                              int64_t sure, cocreate_error *error)
{
    char distance[24];
    int64_t sum;
    if (!cci_add_i64(sure, c->least, &sum))
        return cci_fail(error, COCREATE_ERR_OVERFLOW, "kemeny: the distance is more than 2^63 - 1");
    snprintf(distance, sizeof distance, "%lld", (long long)sum);
    cci_consensus_trace(run, c, votes, distance);
    cci_buffer_format(&run->notes,
                      "The nearest rankings disagree %s times with a ballot about two options.\n",
                      distance);
    cci_consensus_note(run, c);
    return COCREATE_OK;
}

static cocreate_status run_kemeny(cci_run *run, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    size_t m = run->roster->count;
    int64_t *votes = NULL, sure = 0;
    CCI_TRY(cci_pairwise(run, run->options[UNRANKED].integer == BOTTOM, &votes, error));
    int64_t *cost = cci_alloc(a, m * m, sizeof *cost);
    cci_consensus c = {.m = 0};
    cocreate_status status =
        cost != NULL ? split_costs(votes, m, cost, &sure, error) : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = cci_consensus_open(run, cost, &c, error);
    if (status == COCREATE_OK)
        status = finish(run, &c, votes, sure, error);
    cci_consensus_close(&c, a);
    cci_free(a, votes);
    cci_free(a, cost);
    return status;
}

const cci_method cci_method_kemeny = {
    .name = "kemeny",
    .title = "Kemeny: all rankings that disagree least with the ballots",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .condorcet = 1,
    .tally = COCREATE_TALLY_PAIRS,
    .complexity = "O(ballots * options^2), and O(2^n n) for each n <= 20 options that circles of "
                  "majorities or ties join; up to 64 as far as 2,097,152 sets go",
    .source = "Kemeny, Mathematics without numbers, Daedalus 88 (1959); Handbook of Computational "
              "Social Choice (2016), 4",
    .run = run_kemeny,
};
