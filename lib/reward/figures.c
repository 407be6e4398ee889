#include "reward/figures.h"

#include <string.h>

#include "base/elementary.h"
#include "base/fail.h"
#include "base/quantise.h"

/* -- Names ------------------------------------------------------------------------------------ */

void cci_figures_free(cci_figures *figures)
{
    for (size_t i = 0; i < figures->room; i++)
        cci_rational_clear(&figures->items[i].value);
    memset(figures, 0, sizeof *figures);
}

void cci_figures_clear(cci_figures *figures)
{
    figures->n = 0;
}

const cci_named *cci_figures_find(const cci_figures *figures, const char *name)
{
    for (size_t i = 0; i < figures->n; i++)
        if (strcmp(figures->items[i].name, name) == 0)
            return &figures->items[i];
    return NULL;
}

int cci_figures_is_name(const char *text)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    static const char others[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_ ";
    size_t n = strspn(text, others);
    return text[0] != '\0' && strchr(letters, text[0]) != NULL && text[n] == '\0' && n <= 32;
}

cocreate_status cci_figures_set(cci_figures *figures, const char *name, cci_unit unit,
                             const cci_rational *value, cocreate_error *error)
{
    if (!cci_figures_is_name(name))
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "a name is a letter and at most 31 letters, digits, spaces and _");
    if (cci_figures_find(figures, name) != NULL)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "the name \"%s\" is taken", name);
    if (figures->n == CCI_FIGURES_MAX)
        return cci_fail(error, COCREATE_ERR_LIMIT, "more than %d names", CCI_FIGURES_MAX);
    cci_named *item = &figures->items[figures->n];
    if (figures->n == figures->room) {
        CCI_TRY(cci_rational_init(&item->value, error));
        figures->room++;
    }
    CCI_TRY(cci_rational_copy(&item->value, value, error));
    item->name = name;
    item->unit = unit;
    figures->n++;
    return COCREATE_OK;
}

cocreate_status cci_figures_value(const cci_figures *figures, const char *text, cci_rational *out,
                               cocreate_error *error)
{
    if (!cci_figures_is_name(text))
        return cci_rational_parse(text, strlen(text), out, error);
    const cci_named *named = cci_figures_find(figures, text);
    if (named == NULL)
        return cci_fail(error, COCREATE_ERR_NOT_FOUND, "nothing is called \"%s\"", text);
    return cci_rational_copy(out, &named->value, error);
}

/* -- Operations ------------------------------------------------------------------------------- */

static cocreate_status whole(const cci_rational *r, int64_t max, int64_t *out,
                             cocreate_error *error)
{
    cocreate_status status = cci_rational_round(r, 0, CCI_ROUND_FLOOR, out, error);
    if (status == COCREATE_ERR_OVERFLOW ||
        (status == COCREATE_OK && (mp_cmp_d(&r->den, 1) != MP_EQ || *out < 0 || *out > max)))
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "not a whole number from 0 to %d", (int)max);
    return status;
}

static cocreate_status power(const cci_rational *a, const cci_rational *b, cci_rational *out,
                             cocreate_error *error)
{
    int64_t exponent;
    cci_rational result = {0};
    CCI_TRY(whole(b, 64, &exponent, error));
    CCI_TRY(cci_rational_init(&result, error));
    cocreate_status status = cci_rational_set_i64(&result, 1, 1, error);
    for (int64_t i = 0; i < exponent && status == COCREATE_OK; i++)
        status = cci_rational_mul(&result, a, &result, error);
    if (status == COCREATE_OK)
        status = cci_rational_copy(out, &result, error);
    cci_rational_clear(&result);
    return status;
}

/* floor(sqrt(num / den) * 2^bits) = floor(sqrt(floor(num * 4^bits / den))). */
static cocreate_status root(const cci_rational *a, const cci_rational *b, cci_rational *out,
                            cocreate_error *error)
{
    int64_t bits;
    CCI_TRY(whole(b, 64, &bits, error));
    if (cci_rational_sign(a) < 0)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "the root of a negative number");
    cci_rational result = {0};
    CCI_TRY(cci_rational_init(&result, error));
    mp_err big = mp_mul_2d(&a->num, 2 * (int)bits, &result.num);
    if (big == MP_OKAY)
        big = mp_div(&result.num, &a->den, &result.num, NULL);
    if (big == MP_OKAY)
        big = mp_sqrt(&result.num, &result.num);
    if (big == MP_OKAY)
        big = mp_2expt(&result.den, (int)bits);
    cocreate_status status = cci_big_status(big, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_big(out, &result.num, &result.den, error);
    cci_rational_clear(&result);
    return status;
}

static cocreate_status round_to(const cci_rational *a, cci_rounding rounding, cci_rational *out,
                                cocreate_error *error)
{
    int64_t value;
    CCI_TRY(cci_rational_round(a, 0, rounding, &value, error));
    return cci_rational_set_i64(out, value, 1, error);
}

