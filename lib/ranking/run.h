/* One run from beginning to end, shared by cocreate_rank() and cocreate_rank_scores(). */
#ifndef CCI_RANKING_RUN_H
#define CCI_RANKING_RUN_H

#include "ranking/result.h"

/* `out` is a new ranking that holds the roster; `run` works for it. On failure nothing is left. */
cocreate_status cci_run_open(cci_run *run, const cci_method *method, const cocreate_allocator *a,
                             cocreate_ranking **out, cocreate_error *error);
/* Make room for the standings once the roster stands. */
cocreate_status cci_run_standings(cci_run *run, cocreate_ranking *r, cocreate_error *error);
void cci_run_close(cci_run *run);

#endif
