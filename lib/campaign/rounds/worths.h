/* What votes are worth that lose half of it in every half-life, in integers.
 *
 * As all of them shrink at the same rate, who is ahead of whom is a matter of when votes were cast, not of
 * when one asks: nobody overtakes but by votes. So a vote of p points cast at the instant t counts
 *
 *     p * m(t) * 2^floor(t / h),   m(t) = 2^((t mod h) / h) in units of 2^-63, to the nearest (base/exp2.h)
 *
 * and the sum of an option, one integer, tells its order exactly; it is worth sum / (m(T) * 2^floor(T / h))
 * points at the instant T. Sums add up: whoever has those of two parts has that of the whole. */
#ifndef CCI_CAMPAIGN_ROUNDS_WORTHS_H
#define CCI_CAMPAIGN_ROUNDS_WORTHS_H

#include "base/rational.h"

typedef struct cci_worths {
    cocreate_allocator allocator;
    int64_t half_life;
    int64_t base;    /* sums are in units of 2^base */
    mp_int *sums;    /* one an option */
    int64_t *points; /* what was given them, whenever */
    size_t n;        /* options; of so many `sums` are there */
    mp_int term, factor, product;
} cci_worths;

/* For n options, and votes most of which come later than `from`. */
cocreate_status cci_worths_init(cci_worths *w, const cocreate_allocator *a, int64_t half_life, int64_t from,
                                size_t n, cocreate_error *error);
/* A zeroed struct is fine. */
void cci_worths_free(cci_worths *w);
/* A vote. COCREATE_ERR_OVERFLOW where they lie more than 2^20 half-lives apart, or are too many. */
cocreate_status cci_worths_add(cci_worths *w, int64_t at, size_t option, int64_t points,
                               cocreate_error *error);
/* What an option is worth at this instant, in millionths of a point, halves to the even neighbour. */
cocreate_status cci_worths_at(cci_worths *w, int64_t at, size_t option, int64_t *out, cocreate_error *error);
/* The level of each of the m options `which`: those of the least sum have 0, those of the next 1, .. */
cocreate_status cci_worths_levels(const cci_worths *w, const size_t *which, size_t m, size_t *levels,
                                  cocreate_error *error);

#endif
