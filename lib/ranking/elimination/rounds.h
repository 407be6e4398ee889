/* Counting first places among the options that continue. */
#ifndef CCI_RANKING_ELIMINATION_ROUNDS_H
#define CCI_RANKING_ELIMINATION_ROUNDS_H

#include "ranking/shares.h"

typedef struct cci_rounds {
    cci_run *run;
    cci_shares shares;
    cci_rational sum, term;
    cci_value *votes;  /* of each option that continues, after a count; the others are missing */
    int64_t exhausted; /* weight of ballots that rank no option that continues, and of blank ones */
} cci_rounds;

/* Freeing a zeroed struct is a no-op; free also after a failed init. */
cocreate_status cci_rounds_init(cci_rounds *r, cci_run *run, cocreate_error *error);
void cci_rounds_free(cci_rounds *r);
/* Each ballot counts for its best rank that still holds continuing options, in equal shares. */
cocreate_status cci_rounds_count(cci_rounds *r, const uint8_t *continuing, cocreate_error *error);
/* The continuing options with the fewest votes, ascending. */
cocreate_status cci_rounds_lowest(const cci_rounds *r, uint32_t *out, size_t *n,
                                  cocreate_error *error);
/* May the lowest n be removed in any order with the same outcome for the others? So it is when all
 * their votes together are fewer than any other option has: whatever goes from one of them to
 * another, all of them go first. *safe is 0 when there is no other option. */
cocreate_status cci_rounds_safe(cci_rounds *r, const uint32_t *lowest, size_t n, int *safe,
                                cocreate_error *error);

#endif
