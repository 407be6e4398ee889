/* Parallel-universe tie-breaking (Conitzer, Rognlie & Xia 2009) by breadth over the sets of
 * continuing options: many orders of elimination meet in the same set, and it is counted once. */
#include "ranking/elimination/universes.h"

#include <string.h>

#include "base/table.h"
#include "ranking/ties.h"

#define NONE UINT32_MAX

struct search {
    cci_process *process;
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

/* May the n of the group leave in any order? */
static cocreate_status is_safe(cci_process *p, int *safe, cocreate_error *error)
{
    *safe = 0;
    if (!p->rule->safe || p->n != p->tied || p->n < 2)
        return COCREATE_OK;
    CCI_TRY(cci_process_safe(p, safe, error));
    /* Without a vote all of them are alike to the end. */
    *safe |= p->n == p->size && p->stop == 1 && is_zero(&p->scores[p->group[0]]);
    return COCREATE_OK;
}

/* The group stands on n places from `first` on, in some order, or in that of its scores. */
static cocreate_status allow_all(struct search *s, const uint32_t *group, size_t n, uint64_t first,
                                 cocreate_error *error)
{
    const cci_process *p = s->process;
    for (size_t i = 0; i < n; i++) {
        size_t better = 0, worse = 0;
        for (size_t k = 0; k < n && p->ordered; k++) {
            int order;
            CCI_TRY(cci_value_compare(&p->scores[group[k]], &p->scores[group[i]], &order, error));
            better += order > 0;
            worse += order < 0;
        }
        allow(s->run, group[i], first + better, first + n - 1 - worse);
    }
    return COCREATE_OK;
}

/* The group wins, and the others come after it. */
static cocreate_status win(struct search *s, size_t size, cocreate_error *error)
{
    cci_process *p = s->process;
    size_t rest = p->n;
    for (size_t i = 0; i < p->n; i++) {
        s->continuing[p->group[i]] = 0;
        if (p->rule->elects)
            s->run->selected[p->group[i]] = 1;
    }
    for (uint32_t o = 0; o < s->m; o++)
        if (s->continuing[o])
            p->group[rest++] = o;
    assert(rest == size);
    CCI_TRY(allow_all(s, p->group, p->n, 1, error));
    return allow_all(s, p->group + p->n, size - p->n, p->n + 1, error);
}

/* Everything that can follow from a set of `size` options. */
static cocreate_status follow(struct search *s, size_t size, cocreate_error *error)
{
    cci_process *p = s->process;
    int together;
    p->size = size;
    CCI_TRY(cci_process_look(p, error));
    if (p->verdict == CCI_WINNERS)
        return win(s, size, error);
    together = p->verdict == CCI_ALL_LEAVE || size == 1;
    if (!together)
        CCI_TRY(is_safe(p, &together, error));
    if (together) {
        CCI_TRY(allow_all(s, p->group, p->n, size - p->n + 1, error));
        for (size_t i = 0; i < p->n; i++) {
            s->continuing[p->group[i]] = 0;
            if (p->rule->elects && p->n == size)
                s->run->selected[p->group[i]] = 1;
        }
        return p->n < size ? meet(s, s->continuing, size - p->n, error) : COCREATE_OK;
    }
    for (size_t i = 0; i < p->n; i++) {
        allow(s->run, p->group[i], size, size);
        s->continuing[p->group[i]] = 0;
        CCI_TRY(meet(s, s->continuing, size - 1, error));
        s->continuing[p->group[i]] = 1;
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

cocreate_status cci_universes(cci_process *p, size_t limit, size_t *count, cocreate_error *error)
{
    cci_run *run = p->run;
    const cocreate_allocator *a = &run->allocator;
    uint8_t *continuing = p->continuing;
    size_t size = p->size;
    int elects = p->rule->elects;
    struct search s = {.process = p, .run = run, .m = run->roster->count, .limit = limit};
    s.bytes = (s.m + 7) / 8;
    cci_table_init(&s.table, a, &s, bytes_of);
    s.first = cci_alloc(a, s.m + 1, sizeof *s.first);
    s.continuing = cci_alloc(a, s.m, sizeof *s.continuing);
    s.key = cci_alloc(a, s.bytes, 1);
    int room = s.first != NULL && s.continuing != NULL && s.key != NULL;
    p->continuing = s.continuing;
    p->searching = 1;
    cocreate_status status = room ? search(&s, continuing, error) : cci_no_memory(error);
    if (s.exceeded && elects)
        memset(run->selected, 0, s.m);
    if (status == COCREATE_OK)
        *count = s.exceeded ? 0 : s.count;
    p->searching = 0;
    p->continuing = continuing;
    p->size = size;
    cci_table_free(&s.table);
    cci_free(a, s.sets);
    cci_free(a, s.next);
    cci_free(a, s.first);
    cci_free(a, s.continuing);
    cci_free(a, s.key);
    return status;
}
