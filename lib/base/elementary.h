/* Own logarithms and powers: only + - * /, frexp, ldexp, floor. The same bits on every machine that
 * has IEEE doubles and no contraction.
 *
 * Errors stay below 0.55 ulp where the result is normal, below 0.8 where it is subnormal, and a
 * result that a double holds exactly is that double: log10(1000) is 3, log2(8) is 3, 4^(1/2) is 2.
 * What decides about money is quantised first (base/quantise.h). */
#ifndef CCI_BASE_ELEMENTARY_H
#define CCI_BASE_ELEMENTARY_H

#include <stdint.h>

/* log(x), log2(x), log10(x): NaN for x < 0 or NaN, -infinity for 0, +infinity for +infinity. */
double cci_log(double x);
double cci_log2(double x);
double cci_log10(double x);
/* exp(x): 0 below -745.2, +infinity above 709.8, NaN for NaN. */
double cci_exp(double x);
/* x^(num/den) for den > 0: NaN for x < 0 or NaN; else 1 for num = 0, 0^0 among them; 0 and +infinity
 * are each other's negative powers. */
double cci_pow(double x, int64_t num, int64_t den);

#endif
