/* Juries: who sits on the panel, who has a conflict of interest, who evaluates what, and whether
 * everything was evaluated often enough.
 *
 * A row CCI_KIND_ASSIGNMENT, id = round "\n" juror "\n" contribution, holds {"state", "due"}: offered,
 * accepted, started, done; or declined, expired, reassigned, and then the pair is not offered again.
 * A row CCI_KIND_CONFLICT, id = juror "\n" contribution, holds what a juror declared. */
#ifndef CCI_CAMPAIGN_JURY_H
#define CCI_CAMPAIGN_JURY_H

#include "campaign/rounds/cache.h"
#include "campaign/rounds/tally.h"

typedef enum cci_assignment_state {
    CCI_ASSIGNMENT_OFFERED,
    CCI_ASSIGNMENT_ACCEPTED,
    CCI_ASSIGNMENT_STARTED,
    CCI_ASSIGNMENT_DONE,
    CCI_ASSIGNMENT_DECLINED,
    CCI_ASSIGNMENT_EXPIRED,
    CCI_ASSIGNMENT_REASSIGNED,
    CCI_ASSIGNMENT_STATES
} cci_assignment_state;

extern const char *const cci_assignment_words[]; /* of the states, NULL-ended */

/* Does the pair still stand: is work to be expected or done? */
int cci_assignment_stands(const json_t *row);
/* The row of a pair, owned by the caller, or NULL. */
cocreate_status cci_assignment_get(cci_engine *e, const cci_campaign *c, const char *round,
                                   const char *juror, const char *contribution, json_t **out,
                                   cocreate_error *error);
cocreate_status cci_assignment_put(cci_engine *e, const cci_campaign *c, const char *round,
                                   const char *juror, const char *contribution,
                                   cci_assignment_state state, const json_t *due,
                                   cocreate_error *error);

/* Members of a round that a jury leads. */
cocreate_status cci_jury_read(json_t *json, cci_round_spec *spec, const cci_path *path,
                              cocreate_error *error);

/* Refuses who is not on the panel; everybody where the round has none. */
cocreate_status cci_jury_require_panel(const cci_round_spec *spec, size_t round,
                                       const char *juror, cocreate_error *error);
typedef enum cci_conflict {
    CCI_CONFLICT_NONE,
    CCI_CONFLICT_AUTHOR,
    CCI_CONFLICT_DECLARED,
    CCI_CONFLICT_ATTRIBUTE, /* the same "conflict_attribute" as an author */
    CCI_CONFLICT_TEAM       /* in the live team of an author */
} cci_conflict;

/* Why this juror may not judge this contribution, into `reason`; empty if nothing is against it. */
cocreate_status cci_jury_conflict(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                  const char *juror, const char *contribution,
                                  const json_t *authors, cci_conflict *kind, char reason[CCI_REASON_SIZE],
                                  cocreate_error *error);
/* Refuses a juror with a conflict, and one to whom the contribution is not assigned where the round
 * assigns. */
cocreate_status cci_jury_require(cci_engine *e, const cci_campaign *c, size_t round,
                                 const char *juror, const char *contribution,
                                 cocreate_error *error);
/* An evaluation was handed in: the assignment of the pair, if there is one, is done. */
cocreate_status cci_jury_evaluated(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                   const char *juror, const char *contribution,
                                   cocreate_error *error);

/* How many candidates have fewer evaluations than the round asks for; the first of them, its count
 * into `reason`. */
cocreate_status cci_jury_coverage(cci_engine *e, const cci_campaign *c, size_t round,
                                  const json_t *row, size_t *missing, char reason[CCI_REASON_SIZE],
                                  cocreate_error *error);

/* "assignments": [{"round","juror","contribution","state","due"}] of the document that is shown, where there
 * are any; and of each of its "rounds" that needs evaluations "coverage": {"needed","short","first"}. */
cocreate_status cci_jury_show(cci_engine *e, const cci_campaign *c, json_t *document, cocreate_error *error);

#endif
