/* The allocator of the handles fails, and with it that of jansson. Works under every sanitizer. */
#include "oom.h"

#include <jansson.h>

#include "failing_allocator.h"

static failing_allocator memory;
static size_t armed_at;

static void *json_memory(size_t size)
{
    return failing_allocate(&memory, size);
}

static void json_release(void *block)
{
    if (block != NULL)
        failing_release(&memory, block);
}

const char *memory_unavailable(void)
{
    return NULL;
}

const cocreate_allocator *memory_allocator(void)
{
    if (memory.allocator.size == 0) {
        failing_allocator_init(&memory, FAIL_NEVER, FAIL_ONCE);
        json_set_alloc_funcs(json_memory, json_release);
    }
    return &memory.allocator;
}

void memory_arm(size_t n, int for_ever)
{
    (void)memory_allocator();
    armed_at = memory.requests;
    memory.granted_first = armed_at + n;
    memory.mode = for_ever ? FAIL_FOREVER : FAIL_ONCE;
    memory.refused = 0;
}

size_t memory_disarm(void)
{
    memory.granted_first = FAIL_NEVER;
    return memory.refused;
}

size_t memory_requests(void)
{
    return memory.requests - armed_at;
}

size_t memory_live(void)
{
    return memory.live;
}
