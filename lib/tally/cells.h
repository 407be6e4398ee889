/* Weights by option and key, sparse: what is said of each option, and by how much of the
 * electorate. Ascending by option, then key; no weight is 0. */
#ifndef CCI_TALLY_CELLS_H
#define CCI_TALLY_CELLS_H

#include "profile/flat.h"

typedef struct cci_cell {
    int64_t key;
    int64_t weight;
    uint32_t option; /* a candidate */
} cci_cell;

typedef struct cci_cells {
    cocreate_allocator allocator;
    cci_cell *items;
    size_t count, room;
} cci_cells;

void cci_cells_init(cci_cells *c, const cocreate_allocator *a);
void cci_cells_free(cci_cells *c);

/* Add the values of the ballots: keys are approvals (1), scores or points. Unchanged on failure. */
cocreate_status cci_cells_add_values(cci_cells *c, const cci_electorate *e, cocreate_error *error);

/* Add the places of rankings: keys tell how many options stand above an option, how many share its
 * rank, and how many the ballot ranks. Unchanged on failure. */
cocreate_status cci_cells_add_places(cci_cells *c, const cci_electorate *e, cocreate_error *error);

/* weights[k], k = 0 .. candidates: of the ballots that rank k, by the cells of places. Freed with
 * cci_free(). COCREATE_ERR_CORRUPT where no ballots come to such cells. */
cocreate_status cci_cells_lengths(const cci_cells *c, size_t candidates, int64_t **weights,
                                  cocreate_error *error);

static inline int64_t cci_place_key(size_t above, size_t size, size_t length)
{
    return (int64_t)((uint64_t)above << 40 | (uint64_t)size << 20 | length);
}

static inline void cci_place_of(int64_t key, size_t *above, size_t *size, size_t *length)
{
    *above = (size_t)((uint64_t)key >> 40);
    *size = (size_t)((uint64_t)key >> 20 & 0xFFFFF);
    *length = (size_t)((uint64_t)key & 0xFFFFF);
}

/* A cell of places. */
typedef struct cci_place {
    uint32_t option;
    size_t above, size, length;
    int64_t weight;
} cci_place;

static inline cci_place cci_cells_place(const cci_cells *c, size_t i)
{
    cci_place p = {.option = c->items[i].option, .weight = c->items[i].weight};
    cci_place_of(c->items[i].key, &p.above, &p.size, &p.length);
    return p;
}

/* c + sign * other into `out`, which may be neither. COCREATE_ERR_ARGUMENT where a weight would be
 * negative; no sum may overflow. On failure nothing is left to free. */
cocreate_status cci_cells_join(const cci_cells *c, const cci_cells *other, int sign,
                               cci_cells *out, cocreate_error *error);

#endif
