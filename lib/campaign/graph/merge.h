/* Duplicates: one contribution is merged into another, and its supporters with it.
 *
 * While a round is open its ballots are kept as if every one had named what stands now: a merge rewrites
 * those that stand, and a ballot that names what was merged is kept under the name that stands. So whatever
 * reads ballots (tallies, seals, milestones, limits, exports) knows nothing of merges. The log keeps what
 * each voter said. Rounds that have closed stay as they were. */
#ifndef CCI_CAMPAIGN_GRAPH_MERGE_H
#define CCI_CAMPAIGN_GRAPH_MERGE_H

#include "campaign/rounds/ballots.h"

/* Was anything merged in this campaign? */
int cci_merges_any(const cci_campaign *c);

/* The contribution that stands for this one: itself, or what it was merged into, along the whole chain. */
cocreate_status cci_merge_target(cci_engine *e, int64_t part, const char *id, char out[COCREATE_ID_MAX + 1],
                                 cocreate_error *error);

/* The marks of a ballot under the names that stand, owned by the caller; *out NULL where they are as they
 * stand. Of two marks for one the instrument says which counts. */
cocreate_status cci_merge_marks(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                const json_t *marks, json_t **out, cocreate_error *error);
/* The mark of one who marked two contributions that are one now. The caller owns it; NULL when memory is
 * short. */
json_t *cci_merge_both(const cci_round_spec *spec, json_t *a, json_t *b);

/* A ballot as it was meant: what was merged goes by the name that stands. */
typedef struct cci_ballot_meant {
    cci_ballot_in ballot;
    json_t *marks; /* NULL: just as it was said */
    cocreate_allocator allocator;
    const char **options;
    int64_t *values;
} cci_ballot_meant;

cocreate_status cci_ballot_mean(cci_engine *e, const cci_campaign *c, size_t round,
                                const cci_ballot_in *said, cci_ballot_meant *out, cocreate_error *error);
void cci_ballot_meant_free(cci_ballot_meant *meant);

/* What became of the ballots of one round: they speak of the target now; of these, its voters had voted for
 * the target already; they count no more. */
typedef struct cci_merge_tally {
    int64_t moved, both, dropped;
} cci_merge_tally;

/* By apply: the ballots of an open round that name `from` name `to` instead; `target` is its row. */
cocreate_status cci_merge_ballots(cci_engine *e, const cci_event *event, size_t round, const char *from,
                                  const char *to, const json_t *target, cci_merge_tally *out,
                                  cocreate_error *error);

extern const cci_command_type cci_command_contribution_merge;
extern const cci_event_type cci_event_contribution_merged;

#endif
