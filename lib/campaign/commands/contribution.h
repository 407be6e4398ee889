/* Contributions as rows, and what their commands share.
 *
 * {"at", "authors":[{"participant", "share"}], "revision", "state", "changed_at"} and, where given,
 * "title", "fields", "terms", "cost", "category", "kind", "channel", "reply_to", "reason", "by".
 * "unpublished" says that it ended before anybody saw it, which only its authors and the firm see then.
 * "original" keeps what a revision replaced, so that the submission can be recognised when it is sent
 * again; a removed contribution keeps its digest, "content", instead.
 *
 * States: submitted (waits for moderation), published; a result makes published ones shortlisted, selected or
 * not_selected. How they end: graph/kinds.h. */
#ifndef CCI_CAMPAIGN_CONTRIBUTION_H
#define CCI_CAMPAIGN_CONTRIBUTION_H

#include "campaign/guards.h"

/* A contribution of the campaign, owned by the caller; COCREATE_ERR_NOT_FOUND. */
cocreate_status cci_contribution_find(cci_engine *e, const cci_campaign *c, const char *id, json_t **row,
                                      cocreate_error *error);
/* The contribution that a command names, owned by the caller; COCREATE_ERR_NOT_FOUND. */
cocreate_status cci_contribution_named(cci_engine *e, const cci_command *command, const char **id,
                                       json_t **row, cocreate_error *error);

/* Is the row in this state? */
int cci_contribution_is(const json_t *row, const char *state);
const char *cci_contribution_state(const json_t *row);
/* When was it published? Without moderation, when it was submitted. */
int64_t cci_contribution_since(const json_t *row);

/* Is this participant one of the authors? */
int cci_contribution_by(const json_t *row, const char *participant);
/* COCREATE_ERR_PERMISSION unless the actor is an author or the host. */
cocreate_status cci_contribution_owned(const cci_command *command, const char *id,
                                       const json_t *row, cocreate_error *error);

/* May all "authors" of `data` do this, "contribute" or "comment", and is the actor one of them, or the host?
 * Where their attributes say so, `data` does too. In contribution_submit.c. */
cocreate_status cci_authors_allowed(cci_engine *e, const cci_command *command, const char *activity,
                                    json_t *data, cocreate_error *error);

/* Move the contribution of an event to a state: counts, reason, row. Steals `row`. */
cocreate_status cci_contribution_move(cci_engine *e, const cci_event *event, const char *id,
                                      json_t *row, const char *state, cocreate_error *error);
/* Data of an event by which it ends: {"contribution"}, and "unpublished" where nobody ever saw it. NULL when
 * memory is short. */
json_t *cci_contribution_ending(const char *id, const json_t *row);
/* Did it end before it was published, or wait, or not pass? */
int cci_contribution_unpublished(const json_t *row);
/* The row that an event names; COCREATE_ERR_CORRUPT where there is none. */
cocreate_status cci_contribution_of(cci_engine *e, const cci_event *event, const char **id,
                                    json_t **row, cocreate_error *error);

/* The campaign's document counts contributions by state: add `by` to one count, in all and, where the row
 * names its kind, of that kind. */
cocreate_status cci_count(cci_campaign *c, const json_t *row, const char *key, int64_t by,
                          cocreate_error *error);

#define CCI_AUTHORS_MAX 100

/* Members with shares, as a command lists them under `key`, at most so many; equal shares where none is
 * given; and one person alone. The caller owns the list. */
cocreate_status cci_shares_read(cci_engine *e, int64_t most, json_t *given, const char *key, json_t **out,
                                cocreate_error *error);
cocreate_status cci_shares_alone(const char *participant, json_t **out, cocreate_error *error);
/* The authors of a submission with their shares, as [{"participant", "share"}]: the actor alone
 * unless the command names them. One that is `known` may be sent again after "team_max" became less. */
cocreate_status cci_authors_read(cci_engine *e, const cci_command *command, int known, json_t **out,
                                 cocreate_error *error);

/* Digest of what was submitted: authors, title, fields, terms, cost, category. */
cocreate_status cci_contribution_digest(cci_engine *e, const json_t *document,
                                        char out[CCI_DIGEST_TEXT], cocreate_error *error);

/* "$.contributors" unless this side may contribute. */
cocreate_status cci_require_contributor(const cci_campaign *c, const char *participant,
                                        const char *side, cocreate_error *error);

#endif
