/* The search over orders of pairs of equal strength. */
#include "ranking/condorcet/lock.h"

#include <string.h>

#include "ranking/ties.h"

/* A way to go on: a state, the group of pairs that comes next, and which of them must be dropped in
 * the end. */
struct way {
    struct way *next;
    size_t at, end, given_up;
    uint64_t state[]; /* then the indices of the pairs given up, 32 bits each */
};

struct search {
    cci_lock *l;
    struct way *waiting;
    void *trial, *spare; /* states */
    uint32_t *open;      /* pairs of the group that fit */
    size_t open_count;
    uint32_t *seen;      /* by effect: last pass that saw it */
    uint32_t pass;
    /* States that were met at the beginning of a group where orders differ. */
    uint8_t *met;
    size_t met_count, met_room;
    cci_table table;
};

static size_t way_size(const cci_lock *l, size_t given_up)
{
    return sizeof(struct way) + l->bytes + given_up * sizeof(uint32_t);
}

static uint32_t *given_up_of(const cci_lock *l, struct way *w)
{
    return (uint32_t *)(void *)((uint8_t *)w->state + l->bytes);
}

size_t cci_lock_limit(const cci_run *run, size_t bytes)
{
    size_t limit = run->chain.parallel ? CCI_LOCK_MAX : CCI_LOCK_DEFAULT;
    return limit < CCI_LOCK_BYTES / bytes ? limit : CCI_LOCK_BYTES / bytes;
}

cocreate_status cci_lock_refuse(const cci_lock *l, cocreate_error *error)
{
    if (!l->exceeded || !l->contest->run->chain.parallel)
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_LIMIT,
                    "the orders of pairs of equal strength take more than %zu steps to follow; break "
                    "ties by ties (id, earliest, lot)",
                    l->limit);
}

/* -- Groups ----------------------------------------------------------------------------------- */

/* One past the last pair as strong as this one. */
static size_t level_end(const cci_lock *l, size_t at)
{
    size_t end = at + 1;
    while (end < l->count && l->pairs[end].strength == l->pairs[at].strength)
        end++;
    return end;
}

/* One past the last pair the chain cannot tell from this one. */
static size_t group_end(const cci_lock *l, size_t at)
{
    const uint32_t *classes = l->field->classes;
    const cci_pair *first = &l->pairs[at];
    size_t end = at + 1;
    while (end < l->count && l->pairs[end].strength == first->strength &&
           classes[l->pairs[end].over] == classes[first->over] &&
           classes[l->pairs[end].under] == classes[first->under])
        end++;
    return end;
}

static int is_given_up(const cci_lock *l, struct way *w, size_t pair)
{
    const uint32_t *given_up = given_up_of(l, w);
    for (size_t i = 0; i < w->given_up; i++)
        if (given_up[i] == pair)
            return 1;
    return 0;
}

/* Was a pair with the same effect seen in this pass? */
static int is_repeated(struct search *s, const void *state, size_t pair)
{
    if (s->seen == NULL)
        return 0;
    uint32_t *seen = &s->seen[s->l->rules->effect(s->l, state, &s->l->pairs[pair])];
    int repeated = *seen == s->pass;
    *seen = s->pass;
    return repeated;
}

/* The pairs from `at` on that fit, one of each effect, less those given up and their like. */
static void collect(struct search *s, struct way *w, size_t end)
{
    const cci_lock *l = s->l;
    const uint32_t *given_up = given_up_of(l, w);
    s->open_count = 0;
    s->pass++;
    for (size_t i = 0; i < w->given_up; i++)
        if (l->rules->fit(l, w->state, &l->pairs[given_up[i]]) == CCI_FITS)
            is_repeated(s, w->state, given_up[i]);
    for (size_t i = w->at; i < end; i++)
        if (l->rules->fit(l, w->state, &l->pairs[i]) == CCI_FITS && !is_given_up(l, w, i) &&
            !is_repeated(s, w->state, i))
            s->open[s->open_count++] = (uint32_t)i;
}

/* Lock all open pairs one after the other in `trial`, a copy of the state. The first that no longer
 * fits, or SIZE_MAX. */
