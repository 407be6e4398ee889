/* Positional scoring by any vector. Ballots are first counted by option and places, in integers,
 * so that rationals are touched once for each kind of place and not once for each ballot. */
#include "ranking/positional/vector.h"

#include <string.h>

#include "ranking/order.h"

/* Option o shares the `size` places after the first `start` on ballots of this weight. */
struct cell {
    uint32_t option, start, size;
    int64_t weight;
};

struct cells {
    cocreate_allocator allocator;
    struct cell *items;
    size_t count, capacity;
    cci_rational *sums; /* sums[k] = points of the first k places */
    size_t places;
    cci_rational share, term, total;
};

static int compare_cells(const struct cell *a, const struct cell *b)
{
    if (a->option != b->option)
        return a->option < b->option ? -1 : 1;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    return (a->size > b->size) - (a->size < b->size);
}

static cocreate_status by_cell(void *context, uint32_t a, uint32_t b, int *out,
                               cocreate_error *error)
{
    const struct cell *items = context;
    (void)error;
    *out = compare_cells(&items[a], &items[b]);
    return COCREATE_OK;
}

/* Sort and add up what is equal. */
static cocreate_status fold(struct cells *c, cocreate_error *error)
{
    const cocreate_allocator *a = &c->allocator;
    if (c->count < 2)
        return COCREATE_OK;
    uint32_t *order = cci_alloc(a, c->count, sizeof *order);
    struct cell *folded = cci_alloc(a, c->count, sizeof *folded);
    cocreate_status status =
        order != NULL && folded != NULL ? COCREATE_OK : cci_no_memory(error);
    for (size_t i = 0; status == COCREATE_OK && i < c->count; i++)
        order[i] = (uint32_t)i;
    if (status == COCREATE_OK)
        status = cci_sort(a, order, c->count, by_cell, c->items, error);
    size_t n = 0;
    for (size_t i = 0; status == COCREATE_OK && i < c->count; i++) {
        const struct cell *cell = &c->items[order[i]];
        if (n > 0 && compare_cells(&folded[n - 1], cell) == 0)
            folded[n - 1].weight += cell->weight; /* part of the weight of all ballots */
        else
            folded[n++] = *cell;
    }
    if (status == COCREATE_OK) {
        memcpy(c->items, folded, n * sizeof *folded);
        c->count = n;
    }
    cci_free(a, order);
    cci_free(a, folded);
    return status;
}

/* Memory for the cells is bounded by folding them whenever this many have come together. */
#define FOLD_AT ((size_t)1 << 22)

static cocreate_status push(struct cells *c, size_t *fold_at, struct cell cell,
                            cocreate_error *error)
{
    if (c->count == *fold_at) {
        CCI_TRY(fold(c, error));
        if (c->count > *fold_at / 2)
            *fold_at *= 2;
    }
    if (c->count >= UINT32_MAX)
        return cci_fail(error, COCREATE_ERR_LIMIT, "too many kinds of places");
    if (!cci_grow(&c->allocator, (void **)&c->items, &c->capacity, c->count + 1,
                  sizeof *c->items))
        return cci_no_memory(error);
    c->items[c->count++] = cell;
    return COCREATE_OK;
}

/* A cell of no option: a ballot that ranks only the first `start` places. */
#define LEFT_OUT UINT32_MAX

static cocreate_status collect(struct cells *c, const cci_electorate *e, int bottom,
                               cocreate_error *error)
{
    size_t fold_at = FOLD_AT;
    for (size_t b = 0; b < e->ballots; b++) {
        size_t first = e->start[b], end = e->start[b + 1];
        uint32_t ranked = (uint32_t)(end - first);
        uint32_t rest = (uint32_t)e->candidates - ranked;
        for (size_t i = first; i < end;) {
            size_t stop = cci_rank_end(e, i, end);
            uint32_t start = (uint32_t)(i - first), size = (uint32_t)(stop - i);
            for (; i < stop; i++) {
                struct cell cell = {cci_option_at(e, i), start, size, e->weights[b]};
                CCI_TRY(push(c, &fold_at, cell, error));
                /* What it would get with the left-out, to be taken back. */
                struct cell back = {cci_option_at(e, i), ranked, rest, -e->weights[b]};
                if (bottom && rest > 0)
                    CCI_TRY(push(c, &fold_at, back, error));
            }
        }
        struct cell others = {LEFT_OUT, ranked, rest, e->weights[b]};
        if (bottom && rest > 0)
            CCI_TRY(push(c, &fold_at, others, error));
    }
    return fold(c, error);
}

