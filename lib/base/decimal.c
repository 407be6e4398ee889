/* Doubles from and to decimal digits.
 *
 * Writing follows Steele & White (1990), "How to print floating-point numbers accurately", in the
 * free-format form of Burger & Dybvig (1996); of two equally near last digits the even one is
 * taken, as ECMA-262 (Number::toString, note 2) and so RFC 8785 ask. */
#include <float.h>
#include <math.h>
#include <string.h>

#include "base/decimal.h"
#include "base/rational.h"

/* Fast paths compute in double; results must not depend on wider registers. s390x has 1, which
 * concerns float only. */
#if FLT_EVAL_METHOD != 0 && FLT_EVAL_METHOD != 1
#error "double arithmetic must be done in double: on i686 build with -msse2 -mfpmath=sse"
#endif
#if FLT_RADIX != 2 || DBL_MANT_DIG != 53 || DBL_MAX_EXP != 1024
#error "double must be IEEE 754 binary64"
#endif

#define LOWEST_EXPONENT (-1074) /* of the last bit of a subnormal */

/* mantissa * 2^exponent + something below (sticky), rounded to a double. */
static double round_to_double(uint64_t mantissa, int bits, int exponent, int sticky)
{
    int drop = bits - 53;
    if (exponent + drop < LOWEST_EXPONENT)
        drop = LOWEST_EXPONENT - exponent;
    if (drop > bits) /* below half of the least double */
        return 0.0;
    assert(drop > 0 && drop < 64);
    uint64_t kept = mantissa >> drop;
    uint64_t rest = mantissa & ((UINT64_C(1) << drop) - 1);
    uint64_t half = UINT64_C(1) << (drop - 1);
    if (rest > half || (rest == half && (sticky || (kept & 1))))
        kept++;
    if (exponent + drop > DBL_MAX_EXP)
        return HUGE_VAL;
    return ldexp((double)kept, exponent + drop);
}

cocreate_status cci_ratio_double(const mp_int *num, const mp_int *den, double *out,
                                 cocreate_error *error)
{
    assert(!mp_iszero(den) && den->sign == MP_ZPOS);
    if (mp_iszero(num)) {
        *out = 0.0;
        return COCREATE_OK;
    }
    /* Scale by a power of two so that the quotient has 55 or 56 bits: two more than are kept. */
    int shift = 55 - (mp_count_bits(num) - mp_count_bits(den));
    mp_int a = {0}, b = {0};
    CCI_TRY(cci_big_status(mp_init_multi(&a, &b, NULL), error));
    mp_err result = mp_abs(num, &a);
    if (result == MP_OKAY)
        result = mp_copy(den, &b);
    if (result == MP_OKAY)
        result = shift > 0 ? mp_mul_2d(&a, shift, &a) : mp_mul_2d(&b, -shift, &b);
    if (result == MP_OKAY)
        result = mp_div(&a, &b, &a, &b);
    if (result == MP_OKAY) {
        double value =
            round_to_double(mp_get_mag_u64(&a), mp_count_bits(&a), -shift, !mp_iszero(&b));
        *out = num->sign == MP_NEG ? -value : value;
    }
    mp_clear_multi(&a, &b, NULL);
    return cci_big_status(result, error);
}

