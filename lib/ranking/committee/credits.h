/* Voters who lose a part of their vote with each member they help to elect: Enestroem's method, and
 * Monroe's rule round by round.
 *
 * Each round the option with the most supporting votes joins; its supporters pay the price, each the
 * same part of the vote left. Parts of parts make exact numbers twice as long each round. So votes
 * are held between two bounds of 512 binary digits, which decide where they can, and exactly as long
 * as 4,096 bits suffice. Where neither tells two options apart, and they are not alike for every kind
 * of voter, the answer is COCREATE_ERR_LIMIT. */
#ifndef CCI_RANKING_COMMITTEE_CREDITS_H
#define CCI_RANKING_COMMITTEE_CREDITS_H

#include "ranking/committee/approvals.h"

/* What the member of a round, from 0, costs: *num / *den votes. */
typedef void (*cci_price)(const cci_approvals *voters, size_t seats, size_t round, int64_t *num,
                          int64_t *den);

cocreate_status cci_credits_run(cci_run *run, cci_price price, cocreate_error *error);

#endif
