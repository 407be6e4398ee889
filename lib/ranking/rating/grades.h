/* How often every candidate was given every score. */
#ifndef CCI_RANKING_RATING_GRADES_H
#define CCI_RANKING_RATING_GRADES_H

#include "ranking/method.h"

/* Candidate o has the runs start[o] .. start[o + 1]: scores ascending, each with the weight > 0 of
 * the ballots that give it. */
typedef struct cci_grades {
    cocreate_allocator allocator;
    size_t *start;
    int64_t *scores;
    int64_t *weights;
    int64_t *totals; /* weight of all scores of a candidate */
} cci_grades;

/* `worst`: a ballot that says something but nothing of a candidate gives it the lowest score of the
 * election. Freeing a zeroed struct is a no-op. O(scores) for scales up to 4,096 scores, else
 * O(scores * log scores). */
cocreate_status cci_grades_open(const cci_run *run, int worst, cci_grades *out,
                                cocreate_error *error);
void cci_grades_free(cci_grades *g);

/* The run of the lower median: at least half of the weight stands at or below it, and less than half
 * below. SIZE_MAX where there is no score. */
size_t cci_grades_median(const cci_grades *g, uint32_t candidate);

#endif
