/* Numbers from 0 to 2^63 - 1 in as few bytes as the largest of them needs: 1, 2, 4 or 8 for each. */
#ifndef CCI_PROFILE_NUMBERS_H
#define CCI_PROFILE_NUMBERS_H

#include <string.h>

#include "base/memory.h"

typedef struct cci_numbers {
    void *items;
    size_t bytes; /* that items has room for */
    uint32_t log; /* of the bytes of each */
} cci_numbers;

void cci_numbers_free(cci_numbers *n, const cocreate_allocator *a);
/* See cci_numbers_reserve(). */
int cci_numbers_grow(cci_numbers *n, const cocreate_allocator *a, size_t count, size_t need,
                     int64_t most);
/* Numbers first .. first + count - 1. */
void cci_numbers_read(const cci_numbers *n, size_t first, size_t count, int64_t *out);

/* The log of the bytes that numbers up to `most` need. */
static inline uint32_t cci_numbers_log(int64_t most)
{
    return most <= UINT8_MAX ? 0 : most <= UINT16_MAX ? 1 : most <= UINT32_MAX ? 2 : 3;
}

/* Make room for `need` numbers up to `most`, of which `count` are there; 0 when memory is
 * short, and then nothing changed. */
static inline int cci_numbers_reserve(cci_numbers *n, const cocreate_allocator *a, size_t count,
                                      size_t need, int64_t most)
{
    return (cci_numbers_log(most) <= n->log && need <= n->bytes >> n->log) ||
           cci_numbers_grow(n, a, count, need, most);
}

/* The bytes are copied, so that an array may change its width in its place. */
static inline int64_t cci_numbers_get(const cci_numbers *n, size_t i)
{
    const uint8_t *at = (const uint8_t *)n->items + (i << n->log);
    uint16_t two;
    uint32_t four;
    int64_t eight;
    switch (n->log) {
    case 0:
        return *at;
    case 1:
        memcpy(&two, at, sizeof two);
        return two;
    case 2:
        memcpy(&four, at, sizeof four);
        return four;
    default:
        memcpy(&eight, at, sizeof eight);
        return eight;
    }
}

/* There is room for i, and for numbers as large as this one. */
static inline void cci_numbers_set(cci_numbers *n, size_t i, int64_t number)
{
    uint8_t *at = (uint8_t *)n->items + (i << n->log);
    uint16_t two = (uint16_t)number;
    uint32_t four = (uint32_t)number;
    switch (n->log) {
    case 0:
        *at = (uint8_t)number;
        break;
    case 1:
        memcpy(at, &two, sizeof two);
        break;
    case 2:
        memcpy(at, &four, sizeof four);
        break;
    default:
        memcpy(at, &number, sizeof number);
    }
}

#endif
