/* Tallies: making them, adding ballots, merging and taking out. */
#include "tally/tally.h"

#include <inttypes.h>
#include <string.h>

#include "base/checked.h"

/* -- Making one ------------------------------------------------------------------------------- */

int cci_tally_kind_fits(int32_t kind, int32_t ballot_kind)
{
    int ranked = ballot_kind == COCREATE_BALLOT_RANKING;
    return kind == COCREATE_TALLY_VALUES ? !ranked : ranked;
}

static cocreate_status check_kind(int32_t kind, int32_t ballot_kind, cocreate_error *error)
{
    if (kind < COCREATE_TALLY_VALUES || kind > COCREATE_TALLY_PAIRS)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "%d is not a kind of tally", (int)kind);
    if (cci_tally_kind_fits(kind, ballot_kind))
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_ARGUMENT,
                    kind == COCREATE_TALLY_VALUES
                        ? "a tally of values takes approvals, scores or points, not rankings"
                        : "a tally of %s takes rankings",
                    kind == COCREATE_TALLY_PLACES ? "places" : "pairs");
}

/* Which options run, and as which candidates. */
static cocreate_status map_options(cocreate_tally *t, cocreate_error *error)
{
    size_t n = cci_profile_options(t->options);
    t->map = cci_alloc(&t->allocator, n, sizeof *t->map);
    if (t->map == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < n; i++) {
        cocreate_option option = {.size = sizeof option};
        CCI_TRY(cocreate_profile_option(t->options, i, &option, error));
        t->map[i] = option.withdrawn ? CCI_WITHDRAWN : (uint32_t)t->candidates++;
    }
    if (t->candidates == n) {
        cci_free(&t->allocator, t->map);
        t->map = NULL;
    }
    return COCREATE_OK;
}

static cocreate_status fill_new(cocreate_tally *t, const cocreate_profile *options, int32_t kind,
                                cocreate_error *error)
{
    cocreate_profile_info info = {.size = sizeof info};
    CCI_TRY(cocreate_profile_info_get(options, &info, error));
    CCI_TRY(check_kind(kind, info.kind, error));
    CCI_TRY(cci_profile_describe(options, info.kind, &t->options, error));
    CCI_TRY(map_options(t, error));
    if (kind == COCREATE_TALLY_PAIRS && t->candidates > CCI_PAIRS_MAX)
        return cci_fail(error, COCREATE_ERR_LIMIT,
                        "a tally of pairs takes at most %d options, and %zu run", CCI_PAIRS_MAX,
                        t->candidates);
    t->info.kind = t->kind = kind;
    t->info.ballot_kind = info.kind;
    t->info.options = info.options;
    if (cci_tally_has_cells(t))
        return COCREATE_OK;
    return cci_pairs_init(&t->pairs, &t->allocator, t->candidates, CCI_CPU_BEST, error);
}

cocreate_status cocreate_tally_new(const cocreate_profile *options, int32_t kind,
                                   cocreate_tally **out, cocreate_error *error)
{
    const cocreate_allocator *a = cci_profile_allocator(options);
    cocreate_tally *t = cci_alloc(a, 1, sizeof *t);
    if (t == NULL)
        return cci_no_memory(error);
    t->allocator = *a;
    t->info.size = sizeof t->info;
    cci_cells_init(&t->cells, a);
    t->pairs.allocator = *a;
    cocreate_status status = fill_new(t, options, kind, error);
    if (status == COCREATE_OK)
        *out = t;
    else
        cocreate_tally_free(t);
    return status;
}

void cocreate_tally_free(cocreate_tally *tally)
{
    if (tally == NULL)
        return;
    cocreate_allocator a = tally->allocator;
    cci_cells_free(&tally->cells);
    cci_pairs_free(&tally->pairs);
    cci_free(&a, tally->map);
    cocreate_profile_free(tally->options);
    cci_free(&a, tally);
}

cocreate_status cocreate_tally_info_get(const cocreate_tally *tally, cocreate_tally_info *out,
                                        cocreate_error *error)
{
    if (out->size != sizeof *out)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "info: size is %zu, expected %zu",
                        out->size, sizeof *out);
    *out = tally->info;
    return COCREATE_OK;
}

/* -- Sums ------------------------------------------------------------------------------------- */

/* Every other number is part of these two, and so is every sum of such numbers. */
static cocreate_status check_sums(const cocreate_tally_info *a, const cocreate_tally_info *b,
                                  cocreate_error *error)
{
    int64_t sum;
    if (!cci_add_i64(a->ballots, b->ballots, &sum))
        return cci_fail(error, COCREATE_ERR_OVERFLOW,
                        "the ballots together would be more than 2^63 - 1");
    if (!cci_add_i64(a->weight, b->weight, &sum))
        return cci_fail(error, COCREATE_ERR_OVERFLOW,
                        "the weights together would be more than 2^63 - 1");
    return COCREATE_OK;
}

