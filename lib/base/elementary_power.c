/* Powers, and logarithms to other bases: the logarithm to 2^-74 as a sum of two doubles, so that a
 * factor of 745 on it still leaves the last rounding the only one that counts. */
#include <float.h>
#include <math.h>

#include "base/elementary.h"
#include "base/elementary_exp.h"
#include "base/fail.h"
#include "base/twofold.h"

static cci_twofold exactly(double a)
{
    return (cci_twofold){a, 0.0};
}

/* 1 + z/3 + z^2/5 + ... = atanh(s)/s for z = s^2 <= 0.0295. From z^4 on doubles suffice: their
 * errors are below 2^-76 of the sum, what is left out behind z^15 below 2^-80. */
static cci_twofold atanh_ratio(cci_twofold z)
{
    double tail = 0.0;
    for (int n = 15; n >= 4; n--)
        tail = tail * z.high + 1.0 / (2 * n + 1);
    cci_twofold sum = exactly(tail);
    for (int n = 3; n >= 0; n--)
        sum = cci_twofold_add(cci_twofold_div(exactly(1.0), exactly(2.0 * n + 1.0)),
                              cci_twofold_mul(sum, z));
    return sum;
}

/* x = m * 2^k with sqrt(1/2) <= m < sqrt(2), and log m; x is positive and finite. */
static cci_twofold log_of_fraction(double x, int *k)
{
    double m = frexp(x, k);
    if (m < 0.70710678118654752440) {
        m *= 2.0;
        --*k;
    }
    /* log m = 2 atanh(f / (2 + f)) with the exact f = m - 1 */
    cci_twofold s = cci_twofold_div(exactly(m - 1.0), cci_twofold_of(m, 1.0));
    cci_twofold log_m = cci_twofold_mul(s, atanh_ratio(cci_twofold_mul(s, s)));
    return (cci_twofold){2.0 * log_m.high, 2.0 * log_m.low};
}

/* ln 2; the high part has 42 bits, so that its multiples up to 2^11 are exact. */
#define LN2_HIGH 0x1.62e42fefa3800p-1
#define LN2_LOW 0x1.ef35793c76730p-45

static cci_twofold twofold_log(double x)
{
    int k;
    cci_twofold log_m = log_of_fraction(x, &k);
    if (k == 0)
        return log_m;
    cci_twofold low = cci_twofold_mul(exactly(k), exactly(LN2_LOW));
    return cci_twofold_add(cci_twofold_add(exactly(k * LN2_HIGH), low), log_m);
}

/* Is log(x) no finite number? Then *out says what it is. */
static int log_is_special(double x, double *out)
{
    if (x != x || x < 0.0)
        *out = NAN;
    else if (x == 0.0)
        *out = -HUGE_VAL;
    else if (x > DBL_MAX)
        *out = x;
    else
        return 0;
    return 1;
}

double cci_log2(double x)
{
    static const cci_twofold log2_e = {0x1.71547652b82fep+0, 0x1.777d0ffda0d24p-56};
    double special = 0.0;
    if (log_is_special(x, &special))
        return special;
    int k;
    cci_twofold of_m = cci_twofold_mul(log_of_fraction(x, &k), log2_e);
    return cci_twofold_add(exactly(k), of_m).high;
}

double cci_log10(double x)
{
    static const cci_twofold log10_e = {0x1.bcb7b1526e50ep-2, 0x1.95355baaafad3p-57};
    double special = 0.0;
    if (log_is_special(x, &special))
        return special;
    return cci_twofold_mul(twofold_log(x), log10_e).high;
}

/* Both parts of the halves of an int64 are doubles. */
static cci_twofold of_i64(int64_t a)
{
    const int64_t half = INT64_C(1) << 32;
    return cci_twofold_of((double)(a / half) * (double)half, (double)(a % half));
}

double cci_pow(double x, int64_t num, int64_t den)
{
    assert(den > 0);
    if (x != x || x < 0.0)
        return NAN;
    if (num == 0 || x == 1.0)
        return 1.0;
    if (x == 0.0 || x > DBL_MAX)
        return (x == 0.0) == (num > 0) ? 0.0 : HUGE_VAL;
    cci_twofold exponent = cci_twofold_div(of_i64(num), of_i64(den));
    cci_twofold power = cci_twofold_mul(exponent, twofold_log(x));
    return cci_exp_of_sum(power.high, power.low);
}
