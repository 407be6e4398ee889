/* Rules that elect one after the other and remember more than who is elected: what voters have left
 * depends on the order. */
#ifndef CCI_RANKING_COMMITTEE_PATH_H
#define CCI_RANKING_COMMITTEE_PATH_H

#include "ranking/committees.h"

typedef struct cci_path_rules {
    void *state;
    /* Begin anew: nobody is elected. */
    cocreate_status (*reset)(void *state, cocreate_error *error);
    /* Who can be elected next, of those that open[o] tells to be open, in order of index. */
    cocreate_status (*find_tied)(void *state, const uint8_t *open, uint32_t *tied, size_t *n,
                                 cocreate_error *error);
    cocreate_status (*elect)(void *state, uint32_t candidate, cocreate_error *error);
    /* Members of a round's trace after "elected" in canonical order, "round" among them, and what
     * to say of it after "X joins"; before elect(). */
    cocreate_status (*tell)(void *state, uint32_t candidate, const uint8_t *open, size_t round,
                            cci_buffer *trace, cci_buffer *note, cocreate_error *error);
    /* All that decides what follows, as bytes, but for who is elected; *known is 0 where that cannot
     * be told. */
    cocreate_status (*key)(void *state, cci_buffer *out, int *known, cocreate_error *error);
} cci_path_rules;

/* Elect all seats: by the tie chain, or with "parallel" in every order. */
cocreate_status cci_path_run(cci_run *run, const cci_path_rules *rules, cocreate_error *error);

#endif
