/* A double is m * 2^e: times 10^decimals, rounded to an integer, over 10^decimals. */
#include <float.h>
#include <math.h>

#include "base/quantise.h"

/* round(mantissa * ten / 2^down); down > 0. */
static mp_err shift_down(mp_int *value, int down, cci_rounding rounding)
{
    int is_negative = mp_isneg(value);
    mp_err result = mp_abs(value, value);
    mp_int half = {0};
    if (result == MP_OKAY)
        result = mp_init(&half);
    if (result != MP_OKAY)
        return result;
    result = mp_2expt(&half, down - 1);
    if (result == MP_OKAY)
        result = mp_add(value, &half, value);
    /* It was a half if nothing is left below the point, now that a half is added. */
    int is_half = !mp_iszero(value) && mp_cnt_lsb(value) >= down;
    if (result == MP_OKAY)
        result = mp_div_2d(value, down, value, NULL);
    if (result == MP_OKAY && is_half && rounding == CCI_ROUND_HALF_EVEN && mp_isodd(value))
        result = mp_sub_d(value, 1, value);
    if (result == MP_OKAY && is_negative)
        result = mp_neg(value, value);
    mp_clear(&half);
    return result;
}

static mp_err quantise(double value, int decimals, cci_rounding rounding, mp_int *num, mp_int *den)
{
    int exponent;
    double fraction = frexp(value, &exponent);
    exponent -= DBL_MANT_DIG;
    mp_set_i64(num, (int64_t)ldexp(fraction, DBL_MANT_DIG));
    mp_set(den, 10);
    mp_err result = mp_expt_u32(den, (uint32_t)decimals, den);
    if (result == MP_OKAY)
        result = mp_mul(num, den, num);
    if (result == MP_OKAY && exponent > 0)
        result = mp_mul_2d(num, exponent, num);
    else if (result == MP_OKAY && exponent < 0)
        result = shift_down(num, -exponent, rounding);
    return result;
}

cocreate_status cci_quantise_by(double value, int decimals, cci_rounding rounding,
                                cci_rational *out, cocreate_error *error)
{
    assert(decimals >= 0 && decimals <= 18);
    assert(rounding == CCI_ROUND_HALF_UP || rounding == CCI_ROUND_HALF_EVEN);
    if (value != value || fabs(value) > DBL_MAX)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "%s is no number to be rounded",
                        value != value ? "\"not a number\"" : "an infinity");
    mp_int num = {0}, den = {0};
    mp_err result = mp_init_multi(&num, &den, NULL);
    if (result != MP_OKAY)
        return cci_big_status(result, error);
    result = quantise(value, decimals, rounding, &num, &den);
    cocreate_status status = result == MP_OKAY ? cci_rational_set_big(out, &num, &den, error)
                                               : cci_big_status(result, error);
    mp_clear_multi(&num, &den, NULL);
    return status;
}

cocreate_status cci_quantise(double value, int decimals, cci_rational *out, cocreate_error *error)
{
    return cci_quantise_by(value, decimals, CCI_ROUND_HALF_UP, out, error);
}
