/* Counting rounds. */
#include "ranking/elimination/rounds.h"

#include <string.h>

#define NONE UINT32_MAX

cocreate_status cci_rounds_init(cci_rounds *r, cci_run *run, int each, cocreate_error *error)
{
    const cci_electorate *e = run->electorate;
    const cocreate_allocator *a = &run->allocator;
    memset(r, 0, sizeof *r);
    if (e->ballots >= NONE)
        return cci_fail(error, COCREATE_ERR_LIMIT, "%zu distinct ballots are more than %lu",
                        e->ballots, (unsigned long)NONE - 1);
    r->run = run;
    r->each = each;
    r->counted = cci_alloc(a, e->candidates, 1);
    r->heads = cci_alloc(a, e->candidates, sizeof *r->heads);
    r->next = cci_alloc(a, e->ballots, sizeof *r->next);
    r->at = cci_alloc(a, e->ballots, sizeof *r->at);
    if (r->counted == NULL || r->heads == NULL || r->next == NULL || r->at == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_rational_init(&r->sum, error));
    CCI_TRY(cci_rational_init(&r->term, error));
    return cci_shares_init(&r->shares, a, e->candidates, e->widest, error);
}

void cci_rounds_free(cci_rounds *r)
{
    if (r->run == NULL)
        return;
    const cocreate_allocator *a = &r->run->allocator;
    cci_free(a, r->counted);
    cci_free(a, r->heads);
    cci_free(a, r->next);
    cci_free(a, r->at);
    cci_rational_clear(&r->sum);
    cci_rational_clear(&r->term);
    cci_shares_free(&r->shares);
}

static void push(cci_rounds *r, uint32_t *head, uint32_t ballot)
{
    r->next[ballot] = *head;
    *head = ballot;
}

/* Several of the rank first .. stop continue: each gets its part, and the ballot is kept apart. */
static cocreate_status share(cci_rounds *r, uint32_t ballot, size_t first, size_t stop, size_t n,
                             const uint8_t *continuing, cocreate_error *error)
{
    const cci_electorate *e = r->run->electorate;
    int64_t *row = cci_shares_row(&r->shares, n);
    if (row == NULL)
        return cci_no_memory(error);
    for (size_t i = first; i < stop; i++)
        if (continuing[e->options[i]])
            row[e->options[i]] += e->weights[ballot];
    push(r, &r->shared, ballot);
    return COCREATE_OK;
}

/* Give a ballot to its best continuing rank. No rank before r->at[ballot] continues. */
static cocreate_status give(cci_rounds *r, uint32_t ballot, const uint8_t *continuing,
                            cocreate_error *error)
{
    const cci_electorate *e = r->run->electorate;
    size_t end = e->start[ballot + 1];
    for (size_t i = e->start[ballot] + r->at[ballot]; i < end;) {
        size_t stop = cci_rank_end(e, i, end), n = 0;
        uint32_t option = 0;
        for (size_t k = i; k < stop; k++)
            if (continuing[e->options[k]]) {
                option = e->options[k];
                n++;
            }
        r->at[ballot] = (uint32_t)(i - e->start[ballot]);
        if (n > 1)
            return share(r, ballot, i, stop, n, continuing, error);
        if (n == 1) {
            r->shares.rows[1][option] += e->weights[ballot];
            push(r, &r->heads[option], ballot);
            return COCREATE_OK;
        }
        i = stop;
    }
    r->exhausted += e->weights[ballot];
    return COCREATE_OK;
}

/* The same where no ballot has equal ranks. */
static void give_strict(cci_rounds *r, uint32_t ballot, const uint8_t *continuing)
{
    const cci_electorate *e = r->run->electorate;
    size_t start = e->start[ballot], end = e->start[ballot + 1];
    for (size_t i = start + r->at[ballot]; i < end; i++) {
        uint32_t option = e->options[i];
        if (!continuing[option])
            continue;
        r->at[ballot] = (uint32_t)(i - start);
        r->shares.rows[1][option] += e->weights[ballot];
        push(r, &r->heads[option], ballot);
        return;
    }
    r->exhausted += e->weights[ballot];
}

static cocreate_status start(cci_rounds *r, const uint8_t *continuing, cocreate_error *error)
{
    const cci_electorate *e = r->run->electorate;
    cci_shares_clear(&r->shares);
    if (cci_shares_row(&r->shares, 1) == NULL)
        return cci_no_memory(error);
    r->exhausted = e->blank;
    r->shared = NONE;
    for (size_t o = 0; o < e->candidates; o++)
        r->heads[o] = NONE;
    memset(r->at, 0, e->ballots * sizeof *r->at);
    for (uint32_t b = 0; b < e->ballots; b++)
        if (e->widest > 1)
            CCI_TRY(give(r, b, continuing, error));
        else
            give_strict(r, b, continuing);
    return COCREATE_OK;
}

/* Move every ballot of a list. */
static cocreate_status move(cci_rounds *r, uint32_t ballot, const uint8_t *continuing,
                            cocreate_error *error)
{
    while (ballot != NONE) {
        uint32_t next = r->next[ballot];
        if (r->run->electorate->widest > 1)
            CCI_TRY(give(r, ballot, continuing, error));
        else
            give_strict(r, ballot, continuing);
        ballot = next;
    }
    return COCREATE_OK;
}

static cocreate_status shrink(cci_rounds *r, const uint8_t *continuing, cocreate_error *error)
{
    size_t m = r->run->roster->count;
    uint32_t shared = r->shared;
    r->shared = NONE;
    for (size_t k = 2; k <= r->shares.widest; k++)
        if (r->shares.rows[k] != NULL)
            memset(r->shares.rows[k], 0, m * sizeof(int64_t));
    CCI_TRY(move(r, shared, continuing, error));
    for (size_t o = 0; o < m; o++) {
        if (!r->counted[o] || continuing[o])
            continue;
        uint32_t head = r->heads[o];
        r->heads[o] = NONE;
        r->shares.rows[1][o] = 0;
        CCI_TRY(move(r, head, continuing, error));
    }
    return COCREATE_OK;
}

cocreate_status cci_rounds_count(cci_rounds *r, const uint8_t *continuing, cocreate_error *error)
{
    size_t m = r->run->roster->count;
    int again = !r->ready;
    for (size_t o = 0; o < m && !again; o++)
        again = continuing[o] && !r->counted[o];
    r->ready = 0; /* until all is in its place */
    CCI_TRY(again ? start(r, continuing, error) : shrink(r, continuing, error));
    memcpy(r->counted, continuing, m);
    r->ready = 1;
    return COCREATE_OK;
}

cocreate_status cci_rounds_votes(cci_rounds *r, cci_value *votes, cocreate_error *error)
{
    const cocreate_allocator *a = &r->run->allocator;
    for (uint32_t o = 0; o < r->run->roster->count; o++)
        if (!r->counted[o])
            cci_value_clear(a, &votes[o]);
        else if (r->each)
            cci_value_set(a, &votes[o], cci_shares_whole(&r->shares, o), 1);
        else
            CCI_TRY(cci_shares_value(&r->shares, o, &r->sum, &r->term, &votes[o], error));
    return COCREATE_OK;
}
