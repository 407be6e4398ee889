/* Ballots of a round that speak of one contribution. */
#ifndef CCI_CAMPAIGN_ROUNDS_ABOUT_H
#define CCI_CAMPAIGN_ROUNDS_ABOUT_H

#include "campaign/rounds/ballots.h"

/* A ballot as the store keeps it; all borrowed. */
typedef struct cci_standing {
    const char *key;
    json_t *kept;
    const json_t *marks; /* NULL where it was taken back or voided */
    const char *channel, *voided;
    int64_t seq, weight;
} cci_standing;

/* Those whose marks or key name the contribution, in order of their keys, as an array the caller owns;
 * also what was taken back or voided, where keys name options. */
cocreate_status cci_ballots_about(cci_engine *e, const cci_campaign *c, size_t round, const char *id,
                                  json_t **out, cocreate_error *error);
/* An element of it. */
cci_standing cci_standing_of(json_t *item);
/* By apply: keep it under a key (NULL: its own) with these marks (NULL: as it is); and delete it. */
cocreate_status cci_standing_put(cci_engine *e, const cci_campaign *c, size_t round, const cci_standing *s,
                                 const cci_ballot_key *key, const json_t *marks, cocreate_error *error);
cocreate_status cci_standing_delete(cci_engine *e, const cci_campaign *c, size_t round,
                                    const cci_standing *s, cocreate_error *error);

/* Is the contribution of this row voted on in a round of this row, or may it be? Rolling rounds take whom is
 * published meanwhile. */
int cci_round_votes_on(const cci_round_spec *spec, const json_t *round, const char *id, const json_t *row);

/* Cut a key into the voter and the ids after it (none, the option, or the pair); how many these are. */
size_t cci_key_split(char *key, const char *ids[2]);

#endif
