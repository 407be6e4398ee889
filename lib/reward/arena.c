#include "reward/arena.h"

#include <string.h>

#include "base/checked.h"

union cci_arena_block {
    union cci_arena_block *next;
    max_align_t align; /* so that what follows the header is aligned too */
};

enum { BLOCK_BYTES = 4096 };

void cci_arena_init(cci_arena *arena, const cocreate_allocator *allocator)
{
    *arena = (cci_arena){.allocator = *allocator};
}

void cci_arena_free(cci_arena *arena)
{
    while (arena->blocks != NULL) {
        union cci_arena_block *next = arena->blocks->next;
        cci_free(&arena->allocator, arena->blocks);
        arena->blocks = next;
    }
    arena->at = NULL;
    arena->left = 0;
}

void *cci_arena_alloc(cci_arena *arena, size_t count, size_t size)
{
    const size_t unit = sizeof(max_align_t);
    size_t bytes;
    if (!cci_mul_size(count, size, &bytes) || bytes > SIZE_MAX - BLOCK_BYTES)
        return NULL;
    bytes = bytes == 0 ? unit : (bytes + unit - 1) / unit * unit;
    if (bytes > arena->left) {
        size_t room = bytes > BLOCK_BYTES / 4 ? bytes : BLOCK_BYTES;
        union cci_arena_block *block =
            cci_alloc(&arena->allocator, 1, sizeof(union cci_arena_block) + room);
        if (block == NULL)
            return NULL;
        block->next = arena->blocks;
        arena->blocks = block;
        /* A large request has a block of its own; the one in use keeps its rest. */
        if (room == bytes)
            return block + 1;
        arena->at = (char *)(block + 1);
        arena->left = room;
    }
    void *out = arena->at;
    arena->at += bytes;
    arena->left -= bytes;
    return out;
}

char *cci_arena_copy(cci_arena *arena, const char *s, size_t size)
{
    char *out = size == SIZE_MAX ? NULL : cci_arena_alloc(arena, size + 1, 1);
    if (out != NULL && size > 0)
        memcpy(out, s, size);
    return out;
}
