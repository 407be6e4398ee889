/* Allocation through a cocreate_allocator. */
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "base/memory.h"

static void *default_allocate(void *user, size_t bytes)
{
    (void)user;
    return malloc(bytes);
}

static void *default_reallocate(void *user, void *block, size_t bytes)
{
    (void)user;
    return realloc(block, bytes);
}

static void default_release(void *user, void *block)
{
    (void)user;
    free(block);
}

cocreate_allocator cci_allocator(const cocreate_allocator *given)
{
    if (given)
        return *given;
    return (cocreate_allocator){sizeof(cocreate_allocator), default_allocate, default_reallocate,
                                default_release, NULL};
}

cocreate_status cci_allocator_check(const cocreate_allocator *given, cocreate_error *error)
{
    if (!given)
        return COCREATE_OK;
    if (given->size != sizeof *given)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "allocator: size is %zu, expected sizeof(cocreate_allocator) = %zu",
                        given->size, sizeof *given);
    const char *missing = !given->allocate     ? "allocate"
                          : !given->reallocate ? "reallocate"
                          : !given->release    ? "release"
                                               : NULL;
    if (missing)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "allocator: %s is NULL", missing);
    return COCREATE_OK;
}

/* Bytes to ask for; 0 when the product overflows. Nobody is asked for 0 bytes, since what comes
 * back may be NULL without being a failure. */
static size_t block_size(size_t count, size_t size)
{
    size_t bytes;
    if (!cci_mul_size(count, size, &bytes))
        return 0;
    return bytes ? bytes : 1;
}

void *cci_alloc(const cocreate_allocator *a, size_t count, size_t size)
{
    size_t bytes = block_size(count, size);
    void *block = bytes ? a->allocate(a->user, bytes) : NULL;
    if (block)
        memset(block, 0, bytes);
    return block;
}

void *cci_realloc(const cocreate_allocator *a, void *block, size_t count, size_t size)
{
    size_t bytes = block_size(count, size);
    return bytes ? a->reallocate(a->user, block, bytes) : NULL;
}

void cci_free(const cocreate_allocator *a, void *block)
{
    if (block)
        a->release(a->user, block);
}

char *cci_strndup(const cocreate_allocator *a, const char *s, size_t size)
{
    size_t bytes;
    if (!cci_add_size(size, 1, &bytes))
        return NULL;
    char *copy = a->allocate(a->user, bytes);
    if (!copy)
        return NULL;
    if (size)
        memcpy(copy, s, size);
    copy[size] = '\0';
    return copy;
}

int cci_grow(const cocreate_allocator *a, void **items, size_t *capacity, size_t need,
             size_t item_size)
{
    if (need <= *capacity)
        return 1;
    /* Half as much again, so that n appends copy O(n) bytes in all. */
    size_t wanted;
    if (!cci_add_size(*capacity, *capacity / 2, &wanted) || wanted < need)
        wanted = need;
    if (wanted < 8)
        wanted = 8;
    void *grown = cci_realloc(a, *items, wanted, item_size);
    if (!grown)
        return 0;
    *items = grown;
    *capacity = wanted;
    return 1;
}
