/* Yes or no beside the mark: "extras" of a round, as ["would_buy"]. Whoever votes may say yes of options that
 * the ballot speaks of, {"would_buy": ["a", "b"]}; the result counts them, and ranks nobody by them.
 *
 * A row CCI_KIND_EXTRA, id = round "\n" voter "\n" contribution, {"round", "voter", "contribution",
 * "extras"}, stands while the ballot does. So tallies, seals and the fast path of votes know nothing of it.
 */
#ifndef CCI_CAMPAIGN_ROUNDS_EXTRAS_H
#define CCI_CAMPAIGN_ROUNDS_EXTRAS_H

#include "campaign/rounds/ballots.h"

/* "extras" of a round of the brief. */
cocreate_status cci_extras_read(json_t *json, cci_round_spec *spec, const cci_path *path,
                                cocreate_error *error);

/* Refuses what a ballot cannot say beside its marks: `said` is the "extras" of the command, or NULL. */
cocreate_status cci_extras_check(const cci_campaign *c, size_t round, const cci_ballot_in *ballot,
                                 const json_t *said, cocreate_error *error);
/* Does what was said stand already? */
cocreate_status cci_extras_stand(cci_engine *e, const cci_campaign *c, size_t round,
                                 const cci_ballot_in *ballot, int *same, cocreate_error *error);

/* By apply: a ballot that speaks of `marks` was cast with `said` beside it (NULL: nothing), or struck. */
cocreate_status cci_extras_cast(cci_engine *e, const cci_event *event, size_t round, const char *voter,
                                const json_t *marks, const json_t *said, cocreate_error *error);
/* By apply: the ballot says nothing of this option any more. */
cocreate_status cci_extras_clear(cci_engine *e, const cci_event *event, size_t round, const char *voter,
                                 const char *option, cocreate_error *error);
/* By apply, once the ballots were merged: what was said of `from` is said of `to` as well. */
cocreate_status cci_extras_merge(cci_engine *e, const cci_event *event, size_t round, const char *from,
                                 const char *to, cocreate_error *error);

/* Put "extras", {"would_buy": {"a": 3}}, of those that have a place into a result. */
cocreate_status cci_extras_count(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                 json_t *result, cocreate_error *error);

#endif
