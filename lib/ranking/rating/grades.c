/* Distributions of scores. */
#include "ranking/rating/grades.h"

#include <string.h>

#include "ranking/order.h"

/* Scales up to this many scores are counted in a table. */
#define TABLE_SCORES_MAX 4096
#define TABLE_CELLS_MAX (UINT64_C(1) << 26)

/* What one opening works with. */
struct reader {
    const cci_electorate *e;
    size_t m;
    int64_t least, most;
    int64_t said; /* weight of ballots that say something */
    int worst, tallied;
    size_t runs, room_scores, room_weights;
};

static void find_extremes(struct reader *r)
{
    const cci_electorate *e = r->e;
    r->least = INT64_MAX;
    r->most = INT64_MIN;
    for (size_t b = 0; b < e->ballots; b++) {
        r->said += e->weights[b];
        for (size_t i = e->start[b]; i < e->start[b + 1]; i++) {
            r->least = e->values[i] < r->least ? e->values[i] : r->least;
            r->most = e->values[i] > r->most ? e->values[i] : r->most;
        }
    }
}

/* Append a run to the candidate being filled. */
static int push(cci_grades *g, struct reader *r, uint32_t candidate, int64_t score, int64_t weight)
{
    if (weight == 0)
        return 1;
    g->totals[candidate] += weight; /* part of the weight of all ballots */
    if (r->runs > g->start[candidate] && g->scores[r->runs - 1] == score) {
        g->weights[r->runs - 1] += weight;
        return 1;
    }
    if (!cci_grow(&g->allocator, (void **)&g->scores, &r->room_scores, r->runs + 1,
                  sizeof *g->scores) ||
        !cci_grow(&g->allocator, (void **)&g->weights, &r->room_weights, r->runs + 1,
                  sizeof *g->weights))
        return 0;
    g->scores[r->runs] = score;
    g->weights[r->runs++] = weight;
    return 1;
}

/* From a table of weights by candidate and score. */
static cocreate_status from_table(cci_grades *g, struct reader *r, size_t width, int64_t *table,
                                  cocreate_error *error)
{
    const cci_electorate *e = r->e;
    for (size_t b = 0; b < e->ballots; b++)
        for (size_t i = e->start[b]; i < e->start[b + 1]; i++)
            table[e->options[i] * width + (size_t)(e->values[i] - r->least)] += e->weights[b];
    for (uint32_t o = 0; o < r->m; o++) {
        int64_t *row = table + o * width, scored = 0;
        for (size_t k = 0; k < width; k++)
            scored += row[k];
        if (r->worst)
            row[0] += r->said - scored;
        for (size_t k = 0; k < width; k++)
            if (!push(g, r, o, r->least + (int64_t)k, row[k]))
                return cci_no_memory(error);
        g->start[o + 1] = r->runs;
    }
    return COCREATE_OK;
}

/* Every score as an entry, for sorting. */
struct entries {
    uint32_t *candidates;
    int64_t *scores, *weights;
    uint32_t *order;
    size_t n;
};

static cocreate_status by_score(void *context, uint32_t a, uint32_t b, int *out,
                                cocreate_error *error)
{
    const struct entries *s = context;
    (void)error;
    *out = (s->candidates[a] > s->candidates[b]) - (s->candidates[a] < s->candidates[b]);
    if (*out == 0)
        *out = (s->scores[a] > s->scores[b]) - (s->scores[a] < s->scores[b]);
    return COCREATE_OK;
}

