/* Tideman's alternative: by turns, all outside the Smith set leave, and the fewest first places. */
#include "ranking/elimination/process.h"
#include "ranking/majority.h"

enum { ELIMINATION, UNRANKED, VARIANT };
enum { SMITH, SCHWARTZ };

static const char *const variants[] = {"smith", "schwartz", NULL};

static const cci_option_spec options[] = {
    CCI_ELIMINATION_OPTION,
    CCI_UNRANKED_OPTION,
    {"variant", CCI_OPTION_CHOICE, variants, 0, 0, 0,
     "the set whose outsiders leave: the Smith or the Schwartz set of those who continue"},
};

static cocreate_status look(cci_process *p, cocreate_error *error)
{
    const cocreate_allocator *a = &p->run->allocator;
    size_t m = p->run->roster->count, outside = 0;
    int smith = p->run->options[VARIANT].integer == SMITH;
    CCI_TRY((smith ? cci_majority_smith : cci_majority_schwartz)(a, p->matrix, m, p->continuing,
                                                                 p->scratch, error));
    for (size_t o = 0; o < m; o++)
        outside += p->continuing[o] && !p->scratch[o];
    if (outside == 0)
        return cci_process_fewest(p, error);
    CCI_TRY(cci_process_votes(p, error));
    cci_process_group(p, p->scratch, 0, CCI_ALL_LEAVE,
                      smith ? "outside the Smith set" : "outside the Schwartz set");
    return COCREATE_OK;
}

static const cci_rule rule = {.with = " with ", .unit = " votes", .votes = 1, .pairwise = 1, .choice = 1,
                              .unranked = UNRANKED + 1, .look = look};

static cocreate_status run_tideman_alternative(cci_run *run, cocreate_error *error)
{
    return cci_process_run(run, &rule, error);
}

const cci_method cci_method_tideman_alternative = {
    .name = "tideman_alternative",
    .title = "Tideman's alternative: outsiders of the Smith set leave, then the fewest first places",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .parallel = 1,
    .condorcet = 1,
    .complexity = "O(ballots * options^2 / 2 + options^3); every order: O(ranked options + options^2) "
                  "for each of at most 65,536 sets",
    .source = "Tideman, Collective Decisions and Voting (2006), 232; Green-Armytage, Four "
              "Condorcet-Hare hybrid methods for single-winner elections, Voting matters 29 (2011)",
    .run = run_tideman_alternative,
};
