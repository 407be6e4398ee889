/* Approval voting for committees. */
#include "ranking/committee/separable.h"

static cocreate_status run_av(cci_run *run, cocreate_error *error)
{
    const cci_electorate *e = run->electorate;
    for (size_t i = 0; i < e->candidates; i++)
        cci_value_set(&run->allocator, &run->standings[i].score, 0, 1);
    for (size_t b = 0; b < e->ballots; b++)
        for (size_t i = e->start[b]; i < e->start[b + 1]; i++)
            run->standings[e->options[i]].score.num += e->weights[b];
    run->swing = 1;
    return cci_elect_by_score(run, error);
}

const cci_method cci_method_av = {
    .name = "av",
    .title = "Approval voting: those that most voters approve",
    .evidence = CCI_TAKES(COCREATE_BALLOT_APPROVAL),
    .exact = 1,
    .parallel = 1,
    .elects = CCI_ELECTS_COMMITTEE,
    .chain = "id",
    .complexity = "O(approvals + options log options)",
    .source = "Brams & Fishburn, Approval Voting (1978); Lackner & Skowron, Multi-Winner Voting "
              "with Approval Preferences (2023), 2.2",
    .run = run_av,
};
