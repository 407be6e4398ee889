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
    const json_t *document; /* of a survey, instead of options and values */
    const char *channel;    /* or NULL */
    const json_t *extras;   /* what is said yes to beside the marks, or NULL */
} cci_ballot_in;

/* Under what a ballot is kept: the voter, and the option or the pair where each has one. */
typedef struct cci_ballot_key {
    char text[3 * COCREATE_ID_MAX + 3];
    cci_bytes bytes; /* borrows the voter or `text` */
} cci_ballot_key;

/* The value that a ballot gives its i-th option. */
int64_t cci_ballot_value_at(const cci_round_spec *spec, const cci_ballot_in *ballot, size_t i);
/* Append the canonical JSON of a ballot, with its channel where it has one. */
cocreate_status cci_ballot_write(const cci_round_spec *spec, const cci_ballot_in *ballot,
                                 cci_buffer *out, cocreate_error *error);

/* Check a ballot, cast at this instant, against the round and everything the brief says, append its
 * canonical JSON {"option":value,...} to `out`, and say what it weighs and under what it is kept. */
cocreate_status cci_ballot_check(cci_engine *e, cci_campaign *c, struct cci_round_cache *r,
                                 const cci_ballot_in *ballot, int64_t at, cci_buffer *out,
                                 int64_t *weight, cci_ballot_key *key, cocreate_error *error);

/* What is kept of a ballot is one of: {"option":value, ..}; ["channel", {..}]; ["retracted"];
 * ["void", reason]. The marks of a ballot that stands (NULL for the others), its channel where it has one,
 * and why it was voided. */
const json_t *cci_ballot_marks(const json_t *kept, const char **channel, const char **voided);
/* Append what is kept of marks in a channel (NULL: none). */
cocreate_status cci_ballot_keep(const char *channel, const json_t *marks, cci_buffer *out,
                                cocreate_error *error);
/* What is kept under a key, owned by the caller; NULL if nothing is. */
cocreate_status cci_ballot_get(cci_engine *e, const cci_campaign *c, size_t round,
                               const cci_ballot_key *key, json_t **out, cocreate_error *error);
/* The same of a voter's ballot about option `a`, or in a round of duels about `a` and `b`. */
cocreate_status cci_ballot_of(cci_engine *e, const cci_campaign *c, size_t round, const char *voter,
                              const char *a, const char *b, json_t **out, cocreate_error *error);
/* Does such a ballot stand, or was it voided? Who took theirs back may be asked again. */
cocreate_status cci_ballot_was_cast(cci_engine *e, const cci_campaign *c, size_t round, const char *voter,
                                    const char *a, const char *b, int *out, cocreate_error *error);

/* The key of a ballot whose document is `ballot`; `key` borrows `voter`. */
void cci_ballot_key_of(const cci_round_spec *spec, const char *voter, const json_t *ballot,
                       cci_ballot_key *key);

/* Who cast a ballot that is kept: the row begins with them. */
cci_bytes cci_ballot_voter(const cci_ballot_row *row);

/* When it was cast: the time of its event. */
cocreate_status cci_ballot_time(cci_engine *e, const cci_ballot_row *row, int64_t *out,
                                cocreate_error *error);

/* The integer of a value as commands write it: itself, or the number of a label. */
cocreate_status cci_ballot_value(const cci_round_spec *spec, const json_t *value,
                                 const cci_path *path, int64_t *out, cocreate_error *error);

/* A ballot that can no longer be cast may be one that was, sent again: COCREATE_EXISTS if it stands
 * like this. Any other status if not. */
cocreate_status cci_ballot_retried(cci_engine *e, const cci_campaign *c, size_t round,
                                   const cci_ballot_in *ballot);

/* COCREATE_EXISTS if the voter's ballot stands as `data` already; a refusal if another stands and
 * the round lets none change; COCREATE_OK if it may be written. */
cocreate_status cci_ballot_compare(cci_engine *e, const cci_campaign *c, size_t round,
                                   const char *voter, const cci_ballot_key *key,
                                   const cci_buffer *data, cocreate_error *error);

#endif
