/* What one viewer may see of a campaign, by the "visibility" of its brief: asked by whatever is told to
 * somebody, so that a view, an explanation, a report and an export keep the same things back.
 *
 * What may not be seen is left out, not replaced: neither how many there are nor their names remain. */
#ifndef CCI_CAMPAIGN_VIEWER_H
#define CCI_CAMPAIGN_VIEWER_H

#include "campaign/engine.h"

typedef struct cci_viewer {
    const cci_campaign *campaign;
    const char *id; /* NULL: anybody */
    int host;       /* the platform itself: sees everything */
    int firm;       /* of the firm's side, or a moderator, manager or auditor of the campaign */
    int juror;      /* on a panel: sees what is judged */
    int judging;    /* on the panel of a round that has no result yet */
    int voted, closed;
    int absent; /* the campaign is a draft, and not for this viewer: as if there were none */
} cci_viewer;

/* COCREATE_ERR_NOT_FOUND for a viewer who is no participant. */
cocreate_status cci_viewer_known(cci_engine *e, const char *id, cocreate_error *error);
/* Of a viewer who is known, with the roles of this instant. `id` and `c` are borrowed. */
cocreate_status cci_viewer_read(cci_engine *e, const cci_campaign *c, const char *id, int64_t at,
                                cci_viewer *out, cocreate_error *error);
/* The same, and COCREATE_ERR_NOT_FOUND, as for a campaign that is none, where it is absent. */
cocreate_status cci_viewer_of(cci_engine *e, const char *campaign, const char *id, cci_campaign **c,
                              cci_viewer *out, cocreate_error *error);

/* How many there are, results, and all that speaks of every contribution? */
int cci_viewer_sees_counts(const cci_viewer *v);
/* A contribution; whose it is; what of an award to somebody else? */
int cci_viewer_sees_work(const cci_viewer *v, const json_t *contribution);
int cci_viewer_sees_names(const cci_viewer *v, const json_t *contribution);
int cci_viewer_owns(const cci_viewer *v, const json_t *contribution);
int cci_viewer_sees_award(const cci_viewer *v, const json_t *award);
/* Ballots of everybody, those of the viewer alone, and who judges in juries? */
int cci_viewer_sees_ballots(const cci_viewer *v);
int cci_viewer_sees_own_ballots(const cci_viewer *v);
int cci_viewer_sees_jurors(const cci_viewer *v);
int cci_viewer_sees_extras(const cci_viewer *v);

/* Does a member of an object name a contribution that the viewer may not see? */
cocreate_status cci_viewer_hides(cci_engine *e, const cci_viewer *v, const json_t *object, const char *member,
                                 int *out, cocreate_error *error);
/* The members of commands and events that name contributions; NULL-ended. */
extern const char *const cci_naming_members[];

/* Take from what is told of one contribution, or of one award, what this viewer may not see. */
void cci_viewer_strip_work(const cci_viewer *v, json_t *contribution);
/* Take away what it answers, and what it was merged into, where this viewer may not see that. */
cocreate_status cci_viewer_strip_links(cci_engine *e, const cci_viewer *v, json_t *contribution,
                                       cocreate_error *error);
void cci_viewer_strip_award(const cci_viewer *v, json_t *award);

/* "$.visibility.<part>: <what> is not for '<viewer>'", and from when on it is:
 * COCREATE_ERR_PERMISSION. Names the counts first where they are not for this viewer. */
cocreate_status cci_viewer_refuse(const cci_viewer *v, const char *part, const char *what,
                                  cocreate_error *error);

#endif
