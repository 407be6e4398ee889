/* cocreate_lmsr_trade(): a market of shares sold before, and one trade. */
#include <string.h>

#include "base/fail.h"
#include "cocreate/mechanisms.h"
#include "reward/information/maker.h"
#include "reward/information/score.h"

static cocreate_status check(const int64_t *sold, size_t n, int64_t b, int64_t share, size_t outcome,
                             int64_t shares, const int64_t *minor, cocreate_error *error)
{
    if (sold == NULL || minor == NULL)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "%s is NULL", sold == NULL ? "sold" : "minor");
    if (n < 2 || n > CCI_OUTCOMES_MAX)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "%zu outcomes, not 2 to %d", n, CCI_OUTCOMES_MAX);
    if (b < 1 || b > CCI_JSON_INTEGER_MAX || share < 1 || share > CCI_JSON_INTEGER_MAX)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "%s is not 1 to 2^53 - 1",
                        b < 1 || b > CCI_JSON_INTEGER_MAX ? "b" : "share");
    if (outcome >= n)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "there is no outcome %zu of %zu", outcome, n);
    for (size_t i = 0; i < n; i++)
        if (sold[i] < 0 || sold[i] > CCI_SHARES_MAX)
            return cci_fail_at(error, COCREATE_ERR_ARGUMENT, i,
                               "the shares sold of outcome %zu are not 0 to 10^12", i);
    if (shares < -sold[outcome] || shares > CCI_SHARES_MAX - sold[outcome])
        return cci_fail_at(error, COCREATE_ERR_ARGUMENT, outcome,
                           "the trade would leave less than 0 or more than 10^12 shares of outcome %zu",
                           outcome);
    return COCREATE_OK;
}

static cocreate_status make_trade(cci_maker *maker, size_t outcome, int64_t shares, int64_t *minor,
                                  int64_t prices[CCI_OUTCOMES_MAX], cocreate_error *error)
{
    cocreate_status status = cci_maker_trade(maker, outcome, shares, minor, error);
    for (size_t i = 0; i < maker->n && status == COCREATE_OK; i++)
        status = cci_maker_price(maker, i, &prices[i], error);
    return status;
}

cocreate_status cocreate_lmsr_trade(const int64_t *sold, size_t n_outcomes, int64_t b, int64_t share,
                                    size_t outcome, int64_t shares, int64_t *minor, int64_t *prices,
                                    cocreate_error *error)
{
    int64_t now[CCI_OUTCOMES_MAX], terms[CCI_OUTCOMES_MAX], after[CCI_OUTCOMES_MAX], charge = 0;
    cci_maker maker;
    CCI_TRY(check(sold, n_outcomes, b, share, outcome, shares, minor, error));
    memcpy(now, sold, n_outcomes * sizeof *now);
    cocreate_status status = cci_maker_open(&maker, n_outcomes, b, share, now, terms, error);
    if (status == COCREATE_OK)
        status = make_trade(&maker, outcome, shares, &charge, after, error);
    cci_maker_close(&maker);
    if (status != COCREATE_OK)
        return status;
    *minor = charge;
    if (prices != NULL)
        memcpy(prices, after, n_outcomes * sizeof *after);
    return COCREATE_OK;
}
