/* A tally from what was sealed: no profile, and no ballot is looked up again. */
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "campaign/segments/segment.h"
#include "profile/ballots.h"
#include "tally/tally.h"

/* Ballots and marks that are counted at once, as the caches of a processor hold them. */
#define BALLOTS ((size_t)1 << 14)
#define MARKS ((size_t)1 << 16)
/* Ranks that are sorted by moving each to its place. */
#define FEW 32

typedef struct ranked {
    int64_t rank;
    uint32_t candidate;
} ranked;

typedef struct counter {
    const cci_round_spec *spec;
    cocreate_tally *tally;
    cci_electorate part;
    int64_t *values; /* of the part, also where it goes without */
    int tied;        /* a ballot of the part has equal ranks */
    ranked *ranks;   /* of one ballot; NULL where ballots are no rankings */
    size_t room;     /* entries */
    uint32_t *seen; /* of each option: the last ballot that names it */
    uint32_t visit;
} counter;

static cocreate_status open_counter(counter *k, size_t options, cocreate_error *error)
{
    const cocreate_allocator *a = &k->tally->allocator;
    cci_electorate *e = &k->part;
    k->room = MARKS + options;
    *e = (cci_electorate){.allocator = *a, .candidates = k->tally->candidates, .widest = 1};
    e->start = cci_alloc(a, BALLOTS + 1, sizeof *e->start);
    e->weights = cci_alloc(a, BALLOTS, sizeof *e->weights);
    e->options = cci_alloc(a, k->room, sizeof *e->options);
    e->values = k->values = cci_alloc(a, k->room, sizeof *e->values);
    k->seen = cci_alloc(a, options, sizeof *k->seen);
    if (k->tally->info.ballot_kind == COCREATE_BALLOT_RANKING)
        k->ranks = cci_alloc(a, options, sizeof *k->ranks);
    if (!e->start || !e->weights || !e->options || !e->values || !k->seen ||
        (k->tally->info.ballot_kind == COCREATE_BALLOT_RANKING && !k->ranks))
        return cci_no_memory(error);
    return COCREATE_OK;
}

static void close_counter(counter *k)
{
    cci_free(&k->tally->allocator, k->seen);
    cci_free(&k->tally->allocator, k->ranks);
    k->part.values = k->values;
    cci_electorate_close(&k->part);
}

static cocreate_status flush(counter *k, cocreate_error *error)
{
    if (k->ranks && !k->tied)
        k->part.values = NULL; /* so says an electorate that no ranks are equal */
    cocreate_status status = cci_tally_count(k->tally, &k->part, error);
    k->part.values = k->values;
    k->part.ballots = 0;
    k->tied = 0;
    return status;
}

static cocreate_status damaged(const counter *k, cocreate_error *error)
{
    return cci_fail(error, COCREATE_ERR_CORRUPT,
                    "the sealed ballots of round '%.60s' are damaged", k->spec->id);
}

/* A number that no option was seen with. */
static uint32_t next_visit(counter *k)
{
    if (++k->visit == 0) {
        memset(k->seen, 0, cci_profile_options(k->tally->options) * sizeof *k->seen);
        k->visit = 1;
    }
    return k->visit;
}

static int compare_ranks(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return (x->candidate > y->candidate) - (x->candidate < y->candidate);
}

static void sort_ranks(ranked *ranks, size_t n)
{
    if (n > FEW) {
        qsort(ranks, n, sizeof *ranks, compare_ranks);
        return;
    }
    for (size_t i = 1; i < n; i++) {
        ranked next = ranks[i];
        size_t to = i;
        for (; to > 0 && compare_ranks(&next, &ranks[to - 1]) < 0; to--)
            ranks[to] = ranks[to - 1];
        ranks[to] = next;
    }
}

/* The entries of a ranking best first, with dense ranks. */
static void order_entries(counter *k, uint32_t *options, int64_t *values, size_t n)
{
    cci_electorate *e = &k->part;
    int64_t rank = 0;
    size_t width = 0;
    for (size_t i = 0; i < n; i++)
        k->ranks[i] = (ranked){values[i], options[i]};
    sort_ranks(k->ranks, n);
    for (size_t i = 0; i < n; i++) {
        int same = i > 0 && k->ranks[i].rank == k->ranks[i - 1].rank;
        width = same ? width + 1 : 1;
        rank += !same;
        k->tied |= same;
        e->widest = width > e->widest ? width : e->widest;
        options[i] = k->ranks[i].candidate;
        values[i] = rank;
    }
}

/* The least value that a ballot can have. */
static int64_t least_value(int32_t kind)
{
    return kind == COCREATE_BALLOT_RANKING  ? 1
           : kind == COCREATE_BALLOT_POINTS ? 0
                                            : INT64_MIN;
}

