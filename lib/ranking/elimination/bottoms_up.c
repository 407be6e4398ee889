/* Bottoms up: instant runoff until as many are left as are elected. */
#include "ranking/elimination/process.h"

enum { ELIMINATION, OF, THRESHOLD };
enum { CUTOFF = 3 };
enum { CONTINUING, FIRST_ROUND };

static const char *const eliminations[] = {"one", "all_tied", "parallel", "cutoff", NULL};
static const char *const votes_of[] = {"continuing", "first_round", NULL};

static const cci_option_spec options[] = {
    {"elimination", CCI_OPTION_CHOICE, eliminations, 0, 0, 0,
     CCI_ELIMINATION_ABOUT "; cutoff: all who are below the threshold leave at once, and as with one "
                           "where nobody reaches it"},
    {"of", CCI_OPTION_CHOICE, votes_of, 0, 0, 0,
     "the threshold is a part of the continuing votes, or of those that counted in the first round"},
    {"threshold", CCI_OPTION_NUMBERS, NULL, 1, 1, 0,
     "per cent of the votes: instead of the seats, count until all who are left have so many"},
};

static cocreate_status open(cci_process *p, cocreate_error *error)
{
    const cci_option_value *threshold = &p->run->options[THRESHOLD];
    int low = 0, high = 0;
    if (threshold->count == 0) {
        p->stop = (size_t)p->run->seats;
        if (p->run->options[ELIMINATION].integer == CUTOFF)
            return cci_fail(error, COCREATE_ERR_SCHEMA,
                            "$.elimination: cutoff is for a threshold, and there is none");
        return COCREATE_OK;
    }
    CCI_TRY(cci_rational_set_i64(&p->rounds.sum, 0, 1, error));
    CCI_TRY(cci_rational_set_i64(&p->rounds.term, 100, 1, error));
    CCI_TRY(cci_rational_compare(&threshold->numbers[0], &p->rounds.sum, &low, error));
    CCI_TRY(cci_rational_compare(&threshold->numbers[0], &p->rounds.term, &high, error));
    p->stop = SIZE_MAX; /* nobody may leave before it is known that the others need it */
    if (low <= 0 || high > 0)
        return cci_fail(error, COCREATE_ERR_SCHEMA,
                        "$.threshold: expected more than 0 and at most 100 per cent");
    return COCREATE_OK;
}

/* Has this option enough votes? */
static cocreate_status reaches(cci_process *p, uint32_t option, int *enough, cocreate_error *error)
{
    const cci_rational *threshold = &p->run->options[THRESHOLD].numbers[0];
    cci_rational *least = &p->rounds.sum, *term = &p->rounds.term;
    const cci_electorate *e = p->run->electorate;
    int of_first = p->run->options[OF].integer == FIRST_ROUND;
    int64_t weight = e->info.weight - (of_first ? e->blank : p->exhausted);
    int order;
    CCI_TRY(cci_value_get(&p->scores[option], least, error));
    CCI_TRY(cci_rational_set_i64(term, 100, 1, error));
    CCI_TRY(cci_rational_mul(least, term, least, error));
    CCI_TRY(cci_rational_set_i64(term, weight, 1, error));
    CCI_TRY(cci_rational_mul(term, threshold, term, error));
    CCI_TRY(cci_rational_compare(least, term, &order, error));
    *enough = order >= 0;
    return COCREATE_OK;
}

/* All who have not enough votes leave, unless that is everybody. */
static cocreate_status cut_off(cci_process *p, cocreate_error *error)
{
    size_t n = 0;
    for (uint32_t o = 0; o < p->run->roster->count; o++) {
        int enough = 1;
        if (p->continuing[o])
            CCI_TRY(reaches(p, o, &enough, error));
        p->scratch[o] = (uint8_t)!enough;
        n += !enough;
    }
    if (n == p->size)
        return cci_process_fewest(p, error);
    cci_process_group(p, p->scratch, 1, CCI_ALL_LEAVE, "below the threshold");
    p->ordered = 1;
    return COCREATE_OK;
}

static cocreate_status look(cci_process *p, cocreate_error *error)
{
    const cci_option_value *threshold = &p->run->options[THRESHOLD];
    const char *why = "as many as there are seats";
    CCI_TRY(cci_process_fewest(p, error));
    int enough = threshold->count == 0 && p->size <= p->stop;
    if (threshold->count > 0) {
        why = "nobody who is left has too few votes";
        CCI_TRY(reaches(p, p->group[0], &enough, error));
    } else if (!enough && p->together && p->size - p->n < p->stop) {
        why = "a tie for the last seats";
        enough = 1;
    }
    if (!enough && p->run->options[ELIMINATION].integer == CUTOFF)
        return cut_off(p, error);
    if (!enough)
        return COCREATE_OK;
    cci_process_group(p, p->continuing, 1, CCI_WINNERS, why);
    p->ordered = 1;
    return COCREATE_OK;
}

static const cci_rule rule = {.with = " with ", .unit = " votes", .votes = 1, .choice = 1, .safe = 1,
                              .elects = 1, .open = open, .look = look};

static cocreate_status run_bottoms_up(cci_run *run, cocreate_error *error)
{
    return cci_process_run(run, &rule, error);
}

const cci_method cci_method_bottoms_up = {
    .name = "bottoms_up",
    .title = "Bottoms up: instant runoff until as many are left as are elected",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .parallel = 1,
    .complexity = "O(ranked options + rounds * options); every order: O(ranked options) for each of at "
                  "most 65,536 sets",
    .source = "RCTab 2.0, configuration parameters: bottomsUp and bottomsUpUsingPercentageThreshold "
              "(Bright Spots, 2024)",
    .run = run_bottoms_up,
};
