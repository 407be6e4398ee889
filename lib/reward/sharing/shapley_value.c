/* phi_i = sum over S without i of |S|! (n - |S| - 1)! / n! (v(S + i) - v(S)).
 *
 * The weight depends on the size of S alone, so that one pass adds up the worths by size, for all
 * coalitions and for those with i; the weights come in at the end, as rationals. */
#include "reward/sharing/shapley_value.h"

#include <string.h>

#include "base/fail.h"

/* Sums of 2^24 int64 need 87 bits: they are kept as sums of the upper and of the lower half. */
typedef struct sums {
    int64_t high[CCI_SHAPLEY_MAX + 1][CCI_SHAPLEY_MAX]; /* by size, then player */
    uint64_t low[CCI_SHAPLEY_MAX + 1][CCI_SHAPLEY_MAX];
    int64_t all_high[CCI_SHAPLEY_MAX + 1];
    uint64_t all_low[CCI_SHAPLEY_MAX + 1];
} sums;

static unsigned bits_of(uint32_t x)
{
    x -= x >> 1 & UINT32_C(0x55555555);
    x = (x & UINT32_C(0x33333333)) + (x >> 2 & UINT32_C(0x33333333));
    x = (x + (x >> 4)) & UINT32_C(0x0f0f0f0f);
    return (unsigned)(x * UINT32_C(0x01010101) >> 24 & 255);
}

static void add_up(const int64_t *values, size_t n, sums *s)
{
    uint32_t end = UINT32_C(1) << n;
    for (uint32_t set = 0; set < end; set++) {
        unsigned size = bits_of(set);
        uint64_t low = (uint64_t)values[set] & UINT32_MAX;
        int64_t high = (values[set] - (int64_t)low) / (INT64_C(1) << 32);
        int64_t *highs = s->high[size];
        uint64_t *lows = s->low[size];
        s->all_high[size] += high;
        s->all_low[size] += low;
        for (size_t i = 0; i < n; i++) {
            uint32_t in = set >> i & 1;
            highs[i] += in != 0 ? high : 0;
            lows[i] += in != 0 ? low : 0;
        }
    }
}

/* weights[s] = 1 / (n C(n - 1, s)) = s! (n - s - 1)! / n!, as its denominator. */
static void weigh(size_t n, int64_t denominators[CCI_SHAPLEY_MAX])
{
    int64_t choose = 1;
    for (size_t s = 0; s < n; s++) {
        denominators[s] = (int64_t)n * choose;
        choose = choose * (int64_t)(n - 1 - s) / (int64_t)(s + 1);
    }
}

/* phi += (high 2^32 + low) * sign / denominator */
static cocreate_status add_term(cci_rational *phi, int64_t high, int64_t low, int64_t sign,
                                int64_t denominator, cci_rational *a, cci_rational *b,
                                cocreate_error *error)
{
    CCI_TRY(cci_rational_set_i64(a, high, 1, error));
    CCI_TRY(cci_rational_set_i64(b, INT64_C(1) << 32, 1, error));
    CCI_TRY(cci_rational_mul(a, b, a, error));
    CCI_TRY(cci_rational_set_i64(b, low, 1, error));
    CCI_TRY(cci_rational_add(a, b, a, error));
    CCI_TRY(cci_rational_set_i64(b, sign, denominator, error));
    CCI_TRY(cci_rational_mul(a, b, a, error));
    return cci_rational_add(phi, a, phi, error);
}

static cocreate_status combine(const sums *s, size_t n, size_t i, cci_rational *phi,
                               cci_rational *a, cci_rational *b, cocreate_error *error)
{
    int64_t denominators[CCI_SHAPLEY_MAX];
    weigh(n, denominators);
    CCI_TRY(cci_rational_set_i64(phi, 0, 1, error));
    for (size_t size = 0; size < n; size++) {
        int64_t without_high = s->all_high[size] - s->high[size][i];
        int64_t without_low = (int64_t)(s->all_low[size] - s->low[size][i]);
        CCI_TRY(add_term(phi, s->high[size + 1][i], (int64_t)s->low[size + 1][i], 1,
                         denominators[size], a, b, error));
        CCI_TRY(add_term(phi, without_high, without_low, -1, denominators[size], a, b, error));
    }
    return COCREATE_OK;
}

cocreate_status cci_shapley_exact(const int64_t *values, size_t n, cci_rational *phi,
                                  cocreate_error *error)
{
    sums s;
    cci_rational a = {0}, b = {0};
    assert(n >= 1 && n <= CCI_SHAPLEY_MAX);
    memset(&s, 0, sizeof s);
    add_up(values, n, &s);
    cocreate_status status = cci_rational_init(&a, error);
    if (status == COCREATE_OK)
        status = cci_rational_init(&b, error);
    for (size_t i = 0; i < n && status == COCREATE_OK; i++)
        status = combine(&s, n, i, &phi[i], &a, &b, error);
    cci_rational_clear(&b);
    cci_rational_clear(&a);
    return status;
}
