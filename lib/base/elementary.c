/* log and exp from + - * /, floor and powers of two alone: the same bits on every machine.
 *
 * Both carry the leading part of the result as an unevaluated sum of two doubles and only its small
 * correction as one, so that all but the last rounding costs about 1/25 of a unit in the last
 * place: errors stay below 0.55 ulp where the result is normal, below 0.8 where it is subnormal.
 * exp is table-driven after P. T. P. Tang, ACM TOMS 15 (1989) 144-157. */
#include <float.h>
#include <math.h>

#include "base/elementary.h"
#include "base/elementary_exp.h"
#include "base/fail.h"
#include "base/twofold.h"

/* atanh(s)/s - 1 = z/3 + z^2/5 + ... with z = s^2 <= 0.0295; what is left out is below 2^-68. */
static double atanh_tail(double z)
{
    double sum = 0.0;
    for (int n = 12; n >= 1; n--)
        sum = (sum + 1.0 / (2 * n + 1)) * z;
    return sum;
}

/* ln 2 = LN2_HIGH + LN2_LOW; LN2_HIGH has 42 bits, so that its multiples up to 2^11 are exact. */
#define LN2_HIGH 0x1.62e42fefa3800p-1
#define LN2_LOW 0x1.ef35793c76730p-45

double cci_log(double x)
{
    if (x != x || x < 0.0)
        return NAN; /* of one sign everywhere, as 0/0 is not */
    if (x == 0.0)
        return -HUGE_VAL;
    if (x > DBL_MAX)
        return x;

    /* x = m * 2^k, sqrt(1/2) <= m < sqrt(2) */
    int k;
    double m = frexp(x, &k);
    if (m < 0.70710678118654752440) {
        m *= 2.0;
        k--;
    }
    /* log m = 2 atanh(f / (2 + f)); f is exact, the quotient is s + s_low */
    double f = m - 1.0, d, d_low, product, product_low;
    cci_two_sum(m, 1.0, &d, &d_low);
    double s = f / d;
    cci_two_product(s, d, &product, &product_low);
    double s_low = (((f - product) - product_low) - s * d_low) / d;

    double sum, sum_low;
    cci_two_sum(k * LN2_HIGH, 2.0 * s, &sum, &sum_low);
    double correction = 2.0 * s_low + 2.0 * s * atanh_tail(s * s);
    return sum + (sum_low + (k * LN2_LOW + correction));
}

/* 2^(j/32), the double next to it and what is left. */
static const double power[32][2] = {
    {0x1.0000000000000p+0, 0x0.0000000000000p+0},   {0x1.059b0d3158574p+0, 0x1.d73e2a475b465p-55},
    {0x1.0b5586cf9890fp+0, 0x1.8a62e4adc610bp-54},  {0x1.11301d0125b51p+0, -0x1.6c51039449b3ap-54},
    {0x1.172b83c7d517bp+0, -0x1.19041b9d78a76p-55}, {0x1.1d4873168b9aap+0, 0x1.e016e00a2643cp-54},
    {0x1.2387a6e756238p+0, 0x1.9b07eb6c70573p-54},  {0x1.29e9df51fdee1p+0, 0x1.612e8afad1255p-55},
    {0x1.306fe0a31b715p+0, 0x1.6f46ad23182e4p-55},  {0x1.371a7373aa9cbp+0, -0x1.63aeabf42eae2p-54},
    {0x1.3dea64c123422p+0, 0x1.ada0911f09ebcp-55},  {0x1.44e086061892dp+0, 0x1.89b7a04ef80d0p-59},
    {0x1.4bfdad5362a27p+0, 0x1.d4397afec42e2p-56},  {0x1.5342b569d4f82p+0, -0x1.07abe1db13cadp-55},
    {0x1.5ab07dd485429p+0, 0x1.6324c054647adp-54},  {0x1.6247eb03a5585p+0, -0x1.383c17e40b497p-54},
    {0x1.6a09e667f3bcdp+0, -0x1.bdd3413b26456p-54}, {0x1.71f75e8ec5f74p+0, -0x1.16e4786887a99p-55},
    {0x1.7a11473eb0187p+0, -0x1.41577ee04992fp-55}, {0x1.82589994cce13p+0, -0x1.d4c1dd41532d8p-54},
    {0x1.8ace5422aa0dbp+0, 0x1.6e9f156864b27p-54},  {0x1.93737b0cdc5e5p+0, -0x1.75fc781b57ebcp-57},
    {0x1.9c49182a3f090p+0, 0x1.c7c46b071f2bep-56},  {0x1.a5503b23e255dp+0, -0x1.d2f6edb8d41e1p-54},
    {0x1.ae89f995ad3adp+0, 0x1.7a1cd345dcc81p-54},  {0x1.b7f76f2fb5e47p+0, -0x1.5584f7e54ac3bp-56},
    {0x1.c199bdd85529cp+0, 0x1.11065895048ddp-55},  {0x1.cb720dcef9069p+0, 0x1.503cbd1e949dbp-56},
    {0x1.d5818dcfba487p+0, 0x1.2ed02d75b3707p-55},  {0x1.dfc97337b9b5fp+0, -0x1.1a5cd4f184b5cp-54},
    {0x1.ea4afa2a490dap+0, -0x1.e9c23179c2893p-54}, {0x1.f50765b6e4540p+0, 0x1.9d3e12dd8a18bp-54},
};

/* ln 2 / 32 in three parts, the first two of 37 bits: their multiples up to 2^16 are exact. */
#define STEP_HIGH 0x1.62e42fefa0000p-6
#define STEP_MIDDLE 0x1.cf79abc9e0000p-45
#define STEP_LOW 0x1.d9cc01f97b57ap-84
#define STEPS_PER_UNIT 0x1.71547652b82fep+5 /* 32 / ln 2 */

/* e^r - 1 - r for |r| <= 0.0109; what is left out is below 2^-77. */
static double exp_tail(double r)
{
    static const double factorials[] = {2, 6, 24, 120, 720, 5040, 40320};
    double sum = 0.0;
    for (int i = 6; i >= 0; i--)
        sum = sum * r + 1.0 / factorials[i];
    return r * r * sum;
}

double cci_exp_of_sum(double x, double rest)
{
    if (x > 710.0)
        return HUGE_VAL;
    if (x < -746.0)
        return 0.0;

    /* x = n * ln2/32 + r + r_low */
    double n = floor(x * STEPS_PER_UNIT + 0.5);
    double r, r_low;
    cci_two_sum(x - n * STEP_HIGH, -(n * STEP_MIDDLE), &r, &r_low);
    r_low -= n * STEP_LOW;
    /* `rest` may lie above what r can do without */
    double over;
    cci_two_sum(r, rest, &r, &over);
    r_low += over;

    /* e^x = 2^(n/32) * (1 + p) */
    double p = r + (exp_tail(r) + r_low);
    int steps = (int)n;
    int j = (steps % 32 + 32) % 32;
    double value = power[j][0] + (power[j][1] + power[j][0] * p);
    return ldexp(value, (steps - j) / 32);
}

double cci_exp(double x)
{
    return x != x ? NAN : cci_exp_of_sum(x, 0.0);
}
