/* A linear program in integers: Dantzig's dictionary with one denominator (Edmonds 1967; Bareiss 1968),
 * and Bland's rule (1977), by which it ends.
 *
 * Row i says: the variable over[i] is right - sum of cells * the variables aside, all divided by
 * `scale` > 0; the last row is the objective, to be maximised. No right side is below 0. */
#ifndef CCI_RANKING_OPTIMAL_DICTIONARY_H
#define CCI_RANKING_OPTIMAL_DICTIONARY_H

#include "ranking/optimal/big.h"

typedef struct cci_dictionary {
    size_t rows, columns;
    mp_int *cells;          /* (rows + 1) * (columns + 1), the right side last */
    mp_int scale, one, two; /* the latter two for whoever works with it */
    uint32_t *over, *aside; /* variables of the rows, and of the columns */
} cci_dictionary;

/* All cells 0, and the scale 1: columns are variables 0 .. columns - 1, rows those that follow. On
 * failure nothing is left to close. */
cocreate_status cci_dictionary_open(cci_dictionary *d, const cocreate_allocator *a, size_t rows,
                                    size_t columns, cocreate_error *error);
void cci_dictionary_close(cci_dictionary *d, const cocreate_allocator *a);

static inline mp_int *cci_dictionary_cell(const cci_dictionary *d, size_t row, size_t column)
{
    return &d->cells[row * (d->columns + 1) + column];
}

/* The variables of a row and a column change places. The cell is positive. */
cocreate_status cci_dictionary_pivot(cci_dictionary *d, size_t row, size_t column,
                                     cocreate_error *error);
/* The row that limits a variable which grows from 0, the one with the lowest variable of several;
 * `rows` where none does. */
cocreate_status cci_dictionary_limit(cci_dictionary *d, size_t column, size_t *out,
                                     cocreate_error *error);
/* The column of the lowest variable whose cell in a row is negative, of those that may grow: on the
 * optimal face only those whose growth costs nothing. `columns` where there is none. */
size_t cci_dictionary_entering(const cci_dictionary *d, size_t row, int on_face);

#endif
