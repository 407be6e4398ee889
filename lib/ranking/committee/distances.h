/* Minimax approval voting: the committee and the ballots as sets, and how many candidates stand in
 * one of two sets alone (Hamming distance). */
#ifndef CCI_RANKING_COMMITTEE_DISTANCES_H
#define CCI_RANKING_COMMITTEE_DISTANCES_H

#include "ranking/method.h"

/* Elect the committee whose largest distance from a ballot is least; with `lexical` the next
 * distances count as well, from the largest to the least. */
cocreate_status cci_distances_run(cci_run *run, int lexical, cocreate_error *error);

#endif
