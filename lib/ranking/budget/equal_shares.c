/* The method of equal shares: every voter has the same money, and supporters share prices equally.
 * What that leaves is spent, if wanted, by a completion. */
#include "ranking/budget/equal_shares.h"

static const cci_option_spec options[] = {
    {"completion", CCI_OPTION_CHOICE, cci_completions, 0, 0, -1,
     "what spends the rest: none; greedy by satisfaction per cost; add1: more money for every "
     "voter, step by step, as long as the budget bears what is bought; add1u: add1, then greedy; "
     "phragmen: sequential Phragmen, where voters begin with what they have left. Default: none "
     "for a budget, phragmen for a committee"},
    CCI_EQUAL_SHARES_OPTIONS,
};

static cocreate_status run_equal_shares(cci_run *run, cocreate_error *error)
{
    return cci_equal_shares_run(run, 0, error);
}

const cci_method cci_method_equal_shares = {
    .name = "equal_shares",
    .title = "Method of equal shares: supporters share prices equally, out of equal money",
    .evidence = CCI_TAKES(COCREATE_BALLOT_APPROVAL) | CCI_TAKES(COCREATE_BALLOT_RANKING) |
                CCI_TAKES(COCREATE_BALLOT_SCORE) | CCI_TAKES(COCREATE_BALLOT_POINTS),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .parallel = 1,
    .elects = CCI_ELECTS_COMMITTEE | CCI_ELECTS_BUDGET,
    .chain = "id",
    .complexity = "O(approvals * bought) at worst, with lazy bounds mostly O(approvals * ballot "
                  "length); as often as there are increments with add1",
    .source = "Peters, Pierczynski & Skowron, Proportional Participatory Budgeting with Additive "
              "Utilities (2021); Peters & Skowron, Proportionality and the Limits of Welfarism "
              "(2020), for committees",
    .run = run_equal_shares,
};
