/* Early ends: an entry whose score is below a line so long after its publication leaves.
 *
 * In a round with "drop" every candidate has a row, CCI_KIND_DROP: {"from", "ballots", "sum"} and, while it
 * is below the line, "waits": true; then a timer waits for its deadline, which becomes the event
 * "contribution.dropped". Ballots that lift it in time take the timer away, so that whoever has a timer is
 * below, and ticks change nothing. */
#ifndef CCI_CAMPAIGN_ROUNDS_DROP_H
#define CCI_CAMPAIGN_ROUNDS_DROP_H

#include "campaign/brief_read.h"
#include "campaign/rounds/rounds.h"

/* "drop" of a round in the brief. */
cocreate_status cci_drop_read(json_t *json, cci_round_spec *spec, const cci_path *path,
                              cocreate_error *error);

/* By apply: a round opens with these candidates, or closes; a work is published, which may join open
 * rounds; it ends; what was kept of a ballot was `old`, and stands with these marks now (either NULL). */
cocreate_status cci_drop_open(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                              const json_t *candidates, cocreate_error *error);
cocreate_status cci_drop_close(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                               cocreate_error *error);
cocreate_status cci_drop_join(cci_engine *e, const cci_event *event, const char *contribution,
                              const json_t *row, cocreate_error *error);
cocreate_status cci_drop_stop(cci_engine *e, const cci_event *event, const char *contribution,
                              cocreate_error *error);
cocreate_status cci_drop_vote(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                              const json_t *old, const json_t *now, cocreate_error *error);

/* So many ballots more speak of a contribution, and give it so much more. */
cocreate_status cci_drop_add(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                             const char *id, int64_t ballots, int64_t value, cocreate_error *error);

/* A timer is due, whose subject is the row: the event "contribution.dropped". Rows count from when they
 * began, and need no shift by a pause. */
cocreate_status cci_drop_decide(cci_engine *e, cci_campaign *c, int64_t at, const char *subject,
                                cci_decision *decision, cocreate_error *error);

#endif
