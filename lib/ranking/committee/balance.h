/* Phragmen's optimal loads: each member brings one unit of load, its supporters share it as they
 * like, and the loads are balanced as well as can be. */
#ifndef CCI_RANKING_COMMITTEE_BALANCE_H
#define CCI_RANKING_COMMITTEE_BALANCE_H

#include "ranking/method.h"

/* Elect the committee whose largest load is least; with `lexical` the next loads count as well,
 * from the largest to the least. */
cocreate_status cci_balance_run(cci_run *run, int lexical, cocreate_error *error);

#endif
