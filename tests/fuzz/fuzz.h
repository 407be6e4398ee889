/* What fuzz targets share.
 *
 * A target is fuzz_<name>.c with LLVMFuzzerTestOneInput(); its seeds lie in corpus/<name>/. Built
 * with clang and COCREATE_FUZZ it is a fuzzer; always it is also a plain program that replays files
 * (standalone.c), which ctest runs over the corpus. */
#ifndef COCREATE_TESTS_FUZZ_H
#define COCREATE_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cocreate/base.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A property that holds for every input. */
#define fuzz_holds(condition)                                                        \
    do {                                                                             \
        if (!(condition)) {                                                          \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition); \
            abort();                                                                 \
        }                                                                            \
    } while (0)

/* A failure is described: the status in the error, one line of text. */
static inline void fuzz_check_failure(cocreate_status status, const cocreate_error *error)
{
    fuzz_holds(status < 0 && error->status == (int32_t)status);
    size_t length = strlen(error->text);
    fuzz_holds(length > 0 && length < sizeof error->text && !strpbrk(error->text, "\r\n"));
}

static inline int fuzz_same_text(const cocreate_text *a, const cocreate_text *b)
{
    return cocreate_text_size(a) == cocreate_text_size(b) &&
           memcmp(cocreate_text_data(a), cocreate_text_data(b), cocreate_text_size(a)) == 0;
}

/* What an allocator of a target gives at most: inputs are small, so memory asked for must be. */
typedef struct fuzz_budget {
    cocreate_allocator allocator;
    size_t left;
    size_t largest; /* request that was too much; 0 if none was */
} fuzz_budget;

static inline int fuzz_grants(fuzz_budget *b, size_t bytes)
{
    if (bytes <= b->left) {
        b->left -= bytes;
        return 1;
    }
    b->largest = bytes;
    return 0;
}

static inline void *fuzz_allocate(void *user, size_t bytes)
{
    return fuzz_grants(user, bytes) ? malloc(bytes) : NULL;
}

static inline void *fuzz_reallocate(void *user, void *block, size_t bytes)
{
    return fuzz_grants(user, bytes) ? realloc(block, bytes) : NULL;
}

static inline void fuzz_release(void *user, void *block)
{
    (void)user;
    free(block);
}

/* An allocator that gives `bytes` in all; what is freed does not come back. */
static inline void fuzz_budget_init(fuzz_budget *b, size_t bytes)
{
    *b = (fuzz_budget){{sizeof(cocreate_allocator), fuzz_allocate, fuzz_reallocate, fuzz_release, b},
                       bytes, 0};
}

#endif
