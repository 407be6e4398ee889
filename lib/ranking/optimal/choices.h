/* The cheapest way to meet needs by choices: integer programs with few rows.
 *
 * There are classes of equal ballots. Of each ballot of a class one level is chosen, or none; a level
 * costs and gains something for each need. All needs must be met at least cost. */
#ifndef CCI_RANKING_OPTIMAL_CHOICES_H
#define CCI_RANKING_OPTIMAL_CHOICES_H

#include "ranking/method.h"

/* Largest weight of all ballots, number of needs, cost and gain of a level. */
#define CCI_CHOICES_WEIGHT INT32_MAX
#define CCI_CHOICES_NEEDS 63
#define CCI_CHOICES_COST 126
/* Most partial choices that are kept at a time. */
#define CCI_CHOICES_KEPT ((size_t)1 << 17)
/* Most of them that are looked at. */
#define CCI_CHOICES_STEPS ((size_t)1 << 22)

typedef struct cci_level {
    int64_t cost;
    int8_t gains[CCI_CHOICES_NEEDS + 1]; /* by need, from -2 to 2 */
} cci_level;

typedef struct cci_class {
    int64_t copies;
    size_t first, count; /* of the levels */
} cci_class;

typedef struct cci_choices {
    size_t needs;
    int64_t need[CCI_CHOICES_NEEDS];
    cci_class *classes;
    size_t class_count, class_room;
    cci_level *levels;
    size_t level_count, level_room, levels_taken; /* taken: by classes */
    const char *about; /* for errors: what is solved, */
    int64_t unit;      /* and how many costs make one of its score */
} cci_choices;

/* Forget all classes and levels, and keep the memory. */
void cci_choices_clear(cci_choices *c);
/* On a zeroed struct a no-op. */
void cci_choices_free(cci_choices *c, const cocreate_allocator *a);
/* One more class, of the levels that were added since the one before. Without copies or levels it is
 * left out, and its levels are taken back. */
cocreate_status cci_choices_add_class(cci_choices *c, const cocreate_allocator *a, int64_t copies,
                                      cocreate_error *error);
/* A level of cost 0 that gains nothing yet; NULL when memory is short. */
cci_level *cci_choices_add_level(cci_choices *c, const cocreate_allocator *a);
/* Put classes together that have the same levels. O(n log n). */
cocreate_status cci_choices_merge(cci_choices *c, const cocreate_allocator *a,
                                  cocreate_error *error);

/* *least is the least cost, or -1 where the needs cannot be met. Class by class by dynamic
 * programming over what is still needed, as far as a lower bound allows: prices on the needs
 * (Lagrangean relaxation). COCREATE_ERR_LIMIT past CCI_CHOICES_KEPT or CCI_CHOICES_STEPS, with the
 * bounds that were found. */
cocreate_status cci_choices_solve(const cci_run *run, cci_choices *c, int64_t *least,
                                  cocreate_error *error);

#endif
