/* A keyed hash table from byte strings to indices (SipHash-2-4, open addressing).
 *
 * The key differs from table to table and defends against chosen collisions; it never shows in any
 * order, because entries are only ever visited by their index (order of insertion). The table does
 * not own the bytes: the caller's function tells what stands at an index. */
#ifndef CCI_BASE_TABLE_H
#define CCI_BASE_TABLE_H

#include "base/memory.h"

#define CCI_TABLE_NONE UINT32_MAX

typedef struct cci_table {
    cocreate_allocator allocator;
    uint64_t *slots; /* high 32 bits of the hash | index + 1; 0 is free */
    size_t capacity; /* a power of two, or 0 */
    size_t count;
    uint8_t key[16];
    const void *owner;
    void (*bytes_of)(const void *owner, uint32_t index, const void **bytes, size_t *size);
} cci_table;

void cci_table_init(cci_table *t, const cocreate_allocator *a, const void *owner,
                    void (*bytes_of)(const void *owner, uint32_t index, const void **bytes,
                                     size_t *size));
/* For tests: with this key. Only on an empty table. */
void cci_table_set_key(cci_table *t, const uint8_t key[16]);
void cci_table_free(cci_table *t);
/* For tables of other kinds: the key of one of this owner, and the hash by a key. */
void cci_table_make_key(const cocreate_allocator *a, const void *table, const void *owner,
                        uint8_t key[16]);
uint64_t cci_keyed_hash(const uint8_t key[16], const void *bytes, size_t size);
uint64_t cci_table_hash(const cci_table *t, const void *bytes, size_t size);
/* Index of the bytes, or CCI_TABLE_NONE. */
uint32_t cci_table_find(const cci_table *t, const void *bytes, size_t size);
uint32_t cci_table_find_hashed(const cci_table *t, uint64_t hash, const void *bytes, size_t size);
/* Make room for `count` more; 0 when memory is short. Call before cci_table_insert. */
int cci_table_reserve(cci_table *t, size_t count);
/* Add an index whose bytes are not in the table yet; cannot fail after a reserve. */
void cci_table_insert(cci_table *t, uint64_t hash, uint32_t index);

/* Convenience: a set of strings, to find duplicates in linear time. It must not be moved: its table
 * knows its address. */
typedef struct cci_string_set {
    cci_table table;
    const char **items;
    size_t count, capacity;
} cci_string_set;

void cci_string_set_init(cci_string_set *s, const cocreate_allocator *a);
void cci_string_set_free(cci_string_set *s);
/* *index = where it stands (old or new); *added says which. The string is borrowed. */
cocreate_status cci_string_set_add(cci_string_set *s, const char *item, uint32_t *index,
                                   int *added, cocreate_error *error);
uint32_t cci_string_set_find(const cci_string_set *s, const char *item);

#endif
