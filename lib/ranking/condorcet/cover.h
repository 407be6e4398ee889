/* Sets of the options that no other one covers, whatever covering is. */
#ifndef CCI_RANKING_CONDORCET_COVER_H
#define CCI_RANKING_CONDORCET_COVER_H

#include "ranking/condorcet/contest.h"

/* Marks in c->in who is not covered, who share the first places; writes the whole trace, with
 * "covered_by" and "set", and the sentences: "A covers B." with this verb. */
cocreate_status cci_place_uncovered(cci_contest *c,
                                    int (*covers)(const cci_contest *c, const void *context,
                                                  size_t a, size_t b),
                                    const void *context, const char *verb, cocreate_error *error);

#endif
