/* Categories in rounds: budgets of their own, and how often a voter may vote in each. */
#ifndef CCI_CAMPAIGN_BY_CATEGORY_H
#define CCI_CAMPAIGN_BY_CATEGORY_H

#include "campaign/brief_read.h"
#include "campaign/rounds/ballots.h"

/* "by_category": true of a round: its winners are those of each category within its budget. Sets
 * `by_category` of the round, and its `budget` to that of the first. */
cocreate_status cci_by_category_read(const cci_brief *b, json_t *json, cci_round_spec *spec,
                                     const cci_path *path, cocreate_error *error);
/* Where a round spends by category: the budget of its profile is the sum of theirs, for exports. */
cocreate_status cci_by_category_total(const cci_round_spec *spec, struct cocreate_profile *profile,
                                      cocreate_error *error);
/* Does a category of the brief limit the votes of a voter ("per_voter")? */
int cci_categories_limit(const cci_brief *b);

/* The index + 1 of a category of the brief, 0 for none. */
uint32_t cci_category_index(const cci_brief *b, const json_t *contribution);

/* Refuses a ballot that speaks of too many of one category. */
cocreate_status cci_ballot_categories(const cci_campaign *c, const struct cci_round_cache *r,
                                      const cci_ballot_in *ballot, cocreate_error *error);
/* Refuses a ballot that spends more in a category than that has. */
cocreate_status cci_ballot_budgets(const cci_round_spec *spec, const struct cci_round_cache *r,
                                   const cci_ballot_in *ballot, cocreate_error *error);

/* Where a voter has a ballot for each option: what stands in each category is a row of CCI_KIND_USE,
 * "votes \n round \n voter": {category: n}. Refuses marks that are one too many; by apply, counts them. */
cocreate_status cci_category_votes_check(cci_engine *e, const cci_campaign *c, size_t round,
                                         const char *voter, const json_t *old, const json_t *marks,
                                         cocreate_error *error);
cocreate_status cci_category_votes(cci_engine *e, const cci_event *event, size_t round, const char *voter,
                                   const json_t *old, const json_t *marks, cocreate_error *error);

#endif
