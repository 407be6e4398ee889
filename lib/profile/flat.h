/* Ballots as methods and tallies read them: flat, without the options that were withdrawn. */
#ifndef CCI_PROFILE_FLAT_H
#define CCI_PROFILE_FLAT_H

#include "profile/ballots.h"

/* Distinct ballots over candidates 0 .. m - 1. Ballot b has the entries start[b] .. start[b + 1]:
 * rankings best first, the others ascending. Ballots that say nothing of any candidate are left
 * out; their weight is `blank`. */
typedef struct cci_electorate {
    cocreate_allocator allocator;
    cocreate_profile_info info;
    size_t candidates;
    size_t ballots;
    size_t *start;
    uint32_t *options;
    int64_t *values; /* scores, points, 1 of approvals. Of rankings: dense ranks from 1, or NULL
                        where no ballot has equal ranks; use cci_rank_end() */
    int64_t *weights;
    const uint8_t *words; /* of a lean reader, instead of options: entry i is the option words[i] / 2,
                             words are odd, and no ballot has equal ranks; borrowed from the profile */
    int64_t blank;
    int64_t valid;  /* ballots, counted, that say something of a candidate */
    size_t longest; /* entries of the longest ballot */
    size_t widest;  /* options in the largest rank of a ranking; 1 where none are equal */
} cci_electorate;

/* The option of an entry, whether the reader was lean or not. */
static inline uint32_t cci_option_at(const cci_electorate *e, size_t i)
{
    return e->words != NULL ? (uint32_t)e->words[i] >> 1 : e->options[i];
}

/* One past the last entry of the rank that begins at `first`, in a ranking that ends at `end`. */
static inline size_t cci_rank_end(const cci_electorate *e, size_t first, size_t end)
{
    size_t last = first + 1;
    while (e->values != NULL && last < end && e->values[last] == e->values[first])
        last++;
    return last;
}

/* No candidate: the option was withdrawn. */
#define CCI_WITHDRAWN UINT32_MAX

/* Reads the ballots of a profile into an electorate, all at once or a part at a time. */
typedef struct cci_reader {
    const cocreate_profile *profile;
    const uint32_t *candidate; /* of each option, or CCI_WITHDRAWN; candidates ascend with options.
                                  NULL: every option is the candidate of its index */
    size_t next;               /* the distinct ballot to read next */
    int lean;                  /* set it to have `words` where options need not be copied */
    size_t starts_room, weights_room, options_room, values_room;
} cci_reader;

/* Begin; `out` is to be freed with cci_electorate_close() whatever happens. The map is borrowed. */
cocreate_status cci_reader_open(cci_reader *reader, const cocreate_profile *profile,
                                const uint32_t *candidate, size_t candidates, cci_electorate *out,
                                cocreate_error *error);
/* Replace the ballots in `out` by the next ones, of about so many bytes in the profile; SIZE_MAX
 * for all. `blank`, `valid`, `longest` and `widest` speak of all that was read so far. */
cocreate_status cci_reader_next(cci_reader *reader, size_t bytes, cci_electorate *out,
                                cocreate_error *error);
int cci_reader_done(const cci_reader *reader);

/* An electorate without ballots, as reading all of them would leave it: info, `blank` and `valid`.
 * Nothing to free. O(1) where the map is NULL. */
cocreate_status cci_electorate_survey(const cocreate_profile *profile, const uint32_t *candidate,
                                      size_t candidates, cci_electorate *out,
                                      cocreate_error *error);

void cci_electorate_close(cci_electorate *e);

#endif
