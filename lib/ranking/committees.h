/* Committees that tie: sets of as many candidates, each kept once. */
#ifndef CCI_RANKING_COMMITTEES_H
#define CCI_RANKING_COMMITTEES_H

#include "ranking/method.h"

/* Most committees that are kept with "ties": "parallel"; past it COCREATE_ERR_LIMIT. */
#define CCI_COMMITTEES_MAX 65536
/* Most committees that a trace names; without "parallel", that are kept: the first by the chain. */
#define CCI_TRACE_COMMITTEES 1000

typedef struct cci_committees {
    cci_run *run;
    size_t seats;
    size_t count, room;
    uint32_t *members; /* count * seats: each committee by rank */
    uint32_t *sorted;  /* room for one */
    uint32_t *rank;    /* of each candidate by the tie chain, equal where it does not tell; with
                          "parallel" the candidates as they stand */
    uint32_t *slots;   /* hash table: 1 + the number of a committee, or 0 */
    size_t slot_count; /* a power of 2 */
    size_t full;       /* this many are kept, and whoever comes after the last of them is not; or 0 */
    int more;          /* committees tie that are not kept */
} cci_committees;

cocreate_status cci_committees_init(cci_committees *c, cci_run *run, size_t seats,
                                    cocreate_error *error);
/* On a zeroed struct a no-op. */
void cci_committees_free(cci_committees *c);
/* Add a set of `seats` candidates in any order, unless it is there. */
cocreate_status cci_committees_add(cci_committees *c, const uint32_t *members,
                                   cocreate_error *error);
/* Add `fixed` with every choice of the other seats among `n` candidates. */
cocreate_status cci_committees_add_choices(cci_committees *c, const uint32_t *fixed,
                                           size_t fixed_count, const uint32_t *among, size_t n,
                                           cocreate_error *error);
/* Forget all that was added. */
void cci_committees_clear(cci_committees *c);
/* Would this committee, its members by rank, be kept if it was added? */
int cci_committees_wants(const cci_committees *c, const uint32_t *members);
/* Order members by rank, as cci_committees_wants() needs them. */
cocreate_status cci_committees_sort(const cci_committees *c, uint32_t *members,
                                    cocreate_error *error);

/* Elect: with "ties": "parallel" everyone who is in some committee, else the committee that stands
 * first when candidates are compared by the tie chain, best member first; COCREATE_ERR_TIE where
 * the chain does not tell. The elected share the first places and the others the last; with
 * "parallel" who is in every committee has the places 1 .. seats, who is in some 1 .. m. Sets
 * run->selected and the places, and writes "committee_count" ("committee_count_at_least" where more
 * tie than are kept) and "committees" into `out` (members of a JSON object, with a comma at the end,
 * for the method to put in their place of its trace) and a sentence into the notes where there are
 * several. At least one committee was added. */
cocreate_status cci_committees_elect(cci_committees *c, cci_buffer *out, cocreate_error *error);

/* Places of run->selected: the elected share 1 .. k, the others k + 1 .. m. */
void cci_place_selected(cci_run *run);

#endif