/* A double of which `digits` decimals are kept. */
static cocreate_status quantise(double x, const cci_rational *places, cci_rational *out,
                                cocreate_error *error)
{
    int64_t digits, value;
    CCI_TRY(whole(places, CCI_FIGURES_DIGITS_MAX, &digits, error));
    if (!(x > -9.0e18 && x < 9.0e18))
        return cci_fail(error, COCREATE_ERR_OVERFLOW, "a logarithm or power is beyond 64 bits");
    CCI_TRY(cci_quantise_by(x, (int)digits, CCI_ROUND_HALF_EVEN, out, error));
    /* Whole already at that many decimals: does it fit 64 bits? */
    return cci_rational_round(out, (int)digits, CCI_ROUND_FLOOR, &value, error);
}

static cocreate_status logarithm(const cci_rational *a, const cci_rational *b, cci_rational *out,
                                 cocreate_error *error)
{
    double x;
    if (cci_rational_sign(a) <= 0)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "the logarithm of a number that is not "
                                                      "positive");
    CCI_TRY(cci_rational_double(a, &x, error));
    return quantise(cci_log(x), b, out, error);
}

static cocreate_status decimal_logarithm(const cci_rational *a, const cci_rational *b,
                                         cci_rational *out, cocreate_error *error)
{
    double x;
    if (cci_rational_sign(a) <= 0)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "the logarithm of a number that is not "
                                                      "positive");
    CCI_TRY(cci_rational_double(a, &x, error));
    return quantise(cci_log10(x), b, out, error);
}

static cocreate_status exponential(const cci_rational *a, const cci_rational *b, cci_rational *out,
                                   cocreate_error *error)
{
    double x;
    CCI_TRY(cci_rational_double(a, &x, error));
    return quantise(cci_exp(x), b, out, error);
}

static cocreate_status smaller(const cci_rational *a, const cci_rational *b, cci_rational *out,
                               cocreate_error *error)
{
    int order;
    CCI_TRY(cci_rational_compare(a, b, &order, error));
    return cci_rational_copy(out, order <= 0 ? a : b, error);
}

static cocreate_status larger(const cci_rational *a, const cci_rational *b, cci_rational *out,
                              cocreate_error *error)
{
    int order;
    CCI_TRY(cci_rational_compare(a, b, &order, error));
    return cci_rational_copy(out, order >= 0 ? a : b, error);
}

typedef cocreate_status two_numbers(const cci_rational *a, const cci_rational *b,
                                    cci_rational *out, cocreate_error *error);

static const struct {
    const char *name;
    two_numbers *apply; /* NULL: `rounding` of one number */
    cci_rounding rounding;
    int many; /* of any number of arguments, from the left; else of two */
} operations[] = {
    {"sum", cci_rational_add, 0, 1},
    {"difference", cci_rational_sub, 0, 1},
    {"product", cci_rational_mul, 0, 1},
    {"minimum", smaller, 0, 1},
    {"maximum", larger, 0, 1},
    {"quotient", cci_rational_div, 0, 0},
    {"power", power, 0, 0},
    {"root", root, 0, 0},
    {"ln", logarithm, 0, 0},
    {"log10", decimal_logarithm, 0, 0},
    {"exp", exponential, 0, 0},
    {"floor", NULL, CCI_ROUND_FLOOR, 0},
    {"ceil", NULL, CCI_ROUND_CEIL, 0},
    {"truncate", NULL, CCI_ROUND_DOWN, 0},
    {"half_up", NULL, CCI_ROUND_HALF_UP, 0},
    {"half_even", NULL, CCI_ROUND_HALF_EVEN, 0},
};

static cocreate_status apply(const cci_figures *figures, size_t operation, const char *const *args,
                             size_t n, cci_rational *left, cci_rational *right,
                             cocreate_error *error)
{
    two_numbers *two = operations[operation].apply;
    CCI_TRY(cci_figures_value(figures, args[0], left, error));
    if (two == NULL)
        return round_to(left, operations[operation].rounding, left, error);
    for (size_t i = 1; i < n; i++) {
        CCI_TRY(cci_figures_value(figures, args[i], right, error));
        CCI_TRY(two(left, right, left, error));
    }
    return COCREATE_OK;
}

cocreate_status cci_figures_apply(const cci_figures *figures, const char *operation,
                               const char *const *args, size_t n, cci_rational *out,
                               cocreate_error *error)
{
    size_t i = 0, count = sizeof operations / sizeof operations[0];
    while (i < count && strcmp(operations[i].name, operation) != 0)
        i++;
    if (i == count)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "no operation is called \"%.40s\"",
                        operation);
    size_t least = operations[i].apply == NULL || operations[i].many ? 1 : 2;
    size_t most = operations[i].many ? CCI_FIGURES_ARGS_MAX : least;
    if (n < least || n > most)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "\"%s\" takes %zu to %zu numbers, not %zu",
                        operation, least, most, n);
    cci_rational left = {0}, right = {0};
    cocreate_status status = cci_rational_init(&left, error);
    if (status == COCREATE_OK)
        status = cci_rational_init(&right, error);
    if (status == COCREATE_OK)
        status = apply(figures, i, args, n, &left, &right, error);
    if (status == COCREATE_OK)
        status = cci_rational_copy(out, &left, error);
    cci_rational_clear(&right);
    cci_rational_clear(&left);
    return status;
}
