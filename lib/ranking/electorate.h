/* The options that run, and the ballots as the methods read them. */
#ifndef CCI_RANKING_ELECTORATE_H
#define CCI_RANKING_ELECTORATE_H

#include "profile/flat.h"
#include "tally/tally.h"

/* An option that runs. */
typedef struct cci_candidate {
    const char *id;
    const char *name;
    uint64_t index; /* in the profile, or in the caller's list */
    int64_t at;     /* or COCREATE_NO_TIME */
    int64_t cost;
} cci_candidate;

/* The options that run, in order of their index, with their own copy of the strings. */
typedef struct cci_roster {
    cci_candidate *candidates;
    size_t count;
    uint32_t *by_key; /* in the order of keys of canonical JSON (RFC 8785: UTF-16 code units) */
    int lexical;      /* "ties: id" goes by bytes of the id instead of by index */
    cci_buffer strings;
} cci_roster;

void cci_roster_free(cci_roster *roster, const cocreate_allocator *a);

/* The candidates of a profile. On failure nothing is left to free. */
cocreate_status cci_roster_of_profile(const cocreate_profile *profile, cci_roster *out,
                                      cocreate_error *error);
/* Candidates from a list of ids; names are the ids. `at` may be NULL. */
cocreate_status cci_roster_of_ids(const cocreate_allocator *a, const char *const *ids,
                                  const int64_t *at, size_t n, cci_roster *out,
                                  cocreate_error *error);

/* All ballots of a profile, as profile/flat.h lays them out; where `lean`, perhaps with words instead
 * of options, which are only good while the profile does not change. */
cocreate_status cci_electorate_open(const cocreate_profile *profile, const cci_roster *roster,
                                    int lean, cci_electorate *out, cocreate_error *error);

/* The same without ballots: counts, `blank` and `valid`. */
cocreate_status cci_electorate_outline(const cocreate_profile *profile, const cci_roster *roster,
                                       cci_electorate *out, cocreate_error *error);

/* What a tally says of its ballots. Values become a ballot each, so that what only sums them finds
 * what it would find on the ballots; `ballots` of info are those that were counted. */
cocreate_status cci_electorate_of_tally(const cocreate_tally *tally, cci_electorate *out,
                                        cocreate_error *error);

/* The candidate of each option of a profile, or CCI_WITHDRAWN; *map is NULL where all run. Freed
 * with cci_free(). */
cocreate_status cci_roster_map(const cci_roster *roster, const cocreate_allocator *a,
                               size_t options, uint32_t **map, cocreate_error *error);

#endif
