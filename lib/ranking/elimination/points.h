/* Borda points among the options that continue, from the matrix of pairs. */
#ifndef CCI_RANKING_ELIMINATION_POINTS_H
#define CCI_RANKING_ELIMINATION_POINTS_H

#include "ranking/elimination/process.h"

/* open and close of a rule that counts points. */
cocreate_status cci_points_open(cci_process *p, cocreate_error *error);
void cci_points_close(cci_process *p);
/* Scores of those who continue: one point for each other that a ballot puts below, a half for each
 * that it does not put below or above. With equal ranks and options left out, that is Borda with
 * the mean of the places they share. O(options) for each option that left since the last look, or
 * O(options^2). COCREATE_ERR_OVERFLOW. */
cocreate_status cci_points_count(cci_process *p, cocreate_error *error);
/* Preferences for an option less those against it: twice its points above the mean. */
int64_t cci_points_net(const cci_process *p, uint32_t option);

#endif
