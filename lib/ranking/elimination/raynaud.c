/* Raynaud: the loser of the largest majority leaves, as long as there is a majority. */
#include "ranking/elimination/process.h"
#include "ranking/majority.h"

enum { ELIMINATION, STRENGTH, UNRANKED };
enum { MARGINS, WINNING_VOTES };

static const char *const strengths[] = {"margins", "winning_votes", NULL};

static const cci_option_spec options[] = {
    CCI_ELIMINATION_OPTION,
    {"strength", CCI_OPTION_CHOICE, strengths, 0, 0, 0,
     "how large a majority is: those for it less those against it, or only those for it"},
    CCI_UNRANKED_OPTION,
};

/* The largest majority against an option. */
static int64_t worst_defeat(const cci_process *p, size_t o)
{
    size_t m = p->run->roster->count;
    int margins = p->run->options[STRENGTH].integer == MARGINS;
    int64_t worst = 0;
    for (size_t x = 0; x < m; x++) {
        if (!p->continuing[x] || !cci_majority_beats(p->matrix, m, x, o))
            continue;
        int64_t against = p->matrix[x * m + o], with = margins ? p->matrix[o * m + x] : 0;
        worst = against - with > worst ? against - with : worst;
    }
    return worst;
}

static cocreate_status look(cci_process *p, cocreate_error *error)
{
    const cocreate_allocator *a = &p->run->allocator;
    int64_t worst = 0;
    for (size_t o = 0; o < p->run->roster->count; o++) {
        if (!p->continuing[o]) {
            cci_value_clear(a, &p->scores[o]);
            continue;
        }
        int64_t defeat = worst_defeat(p, o);
        cci_value_set(a, &p->scores[o], defeat, 1);
        worst = defeat > worst ? defeat : worst;
    }
    if (worst > 0)
        return cci_process_last(p, -1, error);
    cci_process_group(p, p->continuing, 1, CCI_WINNERS, "nobody who is left loses to another");
    return COCREATE_OK;
}

static const cci_rule rule = {.with = " with a worst defeat of ", .unit = "", .pairwise = 1, .choice = 1,
                              .unranked = UNRANKED + 1, .look = look};

static cocreate_status run_raynaud(cci_run *run, cocreate_error *error)
{
    return cci_process_run(run, &rule, error);
}

const cci_method cci_method_raynaud = {
    .name = "raynaud",
    .title = "Raynaud: the loser of the largest majority leaves, repeatedly",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .parallel = 1,
    .condorcet = 1,
    .tally = COCREATE_TALLY_PAIRS,
    .complexity = "O(ballots * options^2 / 2 + options^3); every order: O(options^2) for each of at most "
                  "65,536 sets",
    .source = "Arrow & Raynaud, Social Choice and Multicriterion Decision-Making (1986)",
    .run = run_raynaud,
};
