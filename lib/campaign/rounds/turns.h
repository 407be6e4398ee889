/* Rounds that judge their candidates in turn, and what follows where nobody is found.
 *
 * In a round with "in_turn" the candidates are decided on one after another, in the order of their places in
 * the round before. Its row holds "turn", {"contribution", "since", "until"}, and "passed", those whose time
 * ran out. With "on_none": "reopen" a round that selected nobody opens the metric round again from which it
 * took its candidates, while that would have lasted; both rows keep what was, in "attempts", and the row of
 * the metric round holds "rejected", {contribution: instant}: runs up to then count no more. */
#ifndef CCI_CAMPAIGN_ROUNDS_TURNS_H
#define CCI_CAMPAIGN_ROUNDS_TURNS_H

#include "campaign/brief_read.h"
#include "campaign/rounds/rounds.h"

/* "in_turn" and "on_none" of a round of decisions. */
cocreate_status cci_turns_read(json_t *json, cci_round_spec *spec, const cci_path *path,
                               cocreate_error *error);
/* Of the whole brief: what reopens must be a metric round on which nothing else builds. */
cocreate_status cci_reopen_check(const cci_brief *b, cocreate_error *error);

/* An open round: whose turn comes next, or its end. */
cocreate_status cci_turns_due(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                              const json_t *row, cci_decision *decision, cocreate_error *error);
/* Refuses a decision on whom it is not the turn of. */
cocreate_status cci_turns_require(const cci_campaign *c, size_t round, const json_t *row,
                                  const char *contribution, cocreate_error *error);
/* By apply: the round has closed. */
cocreate_status cci_turns_close(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                                cocreate_error *error);
/* The timer "turn" of "round \n contribution". */
cocreate_status cci_turns_decide(cci_engine *e, cci_campaign *c, int64_t at, const char *subject,
                                 cci_decision *decision, cocreate_error *error);
cocreate_status cci_turns_shift(cci_engine *e, cci_campaign *c, const char *subject, int64_t by,
                                cocreate_error *error);

/* The round that opens this one again where it finds nobody, or NULL. */
const cci_round_spec *cci_reopened_by(const cci_campaign *c, const cci_round_spec *spec);
/* A round that failed: does it reopen the one before? */
cocreate_status cci_reopen_due(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec, int64_t at,
                               cci_decision *decision, cocreate_error *error);
/* Up to when runs of a contribution count no more; INT64_MIN for never. From the row of the round. */
int64_t cci_rejected_until(const json_t *row, const char *contribution);

#endif
