/* Approval ballots as committee rules read them: by ballot and by candidate. Ballots without weight
 * are left out, as are those that approve nobody. */
#ifndef CCI_RANKING_COMMITTEE_APPROVALS_H
#define CCI_RANKING_COMMITTEE_APPROVALS_H

#include "ranking/method.h"

typedef struct cci_approvals {
    cocreate_allocator allocator;
    size_t candidates, ballots;
    size_t longest;      /* approvals of the longest ballot */
    int64_t total;       /* weight of all ballots: the number of voters */
    int64_t *weights;    /* > 0 */
    size_t *start;       /* ballot b approves options[start[b]] .. options[start[b + 1] - 1] */
    uint32_t *options;
    size_t *first;       /* candidate o has supporters[first[o]] .. supporters[first[o + 1] - 1] */
    uint32_t *supporters;
} cci_approvals;

cocreate_status cci_approvals_open(const cci_electorate *e, const cocreate_allocator *a,
                                   cci_approvals *out, cocreate_error *error);
/* On a zeroed struct a no-op. */
void cci_approvals_close(cci_approvals *v);

static inline size_t cci_approved(const cci_approvals *v, size_t ballot)
{
    return v->start[ballot + 1] - v->start[ballot];
}

/* The weight of those who approve each candidate, and the candidates from the largest to the
 * smallest. */
cocreate_status cci_approvals_order(const cci_approvals *v, uint32_t *order, int64_t *support,
                                    cocreate_error *error);

#endif
