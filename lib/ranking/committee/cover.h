/* How many voters approve someone of a set, for every subset of a committee that grows and shrinks.
 * Loads and Monroe's assignments are flows from voters to members, and their best value is told by
 * these numbers alone (max-flow min-cut). */
#ifndef CCI_RANKING_COMMITTEE_COVER_H
#define CCI_RANKING_COMMITTEE_COVER_H

#include "ranking/committee/approvals.h"

/* Most members: a table has 2^members entries. */
#define CCI_COVER_SEATS 20

typedef struct cci_cover {
    const cci_approvals *voters;
    size_t members;
    int64_t *covered;  /* [subset]: weight of the ballots that approve a member of it; bit i of a
                          subset is the i-th who came */
    int64_t *inside;   /* scratch of as many entries */
    uint32_t *pattern; /* of each ballot: the members it approves */
    uint64_t steps;
} cci_cover;

/* COCREATE_ERR_LIMIT for more seats than a table can have. */
cocreate_status cci_cover_init(cci_cover *c, const cci_run *run, const cci_approvals *voters,
                               cocreate_error *error);
/* On a zeroed struct a no-op. */
void cci_cover_free(cci_cover *c);
void cci_cover_enter(cci_cover *c, uint32_t candidate);
/* The latest who came leaves. */
void cci_cover_leave(cci_cover *c, uint32_t candidate);

static inline size_t cci_cover_size(size_t set)
{
    size_t n = 0;
    for (; set > 0; set &= set - 1)
        n++;
    return n;
}

#endif
