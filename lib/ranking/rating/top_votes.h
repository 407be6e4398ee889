/* A voter's k votes: what single vote, block vote and limited vote have in common. */
#ifndef CCI_RANKING_RATING_TOP_VOTES_H
#define CCI_RANKING_RATING_TOP_VOTES_H

#include "ranking/method.h"

/* Places by votes, of which a ballot has k: a ranking gives them to its first k options, ranks that
 * are equal there share what is left; approvals each take one, and a ballot with more than k is
 * COCREATE_ERR_ARGUMENT. */
cocreate_status cci_top_votes(cci_run *run, int64_t k, cocreate_error *error);

#endif
