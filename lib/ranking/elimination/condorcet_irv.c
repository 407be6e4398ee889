/* The Condorcet winner, or else instant runoff. */
#include "ranking/elimination/process.h"
#include "ranking/majority.h"

enum { ELIMINATION, UNRANKED };

static const cci_option_spec options[] = {CCI_ELIMINATION_OPTION, CCI_UNRANKED_OPTION};

/* Of all who run: whoever is eliminated, the question is not asked again. */
static cocreate_status look(cci_process *p, cocreate_error *error)
{
    size_t m = p->run->roster->count, winner = SIZE_MAX;
    if (p->size == m)
        winner = cci_majority_winner(p->matrix, m, NULL);
    if (winner == SIZE_MAX)
        return cci_process_fewest(p, error);
    CCI_TRY(cci_process_votes(p, error));
    cci_process_single(p, (uint32_t)winner, CCI_WINNERS, "beats everyone else");
    return COCREATE_OK;
}

static const cci_rule rule = {.with = " with ", .unit = " votes", .votes = 1, .pairwise = 1, .choice = 1,
                              .unranked = UNRANKED + 1, .safe = 1, .look = look};

static cocreate_status run_condorcet_irv(cci_run *run, cocreate_error *error)
{
    return cci_process_run(run, &rule, error);
}

const cci_method cci_method_condorcet_irv = {
    .name = "condorcet_irv",
    .title = "The Condorcet winner, or else instant runoff",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .parallel = 1,
    .condorcet = 1,
    .complexity = "O(ballots * options^2 / 2 + rounds * options); every order: O(ranked options) for "
                  "each of at most 65,536 sets",
    .source = "Green-Armytage, Tideman & Cosman, Statistical evaluation of voting rules, Social "
              "Choice and Welfare 46 (2016): Condorcet-Hare",
    .run = run_condorcet_irv,
};
