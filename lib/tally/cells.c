/* Weights by option and key. */
#include "tally/cells.h"

#include <stdlib.h>
#include <string.h>

#include "base/checked.h"

/* Options have indices below 2^20, so that the numbers of a place fit a key. */
typedef char places_fit[COCREATE_OPTIONS_MAX < 1 << 20 ? 1 : -1];

void cci_cells_init(cci_cells *c, const cocreate_allocator *a)
{
    *c = (cci_cells){.allocator = *a};
}

void cci_cells_free(cci_cells *c)
{
    cci_free(&c->allocator, c->items);
    c->items = NULL;
    c->count = c->room = 0;
}

static int compare(const cci_cell *a, const cci_cell *b)
{
    if (a->option != b->option)
        return a->option < b->option ? -1 : 1;
    return (a->key > b->key) - (a->key < b->key);
}

/* With the weight as the last key: cells that are equal in it are the same bytes. */
static int compare_items(const void *a, const void *b)
{
    const cci_cell *x = a, *y = b;
    int order = compare(x, y);
    return order != 0 ? order : (x->weight > y->weight) - (x->weight < y->weight);
}

/* Sort, add up what is equal, and drop what weighs nothing. */
static void fold(cci_cells *c)
{
    size_t kept = 0;
    qsort(c->items, c->count, sizeof *c->items, compare_items);
    for (size_t i = 0; i < c->count; i++)
        if (kept > 0 && compare(&c->items[kept - 1], &c->items[i]) == 0)
            c->items[kept - 1].weight += c->items[i].weight;
        else if (c->items[i].weight > 0)
            c->items[kept++] = c->items[i];
    c->count = kept;
}

static int make_room(cci_cells *c, size_t count)
{
    return cci_grow(&c->allocator, (void **)&c->items, &c->room, count, sizeof *c->items);
}

cocreate_status cci_cells_join(const cci_cells *c, const cci_cells *other, int sign,
                               cci_cells *out, cocreate_error *error)
{
    size_t i = 0, j = 0;
    cci_cells_init(out, &c->allocator);
    if (!make_room(out, c->count + other->count))
        return cci_no_memory(error);
    while (i < c->count || j < other->count) {
        int order = i == c->count       ? 1
                    : j == other->count ? -1
                                        : compare(&c->items[i], &other->items[j]);
        cci_cell cell = order <= 0 ? c->items[i] : other->items[j];
        int64_t more = order >= 0 ? other->items[j].weight * sign : 0;
        cell.weight = order <= 0 ? cell.weight + more : more;
        i += order <= 0;
        j += order >= 0;
        if (cell.weight < 0) {
            cci_cells_free(out);
            return cci_fail_at(error, COCREATE_ERR_ARGUMENT, cell.option,
                               "what is to be taken out was never counted: more of option %u",
                               (unsigned)cell.option);
        }
        if (cell.weight > 0)
            out->items[out->count++] = cell;
    }
    return COCREATE_OK;
}

/* Add the cells of one part. */
static cocreate_status take(cci_cells *c, cci_cells *part, cocreate_error *error)
{
    cci_cells joined;
    cocreate_status status = cci_cells_join(c, part, 1, &joined, error);
    cci_cells_free(part);
    if (status != COCREATE_OK)
        return status;
    cci_cells_free(c);
    *c = joined;
    return COCREATE_OK;
}

/* -- Tables ----------------------------------------------------------------------------------- */

/* Where few keys are possible their weights are summed in a table, `width` keys a candidate. */
typedef struct table {
    int64_t *sums;
    size_t width;
} table;

static size_t entries_of(const cci_electorate *e)
{
    return e->ballots > 0 ? e->start[e->ballots] : 0;
}

/* A table, if it is not much larger than what it counts. `sums` stays NULL where it is. */
static cocreate_status make_table(const cci_electorate *e, uint64_t width, table *out,
                                  cocreate_error *error)
{
    uint64_t most = 4 * (uint64_t)entries_of(e) + 4096;
    *out = (table){NULL, 0};
    if (width > most / e->candidates)
        return COCREATE_OK;
    out->width = (size_t)width;
    out->sums = cci_alloc(&e->allocator, e->candidates * out->width, sizeof *out->sums);
    return out->sums != NULL ? COCREATE_OK : cci_no_memory(error);
}

/* The cells of a table, whose index i stands for key_of(i, context). Frees the table. */
static cocreate_status read_table(const cci_electorate *e, table *t,
                                  int64_t (*key_of)(size_t i, int64_t context), int64_t context,
                                  cci_cells *part, cocreate_error *error)
{
    size_t cells = e->candidates * t->width, used = 0;
    for (size_t i = 0; i < cells; i++)
        used += t->sums[i] != 0;
    int good = make_room(part, used);
    for (size_t i = 0; good && i < cells; i++)
        if (t->sums[i] != 0)
            part->items[part->count++] = (cci_cell){key_of(i % t->width, context), t->sums[i],
                                                    (uint32_t)(i / t->width)};
    cci_free(&e->allocator, t->sums);
    return good ? COCREATE_OK : cci_no_memory(error);
}

/* -- Values ----------------------------------------------------------------------------------- */

static int64_t value_of(size_t i, int64_t least)
{
    return least + (int64_t)i;
}

