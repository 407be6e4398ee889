/* k-approval: how many ballots have an option among their first k. */
#include "ranking/positional/level.h"
#include "ranking/ties.h"

enum { K, EQUAL_RANKS };
enum { SPLIT, EACH };

static const char *const equal_ranks[] = {"split", "each", NULL};

static const cci_option_spec options[] = {
    {"k", CCI_OPTION_INTEGER, NULL, 1, COCREATE_OPTIONS_MAX, 2, "how many places count"},
    {"equal_ranks", CCI_OPTION_CHOICE, equal_ranks, 0, 0, 0,
     "a rank with more options than places left: split these places among them, or count one for "
     "each"},
};

static cocreate_status score(cci_run *run, cci_level *level, cci_value *values,
                             cocreate_error *error)
{
    int64_t reaching;
    CCI_TRY(cci_level_init(level, run, 0, run->options[EQUAL_RANKS].integer == EACH, error));
    CCI_TRY(cci_level_count(level, (size_t)run->options[K].integer, values, &reaching, error));
    for (size_t o = 0; o < run->roster->count; o++) {
        run->standings[o].score = values[o];
        values[o] = (cci_value){0, 0, NULL};
    }
    return COCREATE_OK;
}

static cocreate_status run_k_approval(cci_run *run, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    cci_level level = {.run = NULL};
    cci_value *values = cci_alloc(a, run->roster->count, sizeof *values);
    cocreate_status status =
        values != NULL ? score(run, &level, values, error) : cci_no_memory(error);
    for (size_t o = 0; values != NULL && o < run->roster->count; o++)
        cci_value_clear(a, &values[o]);
    cci_free(a, values);
    cci_level_free(&level);
    CCI_TRY(status);
    cci_buffer_format(&run->trace, "\"blank\":\"%lld\"", (long long)run->electorate->blank);
    run->swing = 1;
    return cci_place_by_score(run, error);
}

const cci_method cci_method_k_approval = {
    .name = "k_approval",
    .title = "k-approval: one point for each of the first k places",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .tally = COCREATE_TALLY_PLACES,
    .complexity = "O(ranked options + options log options)",
    .source = "Brandt et al., Handbook of Computational Social Choice (2016), 2.4",
    .run = run_k_approval,
};
