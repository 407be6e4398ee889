/* Counting rounds. */
#include "ranking/elimination/rounds.h"

#include <string.h>

const char *const cci_overvotes[] = {"share", "exhaust", NULL};

cocreate_status cci_rounds_init(cci_rounds *r, cci_run *run, int each, cocreate_error *error)
{
    const cci_electorate *e = run->electorate;
    const cocreate_allocator *a = &run->allocator;
    memset(r, 0, sizeof *r);
    if (e->ballots > UINT32_MAX)
        return cci_fail(error, COCREATE_ERR_LIMIT, "%zu distinct ballots are more than %lu",
                        e->ballots, (unsigned long)UINT32_MAX);
    r->run = run;
    r->each = each;
    r->counted = cci_alloc(a, e->candidates, 1);
    r->piles = cci_alloc(a, e->candidates + 1, sizeof *r->piles);
    r->at = cci_alloc(a, e->ballots, sizeof *r->at);
    if (r->counted == NULL || r->piles == NULL || r->at == NULL)
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
    for (size_t o = 0; r->piles != NULL && o <= r->run->roster->count; o++)
        cci_free(a, r->piles[o].ballots);
    cci_free(a, r->piles);
    cci_free(a, r->moving.ballots);
    cci_free(a, r->counted);
    cci_free(a, r->at);
    cci_free(a, r->copied);
    cci_rational_clear(&r->sum);
    cci_rational_clear(&r->term);
    cci_shares_free(&r->shares);
}

/* Who stands for nobody in the bytes; the pile of the shared and the votes of the exhausted have the
 * same number. */
static size_t nobody(const cci_rounds *r)
{
    return r->run->roster->count;
}

/* Room for n more on a pile. */
static int make_room(cci_rounds *r, cci_pile *pile, size_t n)
{
    return pile->room - pile->count >= n ||
           cci_grow(&r->run->allocator, (void **)&pile->ballots, &pile->room, pile->count + n,
                    sizeof *pile->ballots);
}

static cocreate_status push(cci_rounds *r, size_t option, uint32_t ballot, cocreate_error *error)
{
    cci_pile *pile = &r->piles[option];
    if (!make_room(r, pile, 1))
        return cci_no_memory(error);
    pile->ballots[pile->count++] = ballot;
    return COCREATE_OK;
}

/* Take the pile of an option away, to be moved; its place is empty. */
static void lift(cci_rounds *r, size_t option)
{
    cci_pile empty = r->moving;
    r->moving = r->piles[option];
    r->piles[option] = empty;
    r->piles[option].count = 0;
}

/* -- Ballots of ranks ------------------------------------------------------------------------- */

/* Several of the rank first .. stop continue: each gets its part, and the ballot is kept apart; or it
 * ends. */
static cocreate_status share(cci_rounds *r, uint32_t ballot, size_t first, size_t stop, size_t n,
                             const uint8_t *continuing, cocreate_error *error)
{
    const cci_electorate *e = r->run->electorate;
    if (r->ends) {
        r->exhausted += e->weights[ballot];
        return COCREATE_OK;
    }
    int64_t *row = cci_shares_row(&r->shares, n);
    if (row == NULL)
        return cci_no_memory(error);
    for (size_t i = first; i < stop; i++)
        if (continuing[e->options[i]])
            row[e->options[i]] += e->weights[ballot];
    return push(r, nobody(r), ballot, error);
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
            return push(r, option, ballot, error);
        }
        i = stop;
    }
    r->exhausted += e->weights[ballot];
    return COCREATE_OK;
}

static cocreate_status start_ranks(cci_rounds *r, const uint8_t *continuing, cocreate_error *error)
{
    const cci_electorate *e = r->run->electorate;
    r->exhausted = e->blank;
    memset(r->at, 0, e->ballots * sizeof *r->at);
    for (uint32_t b = 0; b < e->ballots; b++)
        CCI_TRY(give(r, b, continuing, error));
    return COCREATE_OK;
}

/* Move the pile of an option that has left, or of the shared. */
static cocreate_status move_ranks(cci_rounds *r, size_t option, const uint8_t *continuing,
                                  cocreate_error *error)
{
    lift(r, option);
    for (size_t i = 0; i < r->moving.count; i++)
        CCI_TRY(give(r, r->moving.ballots[i], continuing, error));
    return COCREATE_OK;
}

static cocreate_status shrink_ranks(cci_rounds *r, const uint8_t *continuing, cocreate_error *error)
{
    size_t m = nobody(r);
    for (size_t k = 2; k <= r->shares.widest; k++)
        if (r->shares.rows[k] != NULL)
            memset(r->shares.rows[k], 0, m * sizeof(int64_t));
    CCI_TRY(move_ranks(r, m, continuing, error));
    for (size_t o = 0; o < m; o++) {
        if (!r->counted[o] || continuing[o])
            continue;
        r->shares.rows[1][o] = 0;
        CCI_TRY(move_ranks(r, o, continuing, error));
    }
    return COCREATE_OK;
}

/* -- Ballots of bytes ------------------------------------------------------------------------- */

/* Most options in bytes. */
#define BYTES_MAX 254

