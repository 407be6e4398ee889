/* Priceability: could supporters, all with the same money, pay the same price for each member, and have
 * too little left to buy another option? A linear program: with the price 1, as much as possible is paid
 * for the members, at most 1 for each, and the committee has prices if that is 1 for each. */
#include "ranking/committee/check.h"
#include "ranking/optimal/dictionary.h"

/* Most cells of the program. */
#define CELLS_MAX 262144

/* The columns: 0 is the money of a voter, then what each ballot pays for each of its members, all its
 * voters together, then of each ballot the most it pays for one or has left. */
struct prices {
    cci_check *c;
    int stable;
    size_t *first;   /* of each ballot: the column of its first payment */
    uint32_t *payee; /* of each payment */
    size_t payments;
    size_t members;
    cci_dictionary d;
    size_t row;
};

static cocreate_status put(struct prices *p, size_t column, int64_t factor, cocreate_error *error)
{
    mp_int *cell = cci_dictionary_cell(&p->d, p->row, column);
    mp_set_i64(&p->d.one, factor);
    CCI_BIG(mp_add(cell, &p->d.one, cell));
    return COCREATE_OK;
}

/* What a ballot pays in all, times a sign. */
static cocreate_status put_paid(struct prices *p, size_t ballot, int sign, cocreate_error *error)
{
    for (size_t j = p->first[ballot]; j < p->first[ballot + 1]; j++)
        CCI_TRY(put(p, j, sign, error));
    return COCREATE_OK;
}

/* What it has less what it pays, times a sign. */
static cocreate_status put_left(struct prices *p, size_t ballot, int sign, cocreate_error *error)
{
    CCI_TRY(put(p, 0, sign * p->c->voters.weights[ballot], error));
    return put_paid(p, ballot, -sign, error);
}

static size_t most_of(const struct prices *p, size_t ballot)
{
    return 1 + p->payments + ballot;
}

static void end_row(struct prices *p, mp_digit right)
{
    mp_set(cci_dictionary_cell(&p->d, p->row, p->d.columns), right);
    p->row++;
}

/* Nobody pays more than there is; stable: nor is any payment above the most, nor what is left. */
static cocreate_status put_ballots(struct prices *p, cocreate_error *error)
{
    for (size_t b = 0; b < p->c->voters.ballots; b++) {
        CCI_TRY(put_left(p, b, -1, error));
        end_row(p, 0);
        if (!p->stable)
            continue;
        CCI_TRY(put_left(p, b, 1, error));
        CCI_TRY(put(p, most_of(p, b), -1, error));
        end_row(p, 0);
        for (size_t j = p->first[b]; j < p->first[b + 1]; j++) {
            CCI_TRY(put(p, j, 1, error));
            CCI_TRY(put(p, most_of(p, b), -1, error));
            end_row(p, 0);
        }
    }
    return COCREATE_OK;
}

/* Nobody pays more than 1 for a member, or could pay more than 1 for another option. */
static cocreate_status put_options(struct prices *p, cocreate_error *error)
{
    const cci_approvals *v = &p->c->voters;
    for (uint32_t o = 0; o < v->candidates; o++) {
        for (size_t i = v->first[o]; i < v->first[o + 1]; i++) {
            size_t b = v->supporters[i];
            for (size_t j = p->first[b]; j < p->first[b + 1] && p->c->member[o]; j++)
                if (p->payee[j - 1] == o)
                    CCI_TRY(put(p, j, 1, error));
            if (!p->c->member[o] && p->stable)
                CCI_TRY(put(p, most_of(p, b), 1, error));
            else if (!p->c->member[o])
                CCI_TRY(put_left(p, b, 1, error));
        }
        end_row(p, 1);
    }
    return COCREATE_OK;
}

/* Maximise what is paid. */
static cocreate_status solve(struct prices *p, cocreate_error *error)
{
    cci_dictionary *d = &p->d;
    CCI_TRY(put_ballots(p, error));
    CCI_TRY(put_options(p, error));
    assert(p->row == d->rows);
    for (size_t j = 1; j <= p->payments; j++)
        CCI_TRY(put(p, j, -1, error));
    for (;;) {
        size_t column = cci_dictionary_entering(d, d->rows, 0), row;
        if (column == d->columns)
            break;
        CCI_TRY(cci_dictionary_limit(d, column, &row, error));
        assert(row < d->rows); /* no member is paid more than 1 */
        CCI_TRY(cci_check_steps(p->c, 64 * d->rows * d->columns, error));
        CCI_TRY(cci_dictionary_pivot(d, row, column, error));
    }
    CCI_BIG(mp_mul_d(&d->scale, (mp_digit)p->members, &d->one));
    p->c->violated = mp_cmp(cci_dictionary_cell(d, d->rows, d->columns), &d->one) != MP_EQ;
    return COCREATE_OK;
}

static cocreate_status open(struct prices *p, cocreate_error *error)
{
    const cci_check *c = p->c;
    const cci_approvals *v = &c->voters;
    size_t supported = 0, hits = 0;
    for (uint32_t o = 0; o < v->candidates; o++) {
        p->members += c->member[o];
        supported += v->first[o + 1] > v->first[o];
    }
    if (supported < p->members) { /* then prices say nothing, and all who are supported should be in */
        for (uint32_t o = 0; o < v->candidates; o++)
            p->c->violated |= v->first[o + 1] > v->first[o] && !c->member[o];
        return COCREATE_OK;
    }
    for (size_t b = 0; b < v->ballots; b++)
        hits += c->hits[b];
    size_t rows = v->candidates + v->ballots, columns = 1 + hits;
    if (p->stable) {
        rows += v->ballots + hits;
        columns += v->ballots;
    }
    if (columns + 1 > CELLS_MAX / (rows + 1))
        return cci_fail(error, COCREATE_ERR_LIMIT,
                        "%s is found by a linear program of at most %d cells, and %zu distinct ballots "
                        "with %zu approvals of members make %zu rows of %zu",
                        c->property, CELLS_MAX, v->ballots, hits, rows + 1, columns + 1);
    p->first = cci_alloc(&c->allocator, v->ballots + 1, sizeof *p->first);
    p->payee = cci_alloc(&c->allocator, hits, sizeof *p->payee);
    if (p->first == NULL || p->payee == NULL)
        return cci_no_memory(error);
    for (size_t b = 0; b < v->ballots; b++) {
        p->first[b] = 1 + p->payments;
        for (size_t i = v->start[b]; i < v->start[b + 1]; i++)
            if (c->member[v->options[i]])
                p->payee[p->payments++] = v->options[i];
    }
    p->first[v->ballots] = 1 + p->payments;
    CCI_TRY(cci_dictionary_open(&p->d, &c->allocator, rows, columns, error));
    cocreate_status status = solve(p, error);
    cci_dictionary_close(&p->d, &c->allocator);
    return status;
}

static cocreate_status find(cci_check *c, int stable, cocreate_error *error)
{
    struct prices p = {.c = c, .stable = stable};
    cocreate_status status = open(&p, error);
    cci_free(&c->allocator, p.first);
    cci_free(&c->allocator, p.payee);
    return status;
}

cocreate_status cci_find_prices(cci_check *c, cocreate_error *error)
{
    return find(c, 0, error);
}

cocreate_status cci_find_stable_prices(cci_check *c, cocreate_error *error)
{
    return find(c, 1, error);
}
