/* Rationals as text, as rounded integers and as doubles. */
#include <float.h>
#include <limits.h>
#include <string.h>

#include "base/decimal.h"
#include "base/rational.h"
#include "base/text.h"

/* Longest text of a rational that is read. */
#define TEXT_MAX 400

/* Is a magnitude of quotient + rest/den to be raised by one? `rest` >= 0 is doubled on the way. */
static mp_err rounds_away(cci_rounding rounding, int negative, const mp_int *quotient,
                          mp_int *rest, const mp_int *den, int *away)
{
    if (mp_iszero(rest) || rounding == CCI_ROUND_DOWN) {
        *away = 0;
        return MP_OKAY;
    }
    if (rounding == CCI_ROUND_FLOOR || rounding == CCI_ROUND_CEIL) {
        *away = negative == (rounding == CCI_ROUND_FLOOR);
        return MP_OKAY;
    }
    mp_err result = mp_mul_2(rest, rest);
    mp_ord order = mp_cmp_mag(rest, den);
    *away = order == MP_GT ||
            (order == MP_EQ && (rounding == CCI_ROUND_HALF_UP || mp_isodd(quotient)));
    return result;
}

/* *out = -magnitude or +magnitude; 0 when an int64 does not hold it. */
static int to_i64(const mp_int *magnitude, int negative, int64_t *out)
{
    if (mp_count_bits(magnitude) > 64)
        return 0;
    uint64_t m = mp_get_mag_u64(magnitude);
    if (m > (uint64_t)INT64_MAX + (uint64_t)negative)
        return 0;
    *out = negative && m ? -(int64_t)(m - 1) - 1 : (int64_t)m;
    return 1;
}

cocreate_status cci_rational_round(const cci_rational *r, int decimals, cci_rounding rounding,
                                   int64_t *out, cocreate_error *error)
{
    if (decimals < -TEXT_MAX || decimals > TEXT_MAX)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "%d decimals, at most %d are allowed",
                        decimals, TEXT_MAX);
    int negative = cci_rational_sign(r) < 0;
    mp_int num = {0}, den = {0}, ten = {0}, rest = {0};
    mp_err result = mp_init_multi(&num, &den, &ten, &rest, NULL);
    if (result != MP_OKAY)
        return cci_big_status(result, error);
    mp_set(&ten, 10);
    result = mp_expt_u32(&ten, (uint32_t)(decimals < 0 ? -decimals : decimals), &ten);
    if (result == MP_OKAY)
        result = decimals > 0 ? mp_mul(&r->num, &ten, &num) : mp_copy(&r->num, &num);
    if (result == MP_OKAY)
        result = decimals < 0 ? mp_mul(&r->den, &ten, &den) : mp_copy(&r->den, &den);
    if (result == MP_OKAY)
        result = mp_abs(&num, &num);
    if (result == MP_OKAY)
        result = mp_div(&num, &den, &num, &rest);
    int away = 0;
    if (result == MP_OKAY)
        result = rounds_away(rounding, negative, &num, &rest, &den, &away);
    if (result == MP_OKAY && away)
        result = mp_add_d(&num, 1, &num);
    cocreate_status status = cci_big_status(result, error);
    if (status == COCREATE_OK && !to_i64(&num, negative, out))
        status = cci_fail(error, COCREATE_ERR_OVERFLOW,
                          "the number with %d decimals does not fit 64 bits", decimals);
    mp_clear_multi(&num, &den, &ten, &rest, NULL);
    return status;
}

/* "-12.50" or "-3/4" taken apart: the digits of numerator and denominator in decimal. */
typedef struct number_text {
    int negative;
    size_t scale; /* digits behind the point */
    char num[TEXT_MAX + 1];
    char den[TEXT_MAX + 1]; /* empty for 1 */
} number_text;

static size_t copy_digits(const char *s, size_t size, char *out)
{
    size_t n = 0;
    while (n < size && s[n] >= '0' && s[n] <= '9')
        n++;
    memcpy(out, s, n);
    out[n] = '\0';
    return n;
}

/* 1 if `s` is a number: -?digits, -?digits.digits, -?.digits or -?digits/digits. */
static int take_apart(const char *s, size_t size, number_text *t)
{
    size_t at = size > 0 && s[0] == '-';
    t->negative = at > 0;
    t->scale = 0;
    t->den[0] = '\0';
    size_t whole = copy_digits(s + at, size - at, t->num);
    at += whole;
    if (at == size)
        return whole > 0;
    char mark = s[at++];
    if (mark == '.') {
        t->scale = copy_digits(s + at, size - at, t->num + whole);
        return t->scale > 0 && at + t->scale == size;
    }
    size_t below = mark == '/' && whole > 0 ? copy_digits(s + at, size - at, t->den) : 0;
    return below > 0 && at + below == size;
}