static size_t first_clash(struct search *s, const struct way *w)
{
    const cci_lock *l = s->l;
    memcpy(s->trial, w->state, l->bytes);
    for (size_t i = 0; i < s->open_count; i++) {
        const cci_pair *pair = &l->pairs[s->open[i]];
        cci_fit fit = l->rules->fit(l, s->trial, pair);
        if (fit == CCI_DROPPED)
            return s->open[i];
        if (fit == CCI_FITS)
            l->rules->add(l, s->trial, pair);
    }
    return SIZE_MAX;
}

/* Everything that is given up is dropped by what is locked. */
static int is_proved(const cci_lock *l, struct way *w)
{
    const uint32_t *given_up = given_up_of(l, w);
    for (size_t i = 0; i < w->given_up; i++)
        if (l->rules->fit(l, w->state, &l->pairs[given_up[i]]) != CCI_DROPPED)
            return 0;
    return 1;
}

/* Add all open pairs to a copy of the state. */
static void mix(struct search *s, const struct way *w)
{
    const cci_lock *l = s->l;
    memcpy(s->spare, w->state, l->bytes);
    for (size_t i = 0; i < s->open_count; i++)
        l->rules->add(l, s->spare, &l->pairs[s->open[i]]);
}

static int is_hopeless(struct search *s, struct way *w)
{
    const cci_lock *l = s->l;
    const uint32_t *given_up = given_up_of(l, w);
    if (l->rules->can_drop == NULL || w->given_up == 0)
        return 0;
    mix(s, w);
    for (size_t i = 0; i < w->given_up; i++)
        if (!l->rules->can_drop(l, s->spare, &l->pairs[given_up[i]]))
            return 1;
    return 0;
}

/* -- Telling what the chain did --------------------------------------------------------------- */

/* Where the pairs of one strength clash, the options of those that fit are a tie which the chain
 * breaks. Told as long as there is one order. */
static cocreate_status tell_chain(struct search *s, struct way *w, cocreate_error *error)
{
    cci_lock *l = s->l;
    cci_contest *c = l->contest;
    size_t n = 0;
    if (c->run->chain.count == 0 || l->forked ||
        (w->at > 0 && l->pairs[w->at - 1].strength == l->pairs[w->at].strength))
        return COCREATE_OK;
    size_t end = level_end(l, w->at);
    if (w->end == end)
        return COCREATE_OK;
    collect(s, w, end);
    if (first_clash(s, w) == SIZE_MAX)
        return COCREATE_OK;
    memset(c->in, 0, c->m);
    if (l->rules->can_drop != NULL)
        mix(s, w);
    for (size_t i = 0; i < s->open_count; i++) {
        const cci_pair *pair = &l->pairs[s->open[i]];
        if (l->rules->can_drop == NULL || l->rules->can_drop(l, s->spare, pair))
            c->in[l->field->members[pair->over]] = c->in[l->field->members[pair->under]] = 1;
    }
    for (uint32_t a = 0; a < c->m; a++)
        if (c->in[a])
            c->list[n++] = a;
    size_t *ends = cci_alloc(&c->run->allocator, n, sizeof *ends);
    if (ends == NULL)
        return cci_no_memory(error);
    cocreate_status status = cci_ties_break(c->run, c->list, n, ends, 0, error);
    cci_free(&c->run->allocator, ends);
    return status;
}

/* -- The search ------------------------------------------------------------------------------- */

static void met_bytes(const void *owner, uint32_t index, const void **bytes, size_t *size)
{
    const struct search *s = owner;
    *size = s->l->rules->memory + sizeof(size_t);
    *bytes = s->met + index * *size;
}

/* *known: this state was met before this group. */
static cocreate_status meet(struct search *s, const struct way *w, int *known,
                            cocreate_error *error)
{
    size_t memory = s->l->rules->memory, size = memory + sizeof(size_t);
    *known = 0;
    if (memory == 0 || w->given_up > 0)
        return COCREATE_OK;
    if (!cci_grow(&s->l->contest->run->allocator, (void **)&s->met, &s->met_room,
                  (s->met_count + 1) * size, 1) ||
        !cci_table_reserve(&s->table, s->met_count + 1))
        return cci_no_memory(error);
    uint8_t *key = s->met + s->met_count * size;
    memcpy(key, &w->at, sizeof w->at);
    memcpy(key + sizeof w->at, w->state, memory);
    uint64_t hash = cci_table_hash(&s->table, key, size);
    if (cci_table_find_hashed(&s->table, hash, key, size) != CCI_TABLE_NONE)
        *known = 1;
    else
        cci_table_insert(&s->table, hash, (uint32_t)s->met_count++);
    return COCREATE_OK;
}

