/* Memory that is freed all at once: what a scheme, a result or awards are made of. */
#ifndef CCI_REWARD_ARENA_H
#define CCI_REWARD_ARENA_H

#include "base/memory.h"

typedef struct cci_arena {
    cocreate_allocator allocator;
    union cci_arena_block *blocks;
    char *at;
    size_t left;
} cci_arena;

void cci_arena_init(cci_arena *arena, const cocreate_allocator *allocator);
void cci_arena_free(cci_arena *arena);
/* Zeroed and aligned for any type; NULL when memory is short. 0 bytes give a valid address. */
void *cci_arena_alloc(cci_arena *arena, size_t count, size_t size);
/* A NUL-terminated copy. */
char *cci_arena_copy(cci_arena *arena, const char *s, size_t size);

#endif
