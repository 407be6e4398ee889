/* Chamberlin-Courant for approvals: voters count who have an approved member. */
#include "ranking/committee/thiele.h"

enum { ALGORITHM };
enum { SEQ, EXACT };

static const char *const algorithms[] = {"seq", "exact", NULL};

static const cci_option_spec options[] = {
    {"algorithm", CCI_OPTION_CHOICE, algorithms, 0, 0, 0,
     "seq: round by round the option joins that most voters without an approved member approve; "
     "exact: the committee that most voters approve a member of, by branch and bound"},
};

static cocreate_status points(const void *state, size_t i, cci_rational *out,
                              cocreate_error *error)
{
    (void)state;
    return cci_rational_set_i64(out, i == 1, 1, error);
}

static cocreate_status run_cc(cci_run *run, cocreate_error *error)
{
    cci_algorithm algorithm = run->options[ALGORITHM].integer == SEQ ? CCI_SEQ : CCI_EXACT;
    return cci_thiele_run(run, algorithm, points, NULL, error);
}

const cci_method cci_method_cc = {
    .name = "cc",
    .title = "Chamberlin-Courant: the most voters with an approved member",
    .evidence = CCI_TAKES(COCREATE_BALLOT_APPROVAL),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .parallel = 1,
    .elects = CCI_ELECTS_COMMITTEE,
    .chain = "id",
    .complexity = "seq: O(approvals * longest ballot + seats * options); exact: exponential, at "
                  "most 10^10 steps",
    .source = "Chamberlin & Courant, Representative deliberations and representative decisions, "
              "American Political Science Review 77 (1983); Thiele (1895) for approvals; Lackner & "
              "Skowron, Multi-Winner Voting with Approval Preferences (2023), 2.2 and 2.3",
    .run = run_cc,
};
