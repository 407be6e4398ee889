/* Relations between options, one bit a pair. */
#ifndef CCI_RANKING_CONDORCET_RELATION_H
#define CCI_RANKING_CONDORCET_RELATION_H

#include "ranking/method.h"

/* a stands above b where bit b of row a is set. */
typedef struct cci_relation {
    size_t m, words; /* words of a row */
    uint64_t *rows;
} cci_relation;

static inline size_t cci_relation_words(size_t m)
{
    return m / 64 + (m % 64 != 0);
}

static inline const uint64_t *cci_relation_row(const cci_relation *r, size_t a)
{
    return r->rows + a * r->words;
}

static inline int cci_above(const cci_relation *r, size_t a, size_t b)
{
    return (int)(r->rows[a * r->words + b / 64] >> b % 64 & 1u);
}

static inline void cci_relation_set(cci_relation *r, size_t a, size_t b)
{
    r->rows[a * r->words + b / 64] |= UINT64_C(1) << b % 64;
}

/* An empty relation; free its rows with cci_free(). */
cocreate_status cci_relation_init(cci_relation *r, const cocreate_allocator *a, size_t m,
                                  cocreate_error *error);
/* Put a above b in a transitive relation, with all that follows. O(m^2 / 64) at most. */
void cci_relation_add(cci_relation *r, size_t a, size_t b);
/* Make it transitive. O(m^3 / 64). */
void cci_relation_close(cci_relation *r);
/* Bits set in a row of so many words. */
size_t cci_count_bits(const uint64_t *words, size_t n);

/* The places each option can take in an order that keeps a strict partial order. With a chain, the
 * next place goes to the first by the chain among those that nothing open stands above; those it
 * cannot tell apart share their places if all others stand below them, and if not, the rest keeps
 * the places of the partial order. */
cocreate_status cci_place_relation(cci_run *run, const cci_relation *r, cocreate_error *error);

#endif
