/* The keyed hash table of ballots (SipHash-2-4, open addressing): 4 bytes a slot, at most 11/16 full.
 * As base/table.h, but it keeps no hashes: what a slot has left beside the number of a ballot holds
 * some bits of its hash, and growing hashes all keys anew. */
#ifndef CCI_PROFILE_INDEX_H
#define CCI_PROFILE_INDEX_H

#include "base/table.h"

/* The key of a ballot, by its number. */
typedef const uint8_t *cci_index_key(const void *owner, size_t i, size_t *size);

typedef struct cci_index {
    cocreate_allocator allocator;
    uint32_t *slots; /* number + 1 in the low bits, part of the hash in the others; 0 is free */
    size_t capacity; /* a power of two, or 0 */
    unsigned bits;   /* of a number */
    size_t count;
    uint8_t key[16]; /* of the hash */
    const void *owner;
    cci_index_key *key_of;
} cci_index;

void cci_index_init(cci_index *x, const cocreate_allocator *a, const void *owner,
                    cci_index_key *key_of);
/* For tests: with this key. Only on an empty index. */
void cci_index_set_key(cci_index *x, const uint8_t key[16]);
void cci_index_free(cci_index *x);
uint64_t cci_index_hash(const cci_index *x, const uint8_t *key, size_t size);
/* The number of the ballot with a key, or CCI_TABLE_NONE. */
uint32_t cci_index_find(const cci_index *x, const uint8_t *key, size_t size);
uint32_t cci_index_find_hashed(const cci_index *x, uint64_t hash, const uint8_t *key, size_t size);
/* Make room for `count` more; 0 when memory is short. Call before cci_index_insert(). */
int cci_index_reserve(cci_index *x, size_t count);
/* Add the next ballot, whose key is not there yet; cannot fail after a reserve. */
void cci_index_insert(cci_index *x, uint64_t hash);
/* The first `count` ballots of the owner, in the memory there is; no more than there were. */
void cci_index_refill(cci_index *x, size_t count);

/* Fetch the place of a hash early; a hint that changes nothing. */
static inline void cci_index_prefetch(const cci_index *x, uint64_t hash)
{
#if defined(__GNUC__)
    if (x->capacity > 0)
        __builtin_prefetch(&x->slots[(size_t)(hash >> 32) & (x->capacity - 1)]);
#else
    (void)x, (void)hash;
#endif
}

#endif
