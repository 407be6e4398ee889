/* Rows of tasks and leases, for those who hand out, count and retire: tasks.h says what they hold. */
#ifndef CCI_CAMPAIGN_TASKS_ROWS_H
#define CCI_CAMPAIGN_TASKS_ROWS_H

#include "campaign/tasks/tasks.h"

#define CCI_RETIRE_REASON 160

/* Owned by the caller; NULL where there is none. */
cocreate_status cci_task_get(cci_engine *e, const cci_campaign *c, const char *round,
                             const char *contribution, json_t **out, cocreate_error *error);
cocreate_status cci_lease_get(cci_engine *e, const cci_campaign *c, const char *round,
                              const char *participant, json_t **out, cocreate_error *error);
cocreate_status cci_lease_put(cci_engine *e, const cci_campaign *c, const char *round,
                              const char *participant, const json_t *row, cocreate_error *error);
int cci_lease_live(const json_t *row);

/* Write a task; its place in the order follows what it holds. By apply. */
cocreate_status cci_task_put(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                             const char *contribution, json_t *row, cocreate_error *error);
/* A task is over: nobody holds it any more, and their leases say why. The row is written. By apply. */
cocreate_status cci_task_end(cci_engine *e, cci_campaign *c, const cci_round_spec *spec,
                             const char *contribution, json_t *row, const char *out, cocreate_error *error);
/* The lease of this person ends as `state`: "answered", "released", "expired". The task is written. */
cocreate_status cci_lease_end(cci_engine *e, cci_campaign *c, const cci_round_spec *spec,
                              const char *participant, json_t *task, const char *state,
                              cocreate_error *error);

/* Where the voter's answer stands among those of a task; their number where it does not. */
size_t cci_task_answer(const json_t *row, const char *voter);
int cci_task_held(const json_t *row, const char *participant);
/* NULL, or why nothing more is asked about it. */
const char *cci_task_out(const json_t *row);

/* Refuses what is asked about a task that has retired: by which rule, and what the answers said. */
cocreate_status cci_task_refuse_retired(const cci_round_spec *spec, size_t round, const char *contribution,
                                        const json_t *row, cocreate_error *error);

/* The first rule that the answers of a task meet, and in words what they say: 1, or 0 if they meet none. */
int cci_retire_met(const cci_round_spec *spec, const json_t *row, size_t *rule,
                   char reason[CCI_RETIRE_REASON]);

#endif
