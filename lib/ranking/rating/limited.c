/* Limited voting. */
#include "ranking/rating/top_votes.h"

enum { VOTES };

static const cci_option_spec options[] = {
    {"votes", CCI_OPTION_INTEGER, NULL, 1, COCREATE_OPTIONS_MAX, 0,
     "votes of each voter, fewer than seats; without it one fewer than seats, and at least one"},
};

static cocreate_status run_limited(cci_run *run, cocreate_error *error)
{
    int64_t votes = run->options[VOTES].integer;
    if (votes < 1)
        votes = run->seats > 1 ? run->seats - 1 : 1;
    if (votes > run->seats)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "$.votes: %lld votes for %lld seat%s; limited voting has fewer votes than "
                        "seats",
                        (long long)votes, (long long)run->seats, run->seats == 1 ? "" : "s");
    return cci_top_votes(run, votes, error);
}

const cci_method cci_method_limited = {
    .name = "limited",
    .title = "Limited vote: fewer votes each than there are seats",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING) | CCI_TAKES(COCREATE_BALLOT_APPROVAL),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .complexity = "O(votes + options log options)",
    .source = "Amy, Behind the Ballot Box: A Citizen's Guide to Voting Systems (2000), limited voting",
    .run = run_limited,
};
