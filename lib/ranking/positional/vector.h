/* Positional scoring by any vector of exact points. */
#ifndef CCI_RANKING_POSITIONAL_VECTOR_H
#define CCI_RANKING_POSITIONAL_VECTOR_H

#include "ranking/method.h"

/* Scores of the standings: place r is worth points[r - 1], 0 beyond the list; equal ranks share
 * the mean of their places. `bottom`: the options a ballot leaves out share its last places. */
cocreate_status cci_vector_points(cci_run *run, const cci_rational *points, size_t count,
                                  int bottom, cocreate_error *error);
/* The same with 1, 1/2, 1/3, .. */
cocreate_status cci_vector_dowdall(cci_run *run, int bottom, cocreate_error *error);

#endif
