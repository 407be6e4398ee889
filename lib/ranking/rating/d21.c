/* D21 (Janecek): several plus votes, and a minus vote for who casts at least two of them. */
#include "ranking/ties.h"
#include "ranking/write.h"

enum { PLUS, MINUS };

static const cci_option_spec options[] = {
    {"plus", CCI_OPTION_INTEGER, NULL, 1, COCREATE_OPTIONS_MAX, 0,
     "plus votes of each voter; a ballot with more is refused"},
    {"minus", CCI_OPTION_INTEGER, NULL, 0, COCREATE_OPTIONS_MAX, -1,
     "minus votes of each voter; a ballot with more is refused"},
};

static cocreate_status refuse(size_t n, const char *sign, int64_t limit, cocreate_error *error)
{
    return cci_fail(error, COCREATE_ERR_ARGUMENT,
                    "a ballot casts %zu %s votes, and every voter has %lld", n, sign,
                    (long long)limit);
}

static cocreate_status count_ballot(const cci_run *run, size_t b, int64_t *pluses,
                                    int64_t *minuses, cocreate_error *error)
{
    const cci_electorate *e = run->electorate;
    int64_t plus = run->options[PLUS].integer, minus = run->options[MINUS].integer;
    size_t n_plus = 0, n_minus = 0;
    for (size_t i = e->start[b]; i < e->start[b + 1]; i++) {
        uint32_t o = e->options[i];
        int64_t value = e->info.kind == COCREATE_BALLOT_APPROVAL ? 1 : e->values[i];
        if (value < -1 || value > 1)
            return cci_fail_at(error, COCREATE_ERR_ARGUMENT, run->roster->candidates[o].index,
                               "a ballot gives %lld to %s; d21 knows plus votes, 1, and minus "
                               "votes, -1",
                               (long long)value, cci_name(run, o));
        n_plus += value == 1;
        n_minus += value == -1;
        pluses[o] += value == 1 ? e->weights[b] : 0; /* part of the weight of all ballots */
        minuses[o] += value == -1 ? e->weights[b] : 0;
    }
    if (plus > 0 && n_plus > (uint64_t)plus)
        return refuse(n_plus, "plus", plus, error);
    if (minus >= 0 && n_minus > (uint64_t)minus)
        return refuse(n_minus, "minus", minus, error);
    if (n_minus > 0 && n_plus < 2)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "a ballot casts a minus vote with %zu plus votes; d21 asks for two", n_plus);
    return COCREATE_OK;
}

static void write_trace(cci_run *run, const int64_t *pluses, const int64_t *minuses)
{
    cci_buffer *out = &run->trace;
    cci_buffer_format(out, "\"blank\":\"%lld\",\"votes\":{", (long long)run->electorate->blank);
    for (size_t i = 0; i < run->roster->count; i++) {
        uint32_t o = run->roster->by_key[i];
        if (i > 0)
            cci_buffer_byte(out, ',');
        cci_write_id(run, out, o);
        cci_buffer_format(out, ":{\"minus\":\"%lld\",\"plus\":\"%lld\"}", (long long)minuses[o],
                          (long long)pluses[o]);
    }
    cci_buffer_byte(out, '}');
}

static cocreate_status run_d21(cci_run *run, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    size_t m = run->roster->count;
    int64_t *pluses = cci_alloc(a, m, sizeof *pluses), *minuses = cci_alloc(a, m, sizeof *minuses);
    cocreate_status status = pluses && minuses ? COCREATE_OK : cci_no_memory(error);
    for (size_t b = 0; status == COCREATE_OK && b < run->electorate->ballots; b++)
        status = count_ballot(run, b, pluses, minuses, error);
    for (size_t o = 0; status == COCREATE_OK && o < m; o++)
        cci_value_set(a, &run->standings[o].score, pluses[o] - minuses[o], 1);
    if (status == COCREATE_OK)
        write_trace(run, pluses, minuses);
    cci_free(a, pluses);
    cci_free(a, minuses);
    run->swing = 2;
    return status == COCREATE_OK ? cci_place_by_score(run, error) : status;
}

const cci_method cci_method_d21 = {
    .name = "d21",
    .title = "D21 (Janecek): plus votes, and minus votes for who casts two plus votes",
    .evidence = CCI_TAKES(COCREATE_BALLOT_SCORE) | CCI_TAKES(COCREATE_BALLOT_APPROVAL),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .complexity = "O(votes + options log options)",
    .source = "Institute H21, Guidelines for using the D21 - Janecek method",
    .run = run_d21,
};
