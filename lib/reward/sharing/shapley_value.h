/* The Shapley value of a game that is given by the worth of each coalition. */
#ifndef CCI_REWARD_SHARING_SHAPLEY_VALUE_H
#define CCI_REWARD_SHARING_SHAPLEY_VALUE_H

#include "base/rational.h"
#include "cocreate/mechanisms.h"

/* Players of a game whose every coalition is looked at. */
enum { CCI_SHAPLEY_MAX = COCREATE_SHAPLEY_MAX };

/* values[S] is the worth of the coalition of the players i with bit i in S, for S below 2^n; phi has n
 * rationals that are initialised. values[0] must be 0. Exact for all int64; O(2^n n) time, no memory
 * that grows. n: 1 to CCI_SHAPLEY_MAX. */
cocreate_status cci_shapley_exact(const int64_t *values, size_t n, cci_rational *phi,
                                  cocreate_error *error);

#endif
