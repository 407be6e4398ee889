/* Minimax approval voting: the largest distance from a ballot is as small as can be. */
#include "ranking/committee/distances.h"

static cocreate_status run_minimax_av(cci_run *run, cocreate_error *error)
{
    return cci_distances_run(run, 0, error);
}

const cci_method cci_method_minimax_av = {
    .name = "minimax_av",
    .title = "Minimax approval voting: the smallest largest distance from a ballot",
    .evidence = CCI_TAKES(COCREATE_BALLOT_APPROVAL),
    .exact = 1,
    .parallel = 1,
    .elects = CCI_ELECTS_COMMITTEE,
    .chain = "id",
    .complexity = "exponential, at most 10^10 steps",
    .source = "Brams, Kilgour & Sanver, A minimax procedure for electing committees, Public Choice "
              "132 (2007), without weights by the number of equal ballots",
    .run = run_minimax_av,
};
