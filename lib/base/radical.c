/* Sums of square roots. */
#include "base/radical.h"

#include <string.h>

#include "base/rational.h"

static uint64_t square_root(uint64_t n)
{
    uint64_t low = 0, high = UINT64_C(1) << 32; /* low^2 <= n < high^2 */
    while (high - low > 1) {
        uint64_t middle = low + (high - low) / 2;
        if (middle <= n / middle)
            low = middle;
        else
            high = middle;
    }
    return low;
}

void cci_radical_split(uint64_t n, uint64_t *root, uint64_t *free)
{
    *root = n == 0 ? 0 : 1;
    *free = 1;
    assert(n <= CCI_RADICAL_MAX);
    for (uint64_t p = 2; n > 1 && p * p * p <= n; p++) {
        while (n % (p * p) == 0) {
            *root *= p;
            n /= p * p;
        }
        if (n % p == 0) {
            *free *= p;
            n /= p;
        }
    }
    /* What is left has no factor up to its cube root: a square of a prime, or square-free. */
    uint64_t r = n > 1 ? square_root(n) : 0;
    if (r > 1 && r * r == n)
        *root *= r;
    else if (n > 1)
        *free *= n;
}

/* What one evaluation works with. */
struct sum {
    mp_int total, slack, term, factor;
};

static mp_err init(struct sum *s)
{
    memset(s, 0, sizeof *s);
    return mp_init_multi(&s->total, &s->slack, &s->term, &s->factor, NULL);
}

static void clear(struct sum *s)
{
    mp_clear_multi(&s->total, &s->slack, &s->term, &s->factor, NULL);
}

/* total = sum of c * floor(sqrt(free * scale^2)); the sum times scale lies within +-slack of it. */
static mp_err evaluate(struct sum *s, const cci_radical *terms, size_t n, const mp_int *scale)
{
    mp_err result = MP_OKAY;
    mp_zero(&s->total);
    mp_zero(&s->slack);
    for (size_t i = 0; i < n && result == MP_OKAY; i++) {
        result = mp_sqr(scale, &s->term);
        mp_set_u64(&s->factor, terms[i].free);
        if (result == MP_OKAY)
            result = mp_mul(&s->term, &s->factor, &s->term);
        if (result == MP_OKAY)
            result = mp_sqrt(&s->term, &s->term);
        mp_set_i64(&s->factor, terms[i].coefficient);
        if (result == MP_OKAY)
            result = mp_mul(&s->term, &s->factor, &s->term);
        if (result == MP_OKAY)
            result = mp_add(&s->total, &s->term, &s->total);
        if (result == MP_OKAY)
            result = mp_abs(&s->factor, &s->factor);
        if (result == MP_OKAY && terms[i].free > 1) /* the root of 1 is exact */
            result = mp_add(&s->slack, &s->factor, &s->slack);
    }
    return result;
}

static int all_zero(const cci_radical *terms, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (terms[i].coefficient != 0)
            return 0;
    return 1;
}

cocreate_status cci_radical_sign(const cci_radical *terms, size_t n, int *out,
                                 cocreate_error *error)
{
    struct sum s;
    mp_int scale = {0};
    *out = 0;
    if (all_zero(terms, n))
        return COCREATE_OK;
    mp_err result = init(&s);
    if (result != MP_OKAY)
        return cci_big_status(result, error);
    result = mp_init(&scale);
    for (int bits = 32; result == MP_OKAY; bits *= 2) {
        result = mp_2expt(&scale, bits);
        if (result == MP_OKAY)
            result = evaluate(&s, terms, n, &scale);
        if (result != MP_OKAY || mp_cmp_mag(&s.total, &s.slack) == MP_GT ||
            (mp_iszero(&s.slack) && !mp_iszero(&s.total)))
            break;
    }
    if (result == MP_OKAY)
        *out = mp_isneg(&s.total) ? -1 : 1;
    mp_clear(&scale);
    clear(&s);
    return cci_big_status(result, error);
}

/* floor(total / 2^bits) where that is the same at both ends of the bracket; 0 where it is not. */
static mp_err settle(struct sum *s, int bits, mp_int *low, mp_int *high, int *settled)
{
    mp_err result = mp_sub(&s->total, &s->slack, low);
    if (result == MP_OKAY)
        result = mp_add(&s->total, &s->slack, high);
    if (result == MP_OKAY)
        result = mp_signed_rsh(low, bits, low);
    if (result == MP_OKAY)
        result = mp_signed_rsh(high, bits, high);
    *settled = result == MP_OKAY && mp_cmp(low, high) == MP_EQ;
    return result;
}

/* 10^9 times the sum, rounded down. A sum with a root that is not whole is irrational, so that the
 * bracket leaves every whole number some time. */
static mp_err floor_of(const cci_radical *terms, size_t n, struct sum *s, mp_int *scale,
                       mp_int *low, mp_int *high)
{
    mp_err result = MP_OKAY;
    int settled = 0;
    for (int bits = 32; result == MP_OKAY && !settled; bits *= 2) {
        result = mp_2expt(scale, bits);
        mp_set_u64(&s->factor, 1000000000);
        if (result == MP_OKAY)
            result = mp_mul(scale, &s->factor, scale);
        if (result == MP_OKAY)
            result = evaluate(s, terms, n, scale);
        if (result == MP_OKAY)
            result = settle(s, bits, low, high, &settled);
    }
    return result;
}

/* Digits of a sum that is written: coefficients and roots are far below 10^30 together. */
#define DIGITS_MAX 63

static cocreate_status write_decimal(const mp_int *billionths, cci_buffer *out,
                                     cocreate_error *error)
{
    char digits[DIGITS_MAX + 2]; /* a sign */
    size_t written = 0;
    CCI_TRY(cci_big_status(mp_to_radix(billionths, digits, sizeof digits, &written, 10), error));
    const char *start = digits[0] == '-' ? digits + 1 : digits;
    size_t size = strlen(start), whole = size > 9 ? size - 9 : 0, kept = size;
    cci_buffer_text(out, start > digits ? "-" : "");
    if (whole == 0)
        cci_buffer_byte(out, '0');
    cci_buffer_add(out, start, whole);
    while (kept > whole && start[kept - 1] == '0')
        kept--;
    if (kept == whole)
        return COCREATE_OK;
    cci_buffer_byte(out, '.');
    for (size_t i = size; i < 9; i++)
        cci_buffer_byte(out, '0');
    cci_buffer_add(out, start + whole, kept - whole);
    return COCREATE_OK;
}

cocreate_status cci_radical_text(const cci_radical *terms, size_t n, cci_buffer *out,
                                 cocreate_error *error)
{
    struct sum s;
    mp_int scale = {0}, low = {0}, high = {0};
    mp_err result = init(&s);
    if (result != MP_OKAY)
        return cci_big_status(result, error);
    result = mp_init_multi(&scale, &low, &high, NULL);
    if (result == MP_OKAY)
        result = floor_of(terms, n, &s, &scale, &low, &high);
    cocreate_status status = cci_big_status(result, error);
    if (status == COCREATE_OK)
        status = write_decimal(&low, out, error);
    mp_clear(&scale);
    mp_clear(&low);
    mp_clear(&high);
    clear(&s);
    return status;
}
