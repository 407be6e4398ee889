/* Facts of entries and of persons in a result, {"facts": {"tier": ["attribute", "tier"], "search": ["field",
 * "search"]}}: fields of a contribution as they are when awards are made, and attributes of authors as they
 * were when they handed in. Those are kept with the authorship, since attributes change, and go with who is
 * erased, while what was promised for the work stays. */
#ifndef CCI_CAMPAIGN_MONEY_FACT_LISTS_H
#define CCI_CAMPAIGN_MONEY_FACT_LISTS_H

#include "campaign/engine.h"

/* The member of "lists" in a brief; persons have no fields. */
cocreate_status cci_fact_list_check(json_t *facts, int of_persons, const cci_path *path,
                                    cocreate_error *error);

/* By apply: put "facts" into `row`, the authorship of a submission, where a reward of the brief asks for
 * attributes. O(rewards x facts). */
cocreate_status cci_fact_list_keep(cci_engine *e, const cci_campaign *c, const char *author, json_t *row,
                                   cocreate_error *error);

/* Put a row into `rows` for each entry, {"entry", name: value, ...}, or for each author of one, {"id", name:
 * value, ...}: who has several entries has the attributes of the earliest. What is missing has no member. */
cocreate_status cci_fact_list_entries(cci_engine *e, const cci_campaign *c, const json_t *facts,
                                      const json_t *entries, json_t *rows, cocreate_error *error);
cocreate_status cci_fact_list_persons(cci_engine *e, const cci_campaign *c, const json_t *facts,
                                      const json_t *entries, json_t *rows, cocreate_error *error);

#endif
