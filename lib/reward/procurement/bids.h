/* Sealed bids: the list "bids" of a result, in the order in which they are served. */
#ifndef CCI_REWARD_BIDS_H
#define CCI_REWARD_BIDS_H

#include "reward/section.h"

typedef enum cci_bid_ties { CCI_BID_EARLIER, CCI_BID_LOT } cci_bid_ties;

/* Names in the order of cci_bid_ties, NULL-terminated. */
extern const char *const cci_bid_ties_names[];

typedef struct cci_bid {
    const char *bidder;
    int64_t amount; /* minor units */
    cci_time at;
    cci_digest ticket; /* of a lot */
    size_t index;      /* in the list */
    size_t equal;      /* how many bid just as much, this one included */
} cci_bid;

/* Bids of those who are eligible and whose "status" is valid, lowest first or highest first. Equal
 * ones go by time, then by bidder, or by lot; a time or seed that this needs and does not find is
 * COCREATE_ERR_TIE or COCREATE_ERR_ARGUMENT. Who bids twice is refused. */
cocreate_status cci_bids_read(cci_evaluation *e, const cci_rule *rule, int highest_first,
                              cci_bid_ties ties, cci_bid **out, size_t *n, cocreate_error *error);

/* How the bid came before or after equal ones, as the end of a sentence, or "". */
const char *cci_bid_tie_text(const cci_bid *bid, cci_bid_ties ties);

#endif
