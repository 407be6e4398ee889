/* Channels of a round, and how many must vote for its result to count. */
#ifndef CCI_CAMPAIGN_ROUNDS_QUORUM_H
#define CCI_CAMPAIGN_ROUNDS_QUORUM_H

#include "campaign/rounds/tally.h"

/* "channels": {"blog": 1, "social": 2}, the weight of a ballot in each. */
cocreate_status cci_channels_read(json_t *json, cci_round_spec *spec, const cci_path *path,
                                  cocreate_error *error);
/* "quorum": N, {"ballots": N} or {"share": "1/2", "of": "electorate" | "candidates"}. */
cocreate_status cci_quorum_read(json_t *json, cci_round_spec *spec, const cci_path *path,
                                cocreate_error *error);

/* What was counted. */
typedef struct cci_turnout {
    int64_t ballots;            /* that stand and count */
    int64_t voided, retracted;
    int64_t voters;             /* who cast them */
    int64_t below, below_voters, least; /* ballots of who cast fewer votes than count: not among them */
    int64_t candidates, marked; /* that run; that some ballot speaks of */
} cci_turnout;

/* Is the quorum missed? Then `reason` says by how much; else it stays empty. */
cocreate_status cci_quorum_missed(cci_engine *e, const cci_campaign *c, size_t index,
                                  const cci_turnout *turnout, char reason[CCI_REASON_SIZE],
                                  cocreate_error *error);
/* The member "stats" of a result, where there is something to tell that its ballots do not. */
int cci_turnout_put(json_t *result, const cci_round_spec *spec, const cci_turnout *turnout);

#endif
