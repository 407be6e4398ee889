/* Baldwin: the fewest Borda points leave, round by round. */
#include "ranking/elimination/points.h"

enum { ELIMINATION, UNRANKED };

static const cci_option_spec options[] = {CCI_ELIMINATION_OPTION, CCI_UNRANKED_OPTION};

static cocreate_status look(cci_process *p, cocreate_error *error)
{
    CCI_TRY(cci_points_count(p, error));
    return cci_process_last(p, 1, error);
}

static const cci_rule rule = {.with = " with ", .unit = " Borda points", .pairwise = 1, .choice = 1,
                              .unranked = UNRANKED + 1, .open = cci_points_open,
                              .close = cci_points_close, .look = look};

static cocreate_status run_baldwin(cci_run *run, cocreate_error *error)
{
    return cci_process_run(run, &rule, error);
}

const cci_method cci_method_baldwin = {
    .name = "baldwin",
    .title = "Baldwin: the fewest Borda points leave, round by round",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .parallel = 1,
    .condorcet = 1,
    .tally = COCREATE_TALLY_PAIRS,
    .complexity = "O(ballots * options^2 / 2 + options^2); every order: O(options^2) for each of at most "
                  "65,536 sets",
    .source = "Baldwin, The technique of the Nanson preferential majority system of election (1926); "
              "Brandt et al., Handbook of Computational Social Choice (2016), 2.4",
    .run = run_baldwin,
};
