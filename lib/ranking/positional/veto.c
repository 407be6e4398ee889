/* Veto, or anti-plurality: the fewest last places. */
#include "ranking/positional/lasts.h"
#include "ranking/ties.h"

enum { EQUAL_LAST, UNRANKED };
enum { SPLIT, EACH };
enum { BOTTOM, IGNORED };

static const char *const equal_last[] = {"split", "each", NULL};
static const char *const unranked[] = {"bottom", "ignored", NULL};

static const cci_option_spec options[] = {
    {"equal_last", CCI_OPTION_CHOICE, equal_last, 0, 0, 0,
     "several options in the last place: split the veto among them, or count it against each"},
    {"unranked", CCI_OPTION_CHOICE, unranked, 0, 0, 0,
     "who is last on a ballot that leaves out some: these, or the last that it ranks"},
};

static cocreate_status score(cci_run *run, cci_lasts *lasts, cci_rational *sum, cci_rational *term,
                             cocreate_error *error)
{
    size_t m = run->roster->count;
    int each = run->options[EQUAL_LAST].integer == EACH;
    CCI_TRY(cci_rational_init(sum, error));
    CCI_TRY(cci_rational_init(term, error));
    CCI_TRY(cci_lasts_init(lasts, run, error));
    CCI_TRY(cci_lasts_count(lasts, NULL, m, run->options[UNRANKED].integer == BOTTOM, error));
    for (uint32_t o = 0; o < m; o++) {
        cci_value *value = &run->standings[o].score;
        CCI_TRY(cci_lasts_value(lasts, o, each, sum, term, value, error));
        CCI_TRY(cci_value_get(value, sum, error));
        CCI_TRY(cci_rational_set_i64(term, -1, 1, error));
        CCI_TRY(cci_rational_mul(sum, term, sum, error));
        CCI_TRY(cci_value_set_rational(&run->allocator, value, sum, error));
    }
    return COCREATE_OK;
}

static cocreate_status run_veto(cci_run *run, cocreate_error *error)
{
    cci_lasts lasts = {.run = NULL};
    cci_rational sum = {0}, term = {0};
    cocreate_status status = score(run, &lasts, &sum, &term, error);
    cci_rational_clear(&sum);
    cci_rational_clear(&term);
    cci_lasts_free(&lasts);
    CCI_TRY(status);
    cci_buffer_format(&run->trace, "\"blank\":\"%lld\"", (long long)run->electorate->blank);
    run->swing = 1;
    return cci_place_by_score(run, error);
}

const cci_method cci_method_veto = {
    .name = "veto",
    .title = "Veto (anti-plurality): the fewest last places",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .tally = COCREATE_TALLY_PLACES,
    .complexity = "O(ranked options + options log options)",
    .source = "Brandt et al., Handbook of Computational Social Choice (2016), 2.4",
    .run = run_veto,
};
