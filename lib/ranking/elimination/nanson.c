/* Nanson: all below the mean of the Borda points leave at once. */
#include "ranking/elimination/points.h"

enum { UNRANKED, VARIANT };
enum { STRICT, WEAK };

static const char *const variants[] = {"strict", "weak", NULL};

static const cci_option_spec options[] = {
    CCI_UNRANKED_OPTION,
    {"variant", CCI_OPTION_CHOICE, variants, 0, 0, 0,
     "who leaves: those below the mean, or those below or at it, as long as someone is above"},
};

/* The mean is where preferences for an option and against it are as many. */
static cocreate_status look(cci_process *p, cocreate_error *error)
{
    int weak = p->run->options[VARIANT].integer == WEAK;
    size_t leaving = 0;
    CCI_TRY(cci_points_count(p, error));
    for (uint32_t o = 0; o < p->run->roster->count; o++) {
        int64_t net = p->continuing[o] ? cci_points_net(p, o) : 0;
        p->scratch[o] = p->continuing[o] && (net < 0 || (weak && net == 0));
        leaving += p->scratch[o];
    }
    if (leaving > 0 && leaving < p->size)
        cci_process_group(p, p->scratch, 1, CCI_ALL_LEAVE,
                          weak ? "not more Borda points than the mean"
                               : "fewer Borda points than the mean");
    else
        cci_process_group(p, p->continuing, 1, CCI_WINNERS, "all have the same Borda points");
    return COCREATE_OK;
}

static const cci_rule rule = {.with = " with ", .unit = " Borda points", .pairwise = 1,
                              .unranked = UNRANKED + 1, .open = cci_points_open,
                              .close = cci_points_close, .look = look};

static cocreate_status run_nanson(cci_run *run, cocreate_error *error)
{
    return cci_process_run(run, &rule, error);
}

const cci_method cci_method_nanson = {
    .name = "nanson",
    .title = "Nanson: all below the mean of the Borda points leave, round by round",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .condorcet = 1,
    .tally = COCREATE_TALLY_PAIRS,
    .complexity = "O(ballots * options^2 / 2 + options^2)",
    .source = "Nanson, Methods of election (1882), for variant=weak; Schwartz, The Logic of "
              "Collective Choice (1986), for strict; Niou, A note on Nanson's rule (1987)",
    .run = run_nanson,
};
