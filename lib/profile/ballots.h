/* A profile from the methods' side: distinct ballots in the order they were first added. Results
 * must not depend on that order; cocreate_profile_ballot() gives the canonical one. */
#ifndef CCI_PROFILE_BALLOTS_H
#define CCI_PROFILE_BALLOTS_H

#include "base/memory.h"
#include "cocreate/profile.h"

const cocreate_allocator *cci_profile_allocator(const cocreate_profile *p);
size_t cci_profile_options(const cocreate_profile *p);
size_t cci_profile_distinct(const cocreate_profile *p);

/* Ballot i: its options (rankings best first, ascending within a rank; others ascending) and
 * values (dense ranks 1, 2, ..; scores; points; 1). Room for n_options each; either may be NULL.
 * Returns how many. */
size_t cci_profile_get(const cocreate_profile *p, size_t i, uint32_t *options, int64_t *values,
                       int64_t *count, int64_t *weight);

/* Canonical order of the ballots into `order` (distinct items). */
cocreate_status cci_profile_order(const cocreate_profile *p, uint32_t *order,
                                  cocreate_error *error);

/* Adding ballots in bulk, for readers of files: as cocreate_profile_add(), but what was added is in
 * the profile only after cci_stage_flush(), and a failure leaves some of it there. */
typedef struct cci_stage cci_stage;
cocreate_status cci_stage_open(cocreate_profile *p, cci_stage **out, cocreate_error *error);
cocreate_status cci_stage_add(cci_stage *s, const uint32_t *options, const int64_t *values,
                              size_t n, int64_t count, int64_t weight, cocreate_error *error);
cocreate_status cci_stage_flush(cci_stage *s, cocreate_error *error);
/* NULL is fine. */
void cci_stage_close(cci_stage *s);

/* A profile for ballots of some kind with the same description - options, budget, seats, order of ids -
 * and no ballots. */
cocreate_status cci_profile_describe(const cocreate_profile *p, int32_t kind, cocreate_profile **out,
                                     cocreate_error *error);
/* Do two profiles hold the same kind of ballots over the same options? COCREATE_ERR_ARGUMENT if not. */
cocreate_status cci_profile_check_same(const cocreate_profile *p, const cocreate_profile *other,
                                       cocreate_error *error);

/* Index of the option with this id; the number of options if there is none. */
size_t cci_profile_find_n(const cocreate_profile *p, const char *id, size_t size);

/* Order of ids for "ties: id": 1 if by bytes of the id (Pabulib), 0 if by index. */
int cci_profile_lexical(const cocreate_profile *p);
void cci_profile_set_lexical(cocreate_profile *p, int lexical);

#endif
