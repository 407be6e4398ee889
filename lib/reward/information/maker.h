/* A logarithmic market maker: C(q) = b ln(sum of exp(v q / b)) for q shares sold of each outcome, of
 * which one share of what happens pays v. Exponentials keep 15 decimals, the logarithm 9; all else is
 * exact. */
#ifndef CCI_REWARD_INFORMATION_MAKER_H
#define CCI_REWARD_INFORMATION_MAKER_H

#include "base/rational.h"

/* Shares of one outcome that may be sold. */
#define CCI_SHARES_MAX INT64_C(1000000000000)

typedef struct cci_maker {
    size_t n;          /* outcomes */
    int64_t b, share;  /* minor units */
    int64_t *sold;     /* n */
    int64_t *terms;    /* n exponentials in 10^-15 */
    int64_t highest;   /* of sold */
    int64_t log_sum;   /* billionths of the logarithm of the sum of terms; >= 0 */
    cci_rational cost; /* C, minor units */
} cci_maker;

/* Set up on n outcomes; `sold` and `terms` are memory of the caller. To be closed also when it fails. */
cocreate_status cci_maker_open(cci_maker *market, size_t n, int64_t b, int64_t share, int64_t *sold,
                                int64_t *terms, cocreate_error *error);
void cci_maker_close(cci_maker *market);

/* Sell `shares` of an outcome, or buy back where less than 0: *minor is what that is charged, rounded
 * up, or less than 0 and what is refunded, rounded down. The shares stay within CCI_SHARES_MAX. */
cocreate_status cci_maker_trade(cci_maker *market, size_t outcome, int64_t shares, int64_t *minor,
                                 cocreate_error *error);

/* The price of an outcome in billionths: exp(v sold / b) over the sum of all such. */
cocreate_status cci_maker_price(const cci_maker *maker, size_t outcome, int64_t *billionths,
                                cocreate_error *error);

/* What the maker may lose at worst: ceil(b ln n), with the logarithm as the market has it. */
cocreate_status cci_maker_loss(size_t n, int64_t b, int64_t *minor, cocreate_error *error);

#endif