static cocreate_status read_tally(struct cells *c, const cci_run *run, int bottom,
                                  cocreate_error *error)
{
    const cci_cells *places = &run->tally->cells;
    size_t fold_at = FOLD_AT, m = run->roster->count;
    for (size_t i = 0; i < places->count; i++) {
        cci_place p = cci_cells_place(places, i);
        uint32_t length = (uint32_t)p.length, rest = (uint32_t)(m - p.length);
        struct cell cell = {p.option, (uint32_t)p.above, (uint32_t)p.size, p.weight};
        struct cell back = {p.option, length, rest, -p.weight};
        CCI_TRY(push(c, &fold_at, cell, error));
        if (bottom && rest > 0)
            CCI_TRY(push(c, &fold_at, back, error));
    }
    int64_t *weights;
    CCI_TRY(cci_cells_lengths(places, m, &weights, error));
    cocreate_status status = COCREATE_OK;
    for (size_t k = 1; bottom && k < m && status == COCREATE_OK; k++) {
        struct cell others = {LEFT_OUT, (uint32_t)k, (uint32_t)(m - k), weights[k]};
        if (weights[k] > 0)
            status = push(c, &fold_at, others, error);
    }
    cci_free(&c->allocator, weights);
    return status == COCREATE_OK ? fold(c, error) : status;
}

static const cci_rational *sum_of(const struct cells *c, size_t places)
{
    return &c->sums[places < c->places ? places : c->places];
}

/* total += weight * mean points of the cell's places */
static cocreate_status add_cell(struct cells *c, const struct cell *cell, cocreate_error *error)
{
    CCI_TRY(cci_rational_sub(sum_of(c, (size_t)cell->start + cell->size), sum_of(c, cell->start),
                             &c->share, error));
    CCI_TRY(cci_rational_set_i64(&c->term, cell->weight, (int64_t)cell->size, error));
    CCI_TRY(cci_rational_mul(&c->share, &c->term, &c->share, error));
    return cci_rational_add(&c->total, &c->share, &c->total, error);
}

static cocreate_status finish(cci_run *run, struct cells *c, cocreate_error *error)
{
    cci_rational base = {0};
    cocreate_status status = cci_rational_init(&base, error);
    size_t end = c->count; /* cells of LEFT_OUT sort last */
    while (status == COCREATE_OK && end > 0 && c->items[end - 1].option == LEFT_OUT)
        status = add_cell(c, &c->items[--end], error);
    if (status == COCREATE_OK)
        status = cci_rational_copy(&base, &c->total, error);
    size_t at = 0;
    for (size_t o = 0; status == COCREATE_OK && o < run->roster->count; o++) {
        status = cci_rational_copy(&c->total, &base, error);
        for (; status == COCREATE_OK && at < end && c->items[at].option == o; at++)
            status = add_cell(c, &c->items[at], error);
        if (status == COCREATE_OK)
            status = cci_value_set_rational(&run->allocator, &run->standings[o].score, &c->total,
                                            error);
    }
    cci_rational_clear(&base);
    return status;
}

/* sums[k]: `points`, or 1/k where NULL. */
static cocreate_status sum_points(struct cells *c, const cci_rational *points, size_t count,
                                  cocreate_error *error)
{
    c->sums = cci_alloc(&c->allocator, count + 1, sizeof *c->sums);
    if (c->sums == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_rational_init(&c->sums[0], error));
    CCI_TRY(cci_rational_init(&c->share, error));
    CCI_TRY(cci_rational_init(&c->term, error));
    CCI_TRY(cci_rational_init(&c->total, error));
    for (; c->places < count; c->places++) {
        size_t k = c->places;
        if (points == NULL)
            CCI_TRY(cci_rational_set_i64(&c->term, 1, (int64_t)k + 1, error));
        CCI_TRY(cci_rational_init(&c->sums[k + 1], error));
        cocreate_status status = cci_rational_add(
            &c->sums[k], points != NULL ? &points[k] : &c->term, &c->sums[k + 1], error);
        if (status != COCREATE_OK) {
            cci_rational_clear(&c->sums[k + 1]);
            return status;
        }
    }
    return COCREATE_OK;
}

static cocreate_status score(cci_run *run, const cci_rational *points, size_t count, int bottom,
                             cocreate_error *error)
{
    struct cells c = {.allocator = run->allocator};
    cocreate_status status = sum_points(&c, points, count, error);
    if (status == COCREATE_OK)
        status = run->tally != NULL ? read_tally(&c, run, bottom, error)
                                    : collect(&c, run->electorate, bottom, error);
    if (status == COCREATE_OK)
        status = finish(run, &c, error);
    for (size_t k = 0; c.sums != NULL && k <= c.places; k++)
        cci_rational_clear(&c.sums[k]);
    cci_free(&c.allocator, c.sums);
    cci_free(&c.allocator, c.items);
    cci_rational_clear(&c.share);
    cci_rational_clear(&c.term);
    cci_rational_clear(&c.total);
    return status;
}

cocreate_status cci_vector_points(cci_run *run, const cci_rational *points, size_t count,
                                  int bottom, cocreate_error *error)
{
    return score(run, points, count, bottom, error);
}

/* Exact harmonic sums have denominators of about 1.4 bits a place. */
#define DOWDALL_PLACES 4096

cocreate_status cci_vector_dowdall(cci_run *run, int bottom, cocreate_error *error)
{
    const cci_electorate *e = run->electorate;
    size_t places = bottom ? e->candidates : e->longest;
    if (places > DOWDALL_PLACES)
        return cci_fail(error, COCREATE_ERR_LIMIT, "variant=dowdall takes at most %d places",
                        DOWDALL_PLACES);
    return score(run, NULL, places, bottom, error);
}
