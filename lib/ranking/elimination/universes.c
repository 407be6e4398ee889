/* Parallel-universe tie-breaking (Conitzer, Rognlie & Xia 2009) by breadth over the sets of
 * continuing options: many orders of elimination meet in the same set, and it is counted once. */
#include "ranking/elimination/universes.h"

#include <string.h>

#include "base/table.h"
#include "ranking/ties.h"

#define NONE UINT32_MAX

struct search {
    cci_rounds *rounds;
    cci_run *run;
    size_t m, bytes; /* of a set */
    uint8_t *sets;   /* one bit an option */
    uint32_t *next;  /* of the sets of the same size */
    uint32_t *first; /* first[size] */
    size_t count, limit, sets_room, next_room;
    int exceeded;
    cci_table table;
    uint8_t *continuing; /* the set at hand, one byte an option */
    uint8_t *key;
    uint32_t *lowest;
    size_t *ends;
};

static void bytes_of(const void *owner, uint32_t index, const void **bytes, size_t *size)
{
    const struct search *s = owner;
    *bytes = s->sets + (size_t)index * s->bytes;
    *size = s->bytes;
}

/* Meet the set `continuing` of this size. */
static cocreate_status meet(struct search *s, const uint8_t *continuing, size_t size,
                            cocreate_error *error)
{
    const cocreate_allocator *a = &s->run->allocator;
    memset(s->key, 0, s->bytes);
    for (size_t o = 0; o < s->m; o++)
        if (continuing[o])
            s->key[o / 8] = (uint8_t)(s->key[o / 8] | 1u << o % 8);
    uint64_t hash = cci_table_hash(&s->table, s->key, s->bytes);
    if (cci_table_find_hashed(&s->table, hash, s->key, s->bytes) != CCI_TABLE_NONE)
        return COCREATE_OK;
    if (s->count == s->limit) {
        s->exceeded = 1;
        return COCREATE_OK;
    }
    if (!cci_grow(a, (void **)&s->sets, &s->sets_room, (s->count + 1) * s->bytes, 1) ||
        !cci_grow(a, (void **)&s->next, &s->next_room, s->count + 1, sizeof *s->next) ||
        !cci_table_reserve(&s->table, s->count + 1))
        return cci_no_memory(error);
    memcpy(s->sets + s->count * s->bytes, s->key, s->bytes);
    s->next[s->count] = s->first[size];
    s->first[size] = (uint32_t)s->count;
    cci_table_insert(&s->table, hash, (uint32_t)s->count++);
    return COCREATE_OK;
}

/* Option o may stand on the places from .. to. */
static void allow(cci_run *run, uint32_t o, uint64_t from, uint64_t to)
{
    cci_standing *s = &run->standings[o];
    if (s->from == 0 || from < s->from)
        s->from = from;
    if (to > s->to)
        s->to = to;
}

static int is_zero(const cci_value *v)
{
    return v->big == NULL && v->num == 0;
}

/* Everything that can follow from a set of `size` options. */
static cocreate_status follow(struct search *s, size_t size, cocreate_error *error)
{
    size_t n;
    CCI_TRY(cci_rounds_count(s->rounds, s->continuing, error));
    CCI_TRY(cci_rounds_lowest(s->rounds, s->lowest, &n, error));
    uint32_t *out = s->lowest;
    int together = size == 1;
    if (n > 1) {
        CCI_TRY(cci_ties_break(s->run, s->lowest, n, s->ends, 1, error));
        size_t first = n - 1; /* of those that the chain puts last */
        while (first > 0 && s->ends[first - 1] == n)
            first--;
        if (first == 0) {
            CCI_TRY(cci_rounds_safe(s->rounds, s->lowest, n, &together, error));
            /* Without a vote all of them are alike to the end. */
            together |= n == size && is_zero(&s->rounds->votes[s->lowest[0]]);
        }
        out += first;
        n -= first;
    }
    if (together) {
        for (size_t i = 0; i < n; i++) {
            allow(s->run, out[i], size - n + 1, size);
            s->continuing[out[i]] = 0;
        }
        return n < size ? meet(s, s->continuing, size - n, error) : COCREATE_OK;
    }
    for (size_t i = 0; i < n; i++) {
        allow(s->run, out[i], size, size);
        s->continuing[out[i]] = 0;
        CCI_TRY(meet(s, s->continuing, size - 1, error));
        s->continuing[out[i]] = 1;
    }
    return COCREATE_OK;
}

static cocreate_status search(struct search *s, const uint8_t *continuing, cocreate_error *error)
{
    size_t size = 0;
    for (size_t o = 0; o < s->m; o++) {
        size += continuing[o];
        if (continuing[o])
            s->run->standings[o].from = s->run->standings[o].to = 0;
        s->first[o] = s->first[o + 1] = NONE;
    }
    CCI_TRY(meet(s, continuing, size, error));
    for (; size > 0 && !s->exceeded; size--)
        for (uint32_t i = s->first[size]; i != NONE && !s->exceeded; i = s->next[i]) {
            for (size_t o = 0; o < s->m; o++)
                s->continuing[o] = (uint8_t)((unsigned)s->sets[i * s->bytes + o / 8] >> o % 8 & 1u);
            CCI_TRY(cci_run_progress(s->run, i, 0, error));
            CCI_TRY(follow(s, size, error));
        }
    return COCREATE_OK;
}

cocreate_status cci_universes(cci_rounds *rounds, const uint8_t *continuing, size_t limit,
                              size_t *count, cocreate_error *error)
{
    cci_run *run = rounds->run;
    const cocreate_allocator *a = &run->allocator;
    struct search s = {.rounds = rounds, .run = run, .m = run->roster->count,
                       .limit = limit};
    s.bytes = (s.m + 7) / 8;
    cci_table_init(&s.table, a, &s, bytes_of);
    s.first = cci_alloc(a, s.m + 1, sizeof *s.first);
    s.continuing = cci_alloc(a, s.m, sizeof *s.continuing);
    s.key = cci_alloc(a, s.bytes, 1);
    s.lowest = cci_alloc(a, s.m, sizeof *s.lowest);
    s.ends = cci_alloc(a, s.m, sizeof *s.ends);
    int room = s.first != NULL && s.continuing != NULL && s.key != NULL && s.lowest != NULL &&
               s.ends != NULL;
    cocreate_status status = room ? search(&s, continuing, error) : cci_no_memory(error);
    if (status == COCREATE_OK)
        *count = s.exceeded ? 0 : s.count;
    cci_table_free(&s.table);
    cci_free(a, s.sets);
    cci_free(a, s.next);
    cci_free(a, s.first);
    cci_free(a, s.continuing);
    cci_free(a, s.key);
    cci_free(a, s.lowest);
    cci_free(a, s.ends);
    return status;
}
