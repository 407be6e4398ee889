/* malloc and its kin of the whole program, in front of those of glibc: what jansson, libtommath,
 * SQLite and libc itself ask for fails too. */
#include "oom.h"

#if defined(__GLIBC__) && !defined(OOM_SANITIZED)

#include <errno.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *block);
void *memalign(size_t alignment, size_t size);

static size_t left = SIZE_MAX, requests, refused, live;
static int armed, after_that;

static int refuses(void)
{
    if (!armed)
        return 0;
    requests++;
    if (left > 0) {
        left--;
        return 0;
    }
    refused++;
    if (!after_that)
        left = SIZE_MAX;
    errno = ENOMEM;
    return 1;
}

static void *counted(void *block)
{
    live += block != NULL;
    return block;
}

void *malloc(size_t size)
{
    return refuses() ? NULL : counted(__libc_malloc(size));
}

void *calloc(size_t count, size_t size)
{
    return refuses() ? NULL : counted(__libc_calloc(count, size));
}

void *realloc(void *block, size_t size)
{
    if (block == NULL)
        return malloc(size);
    if (size == 0) {
        free(block);
        return NULL;
    }
    return refuses() ? NULL : __libc_realloc(block, size);
}

void *memalign(size_t alignment, size_t size)
{
    return refuses() ? NULL : counted(__libc_memalign(alignment, size));
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return memalign(alignment, size);
}

int posix_memalign(void **out, size_t alignment, size_t size)
{
    void *block = memalign(alignment, size);
    if (block == NULL)
        return ENOMEM;
    *out = block;
    return 0;
}

void free(void *block)
{
    live -= block != NULL;
    __libc_free(block);
}

const char *memory_unavailable(void)
{
    return NULL;
}

const cocreate_allocator *memory_allocator(void)
{
    return NULL;
}

void memory_arm(size_t n, int for_ever)
{
    left = n;
    after_that = for_ever;
    requests = refused = 0;
    armed = 1;
}

size_t memory_disarm(void)
{
    armed = 0;
    return refused;
}

size_t memory_requests(void)
{
    return requests;
}

size_t memory_live(void)
{
    return live;
}

#else

const char *memory_unavailable(void)
{
    return "malloc can be replaced only on glibc, and not under a sanitizer";
}

const cocreate_allocator *memory_allocator(void)
{
    return NULL;
}

void memory_arm(size_t n, int for_ever)
{
    (void)n;
    (void)for_ever;
}

size_t memory_disarm(void)
{
    return 0;
}

size_t memory_requests(void)
{
    return 0;
}

size_t memory_live(void)
{
    return 0;
}

#endif
