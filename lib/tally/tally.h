/* The inside of a tally. */
#ifndef CCI_TALLY_TALLY_H
#define CCI_TALLY_TALLY_H

#include "cocreate/tally.h"
#include "tally/cells.h"
#include "tally/pairs.h"

struct cocreate_tally {
    cocreate_allocator allocator;
    int32_t kind;
    cocreate_profile *options; /* without ballots */
    uint32_t *map;             /* the candidate of each option, or CCI_WITHDRAWN; NULL if all run */
    size_t candidates;
    cocreate_tally_info info;
    int knows_distinct; /* a tally of all there is, whose maker has counted: */
    uint64_t distinct;  /* how many ballots differ */
    cci_cells cells; /* values and places */
    cci_pairs pairs; /* settled */
};

static inline int cci_tally_has_cells(const cocreate_tally *t)
{
    return t->kind != COCREATE_TALLY_PAIRS;
}

/* Add the ballots of a part that was read; kept parts leave the tally half counted on failure. */
cocreate_status cci_tally_count(cocreate_tally *t, const cci_electorate *part,
                                cocreate_error *error);
/* Is what the tally holds possible at all? NULL, or why not. */
const char *cci_tally_check(const cocreate_tally *t);
/* Can these ballots be tallied so? */
int cci_tally_kind_fits(int32_t kind, int32_t ballot_kind);

#endif
