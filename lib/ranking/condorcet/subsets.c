/* Sets of options, each kept once. */
#include "ranking/condorcet/subsets.h"

#include <string.h>

static void bytes_of(const void *owner, uint32_t index, const void **bytes, size_t *size)
{
    const cci_subsets *s = owner;
    *bytes = cci_subset(s, index);
    *size = s->words * sizeof *s->sets;
}

void cci_subsets_init(cci_subsets *s, cci_run *run, size_t m)
{
    *s = (cci_subsets){.run = run, .words = m / 64 + (m % 64 != 0)};
    cci_table_init(&s->table, &run->allocator, s, bytes_of);
}

void cci_subsets_free(cci_subsets *s)
{
    cci_free(&s->run->allocator, s->sets);
    cci_free(&s->run->allocator, s->winners);
    cci_table_free(&s->table);
}

cocreate_status cci_subsets_meet(cci_subsets *s, const uint64_t *set, uint32_t *index, int *added,
                                 cocreate_error *error)
{
    const cocreate_allocator *a = &s->run->allocator;
    size_t size = s->words * sizeof *set, need = (s->count + 1) * s->words;
    uint64_t hash = cci_table_hash(&s->table, set, size);
    *index = cci_table_find_hashed(&s->table, hash, set, size);
    *added = *index == CCI_TABLE_NONE;
    if (!*added)
        return COCREATE_OK;
    if (s->count == CCI_SUBSETS_MAX)
        return cci_fail(error, COCREATE_ERR_LIMIT,
                        "%s has to look at more than %d sets of the options", s->run->method->name,
                        CCI_SUBSETS_MAX);
    if (!cci_grow(a, (void **)&s->sets, &s->sets_room, need, sizeof *s->sets) ||
        !cci_grow(a, (void **)&s->winners, &s->winners_room, need, sizeof *s->winners) ||
        !cci_table_reserve(&s->table, s->count + 1))
        return cci_no_memory(error);
    *index = (uint32_t)s->count++;
    memcpy(cci_subset(s, *index), set, size);
    memset(cci_subset_winners(s, *index), 0, size);
    cci_table_insert(&s->table, hash, *index);
    return cci_run_progress(s->run, s->count, 0, error);
}