static cocreate_status from_sorted(cci_grades *g, struct reader *r, struct entries *s,
                                   cocreate_error *error)
{
    const cci_electorate *e = r->e;
    size_t at = 0;
    for (size_t b = 0; b < e->ballots; b++)
        for (size_t i = e->start[b]; i < e->start[b + 1]; i++, at++) {
            s->candidates[at] = e->options[i];
            s->scores[at] = e->values[i];
            s->weights[at] = e->weights[b];
            s->order[at] = (uint32_t)at;
        }
    CCI_TRY(cci_sort(&g->allocator, s->order, s->n, by_score, s, error));
    at = 0;
    for (uint32_t o = 0; o < r->m; o++) {
        int64_t scored = 0;
        size_t end = at;
        for (; end < s->n && s->candidates[s->order[end]] == o; end++)
            scored += s->weights[s->order[end]];
        if (r->worst && !push(g, r, o, r->least, r->said - scored))
            return cci_no_memory(error);
        for (; at < end; at++)
            if (!push(g, r, o, s->scores[s->order[at]], s->weights[s->order[at]]))
                return cci_no_memory(error);
        g->start[o + 1] = r->runs;
    }
    return COCREATE_OK;
}

static cocreate_status sort_entries(cci_grades *g, struct reader *r, cocreate_error *error)
{
    const cocreate_allocator *a = &g->allocator;
    struct entries s = {.n = r->e->start[r->e->ballots]};
    if (s.n > UINT32_MAX)
        return cci_fail(error, COCREATE_ERR_LIMIT, "more than %llu scores on a scale this long",
                        (unsigned long long)UINT32_MAX);
    s.candidates = cci_alloc(a, s.n, sizeof *s.candidates);
    s.scores = cci_alloc(a, s.n, sizeof *s.scores);
    s.weights = cci_alloc(a, s.n, sizeof *s.weights);
    s.order = cci_alloc(a, s.n, sizeof *s.order);
    cocreate_status status = s.candidates && s.scores && s.weights && s.order
                                 ? from_sorted(g, r, &s, error)
                                 : cci_no_memory(error);
    cci_free(a, s.candidates);
    cci_free(a, s.scores);
    cci_free(a, s.weights);
    cci_free(a, s.order);
    return status;
}

static cocreate_status fill(cci_grades *g, struct reader *r, cocreate_error *error)
{
    if (r->e->ballots == 0)
        return COCREATE_OK;
    find_extremes(r);
    if (r->tallied) /* then there is a ballot for each score */
        r->said = r->e->info.weight - r->e->blank;
    uint64_t width = (uint64_t)r->most - (uint64_t)r->least + 1;
    if (width == 0 || width > TABLE_SCORES_MAX || width * r->m > TABLE_CELLS_MAX)
        return sort_entries(g, r, error);
    int64_t *table = cci_alloc(&g->allocator, (size_t)width * r->m, sizeof *table);
    if (table == NULL)
        return cci_no_memory(error);
    cocreate_status status = from_table(g, r, (size_t)width, table, error);
    cci_free(&g->allocator, table);
    return status;
}

cocreate_status cci_grades_open(const cci_run *run, int worst, cci_grades *out,
                                cocreate_error *error)
{
    struct reader r = {.e = run->electorate, .m = run->roster->count, .worst = worst,
                       .tallied = run->tally != NULL};
    memset(out, 0, sizeof *out);
    out->allocator = run->allocator;
    out->start = cci_alloc(&run->allocator, r.m + 1, sizeof *out->start);
    out->totals = cci_alloc(&run->allocator, r.m, sizeof *out->totals);
    cocreate_status status =
        out->start && out->totals ? fill(out, &r, error) : cci_no_memory(error);
    if (status != COCREATE_OK)
        cci_grades_free(out);
    return status;
}

void cci_grades_free(cci_grades *g)
{
    if (g->allocator.release == NULL)
        return;
    cci_free(&g->allocator, g->start);
    cci_free(&g->allocator, g->scores);
    cci_free(&g->allocator, g->weights);
    cci_free(&g->allocator, g->totals);
    memset(g, 0, sizeof *g);
}

size_t cci_grades_median(const cci_grades *g, uint32_t candidate)
{
    int64_t half = g->totals[candidate] / 2 + g->totals[candidate] % 2, below = 0;
    for (size_t i = g->start[candidate]; i < g->start[candidate + 1]; i++) {
        below += g->weights[i];
        if (below >= half)
            return i;
    }
    return SIZE_MAX;
}
