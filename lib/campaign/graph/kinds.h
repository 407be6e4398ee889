/* What a contribution is, and how far it got. */
#ifndef CCI_CAMPAIGN_GRAPH_KINDS_H
#define CCI_CAMPAIGN_GRAPH_KINDS_H

#include "campaign/engine.h"

/* Words of the kinds of contributions, in the order of their bits; NULL-ended. */
extern const char *const cci_kind_words[];
#define CCI_KIND_OF_WORK 0 /* "entry", where a brief names no kinds */

/* "kinds" of the brief, where it has the member. */
cocreate_status cci_brief_kinds(cci_brief *b, cocreate_error *error);

/* The kind of the row of a contribution; "entry" where it says none. */
const char *cci_contribution_kind(const json_t *row);
/* Does the kind answer another contribution (comment, review, answer, response)? Others are works: they may
 * be candidates wherever a round does not ask for a kind. */
int cci_kind_replies(const char *kind);
/* Complete "kind" of what is submitted: the first work of the brief's kinds unless the command says another;
 * nothing where the brief names no kinds and the command none. */
cocreate_status cci_kind_read(const cci_command *command, json_t *data, cocreate_error *error);

/* Is the contribution a candidate of a round that takes `kind`, or every work for NULL? */
int cci_kind_taken(const json_t *row, const char *kind);

/* Which count of the campaign a contribution in this state belongs to: "live", or the name of the state it
 * ended in. */
const char *cci_state_count(const char *state);
/* Has it ended: withdrawn, declined, removed, merged, expired, dropped, disqualified, forfeited? What was
 * implemented has not: it stays in what selected it. */
int cci_state_ended(const char *state);
/* "withdrawn" as a constant string, or NULL for a state that has not ended. */
const char *cci_state_end(const char *state);
/* The states in which contributions end, and the index of one; 0 for a state that is no end. */
extern const char *const cci_state_ends[];
size_t cci_state_end_index(const char *state);

/* ---- replies ---- */

/* Guards of a submission that answers another contribution; `data` says "eligible" where the brief asks. */
cocreate_status cci_reply_check(cci_engine *e, const cci_command *command, json_t *data,
                                cocreate_error *error);
/* By apply: the edge from the reply to what it answers. */
cocreate_status cci_reply_link(cci_engine *e, const cci_event *event, const char *id,
                               cocreate_error *error);

#endif
