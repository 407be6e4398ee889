/* An order of all options from ballots that are drawn, to break ties (Zavist & Tideman 1989). */
#ifndef CCI_RANKING_CONDORCET_DRAWN_ORDER_H
#define CCI_RANKING_CONDORCET_DRAWN_ORDER_H

#include "ranking/condorcet/contest.h"

/* `ranks` gets the place from 0 of each candidate: as the first ballot that is drawn has it; what it
 * leaves equal by the next one, and so on; in the end by lot. Each ballot is as likely to be drawn as
 * any other. Writes ,"drawn":[[["a"],["b","c"]],..], the ballots that told something, into the
 * trace. COCREATE_ERR_SCHEMA without a seed or with a tie chain. */
cocreate_status cci_drawn_order(cci_contest *c, uint32_t *ranks, cocreate_error *error);
/* ,"tie_breaking_ranking":["a","b",..] and a sentence. */
void cci_write_drawn_order(cci_contest *c, const uint32_t *ranks);

#endif
