/* The linear program of a game: who can be drawn by an optimal lottery.
 *
 * With a constant c that makes every payoff positive, the lotteries that lose least are those y /
 * sum(y) where sum(y) is greatest under (payoff + c) y <= 1, y >= 0. */
#include <string.h>

#include "ranking/optimal/big.h"
#include "ranking/optimal/game.h"

/* Variables 0 .. n - 1 are y, n .. 2n - 1 what is left of each row. Row i says: over[i] is
 * right - sum of cells * aside, all divided by `scale`; the last row is the objective. */
struct program {
    const cci_run *run;
    size_t n, width;
    mp_int *cells; /* (n + 1) * (n + 1), the right side last */
    mp_int scale, one, two;
    uint32_t *over, *aside; /* variables of the rows, and of the columns */
    uint8_t *in, *out;      /* y that some optimal lottery has, that none has */
};

static mp_int *cell(const struct program *p, size_t row, size_t column)
{
    return &p->cells[row * p->width + column];
}

/* *out = (a * pivot - b * c) / scale, which is an integer. */
static mp_err eliminate(struct program *p, mp_int *a, const mp_int *pivot, const mp_int *b,
                        const mp_int *c)
{
    mp_err result = mp_mul(a, pivot, &p->one);
    if (result == MP_OKAY && !mp_iszero(b) && !mp_iszero(c)) {
        result = mp_mul(b, c, &p->two);
        if (result == MP_OKAY)
            result = mp_sub(&p->one, &p->two, &p->one);
    }
    return result == MP_OKAY ? mp_div(&p->one, &p->scale, a, NULL) : result;
}

/* The variables of a row and a column change places. The cell is positive. */
static cocreate_status pivot(struct program *p, size_t row, size_t column, cocreate_error *error)
{
    const mp_int *by = cell(p, row, column);
    assert(!mp_isneg(by) && !mp_iszero(by));
    for (size_t i = 0; i <= p->n; i++) {
        if (i == row)
            continue;
        for (size_t j = 0; j < p->width; j++)
            if (j != column)
                CCI_BIG(eliminate(p, cell(p, i, j), by, cell(p, i, column), cell(p, row, j)));
        CCI_BIG(mp_neg(cell(p, i, column), cell(p, i, column)));
    }
    mp_exch(cell(p, row, column), &p->scale);
    uint32_t moved = p->over[row];
    p->over[row] = p->aside[column];
    p->aside[column] = moved;
    return cci_run_progress(p->run, 0, 0, error);
}

/* The row that limits a variable which grows from 0, the one with the lowest variable of several
 * (Bland 1977); n where none does. */
static cocreate_status limit(struct program *p, size_t column, size_t *out, cocreate_error *error)
{
    size_t best = p->n, right = p->n;
    for (size_t i = 0; i < p->n; i++) {
        const mp_int *here = cell(p, i, column);
        if (mp_iszero(here) || mp_isneg(here))
            continue;
        int order = -1;
        if (best < p->n) {
            CCI_BIG(mp_mul(cell(p, i, right), cell(p, best, column), &p->one));
            CCI_BIG(mp_mul(cell(p, best, right), here, &p->two));
            order = mp_cmp(&p->one, &p->two);
        }
        if (order < 0 || (order == 0 && p->over[i] < p->over[best]))
            best = i;
    }
    *out = best;
    return COCREATE_OK;
}

/* The column of the lowest variable whose cell in a row is negative, of those that may grow; n where
 * there is none. On the optimal face only those may whose growth costs nothing. */
static size_t entering(const struct program *p, size_t row, int on_face)
{
    size_t best = p->n;
    for (size_t j = 0; j < p->n; j++)
        if (mp_isneg(cell(p, row, j)) && (!on_face || mp_iszero(cell(p, p->n, j))) &&
            (best == p->n || p->aside[j] < p->aside[best]))
            best = j;
    return best;
}

static cocreate_status maximize(struct program *p, cocreate_error *error)
{
    for (;;) {
        size_t column = entering(p, p->n, 0), row;
        if (column == p->n)
            return COCREATE_OK;
        CCI_TRY(limit(p, column, &row, error));
        assert(row < p->n); /* every payoff is positive: nothing grows for ever */
        CCI_TRY(pivot(p, row, column, error));
    }
}

