/* Numbers of few bytes. */
#include "profile/numbers.h"

void cci_numbers_free(cci_numbers *n, const cocreate_allocator *a)
{
    cci_free(a, n->items);
    *n = (cci_numbers){0};
}

int cci_numbers_grow(cci_numbers *n, const cocreate_allocator *a, size_t count, size_t need,
                     int64_t most)
{
    uint32_t log = cci_numbers_log(most) > n->log ? cci_numbers_log(most) : n->log;
    need = need > count ? need : count;
    if (need > SIZE_MAX >> log || !cci_grow(a, &n->items, &n->bytes, need << log, 1))
        return 0;
    if (log == n->log)
        return 1;
    cci_numbers wide = {n->items, n->bytes, log};
    for (size_t i = count; i-- > 0;) /* from the end: what is still to be read stands in front */
        cci_numbers_set(&wide, i, cci_numbers_get(n, i));
    n->log = log;
    return 1;
}

void cci_numbers_read(const cci_numbers *n, size_t first, size_t count, int64_t *out)
{
    const uint8_t *bytes = (const uint8_t *)n->items + first;
    if (n->log == 0)
        for (size_t i = 0; i < count; i++)
            out[i] = bytes[i];
    else
        for (size_t i = 0; i < count; i++)
            out[i] = cci_numbers_get(n, first + i);
}