static mp_err to_big(const number_text *t, mp_int *num, mp_int *den)
{
    mp_err result = mp_read_radix(num, t->num, 10);
    if (result == MP_OKAY && t->negative)
        result = mp_neg(num, num);
    if (result != MP_OKAY)
        return result;
    if (t->den[0])
        return mp_read_radix(den, t->den, 10);
    mp_set(den, 10);
    return mp_expt_u32(den, (uint32_t)t->scale, den);
}

cocreate_status cci_rational_parse(const char *s, size_t size, cci_rational *r,
                                   cocreate_error *error)
{
    if (size > TEXT_MAX)
        return cci_fail(error, COCREATE_ERR_PARSE,
                        "a number of %zu characters, at most %d are allowed", size, TEXT_MAX);
    number_text t;
    char shown[64];
    if (!take_apart(s, size, &t))
        return cci_fail(error, COCREATE_ERR_PARSE,
                        "\"%s\" is not a number such as 12, -0.25 or 3/4",
                        cci_quote(s, size, shown, sizeof shown));
    mp_int num = {0}, den = {0};
    CCI_TRY(cci_big_status(mp_init_multi(&num, &den, NULL), error));
    cocreate_status status = cci_big_status(to_big(&t, &num, &den), error);
    if (status == COCREATE_OK && mp_iszero(&den))
        status = cci_fail(error, COCREATE_ERR_PARSE, "\"%s\" has the denominator 0",
                          cci_quote(s, size, shown, sizeof shown));
    if (status == COCREATE_OK)
        status = cci_rational_set_big(r, &num, &den, error);
    mp_clear_multi(&num, &den, NULL);
    return status;
}

static cocreate_status add_big(const mp_int *a, cci_buffer *out, cocreate_error *error)
{
    int room;
    CCI_TRY(cci_big_status(mp_radix_size(a, 10, &room), error));
    char *at = cci_buffer_reserve(out, (size_t)room);
    if (!at)
        return cci_no_memory(error);
    /* The count that mp_to_radix reports has changed meaning between versions; strlen has not. */
    CCI_TRY(cci_big_status(mp_to_radix(a, at, (size_t)room, NULL, 10), error));
    out->size += strlen(at);
    return COCREATE_OK;
}

cocreate_status cci_rational_text(const cci_rational *r, cci_buffer *out, cocreate_error *error)
{
    size_t before = out->size;
    cocreate_status status = add_big(&r->num, out, error);
    if (status == COCREATE_OK && mp_cmp_d(&r->den, 1) != MP_EQ) {
        cci_buffer_byte(out, '/');
        status = add_big(&r->den, out, error);
    }
    if (status != COCREATE_OK)
        cci_buffer_cut(out, before);
    return status;
}

/* -- For people ------------------------------------------------------------------------------- */

/* Most decimals of a number that is told exactly, and of one that is told nearly; 10^18 fits 64 bits. */
#define EXACT_DECIMALS 9
#define ABOUT_DECIMALS 6
#define FINEST_DECIMALS 18
/* Largest denominators that are told as fractions: as in "3 1/3", and below 1, as in "1/87". */
#define MIXED_MAX 12
#define PROPER_MAX 99

/* Decimals of 1/den, or -1 if they do not end, or not soon. */
static int ending_decimals(const mp_int *den)
{
    if (mp_count_bits(den) > 63)
        return -1;
    uint64_t rest = mp_get_mag_u64(den);
    int twos = 0, fives = 0;
    for (; rest % 2 == 0; rest /= 2)
        twos++;
    for (; rest % 5 == 0; rest /= 5)
        fives++;
    int decimals = twos > fives ? twos : fives;
    return rest == 1 && decimals <= EXACT_DECIMALS ? decimals : -1;
}

/* Digits behind the point, without the zeros at their end. */
static void add_decimals(uint64_t digits, int decimals, cci_buffer *out)
{
    char text[FINEST_DECIMALS + 1];
    for (int i = decimals; i > 0; i--, digits /= 10)
        text[i - 1] = (char)('0' + digits % 10);
    while (decimals > 0 && text[decimals - 1] == '0')
        decimals--;
    if (decimals > 0)
        cci_buffer_byte(out, '.');
    cci_buffer_add(out, text, (size_t)decimals);
}

