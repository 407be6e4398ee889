/* Approval voting: the weight of the ballots that approve. */
#include "ranking/ties.h"
#include "ranking/write.h"

static cocreate_status run_approval(cci_run *run, cocreate_error *error)
{
    const cci_electorate *e = run->electorate;
    for (size_t i = 0; i < e->candidates; i++)
        cci_value_set(&run->allocator, &run->standings[i].score, 0, 1);
    for (size_t b = 0; b < e->ballots; b++)
        for (size_t i = e->start[b]; i < e->start[b + 1]; i++)
            run->standings[e->options[i]].score.num += e->weights[b];
    cci_buffer_format(&run->trace, "\"blank\":\"%lld\"", (long long)e->blank);
    run->swing = 1;
    return cci_place_by_score(run, error);
}

const cci_method cci_method_approval = {
    .name = "approval",
    .title = "Approval: the most ballots that approve",
    .evidence = CCI_TAKES(COCREATE_BALLOT_APPROVAL),
    .exact = 1,
    .tally = COCREATE_TALLY_VALUES,
    .complexity = "O(approvals + options log options)",
    .source = "Brams & Fishburn, Approval Voting, American Political Science Review 72 (1978)",
    .run = run_approval,
};
