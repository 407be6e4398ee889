/* First places. */
#ifndef CCI_RANKING_POSITIONAL_FIRSTS_H
#define CCI_RANKING_POSITIONAL_FIRSTS_H

#include "ranking/method.h"

/* Score of every option into `out` (m values): the weight of the ballots that rank it first; shared
 * first places in equal parts, or in full for each. O(ballots + options in first ranks). */
cocreate_status cci_firsts(cci_run *run, int each, cci_value *out, cocreate_error *error);

#endif