/* A magnitude of `scaled` / 10^decimals; changes `scaled`. */
static cocreate_status say_decimal(mp_int *scaled, int decimals, int about, int negative,
                                   cci_buffer *out, cocreate_error *error)
{
    mp_int scale = {0}, rest = {0};
    mp_err result = mp_init_multi(&scale, &rest, NULL);
    if (result != MP_OKAY)
        return cci_big_status(result, error);
    mp_set(&scale, 10);
    result = mp_expt_u32(&scale, (uint32_t)decimals, &scale);
    if (result == MP_OKAY)
        result = mp_div(scaled, &scale, scaled, &rest);
    cocreate_status status = cci_big_status(result, error);
    if (status == COCREATE_OK) {
        cci_buffer_text(out, about ? "about " : "");
        cci_buffer_text(out, negative ? "-" : "");
        status = add_big(scaled, out, error);
        add_decimals(mp_get_mag_u64(&rest), decimals, out);
    }
    mp_clear_multi(&scale, &rest, NULL);
    return status;
}

/* scaled = |r| * 10^decimals, to the nearest, halves up. */
static mp_err scale_up(const cci_rational *r, int decimals, mp_int *scaled, mp_int *rest)
{
    mp_set(scaled, 10);
    mp_err result = mp_expt_u32(scaled, (uint32_t)decimals, scaled);
    if (result == MP_OKAY)
        result = mp_mul(scaled, &r->num, scaled);
    if (result == MP_OKAY)
        result = mp_abs(scaled, scaled);
    if (result == MP_OKAY)
        result = mp_mul_2(scaled, scaled);
    if (result == MP_OKAY)
        result = mp_add(scaled, &r->den, scaled);
    if (result == MP_OKAY)
        result = mp_div(scaled, &r->den, scaled, rest);
    return result == MP_OKAY ? mp_div_2(scaled, scaled) : result;
}

/* "3 1/3": whole is the quotient of |r|, rest what is left over the denominator. */
static cocreate_status say_fraction(const cci_rational *r, const mp_int *whole, const mp_int *rest,
                                    cci_buffer *out, cocreate_error *error)
{
    cci_buffer_text(out, cci_rational_sign(r) < 0 ? "-" : "");
    if (!mp_iszero(whole)) {
        CCI_TRY(add_big(whole, out, error));
        cci_buffer_byte(out, ' ');
    }
    CCI_TRY(add_big(rest, out, error));
    cci_buffer_byte(out, '/');
    return add_big(&r->den, out, error);
}

static cocreate_status say(const cci_rational *r, mp_int *scaled, mp_int *rest, cci_buffer *out,
                           cocreate_error *error)
{
    int decimals = ending_decimals(&r->den), about = decimals < 0;
    int proper = mp_cmp_mag(&r->num, &r->den) == MP_LT;
    if (about && mp_cmp_d(&r->den, proper ? PROPER_MAX : MIXED_MAX) != MP_GT) {
        CCI_TRY(cci_big_status(mp_div(&r->num, &r->den, scaled, rest), error));
        CCI_TRY(cci_big_status(mp_abs(scaled, scaled), error));
        CCI_TRY(cci_big_status(mp_abs(rest, rest), error));
        return say_fraction(r, scaled, rest, out, error);
    }
    if (about)
        decimals = ABOUT_DECIMALS;
    CCI_TRY(cci_big_status(scale_up(r, decimals, scaled, rest), error));
    while (about && mp_cmp_d(scaled, 100) == MP_LT && decimals < FINEST_DECIMALS) {
        decimals += ABOUT_DECIMALS; /* so small that nothing would be left of it */
        CCI_TRY(cci_big_status(scale_up(r, decimals, scaled, rest), error));
    }
    if (about && mp_iszero(scaled))
        return cci_rational_text(r, out, error);
    return say_decimal(scaled, decimals, about, cci_rational_sign(r) < 0, out, error);
}

cocreate_status cci_rational_say(const cci_rational *r, cci_buffer *out, cocreate_error *error)
{
    size_t before = out->size;
    mp_int scaled = {0}, rest = {0};
    CCI_TRY(cci_big_status(mp_init_multi(&scaled, &rest, NULL), error));
    cocreate_status status = say(r, &scaled, &rest, out, error);
    mp_clear_multi(&scaled, &rest, NULL);
    if (status != COCREATE_OK)
        cci_buffer_cut(out, before);
    return status;
}

/* --------------------------------------------------------------------------------------------- */

cocreate_status cci_rational_double(const cci_rational *r, double *out, cocreate_error *error)
{
    double value;
    CCI_TRY(cci_ratio_double(&r->num, &r->den, &value, error));
    *out = value > DBL_MAX ? DBL_MAX : value < -DBL_MAX ? -DBL_MAX : value;
    return COCREATE_OK;
}
