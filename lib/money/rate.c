/* A rate of one amount, rounded once. */
#include <string.h>

#include "base/rational.h"
#include "base/text.h"
#include "cocreate/money.h"

static const struct {
    const char *name;
    cci_rounding rounding;
} roundings[] = {
    {"half_up", CCI_ROUND_HALF_UP},
    {"half_even", CCI_ROUND_HALF_EVEN},
    {"floor", CCI_ROUND_FLOOR},
    {"ceil", CCI_ROUND_CEIL},
};

static cocreate_status rounding_find(const char *name, cci_rounding *out, cocreate_error *error)
{
    if (name == NULL)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "rounding is NULL");
    for (size_t i = 0; i < sizeof roundings / sizeof roundings[0]; i++)
        if (strcmp(roundings[i].name, name) == 0) {
            *out = roundings[i].rounding;
            return COCREATE_OK;
        }
    char shown[64];
    return cci_fail(error, COCREATE_ERR_ARGUMENT,
                    "rounding \"%s\" is not known; there are half_up, half_even, floor and ceil",
                    cci_quote(name, strlen(name), shown, sizeof shown));
}

static cocreate_status carry_check(const cocreate_carry *carry, cci_rounding rounding,
                                   cocreate_error *error)
{
    if (rounding != CCI_ROUND_FLOOR)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "a carry needs the rounding floor");
    if (carry->denominator <= 0 || carry->numerator < 0 || carry->numerator >= carry->denominator)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "carry %lld/%lld is not in 0 <= carry < 1",
                        (long long)carry->numerator, (long long)carry->denominator);
    return COCREATE_OK;
}

/* exact - whole as a carry; `part` is scratch. The fraction is below 1, so only its denominator can
 * be too long. */
static cocreate_status carry_from(const cci_rational *exact, int64_t whole, cci_rational *part,
                                  cocreate_carry *carry, cocreate_error *error)
{
    CCI_TRY(cci_rational_set_i64(part, whole, 1, error));
    CCI_TRY(cci_rational_sub(exact, part, part, error));
    if (mp_count_bits(&part->den) > 63)
        return cci_fail(error, COCREATE_ERR_OVERFLOW,
                        "the carry needs a denominator of more than 63 bits");
    carry->numerator = mp_get_i64(&part->num);
    carry->denominator = mp_get_i64(&part->den);
    return COCREATE_OK;
}

struct rate {
    cci_rational exact, part;
};

static cocreate_status rate(struct rate *r, int64_t amount, int64_t numerator, int64_t denominator,
                            cci_rounding rounding, cocreate_carry *carry, int64_t *out,
                            cocreate_error *error)
{
    int64_t whole;
    CCI_TRY(cci_rational_init(&r->exact, error));
    CCI_TRY(cci_rational_init(&r->part, error));
    CCI_TRY(cci_rational_set_i64(&r->exact, amount, 1, error));
    CCI_TRY(cci_rational_set_i64(&r->part, numerator, denominator, error));
    CCI_TRY(cci_rational_mul(&r->exact, &r->part, &r->exact, error));
    if (carry != NULL) {
        CCI_TRY(cci_rational_set_i64(&r->part, carry->numerator, carry->denominator, error));
        CCI_TRY(cci_rational_add(&r->exact, &r->part, &r->exact, error));
    }
    CCI_TRY(cci_rational_round(&r->exact, 0, rounding, &whole, error));
    if (carry != NULL)
        CCI_TRY(carry_from(&r->exact, whole, &r->part, carry, error));
    *out = whole;
    return COCREATE_OK;
}

cocreate_status cocreate_rate(int64_t amount, int64_t numerator, int64_t denominator,
                              const char *rounding, cocreate_carry *carry, int64_t *out,
                              cocreate_error *error)
{
    cci_rounding mode = CCI_ROUND_FLOOR;
    CCI_TRY(rounding_find(rounding, &mode, error));
    if (denominator <= 0)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "denominator %lld is not above 0",
                        (long long)denominator);
    if (out == NULL)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "out is NULL");
    if (carry != NULL)
        CCI_TRY(carry_check(carry, mode, error));
    struct rate r;
    memset(&r, 0, sizeof r);
    cocreate_status status =
        rate(&r, amount, numerator, denominator, mode, carry, out, error);
    cci_rational_clear(&r.exact);
    cci_rational_clear(&r.part);
    return status;
}
