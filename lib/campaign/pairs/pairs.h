/* Adaptive pairs: which two options somebody compares next, and when enough is known of their order.
 *
 * In a round of pairs with "adaptive" an option has a row CCI_KIND_DUEL, {"duels",
                                                                           "wins"}, of the ballots that
 * stand; and a row CCI_KIND_DUEL_SEEN says with how many others a person has compared it. */
#ifndef CCI_CAMPAIGN_PAIRS_H
#define CCI_CAMPAIGN_PAIRS_H

#include "campaign/brief_read.h"
#include "campaign/rounds/rounds.h"

/* "adaptive" of a round in the brief, which is read but for it. */
cocreate_status cci_pairs_read(json_t *json, cci_round_spec *spec, const cci_path *path,
                               cocreate_error *error);

/* By apply: the ballot of a voter said `old`, and says `now` (either NULL). A ballot that was voided stays
 * seen, for no other may be cast about the pair. */
cocreate_status cci_pairs_changed(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                                  const char *voter, const json_t *old, const json_t *now, int voided,
                                  cocreate_error *error);

/* An option that somebody may be asked about. */
typedef struct cci_pair_option {
    const char *id;
    int64_t duels, wins, seen; /* seen: with how many others this person compared it */
    uint8_t lot[32];
} cci_pair_option;

/* How many neighbours in the order by score are not told apart yet, by the rule "settled" of the brief. Sorts
 * the options by score, the best first, then by id. */
cocreate_status cci_pairs_open(const cci_round_spec *spec, cci_pair_option *options, size_t n, size_t *open,
                               cocreate_error *error);

#endif
