/* Score voting: the mean of the scores given, their sum or their median, where enough ballots give
 * one. */
#include "base/checked.h"
#include "ranking/rating/grades.h"
#include "ranking/ties.h"
#include "ranking/write.h"

enum { AGGREGATE, MINIMUM_COUNT, PRIOR_COUNT, PRIOR_MEAN };
enum { MEAN, SUM, MEDIAN };

static const char *const aggregates[] = {"mean", "sum", "median", NULL};

static const cci_option_spec options[] = {
    {"aggregate", CCI_OPTION_CHOICE, aggregates, 0, 0, 0,
     "what ranks: the mean of the scores given, weighted, their sum, or their lower median"},
    {"minimum_count", CCI_OPTION_INTEGER, NULL, 1, INT64_C(9007199254740991), 1,
     "weight of ballots that must score an option; one with less has no score and comes last"},
    {"prior_count", CCI_OPTION_NUMBERS, NULL, 0, 1, 0,
     "for the mean: so many scores of prior_mean are added to those of every option"},
    {"prior_mean", CCI_OPTION_NUMBERS, NULL, 0, 1, 0, "the score that prior_count adds"},
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

/* (prior_count * prior_mean + sum) / (prior_count + count). */
static cocreate_status set_bayesian(cci_run *run, const int64_t *sums, const int64_t *counts,
                                    cci_rational *sum, cci_rational *count, cocreate_error *error)
{
    const cci_rational *prior_count = &run->options[PRIOR_COUNT].numbers[0];
    const cci_rational *prior_mean = &run->options[PRIOR_MEAN].numbers[0];
    for (size_t i = 0; i < run->roster->count; i++) {
        if (counts[i] < run->options[MINIMUM_COUNT].integer)
            continue;
        CCI_TRY(cci_rational_set_i64(count, sums[i], 1, error));
        CCI_TRY(cci_rational_mul(prior_count, prior_mean, sum, error));
        CCI_TRY(cci_rational_add(sum, count, sum, error));
        CCI_TRY(cci_rational_set_i64(count, counts[i], 1, error));
        CCI_TRY(cci_rational_add(count, prior_count, count, error));
        CCI_TRY(cci_rational_div(sum, count, sum, error));
        CCI_TRY(cci_value_set_rational(&run->allocator, &run->standings[i].score, sum, error));
    }
    return COCREATE_OK;
}

static cocreate_status set_with_prior(cci_run *run, const int64_t *sums, const int64_t *counts,
                                      cocreate_error *error)
{
    cci_rational sum = {0}, count = {0};
    CCI_TRY(cci_rational_init(&sum, error));
    cocreate_status status = cci_rational_init(&count, error);
    if (status == COCREATE_OK)
        status = set_bayesian(run, sums, counts, &sum, &count, error);
    cci_rational_clear(&sum);
    cci_rational_clear(&count);
    return status;
}

static cocreate_status set_medians(cci_run *run, const int64_t *counts, cocreate_error *error)
{
    cci_grades grades;
    CCI_TRY(cci_grades_open(run, 0, &grades, error));
    for (uint32_t o = 0; o < run->roster->count; o++) {
        size_t median = cci_grades_median(&grades, o);
        if (median != SIZE_MAX && counts[o] >= run->options[MINIMUM_COUNT].integer)
            cci_value_set(&run->allocator, &run->standings[o].score, grades.scores[median], 1);
    }
    cci_grades_free(&grades);
    return COCREATE_OK;
}

static cocreate_status set_scores(cci_run *run, const int64_t *sums, const int64_t *counts,
                                  cocreate_error *error)
{
    int mean = run->options[AGGREGATE].integer == MEAN;
    if (run->options[AGGREGATE].integer == MEDIAN)
        return set_medians(run, counts, error);
    if (run->options[PRIOR_COUNT].count > 0)
        return set_with_prior(run, sums, counts, error);
    for (size_t i = 0; i < run->roster->count; i++)
        if (counts[i] >= run->options[MINIMUM_COUNT].integer)
            cci_value_set(&run->allocator, &run->standings[i].score, sums[i], mean ? counts[i] : 1);
    return COCREATE_OK;
}

/* A prior is a count above 0 with its mean, and for the mean alone. */
static cocreate_status check_prior(const cci_run *run, cocreate_error *error)
{
    const cci_option_value *count = &run->options[PRIOR_COUNT];
    if (count->count != run->options[PRIOR_MEAN].count)
        return cci_fail(error, COCREATE_ERR_SCHEMA,
                        "$.%s: prior_count and prior_mean stand together",
                        count->count > 0 ? "prior_count" : "prior_mean");
    if (count->count == 0)
        return COCREATE_OK;
    if (cci_rational_sign(&count->numbers[0]) <= 0)
        return cci_fail(error, COCREATE_ERR_SCHEMA, "$.prior_count: expected a number above 0");
    if (run->options[AGGREGATE].integer != MEAN)
        return cci_fail(error, COCREATE_ERR_SCHEMA,
                        "$.prior_count: only the mean takes a prior, not the %s",
                        aggregates[run->options[AGGREGATE].integer]);
    return COCREATE_OK;
}

static cocreate_status run_score(cci_run *run, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    size_t m = run->roster->count;
    CCI_TRY(check_prior(run, error));
    int64_t *sums = cci_alloc(a, m, sizeof *sums), *counts = cci_alloc(a, m, sizeof *counts);
    cocreate_status status = sums != NULL && counts != NULL
                                 ? tally(run->electorate, sums, counts, error)
                                 : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = set_scores(run, sums, counts, error);
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
    .title = "Score: the mean, the sum or the median of the scores given",
    .evidence = CCI_TAKES(COCREATE_BALLOT_SCORE) | CCI_TAKES(COCREATE_BALLOT_POINTS),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .tally = COCREATE_TALLY_VALUES,
    .complexity = "O(scores + options log options)",
    .source = "Smith, Range voting (2000)",
    .run = run_score,
};
