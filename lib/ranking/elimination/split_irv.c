/* Split instant runoff: options that share a rank share its vote. The same count as irv, under the
 * name that tells it from approval_irv. */
#include "ranking/elimination/process.h"

static const cci_option_spec options[] = {CCI_ELIMINATION_OPTION};

static const cci_rule rule = {.with = " with ", .unit = " votes", .votes = 1, .choice = 1, .safe = 1,
                              .look = cci_process_fewest};

static cocreate_status run_split_irv(cci_run *run, cocreate_error *error)
{
    return cci_process_run(run, &rule, error);
}

const cci_method cci_method_split_irv = {
    .name = "split_irv",
    .title = "Instant runoff where equal ranks share their vote",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .parallel = 1,
    .complexity = "O(ranked options + rounds * options); every order: O(ranked options) for each "
                  "of at most 65,536 sets",
    .source = "Delemazure & Peters, Generalizing Instant Runoff Voting to Allow for Indifferences "
              "(2024)",
    .run = run_split_irv,
};
