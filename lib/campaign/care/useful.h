/* Answers that helped: behind "useful" of the brief, whoever was answered says which did.
 *
 * CCI_KIND_USEFUL, id = contribution "\n" marker: {"contribution", "by", "at", "state" ("marked",
 * "unmarked"), "event": the number of the event that says so}. What is merged takes its marks along. */
#ifndef CCI_CAMPAIGN_CARE_USEFUL_H
#define CCI_CAMPAIGN_CARE_USEFUL_H

#include "campaign/engine.h"

/* Does the row say that the answer is useful, or did somebody take that back? */
int cci_useful_stands(const json_t *mark);

/* By apply: the marks of a contribution go to the one that it is merged into, but for its authors' own. */
cocreate_status cci_useful_merge(cci_engine *e, const cci_event *event, const char *from, const char *to,
                                 const json_t *target, cocreate_error *error);

/* "useful" of a document, [{"contribution", "by", "at"}]; left out where it would be empty. */
cocreate_status cci_useful_show(cci_engine *e, const cci_campaign *c, json_t *document,
                                cocreate_error *error);

extern const cci_command_type cci_command_useful_mark, cci_command_useful_unmark;
extern const cci_event_type cci_event_useful_marked, cci_event_useful_unmarked;

#endif
