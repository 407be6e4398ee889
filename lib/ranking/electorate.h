/* Ballots as the methods read them: flat, and without the options that were withdrawn. */
#ifndef CCI_RANKING_ELECTORATE_H
#define CCI_RANKING_ELECTORATE_H

#include "base/memory.h"
#include "cocreate/profile.h"

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

/* Distinct ballots over candidates 0 .. m - 1. Ballot b has the entries start[b] .. start[b + 1]:
 * rankings best first with dense ranks from 1, the others ascending. Ballots that say nothing of
 * any candidate are left out; their weight is `blank`. */
typedef struct cci_electorate {
    cocreate_allocator allocator;
    cocreate_profile_info info;
    size_t candidates;
    size_t ballots;
    size_t *start;
    uint32_t *options;
    int64_t *values;
    int64_t *weights;
    int64_t blank;
    int64_t valid;  /* ballots, counted, that say something of a candidate */
    size_t longest; /* entries of the longest ballot */
    size_t widest;  /* options in the largest rank of a ranking; 1 where none are equal */
} cci_electorate;

void cci_roster_free(cci_roster *roster, const cocreate_allocator *a);

/* The candidates of a profile. On failure nothing is left to free. */
cocreate_status cci_roster_of_profile(const cocreate_profile *profile, cci_roster *out,
                                      cocreate_error *error);
/* Candidates from a list of ids; names are the ids. `at` may be NULL. */
cocreate_status cci_roster_of_ids(const cocreate_allocator *a, const char *const *ids,
                                  const int64_t *at, size_t n, cci_roster *out,
                                  cocreate_error *error);

cocreate_status cci_electorate_open(const cocreate_profile *profile, const cci_roster *roster,
                                    cci_electorate *out, cocreate_error *error);
void cci_electorate_close(cci_electorate *e);

/* One past the last entry of the rank that begins at `first`, in a ballot that ends at `end`. */
static inline size_t cci_rank_end(const cci_electorate *e, size_t first, size_t end)
{
    size_t last = first + 1;
    while (last < end && e->values[last] == e->values[first])
        last++;
    return last;
}

#endif
