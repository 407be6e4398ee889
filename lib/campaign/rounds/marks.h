/* Ballots as they are kept, read many at a time: what each says of the candidates. */
#ifndef CCI_CAMPAIGN_ROUNDS_MARKS_H
#define CCI_CAMPAIGN_ROUNDS_MARKS_H

#include "campaign/rounds/rounds.h"

typedef enum cci_ballot_state {
    CCI_BALLOT_STANDS,
    CCI_BALLOT_VOIDED,
    CCI_BALLOT_RETRACTED
} cci_ballot_state;

typedef struct cci_marks {
    cocreate_allocator allocator;
    const cci_round_spec *spec;
    const cocreate_profile *profile; /* its options are the candidates */
    size_t capacity;                 /* how many they are */

    /* Of the ballot that was read last. */
    cci_ballot_state state;
    uint32_t *options; /* indices of candidates */
    int64_t *values;   /* as the method sees them */
    size_t n;
    char channel[COCREATE_ID_MAX + 1]; /* or "" */

    /* Of all that were read. */
    int64_t ballots, voided, retracted, voters;
    cci_buffer voter; /* whose ballot came last */
} cci_marks;

cocreate_status cci_marks_init(cci_marks *m, const cocreate_allocator *a,
                               const cci_round_spec *spec, const cocreate_profile *profile,
                               size_t candidates, cocreate_error *error);
void cci_marks_free(cci_marks *m);

/* Rows must come in the order of their keys, so that those of a voter follow one another. */
cocreate_status cci_marks_read(cci_marks *m, const cci_ballot_row *row, cocreate_error *error);

#endif