static void join_counts(cocreate_tally_info *a, const cocreate_tally_info *b, int sign)
{
    a->ballots += sign * b->ballots;
    a->weight += sign * b->weight;
    a->empty += sign * b->empty;
    a->valid += sign * b->valid;
    a->blank += sign * b->blank;
}

/* Do two profiles describe the same kind of ballots over the same options, of which the same run? */
static cocreate_status check_same(const cocreate_tally *t, const cocreate_profile *other,
                                  cocreate_error *error)
{
    CCI_TRY(cci_profile_check_same(t->options, other, error));
    for (size_t i = 0; i < cci_profile_options(other); i++) {
        cocreate_option option = {.size = sizeof option};
        CCI_TRY(cocreate_profile_option(other, i, &option, error));
        int runs = t->map == NULL || t->map[i] != CCI_WITHDRAWN;
        if (runs == option.withdrawn)
            return cci_fail_at(error, COCREATE_ERR_ARGUMENT, i,
                               "option \"%s\" is withdrawn %s: the ballots must be tallied again",
                               option.id, runs ? "there, and counts here" : "here, and not there");
    }
    return COCREATE_OK;
}

/* -- Adding ballots --------------------------------------------------------------------------- */

cocreate_status cci_tally_count(cocreate_tally *t, const cci_electorate *part,
                                cocreate_error *error)
{
    switch (t->kind) {
    case COCREATE_TALLY_VALUES:
        return cci_cells_add_values(&t->cells, part, error);
    case COCREATE_TALLY_PLACES:
        return cci_cells_add_places(&t->cells, part, error);
    default:
        return cci_pairs_add(&t->pairs, part, 0, part->ballots, error);
    }
}

/* Keys read at once, in bytes; more where a part is merged into many cells. */
#define PART_BYTES ((size_t)1 << 17)

static cocreate_status count_parts(cocreate_tally *t, cci_reader *reader, cci_electorate *part,
                                   const cocreate_progress *progress, cocreate_error *error)
{
    reader->lean = t->kind == COCREATE_TALLY_PAIRS;
    while (!cci_reader_done(reader)) {
        if (progress != NULL && progress->call != NULL &&
            progress->call(progress->user, reader->next, part->info.distinct) != 0)
            return cci_fail(error, COCREATE_ERR_CANCELLED,
                            "cancelled after %zu of %" PRIu64 " distinct ballots", reader->next,
                            part->info.distinct);
        size_t bytes = 4 * sizeof(cci_cell) * t->cells.count;
        CCI_TRY(cci_reader_next(reader, bytes > PART_BYTES ? bytes : PART_BYTES, part, error));
        CCI_TRY(cci_tally_count(t, part, error));
    }
    if (t->kind == COCREATE_TALLY_PAIRS)
        cci_pairs_settle(&t->pairs);
    return COCREATE_OK;
}

static cocreate_status count_all(cocreate_tally *t, const cocreate_profile *ballots,
                                 const cocreate_progress *progress, cocreate_error *error)
{
    cci_reader reader;
    cci_electorate part;
    CCI_TRY(cci_reader_open(&reader, ballots, t->map, t->candidates, &part, error));
    cocreate_status status = count_parts(t, &reader, &part, progress, error);
    t->info.ballots = part.info.ballots;
    t->info.weight = part.info.weight;
    t->info.empty = part.info.empty;
    t->info.valid = part.valid;
    t->info.blank = part.blank;
    cci_electorate_close(&part);
    return status;
}

/* What is counted may still fail, so it is counted beside the tally, and then merged. */
cocreate_status cocreate_tally_add(cocreate_tally *tally, const cocreate_profile *ballots,
                                   const cocreate_progress *progress, cocreate_error *error)
{
    CCI_TRY(check_same(tally, ballots, error));
    cocreate_tally *more = NULL;
    CCI_TRY(cocreate_tally_new(tally->options, tally->kind, &more, error));
    cocreate_status status = count_all(more, ballots, progress, error);
    if (status == COCREATE_OK)
        status = cocreate_tally_merge(tally, more, error);
    cocreate_tally_free(more);
    return status;
}

/* -- Merging and taking out ------------------------------------------------------------------- */

static const char *name_of(int32_t kind)
{
    static const char *const names[] = {"", "values", "places", "pairs"};
    return names[kind];
}

static cocreate_status check_alike(const cocreate_tally *t, const cocreate_tally *other,
                                   cocreate_error *error)
{
    if (t->kind != other->kind)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "the other is a tally of %s, not of %s",
                        name_of(other->kind), name_of(t->kind));
    return check_same(t, other->options, error);
}

