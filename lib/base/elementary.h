/* Own log and exp: only + - * /, frexp, ldexp, floor. The same bits on every machine that has IEEE
 * doubles and no contraction; error at most 1 ulp. */
#ifndef CCI_BASE_ELEMENTARY_H
#define CCI_BASE_ELEMENTARY_H

/* log(x): NaN for x < 0 or NaN, -infinity for 0, +infinity for +infinity. */
double cci_log(double x);
/* exp(x): 0 below -745.2, +infinity above 709.8, NaN for NaN. */
double cci_exp(double x);

#endif
