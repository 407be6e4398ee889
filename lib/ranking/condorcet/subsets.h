/* Sets of options that a search meets, each kept once. */
#ifndef CCI_RANKING_CONDORCET_SUBSETS_H
#define CCI_RANKING_CONDORCET_SUBSETS_H

#include "base/table.h"
#include "ranking/condorcet/contest.h"

/* Most sets a search may meet. */
#define CCI_SUBSETS_MAX 65536

typedef struct cci_subsets {
    cci_run *run;
    size_t words;       /* of a set: bit a of word a / 64 for candidate a */
    uint64_t *sets;     /* count * words */
    uint64_t *winners;  /* the same, for the method */
    size_t count, sets_room, winners_room;
    cci_table table;
} cci_subsets;

/* It must not be moved. Freed also after a failure. */
void cci_subsets_init(cci_subsets *s, cci_run *run, size_t m);
void cci_subsets_free(cci_subsets *s);
/* *index = where the set stands; *added: it is new, without winners. `set` may not point into
 * `sets`. COCREATE_ERR_LIMIT past CCI_SUBSETS_MAX. */
cocreate_status cci_subsets_meet(cci_subsets *s, const uint64_t *set, uint32_t *index, int *added,
                                 cocreate_error *error);

static inline uint64_t *cci_subset(const cci_subsets *s, uint32_t index)
{
    return s->sets + (size_t)index * s->words;
}

static inline uint64_t *cci_subset_winners(const cci_subsets *s, uint32_t index)
{
    return s->winners + (size_t)index * s->words;
}

static inline int cci_has(const uint64_t *set, size_t a)
{
    return (int)(set[a / 64] >> a % 64 & 1u);
}

static inline void cci_put(uint64_t *set, size_t a)
{
    set[a / 64] |= UINT64_C(1) << a % 64;
}

static inline void cci_drop(uint64_t *set, size_t a)
{
    set[a / 64] &= ~(UINT64_C(1) << a % 64);
}

#endif
