/* What exp lends to the functions built upon it. */
#ifndef CCI_BASE_ELEMENTARY_EXP_H
#define CCI_BASE_ELEMENTARY_EXP_H

/* exp(x + rest) for |rest| at most half a unit in the last place of x; no NaN. As exact as
 * cci_exp(). */
double cci_exp_of_sum(double x, double rest);

#endif
