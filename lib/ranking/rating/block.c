/* Block voting. */
#include "ranking/rating/top_votes.h"

static cocreate_status run_block(cci_run *run, cocreate_error *error)
{
    return cci_top_votes(run, run->seats, error);
}

const cci_method cci_method_block = {
    .name = "block",
    .title = "Block vote: as many votes each as there are seats",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING) | CCI_TAKES(COCREATE_BALLOT_APPROVAL),
    .exact = 1,
    .complexity = "O(votes + options log options)",
    .source = "Elkind, Faliszewski, Skowron & Slinko, Properties of multiwinner voting rules, Social "
              "Choice and Welfare 48 (2017), 2.2",
    .run = run_block,
};
