/* What every voter still has to spend, when supporters share prices equally (the method of equal
 * shares).
 *
 * The price of a candidate is the amount that each unit of value costs its supporters, when nobody
 * can pay more than is left: the q with sum over supporters of weight * min(money, q * value) =
 * cost. Money is a starting amount less multiples of the prices paid so far, or nothing; voters who
 * paid the same share a wallet, so that sums of money are short sums of prices. Doubles with a
 * proven bound of error tell who can pay; where the bound does not tell, integers do.
 *
 * With `whole` (Kraiczy, Robinson & Elkind, Streamlining Equal Shares, 2025) the price is the least q
 * with which the supporters who have q * value pay the cost alone. */
#ifndef CCI_RANKING_BUDGET_PURSES_H
#define CCI_RANKING_BUDGET_PURSES_H

#include "ranking/budget/race.h"
#include "ranking/budget/support.h"

/* What voters had who paid `times` the price `number` out of the wallet `parent`. */
typedef struct cci_wallet {
    uint32_t parent, number;
    int64_t times;
    double money;
    int64_t gathered;       /* weight of those whose money is being summed */
    uint32_t child, cousin; /* wallets made of it by the present purchase, and the next of these */
    uint32_t asked;         /* the question that `answer` is for */
    int answer;
} cci_wallet;

#define CCI_WALLET_EMPTY 0
#define CCI_WALLET_START 1

typedef struct cci_purses {
    cci_run *run;
    const cci_support *support;
    const int64_t *cost;
    cci_satisfaction satisfaction;
    int whole;     /* a supporter pays a whole share or nothing: exact equal shares */
    cci_pool pool; /* number 0 is what each has in the beginning, then the prices paid */
    cci_race race;
    /* Supporters by candidate, those without money behind the others. */
    uint32_t *group;
    int64_t *value;
    size_t *alive;
    uint8_t *poor; /* by supporter of the candidate at hand: pays all that is left */
    double *weight, *money;
    uint32_t *wallet_of;
    cci_wallet *wallets;
    size_t wallet_count, wallet_room;
    uint32_t *touched; /* wallets that gathered weight */
    size_t touched_count, touched_room;
    int64_t *factor; /* by number of the pool, for a sum */
    size_t factor_room;
    double slack;    /* no money is further from its double */
    uint32_t question;
    mp_int sum, left, right;
} cci_purses;

/* On failure nothing is left to free; freeing a zeroed struct is a no-op. */
cocreate_status cci_purses_open(cci_purses *p, cci_run *run, const cci_support *support,
                                const int64_t *cost, cci_satisfaction satisfaction,
                                cocreate_error *error);
void cci_purses_close(cci_purses *p);

/* Everybody has money / voters again. Candidates that cost nothing, have no supporters, or are set
 * in `without`, have no price. */
cocreate_status cci_purses_reset(cci_purses *p, int64_t money, int64_t voters,
                                 const uint8_t *without, cocreate_error *error);

/* The candidates whose price for each unit of satisfaction is the least, ascending; *n = 0 where
 * nothing can be bought. */
cocreate_status cci_purses_cheapest(cci_purses *p, uint32_t *tied, size_t *n,
                                    cocreate_error *error);

/* Let the supporters pay for a candidate that has a price, which becomes the last of the pool. */
cocreate_status cci_purses_buy(cci_purses *p, uint32_t candidate, cocreate_error *error);

/* Sums of money: wallets gather weight, and then sum = sign * what they hold together, over the
 * denominator of the pool, and the weight is forgotten. */
cocreate_status cci_purses_gather(cci_purses *p, uint32_t wallet, int64_t weight,
                                  cocreate_error *error);
cocreate_status cci_purses_sum(cci_purses *p, int sign, mp_int *sum, cocreate_error *error);
/* What all supporters of a candidate still have together, over the denominator of the pool. */
cocreate_status cci_purses_left(cci_purses *p, uint32_t candidate, mp_int *sum,
                                cocreate_error *error);

#endif
