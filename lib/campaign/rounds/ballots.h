/* Ballots: checked, made canonical, kept one a voter. */
#ifndef CCI_CAMPAIGN_ROUNDS_BALLOTS_H
#define CCI_CAMPAIGN_ROUNDS_BALLOTS_H

#include "campaign/rounds/cache.h"

/* A ballot as it comes in. */
typedef struct cci_ballot_in {
    const char *voter;
    const char *const *options;
    const int64_t *values; /* NULL: approvals, or ranks 1, 2, .. */
    size_t n;
} cci_ballot_in;

/* Check a ballot against the round and everything the brief says, and append its canonical JSON
 * {"option":value,...} to `out`. */
cocreate_status cci_ballot_check(cci_engine *e, cci_campaign *c, const struct cci_round_cache *r,
                                 const cci_ballot_in *ballot, cci_buffer *out,
                                 cocreate_error *error);

/* A ballot that can no longer be cast may be one that was, sent again: COCREATE_EXISTS if it stands
 * like this. Any other status if not. */
cocreate_status cci_ballot_retried(cci_engine *e, const cci_campaign *c, size_t round,
                                   const cci_ballot_in *ballot);

/* COCREATE_EXISTS if the voter's ballot stands as `data` already; a refusal if another stands and
 * the round lets none change; COCREATE_OK if it may be written. */
cocreate_status cci_ballot_compare(cci_engine *e, const cci_campaign *c, size_t round,
                                   const char *voter, const cci_buffer *data,
                                   cocreate_error *error);

#endif
