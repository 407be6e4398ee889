/* The dictionary of a linear program. */
#include "ranking/optimal/dictionary.h"

cocreate_status cci_dictionary_open(cci_dictionary *d, const cocreate_allocator *a, size_t rows,
                                    size_t columns, cocreate_error *error)
{
    *d = (cci_dictionary){.rows = rows, .columns = columns};
    CCI_BIG(mp_init_multi(&d->scale, &d->one, &d->two, NULL));
    mp_set(&d->scale, 1);
    d->cells = cci_bigs(a, (rows + 1) * (columns + 1));
    d->over = cci_alloc(a, rows, sizeof *d->over);
    d->aside = cci_alloc(a, columns, sizeof *d->aside);
    if (d->cells == NULL || d->over == NULL || d->aside == NULL) {
        cci_dictionary_close(d, a);
        return cci_no_memory(error);
    }
    for (size_t j = 0; j < columns; j++)
        d->aside[j] = (uint32_t)j;
    for (size_t i = 0; i < rows; i++)
        d->over[i] = (uint32_t)(columns + i);
    return COCREATE_OK;
}

void cci_dictionary_close(cci_dictionary *d, const cocreate_allocator *a)
{
    cci_bigs_free(a, d->cells, (d->rows + 1) * (d->columns + 1));
    cci_free(a, d->over);
    cci_free(a, d->aside);
    mp_clear_multi(&d->scale, &d->one, &d->two, NULL);
}

/* *out = (a * pivot - b * c) / scale, which is an integer. */
static mp_err eliminate(cci_dictionary *d, mp_int *a, const mp_int *pivot, const mp_int *b,
                        const mp_int *c)
{
    mp_err result = mp_mul(a, pivot, &d->one);
    if (result == MP_OKAY && !mp_iszero(b) && !mp_iszero(c)) {
        result = mp_mul(b, c, &d->two);
        if (result == MP_OKAY)
            result = mp_sub(&d->one, &d->two, &d->one);
    }
    return result == MP_OKAY ? mp_div(&d->one, &d->scale, a, NULL) : result;
}

cocreate_status cci_dictionary_pivot(cci_dictionary *d, size_t row, size_t column,
                                     cocreate_error *error)
{
    const mp_int *by = cci_dictionary_cell(d, row, column);
    assert(!mp_isneg(by) && !mp_iszero(by));
    for (size_t i = 0; i <= d->rows; i++) {
        mp_int *here = cci_dictionary_cell(d, i, column);
        if (i == row)
            continue;
        for (size_t j = 0; j <= d->columns; j++)
            if (j != column)
                CCI_BIG(eliminate(d, cci_dictionary_cell(d, i, j), by, here,
                                  cci_dictionary_cell(d, row, j)));
        CCI_BIG(mp_neg(here, here));
    }
    mp_exch(cci_dictionary_cell(d, row, column), &d->scale);
    uint32_t moved = d->over[row];
    d->over[row] = d->aside[column];
    d->aside[column] = moved;
    return COCREATE_OK;
}

cocreate_status cci_dictionary_limit(cci_dictionary *d, size_t column, size_t *out,
                                     cocreate_error *error)
{
    size_t best = d->rows, right = d->columns;
    for (size_t i = 0; i < d->rows; i++) {
        const mp_int *here = cci_dictionary_cell(d, i, column);
        if (mp_iszero(here) || mp_isneg(here))
            continue;
        int order = -1;
        if (best < d->rows) {
            CCI_BIG(mp_mul(cci_dictionary_cell(d, i, right), cci_dictionary_cell(d, best, column),
                           &d->one));
            CCI_BIG(mp_mul(cci_dictionary_cell(d, best, right), here, &d->two));
            order = mp_cmp(&d->one, &d->two);
        }
        if (order < 0 || (order == 0 && d->over[i] < d->over[best]))
            best = i;
    }
    *out = best;
    return COCREATE_OK;
}

size_t cci_dictionary_entering(const cci_dictionary *d, size_t row, int on_face)
{
    size_t best = d->columns;
    for (size_t j = 0; j < d->columns; j++)
        if (mp_isneg(cci_dictionary_cell(d, row, j)) &&
            (!on_face || mp_iszero(cci_dictionary_cell(d, d->rows, j))) &&
            (best == d->columns || d->aside[j] < d->aside[best]))
            best = j;
    return best;
}
