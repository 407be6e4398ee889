/* Exact equal shares: all who pay for a project pay the same, and who cannot does not pay at all. */
#include "ranking/budget/equal_shares.h"

/* The first of cci_completions. Not phragmen: supporters may have more left together than a project
 * costs, and then its load would be below theirs. */
static const char *const completions[] = {"none", "greedy", "add1", "add1u", NULL};

static const cci_option_spec options[] = {
    {"completion", CCI_OPTION_CHOICE, completions, 0, 0, 0,
     "what spends the rest: none; greedy by satisfaction per cost; add1: more money for every "
     "voter, step by step, as long as the budget bears what is bought; add1u: add1, then greedy"},
    CCI_EQUAL_SHARES_OPTIONS,
};

static cocreate_status run_exact_equal_shares(cci_run *run, cocreate_error *error)
{
    return cci_equal_shares_run(run, 1, error);
}

const cci_method cci_method_exact_equal_shares = {
    .name = "exact_equal_shares",
    .title = "Exact equal shares: who pays for a project pays as much as all others who do",
    .evidence = CCI_TAKES(COCREATE_BALLOT_APPROVAL),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .parallel = 1,
    .elects = CCI_ELECTS_COMMITTEE | CCI_ELECTS_BUDGET,
    .chain = "id",
    .complexity = "as equal_shares",
    .source = "Kraiczy, Robinson & Elkind, Streamlining Equal Shares (2025)",
    .run = run_exact_equal_shares,
};
