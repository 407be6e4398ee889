/* The hash table of ballots. */
#include "profile/index.h"

#include <string.h>

#include "base/checked.h"

/* Beyond it numbers would not fit their slots. */
#define CAPACITY_MAX (UINT64_C(1) << 32)

void cci_index_init(cci_index *x, const cocreate_allocator *a, const void *owner,
                    cci_index_key *key_of)
{
    *x = (cci_index){.allocator = *a, .owner = owner, .key_of = key_of};
    cci_table_make_key(a, x, owner, x->key);
}

void cci_index_set_key(cci_index *x, const uint8_t key[16])
{
    assert(x->count == 0);
    memcpy(x->key, key, sizeof x->key);
}

void cci_index_free(cci_index *x)
{
    cci_free(&x->allocator, x->slots);
    x->slots = NULL;
    x->capacity = x->count = 0;
}

uint64_t cci_index_hash(const cci_index *x, const uint8_t *key, size_t size)
{
    return cci_keyed_hash(x->key, key, size);
}

/* The part of a hash that stands in a slot. The high half chooses the place. */
static uint32_t tag(const cci_index *x, uint64_t hash)
{
    return (uint32_t)((hash & UINT32_MAX) >> x->bits << x->bits);
}

static uint32_t number_mask(const cci_index *x)
{
    return (uint32_t)((UINT64_C(1) << x->bits) - 1);
}

uint32_t cci_index_find(const cci_index *x, const uint8_t *key, size_t size)
{
    return x->count > 0 ? cci_index_find_hashed(x, cci_index_hash(x, key, size), key, size)
                        : CCI_TABLE_NONE;
}

uint32_t cci_index_find_hashed(const cci_index *x, uint64_t hash, const uint8_t *key, size_t size)
{
    if (x->count == 0)
        return CCI_TABLE_NONE;
    uint32_t wanted = tag(x, hash), mask = number_mask(x), slot;
    for (size_t at = (size_t)(hash >> 32) & (x->capacity - 1); (slot = x->slots[at]) != 0;
         at = (at + 1) & (x->capacity - 1)) {
        if ((slot & ~mask) != wanted)
            continue;
        size_t there_size;
        const uint8_t *there = x->key_of(x->owner, (slot & mask) - 1, &there_size);
        if (there_size == size && (size == 0 || memcmp(there, key, size) == 0))
            return (slot & mask) - 1;
    }
    return CCI_TABLE_NONE;
}

static void place(cci_index *x, uint64_t hash, size_t number)
{
    size_t at = (size_t)(hash >> 32) & (x->capacity - 1);
    while (x->slots[at] != 0)
        at = (at + 1) & (x->capacity - 1);
    x->slots[at] = tag(x, hash) | (uint32_t)(number + 1);
}

/* Keys whose places are fetched together. */
#define BLOCK 64

static void fill(cci_index *x, size_t count)
{
    uint64_t hash[BLOCK];
    for (size_t first = 0; first < count; first += BLOCK) {
        size_t n = count - first < BLOCK ? count - first : BLOCK, size;
        for (size_t i = 0; i < n; i++) {
            const uint8_t *key = x->key_of(x->owner, first + i, &size);
            hash[i] = cci_index_hash(x, key, size);
            cci_index_prefetch(x, hash[i]);
        }
        for (size_t i = 0; i < n; i++)
            place(x, hash[i], first + i);
    }
    x->count = count;
}

/* So many ballots fill a table. */
static uint64_t limit(uint64_t capacity)
{
    return capacity / 16 * 11;
}

int cci_index_reserve(cci_index *x, size_t count)
{
    size_t need;
    if (!cci_add_size(x->count, count, &need) || need > limit(CAPACITY_MAX) ||
        need > SIZE_MAX / 16)
        return 0;
    if (need <= limit(x->capacity))
        return 1;
    size_t capacity = x->capacity > 0 ? x->capacity : 16;
    while (limit(capacity) < need)
        capacity *= 2;
    uint32_t *slots = cci_alloc(&x->allocator, capacity, sizeof *slots);
    if (slots == NULL)
        return 0;
    cci_free(&x->allocator, x->slots);
    x->slots = slots;
    x->capacity = capacity;
    for (x->bits = 0; (UINT64_C(1) << x->bits) <= limit(capacity);)
        x->bits++;
    fill(x, x->count);
    return 1;
}

void cci_index_insert(cci_index *x, uint64_t hash)
{
    assert(x->count < limit(x->capacity));
    place(x, hash, x->count++);
}

void cci_index_refill(cci_index *x, size_t count)
{
    assert(count <= limit(x->capacity));
    if (x->capacity > 0)
        memset(x->slots, 0, x->capacity * sizeof *x->slots);
    fill(x, count);
}
