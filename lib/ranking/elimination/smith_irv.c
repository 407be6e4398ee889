/* Instant runoff among the members of the Smith set. */
#include "ranking/elimination/process.h"

enum { ELIMINATION, UNRANKED };

static const cci_option_spec options[] = {CCI_ELIMINATION_OPTION, CCI_UNRANKED_OPTION};

/* The Smith set is that of all who run. */
static cocreate_status look(cci_process *p, cocreate_error *error)
{
    size_t outside = 0;
    for (uint32_t o = 0; o < p->run->roster->count; o++)
        outside += p->continuing[o] && !p->marks[o];
    if (outside == 0)
        return cci_process_fewest(p, error);
    CCI_TRY(cci_process_votes(p, error));
    cci_process_group(p, p->marks, 0, CCI_ALL_LEAVE, "outside the Smith set");
    return COCREATE_OK;
}

static const cci_rule rule = {.with = " with ", .unit = " votes", .votes = 1, .pairwise = 1, .choice = 1,
                              .unranked = UNRANKED + 1, .smith = 1, .safe = 1, .look = look};

static cocreate_status run_smith_irv(cci_run *run, cocreate_error *error)
{
    return cci_process_run(run, &rule, error);
}

const cci_method cci_method_smith_irv = {
    .name = "smith_irv",
    .title = "Instant runoff among the Smith set",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .parallel = 1,
    .condorcet = 1,
    .complexity = "O(ballots * options^2 / 2 + rounds * options); every order: O(ranked options) for "
                  "each of at most 65,536 sets",
    .source = "Green-Armytage, Four Condorcet-Hare hybrid methods for single-winner elections, "
              "Voting matters 29 (2011)",
    .run = run_smith_irv,
};
