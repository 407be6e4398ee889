/* Pairs of candidates on rankings. What is kept adds up over ballots, whatever they leave out and
 * however their ranks are equal:
 *
 *   before[a * m + b]  weight of the ballots that rank both, a strictly above b
 *   ranked[a]          weight of the ballots that rank a
 *   tied[a, b]         weight of the ballots that rank both, in one rank
 *
 * With what a ballot leaves out below all that it ranks, a wins over b on
 * ranked[a] - before[b, a] - tied[a, b]: so a ballot of k ranks costs k^2 / 2 steps, not k m. */
#ifndef CCI_TALLY_PAIRS_H
#define CCI_TALLY_PAIRS_H

#include "base/cpu.h"
#include "profile/flat.h"

/* Most candidates a matrix is made for: 8,192^2 weights are 512 MiB. */
#define CCI_PAIRS_MAX 8192

struct cci_pairs_queue;

typedef struct cci_pairs {
    cocreate_allocator allocator;
    cci_cpu cpu;
    size_t m;
    int64_t *before;
    int64_t *ranked;
    int64_t *tied;    /* of a > b at a (a - 1) / 2 + b; NULL while there is none */
    int64_t complete; /* of `ranked`: weight of ballots that rank all, not yet added to it */
    /* Ballots that wait to be compared in columns, a kind each; NULL while there are none. */
    struct cci_pairs_queue *queues[4];
} cci_pairs;

/* At most CCI_PAIRS_MAX candidates. To be freed whatever happens. */
cocreate_status cci_pairs_init(cci_pairs *p, const cocreate_allocator *a, size_t m, cci_cpu cpu,
                               cocreate_error *error);
void cci_pairs_free(cci_pairs *p);
/* Add the ballots first .. last - 1 of rankings over the same candidates. Sums cannot overflow while
 * the weight of all ballots does not. On failure the pairs are only good for being freed. */
cocreate_status cci_pairs_add(cci_pairs *p, const cci_electorate *e, size_t first, size_t last,
                              cocreate_error *error);
/* Count what waits; before anything is read. */
void cci_pairs_settle(cci_pairs *p);

/* Of settled pairs over the same candidates: p + sign * other. Unchanged on failure. */
cocreate_status cci_pairs_join(cci_pairs *p, const cci_pairs *other, int sign,
                               cocreate_error *error);
/* A copy of settled pairs. On failure nothing is left to free. */
cocreate_status cci_pairs_copy(const cci_pairs *p, cci_pairs *out, cocreate_error *error);

/* The matrix of settled pairs: at a * m + b the weight of the ballots on which a wins over b.
 * `bottom`: options a ballot leaves out stand below all it ranks; else only ranked options are
 * compared. `out` may be p->before. */
void cci_pairs_matrix(const cci_pairs *p, int bottom, int64_t *out);

#endif
