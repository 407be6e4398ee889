/* Numbers as unevaluated sums of two doubles: 106 bits from + - * / alone. Right only where every
 * operation rounds to nearest in double, as the build sees to. */
#ifndef CCI_BASE_TWOFOLD_H
#define CCI_BASE_TWOFOLD_H

#if defined(__clang__)
#pragma STDC FP_CONTRACT OFF
#endif

typedef struct cci_twofold {
    double high, low; /* high is the double next to the sum */
} cci_twofold;

/* a + b = *sum + *error exactly (Knuth). */
static inline void cci_two_sum(double a, double b, double *sum, double *error)
{
    double s = a + b;
    double of_b = s - a, of_a = s - of_b;
    *error = (a - of_a) + (b - of_b);
    *sum = s;
}

/* a = *high + *low with 26 bits in each (Veltkamp). */
static inline void cci_two_halves(double a, double *high, double *low)
{
    double scaled = 134217729.0 * a; /* 2^27 + 1 */
    *high = scaled - (scaled - a);
    *low = a - *high;
}

/* a * b = *product + *error exactly (Dekker), far from overflow and underflow. */
static inline void cci_two_product(double a, double b, double *product, double *error)
{
    double p = a * b, ah, al, bh, bl;
    cci_two_halves(a, &ah, &al);
    cci_two_halves(b, &bh, &bl);
    *error = ((ah * bh - p) + ah * bl + al * bh) + al * bl;
    *product = p;
}

/* high + low, where |low| may be as large as |high|. */
static inline cci_twofold cci_twofold_of(double high, double low)
{
    cci_twofold t;
    cci_two_sum(high, low, &t.high, &t.low);
    return t;
}

/* Relative errors below 2^-101 each (Joldes, Muller, Popescu, ACM TOMS 44 (2017) 15res). Sums hold
 * that bound where the signs agree, or where one summand is at least twice the other. */
static inline cci_twofold cci_twofold_add(cci_twofold a, cci_twofold b)
{
    double high, high_error, low, low_error;
    cci_two_sum(a.high, b.high, &high, &high_error);
    cci_two_sum(a.low, b.low, &low, &low_error);
    cci_twofold t = cci_twofold_of(high, high_error + low);
    return cci_twofold_of(t.high, t.low + low_error);
}

static inline cci_twofold cci_twofold_mul(cci_twofold a, cci_twofold b)
{
    double product, error;
    cci_two_product(a.high, b.high, &product, &error);
    return cci_twofold_of(product, error + (a.high * b.low + a.low * b.high));
}

static inline cci_twofold cci_twofold_div(cci_twofold a, cci_twofold b)
{
    double first = a.high / b.high;
    cci_twofold back = cci_twofold_mul(b, (cci_twofold){first, 0.0});
    double rest = (a.high - back.high) + (a.low - back.low);
    return cci_twofold_of(first, rest / b.high);
}

#endif
