/* Lexicographic minimax approval voting: the largest distance first, then the second largest, and so
 * on. */
#include "ranking/committee/distances.h"

static cocreate_status run_lexmin_minimax_av(cci_run *run, cocreate_error *error)
{
    return cci_distances_run(run, 1, error);
}

const cci_method cci_method_lexmin_minimax_av = {
    .name = "lexmin_minimax_av",
    .title = "Lexicographic minimax approval: the smallest largest distance, then the next",
    .evidence = CCI_TAKES(COCREATE_BALLOT_APPROVAL),
    .exact = 1,
    .parallel = 1,
    .elects = CCI_ELECTS_COMMITTEE,
    .chain = "id",
    .complexity = "exponential, at most 10^10 steps",
    .source = "Lackner & Skowron, Multi-Winner Voting with Approval Preferences (2023), remark 2",
    .run = run_lexmin_minimax_av,
};
