/* The linear program of a game: who can be drawn by an optimal lottery.
 *
 * With a constant c that makes every payoff positive, the lotteries that lose least are those y /
 * sum(y) where sum(y) is greatest under (payoff + c) y <= 1, y >= 0. */
#include <string.h>

#include "ranking/optimal/dictionary.h"
#include "ranking/optimal/game.h"

/* Variables 0 .. n - 1 are y, n .. 2n - 1 what is left of each row. */
struct program {
    const cci_run *run;
    size_t n;
    cci_dictionary d;
    uint8_t *in, *out; /* y that some optimal lottery has, that none has */
};

static mp_int *cell(const struct program *p, size_t row, size_t column)
{
    return cci_dictionary_cell(&p->d, row, column);
}

static cocreate_status pivot(struct program *p, size_t row, size_t column, cocreate_error *error)
{
    CCI_TRY(cci_dictionary_pivot(&p->d, row, column, error));
    return cci_run_progress(p->run, 0, 0, error);
}

static cocreate_status maximize(struct program *p, cocreate_error *error)
{
    for (;;) {
        size_t column = cci_dictionary_entering(&p->d, p->n, 0), row;
        if (column == p->n)
            return COCREATE_OK;
        CCI_TRY(cci_dictionary_limit(&p->d, column, &row, error));
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
        if (p->d.over[i] < p->n)
            p->in[p->d.over[i]] |= (uint8_t)positive;
        else
            p->out[p->d.over[i] - p->n] |= (uint8_t)positive;
    }
    for (size_t j = 0; j < p->n; j++) {
        int positive = !mp_iszero(cell(p, p->n, j));
        if (p->d.aside[j] < p->n)
            p->out[p->d.aside[j]] |= (uint8_t)positive;
        else
            p->in[p->d.aside[j] - p->n] |= (uint8_t)positive;
    }
}

/* Can y of an option be positive at the optimum? Look for it on the optimal face. */
static cocreate_status decide(struct program *p, uint32_t option, cocreate_error *error)
{
    size_t row = 0, column = 0;
    while (row < p->n && p->d.over[row] != option)
        row++;
    if (row == p->n) { /* it is 0 and not in the basis: into it */
        while (p->d.aside[column] != option)
            column++;
        CCI_TRY(cci_dictionary_limit(&p->d, column, &row, error));
        assert(row < p->n);
        CCI_TRY(pivot(p, row, column, error));
        learn(p);
    }
    while (!p->in[option]) {
        size_t leaving;
        column = cci_dictionary_entering(&p->d, row, 1);
        if (column == p->n) {
            p->out[option] = 1;
            return COCREATE_OK;
        }
        CCI_TRY(cci_dictionary_limit(&p->d, column, &leaving, error));
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
        for (size_t j = 0; j < p->n; j++) {
            mp_set_i64(&p->d.one, payoff[i * p->n + j]);
            mp_set_i64(&p->d.two, most);
            CCI_BIG(mp_add(&p->d.one, &p->d.two, &p->d.one));
            CCI_BIG(mp_add_d(&p->d.one, 1, cell(p, i, j)));
        }
        mp_set(cell(p, i, p->n), 1);
        CCI_BIG(mp_neg(cell(p, i, p->n), cell(p, p->n, i)));
    }
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
    struct program p = {.run = run, .n = n};
    CCI_TRY(cci_dictionary_open(&p.d, a, n, n, error));
    p.in = cci_alloc(a, n, 1);
    p.out = cci_alloc(a, n, 1);
    cocreate_status status = p.in != NULL && p.out != NULL ? solve(&p, payoff, essential, error)
                                                           : cci_no_memory(error);
    cci_free(a, p.in);
    cci_free(a, p.out);
    cci_dictionary_close(&p.d, a);
    return status;
}
