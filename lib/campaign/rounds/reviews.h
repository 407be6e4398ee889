/* "cuts" of a rolling round: periods that end at given instants, each an instant or {"after_us": N} from the
 * publication on, in place of "every_us". Pauses shift those that have not come.
 *
 * In a round with ballots each cut selects, and nobody is selected after the last. In a round of decisions a
 * cut begins a review: who is a candidate by then is decided on from then on, and who comes later waits for
 * the next one. The row of the round holds the instants to come, "cuts", and the row of each period whom its
 * end brought into review, "review". */
#ifndef CCI_CAMPAIGN_ROUNDS_REVIEWS_H
#define CCI_CAMPAIGN_ROUNDS_REVIEWS_H

#include "campaign/brief_read.h"
#include "campaign/rounds/rounds.h"

/* "cuts" of a round in the brief. */
cocreate_status cci_cuts_read(json_t *json, cci_round_spec *spec, const cci_path *path,
                              cocreate_error *error);

/* Is it a round of decisions? */
int cci_round_decides(const cci_round_spec *spec);

/* By apply: the round has opened; its row gets its cuts. */
cocreate_status cci_cuts_open(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                              int64_t *first, cocreate_error *error);
/* The first instant of a row that is still to come, INT64_MAX for none. */
int64_t cci_cuts_next(const json_t *row);
/* The row without those up to `until`: 1, or 0 where memory is short. */
int cci_cuts_drop(json_t *row, int64_t until);
/* A pause is over; `subject` begins with the round. */
cocreate_status cci_cuts_shift(cci_engine *e, cci_campaign *c, const char *subject, int64_t by,
                               cocreate_error *error);

/* Whom a cut brings into review: candidates of `all` that are live, not decided on, and in no review yet.
 * Owned by the caller. */
cocreate_status cci_review_begin(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                 const json_t *all, json_t **out, cocreate_error *error);
/* In which period's review is it? 0 none. */
cocreate_status cci_review_of(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                              const char *id, int64_t *since, cocreate_error *error);
/* Did a rolling round of decisions reject it, which stands? */
cocreate_status cci_review_rejected(cci_engine *e, const cci_campaign *c, const char *id, int *out,
                                    cocreate_error *error);
/* Refuses a decision on what is in no review; `row` is that of the round. */
cocreate_status cci_review_require(cci_engine *e, const cci_campaign *c, size_t round, const json_t *row,
                                   const char *id, cocreate_error *error);

#endif
