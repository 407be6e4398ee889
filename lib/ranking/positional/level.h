/* Votes down to some place: what Bucklin adds up place by place, and k-approval once. */
#ifndef CCI_RANKING_POSITIONAL_LEVEL_H
#define CCI_RANKING_POSITIONAL_LEVEL_H

#include "ranking/shares.h"

typedef struct cci_level {
    cci_run *run;
    int weighted; /* place r of m is worth (m - r) / (m - 1) of a vote, not a whole one */
    int each;     /* a rank counts in full for each of its options once its first place does;
                     else its places are shared among them */
    int often;    /* there will be many counts: worth one look at every entry before the first */
    cci_shares shares;
    cci_rational sum, term;
    int64_t *places;  /* of such: weight by place and option, where no ranks are equal */
    int64_t *lengths; /* weight by ranked options; NULL if there is no such table */
} cci_level;

/* Freeing a zeroed struct is a no-op; free also after a failed init. */
cocreate_status cci_level_init(cci_level *l, cci_run *run, int weighted, int each,
                               cocreate_error *error);
void cci_level_free(cci_level *l);
/* Votes of every option by the first `depth` places of each ballot, into `out` (m values), and the
 * weight of the ballots that rank at least so many. O(ranked options); but for the first one
 * O(depth * options) where there are many and no ranks are equal. */
cocreate_status cci_level_count(cci_level *l, size_t depth, cci_value *out, int64_t *reaching,
                                cocreate_error *error);

#endif
