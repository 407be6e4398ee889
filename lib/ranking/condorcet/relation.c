/* Relations, and places from a partial order. */
#include "ranking/condorcet/relation.h"

#include <string.h>

#include "ranking/ties.h"

cocreate_status cci_relation_init(cci_relation *r, const cocreate_allocator *a, size_t m,
                                  cocreate_error *error)
{
    *r = (cci_relation){.m = m, .words = cci_relation_words(m)};
    r->rows = cci_alloc(a, m * r->words, sizeof *r->rows);
    return r->rows != NULL ? COCREATE_OK : cci_no_memory(error);
}

/* Row a takes over row b, and b itself. */
static void take_over(cci_relation *r, size_t a, size_t b)
{
    uint64_t *to = r->rows + a * r->words;
    const uint64_t *from = r->rows + b * r->words;
    for (size_t w = 0; w < r->words; w++)
        to[w] |= from[w];
    to[b / 64] |= UINT64_C(1) << b % 64;
}

void cci_relation_add(cci_relation *r, size_t a, size_t b)
{
    if (cci_above(r, a, b))
        return;
    for (size_t x = 0; x < r->m; x++)
        if (x != a && cci_above(r, x, a) && !cci_above(r, x, b))
            take_over(r, x, b);
    take_over(r, a, b);
}

void cci_relation_close(cci_relation *r)
{
    for (size_t via = 0; via < r->m; via++)
        for (size_t a = 0; a < r->m; a++)
            if (a != via && cci_above(r, a, via))
                take_over(r, a, via);
}

size_t cci_count_bits(const uint64_t *words, size_t n)
{
    size_t count = 0;
    for (size_t w = 0; w < n; w++) {
        uint64_t x = words[w];
        x -= x >> 1 & UINT64_C(0x5555555555555555);
        x = (x & UINT64_C(0x3333333333333333)) + (x >> 2 & UINT64_C(0x3333333333333333));
        x = (x + (x >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
        count += (size_t)((x * UINT64_C(0x0101010101010101)) >> 56);
    }
    return count;
}

/* -- Places ----------------------------------------------------------------------------------- */

struct order {
    const cci_relation *r;
    uint32_t *first;  /* nothing open stands above them */
    size_t *ends;
    uint32_t *over;   /* how many open options stand above each */
    uint32_t *under;  /* ... below each */
    uint8_t *placed;
};

/* Options that are open can stand anywhere between those above and those below. */
static void place_open(cci_run *run, const struct order *o, uint64_t done)
{
    for (size_t a = 0; a < o->r->m; a++)
        if (!o->placed[a]) {
            run->standings[a].from = done + 1 + o->over[a];
            run->standings[a].to = o->r->m - o->under[a];
        }
}

/* Is every option that is open, and not in the block, below the whole block? */
static int is_clean(const struct order *o, const uint32_t *block, size_t n, size_t open)
{
    for (size_t i = 0; i < n; i++)
        if (o->under[block[i]] != open - n)
            return 0;
    return 1;
}

static void close_option(struct order *o, uint32_t a)
{
    o->placed[a] = 1;
    for (size_t b = 0; b < o->r->m; b++)
        o->over[b] -= (uint32_t)cci_above(o->r, a, b);
}

static cocreate_status place_by_chain(cci_run *run, struct order *o, cocreate_error *error)
{
    size_t m = o->r->m;
    for (size_t done = 0; done < m;) {
        size_t n = 0;
        for (uint32_t a = 0; a < m; a++)
            if (!o->placed[a] && o->over[a] == 0)
                o->first[n++] = a;
        assert(n > 0); /* the relation has no circle */
        CCI_TRY(cci_ties_break(run, o->first, n, o->ends, 0, error));
        size_t block = o->ends[0];
        if (block > 1 && !is_clean(o, o->first, block, m - done)) {
            place_open(run, o, done);
            return COCREATE_OK;
        }
        for (size_t i = 0; i < block; i++) {
            close_option(o, o->first[i]);
            run->standings[o->first[i]].from = done + 1;
            run->standings[o->first[i]].to = done + block;
        }
        done += block;
        CCI_TRY(cci_run_progress(run, done, m, error));
    }
    return COCREATE_OK;
}

static cocreate_status place(cci_run *run, struct order *o, cocreate_error *error)
{
    const cci_relation *r = o->r;
    for (size_t a = 0; a < r->m; a++) {
        o->under[a] = (uint32_t)cci_count_bits(cci_relation_row(r, a), r->words);
        for (size_t b = 0; b < r->m; b++)
            o->over[b] += (uint32_t)cci_above(r, a, b);
    }
    if (run->chain.count > 0)
        return place_by_chain(run, o, error);
    place_open(run, o, 0);
    return COCREATE_OK;
}

cocreate_status cci_place_relation(cci_run *run, const cci_relation *r, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    struct order o = {.r = r};
    o.first = cci_alloc(a, r->m, sizeof *o.first);
    o.ends = cci_alloc(a, r->m, sizeof *o.ends);
    o.over = cci_alloc(a, r->m, sizeof *o.over);
    o.under = cci_alloc(a, r->m, sizeof *o.under);
    o.placed = cci_alloc(a, r->m, sizeof *o.placed);
    cocreate_status status = o.first != NULL && o.ends != NULL && o.over != NULL &&
                                     o.under != NULL && o.placed != NULL
                                 ? place(run, &o, error)
                                 : cci_no_memory(error);
    cci_free(a, o.first);
    cci_free(a, o.ends);
    cci_free(a, o.over);
    cci_free(a, o.under);
    cci_free(a, o.placed);
    return status;
}
