/* Instant runoff: round by round the option with the fewest first places leaves. */
#include "ranking/elimination/process.h"

enum { ELIMINATION, MINIMUM, OVERVOTE, UNTIL };
enum { LAST, MAJORITY };

static const char *const untils[] = {"last", "majority", NULL};

static const cci_option_spec options[] = {
    {"elimination", CCI_OPTION_CHOICE, cci_eliminations_batch, 0, 0, 0,
     CCI_ELIMINATION_ABOUT "; batch: as one, but all of the lowest that together have fewer votes "
                           "than the next leave at once"},
    {"minimum", CCI_OPTION_INTEGER, NULL, 0, (INT64_C(1) << 53) - 1, 0,
     "options with fewer votes leave at once, before any other"},
    CCI_OPTION_OVERVOTE,
    {"until", CCI_OPTION_CHOICE, untils, 0, 0, 0,
     "count until one is left, or until one has more than half of the continuing votes; the others "
     "are then placed by their votes"},
};

/* The largest batch: the lowest, as many as have fewer votes together than the next one; *found
 * says whether there are two or more. */
static cocreate_status find_batch(cci_process *p, int *found, cocreate_error *error)
{
    cci_rational *sum = &p->rounds.sum, *term = &p->rounds.term;
    size_t n = 0, batch = 0;
    for (uint32_t o = 0; o < p->run->roster->count; o++)
        if (p->continuing[o])
            p->group[n++] = o;
    CCI_TRY(cci_process_sort(p, p->group, n, error));
    CCI_TRY(cci_rational_set_i64(sum, 0, 1, error));
    for (size_t i = 0; i + 1 < n; i++) {
        int order;
        CCI_TRY(cci_value_get(&p->scores[p->group[i]], term, error));
        CCI_TRY(cci_rational_add(sum, term, sum, error));
        CCI_TRY(cci_value_get(&p->scores[p->group[i + 1]], term, error));
        CCI_TRY(cci_rational_compare(sum, term, &order, error));
        if (order < 0)
            batch = i + 1;
    }
    *found = batch > 1;
    p->n = batch;
    p->verdict = CCI_ALL_LEAVE;
    return COCREATE_OK;
}

/* Those with fewer votes than the minimum, unless nobody has any others. */
static cocreate_status find_below(cci_process *p, int *found, cocreate_error *error)
{
    cci_value minimum = {p->run->options[MINIMUM].integer, 1, NULL};
    p->n = 0;
    for (uint32_t o = 0; o < p->run->roster->count; o++) {
        int order = 0;
        if (p->continuing[o])
            CCI_TRY(cci_value_compare(&p->scores[o], &minimum, &order, error));
        if (order < 0)
            p->group[p->n++] = o;
    }
    if (p->n == p->size)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "$.minimum: nobody has %lld votes, so that nobody could win",
                        (long long)minimum.num);
    *found = p->n > 0;
    p->verdict = CCI_ALL_LEAVE;
    p->why = "fewer votes than the minimum";
    p->ordered = 1;
    return COCREATE_OK;
}

static cocreate_status look(cci_process *p, cocreate_error *error)
{
    const cci_run *run = p->run;
    uint32_t winner = CCI_NOBODY;
    int found = 0;
    CCI_TRY(cci_process_votes(p, error));
    CCI_TRY(cci_process_note_majority(p, p->scores, error));
    if (run->options[UNTIL].integer == MAJORITY)
        CCI_TRY(cci_process_majority(p, p->scores, &winner, error));
    if (winner != CCI_NOBODY) {
        cci_process_single(p, winner, CCI_WINNERS, "more than half of the continuing votes");
        p->ordered = 1;
        return COCREATE_OK;
    }
    if (run->options[MINIMUM].integer > 0 && p->size > 1)
        CCI_TRY(find_below(p, &found, error));
    if (found)
        return COCREATE_OK;
    if (run->options[ELIMINATION].integer == CCI_ELIMINATE_BATCH)
        CCI_TRY(find_batch(p, &found, error));
    if (!found)
        return cci_process_last(p, 1, error);
    p->why = "together they have fewer votes than anyone else";
    p->ordered = 1;
    return COCREATE_OK;
}

static const cci_rule rule = {.with = " with ", .unit = " votes", .votes = 1, .choice = 1,
                              .safe = 1, .look = look};

/* Who leaves together with others, and who before them, makes a difference to such ballots. */
static const cci_rule rule_ends = {.with = " with ", .unit = " votes", .votes = 1, .choice = 1,
                                   .ends = 1, .look = look};

static cocreate_status run_irv(cci_run *run, cocreate_error *error)
{
    int ends = run->options[OVERVOTE].integer == CCI_OVERVOTE_EXHAUST;
    if (ends && (run->chain.parallel || run->options[ELIMINATION].integer == CCI_ELIMINATE_PARALLEL))
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "$.overvote: with \"exhaust\" ballots tell in what order options left, so that "
                        "not all orders can be followed; give a chain of ties, such as id");
    return cci_process_run(run, ends ? &rule_ends : &rule, error);
}

const cci_method cci_method_irv = {
    .name = "irv",
    .title = "Instant runoff: the fewest first places leave, round by round",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .parallel = 1,
    .lean = 1,
    .complexity = "O(ranked options + rounds * options); every order: O(ranked options) for each "
                  "of at most 65,536 sets",
    .source = "Brandt et al., Handbook of Computational Social Choice (2016), 2.4 (STV, one seat); "
              "Conitzer, Rognlie & Xia, Preference functions that score rankings (2009), for "
              "parallel universes",
    .run = run_irv,
};
