/* Rules that score each candidate apart: the best scores are elected. */
#ifndef CCI_RANKING_COMMITTEE_SEPARABLE_H
#define CCI_RANKING_COMMITTEE_SEPARABLE_H

#include "ranking/committees.h"

/* Elect by the scores of the standings, with places by score. */
cocreate_status cci_elect_by_score(cci_run *run, cocreate_error *error);

#endif
