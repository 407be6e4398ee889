/* Supplementary vote: as two rounds, and a ballot has two preferences. */
#include "ranking/elimination/runoff.h"

enum { PREFERENCES };

static const cci_option_spec options[] = {
    {"preferences", CCI_OPTION_INTEGER, NULL, 1, COCREATE_OPTIONS_MAX, 2,
     "how many ranks of a ballot count; with as many as there are options it is the contingent "
     "vote"},
};

static cocreate_status run_supplementary(cci_run *run, cocreate_error *error)
{
    return cci_runoff_run(run, run->options[PREFERENCES].integer, error);
}

const cci_method cci_method_supplementary = {
    .name = "supplementary",
    .title = "Supplementary vote: a runoff of the first two, with two preferences a ballot",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .parallel = 1,
    .complexity = "O(ranked options + options log options); ties for the runoff: O(ranked options + "
                  "options) for each of at most 65,536 pairs",
    .source = "Greater London Authority Act 1999, schedule 2, part I",
    .run = run_supplementary,
};