static cocreate_status list_values(const cci_electorate *e, cci_cells *part, cocreate_error *error)
{
    if (!make_room(part, entries_of(e)))
        return cci_no_memory(error);
    for (size_t b = 0; b < e->ballots; b++)
        for (size_t i = e->start[b]; i < e->start[b + 1]; i++)
            part->items[part->count++] = (cci_cell){e->values[i], e->weights[b], e->options[i]};
    fold(part);
    return COCREATE_OK;
}

cocreate_status cci_cells_add_values(cci_cells *c, const cci_electorate *e, cocreate_error *error)
{
    size_t entries = entries_of(e);
    if (entries == 0)
        return COCREATE_OK;
    int64_t least = e->values[0], most = e->values[0];
    for (size_t i = 0; i < entries; i++) {
        least = e->values[i] < least ? e->values[i] : least;
        most = e->values[i] > most ? e->values[i] : most;
    }
    table t;
    cci_cells part;
    uint64_t range = (uint64_t)most - (uint64_t)least;
    CCI_TRY(make_table(e, range < UINT64_MAX ? range + 1 : range, &t, error));
    cci_cells_init(&part, &c->allocator);
    for (size_t b = 0; t.sums != NULL && b < e->ballots; b++)
        for (size_t i = e->start[b]; i < e->start[b + 1]; i++)
            t.sums[e->options[i] * t.width + (size_t)(e->values[i] - least)] += e->weights[b];
    cocreate_status status = t.width > 0 ? read_table(e, &t, value_of, least, &part, error)
                                         : list_values(e, &part, error);
    if (status == COCREATE_OK)
        return take(c, &part, error);
    cci_cells_free(&part);
    return status;
}

/* -- Places ----------------------------------------------------------------------------------- */

/* Without equal ranks the places of a ballot of n ranks are 0 .. n - 1 at n * longest. */
static int64_t strict_place(size_t i, int64_t longest)
{
    return cci_place_key(i % (size_t)longest, 1, i / (size_t)longest + 1);
}

static cocreate_status list_places(const cci_electorate *e, cci_cells *part, cocreate_error *error)
{
    if (!make_room(part, entries_of(e)))
        return cci_no_memory(error);
    for (size_t b = 0; b < e->ballots; b++) {
        size_t first = e->start[b], end = e->start[b + 1];
        for (size_t i = first; i < end;) {
            size_t stop = cci_rank_end(e, i, end);
            int64_t key = cci_place_key(i - first, stop - i, end - first);
            for (; i < stop; i++)
                part->items[part->count++] = (cci_cell){key, e->weights[b], e->options[i]};
        }
    }
    fold(part);
    return COCREATE_OK;
}

cocreate_status cci_cells_add_places(cci_cells *c, const cci_electorate *e, cocreate_error *error)
{
    if (entries_of(e) == 0)
        return COCREATE_OK;
    table t = {NULL, 0};
    cci_cells part;
    size_t longest = e->longest;
    if (e->values == NULL)
        CCI_TRY(make_table(e, (uint64_t)longest * longest, &t, error));
    cci_cells_init(&part, &c->allocator);
    for (size_t b = 0; t.sums != NULL && b < e->ballots; b++) {
        size_t first = e->start[b], n = e->start[b + 1] - first;
        int64_t *sums = t.sums + (n - 1) * longest;
        for (size_t i = 0; i < n; i++)
            sums[e->options[first + i] * t.width + i] += e->weights[b];
    }
    cocreate_status status =
        t.width > 0 ? read_table(e, &t, strict_place, (int64_t)longest, &part, error)
                    : list_places(e, &part, error);
    if (status == COCREATE_OK && t.width > 0)
        fold(&part); /* the table goes by lengths first, keys by places */
    if (status == COCREATE_OK)
        return take(c, &part, error);
    cci_cells_free(&part);
    return status;
}

/* A ballot that ranks k has k cells: together they weigh k times the ballot. Quotients and remainders
 * are summed apart, since k times a weight may not fit. */
cocreate_status cci_cells_lengths(const cci_cells *c, size_t candidates, int64_t **weights,
                                  cocreate_error *error)
{
    int64_t *whole = cci_alloc(&c->allocator, candidates + 1, sizeof *whole);
    uint64_t *rest = cci_alloc(&c->allocator, candidates + 1, sizeof *rest);
    int good = whole != NULL && rest != NULL, possible = 1;
    for (size_t i = 0; good && i < c->count; i++) {
        cci_place p = cci_cells_place(c, i);
        possible &= cci_add_i64(whole[p.length], p.weight / (int64_t)p.length, &whole[p.length]);
        rest[p.length] += (uint64_t)p.weight % p.length; /* of at most 2^44 cells below 2^20 */
    }
    for (size_t k = 1; good && k <= candidates; k++)
        possible &= rest[k] % k == 0 && cci_add_i64(whole[k], (int64_t)(rest[k] / k), &whole[k]);
    cci_free(&c->allocator, rest);
    if (good && possible) {
        *weights = whole;
        return COCREATE_OK;
    }
    cci_free(&c->allocator, whole);
    return good ? cci_fail(error, COCREATE_ERR_CORRUPT, "no ballots have such places")
                : cci_no_memory(error);
}
