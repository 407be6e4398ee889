/* Arrays of big integers. */
#ifndef CCI_RANKING_OPTIMAL_BIG_H
#define CCI_RANKING_OPTIMAL_BIG_H

#include "base/rational.h"

#define CCI_BIG(call) CCI_TRY(cci_big_status((call), error))

/* n zeros; free with cci_bigs_free(). NULL when memory is short. */
mp_int *cci_bigs(const cocreate_allocator *a, size_t n);
/* NULL is fine. */
void cci_bigs_free(const cocreate_allocator *a, mp_int *bigs, size_t n);
/* *out = gcd(|x|, |y|); x and y are used up. Not mp_gcd(), which leaks when memory runs out. */
mp_err cci_big_gcd(mp_int *x, mp_int *y, mp_int *out);
/* Divide by what all of them have in common. `one` and `two` are clobbered. */
mp_err cci_bigs_reduce(mp_int *bigs, size_t n, mp_int *one, mp_int *two);

#endif
