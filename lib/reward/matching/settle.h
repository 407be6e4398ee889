/* From ideal matches to what a pool pays. */
#ifndef CCI_REWARD_MATCHING_SETTLE_H
#define CCI_REWARD_MATCHING_SETTLE_H

#include "cocreate/money.h"
#include "base/rational.h"

/* Why a project gets the cap: its match exceeds it, or its part of what is left. */
typedef enum cci_capped { CCI_CAPPED_NOT, CCI_CAPPED_MATCH, CCI_CAPPED_SHARE } cci_capped;

typedef struct cci_settlement {
    /* Given. */
    int64_t pool, cap; /* cap 0: none */
    int scale_up;      /* pay the whole pool also where the matches need less */
    /* Found. */
    int saturated;      /* the pool is shared in proportion: it is short, or scaled up */
    uint8_t *capped;    /* of each project: a cci_capped */
    int64_t n_capped;
    int64_t left;       /* what the others share in proportion to their matches */
    cci_rational total; /* of all matches */
    cci_rational rest;  /* of the matches of the others */
} cci_settlement;

/* Who gets the cap: while somebody's part of what is left exceeds it, they get it and the others share the
 * rest (water-filling). Where the pool is enough for all matches, those whose match exceeds it, and the
 * others' matches are paid, their sum to the nearest minor unit. `capped` has n zeros, the rationals are
 * initialised. O(n log n). */
cocreate_status cci_settle_matches(const cocreate_allocator *allocator, const cci_rational *matches, size_t n,
                           cci_settlement *s, cocreate_error *error);

/* Shares of all: the cap, or a part of what is left, no more than the cap by any method. */
cocreate_status cci_settle_shares(const cocreate_allocator *allocator, const cci_rational *matches,
                                  size_t n, const cci_settlement *s,
                                  const cocreate_split_options *options, int64_t *shares,
                                  cocreate_error *error);

#endif