/* Two ways: the clashing pair is locked next, or given up, which waits. */
static cocreate_status fork_way(struct search *s, struct way *w, size_t clash,
                                cocreate_error *error)
{
    cci_lock *l = s->l;
    if (!l->forked)
        l->fork = l->pairs[clash].strength;
    l->forked = 1;
    l->steps += 1 + (w->end - w->at) / CCI_LOCK_STEP;
    if (l->steps > l->limit) {
        l->exceeded = 1;
        return COCREATE_OK;
    }
    CCI_TRY(cci_run_progress(l->contest->run, l->steps, 0, error));
    struct way *other = cci_alloc(&l->contest->run->allocator, way_size(l, w->given_up + 1), 1);
    if (other == NULL)
        return cci_no_memory(error);
    memcpy(other, w, way_size(l, w->given_up));
    given_up_of(l, other)[other->given_up++] = (uint32_t)clash;
    other->next = s->waiting;
    s->waiting = other;
    l->rules->add(l, w->state, &l->pairs[clash]);
    return COCREATE_OK;
}

/* Follow one way to its end. */
static cocreate_status follow(struct search *s, struct way *w, cocreate_error *error)
{
    cci_lock *l = s->l;
    while (w->at < l->count && !l->exceeded) {
        int known;
        if (w->end == w->at)
            w->end = group_end(l, w->at);
        CCI_TRY(tell_chain(s, w, error));
        collect(s, w, w->end);
        if (s->open_count == 1)
            l->rules->add(l, w->state, &l->pairs[s->open[0]]);
        size_t clash = s->open_count > 1 ? first_clash(s, w) : SIZE_MAX;
        if (clash != SIZE_MAX) {
            CCI_TRY(meet(s, w, &known, error));
            if (known || is_hopeless(s, w))
                return COCREATE_OK;
            CCI_TRY(fork_way(s, w, clash, error));
            continue;
        }
        if (s->open_count > 1)
            memcpy(w->state, s->trial, l->bytes);
        if (!is_proved(l, w))
            return COCREATE_OK;
        w->at = w->end;
        w->given_up = 0;
    }
    if (!l->exceeded) {
        l->ends++;
        l->rules->end(l, w->state);
    }
    return COCREATE_OK;
}

static cocreate_status search(struct search *s, const void *start, cocreate_error *error)
{
    cci_lock *l = s->l;
    const cocreate_allocator *a = &l->contest->run->allocator;
    s->trial = cci_alloc(a, l->bytes, 1);
    s->spare = cci_alloc(a, l->bytes, 1);
    s->open = cci_alloc(a, l->count, sizeof *s->open);
    s->waiting = cci_alloc(a, way_size(l, 0), 1);
    if (l->rules->effect != NULL)
        s->seen = cci_alloc(a, l->field->size * l->field->size, sizeof *s->seen);
    if (s->trial == NULL || s->spare == NULL || s->open == NULL || s->waiting == NULL ||
        (l->rules->effect != NULL && s->seen == NULL))
        return cci_no_memory(error);
    memcpy(s->waiting->state, start, l->bytes);
    cocreate_status status = COCREATE_OK;
    while (s->waiting != NULL && !l->exceeded && status == COCREATE_OK) {
        struct way *w = s->waiting;
        s->waiting = w->next;
        status = follow(s, w, error);
        cci_free(a, w);
    }
    return status;
}

cocreate_status cci_lock_run(cci_lock *l, const void *start, cocreate_error *error)
{
    const cocreate_allocator *a = &l->contest->run->allocator;
    struct search s = {.l = l};
    cci_table_init(&s.table, a, &s, met_bytes);
    cocreate_status status = search(&s, start, error);
    while (s.waiting != NULL) {
        struct way *w = s.waiting;
        s.waiting = w->next;
        cci_free(a, w);
    }
    cci_free(a, s.trial);
    cci_free(a, s.spare);
    cci_free(a, s.open);
    cci_free(a, s.seen);
    cci_free(a, s.met);
    cci_table_free(&s.table);
    return status;
}
