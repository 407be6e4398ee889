/* STAR: score, then automatic runoff. */
#include "ranking/rating/star.h"
#include "ranking/ties.h"
#include "ranking/write.h"

/* Winners, then who lost the runoff, then the others by their scores. */
static cocreate_status best_first(void *context, uint32_t a, uint32_t b, int *out,
                                  cocreate_error *error)
{
    const cci_star *s = context;
    (void)error;
    *out = (s->level[a] > s->level[b]) - (s->level[a] < s->level[b]);
    if (*out == 0 && s->level[a] > 0)
        *out = (s->totals[a] < s->totals[b]) - (s->totals[a] > s->totals[b]);
    return COCREATE_OK;
}

static cocreate_status work(cci_star *s, uint8_t *alive, cocreate_error *error)
{
    cci_run *run = s->run;
    cci_buffer *out = &run->trace;
    for (size_t o = 0; o < run->roster->count; o++)
        alive[o] = 1;
    cci_buffer_format(out, "\"blank\":\"%lld\",\"maximum_score\":%lld,\"round\":",
                      (long long)run->electorate->blank, (long long)s->maximum);
    CCI_TRY(cci_star_round(s, alive, out, error));
    for (size_t o = 0; o < run->roster->count; o++)
        cci_value_set(&run->allocator, &run->standings[o].score, s->totals[o], 1);
    return cci_place_by(run, best_first, s, error);
}

static cocreate_status run_star(cci_run *run, cocreate_error *error)
{
    cci_star s;
    uint8_t *alive = cci_alloc(&run->allocator, run->roster->count, sizeof *alive);
    cocreate_status status = alive != NULL ? COCREATE_OK : cci_no_memory(error);
    if (status == COCREATE_OK) {
        status = cci_star_open(&s, run, error);
        if (status == COCREATE_OK)
            status = work(&s, alive, error);
        cci_star_free(&s);
    }
    cci_free(&run->allocator, alive);
    return status;
}

const cci_method cci_method_star = {
    .name = "star",
    .title = "STAR: the two best by score go into an automatic runoff",
    .evidence = CCI_TAKES(COCREATE_BALLOT_SCORE),
    .options = cci_star_options,
    .option_count = CCI_STAR_OPTIONS,
    .exact = 1,
    .complexity = "O(scores + options log options), ties O(scores * tied^2)",
    .source = "Equal Vote Coalition, STAR Voting, and its official protocol for ties",
    .run = run_star,
};
