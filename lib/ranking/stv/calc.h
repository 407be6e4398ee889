/* Exact arithmetic on values: small fractions where they fit, big ones where they must be. */
#ifndef CCI_RANKING_STV_CALC_H
#define CCI_RANKING_STV_CALC_H

#include "ranking/value.h"

/* Decimals of a result that is not rounded. */
#define CCI_EXACT (-1)
#define CCI_DECIMALS_MAX 18

typedef struct cci_calc {
    cocreate_allocator allocator;
    cci_rational x, y, z;
} cci_calc;

/* Free also after a failed init. */
cocreate_status cci_calc_init(cci_calc *c, const cocreate_allocator *a, cocreate_error *error);
void cci_calc_free(cci_calc *c);

/* 10^decimals, for decimals 0 .. CCI_DECIMALS_MAX. */
int64_t cci_power_of_ten(int decimals);

/* Greatest common divisor of two numbers that are not both 0; above 0. */
int64_t cci_common_divisor(int64_t a, int64_t b);

/* Outputs may alias inputs. No input is missing. */
cocreate_status cci_calc_copy(cci_calc *c, const cci_value *a, cci_value *out,
                              cocreate_error *error);
cocreate_status cci_calc_add(cci_calc *c, const cci_value *a, const cci_value *b, cci_value *out,
                             cocreate_error *error);
cocreate_status cci_calc_sub(cci_calc *c, const cci_value *a, const cci_value *b, cci_value *out,
                             cocreate_error *error);
cocreate_status cci_calc_mul(cci_calc *c, const cci_value *a, const cci_value *b, cci_value *out,
                             cocreate_error *error);
/* b is not 0. */
cocreate_status cci_calc_div(cci_calc *c, const cci_value *a, const cci_value *b, cci_value *out,
                             cocreate_error *error);
/* a * b / c, not negative, cut to so many decimals; CCI_EXACT: all of it. `by` is not 0. */
cocreate_status cci_calc_scale(cci_calc *c, const cci_value *a, const cci_value *b,
                               const cci_value *by, int decimals, cci_value *out,
                               cocreate_error *error);
/* Round a value that is not negative, down or up; CCI_EXACT: not at all. */
cocreate_status cci_calc_round(cci_calc *c, const cci_value *a, int decimals, int up,
                               cci_value *out, cocreate_error *error);
/* -1, 0, 1 */
cocreate_status cci_calc_sign(const cci_value *a, int *out, cocreate_error *error);

#endif
