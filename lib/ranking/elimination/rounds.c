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
    r->heads = cci_alloc(a, e->candidates + 1, sizeof *r->heads);
    r->papers = cci_alloc(a, e->ballots, sizeof *r->papers);
    if (r->counted == NULL || r->heads == NULL || r->papers == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_rational_init(&r->sum, error));
    CCI_TRY(cci_rational_init(&r->term, error));
    return cci_shares_init(&r->shares, a, e->candidates + 1, e->widest, error);
}

void cci_rounds_free(cci_rounds *r)
{
    if (r->run == NULL)
        return;
    const cocreate_allocator *a = &r->run->allocator;
    cci_free(a, r->counted);
    cci_free(a, r->heads);
    cci_free(a, r->papers);
    cci_free(a, r->bytes);
    cci_rational_clear(&r->sum);
    cci_rational_clear(&r->term);
    cci_shares_free(&r->shares);
}

static void push(cci_rounds *r, uint32_t *head, uint32_t ballot)
{
    r->papers[ballot].next = *head;
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

/* Give a ballot to its best continuing rank. No rank before r->papers[ballot].at continues. */
static cocreate_status give(cci_rounds *r, uint32_t ballot, const uint8_t *continuing,
                            cocreate_error *error)
{
    const cci_electorate *e = r->run->electorate;
    size_t end = e->start[ballot + 1];
    for (size_t i = e->start[ballot] + r->papers[ballot].at; i < end;) {
        size_t stop = cci_rank_end(e, i, end), n = 0;
        uint32_t option = 0;
        for (size_t k = i; k < stop; k++)
            if (continuing[e->options[k]]) {
                option = e->options[k];
                n++;
            }
        r->papers[ballot].at = (uint32_t)(i - e->start[ballot]);
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
    for (size_t i = start + r->papers[ballot].at; i < end; i++) {
        uint32_t option = e->options[i];
        if (!continuing[option])
            continue;
        r->papers[ballot].at = (uint32_t)(i - start);
        r->shares.rows[1][option] += e->weights[ballot];
        push(r, &r->heads[option], ballot);
        return;
    }
    r->exhausted += e->weights[ballot];
}

/* -- Ballots of bytes ------------------------------------------------------------------------- */

/* Who is nobody in the bytes: always there, behind the last preference. */
static size_t nobody(const cci_rounds *r)
{
    return r->run->roster->count;
}

/* Most options in bytes. */
#define BYTES_MAX 254

static cocreate_status make_bytes(cci_rounds *r, cocreate_error *error)
{
    const cci_electorate *e = r->run->electorate;
    size_t entries = e->ballots > 0 ? e->start[e->ballots] : 0;
    if (e->widest > 1 || e->candidates > BYTES_MAX || entries >= NONE - e->ballots)
        return COCREATE_OK;
    r->bytes = cci_alloc(&r->run->allocator, entries + e->ballots, 1);
    if (r->bytes == NULL)
        return cci_no_memory(error);
    uint8_t *to = r->bytes;
    for (size_t b = 0; b < e->ballots; b++) {
        size_t n = e->start[b + 1] - e->start[b];
        const uint32_t *from = e->options + e->start[b];
        for (size_t i = 0; i < n; i++)
            to[i] = (uint8_t)from[i];
        to[n] = (uint8_t)nobody(r);
        to += n + 1;
    }
    return COCREATE_OK;
}

/* Give every ballot of a list to the first in it who is alive. How many it passes over cannot be
 * foreseen: most are passed by `steps` additions, which is far cheaper than a guess that fails. */
static void move_bytes(cci_rounds *r, uint32_t ballot, const uint8_t *alive, int steps)
{
    const uint8_t *bytes = r->bytes;
    int64_t *votes = r->shares.rows[1];
    uint32_t *heads = r->heads;
    cci_paper *papers = r->papers;
    while (ballot != NONE) {
        cci_paper *paper = &papers[ballot];
        uint32_t next = paper->next, i = paper->at;
        for (int k = 0; k < steps; k++)
            i += !alive[bytes[i]];
        while (!alive[bytes[i]])
            i++;
        size_t option = bytes[i];
        votes[option] += paper->weight;
        paper->at = i;
        paper->next = heads[option];
        heads[option] = ballot;
        ballot = next;
    }
}

/* Marks of who continues and of nobody; *steps is how many preferences one in five ballots passes
 * over if all orders are as likely. */
static void mark_alive(const cci_rounds *r, const uint8_t *continuing, uint8_t alive[BYTES_MAX + 1],
                       int *steps)
{
    size_t m = r->run->roster->count, n = 0;
    for (size_t o = 0; o < m; o++) {
        alive[o] = continuing[o] != 0;
        n += alive[o];
    }
    alive[nobody(r)] = 1;
    size_t passed = n > 0 ? m * 8 / (n * 5) : m;
    *steps = n == m ? 0 : passed < 12 ? (int)passed : 12;
}

static void start_bytes(cci_rounds *r, const uint8_t *continuing)
{
    const cci_electorate *e = r->run->electorate;
    uint8_t alive[BYTES_MAX + 1];
    int steps;
    mark_alive(r, continuing, alive, &steps);
    for (uint32_t b = 0; b < e->ballots; b++)
        r->papers[b] = (cci_paper){e->weights[b], b + 1, (uint32_t)(e->start[b] + b)};
    if (e->ballots > 0) {
        r->papers[e->ballots - 1].next = NONE;
        move_bytes(r, 0, alive, steps);
    }
    r->exhausted = e->blank + r->shares.rows[1][nobody(r)];
}

static void shrink_bytes(cci_rounds *r, const uint8_t *continuing)
{
    uint8_t alive[BYTES_MAX + 1];
    int steps;
    mark_alive(r, continuing, alive, &steps);
    for (size_t o = 0; o < nobody(r); o++) {
        if (!r->counted[o] || continuing[o])
            continue;
        uint32_t head = r->heads[o];
        r->heads[o] = NONE;
        r->shares.rows[1][o] = 0;
        move_bytes(r, head, alive, steps);
    }
    r->exhausted = r->run->electorate->blank + r->shares.rows[1][nobody(r)];
}

/* -- Counts ----------------------------------------------------------------------------------- */

static cocreate_status start(cci_rounds *r, const uint8_t *continuing, cocreate_error *error)
{
    const cci_electorate *e = r->run->electorate;
    if (r->bytes == NULL)
        CCI_TRY(make_bytes(r, error));
    cci_shares_clear(&r->shares);
    if (cci_shares_row(&r->shares, 1) == NULL)
        return cci_no_memory(error);
    r->exhausted = e->blank;
    r->shared = NONE;
    for (size_t o = 0; o <= e->candidates; o++)
        r->heads[o] = NONE;
    if (r->bytes != NULL) {
        start_bytes(r, continuing);
        return COCREATE_OK;
    }
    for (uint32_t b = 0; b < e->ballots; b++)
        r->papers[b] = (cci_paper){e->weights[b], NONE, 0};
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
        uint32_t next = r->papers[ballot].next;
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
    if (again)
        CCI_TRY(start(r, continuing, error));
    else if (r->bytes != NULL)
        shrink_bytes(r, continuing);
    else
        CCI_TRY(shrink(r, continuing, error));
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
