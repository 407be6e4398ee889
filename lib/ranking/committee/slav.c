/* Sainte-Lague approval voting: the i-th approved member is worth 1/(2i - 1). */
#include "ranking/committee/thiele.h"

enum { ALGORITHM };

static const cci_option_spec options[] = {
    {"algorithm", CCI_OPTION_CHOICE, cci_thiele_algorithms, 0, 0, 0, cci_thiele_algorithm_about},
};

static cocreate_status points(const void *state, size_t i, cci_rational *out,
                              cocreate_error *error)
{
    (void)state;
    return cci_rational_set_i64(out, 1, 2 * (int64_t)i - 1, error);
}

static cocreate_status run_slav(cci_run *run, cocreate_error *error)
{
    return cci_thiele_run(run, (cci_algorithm)run->options[ALGORITHM].integer, points, NULL, error);
}

const cci_method cci_method_slav = {
    .name = "slav",
    .title = "Sainte-Lague approval voting: a voter's i-th member counts 1/(2i - 1)",
    .evidence = CCI_TAKES(COCREATE_BALLOT_APPROVAL),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .parallel = 1,
    .elects = CCI_ELECTS_COMMITTEE,
    .chain = "id",
    .complexity = "seq and revseq: O(approvals * longest ballot + rounds * options); exact: "
                  "exponential, at most 10^10 steps",
    .source = "Lackner & Skowron, Utilitarian welfare and representation guarantees of approval-based "
              "multiwinner rules, Artificial Intelligence 288 (2020)",
    .run = run_slav,
};
