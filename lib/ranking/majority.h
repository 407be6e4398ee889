/* Sets on the majority graph, for methods of every family.
 *
 * matrix[x * m + y] is the weight that ranks x over y; x beats y where it is more than
 * matrix[y * m + x]. `alive` marks the candidates that are looked at; NULL: all of the m. */
#ifndef CCI_RANKING_MAJORITY_H
#define CCI_RANKING_MAJORITY_H

#include "base/memory.h"

static inline int cci_majority_beats(const int64_t *matrix, size_t m, size_t x, size_t y)
{
    return matrix[x * m + y] > matrix[y * m + x];
}

/* Marks in `out` (m marks, 0 or 1) the smallest non-empty set of candidates each of which beats
 * everyone outside it (Smith 1973; the GETCHA or top cycle of Schwartz 1986). Nobody where nobody
 * is alive. `out` may be `alive`. O(m^2). COCREATE_ERR_MEMORY, and then `out` stays. */
cocreate_status cci_majority_smith(const cocreate_allocator *a, const int64_t *matrix, size_t m,
                                   const uint8_t *alive, uint8_t *out, cocreate_error *error);

/* The same for the union of the minimal sets of which no member is beaten from outside (the
 * GOCHA of Schwartz 1986). A part of the Smith set. O(m^2). */
cocreate_status cci_majority_schwartz(const cocreate_allocator *a, const int64_t *matrix, size_t m,
                                      const uint8_t *alive, uint8_t *out, cocreate_error *error);

/* Who beats everyone else, or is beaten by everyone else; SIZE_MAX where there is none. One alone
 * is both. O(m). */
size_t cci_majority_winner(const int64_t *matrix, size_t m, const uint8_t *alive);
size_t cci_majority_loser(const int64_t *matrix, size_t m, const uint8_t *alive);

#endif
