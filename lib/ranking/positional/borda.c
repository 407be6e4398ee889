/* Borda and its relatives: points by rank, equal ranks share the mean of theirs. */
#include "base/checked.h"
#include "ranking/positional/vector.h"
#include "ranking/ties.h"
#include "ranking/write.h"

enum { VARIANT, UNRANKED, SCORES };
enum { STANDARD, SYMMETRIC, DOWDALL, DOMINATION, WEAK_DOMINATION, NON_DOMINATION };
enum { BOTTOM, IGNORED };

static const char *const variants[] = {"standard",   "symmetric",       "dowdall",
                                       "domination", "weak_domination", "non_domination",
                                       NULL};
static const char *const unranked[] = {"bottom", "ignored", NULL};

static const cci_option_spec options[] = {
    {"variant", CCI_OPTION_CHOICE, variants, 0, 0, 0,
     "points of place r of m: m - r, or strictly below minus strictly above, or 1/r, or strictly "
     "below, or not above (itself included), or minus strictly above"},
    {"unranked", CCI_OPTION_CHOICE, unranked, 0, 0, 0,
     "options a ballot leaves out: tied below all it ranks, or without points and not counted as "
     "below anything"},
    {"scores", CCI_OPTION_NUMBERS, NULL, 1, 1000, 0,
     "points of the first, second, .. place instead of a variant; 0 beyond the list"},
};

static cocreate_status overflow(cocreate_error *error)
{
    return cci_fail(error, COCREATE_ERR_OVERFLOW, "the Borda points do not fit 64 bits");
}

/* total += weight * points */
static cocreate_status add(int64_t *total, int64_t weight, int64_t points, cocreate_error *error)
{
    int64_t term;
    if (!cci_mul_i64(weight, points, &term) || !cci_add_i64(*total, term, total))
        return overflow(error);
    return COCREATE_OK;
}

/* Points of an option with so many strictly above and below it and so many in its rank. */
static int64_t points_of(int64_t variant, int64_t above, int64_t size, int64_t below)
{
    switch (variant) {
    case DOMINATION: return below;
    case WEAK_DOMINATION: return below + size;
    case NON_DOMINATION: return -above;
    default: return below - above;
    }
}

/* Points by those above and below, summed into `totals`; of standard twice the points above the
 * mean. With unranked=bottom the others of a ballot of k options stand k places down: their points
 * go into *others once, and the ranked take them back. */
static cocreate_status tally(const cci_electorate *e, int64_t variant, int bottom, int64_t *totals,
                             int64_t *others, cocreate_error *error)
{
    int64_t m = (int64_t)e->candidates;
    for (size_t b = 0; b < e->ballots; b++) {
        size_t first = e->start[b], end = e->start[b + 1];
        int64_t weight = e->weights[b], ranked = (int64_t)(end - first);
        int64_t counted = bottom ? m : ranked;
        int64_t rest = bottom && ranked < m ? points_of(variant, ranked, m - ranked, 0) : 0;
        CCI_TRY(add(others, weight, rest, error));
        for (size_t i = first; i < end;) {
            size_t stop = cci_rank_end(e, i, end);
            int64_t above = (int64_t)(i - first), below = counted - (int64_t)(stop - first);
            int64_t points = points_of(variant, above, (int64_t)(stop - i), below) - rest;
            for (; i < stop; i++)
                CCI_TRY(add(&totals[cci_option_at(e, i)], weight, points, error));
        }
    }
    return COCREATE_OK;
}

/* The same from a tally of places. */
static cocreate_status tally_places(const cocreate_tally *t, int64_t variant, int bottom,
                                    int64_t *totals, int64_t *others, cocreate_error *error)
{
    int64_t m = (int64_t)t->candidates, *weights;
    for (size_t i = 0; i < t->cells.count; i++) {
        cci_place p = cci_cells_place(&t->cells, i);
        int64_t above = (int64_t)p.above, size = (int64_t)p.size, ranked = (int64_t)p.length;
        int64_t counted = bottom ? m : ranked;
        int64_t rest = bottom && ranked < m ? points_of(variant, ranked, m - ranked, 0) : 0;
        int64_t points = points_of(variant, above, size, counted - above - size) - rest;
        CCI_TRY(add(&totals[p.option], p.weight, points, error));
    }
    CCI_TRY(cci_cells_lengths(&t->cells, t->candidates, &weights, error));
    cocreate_status status = COCREATE_OK;
    for (int64_t k = 1; bottom && k < m && status == COCREATE_OK; k++)
        status = add(others, weights[k], points_of(variant, k, m - k, 0), error);
    cci_free(&t->allocator, weights);
    return status;
}

/* The same for complete ballots without equal ranks whose points cannot overflow. */
static void tally_strict(const cci_electorate *e, int64_t variant, int64_t *totals)
{
    int64_t m = (int64_t)e->candidates;
    int64_t step = variant == DOMINATION || variant == WEAK_DOMINATION || variant == NON_DOMINATION
                       ? 1
                       : 2;
    for (size_t b = 0; b < e->ballots; b++) {
        int64_t weight = e->weights[b];
        int64_t worth = weight * points_of(variant, 0, 1, m - 1);
        for (size_t i = e->start[b]; i < e->start[b + 1]; i++, worth -= step * weight)
            totals[cci_option_at(e, i)] += worth;
    }
}

