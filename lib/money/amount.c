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

/* The text of a message: as much of it as is fit to print. */
struct shown {
    char text[64];
};

static const char *show(const char *text, struct shown *out)
{
    return cci_quote(text, strlen(text), out->text, sizeof out->text);
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

static cocreate_status too_large(cocreate_error *error, const char *text)
{
    struct shown shown;
    return cci_fail(error, COCREATE_ERR_OVERFLOW, "amount \"%s\" is too large",
                    show(text, &shown));
}

static cocreate_status malformed(cocreate_error *error, const char *text, const char *at)
{
    struct shown shown;
    return cci_fail_at(error, COCREATE_ERR_PARSE, (uint64_t)(at - text),
                       "amount \"%s\" is not a decimal number: a digit belongs at byte %zu",
                       show(text, &shown), (size_t)(at - text));
}

/* The digits as minus the magnitude in units of the last decimal given. */
static cocreate_status read_digits(const char *text, const char *first, int32_t exponent,
                                   int64_t *value, int32_t *decimals, cocreate_error *error)
{
    const char *at = first, *point = NULL;
    struct shown shown;
    *value = 0;
    for (; is_digit(*at) || (*at == '.' && point == NULL); at++) {
        if (*at == '.') {
            point = at;
            if (at == first)
                break;
        } else if (point != NULL && at - point > exponent) {
            return cci_fail_at(error, COCREATE_ERR_PARSE, (uint64_t)(at - text),
                               "amount \"%s\" has more than %d decimals", show(text, &shown),
                               (int)exponent);
        } else if (!append_digit(value, *at - '0')) {
            return too_large(error, text);
        }
    }
    if (*at != '\0' || at == first || point == at - 1)
        return malformed(error, text, at);
    *decimals = point == NULL ? 0 : (int32_t)(at - point - 1);
    return COCREATE_OK;
}

cocreate_status cocreate_amount_parse(const char *text, int32_t exponent, int64_t *minor,
                                      cocreate_error *error)
{
    CCI_TRY(exponent_check(exponent, error));
    if (text == NULL || minor == NULL)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "%s is NULL",
                        text == NULL ? "text" : "minor");
    int is_negative = text[0] == '-';
    int64_t value = 0;
    int32_t decimals = 0;
    CCI_TRY(read_digits(text, text + is_negative, exponent, &value, &decimals, error));
    for (; decimals < exponent; decimals++)
        if (!append_digit(&value, 0))
            return too_large(error, text);
    if (!is_negative && value == INT64_MIN)
        return too_large(error, text);
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
    struct shown shown;
    if (*at == '-')
        return cci_fail_at(error, COCREATE_ERR_PARSE, index, "weight %zu (\"%s\") is negative", index,
                           show(text, &shown));
    for (; is_digit(*at) || (*at == '.' && point == NULL); at++)
        if (*at == '.')
            point = at;
    if (*at != '\0' || at == text || point == at - 1)
        return cci_fail_at(error, COCREATE_ERR_PARSE, index,
                           "weight %zu (\"%s\") is not a decimal number: a digit belongs at byte %zu",
                           index, show(text, &shown), (size_t)(at - text));
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
    struct shown shown;
    if (!ok || value == INT64_MIN)
        return cci_fail_at(error, COCREATE_ERR_OVERFLOW, index,
                           "weight %zu (\"%s\") is too large when scaled to %zu decimals", index,
                           show(text, &shown), places);
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
