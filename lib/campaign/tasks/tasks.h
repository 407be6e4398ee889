/* Tasks: the candidates of a round are items that many people judge, each a few times.
 *
 * In a round with "lease" or "retire" every candidate has a row, CCI_KIND_TASK: {"at": its publication,
 * "answers": [[voter, value], ..] as they came, a third member where one is extra, "held": who holds a lease
 * of it, and once nothing more is asked about it "out": "retired" (with "rule" and "reason"), "ended" or
 * "closed"}.
 * While it may be taken it has "load", answers and leases together, and a row CCI_KIND_TASK_ORDER, so that
 * the first of those is the next to be handed out.
 *
 * A row CCI_KIND_LEASE holds the last lease of a person in a round: {"contribution", "at", "until", "state"},
 * and in "passed" what they gave back last. While it is live a timer waits for its end, which becomes the
 * event "task.expired"; an answer that meets a rule sets a timer for this instant, which becomes
 * "item.retired". */
#ifndef CCI_CAMPAIGN_TASKS_H
#define CCI_CAMPAIGN_TASKS_H

#include "campaign/brief_read.h"
#include "campaign/rounds/rounds.h"

/* "lease" and "retire" of a round in the brief, which is read but for these. */
cocreate_status cci_tasks_read(json_t *json, cci_round_spec *spec, const cci_path *path,
                               cocreate_error *error);

/* By apply: a round opens with these candidates, or closes; a work is published, which may join open rounds;
 * it ends; it returns; a ballot about what `marks` name was cast, or struck. */
cocreate_status cci_tasks_open(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                               const json_t *candidates, cocreate_error *error);
cocreate_status cci_tasks_close(cci_engine *e, cci_campaign *c, const cci_round_spec *spec,
                                cocreate_error *error);
cocreate_status cci_tasks_join(cci_engine *e, const cci_event *event, const char *contribution,
                               const json_t *row, cocreate_error *error);
cocreate_status cci_tasks_stop(cci_engine *e, const cci_event *event, const char *contribution,
                               cocreate_error *error);
cocreate_status cci_tasks_return(cci_engine *e, const cci_event *event, const char *contribution,
                                 cocreate_error *error);
cocreate_status cci_tasks_answered(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                                   const char *voter, const json_t *marks, cocreate_error *error);
cocreate_status cci_tasks_struck(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                                 const char *voter, const json_t *marks, cocreate_error *error);

/* Refuses a ballot about an item that has retired, or without a lease where the round asks for one. */
cocreate_status cci_tasks_require(cci_engine *e, const cci_campaign *c, size_t round, const char *voter,
                                  const char *option, cocreate_error *error);
/* Is a ballot about it extra: the first of this voter, without a lease, in a round that counts those? */
cocreate_status cci_tasks_extra(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                const char *voter, const char *option, int *out, cocreate_error *error);

/* Timers, whose subjects are a lease and a task. */
cocreate_status cci_lease_decide(cci_engine *e, cci_campaign *c, int64_t at, const char *subject,
                                 cci_decision *decision, cocreate_error *error);
cocreate_status cci_lease_shift(cci_engine *e, cci_campaign *c, const char *subject, int64_t by,
                                cocreate_error *error);
cocreate_status cci_retire_decide(cci_engine *e, cci_campaign *c, int64_t at, const char *subject,
                                  cci_decision *decision, cocreate_error *error);

/* "tasks" of each of the "rounds" of the document that is shown, and "leases", where any are live. */
cocreate_status cci_tasks_show(cci_engine *e, const cci_campaign *c, json_t *document, cocreate_error *error);

#endif
