/* Scores that several methods on majorities share. `among` marks who is compared; NULL: all. */
#ifndef CCI_RANKING_CONDORCET_CRITERIA_H
#define CCI_RANKING_CONDORCET_CRITERIA_H

#include "ranking/condorcet/contest.h"
#include "ranking/shares.h"

/* Wins and ties of each against the others; either may be NULL. */
void cci_count_wins(const cci_contest *c, int64_t *wins, int64_t *ties);
/* Marks in `out` who has the most of `points` among those marked. */
void cci_mark_best(const cci_contest *c, const uint8_t *among, const int64_t *points,
                   uint8_t *out);
/* The strongest defeat of each; `by` (may be NULL) is who deals it, UINT32_MAX where nobody. */
void cci_worst_defeats(const cci_contest *c, cci_strength kind, const uint8_t *among,
                       int64_t *worst, uint32_t *by);
/* Votes for each less votes against it, over all comparisons: Borda's count where equal ranks get
 * the mean, but for a factor and a constant. COCREATE_ERR_OVERFLOW. */
cocreate_status cci_sum_margins(const cci_contest *c, const uint8_t *among, int64_t *sums,
                                cocreate_error *error);
/* The margins of all defeats of each. COCREATE_ERR_OVERFLOW. */
cocreate_status cci_sum_losses(const cci_contest *c, const uint8_t *among, int64_t *sums,
                               cocreate_error *error);
/* First places among those marked, as missing values for the others; equal ones share a ballot.
 * `votes` are m zeroed values, to be cleared by the caller also after a failure. */
cocreate_status cci_first_places(const cci_contest *c, const uint8_t *among, cci_value *votes,
                                 cocreate_error *error);

/* Scores of the standings. */
void cci_score_all(cci_contest *c, const uint8_t *among, const int64_t *points, int64_t divisor);
/* ,"name":"a" or, where nobody is (SIZE_MAX), null. */
void cci_write_one(cci_contest *c, const char *name, size_t option);

#endif
