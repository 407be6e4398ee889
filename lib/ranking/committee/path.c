/* Electing one after the other, in one order or in every order. */
#include "ranking/committee/path.h"

#include <string.h>

#include "base/table.h"
#include "ranking/ties.h"
#include "ranking/write.h"

struct path {
    cci_run *run;
    const cci_path_rules *rules;
    size_t seats;
    uint8_t *open;
    uint32_t *tied;
    size_t *ends;
    cci_buffer rounds;
    /* Every order: the paths of one length, and of those one longer. */
    uint32_t *now, *next;
    size_t now_count, now_room, next_count, next_room, universes;
    cci_buffer key;
    cci_buffer keys;    /* of the next paths, one after the other */
    size_t *key_starts; /* where each begins, and the end of the last */
    size_t key_count, key_room;
    cci_table table;    /* of the keys */
};

static void write_head(struct path *p)
{
    cci_buffer_format(&p->run->trace, "\"blank\":\"%lld\",", (long long)p->run->electorate->blank);
}

/* -- One order -------------------------------------------------------------------------------- */

static cocreate_status choose(struct path *p, size_t round, uint32_t *out, cocreate_error *error)
{
    size_t n = 0;
    CCI_TRY(p->rules->find_tied(p->rules->state, p->open, p->tied, &n, error));
    CCI_TRY(cci_ties_break(p->run, p->tied, n, p->ends, 0, error));
    *out = p->tied[0];
    if (p->ends[0] > 1)
        return cci_fail(error, COCREATE_ERR_TIE,
                        "options such as %s tie in round %zu, and no tie step tells who joins: add "
                        "id or lot to ties, or follow every order by ties=parallel",
                        cci_name(p->run, *out), round);
    return COCREATE_OK;
}

static cocreate_status tell(struct path *p, size_t round, uint32_t chosen, cocreate_error *error)
{
    cci_buffer *out = &p->rounds, *notes = &p->run->notes;
    cci_buffer_text(out, round > 1 ? ",{\"elected\":" : "{\"elected\":");
    cci_write_id(p->run, out, chosen);
    cci_buffer_byte(out, ',');
    cci_buffer_format(notes, "Round %zu: ", round);
    cci_buffer_text(notes, cci_name(p->run, chosen));
    cci_buffer_text(notes, " joins");
    CCI_TRY(p->rules->tell(p->rules->state, chosen, p->open, round, out, notes, error));
    cci_buffer_byte(out, '}');
    cci_buffer_text(notes, ".\n");
    return COCREATE_OK;
}

static cocreate_status one_order(struct path *p, cocreate_error *error)
{
    cci_run *run = p->run;
    size_t m = run->roster->count;
    run->selected = cci_alloc(&run->allocator, m, sizeof *run->selected);
    if (run->selected == NULL)
        return cci_no_memory(error);
    memset(p->open, 1, m);
    for (size_t o = 0; o < m; o++) {
        run->standings[o].from = p->seats + 1;
        run->standings[o].to = m;
    }
    CCI_TRY(p->rules->reset(p->rules->state, error));
    for (size_t round = 1; round <= p->seats; round++) {
        uint32_t chosen = 0;
        CCI_TRY(choose(p, round, &chosen, error));
        CCI_TRY(tell(p, round, chosen, error));
        CCI_TRY(p->rules->elect(p->rules->state, chosen, error));
        p->open[chosen] = 0;
        run->selected[chosen] = 1;
        run->standings[chosen].from = run->standings[chosen].to = round;
        CCI_TRY(cci_run_progress(run, round, p->seats, error));
    }
    write_head(p);
    cci_buffer_text(&run->trace, "\"rounds\":[");
    cci_buffer_add(&run->trace, p->rounds.data, p->rounds.size);
    cci_buffer_byte(&run->trace, ']');
    return p->rounds.failed ? cci_no_memory(error) : COCREATE_OK;
}

/* -- Every order ------------------------------------------------------------------------------ */

static void key_of(const void *owner, uint32_t index, const void **bytes, size_t *size)
{
    const struct path *p = owner;
    *bytes = p->keys.data + p->key_starts[index];
    *size = p->key_starts[index + 1] - p->key_starts[index];
}

/* Is what the last step led to new? Who is elected and all that the method remembers are the key. */
static cocreate_status is_new(struct path *p, int *out, cocreate_error *error)
{
    int known = 0;
    *out = 1;
    cci_buffer_clear(&p->key);
    for (size_t o = 0; o < p->run->roster->count; o++)
        cci_buffer_byte(&p->key, p->open[o]);
    CCI_TRY(p->rules->key(p->rules->state, &p->key, &known, error));
    if (p->key.failed)
        return cci_no_memory(error);
    if (!known)
        return COCREATE_OK;
    uint64_t hash = cci_table_hash(&p->table, p->key.data, p->key.size);
    if (cci_table_find_hashed(&p->table, hash, p->key.data, p->key.size) != CCI_TABLE_NONE) {
        *out = 0;
        return COCREATE_OK;
    }
    if (!cci_grow(&p->run->allocator, (void **)&p->key_starts, &p->key_room, p->key_count + 2,
                  sizeof *p->key_starts) ||
        !cci_table_reserve(&p->table, 1))
        return cci_no_memory(error);
    p->key_starts[p->key_count] = p->keys.size;
    cci_buffer_add(&p->keys, p->key.data, p->key.size);
    if (p->keys.failed)
        return cci_no_memory(error);
    p->key_starts[p->key_count + 1] = p->keys.size;
    cci_table_insert(&p->table, hash, (uint32_t)p->key_count++);
    return COCREATE_OK;
}

