/* Building choices: classes, levels, and equal classes put together. */
#include "ranking/optimal/choices.h"

#include <string.h>

#include "ranking/order.h"

void cci_choices_clear(cci_choices *c)
{
    c->needs = c->class_count = c->level_count = c->levels_taken = 0;
}

void cci_choices_free(cci_choices *c, const cocreate_allocator *a)
{
    cci_free(a, c->classes);
    cci_free(a, c->levels);
    memset(c, 0, sizeof *c);
}

cci_level *cci_choices_add_level(cci_choices *c, const cocreate_allocator *a)
{
    if (!cci_grow(a, (void **)&c->levels, &c->level_room, c->level_count + 1, sizeof *c->levels))
        return NULL;
    cci_level *level = &c->levels[c->level_count++];
    memset(level, 0, sizeof *level);
    return level;
}

cocreate_status cci_choices_add_class(cci_choices *c, const cocreate_allocator *a, int64_t copies,
                                      cocreate_error *error)
{
    size_t first = c->levels_taken;
    if (copies == 0 || c->level_count == first) { /* nothing to choose */
        c->level_count = first;
        return COCREATE_OK;
    }
    if (!cci_grow(a, (void **)&c->classes, &c->class_room, c->class_count + 1,
                  sizeof *c->classes))
        return cci_no_memory(error);
    c->classes[c->class_count++] = (cci_class){copies, first, c->level_count - first};
    c->levels_taken = c->level_count;
    return COCREATE_OK;
}

static int compare_classes(const cci_choices *c, const cci_class *a, const cci_class *b)
{
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    return memcmp(&c->levels[a->first], &c->levels[b->first], a->count * sizeof *c->levels);
}

static cocreate_status by_levels(void *context, uint32_t a, uint32_t b, int *out,
                                 cocreate_error *error)
{
    const cci_choices *c = context;
    (void)error;
    *out = compare_classes(c, &c->classes[a], &c->classes[b]);
    if (*out == 0)
        *out = (a > b) - (a < b);
    return COCREATE_OK;
}

cocreate_status cci_choices_merge(cci_choices *c, const cocreate_allocator *a,
                                  cocreate_error *error)
{
    size_t n = c->class_count, kept = 0;
    if (n == 0)
        return COCREATE_OK;
    uint32_t *order = cci_alloc(a, n, sizeof *order);
    cci_class *merged = cci_alloc(a, n, sizeof *merged);
    cocreate_status status = order != NULL && merged != NULL ? COCREATE_OK : cci_no_memory(error);
    for (size_t i = 0; i < n && status == COCREATE_OK; i++)
        order[i] = (uint32_t)i;
    if (status == COCREATE_OK)
        status = cci_sort(a, order, n, by_levels, c, error);
    for (size_t i = 0; i < n && status == COCREATE_OK; i++) {
        const cci_class *class = &c->classes[order[i]];
        if (kept > 0 && compare_classes(c, &merged[kept - 1], class) == 0)
            merged[kept - 1].copies += class->copies;
        else
            merged[kept++] = *class;
    }
    if (status == COCREATE_OK) {
        memcpy(c->classes, merged, kept * sizeof *merged);
        c->class_count = kept;
    }
    cci_free(a, order);
    cci_free(a, merged);
    return status;
}
