/* The matrix of pairwise comparisons. */
#include "ranking/pairwise.h"

/* Ballots between two reports of progress. */
#define STEP 16384

/* Keys of a profile read at once, in bytes. */
#define PART_BYTES ((size_t)1 << 17)

static cocreate_status add_all(const cci_run *run, cci_pairs *pairs, cocreate_error *error)
{
    const cci_electorate *e = run->electorate;
    for (size_t b = 0; b < e->ballots; b += STEP) {
        size_t end = e->ballots - b < STEP ? e->ballots : b + STEP;
        CCI_TRY(cci_pairs_add(pairs, e, b, end, error));
        CCI_TRY(cci_run_progress(run, end, e->ballots, error));
    }
    return COCREATE_OK;
}

static cocreate_status add_profile(const cci_run *run, const uint32_t *map, cci_pairs *pairs,
                                   cocreate_error *error)
{
    cci_reader reader;
    cci_electorate part;
    cocreate_status status =
        cci_reader_open(&reader, run->profile, map, run->roster->count, &part, error);
    reader.lean = 1;
    while (status == COCREATE_OK && !cci_reader_done(&reader)) {
        status = cci_reader_next(&reader, PART_BYTES, &part, error);
        if (status == COCREATE_OK)
            status = cci_pairs_add(pairs, &part, 0, part.ballots, error);
        if (status == COCREATE_OK)
            status = cci_run_progress(run, reader.next, part.info.distinct, error);
    }
    cci_electorate_close(&part);
    return status;
}

static cocreate_status add_ballots(const cci_run *run, cci_pairs *pairs, cocreate_error *error)
{
    if (run->profile == NULL)
        return add_all(run, pairs, error);
    uint32_t *map;
    CCI_TRY(cci_roster_map(run->roster, &run->allocator, cci_profile_options(run->profile), &map,
                           error));
    cocreate_status status = add_profile(run, map, pairs, error);
    cci_free(&run->allocator, map);
    return status;
}

static cocreate_status count(const cci_run *run, int bottom, int64_t **matrix,
                             cocreate_error *error)
{
    cci_pairs pairs;
    cocreate_status status =
        cci_pairs_init(&pairs, &run->allocator, run->roster->count, CCI_CPU_BEST, error);
    if (status == COCREATE_OK)
        status = add_ballots(run, &pairs, error);
    if (status == COCREATE_OK) {
        cci_pairs_settle(&pairs);
        cci_pairs_matrix(&pairs, bottom, pairs.before);
        *matrix = pairs.before;
        pairs.before = NULL;
    }
    cci_pairs_free(&pairs);
    return status;
}

static cocreate_status read_tally(const cci_run *run, int bottom, int64_t **matrix,
                                  cocreate_error *error)
{
    size_t m = run->roster->count;
    int64_t *made = cci_alloc(&run->allocator, m * m, sizeof *made);
    if (made == NULL)
        return cci_no_memory(error);
    cci_pairs_matrix(&run->tally->pairs, bottom, made);
    *matrix = made;
    return COCREATE_OK;
}

cocreate_status cci_pairwise(cci_run *run, int bottom, int64_t **matrix, cocreate_error *error)
{
    size_t m = run->roster->count;
    if (m > CCI_PAIRWISE_MAX)
        return cci_fail(error, COCREATE_ERR_LIMIT, "%s takes at most %d options, and %zu run",
                        run->method->name, CCI_PAIRWISE_MAX, m);
    return run->tally != NULL ? read_tally(run, bottom, matrix, error)
                              : count(run, bottom, matrix, error);
}
