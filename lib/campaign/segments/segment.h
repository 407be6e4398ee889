/* Sealed ballots. When a round closes, its ballots are folded into segments: each distinct ballot
 * once, with how many there are and what they weigh together, in columns of numbers. A tally then
 * reads columns instead of a row a voter.
 *
 * Segments are derived: what they hold follows from the ballots, which stay. Verification counts
 * the ballots themselves, folds them again and compares every byte. A round without a seal (few
 * ballots, or a store from before) is counted from its ballots. */
#ifndef CCI_CAMPAIGN_SEGMENTS_H
#define CCI_CAMPAIGN_SEGMENTS_H

#include "campaign/rounds/quorum.h"

/* A round with fewer ballots is not sealed. */
#define CCI_SEAL_LEAST 1024
/* A segment is full at so many distinct ballots, or so many marks. */
#define CCI_SEGMENT_BALLOTS 65536
#define CCI_SEGMENT_MARKS 262144

/* A column of a segment. The first four have a number a distinct ballot, the others one a mark. */
typedef enum cci_column_name {
    CCI_COLUMN_LENGTH,  /* marks of the ballot */
    CCI_COLUMN_CHANNEL, /* 0 none, else its place among the channels of the brief, from 1 */
    CCI_COLUMN_COUNT,   /* how many ballots */
    CCI_COLUMN_WEIGHT,  /* what they weigh together */
    CCI_COLUMN_OPTION,  /* place of the candidate in the round's list, from 0 */
    CCI_COLUMN_VALUE,   /* as the method sees it */
    CCI_COLUMNS
} cci_column_name;

typedef struct cci_column {
    int64_t *items;
    size_t n, capacity;
} cci_column;

typedef struct cci_segment {
    cocreate_allocator allocator;
    cci_column columns[CCI_COLUMNS];
} cci_segment;

void cci_segment_init(cci_segment *s, const cocreate_allocator *a);
void cci_segment_free(cci_segment *s);
void cci_segment_clear(cci_segment *s); /* keeps its memory */
/* 0 when memory is short. */
int cci_segment_push(cci_segment *s, cci_column_name column, int64_t value);

/* Little-endian: version, distinct ballots, marks (4 bytes each), then the columns. A column is the
 * width of a number in bytes (0, 1, 2, 4 or 8), the least number (8 bytes), and of every number how
 * far it lies above the least one. */
void cci_segment_encode(const cci_segment *s, cci_buffer *out);
/* COCREATE_ERR_CORRUPT for bytes that are no segment, whatever they are, without saying which. */
cocreate_status cci_segment_decode(cci_segment *s, const void *bytes, size_t size,
                                   cocreate_error *error);

/* Kind CCI_KIND_SEAL, id = round: {"ballots","candidates","retracted","segments","voided","voters"};
 * and id = round "\ndistinct": {"distinct"}, how many ballots differ whatever their channel, which is
 * nowhere in stores from before it was counted.
 * Kind CCI_KIND_SEGMENT, id = round "\n" number from 1, 6 digits. */
#define CCI_SEGMENT_ID_SIZE (COCREATE_ID_MAX + 24)
char *cci_segment_id(const char *round, int64_t number, char out[CCI_SEGMENT_ID_SIZE]);
/* Of the row that holds "distinct". */
char *cci_distinct_id(const char *round, char out[CCI_SEGMENT_ID_SIZE]);

/* Seal a round that closes, if its ballots become a profile and there are enough of them. */
cocreate_status cci_seal_round(cci_engine *e, const cci_campaign *c, size_t index,
                               const json_t *candidates, cocreate_error *error);
/* The ballots of the round change: what was sealed is no more. */
cocreate_status cci_seal_break(cci_engine *e, const cci_campaign *c, size_t index,
                               cocreate_error *error);

/* Takes the ballots of a seal, one after the other. */
typedef struct cci_ballot_sink {
    void *self;
    cocreate_status (*add)(void *self, const uint32_t *options, const int64_t *values, size_t n,
                           int64_t count, int64_t weight, cocreate_error *error);
} cci_ballot_sink;

/* What is sealed of a round; `only` this channel, or NULL for all by their weights. *found is 0 where
 * nothing is. COCREATE_ERR_CORRUPT for what cannot have been sealed. */
cocreate_status cci_seal_read(cci_engine *e, const cci_campaign *c, size_t index, size_t candidates,
                              const char *only, const cci_ballot_sink *sink, uint8_t *marked,
                              cci_turnout *turnout, int *found, cocreate_error *error);
/* The same into a profile. */
cocreate_status cci_seal_fill(cci_engine *e, const cci_campaign *c, size_t index, size_t candidates,
                              const char *only, cocreate_profile *profile, uint8_t *marked,
                              cci_turnout *turnout, int *found, cocreate_error *error);
/* The same into a tally of some kind, which knows then how many ballots differ: for methods that read
 * nothing else, without a profile. `options` describes them. *out is NULL where nothing is sealed, or
 * the number is not, or options are too many. */
cocreate_status cci_seal_count(cci_engine *e, const cci_campaign *c, size_t index,
                               const cocreate_profile *options, int32_t kind, uint8_t *marked,
                               cci_turnout *turnout, struct cocreate_tally **out,
                               cocreate_error *error);

#endif
