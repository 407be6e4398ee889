#include "reward/number.h"

#include "base/checked.h"
#include "cocreate/money.h"

static uint64_t gcd(uint64_t a, uint64_t b)
{
    while (b != 0) {
        uint64_t r = a % b;
        a = b;
        b = r;
    }
    return a;
}

static uint64_t magnitude(int64_t n)
{
    return n < 0 ? (uint64_t)0 - (uint64_t)n : (uint64_t)n;
}

int cci_number_set(cci_number *out, const cci_rational *r)
{
    if (mp_count_bits(&r->num) > 63 || mp_count_bits(&r->den) > 63)
        return 0;
    *out = (cci_number){mp_get_i64(&r->num), mp_get_i64(&r->den)};
    return 1;
}

cci_number cci_number_of(int64_t num, int64_t den)
{
    assert(den > 0 && num != INT64_MIN);
    int64_t d = (int64_t)gcd(magnitude(num), (uint64_t)den);
    return (cci_number){num / d, den / d};
}

cocreate_status cci_number_read(const json_t *value, cci_number *out, const cci_path *path,
                                cocreate_error *error)
{
    cci_rational r;
    CCI_TRY(cci_rational_init(&r, error));
    cocreate_status status = cci_json_number(value, &r, path, error);
    if (status == COCREATE_OK && !cci_number_set(out, &r))
        status = cci_json_fail(error, COCREATE_ERR_OVERFLOW, path,
                               "the number does not fit a fraction of two 64-bit integers");
    cci_rational_clear(&r);
    return status;
}

int cci_number_compare(cci_number a, cci_number b)
{
    assert(a.den > 0 && b.den > 0);
    if ((a.num < 0) != (b.num < 0))
        return a.num < 0 ? -1 : 1;
    int order = cci_compare_products(magnitude(a.num), (uint64_t)b.den, magnitude(b.num),
                                     (uint64_t)a.den);
    return a.num < 0 ? -order : order;
}

/* The least k with den | 10^k, or -1. */
static int decimals_of(int64_t den)
{
    int twos = 0, fives = 0;
    for (; den % 2 == 0; den /= 2)
        twos++;
    for (; den % 5 == 0; den /= 5)
        fives++;
    int k = twos > fives ? twos : fives;
    return den == 1 && k <= 18 ? k : -1;
}

void cci_number_text(cci_number n, cci_buffer *out)
{
    assert(n.den > 0);
    int decimals = decimals_of(n.den);
    int64_t power = 1, scaled;
    for (int i = 0; i < decimals; i++)
        power *= 10;
    if (decimals >= 0 && cci_mul_i64(n.num, power / n.den, &scaled) && scaled != INT64_MIN) {
        char text[COCREATE_AMOUNT_TEXT];
        if (cocreate_amount_print(scaled, decimals, text, NULL) == COCREATE_OK) {
            cci_buffer_text(out, text);
            return;
        }
    }
    cci_buffer_i64(out, n.num);
    if (n.den != 1) {
        cci_buffer_byte(out, '/');
        cci_buffer_i64(out, n.den);
    }
}

static int weighs(cci_number n)
{
    return n.den > 0 && n.num > 0;
}

int cci_number_scale(const cci_number *numbers, size_t n, int64_t *weights, int64_t *scale,
                     int64_t *sum)
{
    int64_t common = 1, total = 0;
    for (size_t i = 0; i < n; i++)
        if (weighs(numbers[i])) {
            int64_t d = (int64_t)gcd((uint64_t)common, (uint64_t)numbers[i].den);
            if (!cci_mul_i64(common, numbers[i].den / d, &common))
                return 0;
        }
    for (size_t i = 0; i < n; i++) {
        weights[i] = 0;
        if (weighs(numbers[i]) &&
            (!cci_mul_i64(numbers[i].num, common / numbers[i].den, &weights[i]) ||
             !cci_add_i64(total, weights[i], &total)))
            return 0;
    }
    *scale = common;
    *sum = total;
    return 1;
}
