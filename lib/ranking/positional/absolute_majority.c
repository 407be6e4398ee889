/* Absolute majority: who has more than half of the first places, or nobody. */
#include "ranking/positional/firsts.h"
#include "ranking/ties.h"
#include "ranking/write.h"

static cocreate_status elect(cci_run *run, cocreate_error *error)
{
    const cci_electorate *e = run->electorate;
    cci_value half = {e->info.weight - e->blank, 2, NULL};
    cci_buffer *trace = &run->trace;
    cci_buffer_format(trace, "\"blank\":\"%lld\",\"majority\":", (long long)e->blank);
    for (uint32_t o = 0; o < run->roster->count; o++) {
        int order;
        CCI_TRY(cci_value_compare(&run->standings[o].score, &half, &order, error));
        if (order <= 0)
            continue;
        run->selected[o] = 1;
        cci_write_id(run, trace, o);
        cci_buffer_text(&run->notes, cci_name(run, o));
        cci_buffer_text(&run->notes, " has more than half of the first places.\n");
        return COCREATE_OK;
    }
    cci_buffer_text(trace, "null");
    cci_buffer_text(&run->notes, "Nobody has more than half of the first places.\n");
    return COCREATE_OK;
}

static cocreate_status run_absolute_majority(cci_run *run, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    size_t m = run->roster->count;
    run->selected = cci_alloc(a, m, 1);
    cci_value *firsts = cci_alloc(a, m, sizeof *firsts);
    cocreate_status status = run->selected != NULL && firsts != NULL
                                 ? cci_firsts(run, 0, firsts, error)
                                 : cci_no_memory(error);
    for (size_t o = 0; firsts != NULL && o < m; o++)
        run->standings[o].score = firsts[o]; /* freed with the run */
    cci_free(a, firsts);
    CCI_TRY(status);
    CCI_TRY(elect(run, error));
    return cci_place_by_score(run, error);
}

const cci_method cci_method_absolute_majority = {
    .name = "absolute_majority",
    .title = "Absolute majority: more than half of the first places, or nobody wins",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .exact = 1,
    .tally = COCREATE_TALLY_PLACES,
    .complexity = "O(ballots + options log options)",
    .source = "Brandt et al., Handbook of Computational Social Choice (2016), 2.2 (majority)",
    .run = run_absolute_majority,
};
