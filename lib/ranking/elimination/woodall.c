/* Woodall: instant runoff until one member of the Smith set is left. */
#include "ranking/elimination/process.h"

enum { ELIMINATION, UNRANKED };

static const cci_option_spec options[] = {CCI_ELIMINATION_OPTION, CCI_UNRANKED_OPTION};

/* The Smith set is that of all who run. Where all of its last members leave together, they win
 * together. */
static cocreate_status look(cci_process *p, cocreate_error *error)
{
    size_t members = 0, leaving = 0;
    for (uint32_t o = 0; o < p->run->roster->count; o++)
        members += p->continuing[o] && p->marks[o];
    CCI_TRY(cci_process_fewest(p, error));
    for (size_t i = 0; i < p->n; i++)
        leaving += p->marks[p->group[i]];
    if (members == 1)
        cci_process_group(p, p->marks, 1, CCI_WINNERS, "the only one left of the Smith set");
    else if (p->together && leaving == members)
        cci_process_group(p, p->marks, 1, CCI_WINNERS,
                          "they would leave together, the last of the Smith set");
    return COCREATE_OK;
}

static const cci_rule rule = {.with = " with ", .unit = " votes", .votes = 1, .pairwise = 1, .choice = 1,
                              .unranked = UNRANKED + 1, .smith = 1, .look = look};

static cocreate_status run_woodall(cci_run *run, cocreate_error *error)
{
    return cci_process_run(run, &rule, error);
}

const cci_method cci_method_woodall = {
    .name = "woodall",
    .title = "Woodall: instant runoff until one member of the Smith set is left",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .parallel = 1,
    .condorcet = 1,
    .complexity = "O(ballots * options^2 / 2 + rounds * options); every order: O(ranked options) for "
                  "each of at most 65,536 sets",
    .source = "Green-Armytage, Four Condorcet-Hare hybrid methods for single-winner elections, "
              "Voting matters 29 (2011); Woodall, Four Condorcet-Hare hybrid methods, CNTT, EAR "
              "(2003)",
    .run = run_woodall,
};
