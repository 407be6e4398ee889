/* Open addressing with linear probing, at most half full. Entries are never removed. */
#include <sodium.h>
#include <string.h>

#include "base/checked.h"
#include "base/table.h"

/* Indices fill the low half of a slot, so that slots are told apart by the high half of the hash;
 * the same half chooses the place, which is why a table can grow without hashing again. */
#define CAPACITY_MAX (UINT64_C(1) << 32)

/* A key that nobody can foresee without asking a random device: where the loader and the stack
 * happened to put things. It changes how long a probe takes, never what it finds. */
void cci_table_make_key(const cocreate_allocator *a, const void *table, const void *owner,
                        uint8_t key[16])
{
    static const char anchor = 0;
    const void *places[] = {table, owner, &anchor, &places, a->user};
    uint8_t digest[32];
    crypto_hash_sha256(digest, (const uint8_t *)places, sizeof places);
    memcpy(key, digest, 16);
}

void cci_table_init(cci_table *t, const cocreate_allocator *a, const void *owner,
                    void (*bytes_of)(const void *owner, uint32_t index, const void **bytes,
                                     size_t *size))
{
    *t = (cci_table){.allocator = cci_allocator(a), .owner = owner, .bytes_of = bytes_of};
    cci_table_make_key(&t->allocator, t, owner, t->key);
}

void cci_table_set_key(cci_table *t, const uint8_t key[16])
{
    assert(t->count == 0);
    memcpy(t->key, key, sizeof t->key);
}

void cci_table_free(cci_table *t)
{
    cci_free(&t->allocator, t->slots);
    t->slots = NULL;
    t->capacity = t->count = 0;
}

uint64_t cci_table_hash(const cci_table *t, const void *bytes, size_t size)
{
    return cci_keyed_hash(t->key, bytes, size);
}

uint64_t cci_keyed_hash(const uint8_t key[16], const void *bytes, size_t size)
{
    uint8_t out[crypto_shorthash_BYTES];
    crypto_shorthash(out, size ? bytes : (const void *)"", size, key);
    uint64_t hash = 0;
    for (unsigned i = 0; i < 8; i++)
        hash |= (uint64_t)out[i] << (8 * i);
    return hash;
}

uint32_t cci_table_find(const cci_table *t, const void *bytes, size_t size)
{
    return cci_table_find_hashed(t, cci_table_hash(t, bytes, size), bytes, size);
}

uint32_t cci_table_find_hashed(const cci_table *t, uint64_t hash, const void *bytes, size_t size)
{
    if (t->count == 0)
        return CCI_TABLE_NONE;
    uint64_t mark = hash >> 32;
    for (size_t at = (size_t)mark & (t->capacity - 1); t->slots[at];
         at = (at + 1) & (t->capacity - 1)) {
        if (t->slots[at] >> 32 != mark)
            continue;
        uint32_t index = (uint32_t)(t->slots[at] & UINT32_MAX) - 1;
        const void *there;
        size_t there_size;
        t->bytes_of(t->owner, index, &there, &there_size);
        if (there_size == size && (size == 0 || memcmp(there, bytes, size) == 0))
            return index;
    }
    return CCI_TABLE_NONE;
}

static void place(uint64_t *slots, size_t capacity, uint64_t slot)
{
    size_t at = (size_t)(slot >> 32) & (capacity - 1);
    while (slots[at])
        at = (at + 1) & (capacity - 1);
    slots[at] = slot;
}

int cci_table_reserve(cci_table *t, size_t count)
{
    size_t need;
    if (!cci_add_size(t->count, count, &need) || need > CAPACITY_MAX / 2 || need > SIZE_MAX / 16)
        return 0;
    if (need <= t->capacity / 2)
        return 1;
    size_t capacity = t->capacity ? t->capacity : 8;
    while (capacity / 2 < need)
        capacity *= 2;
    uint64_t *slots = cci_alloc(&t->allocator, capacity, sizeof *slots);
    if (!slots)
        return 0;
    for (size_t i = 0; i < t->capacity; i++)
        if (t->slots[i])
            place(slots, capacity, t->slots[i]);
    cci_free(&t->allocator, t->slots);
    t->slots = slots;
    t->capacity = capacity;
    return 1;
}

void cci_table_insert(cci_table *t, uint64_t hash, uint32_t index)
{
    assert(t->count < t->capacity / 2 && index < CCI_TABLE_NONE);
    place(t->slots, t->capacity, (hash >> 32) << 32 | (index + UINT64_C(1)));
    t->count++;
}

static void string_bytes(const void *owner, uint32_t index, const void **bytes, size_t *size)
{
    const cci_string_set *s = owner;
    *bytes = s->items[index];
    *size = strlen(s->items[index]);
}

void cci_string_set_init(cci_string_set *s, const cocreate_allocator *a)
{
    *s = (cci_string_set){0};
    cci_table_init(&s->table, a, s, string_bytes);
}

void cci_string_set_free(cci_string_set *s)
{
    cci_free(&s->table.allocator, (void *)s->items);
    s->items = NULL;
    s->count = s->capacity = 0;
    cci_table_free(&s->table);
}

cocreate_status cci_string_set_add(cci_string_set *s, const char *item, uint32_t *index,
                                   int *added, cocreate_error *error)
{
    size_t size = strlen(item);
    uint64_t hash = cci_table_hash(&s->table, item, size);
    uint32_t found = cci_table_find_hashed(&s->table, hash, item, size);
    if (found != CCI_TABLE_NONE) {
        *index = found;
        *added = 0;
        return COCREATE_OK;
    }
    void *items = (void *)s->items;
    if (!cci_table_reserve(&s->table, 1) ||
        !cci_grow(&s->table.allocator, &items, &s->capacity, s->count + 1, sizeof *s->items))
        return cci_no_memory(error);
    s->items = items;
    s->items[s->count] = item;
    cci_table_insert(&s->table, hash, (uint32_t)s->count);
    *index = (uint32_t)s->count++;
    *added = 1;
    return COCREATE_OK;
}

uint32_t cci_string_set_find(const cci_string_set *s, const char *item)
{
    return cci_table_find(&s->table, item, strlen(item));
}
