/* Rankings that reverse as little as possible of a table of majorities: Kemeny's and Slater's. */
#ifndef CCI_RANKING_OPTIMAL_CONSENSUS_H
#define CCI_RANKING_OPTIMAL_CONSENSUS_H

#include "ranking/method.h"

typedef struct cci_consensus {
    size_t m;
    int64_t least;     /* cost of a best ranking */
    uint32_t *ranking; /* a best one: the first by the tie chain, then in order of index */
    uint32_t *parts;   /* the options by parts that every best ranking keeps in this order */
    size_t *ends;      /* one past the last option of each part, in parts */
    size_t part_count;
    cci_buffer optima; /* how many there are, in decimal */
} cci_consensus;

/* cost[a * m + b] >= 0 is what ranking a above b costs; one of the two costs of a pair is 0. Gives
 * every option of the run the range of its places over all best rankings, or over those where every
 * place goes to one whom the tie chain puts first among those who can take it. COCREATE_ERR_LIMIT
 * and COCREATE_ERR_OVERFLOW as cci_lattice_open(). */
cocreate_status cci_consensus_open(cci_run *run, const int64_t *cost, cci_consensus *out,
                                   cocreate_error *error);
/* On a zeroed struct a no-op. */
void cci_consensus_close(cci_consensus *c, const cocreate_allocator *a);

/* The trace, with the matrix of votes, and what the sentences say of the ranking. */
void cci_consensus_trace(cci_run *run, const cci_consensus *c, const int64_t *votes,
                         const char *distance);
void cci_consensus_note(cci_run *run, const cci_consensus *c);

#endif
