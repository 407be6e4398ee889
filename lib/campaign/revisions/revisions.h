/* Who gave a contribution which content, when and why.
 *
 * CCI_KIND_REVISION holds {"contribution", "number", "digest", "at", "by"} and, where given, "note". The
 * digest is of the content (title and fields) as that revision left it; the content itself stands in the
 * log alone. The first revision writes the row of the submission, too, whose "by" are its authors and which
 * therefore has none; so what was never revised costs nothing. Events from before there were rows have no
 * digest, and write none. */
#ifndef CCI_CAMPAIGN_REVISIONS_H
#define CCI_CAMPAIGN_REVISIONS_H

#include "campaign/report/viewer.h"

/* What a revision may change: "title", "fields". NULL-ended. */
extern const char *const cci_revised_keys[];

/* SHA-256 of the canonical text of {"title", "fields"}: of `now` where it has them, else of `before`. */
cocreate_status cci_revision_digest(const cci_engine *e, const json_t *before, const json_t *now,
                                    char out[CCI_DIGEST_TEXT], cocreate_error *error);
/* The row of a revision that an event makes; `before` is the contribution as it was. Nothing where the
 * event has no digest. */
cocreate_status cci_revision_put(cci_engine *e, const cci_event *event, const char *id, const json_t *before,
                                 cocreate_error *error);
/* Is this digest, where the event has one, that of the content? COCREATE_ERR_VERIFY where not. */
cocreate_status cci_revision_check(cci_engine *e, const cci_event *event, const char *id,
                                   const json_t *before, cocreate_error *error);

/* The note of the content that stands, "" where there is none. `out` is owned by the caller. */
cocreate_status cci_revision_note(cci_engine *e, const cci_campaign *c, const char *id, const json_t *row,
                                  json_t **out, cocreate_error *error);

/* ---- what the brief says: policy.c ---- */

/* "revises" of a phase, and once rounds were read, whether the round is there; "revisions" of a round. */
cocreate_status cci_revises_read(json_t *json, cci_phase *phase, const cci_path *path, cocreate_error *error);
cocreate_status cci_revises_check(const cci_brief *b, cocreate_error *error);
cocreate_status cci_revisions_read(json_t *json, cci_round_spec *spec, const cci_path *path,
                                   cocreate_error *error);

/* Refuses a revision that no phase takes now, of which the state is too late, or that is for what a round
 * selected alone. */
cocreate_status cci_revision_window(cci_engine *e, const cci_command *command, const char *id,
                                    const json_t *row, cocreate_error *error);

/* ---- ballots of rounds that are open: ballots.c ---- */

/* Refuses what a round that is open refuses; adds "ballots.cleared" for each that is to lose some. */
cocreate_status cci_revision_rounds(cci_engine *e, const cci_command *command, const char *id,
                                    const json_t *row, cci_decision *decision, cocreate_error *error);
extern const cci_event_type cci_event_ballots_cleared;

/* May a voter of a round whose ballots stay cast another, for it lost a mark? */
cocreate_status cci_ballot_again(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                 const char *voter, int *out, cocreate_error *error);
/* By apply: it was cast again. */
cocreate_status cci_ballot_settled(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                   const char *voter, cocreate_error *error);

/* ---- showing ---- */

/* Add "revisions" to a document whose "contributions" are there, where there are any. */
cocreate_status cci_revisions_show(cci_engine *e, const cci_campaign *c, json_t *document,
                                   cocreate_error *error);
/* What a viewer may be told of the revisions of one contribution they see; a bit each. */
enum { CCI_REVISION_SEEN = 1, CCI_REVISION_NAMES = 2, CCI_REVISION_WHOLE = 4 };
int cci_revision_sight(const cci_viewer *v, const json_t *contribution);
void cci_revision_strip(json_t *row, int sight);
/* The contribution was removed: what tells of its content goes. */
void cci_revision_clear(json_t *row);

#endif
