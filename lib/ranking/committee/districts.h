/* Monroe's rule: every member represents as many voters as any other, but for one. */
#ifndef CCI_RANKING_COMMITTEE_DISTRICTS_H
#define CCI_RANKING_COMMITTEE_DISTRICTS_H

#include "ranking/method.h"

/* Elect the committee that can represent most voters by someone they approve. */
cocreate_status cci_districts_optimum(cci_run *run, cocreate_error *error);

#endif
