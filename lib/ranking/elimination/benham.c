/* Benham: instant runoff until someone beats all who are left. */
#include "ranking/elimination/process.h"
#include "ranking/majority.h"

enum { ELIMINATION, UNRANKED };

static const cci_option_spec options[] = {CCI_ELIMINATION_OPTION, CCI_UNRANKED_OPTION};

static cocreate_status look(cci_process *p, cocreate_error *error)
{
    size_t winner = cci_majority_winner(p->matrix, p->run->roster->count, p->continuing);
    if (winner == SIZE_MAX)
        return cci_process_fewest(p, error);
    CCI_TRY(cci_process_votes(p, error));
    cci_process_single(p, (uint32_t)winner, CCI_WINNERS, "beats everyone who is left");
    return COCREATE_OK;
}

static const cci_rule rule = {.with = " with ", .unit = " votes", .votes = 1, .pairwise = 1, .choice = 1,
                              .unranked = UNRANKED + 1, .look = look};

static cocreate_status run_benham(cci_run *run, cocreate_error *error)
{
    return cci_process_run(run, &rule, error);
}

const cci_method cci_method_benham = {
    .name = "benham",
    .title = "Benham: instant runoff until someone beats all who are left",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .parallel = 1,
    .condorcet = 1,
    .complexity = "O(ballots * options^2 / 2 + rounds * options); every order: O(ranked options) for "
                  "each of at most 65,536 sets",
    .source = "Green-Armytage, Four Condorcet-Hare hybrid methods for single-winner elections, "
              "Voting matters 29 (2011)",
    .run = run_benham,
};