/* -- Who is in some optimal lottery ----------------------------------------------------------- */

/* What this basis tells: its two lotteries, the one of the columns and by symmetry the one of the
 * rows; and, by complementary slackness, who is in none. */
static void learn(struct program *p)
{
    for (size_t i = 0; i < p->n; i++) {
        int positive = !mp_iszero(cell(p, i, p->n));
        if (p->over[i] < p->n)
            p->in[p->over[i]] |= (uint8_t)positive;
        else
            p->out[p->over[i] - p->n] |= (uint8_t)positive;
    }
    for (size_t j = 0; j < p->n; j++) {
        int positive = !mp_iszero(cell(p, p->n, j));
        if (p->aside[j] < p->n)
            p->out[p->aside[j]] |= (uint8_t)positive;
        else
            p->in[p->aside[j] - p->n] |= (uint8_t)positive;
    }
}

/* Can y of an option be positive at the optimum? Look for it on the optimal face. */
static cocreate_status decide(struct program *p, uint32_t option, cocreate_error *error)
{
    size_t row = 0, column = 0;
    while (row < p->n && p->over[row] != option)
        row++;
    if (row == p->n) { /* it is 0 and not in the basis: into it */
        while (p->aside[column] != option)
            column++;
        CCI_TRY(limit(p, column, &row, error));
        assert(row < p->n);
        CCI_TRY(pivot(p, row, column, error));
        learn(p);
    }
    while (!p->in[option]) {
        size_t leaving;
        column = entering(p, row, 1);
        if (column == p->n) {
            p->out[option] = 1;
            return COCREATE_OK;
        }
        CCI_TRY(limit(p, column, &leaving, error));
        assert(leaving < p->n && leaving != row);
        CCI_TRY(pivot(p, leaving, column, error));
        learn(p);
    }
    return COCREATE_OK;
}

static cocreate_status fill(struct program *p, const int64_t *payoff, cocreate_error *error)
{
    int64_t most = 0;
    for (size_t i = 0; i < p->n * p->n; i++)
        most = payoff[i] > most ? payoff[i] : most;
    for (size_t i = 0; i < p->n; i++) {
        p->over[i] = (uint32_t)(p->n + i);
        p->aside[i] = (uint32_t)i;
        for (size_t j = 0; j < p->n; j++) {
            mp_set_i64(&p->one, payoff[i * p->n + j]);
            mp_set_i64(&p->two, most);
            CCI_BIG(mp_add(&p->one, &p->two, &p->one));
            CCI_BIG(mp_add_d(&p->one, 1, cell(p, i, j)));
        }
        mp_set(cell(p, i, p->n), 1);
        CCI_BIG(mp_neg(cell(p, i, p->n), cell(p, p->n, i)));
    }
    mp_set(&p->scale, 1);
    return COCREATE_OK;
}

static cocreate_status solve(struct program *p, const int64_t *payoff, uint8_t *essential,
                             cocreate_error *error)
{
    CCI_TRY(fill(p, payoff, error));
    CCI_TRY(maximize(p, error));
    learn(p);
    for (uint32_t i = 0; i < p->n; i++)
        if (!p->in[i] && !p->out[i])
            CCI_TRY(decide(p, i, error));
    memcpy(essential, p->in, p->n);
    return COCREATE_OK;
}

cocreate_status cci_game_support(const cci_run *run, const int64_t *payoff, size_t n,
                                 uint8_t *essential, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    struct program p = {.run = run, .n = n, .width = n + 1};
    CCI_BIG(mp_init_multi(&p.scale, &p.one, &p.two, NULL));
    p.cells = cci_bigs(a, p.width * p.width);
    p.over = cci_alloc(a, n, sizeof *p.over);
    p.aside = cci_alloc(a, n, sizeof *p.aside);
    p.in = cci_alloc(a, n, 1);
    p.out = cci_alloc(a, n, 1);
    cocreate_status status = p.cells && p.over && p.aside && p.in && p.out
                                 ? solve(&p, payoff, essential, error)
                                 : cci_no_memory(error);
    cci_bigs_free(a, p.cells, p.width * p.width);
    cci_free(a, p.over);
    cci_free(a, p.aside);
    cci_free(a, p.in);
    cci_free(a, p.out);
    mp_clear_multi(&p.scale, &p.one, &p.two, NULL);
    return status;
}
