/* Plurality: the most first places. */
#include "ranking/positional/firsts.h"
#include "ranking/ties.h"

enum { EQUAL_FIRST };
enum { SPLIT, EACH };

static const char *const equal_first[] = {"split", "each", NULL};

static const cci_option_spec options[] = {
    {"equal_first", CCI_OPTION_CHOICE, equal_first, 0, 0, 0,
     "several options in the first rank: split the weight among them, or count it for each"},
};

static cocreate_status run_plurality(cci_run *run, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    cci_value *firsts = cci_alloc(a, run->roster->count, sizeof *firsts);
    if (firsts == NULL)
        return cci_no_memory(error);
    cocreate_status status =
        cci_firsts(run, run->options[EQUAL_FIRST].integer == EACH, firsts, error);
    for (size_t o = 0; o < run->roster->count; o++)
        run->standings[o].score = firsts[o]; /* freed with the run */
    cci_free(a, firsts);
    CCI_TRY(status);
    cci_buffer_format(&run->trace, "\"blank\":\"%lld\"", (long long)run->electorate->blank);
    run->swing = 1;
    return cci_place_by_score(run, error);
}

const cci_method cci_method_plurality = {
    .name = "plurality",
    .title = "Plurality: the most first places",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .lean = 1,
    .tally = COCREATE_TALLY_PLACES,
    .complexity = "O(ballots + options log options)",
    .source = "Brandt et al., Handbook of Computational Social Choice (2016), 2.1",
    .run = run_plurality,
};
