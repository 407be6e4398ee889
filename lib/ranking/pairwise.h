/* The matrix of pairwise comparisons. */
#ifndef CCI_RANKING_PAIRWISE_H
#define CCI_RANKING_PAIRWISE_H

#include "ranking/method.h"
#include "tally/pairs.h"

/* Most options a matrix is made for. */
#define CCI_PAIRWISE_MAX CCI_PAIRS_MAX

/* matrix[a * m + b] = weight of the ballots that rank a strictly above b. `bottom`: options a
 * ballot leaves out stand below all it ranks; else only ranked options are compared. Freed with
 * cci_free(). COCREATE_ERR_LIMIT past CCI_PAIRWISE_MAX options. O(ballots * ranked^2), and less
 * where they rank many. */
cocreate_status cci_pairwise(cci_run *run, int bottom, int64_t **matrix, cocreate_error *error);

#endif
