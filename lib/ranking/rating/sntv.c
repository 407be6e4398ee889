/* The single non-transferable vote. */
#include "ranking/rating/top_votes.h"

static cocreate_status run_sntv(cci_run *run, cocreate_error *error)
{
    return cci_top_votes(run, 1, error);
}

const cci_method cci_method_sntv = {
    .name = "sntv",
    .title = "Single non-transferable vote: one vote each, the most votes win the seats",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING) | CCI_TAKES(COCREATE_BALLOT_APPROVAL),
    .exact = 1,
    .complexity = "O(ballots + options log options)",
    .source = "Elkind, Faliszewski, Skowron & Slinko, Properties of multiwinner voting rules, Social "
              "Choice and Welfare 48 (2017), 2.2",
    .run = run_sntv,
};
