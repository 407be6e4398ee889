/* Whoever loses to everyone who is left leaves, as long as there is such a loser. */
#include "ranking/elimination/process.h"
#include "ranking/majority.h"

enum { UNRANKED };

static const cci_option_spec options[] = {CCI_UNRANKED_OPTION};

static cocreate_status look(cci_process *p, cocreate_error *error)
{
    size_t loser = cci_majority_loser(p->matrix, p->run->roster->count, p->continuing);
    (void)error;
    if (loser != SIZE_MAX && p->size > 1)
        cci_process_single(p, (uint32_t)loser, CCI_ALL_LEAVE, "loses to everyone who is left");
    else
        cci_process_group(p, p->continuing, 1, CCI_WINNERS, "nobody loses to all the others");
    return COCREATE_OK;
}

static const cci_rule rule = {.pairwise = 1, .unranked = UNRANKED + 1, .look = look};

static cocreate_status run_iterated_removal_condorcet_loser(cci_run *run, cocreate_error *error)
{
    return cci_process_run(run, &rule, error);
}

const cci_method cci_method_iterated_removal_condorcet_loser = {
    .name = "iterated_removal_condorcet_loser",
    .title = "Condorcet losers leave one after the other",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .tally = COCREATE_TALLY_PAIRS,
    .complexity = "O(ballots * options^2 / 2 + options^2)",
    .source = "Holliday & Pacuit, pref_voting: Voting in Python (2023); the first stage of Daunou, "
              "Memoire sur les elections au scrutin (1803)",
    .run = run_iterated_removal_condorcet_loser,
};