/* Entries that are kept, those of candidates; SIZE_MAX for a ballot that nobody could cast. */
static size_t copy_entries(counter *k, const uint32_t *options, const int64_t *values, size_t n)
{
    cci_electorate *e = &k->part;
    size_t at = e->start[e->ballots], kept = 0;
    const uint32_t visit = next_visit(k), *map = k->tally->map;
    const int64_t least = least_value(k->tally->info.ballot_kind);
    for (size_t i = 0; i < n; i++) {
        uint32_t option = options[i], candidate = map ? map[option] : option;
        int64_t value = values ? values[i] : 1;
        if (k->seen[option] == visit || value < least)
            return SIZE_MAX;
        k->seen[option] = visit;
        if (candidate == CCI_WITHDRAWN)
            continue;
        e->options[at + kept] = candidate;
        e->values[at + kept++] = value;
    }
    if (k->ranks)
        order_entries(k, e->options + at, e->values + at, kept);
    return kept;
}

static cocreate_status count_ballot(void *self, const uint32_t *options, const int64_t *values,
                                    size_t n, int64_t count, int64_t weight, cocreate_error *error)
{
    counter *k = self;
    cci_electorate *e = &k->part;
    cocreate_tally_info *info = &k->tally->info;
    if (e->ballots == BALLOTS || k->room - e->start[e->ballots] < n)
        CCI_TRY(flush(k, error));
    size_t kept = copy_entries(k, options, values, n);
    if (kept == SIZE_MAX || !cci_add_i64(info->ballots, count, &info->ballots) ||
        !cci_add_i64(info->weight, weight, &info->weight))
        return damaged(k, error);
    info->empty += n == 0 ? count : 0;
    if (kept == 0) {
        info->blank += weight;
        return COCREATE_OK;
    }
    info->valid += count;
    e->longest = kept > e->longest ? kept : e->longest;
    e->weights[e->ballots] = weight;
    e->start[e->ballots + 1] = e->start[e->ballots] + kept;
    e->ballots++;
    return COCREATE_OK;
}

static cocreate_status read_distinct(cci_engine *e, const cci_campaign *c, const char *round,
                                     int64_t *out, int *found, cocreate_error *error)
{
    char id[CCI_SEGMENT_ID_SIZE];
    json_t *doc = NULL;
    CCI_TRY(cci_state_get(e, c->part, CCI_KIND_SEAL, cci_distinct_id(round, id), &doc, error));
    *found = doc != NULL;
    cocreate_status status =
        doc ? cci_json_i64(doc, "distinct", 0, INT64_MAX, out, &CCI_ROOT, error) : COCREATE_OK;
    json_decref(doc);
    return status;
}

static cocreate_status count_all(cci_engine *e, const cci_campaign *c, size_t index, counter *k,
                                 uint8_t *marked, cci_turnout *turnout, int *found,
                                 cocreate_error *error)
{
    const cci_ballot_sink sink = {k, count_ballot};
    size_t options = cci_profile_options(k->tally->options);
    CCI_TRY(open_counter(k, options, error));
    CCI_TRY(cci_seal_read(e, c, index, options, NULL, &sink, marked, turnout, found, error));
    if (*found)
        CCI_TRY(flush(k, error));
    if (*found && k->tally->kind == COCREATE_TALLY_PAIRS)
        cci_pairs_settle(&k->tally->pairs);
    return COCREATE_OK;
}

cocreate_status cci_seal_count(cci_engine *e, const cci_campaign *c, size_t index,
                               const cocreate_profile *options, int32_t kind, uint8_t *marked,
                               cci_turnout *turnout, cocreate_tally **out, cocreate_error *error)
{
    counter k = {.spec = &c->brief.rounds[index]};
    int64_t distinct = 0;
    int found = 0;
    *out = NULL;
    cocreate_status status = read_distinct(e, c, k.spec->id, &distinct, &found, error);
    if (status != COCREATE_OK)
        return cci_is_verdict(status) ? damaged(&k, error) : status;
    if (!found)
        return COCREATE_OK;
    if (kind == COCREATE_TALLY_PAIRS && cci_profile_options(options) > CCI_PAIRS_MAX)
        return COCREATE_OK;
    CCI_TRY(cocreate_tally_new(options, kind, &k.tally, error));
    status = count_all(e, c, index, &k, marked, turnout, &found, error);
    close_counter(&k);
    if (status != COCREATE_OK || !found) {
        cocreate_tally_free(k.tally);
        return status;
    }
    k.tally->knows_distinct = 1;
    k.tally->distinct = (uint64_t)distinct;
    *out = k.tally;
    return COCREATE_OK;
}
