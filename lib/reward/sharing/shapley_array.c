/* cocreate_shapley(): the rational values over their common denominator. */
#include <string.h>

#include "base/checked.h"
#include "base/fail.h"
#include "cocreate/mechanisms.h"
#include "reward/sharing/shapley_value.h"

/* Denominators divide the least common multiple of 1 to 24, which is 5,354,228,880. */
static int64_t common_denominator(const cci_rational *phi, size_t n)
{
    int64_t common = 1;
    for (size_t i = 0; i < n; i++) {
        int64_t a = common, b = mp_get_i64(&phi[i].den);
        while (b != 0) {
            int64_t r = a % b;
            a = b;
            b = r;
        }
        common *= mp_get_i64(&phi[i].den) / a;
    }
    return common;
}

static cocreate_status solve(const int64_t *values, size_t n, cci_rational *phi, int64_t *numbers,
                             int64_t *denominator, cocreate_error *error)
{
    CCI_TRY(cci_shapley_exact(values, n, phi, error));
    *denominator = common_denominator(phi, n);
    for (size_t i = 0; i < n; i++) {
        int64_t den = mp_get_i64(&phi[i].den);
        if (mp_count_bits(&phi[i].num) > 63 ||
            !cci_mul_i64(mp_get_i64(&phi[i].num), *denominator / den, &numbers[i]))
            return cci_fail_at(error, COCREATE_ERR_OVERFLOW, i,
                               "the value of player %zu times the denominator is beyond 2^63 - 1", i);
    }
    return COCREATE_OK;
}

cocreate_status cocreate_shapley(const int64_t *values, size_t n_players, int64_t *numerators,
                                 int64_t *denominator, cocreate_error *error)
{
    cci_rational phi[CCI_SHAPLEY_MAX];
    int64_t numbers[CCI_SHAPLEY_MAX] = {0}, common = 1;
    cocreate_status status = COCREATE_OK;
    if (n_players < 1 || n_players > CCI_SHAPLEY_MAX)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "%zu players, not 1 to %d", n_players,
                        CCI_SHAPLEY_MAX);
    if (values[0] != 0)
        return cci_fail_at(error, COCREATE_ERR_ARGUMENT, 0, "nobody is worth something");
    memset(phi, 0, sizeof phi);
    for (size_t i = 0; i < n_players && status == COCREATE_OK; i++)
        status = cci_rational_init(&phi[i], error);
    if (status == COCREATE_OK)
        status = solve(values, n_players, phi, numbers, &common, error);
    for (size_t i = 0; i < n_players; i++)
        cci_rational_clear(&phi[i]);
    if (status != COCREATE_OK)
        return status;
    for (size_t i = 0; i < n_players; i++)
        numerators[i] = numbers[i];
    *denominator = common;
    return COCREATE_OK;
}
