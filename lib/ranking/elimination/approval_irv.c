/* Approval instant runoff: an option has the votes of all ballots that rank it in front, alone or
 * beside others. */
#include "ranking/elimination/process.h"

static const cci_option_spec options[] = {CCI_ELIMINATION_OPTION};

static const cci_rule rule = {.with = " with ", .unit = " votes", .votes = 1, .each = 1, .choice = 1,
                              .safe = 1, .look = cci_process_fewest};

static cocreate_status run_approval_irv(cci_run *run, cocreate_error *error)
{
    return cci_process_run(run, &rule, error);
}

const cci_method cci_method_approval_irv = {
    .name = "approval_irv",
    .title = "Instant runoff where equal ranks count in full for each option",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .parallel = 1,
    .complexity = "O(ranked options + rounds * options); every order: O(ranked options) for each "
                  "of at most 65,536 sets",
    .source = "Delemazure & Peters, Generalizing Instant Runoff Voting to Allow for Indifferences "
              "(2024)",
    .run = run_approval_irv,
};
