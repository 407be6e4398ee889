/* Score voting: the sum of scores, or their mean where enough ballots give one. */
#include "base/checked.h"
#include "ranking/ties.h"
#include "ranking/write.h"

enum { AGGREGATE, MINIMUM_COUNT };
enum { MEAN, SUM };

static const char *const aggregates[] = {"mean", "sum", NULL};

static const cci_option_spec options[] = {
    {"aggregate", CCI_OPTION_CHOICE, aggregates, 0, 0, 0,
     "what ranks: the mean of the scores given, weighted, or their sum"},
    {"minimum_count", CCI_OPTION_INTEGER, NULL, 1, INT64_C(9007199254740991), 1,
     "weight of ballots that must score an option; one with less has no score and comes last"},
};

static cocreate_status tally(const cci_electorate *e, int64_t *sums, int64_t *counts,
                             cocreate_error *error)
{
    for (size_t b = 0; b < e->ballots; b++)
        for (size_t i = e->start[b]; i < e->start[b + 1]; i++) {
            uint32_t option = e->options[i];
            int64_t term;
            if (!cci_mul_i64(e->values[i], e->weights[b], &term) ||
                !cci_add_i64(sums[option], term, &sums[option]))
                return cci_fail(error, COCREATE_ERR_OVERFLOW,
                                "the sum of the scores of an option does not fit 64 bits");
            counts[option] += e->weights[b]; /* part of the weight of all ballots */
        }
    return COCREATE_OK;
}

static void write_trace(cci_run *run, const int64_t *sums, const int64_t *counts)
{
    cci_buffer *out = &run->trace;
    cci_buffer_format(out, "\"blank\":\"%lld\",\"scored\":{", (long long)run->electorate->blank);
    for (int part = 0; part < 2; part++) {
        const int64_t *numbers = part == 0 ? counts : sums;
        for (size_t i = 0; i < run->roster->count; i++) {
            uint32_t candidate = run->roster->by_key[i];
            if (i > 0)
                cci_buffer_byte(out, ',');
            cci_write_id(run, out, candidate);
            cci_buffer_format(out, ":\"%lld\"", (long long)numbers[candidate]);
        }
        cci_buffer_text(out, part == 0 ? "},\"sums\":{" : "}");
    }
}

static void write_notes(cci_run *run, const int64_t *counts)
{
    int64_t least = run->options[MINIMUM_COUNT].integer;
    for (size_t i = 0; i < run->roster->count; i++)
        if (counts[i] < least)
            cci_buffer_format(&run->notes, "%s has no score: scored by %lld, needed %lld.\n",
                              cci_name(run, (uint32_t)i), (long long)counts[i], (long long)least);
}

static cocreate_status run_score(cci_run *run, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    size_t m = run->roster->count;
    int mean = run->options[AGGREGATE].integer == MEAN;
    int64_t *sums = cci_alloc(a, m, sizeof *sums), *counts = cci_alloc(a, m, sizeof *counts);
    cocreate_status status = sums != NULL && counts != NULL
                                 ? tally(run->electorate, sums, counts, error)
                                 : cci_no_memory(error);
    for (size_t i = 0; status == COCREATE_OK && i < m; i++)
        if (counts[i] >= run->options[MINIMUM_COUNT].integer)
            cci_value_set(a, &run->standings[i].score, sums[i], mean ? counts[i] : 1);
    if (status == COCREATE_OK) {
        write_notes(run, counts);
        write_trace(run, sums, counts);
    }
    cci_free(a, sums);
    cci_free(a, counts);
    return status == COCREATE_OK ? cci_place_by_score(run, error) : status;
}

const cci_method cci_method_score = {
    .name = "score",
    .title = "Score: the mean or the sum of the scores given",
    .evidence = CCI_TAKES(COCREATE_BALLOT_SCORE) | CCI_TAKES(COCREATE_BALLOT_POINTS),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .complexity = "O(scores + options log options)",
    .source = "Smith, Range voting (2000)",
    .run = run_score,
};
