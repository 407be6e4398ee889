/* What each candidate is worth to a committee that grows or shrinks. */
#ifndef CCI_RANKING_COMMITTEE_TALLY_H
#define CCI_RANKING_COMMITTEE_TALLY_H

#include "ranking/committee/worth.h"

typedef struct cci_tally {
    const cci_approvals *voters;
    cocreate_allocator allocator;
    size_t limbs;
    const uint64_t *steps; /* of a cci_worth: steps, or most */
    uint32_t *level;       /* of each ballot */
    uint64_t *sums;        /* of candidate o from o * limbs: weight times step of the level, over the
                              ballots that approve o */
    uint64_t *change;      /* of the steps of one ballot */
} cci_tally;

/* All levels are 0, all sums too. */
cocreate_status cci_tally_init(cci_tally *t, const cci_approvals *voters, const cci_worth *worth,
                               const uint64_t *steps, cocreate_error *error);
/* On a zeroed struct a no-op. */
void cci_tally_free(cci_tally *t);

/* For nobody elected: the sums are what each candidate would add. */
void cci_tally_empty(cci_tally *t);
/* For everyone elected: the sums are what each candidate has added. */
void cci_tally_everyone(cci_tally *t);
/* A candidate joins or leaves: the level of all who approve goes up or down by one. */
void cci_tally_up(cci_tally *t, uint32_t candidate);
void cci_tally_down(cci_tally *t, uint32_t candidate);

static inline uint64_t *cci_tally_sum(const cci_tally *t, uint32_t candidate)
{
    return t->sums + candidate * t->limbs;
}

#endif
