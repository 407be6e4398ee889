/* What sequential rules buy: projects from a budget, or members of a committee, which cost one seat
 * each. Purchases one after the other, their places, and their trace. */
#ifndef CCI_RANKING_BUDGET_MARKET_H
#define CCI_RANKING_BUDGET_MARKET_H

#include "ranking/budget/limits.h"

typedef struct cci_market {
    cci_run *run;
    int64_t budget, left; /* money, or seats */
    int64_t *cost;        /* 1 in a committee */
    uint32_t *bought;     /* in order of purchase */
    size_t count;
    size_t free;          /* how many of these cost nothing, and share the first places */
    uint8_t *taken;       /* by candidate */
    int64_t unit;         /* 10^cost_exponent; 1 in a committee */
    int decimals;         /* that people want to read of money, or of shares of a seat */
    uint32_t *tied;       /* room for all candidates */
    size_t *ends;
    int quiet;            /* ties are broken without a record */
    cci_limits limits;    /* none, unless cci_market_limit() sets some */
} cci_market;

/* On failure nothing is left to free; freeing a zeroed struct is a no-op. */
cocreate_status cci_market_open(cci_market *market, cci_run *run, cocreate_error *error);
void cci_market_close(cci_market *market);
/* Limits from the JSON of the option, or NULL. */
cocreate_status cci_market_limit(cci_market *market, const json_t *json, cocreate_error *error);
/* Nothing bought. */
void cci_market_reset(cci_market *market);

/* The first of the n tied candidates in market->tied, by the tie chain; COCREATE_ERR_TIE where it
 * does not tell. */
cocreate_status cci_market_pick(cci_market *market, size_t n, uint32_t *out,
                                cocreate_error *error);
/* Take a candidate. With add1, more than there is can be spent: left is below 0 then. */
void cci_market_take(cci_market *market, uint32_t candidate);
/* There is money for it and no limit forbids it. */
int cci_market_fits(const cci_market *market, uint32_t candidate);
int cci_market_allows(const cci_market *market, uint32_t candidate); /* the limits alone */
/* Is there anything left that fits? */
int cci_market_exhausted(const cci_market *market);

/* Those of nobody's support that are not set in `without`, into `tied`; how many. */
size_t cci_market_unsupported(cci_market *market, const int64_t *support, const uint8_t *without);
/* One of the *n tied does not fit: it comes to tied[0], and *n becomes 0. */
int cci_market_blocked(cci_market *market, size_t *n);

/* Selected and places: in order of purchase, what was not bought shares the last. */
cocreate_status cci_market_place(const cci_market *market, cocreate_error *error);

/* An amount of money, or a number of seats. */
void cci_market_write(const cci_market *market, cci_buffer *out, int64_t amount);
/* "cost":"1200.00","left":"300.00", with a comma behind; nothing in a committee. */
void cci_market_write_cost(const cci_market *market, cci_buffer *out, uint32_t candidate);
/* " It costs 1200.00, 300.00 left."; nothing in a committee. */
void cci_market_note_cost(const cci_market *market, cci_buffer *out, uint32_t candidate);
/* "budget":"1500.00", and ,"unspent":"300.00"; nothing in a committee. */
void cci_market_write_budget(const cci_market *market);
void cci_market_write_unspent(const cci_market *market);
/* That tied[0] did not fit: ,"stopped_at":id and a sentence. */
void cci_market_write_stop(const cci_market *market);

#endif
