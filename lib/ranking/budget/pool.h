/* Exact numbers over one denominator: the loads, prices and money of sequential rules.
 *
 * Such a rule makes each number from former ones: a sum with integer factors, and one division by
 * an integer. Over a common denominator that needs no greatest common divisor of big numbers. */
#ifndef CCI_RANKING_BUDGET_POOL_H
#define CCI_RANKING_BUDGET_POOL_H

#include "base/rational.h"

typedef struct cci_pool {
    cocreate_allocator allocator;
    mp_int den;   /* > 0 */
    mp_int *num;  /* number i is num[i] / den */
    double *near; /* and this is the nearest double of it */
    size_t count, made, num_room, near_room;
    mp_int factor, product; /* scratch */
} cci_pool;

/* Empty. On failure nothing is left to free; freeing a zeroed struct is a no-op. */
cocreate_status cci_pool_init(cci_pool *p, const cocreate_allocator *a, cocreate_error *error);
void cci_pool_free(cci_pool *p);
/* Empty again. */
void cci_pool_clear(cci_pool *p);

/* sum += number * factor */
cocreate_status cci_pool_add_to(cci_pool *p, mp_int *sum, const mp_int *number, int64_t factor,
                                cocreate_error *error);
/* Append num / (den * divisor), divisor > 0. `num` is clobbered. */
cocreate_status cci_pool_append(cci_pool *p, mp_int *num, int64_t divisor, cocreate_error *error);
/* num / (den * divisor) as the nearest double. */
cocreate_status cci_pool_double(cci_pool *p, const mp_int *num, int64_t divisor, double *out,
                                cocreate_error *error);
/* The same, exactly. */
cocreate_status cci_pool_rational(cci_pool *p, const mp_int *num, int64_t divisor,
                                  cci_rational *out, cocreate_error *error);
/* Text of a number, "p/q". */
cocreate_status cci_pool_text(cci_pool *p, const mp_int *num, int64_t divisor, cci_buffer *out,
                              cocreate_error *error);

/* As people read it: rounded to so many decimals, or exactly where that does not fit 64 bits. */
cocreate_status cci_pool_rounded(cci_pool *p, const mp_int *num, int64_t divisor, int decimals,
                                 cci_buffer *out, cocreate_error *error);

/* Return from the calling function unless the call of libtommath succeeded. */
#define CCI_TRY_BIG(call) CCI_TRY(cci_big_status((call), error))

#endif
