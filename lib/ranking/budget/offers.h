/* Projects offered by satisfaction per cost: bought where they fit, skipped where not. */
#ifndef CCI_RANKING_BUDGET_OFFERS_H
#define CCI_RANKING_BUDGET_OFFERS_H

#include "ranking/budget/market.h"
#include "ranking/budget/support.h"

typedef struct cci_offers {
    cci_market *market;
    const int64_t *votes;  /* what all ballots together give, >= 0 */
    const int64_t *weight; /* of supporters; for CCI_SATISFACTION_EFFORT */
    cci_satisfaction satisfaction;
    uint32_t *order; /* those that were not taken before, in the order they are offered */
    size_t *ends;    /* where a tie that stays ends */
    size_t count;
    mp_int left, right;
} cci_offers;

/* On failure nothing is left to free; freeing a zeroed struct is a no-op. */
cocreate_status cci_offers_open(cci_offers *o, cci_market *market, const int64_t *votes,
                                const int64_t *weight, cci_satisfaction satisfaction,
                                cocreate_error *error);
void cci_offers_close(cci_offers *o);

/* Offer all. Elements of a JSON array go to the trace of the run. COCREATE_ERR_TIE where the tie
 * chain does not tell what is bought. */
cocreate_status cci_offers_run(cci_offers *o, cocreate_error *error);

#endif
