/* Reading the ballots of a profile, in canonical order or as they came. */
#include <stdlib.h>

#include "profile/profile.h"

/* A key on its way into canonical order. */
typedef struct sort_item {
    uint64_t head; /* its first 8 bytes, big-endian, filled up with 0 */
    const uint8_t *key;
    uint32_t size;
    uint32_t index;
} sort_item;

static uint64_t key_head(const uint8_t *key, size_t size)
{
    uint64_t head = 0;
    for (size_t i = 0; i < 8; i++)
        head = head << 8 | (i < size ? key[i] : 0);
    return head;
}

static int compare_items(const void *a, const void *b)
{
    const sort_item *x = a, *y = b;
    if (x->head != y->head)
        return x->head < y->head ? -1 : 1;
    size_t shorter = x->size < y->size ? x->size : y->size;
    int order = memcmp(x->key, y->key, shorter);
    /* Keys are distinct: where one is the beginning of the other, their sizes differ. */
    return order != 0 ? order : (x->size > y->size) - (x->size < y->size);
}

cocreate_status cci_profile_order(const cocreate_profile *p, uint32_t *order,
                                  cocreate_error *error)
{
    if (p->sorted) {
        for (size_t i = 0; i < p->distinct; i++)
            order[i] = p->order[i];
        return COCREATE_OK;
    }
    sort_item *items = cci_alloc(&p->allocator, p->distinct, sizeof *items);
    if (!items)
        return cci_no_memory(error);
    for (size_t i = 0; i < p->distinct; i++) {
        size_t size;
        const uint8_t *key = ballot_key(p, i, &size);
        items[i] = (sort_item){key_head(key, size), key, (uint32_t)size, (uint32_t)i};
    }
    qsort(items, p->distinct, sizeof *items, compare_items);
    for (size_t i = 0; i < p->distinct; i++)
        order[i] = items[i].index;
    cci_free(&p->allocator, items);
    return COCREATE_OK;
}

cocreate_status cocreate_profile_sort(cocreate_profile *profile, cocreate_error *error)
{
    if (profile->sorted)
        return COCREATE_OK;
    if (!cci_grow(&profile->allocator, (void **)&profile->order, &profile->order_capacity,
                  profile->distinct, sizeof *profile->order))
        return cci_no_memory(error);
    CCI_TRY(cci_profile_order(profile, profile->order, error));
    profile->sorted = 1;
    return COCREATE_OK;
}

size_t cci_profile_distinct(const cocreate_profile *p)
{
    return p->distinct;
}

size_t cci_profile_get(const cocreate_profile *p, size_t i, uint32_t *options, int64_t *values,
                       int64_t *count, int64_t *weight)
{
    assert(i < p->distinct);
    ballot b = look_at_ballot(p, i);
    *count = b.count;
    *weight = b.weight;
    return cci_key_read(p, b.key, b.size, options, values);
}

cocreate_status cocreate_profile_ballot(const cocreate_profile *profile, size_t index,
                                        size_t capacity, uint32_t *options, int64_t *values,
                                        size_t *n, int64_t *count, int64_t *weight,
                                        cocreate_error *error)
{
    if (index >= profile->distinct)
        return cci_fail_at(error, COCREATE_ERR_ARGUMENT, index,
                           "ballot index %zu is not below the number of distinct ballots, %zu",
                           index, profile->distinct);
    if (!profile->sorted)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "the profile has changed since it was last sorted");
    ballot b = look_at_ballot(profile, profile->order[index]);
    size_t needed = cci_key_read(profile, b.key, b.size, NULL, NULL);
    if (capacity != 0 && capacity < needed)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "a ballot of %zu options does not fit into a capacity of %zu", needed,
                        capacity);
    if (capacity != 0)
        cci_key_read(profile, b.key, b.size, options, values);
    *n = needed;
    *count = b.count;
    *weight = b.weight;
    return COCREATE_OK;
}
