/* "half_life_us" of a round: its votes lose half their worth in every such time, as in Salesforce Ideas, and
 * places go by what they are worth (rounds/worths.h). A vote was cast at the time of the event that cast it
 * last. */
#ifndef CCI_CAMPAIGN_ROUNDS_HALF_LIFE_H
#define CCI_CAMPAIGN_ROUNDS_HALF_LIFE_H

#include "campaign/brief_read.h"
#include "campaign/rounds/tally.h"
#include "campaign/rounds/worths.h"

/* "half_life_us" of a round in the brief, after its method. */
cocreate_status cci_half_life_read(json_t *json, cci_round_spec *spec, const cci_path *path,
                                   cocreate_error *error);

/* The instant at which a round is judged: the end of the period or of the round, else the last event's. */
int64_t cci_half_life_at(const cci_engine *e, const json_t *row);

/* Places by worth, ties by the chain of the round: each has its worth in millionths as "exact", and what was
 * given it as "points". */
cocreate_status cci_half_life_rank(const cci_campaign *c, const cci_round_spec *spec, const json_t *row,
                                   const cci_candidates *list, cci_worths *worths, int64_t at, json_t **out,
                                   cocreate_error *error);

/* What the votes of a round are worth so far; the caller frees `out`. In tally_ballots.c. */
cocreate_status cci_round_worths(cci_engine *e, const cci_campaign *c, size_t index, const json_t *row,
                                 const cci_candidates *list, cci_worths *out, cocreate_error *error);

/* Of a round that is open: the places at the last event, equal ones sharing theirs; NULL without any. */
cocreate_status cci_half_life_board(cci_engine *e, const cci_campaign *c, size_t index, const json_t *row,
                                    json_t **out, cocreate_error *error);

#endif
