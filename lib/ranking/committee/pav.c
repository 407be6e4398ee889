/* Proportional approval voting: the i-th approved member is worth 1/i. */
#include "ranking/committee/thiele.h"

enum { ALGORITHM };

static const cci_option_spec options[] = {
    {"algorithm", CCI_OPTION_CHOICE, cci_thiele_algorithms, 0, 0, 0, cci_thiele_algorithm_about},
};

static cocreate_status points(const void *state, size_t i, cci_rational *out,
                              cocreate_error *error)
{
    (void)state;
    return cci_rational_set_i64(out, 1, (int64_t)i, error);
}

static cocreate_status run_pav(cci_run *run, cocreate_error *error)
{
    return cci_thiele_run(run, (cci_algorithm)run->options[ALGORITHM].integer, points, NULL, error);
}

const cci_method cci_method_pav = {
    .name = "pav",
    .title = "Proportional approval voting: a voter's i-th member counts 1/i",
    .evidence = CCI_TAKES(COCREATE_BALLOT_APPROVAL),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .parallel = 1,
    .elects = CCI_ELECTS_COMMITTEE,
    .chain = "id",
    .complexity = "seq and revseq: O(approvals * longest ballot + rounds * options); exact: "
                  "exponential, at most 10^10 steps",
    .source = "Thiele, Om Flerfoldsvalg (1895); Lackner & Skowron, Multi-Winner Voting with "
              "Approval Preferences (2023), 2.2 and 2.3",
    .run = run_pav,
};
