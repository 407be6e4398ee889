/* Sentences about one contribution, award or person, as one viewer may hear them. */
#ifndef CCI_CAMPAIGN_EXPLAIN_H
#define CCI_CAMPAIGN_EXPLAIN_H

#include "campaign/report/viewer.h"

typedef struct cci_story {
    cci_engine *e;
    const cci_campaign *c;
    const char *viewer; /* to whom it is told; NULL anybody */
    cci_viewer v;       /* the same, in `c` */
    int told;           /* something of a person was seen */
    const char *id;
    const char *kind; /* what was found, NULL nothing yet */
    json_t *sentences;
    json_t *facts;
} cci_story;

cocreate_status cci_story_say(cci_story *s, cocreate_error *error, const char *format, ...) CCI_FORMAT(3, 4);

/* What the awards say that have this id, or are for this contribution or person. */
cocreate_status cci_story_awards(cci_story *s, cocreate_error *error);

/* What a contribution was merged into, and what into it: `shown` is what this viewer is told of it,
 * `row` is all. */
cocreate_status cci_story_merges(cci_story *s, const json_t *shown, const json_t *row,
                                 cocreate_error *error);

/* Who marked a contribution as useful. */
cocreate_status cci_story_useful(cci_story *s, cocreate_error *error);

/* Of an award that is paid by itself after a delivery: when, or why not, and what comes next for whom. */
cocreate_status cci_story_release(cci_story *s, const json_t *award, cocreate_error *error);

/* When the campaign ends by itself, to whom a contribution in it is explained. */
cocreate_status cci_story_stop(cci_story *s, const json_t *contribution, cocreate_error *error);
/* Of an item: who has it for how long, and where nothing more is asked about it; and what a person has. */
cocreate_status cci_story_tasks(cci_story *s, cocreate_error *error);
cocreate_status cci_story_leases(cci_story *s, cocreate_error *error);

/* Of a round whose result has these "stats": the ballots of who cast too few. */
cocreate_status cci_story_below(cci_story *s, const char *round, const json_t *stats, cocreate_error *error);

/* Of a round whose votes have a half-life: what time did to those of the contribution in a result; and where
 * it stands while the round is open. */
cocreate_status cci_story_worth(cci_story *s, const char *round, const json_t *result, cocreate_error *error);
cocreate_status cci_story_board(cci_story *s, size_t index, const json_t *row, cocreate_error *error);

/* Of a round with reviews: the one that took it up, or that will. */
cocreate_status cci_story_review(cci_story *s, size_t index, cocreate_error *error);

/* The revisions of a contribution, as facts["revisions"], and a sentence. */
cocreate_status cci_story_revisions(cci_story *s, const json_t *contribution, cocreate_error *error);

#endif
