/* Exact rationals on libtommath. Always reduced, denominator positive. */
#ifndef CCI_BASE_RATIONAL_H
#define CCI_BASE_RATIONAL_H

#include <tommath.h>

#include "base/memory.h"

typedef struct cci_rational {
    mp_int num, den;
} cci_rational;

/* Status of a call of libtommath. */
cocreate_status cci_big_status(mp_err result, cocreate_error *error);

/* Every operation but clear and compare can run out of memory; then nothing changed.
 * Outputs may alias inputs. init gives 0. clear on a zeroed struct is a no-op. */
cocreate_status cci_rational_init(cci_rational *r, cocreate_error *error);
void cci_rational_clear(cci_rational *r);
cocreate_status cci_rational_set_i64(cci_rational *r, int64_t num, int64_t den,
                                     cocreate_error *error);
/* num / den, den not 0. */
cocreate_status cci_rational_set_big(cci_rational *r, const mp_int *num, const mp_int *den,
                                     cocreate_error *error);
cocreate_status cci_rational_copy(cci_rational *to, const cci_rational *from,
                                  cocreate_error *error);
cocreate_status cci_rational_add(const cci_rational *a, const cci_rational *b, cci_rational *out,
                                 cocreate_error *error);
cocreate_status cci_rational_sub(const cci_rational *a, const cci_rational *b, cci_rational *out,
                                 cocreate_error *error);
cocreate_status cci_rational_mul(const cci_rational *a, const cci_rational *b, cci_rational *out,
                                 cocreate_error *error);
/* COCREATE_ERR_ARGUMENT if b is 0. */
cocreate_status cci_rational_div(const cci_rational *a, const cci_rational *b, cci_rational *out,
                                 cocreate_error *error);
/* -1, 0, 1; needs no memory that could fail for values set from int64; otherwise it can run out. */
cocreate_status cci_rational_compare(const cci_rational *a, const cci_rational *b, int *out,
                                     cocreate_error *error);
int cci_rational_sign(const cci_rational *r);

typedef enum cci_rounding {
    CCI_ROUND_FLOOR,     /* towards minus infinity */
    CCI_ROUND_CEIL,      /* towards plus infinity */
    CCI_ROUND_HALF_UP,   /* halves away from zero */
    CCI_ROUND_HALF_EVEN, /* halves to the even neighbour */
    CCI_ROUND_DOWN       /* towards zero */
} cci_rounding;

/* r * 10^decimals rounded to an int64; COCREATE_ERR_OVERFLOW if it does not fit. */
cocreate_status cci_rational_round(const cci_rational *r, int decimals, cci_rounding rounding,
                                   int64_t *out, cocreate_error *error);

/* From text: "12", "-0.25", ".5", "3/4", "1e-3" is refused; at most 400 characters.
 * COCREATE_ERR_PARSE otherwise. */
cocreate_status cci_rational_parse(const char *s, size_t size, cci_rational *r,
                                   cocreate_error *error);

/* How a rational is written: one of the two that follow. */
typedef cocreate_status cci_rational_writer(const cci_rational *r, cci_buffer *out,
                                            cocreate_error *error);
/* "p/q", or "p" when q is 1. */
cocreate_status cci_rational_text(const cci_rational *r, cci_buffer *out, cocreate_error *error);
/* As people write it: "12", "-2.5" where at most nine decimals tell it exactly, "3 1/3" where the
 * denominator is at most 12 (99 below 1: "1/87"), else the nearest decimal, "about 3.333445". */
cocreate_status cci_rational_say(const cci_rational *r, cci_buffer *out, cocreate_error *error);

/* Nearest double, ties to even; exact rounding by integer arithmetic. Huge values become the
 * largest finite double of their sign. */
cocreate_status cci_rational_double(const cci_rational *r, double *out, cocreate_error *error);

#endif
