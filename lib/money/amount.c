/* Decimal text and integers: amounts and weights. Plain digits only; no locale is asked. */
#include <string.h>

#include "base/checked.h"
#include "base/fail.h"
#include "base/text.h"
#include "cocreate/money.h"

#define EXPONENT_MAX 18

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* What stands at a byte, for a message: 'x', or "the end". */
static const char *shown_byte(const char *at, char out[8])
{
    if (*at == '\0')
        return "the end";
    char byte[4];
    cci_quote(at, 1, byte, sizeof byte);
    out[0] = '\'';
    out[1] = byte[0];
    out[2] = '\'';
    out[3] = '\0';
    return out;
}

static cocreate_status exponent_check(int32_t exponent, cocreate_error *error)
{
    if (exponent < 0 || exponent > EXPONENT_MAX)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "exponent %d is not in 0..%d", (int)exponent,
                        EXPONENT_MAX);
    return COCREATE_OK;
}

/* value = 10 * value - digit; negative, because that side reaches one further. */
static int append_digit(int64_t *value, int digit)
{
    int64_t ten;
    return cci_mul_i64(*value, 10, &ten) && cci_sub_i64(ten, digit, value);
}

cocreate_status cocreate_amount_parse(const char *text, int32_t exponent, int64_t *minor,
                                      cocreate_error *error)
{
    CCI_TRY(exponent_check(exponent, error));
    if (text == NULL || minor == NULL)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "%s is NULL",
                        text == NULL ? "text" : "minor");
    const char *at = text;
    int is_negative = *at == '-';
    at += is_negative;
    int64_t value = 0; /* minus the magnitude */
    int32_t decimals = -1; /* read so far; -1 before the point */
    char shown[8];
    for (; is_digit(*at) || (*at == '.' && decimals < 0); at++) {
        if (*at == '.') {
            if (!is_digit(at[1]) || at == text + is_negative)
                return cci_fail_at(error, COCREATE_ERR_PARSE, (uint64_t)(at - text),
                                   "the decimal point needs a digit on both sides");
            decimals = 0;
            continue;
        }
        if (decimals >= 0 && decimals++ == exponent)
            return cci_fail_at(error, COCREATE_ERR_PARSE, (uint64_t)(at - text),
                               "more than %d decimals", (int)exponent);
        if (!append_digit(&value, *at - '0'))
            return cci_fail_at(error, COCREATE_ERR_OVERFLOW, (uint64_t)(at - text),
                               "the amount is too large");
    }
    if (*at != '\0' || at == text + is_negative)
        return cci_fail_at(error, COCREATE_ERR_PARSE, (uint64_t)(at - text),
                           "%s where a digit belongs", shown_byte(at, shown));
    for (int32_t missing = exponent - (decimals > 0 ? decimals : 0); missing > 0; missing--)
        if (!append_digit(&value, 0))
            return cci_fail_at(error, COCREATE_ERR_OVERFLOW, 0, "the amount is too large");
    if (!is_negative && value == INT64_MIN)
        return cci_fail_at(error, COCREATE_ERR_OVERFLOW, 0, "the amount is too large");
    *minor = is_negative ? value : -value;
    return COCREATE_OK;
}

cocreate_status cocreate_amount_print(int64_t minor, int32_t exponent,
                                      char text[COCREATE_AMOUNT_TEXT], cocreate_error *error)
{
    CCI_TRY(exponent_check(exponent, error));
    if (text == NULL)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "text is NULL");
    uint64_t rest = minor < 0 ? 0 - (uint64_t)minor : (uint64_t)minor;
    char reversed[COCREATE_AMOUNT_TEXT];
    size_t size = 0;
    for (int32_t place = 0; rest > 0 || place <= exponent; place++) {
        if (place == exponent && exponent > 0)
            reversed[size++] = '.';
        reversed[size++] = (char)('0' + rest % 10);
        rest /= 10;
    }
    if (minor < 0)
        reversed[size++] = '-';
    assert(size < COCREATE_AMOUNT_TEXT);
    for (size_t i = 0; i < size; i++)
        text[i] = reversed[size - 1 - i];
    text[size] = '\0';
    return COCREATE_OK;
}

/* A weight: digits, or digits with a point before at least one digit. Tells how long the text is
 * without the zeros that end its decimals, and how many decimals it then has. */
static cocreate_status weight_form(const char *text, size_t index, size_t *size, size_t *decimals,
                                   cocreate_error *error)
{
    if (text == NULL)
        return cci_fail_at(error, COCREATE_ERR_ARGUMENT, index, "weight %zu is NULL", index);
    const char *at = text, *point = NULL;
    if (*at == '-')
        return cci_fail_at(error, COCREATE_ERR_PARSE, index, "weight %zu is negative", index);
    for (; is_digit(*at) || (*at == '.' && point == NULL); at++)
        if (*at == '.')
            point = at;
    char shown[8];
    if (*at != '\0' || at == text || point == at - 1)
        return cci_fail_at(error, COCREATE_ERR_PARSE, index,
                           "weight %zu: %s where a digit belongs", index, shown_byte(at, shown));
    if (point != NULL)
        while (at[-1] == '0')
            at--;
    if (point == at - 1)
        at = point;
    *size = (size_t)(at - text);
    *decimals = point == NULL || at == point ? 0 : (size_t)(at - point - 1);
    return COCREATE_OK;
}

/* The weight times 10^places. Zero stays zero at any scale. */
static cocreate_status weight_scaled(const char *text, size_t index, size_t places, int64_t *out,
                                     cocreate_error *error)
{
    size_t size, decimals;
    CCI_TRY(weight_form(text, index, &size, &decimals, error));
    int64_t value = 0;
    int ok = 1;
    for (size_t i = 0; i < size && ok; i++)
        ok = text[i] == '.' || append_digit(&value, text[i] - '0');
    for (size_t i = decimals; i < places && ok && value != 0; i++)
        ok = append_digit(&value, 0);
    if (!ok || value == INT64_MIN)
        return cci_fail_at(error, COCREATE_ERR_OVERFLOW, index,
                           "weight %zu is too large at %zu decimals", index, places);
    *out = -value;
    return COCREATE_OK;
}

cocreate_status cocreate_weights_parse(const char *const *texts, size_t n, int64_t *weights,
                                       cocreate_error *error)
{
    if (n > 0 && (texts == NULL || weights == NULL))
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "%s is NULL",
                        texts == NULL ? "texts" : "weights");
    size_t places = 0;
    for (size_t i = 0; i < n; i++) {
        size_t size, decimals;
        CCI_TRY(weight_form(texts[i], i, &size, &decimals, error));
        if (decimals > places)
            places = decimals;
    }
    /* Once to see that all fit, once to write. */
    for (int writes = 0; writes <= 1; writes++)
        for (size_t i = 0; i < n; i++) {
            int64_t weight = 0;
            CCI_TRY(weight_scaled(texts[i], i, places, &weight, error));
            if (writes)
                weights[i] = weight;
        }
    return COCREATE_OK;
}