static cocreate_status make_bytes(cci_rounds *r, cocreate_error *error)
{
    const cci_electorate *e = r->run->electorate;
    size_t entries = e->ballots > 0 ? e->start[e->ballots] : 0;
    if (e->widest > 1 || e->candidates > BYTES_MAX || entries > UINT32_MAX - e->ballots) {
        assert(e->words == NULL); /* few options and few entries */
        return COCREATE_OK;
    }
    r->weight_mask = 0;
    for (size_t b = 0; b < e->ballots; b++)
        if (e->weights[b] != e->weights[0])
            r->weight_mask = SIZE_MAX;
    if (e->words != NULL && entries == e->ballots * e->candidates) {
        r->bytes = e->words; /* on a ballot that ranks all, someone always continues */
        r->flag = 1;
        return COCREATE_OK;
    }
    uint8_t *to = r->copied = cci_alloc(&r->run->allocator, entries + e->ballots, 1);
    if (to == NULL)
        return cci_no_memory(error);
    for (size_t b = 0; b < e->ballots; b++) {
        for (size_t i = e->start[b]; i < e->start[b + 1]; i++)
            *to++ = (uint8_t)cci_option_at(e, i);
        *to++ = (uint8_t)nobody(r);
    }
    r->bytes = r->copied;
    return COCREATE_OK;
}

/* Who continues, and nobody, who is always there. */
typedef struct alive {
    uint8_t marks[256]; /* by byte */
    int steps; /* how many preferences one in five ballots passes over, if all orders are as likely */
} alive;

static alive find_alive(const cci_rounds *r, const uint8_t *continuing)
{
    alive who = {.marks = {0}};
    size_t m = nobody(r), n = 0;
    for (size_t o = 0; o < m; o++) {
        who.marks[o << r->flag | r->flag] = continuing[o] != 0;
        n += continuing[o] != 0;
    }
    assert(n > 0);
    if (!r->flag)
        who.marks[m] = 1;
    size_t passed = m * 8 / (n * 5);
    who.steps = n == m ? 0 : passed < 12 ? (int)passed : 12;
    return who;
}

/* How many ballots are fetched before the first is looked at. */
#define BLOCK 128

/* Move up to BLOCK ballots to the first in each who is alive. That is a matter of memory: all are
 * fetched first, since none has to wait for another. And how many preferences a ballot passes over
 * cannot be foreseen: most are passed by additions, far cheaper than a guess that fails. */
static cocreate_status move_block(cci_rounds *r, const uint32_t *ballots, size_t n,
                                  const alive *who, cocreate_error *error)
{
    const uint8_t *bytes = r->bytes, *marks = who->marks;
    const int64_t *all = r->run->electorate->weights;
    int64_t *votes = r->shares.rows[1];
    size_t mask = r->weight_mask;
    unsigned flag = r->flag;
    int64_t weights[BLOCK];
    uint32_t at[BLOCK];
    uint8_t seen[BLOCK];
    for (size_t k = 0; k < n; k++) {
        at[k] = r->at[ballots[k]];
        weights[k] = all[ballots[k] & mask];
        seen[k] = marks[bytes[at[k]]];
    }
    for (size_t k = 0; k < n; k++) {
        uint32_t i = at[k] + !seen[k];
        for (int step = 1; step < who->steps; step++)
            i += !marks[bytes[i]];
        while (!marks[bytes[i]])
            i++;
        size_t option = bytes[i] >> flag;
        cci_pile *pile = &r->piles[option];
        votes[option] += weights[k];
        r->at[ballots[k]] = i;
        if (pile->count == pile->room && !make_room(r, pile, 1))
            return cci_no_memory(error);
        pile->ballots[pile->count++] = ballots[k];
    }
    return COCREATE_OK;
}

static cocreate_status start_bytes(cci_rounds *r, const uint8_t *continuing, cocreate_error *error)
{
    const cci_electorate *e = r->run->electorate;
    alive who = find_alive(r, continuing);
    uint32_t ballots[BLOCK];
    size_t next = 0;
    while (next < e->ballots) {
        size_t n = 0;
        for (; n < BLOCK && next < e->ballots; n++, next++) {
            ballots[n] = (uint32_t)next;
            r->at[next] = (uint32_t)(e->start[next] + (r->flag ? 0 : next)); /* one for nobody */
        }
        CCI_TRY(move_block(r, ballots, n, &who, error));
    }
    r->exhausted = e->blank + r->shares.rows[1][nobody(r)];
    return COCREATE_OK;
}

static cocreate_status shrink_bytes(cci_rounds *r, const uint8_t *continuing, cocreate_error *error)
{
    alive who = find_alive(r, continuing);
    for (size_t o = 0; o < nobody(r); o++) {
        if (!r->counted[o] || continuing[o])
            continue;
        lift(r, o);
        r->shares.rows[1][o] = 0;
        for (size_t i = 0; i < r->moving.count; i += BLOCK) {
            size_t left = r->moving.count - i;
            CCI_TRY(move_block(r, r->moving.ballots + i, left < BLOCK ? left : BLOCK, &who, error));
        }
    }
    r->exhausted = r->run->electorate->blank + r->shares.rows[1][nobody(r)];
    return COCREATE_OK;
}

/* -- Counts ----------------------------------------------------------------------------------- */

static cocreate_status start(cci_rounds *r, const uint8_t *continuing, cocreate_error *error)
{
    if (r->bytes == NULL)
        CCI_TRY(make_bytes(r, error));
    cci_shares_clear(&r->shares);
    if (cci_shares_row(&r->shares, 1) == NULL)
        return cci_no_memory(error);
    for (size_t o = 0; o <= nobody(r); o++)
        r->piles[o].count = 0;
    return r->bytes != NULL ? start_bytes(r, continuing, error) : start_ranks(r, continuing, error);
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
    else
        CCI_TRY((r->bytes != NULL ? shrink_bytes : shrink_ranks)(r, continuing, error));
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
