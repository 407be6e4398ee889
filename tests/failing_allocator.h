/* An allocator for tests: the n-th request fails, once or from then on, and what is live is
 * counted. Typical use, until a run needs no more requests than it is granted:
 *
 *     failing_allocator fa;
 *     for (size_t n = 0;; n++) {
 *         failing_allocator_init(&fa, n, FAIL_ONCE);
 *         cocreate_status s = cocreate_profile_new(&fa.allocator, ..., &profile, &check_error);
 *         if (s == COCREATE_OK)
 *             cocreate_profile_free(profile);
 *         else
 *             assert_int_equal(s, COCREATE_ERR_MEMORY);
 *         assert_int_equal(fa.live, 0);
 *         if (fa.refused == 0)
 *             break;
 *     }
 */
#ifndef COCREATE_TESTS_FAILING_ALLOCATOR_H
#define COCREATE_TESTS_FAILING_ALLOCATOR_H

#include <stddef.h>
#include <stdlib.h>

#include "cocreate/base.h"

typedef enum failing_mode { FAIL_ONCE, FAIL_FOREVER } failing_mode;

#define FAIL_NEVER ((size_t)-1)

typedef struct failing_allocator {
    cocreate_allocator allocator;
    size_t granted_first; /* requests granted before the first refusal; FAIL_NEVER for all */
    failing_mode mode;
    size_t requests; /* allocations and reallocations asked for */
    size_t refused;  /* of these, refused */
    size_t live;     /* blocks not yet released */
} failing_allocator;

static inline int failing_allocator_refuses(failing_allocator *fa)
{
    size_t index = fa->requests++;
    int refuses = fa->mode == FAIL_ONCE ? index == fa->granted_first : index >= fa->granted_first;
    fa->refused += (size_t)refuses;
    return refuses;
}

static inline void *failing_allocate(void *user, size_t bytes)
{
    failing_allocator *fa = user;
    void *block = failing_allocator_refuses(fa) ? NULL : malloc(bytes);
    fa->live += block != NULL;
    return block;
}

static inline void *failing_reallocate(void *user, void *block, size_t bytes)
{
    failing_allocator *fa = user;
    void *moved = failing_allocator_refuses(fa) ? NULL : realloc(block, bytes);
    fa->live += moved != NULL && block == NULL;
    return moved;
}

static inline void failing_release(void *user, void *block)
{
    failing_allocator *fa = user;
    fa->live--;
    free(block);
}

/* The first `granted_first` requests are granted. The allocator holds the address of `fa`, which
 * must outlive every handle made with it. */
static inline void failing_allocator_init(failing_allocator *fa, size_t granted_first,
                                          failing_mode mode)
{
    *fa = (failing_allocator){
        .allocator = {sizeof(cocreate_allocator), failing_allocate, failing_reallocate,
                      failing_release, fa},
        .granted_first = granted_first,
        .mode = mode,
    };
}

#endif
