/* Any of Thiele's methods: the worth of a voter's first, second, .. approved member is given. */
#include "ranking/committee/thiele.h"

enum { ALGORITHM, SCORES };

static const cci_option_spec options[] = {
    {"algorithm", CCI_OPTION_CHOICE, cci_thiele_algorithms, 0, 0, 0, cci_thiele_algorithm_about},
    {"scores", CCI_OPTION_NUMBERS, NULL, 1, 1000, 0,
     "what a voter's first, second, .. approved member counts, each at least 0; 0 beyond the list; "
     "1, 1/2, 1/3, .. if not given"},
};

static cocreate_status points(const void *state, size_t i, cci_rational *out,
                              cocreate_error *error)
{
    const cci_option_value *scores = state;
    if (scores->count == 0)
        return cci_rational_set_i64(out, 1, (int64_t)i, error);
    if (i > scores->count)
        return cci_rational_set_i64(out, 0, 1, error);
    return cci_rational_copy(out, &scores->numbers[i - 1], error);
}

static cocreate_status run_thiele(cci_run *run, cocreate_error *error)
{
    const cci_option_value *scores = &run->options[SCORES];
    for (size_t i = 0; i < scores->count; i++)
        if (cci_rational_sign(&scores->numbers[i]) < 0)
            return cci_fail(error, COCREATE_ERR_SCHEMA, "$.scores[%zu]: expected at least 0", i);
    return cci_thiele_run(run, (cci_algorithm)run->options[ALGORITHM].integer, points, scores,
                          error);
}

const cci_method cci_method_thiele = {
    .name = "thiele",
    .title = "Thiele's methods: a voter's i-th member counts what is given",
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
    .run = run_thiele,
};
