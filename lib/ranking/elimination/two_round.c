/* Two rounds: more than half of the first places, or a runoff of the first two. */
#include "ranking/elimination/runoff.h"

static cocreate_status run_two_round(cci_run *run, cocreate_error *error)
{
    return cci_runoff_run(run, 0, error);
}

const cci_method cci_method_two_round = {
    .name = "two_round",
    .title = "Two rounds: a runoff of the two options with the most first places",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .exact = 1,
    .parallel = 1,
    .complexity = "O(ranked options + options log options); ties for the runoff: O(ranked options + "
                  "options) for each of at most 65,536 pairs",
    .source = "Brandt et al., Handbook of Computational Social Choice (2016), 2.4 (plurality with "
              "runoff)",
    .run = run_two_round,
};
