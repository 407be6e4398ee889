/* Trust that flows along a graph: EigenTrust, and PageRank where nobody is trusted beforehand.
 *
 * Whole numbers only: all trust is 2^62 units, and what a peer passes on is a fraction of 2^63. Products
 * are rounded down, and what that loses goes with the restarts, so that the units sum to 2^62 always. */
#ifndef CCI_REWARD_STANDING_TRUST_H
#define CCI_REWARD_STANDING_TRUST_H

#include "base/memory.h"

#define CCI_TRUST_ONE (INT64_C(1) << 62)
/* Scores and the restart are told in billionths. */
#define CCI_TRUST_BILLION INT64_C(1000000000)
#define CCI_TRUST_WEIGHT_MAX INT64_C(9007199254740991)
enum { CCI_TRUST_ITERATIONS = 150, CCI_TRUST_ITERATIONS_MAX = 10000 };

typedef struct cci_trust_edges {
    const uint32_t *from, *to;
    const int64_t *weights; /* NULL: 1 each */
    size_t n;
    size_t n_peers; /* from and to are below it */
} cci_trust_edges;

typedef struct cci_trust {
    cocreate_allocator allocator;
    size_t n, n_edges;
    size_t *first;    /* n + 1: edges into peer j are first[j] to first[j + 1] */
    uint32_t *from;   /* of each edge */
    uint64_t *part;   /* of what its peer passes on, in 2^63 */
    uint64_t *before; /* of the restarts, in 2^63 */
    uint64_t *now;    /* trust of each peer, in 2^62 */
    uint64_t *next;
} cci_trust;

/* Edges of a pair are added up, and what is not above 0 then, or leads to itself, is no trust. To be
 * freed also when it fails. COCREATE_ERR_OVERFLOW where the weights of a peer or pair do not fit. */
cocreate_status cci_trust_build(const cci_trust_edges *edges, cci_trust *out,
                                cocreate_error *error);
void cci_trust_free(cci_trust *trust);

/* Weights >= 0 with a positive sum: where restarts lead, and who has the trust at first. NULL: all
 * alike, and for `start` as `before`. COCREATE_ERR_OVERFLOW where the sum does not fit. */
cocreate_status cci_trust_begin(cci_trust *trust, const int64_t *before, const int64_t *start,
                                cocreate_error *error);

/* t = (1 - alpha) (C^T t + what the trustless have, by p) + alpha p, so many times. */
void cci_trust_run(cci_trust *trust, int64_t alpha, int64_t iterations);

/* The trust of a peer in billionths: rounded to 10^-12, then to 10^-9, halves up, so that what was
 * rounded down on the way cannot turn a half. */
int64_t cci_trust_score(const cci_trust *trust, size_t peer);

#endif
