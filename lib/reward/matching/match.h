/* What gifts to projects are matched by: the ideal match of each project from the gifts of all donors.
 * Buterin, Hitzig & Weyl, A Flexible Design for Funding Public Goods, Management Science 65, 2019. */
#ifndef CCI_REWARD_MATCHING_MATCH_H
#define CCI_REWARD_MATCHING_MATCH_H

#include "base/rational.h"
#include "reward/matching/root.h"

typedef enum cci_match_form {
    CCI_MATCH_QF,
    CCI_MATCH_PAIRWISE,
    CCI_MATCH_CLUSTER,
    CCI_MATCH_COCM,
    CCI_MATCH_GITCOIN_CLR
} cci_match_form;

/* Pairs of donors of one project over all projects; donors times clusters; what COCM looks at. */
#define CCI_MATCH_PAIRS_MAX (UINT64_C(1) << 24)

/* What counts of a donor's gifts: 0 <= num <= den <= 10^9. */
typedef struct cci_match_weight {
    int64_t num, den;
} cci_match_weight;

/* A round: who gave what to whom, in minor units. */
typedef struct cci_match_round {
    cocreate_allocator allocator;
    size_t n, n_donors, n_projects;
    const uint32_t *donors, *projects; /* of each gift */
    const int64_t *amounts;            /* >= 0 */
    int64_t minimum;                   /* what a donor gives to a project in all counts from here on */
    const cci_match_weight *weights;   /* of each donor, or NULL: 1 */
    cci_match_form form;
    int64_t bound; /* M of pairwise, the threshold of gitcoin_clr */
    int64_t unit;  /* minor units of 1 in cocm and gitcoin_clr, whose results depend on it */
    int plain;     /* cocm: who has a friend in a cluster is tied to it, no matter how many */
    /* Of each donor, at least one; clusters[cluster_first[d]] to clusters[cluster_first[d + 1] - 1]
     * ascend. NULL but for cluster and cocm. */
    const size_t *cluster_first;
    const uint32_t *clusters;
    size_t n_clusters;
} cci_match_round;

/* Gifts that count, those of one donor to one project added up, by project; roots are of what counts of
 * them. */
typedef struct cci_gifts {
    cocreate_allocator allocator;
    size_t n;
    size_t *first; /* of each project, and the end */
    uint32_t *donors;
    int64_t *amounts;
    uint64_t *roots;
} cci_gifts;

/* COCREATE_ERR_OVERFLOW, with the index of the gift, where a donor gives a project more than 2^53 - 1 minor
 * units. To be freed also when it fails. O(gifts + donors + projects). */
cocreate_status cci_gifts_gather(const cci_match_round *round, cci_gifts *out,
                                 cocreate_error *error);
void cci_gifts_free(cci_gifts *gifts);

/* The ideal match of each project: matches[p] / 2^bits minor units. The numbers are initialised. */
cocreate_status cci_match(const cci_match_round *round, const cci_gifts *gifts, mp_int *matches,
                          int *bits, cocreate_error *error);

/* The sum of the roots and of their squares for one project, times 2^32 and 2^64. */
cocreate_status cci_match_sums(const cci_gifts *gifts, size_t project, mp_int *roots,
                               mp_int *squares, cocreate_error *error);

/* The forms (pairs.c, clusters.c); `matches` are 0 before. */
cocreate_status cci_match_pairs(const cci_match_round *round, const cci_gifts *gifts,
                                mp_int *matches, int *bits, cocreate_error *error);
cocreate_status cci_match_clusters(const cci_match_round *round, const cci_gifts *gifts,
                                   mp_int *matches, int *bits, cocreate_error *error);

/* 192 bits that add up products of roots. */
typedef struct cci_wide {
    uint64_t word[3]; /* the lowest first */
} cci_wide;
void cci_wide_add_product(cci_wide *sum, uint64_t a, uint64_t b);
mp_err cci_wide_get(const cci_wide *sum, mp_int *out);

/* floor(c * num / den * 2^bits) for c >= 0. */
mp_err cci_match_scaled(int64_t c, cci_match_weight weight, int bits, mp_int *out);

#endif
