/* Warren's method: as Meek's, but an elected candidate takes the same price from every ballot that
 * still has it, instead of the same part. Hill & Warren, Meek versus Warren, Voting matters 20
 * (2005). */
#include "ranking/stv/iterate.h"

enum { DECIMALS, OMEGA };

static const cci_option_spec options[] = {
    {"decimals", CCI_OPTION_INTEGER, NULL, 1, CCI_KEEP_DECIMALS_MAX, 9,
     "of prices, weights and quota"},
    {"omega", CCI_OPTION_INTEGER, NULL, 1, CCI_KEEP_DECIMALS_MAX, 6,
     "the iteration ends when the surplus is below 10^-omega"},
};

static cocreate_status run_warren(cci_run *run, cocreate_error *error)
{
    int decimals = (int)run->options[DECIMALS].integer, omega = (int)run->options[OMEGA].integer;
    const cci_iteration rule = {
        .decimals = decimals,
        .omega = cci_power_of_ten(omega < decimals ? decimals - omega : 0),
        .keep = CCI_KEEP_AT_MOST,
        .tie_by_surplus = 1,
        .look = CCI_LOOK_NOWHERE,
    };
    return cci_iterate(run, &rule, error);
}

const cci_method cci_method_stv_warren = {
    .name = "stv_warren",
    .title = "Single transferable vote by Warren's method",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .elects = CCI_ELECTS_COMMITTEE,
    .chain = "id",
    .complexity = "O(ranked options + iterations * groups of ballots that rank the same elected "
                  "before the same hopeful)",
    .source = "Hill & Warren, Meek versus Warren, Voting matters 20 (2005)",
    .run = run_warren,
};
