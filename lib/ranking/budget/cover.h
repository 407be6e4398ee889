/* Greedy with Chamberlin-Courant satisfaction: a voter gets the best of what is bought. */
#ifndef CCI_RANKING_BUDGET_COVER_H
#define CCI_RANKING_BUDGET_COVER_H

#include "ranking/budget/market.h"
#include "ranking/budget/support.h"

/* Buy what adds most satisfaction per cost of those that fit, until nothing fits. Elements of a
 * JSON array go to the trace of the run. O(bought * supporters) at worst. */
cocreate_status cci_cover(cci_market *market, const cci_support *support, cocreate_error *error);

#endif