/* Elect the first `size` of a path. */
static cocreate_status replay(struct path *p, const uint32_t *path, size_t size,
                              cocreate_error *error)
{
    memset(p->open, 1, p->run->roster->count);
    CCI_TRY(p->rules->reset(p->rules->state, error));
    for (size_t i = 0; i < size; i++) {
        CCI_TRY(p->rules->elect(p->rules->state, path[i], error));
        p->open[path[i]] = 0;
    }
    return COCREATE_OK;
}

static cocreate_status extend(struct path *p, const uint32_t *path, size_t size, uint32_t candidate,
                              cocreate_error *error)
{
    int fresh = 1;
    CCI_TRY(replay(p, path, size, error));
    CCI_TRY(p->rules->elect(p->rules->state, candidate, error));
    p->open[candidate] = 0;
    CCI_TRY(is_new(p, &fresh, error));
    if (!fresh)
        return COCREATE_OK;
    if (p->next_count == CCI_COMMITTEES_MAX)
        return cci_fail(error, COCREATE_ERR_LIMIT,
                        "more than %d orders of ties lead to different states after %zu rounds; "
                        "break ties by id, earliest or lot",
                        CCI_COMMITTEES_MAX, size + 1);
    if (!cci_grow(&p->run->allocator, (void **)&p->next, &p->next_room,
                  (p->next_count + 1) * (size + 1), sizeof *p->next))
        return cci_no_memory(error);
    uint32_t *at = p->next + p->next_count++ * (size + 1);
    if (size > 0)
        memcpy(at, path, size * sizeof *at);
    at[size] = candidate;
    return COCREATE_OK;
}

static void forget_keys(struct path *p)
{
    cci_table_free(&p->table);
    cci_table_init(&p->table, &p->run->allocator, p, key_of);
    cci_buffer_clear(&p->keys);
    p->key_count = 0;
}

/* All paths of one length become all of the next. */
static cocreate_status lengthen(struct path *p, size_t size, cocreate_error *error)
{
    forget_keys(p);
    p->next_count = 0;
    for (size_t i = 0; i < p->now_count; i++) {
        size_t n = 0;
        const uint32_t *path = size > 0 ? p->now + i * size : NULL;
        CCI_TRY(replay(p, path, size, error));
        CCI_TRY(p->rules->find_tied(p->rules->state, p->open, p->tied, &n, error));
        for (size_t k = 0; k < n; k++)
            CCI_TRY(extend(p, path, size, p->tied[k], error));
        CCI_TRY(cci_run_progress(p->run, i, p->now_count, error));
    }
    uint32_t *paths = p->now;
    size_t room = p->now_room;
    p->now = p->next, p->now_room = p->next_room, p->now_count = p->next_count;
    p->next = paths, p->next_room = room;
    p->universes += p->now_count;
    return COCREATE_OK;
}

static cocreate_status every_order(struct path *p, cocreate_error *error)
{
    cci_committees c = {.run = NULL};
    p->now_count = 1;
    for (size_t size = 0; size < p->seats; size++)
        CCI_TRY(lengthen(p, size, error));
    cocreate_status status = cci_committees_init(&c, p->run, p->seats, error);
    for (size_t i = 0; status == COCREATE_OK && i < p->now_count; i++)
        status = cci_committees_add(&c, p->now + i * p->seats, error);
    if (status == COCREATE_OK) {
        write_head(p);
        status = cci_committees_elect(&c, &p->run->trace, error);
        cci_buffer_format(&p->run->trace, "\"universes\":%zu", p->universes);
    }
    cci_committees_free(&c);
    return status;
}

cocreate_status cci_path_run(cci_run *run, const cci_path_rules *rules, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    size_t m = run->roster->count;
    struct path p = {.run = run, .rules = rules, .seats = (size_t)run->seats};
    cci_buffer_init(&p.rounds, a);
    cci_buffer_init(&p.key, a);
    cci_buffer_init(&p.keys, a);
    cci_table_init(&p.table, a, &p, key_of);
    p.open = cci_alloc(a, m, sizeof *p.open);
    p.tied = cci_alloc(a, m, sizeof *p.tied);
    p.ends = cci_alloc(a, m, sizeof *p.ends);
    cocreate_status status = p.open == NULL || p.tied == NULL || p.ends == NULL
                                 ? cci_no_memory(error)
                             : run->chain.parallel ? every_order(&p, error)
                                                   : one_order(&p, error);
    cci_free(a, p.open);
    cci_free(a, p.tied);
    cci_free(a, p.ends);
    cci_free(a, p.now);
    cci_free(a, p.next);
    cci_free(a, p.key_starts);
    cci_table_free(&p.table);
    cci_buffer_free(&p.rounds);
    cci_buffer_free(&p.key);
    cci_buffer_free(&p.keys);
    return status;
}