static int is_plain(const cci_electorate *e)
{
    int64_t m = (int64_t)e->candidates;
    return e->ballots > 0 && e->widest == 1 && e->info.weight <= INT64_MAX / (2 * m) &&
           (uint64_t)e->ballots * e->candidates == e->start[e->ballots];
}

static cocreate_status tally_all(const cci_electorate *e, int64_t variant, int bottom,
                                 int64_t *totals, int64_t *others, cocreate_error *error)
{
    if (!is_plain(e))
        return tally(e, variant, bottom, totals, others, error);
    tally_strict(e, variant, totals);
    return COCREATE_OK;
}

/* A place is worth its options below plus half of the options beside it: that is half of the
 * symmetric points plus half of the others counted with it, m - 1 a ballot with unranked=bottom. */
static cocreate_status finish(cci_run *run, int64_t *totals, int64_t others, const int64_t *beside,
                              cocreate_error *error)
{
    int standard = run->options[VARIANT].integer == STANDARD;
    for (size_t i = 0; i < run->roster->count; i++) {
        int64_t total;
        if (!cci_add_i64(totals[i], others, &total) ||
            (standard && !cci_add_i64(total, beside[i], &total)))
            return overflow(error);
        cci_value_set(&run->allocator, &run->standings[i].score, total, standard ? 2 : 1);
    }
    return COCREATE_OK;
}

/* How many others stand beside each option on the ballots that count it, weighted. */
static cocreate_status count_beside(const cci_run *run, int bottom, int64_t *beside,
                                    cocreate_error *error)
{
    const cci_electorate *e = run->electorate;
    int64_t all = 0;
    if (bottom)
        CCI_TRY(add(&all, e->info.weight - e->blank, (int64_t)e->candidates - 1, error));
    for (size_t i = 0; i < e->candidates; i++)
        beside[i] = all;
    for (size_t b = 0; b < e->ballots && !bottom; b++) {
        size_t first = e->start[b], end = e->start[b + 1];
        for (size_t i = first; i < end; i++)
            CCI_TRY(add(&beside[cci_option_at(e, i)], e->weights[b], (int64_t)(end - first) - 1, error));
    }
    for (size_t i = 0; run->tally != NULL && !bottom && i < run->tally->cells.count; i++) {
        cci_place p = cci_cells_place(&run->tally->cells, i);
        CCI_TRY(add(&beside[p.option], p.weight, (int64_t)p.length - 1, error));
    }
    return COCREATE_OK;
}

static cocreate_status run_integers(cci_run *run, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    const cci_electorate *e = run->electorate;
    int bottom = run->options[UNRANKED].integer == BOTTOM;
    int64_t *totals = cci_alloc(a, e->candidates, sizeof *totals);
    int64_t *beside = cci_alloc(a, e->candidates, sizeof *beside), others = 0;
    cocreate_status status =
        totals != NULL && beside != NULL ? COCREATE_OK : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = run->tally != NULL ? tally_places(run->tally, run->options[VARIANT].integer,
                                                   bottom, totals, &others, error)
                                    : tally_all(e, run->options[VARIANT].integer, bottom, totals,
                                                &others, error);
    if (status == COCREATE_OK && run->options[VARIANT].integer == STANDARD)
        status = count_beside(run, bottom, beside, error);
    if (status == COCREATE_OK)
        status = finish(run, totals, others, beside, error);
    cci_free(a, totals);
    cci_free(a, beside);
    return status;
}

static cocreate_status run_borda(cci_run *run, cocreate_error *error)
{
    const cci_option_value *scores = &run->options[SCORES];
    int bottom = run->options[UNRANKED].integer == BOTTOM;
    if (scores->count > 0)
        CCI_TRY(cci_vector_points(run, scores->numbers, scores->count, bottom, error));
    else if (run->options[VARIANT].integer == DOWDALL)
        CCI_TRY(cci_vector_dowdall(run, bottom, error));
    else
        CCI_TRY(run_integers(run, error));
    cci_buffer_format(&run->trace, "\"blank\":\"%lld\"", (long long)run->electorate->blank);
    if (scores->count == 0) {
        int64_t most = run->options[VARIANT].integer == DOWDALL ? 1 : (int64_t)run->roster->count - 1;
        run->swing = run->options[VARIANT].integer == SYMMETRIC ? 2 * most : most;
        if (run->options[VARIANT].integer == WEAK_DOMINATION)
            run->swing = most + 1;
    }
    return cci_place_by_score(run, error);
}

const cci_method cci_method_borda = {
    .name = "borda",
    .title = "Borda: points by rank",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .lean = 1,
    .tally = COCREATE_TALLY_PLACES,
    .complexity = "O(ranked options + options log options)",
    .source = "Brandt et al., Handbook of Computational Social Choice (2016), 2.2; for ties and "
              "left-out options: Emerson, The original Borda count and partial voting (2013)",
    .run = run_borda,
};
