/* Positive-negative voting: first places less last places. */
#include "ranking/positional/firsts.h"
#include "ranking/positional/lasts.h"
#include "ranking/ties.h"

enum { UNRANKED };
enum { BOTTOM, IGNORED };

static const char *const unranked[] = {"bottom", "ignored", NULL};

static const cci_option_spec options[] = {
    {"unranked", CCI_OPTION_CHOICE, unranked, 0, 0, 0,
     "who is last on a ballot that leaves out some: these, or the last that it ranks"},
};

/* Work on one value. */
struct sums {
    cci_lasts lasts;
    cci_rational sum, term, last;
    cci_value value;
};

static cocreate_status score(cci_run *run, const cci_value *firsts, struct sums *s,
                             cocreate_error *error)
{
    size_t m = run->roster->count;
    CCI_TRY(cci_rational_init(&s->sum, error));
    CCI_TRY(cci_rational_init(&s->term, error));
    CCI_TRY(cci_rational_init(&s->last, error));
    CCI_TRY(cci_lasts_init(&s->lasts, run, error));
    CCI_TRY(cci_lasts_count(&s->lasts, NULL, m, run->options[UNRANKED].integer == BOTTOM, error));
    for (uint32_t o = 0; o < m; o++) {
        CCI_TRY(cci_lasts_value(&s->lasts, o, 0, &s->sum, &s->term, &s->value, error));
        CCI_TRY(cci_value_get(&s->value, &s->last, error));
        CCI_TRY(cci_value_get(&firsts[o], &s->sum, error));
        CCI_TRY(cci_rational_sub(&s->sum, &s->last, &s->sum, error));
        CCI_TRY(cci_value_set_rational(&run->allocator, &run->standings[o].score, &s->sum, error));
    }
    return COCREATE_OK;
}

static cocreate_status run_positive_negative(cci_run *run, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    struct sums s = {.lasts = {.run = NULL}};
    cci_value *firsts = cci_alloc(a, run->roster->count, sizeof *firsts);
    cocreate_status status =
        firsts != NULL ? cci_firsts(run, 0, firsts, error) : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = score(run, firsts, &s, error);
    for (size_t o = 0; firsts != NULL && o < run->roster->count; o++)
        cci_value_clear(a, &firsts[o]);
    cci_free(a, firsts);
    cci_value_clear(a, &s.value);
    cci_rational_clear(&s.sum);
    cci_rational_clear(&s.term);
    cci_rational_clear(&s.last);
    cci_lasts_free(&s.lasts);
    CCI_TRY(status);
    cci_buffer_format(&run->trace, "\"blank\":\"%lld\"", (long long)run->electorate->blank);
    run->swing = 2;
    return cci_place_by_score(run, error);
}

const cci_method cci_method_positive_negative = {
    .name = "positive_negative",
    .title = "Positive-negative voting: first places less last places",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .tally = COCREATE_TALLY_PLACES,
    .complexity = "O(ranked options + options log options)",
    .source = "Garcia-Lapresta, Marley & Martinez-Panero, Characterizing best-worst voting systems "
              "in the scoring context (2010)",
    .run = run_positive_negative,
};
