/* Sets that are nearly the same: MinHash (Broder 1997) with banding, then the exact Jaccard index of every
 * pair that shares a band. */
#ifndef CCI_CAMPAIGN_REPORT_SIMILAR_H
#define CCI_CAMPAIGN_REPORT_SIMILAR_H

#include "campaign/engine.h"

/* A set of hashed elements, ascending and distinct. */
typedef struct cci_set {
    const uint64_t *elements;
    size_t n;
} cci_set;

typedef struct cci_similar_pair {
    uint32_t a, b; /* a < b */
    size_t shared, all; /* elements in both, in either */
} cci_similar_pair;

/* Pairs with shared/all >= num/den that share at least `least` elements, in order of (a, b), owned by the
 * caller. `bands` bands of `rows` minima each. In a band only neighbours and the first of equal sets are
 * held against each other, so that a thousand equal sets are a thousand pairs and not a million.
 * O(elements * bands * rows + n log n * bands). */
cocreate_status cci_similar(const cocreate_allocator *a, const cci_set *sets, size_t n, unsigned bands,
                            unsigned rows, uint64_t seed, unsigned num, unsigned den, size_t least,
                            cci_similar_pair **out, size_t *n_out, cocreate_error *error);

/* Sort elements and drop those that repeat; how many are left. */
size_t cci_set_sort(uint64_t *elements, size_t n);

/* The key that elements of a campaign are hashed with, and a seed: fixed by its id. */
void cci_similar_key(const cci_campaign *c, uint8_t key[16], uint64_t *seed);

#endif