static cocreate_status join_cells(cocreate_tally *t, const cocreate_tally *other, int sign,
                                  cocreate_error *error)
{
    cci_cells joined;
    CCI_TRY(cci_cells_join(&t->cells, &other->cells, sign, &joined, error));
    cci_cells_free(&t->cells);
    t->cells = joined;
    return COCREATE_OK;
}

cocreate_status cocreate_tally_merge(cocreate_tally *tally, const cocreate_tally *other,
                                     cocreate_error *error)
{
    CCI_TRY(check_alike(tally, other, error));
    CCI_TRY(check_sums(&tally->info, &other->info, error));
    if (cci_tally_has_cells(tally))
        CCI_TRY(join_cells(tally, other, 1, error));
    else
        CCI_TRY(cci_pairs_join(&tally->pairs, &other->pairs, 1, error));
    join_counts(&tally->info, &other->info, 1);
    return COCREATE_OK;
}

/* What would be left; its numbers must be those of some ballots. */
cocreate_status cocreate_tally_subtract(cocreate_tally *tally, const cocreate_tally *other,
                                        cocreate_error *error)
{
    CCI_TRY(check_alike(tally, other, error));
    cocreate_tally rest = *tally;
    rest.cells = (cci_cells){.allocator = tally->allocator};
    rest.pairs = (cci_pairs){.allocator = tally->allocator};
    join_counts(&rest.info, &other->info, -1);
    cocreate_status status = COCREATE_OK;
    if (cci_tally_has_cells(tally))
        status = cci_cells_join(&tally->cells, &other->cells, -1, &rest.cells, error);
    else
        status = cci_pairs_copy(&tally->pairs, &rest.pairs, error);
    if (status == COCREATE_OK && !cci_tally_has_cells(tally))
        status = cci_pairs_join(&rest.pairs, &other->pairs, -1, error);
    const char *why = status == COCREATE_OK ? cci_tally_check(&rest) : NULL;
    if (why != NULL)
        status = cci_fail(error, COCREATE_ERR_ARGUMENT,
                          "what is to be taken out was never counted: %s", why);
    if (status == COCREATE_OK) { /* the rest takes the place of the whole */
        cocreate_tally whole = *tally;
        *tally = rest;
        rest = whole;
    }
    cci_cells_free(&rest.cells);
    cci_pairs_free(&rest.pairs);
    return status;
}

/* -- What is possible ------------------------------------------------------------------------- */

static const char *check_counts(const cocreate_tally_info *info)
{
    if (info->ballots < 0 || info->weight < 0 || info->empty < 0 || info->valid < 0 ||
        info->blank < 0)
        return "a count is negative";
    if (info->empty > info->ballots || info->valid > info->ballots - info->empty)
        return "there are more ballots in parts than in all";
    if (info->blank > info->weight)
        return "there is more weight in parts than in all";
    if (info->ballots == 0 && info->weight > 0)
        return "there is weight without a ballot";
    if (info->valid == 0 && info->blank != info->weight)
        return "there is weight on options without a ballot";
    return NULL;
}

static const char *check_cells(const cocreate_tally *t, int64_t most)
{
    int64_t sum = 0;
    for (size_t i = 0; i < t->cells.count; i++) {
        const cci_cell *cell = &t->cells.items[i];
        if (i == 0 || cell->option != t->cells.items[i - 1].option)
            sum = 0;
        if (cell->weight <= 0 || cell->weight > most - sum)
            return "an option has more weight than the ballots";
        sum += cell->weight;
    }
    return NULL;
}

static const char *check_pairs(const cci_pairs *p, int64_t most)
{
    for (size_t a = 0; a < p->m; a++) {
        if (p->ranked[a] < 0 || p->ranked[a] > most)
            return "an option has more weight than the ballots";
        for (size_t b = 0; b < a; b++) {
            int64_t there = p->before[a * p->m + b], back = p->before[b * p->m + a];
            int64_t tied = p->tied != NULL ? p->tied[a * (a - 1) / 2 + b] : 0;
            int64_t both = p->ranked[a] < p->ranked[b] ? p->ranked[a] : p->ranked[b];
            int64_t more = p->ranked[a] < p->ranked[b] ? p->ranked[b] : p->ranked[a];
            if (there < 0 || back < 0 || tied < 0 || there > both || back > both - there ||
                tied > both - there - back)
                return "a pair has more weight than its options";
            if (both - there - back - tied > most - more)
                return "a pair has less weight than its options";
        }
    }
    return NULL;
}

const char *cci_tally_check(const cocreate_tally *t)
{
    const char *why = check_counts(&t->info);
    int64_t most = t->info.weight - t->info.blank;
    if (why != NULL)
        return why;
    return cci_tally_has_cells(t) ? check_cells(t, most) : check_pairs(&t->pairs, most);
}
