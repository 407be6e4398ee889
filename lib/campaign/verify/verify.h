/* Verification: the log is replayed into a second state in memory, and everything is compared. */
#ifndef CCI_CAMPAIGN_VERIFY_H
#define CCI_CAMPAIGN_VERIFY_H

#include "campaign/engine.h"

typedef struct cci_verification {
    cci_engine *original;
    cci_engine *shadow; /* verifying; in a transaction while events are replayed */
    const uint8_t *root; /* published for the first `root_size` events, or NULL */
    uint64_t root_size;
    const cocreate_progress *progress;
    uint64_t events, rows, ballots, results, awards, commitments; /* what was checked */
} cci_verification;

/* Every event: gapless, in time, canonical, hashed, and applied with its recomputation. */
cocreate_status cci_verify_events(cci_verification *v, cocreate_error *error);

/* The data of an event has what its apply takes as given, or COCREATE_ERR_SCHEMA at its path. */
cocreate_status cci_shape_check(const cci_event *event, cocreate_error *error);

/* Every state row, ballot and commitment of the original against the shadow. */
cocreate_status cci_verify_state(cci_verification *v, cocreate_error *error);

/* The first place where two documents differ, as "$.a[1] is X, the log gives Y" into `out`. */
void cci_first_difference(const cocreate_allocator *a, const json_t *recorded, const json_t *again,
                          char *out, size_t size);

#endif