/* Exact in double, each of them. */
static const double powers_of_ten[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                       1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                       1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* Both factors exact, hence one rounding (Clinger 1990); 0 when they are not. */
static int quick_double(const char *digits, size_t n, int64_t exponent, double *out)
{
    if (n > 15 || exponent < -22 || exponent > 22)
        return 0;
    int64_t whole = 0;
    for (size_t i = 0; i < n; i++)
        whole = whole * 10 + (digits[i] - '0');
    double value = (double)whole;
    *out = exponent < 0 ? value / powers_of_ten[-exponent] : value * powers_of_ten[exponent];
    return 1;
}

cocreate_status cci_decimal_double(const char *digits, size_t n, int64_t point, double *out,
                                   cocreate_error *error)
{
    assert(n <= CCI_DECIMAL_MAX);
    for (; n > 0 && digits[0] == '0'; digits++, n--)
        point--;
    while (n > 0 && digits[n - 1] == '0')
        n--;
    if (n == 0 || point < -330) {
        *out = 0.0;
        return COCREATE_OK;
    }
    if (point > 310) {
        *out = HUGE_VAL;
        return COCREATE_OK;
    }
    int64_t exponent = point - (int64_t)n;
    if (quick_double(digits, n, exponent, out))
        return COCREATE_OK;

    char text[CCI_DECIMAL_MAX + 1];
    memcpy(text, digits, n);
    text[n] = '\0';
    mp_int num = {0}, den = {0}, scale = {0};
    CCI_TRY(cci_big_status(mp_init_multi(&num, &den, &scale, NULL), error));
    mp_set(&den, 1);
    mp_set(&scale, 10);
    mp_err result = mp_read_radix(&num, text, 10);
    if (result == MP_OKAY)
        result = mp_expt_u32(&scale, (uint32_t)(exponent < 0 ? -exponent : exponent), &scale);
    if (result == MP_OKAY)
        result = exponent < 0 ? mp_copy(&scale, &den) : mp_mul(&num, &scale, &num);
    cocreate_status status = cci_big_status(result, error);
    if (status == COCREATE_OK)
        status = cci_ratio_double(&num, &den, out, error);
    mp_clear_multi(&num, &den, &scale, NULL);
    return status;
}

/* Integers below 2^53 have no neighbour within 1/2, so no fewer digits than their own will do. */
static int quick_shortest(double value, cci_decimal *out)
{
    if (value >= 9007199254740992.0 || floor(value) != value)
        return 0;
    char reversed[17];
    int n = 0;
    for (uint64_t rest = (uint64_t)value; rest || n == 0; rest /= 10)
        reversed[n++] = (char)('0' + rest % 10);
    out->point = n;
    int zeros = 0;
    while (zeros < n - 1 && reversed[zeros] == '0')
        zeros++;
    out->count = n - zeros;
    for (int i = 0; i < out->count; i++)
        out->digits[i] = reversed[n - 1 - i];
    out->digits[out->count] = '\0';
    return 1;
}

/* The number is r/s; the doubles next to it lie 2*below/s and 2*above/s away. */
typedef struct shortest {
    mp_int r, s, above, below, scratch;
    int inclusive; /* do the borders themselves read back as the number: is its mantissa even? */
} shortest;

/* r, s, above, below for mantissa * 2^exponent (Burger & Dybvig, table 1). */
static mp_err start_shortest(shortest *w, uint64_t mantissa, int exponent)
{
    /* Just above a power of two the doubles below lie closer. */
    int uneven = mantissa == UINT64_C(1) << 52 && exponent > LOWEST_EXPONENT;
    int up = exponent > 0 ? exponent : 0, down = exponent < 0 ? -exponent : 0;
    w->inclusive = mantissa % 2 == 0;
    mp_set_u64(&w->r, mantissa);
    mp_set(&w->s, 1);
    mp_set(&w->below, 1);
    mp_err result = mp_mul_2d(&w->r, up + 1 + uneven, &w->r);
    if (result == MP_OKAY)
        result = mp_mul_2d(&w->s, down + 1 + uneven, &w->s);
    if (result == MP_OKAY)
        result = mp_mul_2d(&w->below, up, &w->below);
    if (result == MP_OKAY)
        result = mp_mul_2d(&w->below, uneven, &w->above);
    return result;
}

/* Does r + above reach s, so that the number as seen from above is at least 1? */
static mp_err reaches_one(shortest *w, int *out)
{
    mp_err result = mp_add(&w->r, &w->above, &w->scratch);
    mp_ord order = mp_cmp(&w->scratch, &w->s);
    *out = order == MP_GT || (order == MP_EQ && w->inclusive);
    return result;
}

static mp_err times_ten(shortest *w)
{
    mp_err result = mp_mul_d(&w->r, 10, &w->r);
    if (result == MP_OKAY)
        result = mp_mul_d(&w->above, 10, &w->above);
    if (result == MP_OKAY)
        result = mp_mul_d(&w->below, 10, &w->below);
    return result;
}

/* Scale so that the number becomes 0.d1d2... ; *point is the power of ten that was taken out. */
static mp_err scale_shortest(shortest *w, int binary_exponent, int *point)
{
    /* ceil(log10(2) * (binary_exponent - 1)) is the point or one less: 2^e <= value. Integer
     * arithmetic with log10(2) from below, exact enough for |e| < 2000. */
    int e = binary_exponent - 1;
    int64_t scaled = (int64_t)e * INT64_C(30102999566);
    int k = (int)(scaled / INT64_C(100000000000)) + (scaled > 0);
    mp_set(&w->scratch, 10);
    mp_err result = mp_expt_u32(&w->scratch, (uint32_t)(k < 0 ? -k : k), &w->scratch);
    if (result == MP_OKAY && k >= 0)
        result = mp_mul(&w->s, &w->scratch, &w->s);
    if (result == MP_OKAY && k < 0) {
        result = mp_mul(&w->r, &w->scratch, &w->r);
        if (result == MP_OKAY)
            result = mp_mul(&w->above, &w->scratch, &w->above);
        if (result == MP_OKAY)
            result = mp_mul(&w->below, &w->scratch, &w->below);
    }
    int too_low = 0;
    if (result == MP_OKAY)
        result = reaches_one(w, &too_low);
    if (result == MP_OKAY && too_low)
        result = mp_mul_d(&w->s, 10, &w->s);
    *point = k + too_low;
    return result;
}

/* One digit after another until what is left is within the reach of the number's borders. */
static mp_err write_digits(shortest *w, cci_decimal *out)
{
    out->count = 0;
    for (;;) {
        assert(out->count < 17);
        mp_err result = times_ten(w);
        if (result == MP_OKAY)
            result = mp_div(&w->r, &w->s, &w->scratch, &w->r);
        if (result != MP_OKAY)
            return result;
        int digit = (int)mp_get_mag_u64(&w->scratch);
        mp_ord low = mp_cmp(&w->r, &w->below);
        int stop_low = low == MP_LT || (low == MP_EQ && w->inclusive);
        int stop_high;
        result = reaches_one(w, &stop_high);
        if (result == MP_OKAY && stop_low && stop_high)
            result = mp_mul_2(&w->r, &w->r);
        if (result != MP_OKAY)
            return result;
        if (stop_low && stop_high) {
            mp_ord order = mp_cmp(&w->r, &w->s);
            digit += order == MP_GT || (order == MP_EQ && digit % 2 == 1);
        } else if (stop_high) {
            digit++;
        }
        assert(digit <= 9);
        out->digits[out->count++] = (char)('0' + digit);
        if (stop_low || stop_high)
            break;
    }
    out->digits[out->count] = '\0';
    return MP_OKAY;
}

cocreate_status cci_decimal_shortest(double value, cci_decimal *out, cocreate_error *error)
{
    assert(value - value == 0.0); /* finite */
    cci_decimal made = {.negative = value < 0};
    value = fabs(value);
    if (quick_shortest(value, &made)) {
        *out = made;
        return COCREATE_OK;
    }
    int binary_exponent;
    double fraction = frexp(value, &binary_exponent);
    /* Subnormals keep their last bit at LOWEST_EXPONENT and have fewer bits. */
    int exponent = binary_exponent - 53;
    if (exponent < LOWEST_EXPONENT)
        exponent = LOWEST_EXPONENT;
    uint64_t mantissa = (uint64_t)ldexp(fraction, binary_exponent - exponent);

    shortest w = {0};
    CCI_TRY(cci_big_status(mp_init_multi(&w.r, &w.s, &w.above, &w.below, &w.scratch, NULL),
                           error));
    mp_err result = start_shortest(&w, mantissa, exponent);
    if (result == MP_OKAY)
        result = scale_shortest(&w, binary_exponent, &made.point);
    if (result == MP_OKAY)
        result = write_digits(&w, &made);
    if (result == MP_OKAY)
        *out = made;
    mp_clear_multi(&w.r, &w.s, &w.above, &w.below, &w.scratch, NULL);
    return cci_big_status(result, error);
}
