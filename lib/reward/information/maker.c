#include "reward/information/maker.h"

#include "reward/information/score.h"

#define TERMS_SCALE INT64_C(1000000000000000)
#define LOG_SCALE INT64_C(1000000000)

/* exp(v (sold - highest) / b) in 10^-15 */
static cocreate_status term_of(const cci_maker *m, size_t i, int64_t *out, cocreate_error *error)
{
    cci_rational x = {0}, y = {0};
    cocreate_status status = cci_rational_init(&x, error);
    if (status == COCREATE_OK)
        status = cci_rational_init(&y, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(&x, m->share, m->b, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(&y, m->sold[i] - m->highest, 1, error);
    if (status == COCREATE_OK)
        status = cci_rational_mul(&x, &y, &x, error);
    if (status == COCREATE_OK)
        status = cci_elementary("exp", &x, "15", &y, error);
    if (status == COCREATE_OK)
        status = cci_rational_round(&y, 15, CCI_ROUND_FLOOR, out, error); /* exact already */
    cci_rational_clear(&y);
    cci_rational_clear(&x);
    return status;
}

/* v highest + b log_sum / 10^9 */
static cocreate_status cost_of(const cci_maker *m, cci_rational *out, cocreate_error *error)
{
    cci_rational a = {0};
    CCI_TRY(cci_rational_init(&a, error));
    cocreate_status status = cci_rational_set_i64(&a, m->b, LOG_SCALE, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(out, m->log_sum, 1, error);
    if (status == COCREATE_OK)
        status = cci_rational_mul(out, &a, out, error);
    cci_rational highest = {0};
    if (status == COCREATE_OK)
        status = cci_rational_init(&highest, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(&highest, m->highest, 1, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(&a, m->share, 1, error);
    if (status == COCREATE_OK)
        status = cci_rational_mul(&a, &highest, &a, error);
    if (status == COCREATE_OK)
        status = cci_rational_add(out, &a, out, error);
    cci_rational_clear(&highest);
    cci_rational_clear(&a);
    return status;
}

static cocreate_status log_of(int64_t sum, int64_t scale, int64_t *out, cocreate_error *error)
{
    cci_rational x = {0};
    CCI_TRY(cci_rational_init(&x, error));
    cocreate_status status = cci_rational_set_i64(&x, sum, scale, error);
    if (status == COCREATE_OK)
        status = cci_ln_billionths(&x, out, error);
    cci_rational_clear(&x);
    return status;
}

/* After `changed` was, or all of them where it is n. */
static cocreate_status update(cci_maker *m, size_t changed, cocreate_error *error)
{
    int64_t highest = m->sold[0], sum = 0;
    for (size_t i = 1; i < m->n; i++)
        highest = m->sold[i] > highest ? m->sold[i] : highest;
    if (highest != m->highest)
        changed = m->n;
    m->highest = highest;
    for (size_t i = 0; i < m->n; i++)
        if (changed == m->n || changed == i)
            CCI_TRY(term_of(m, i, &m->terms[i], error));
    for (size_t i = 0; i < m->n; i++)
        sum += m->terms[i]; /* at most CCI_OUTCOMES_MAX, and at least 1 */
    CCI_TRY(log_of(sum, TERMS_SCALE, &m->log_sum, error));
    return cost_of(m, &m->cost, error);
}

cocreate_status cci_maker_open(cci_maker *market, size_t n, int64_t b, int64_t share, int64_t *sold,
                                int64_t *terms, cocreate_error *error)
{
    *market = (cci_maker){.n = n, .b = b, .share = share, .sold = sold, .terms = terms};
    CCI_TRY(cci_rational_init(&market->cost, error));
    return update(market, n, error);
}

void cci_maker_close(cci_maker *market)
{
    cci_rational_clear(&market->cost);
}

static cocreate_status trade(cci_maker *m, size_t outcome, int64_t *minor, cci_rational *change,
                             cocreate_error *error)
{
    CCI_TRY(cci_rational_copy(change, &m->cost, error));
    CCI_TRY(update(m, outcome, error));
    CCI_TRY(cci_rational_sub(&m->cost, change, change, error));
    /* Up for a charge; a refund is less than 0, so that up is down for who gets it. */
    return cci_rational_round(change, 0, CCI_ROUND_CEIL, minor, error);
}

cocreate_status cci_maker_trade(cci_maker *market, size_t outcome, int64_t shares, int64_t *minor,
                                 cocreate_error *error)
{
    cci_rational change = {0};
    assert(outcome < market->n);
    CCI_TRY(cci_rational_init(&change, error));
    market->sold[outcome] += shares;
    cocreate_status status = trade(market, outcome, minor, &change, error);
    cci_rational_clear(&change);
    return status;
}

/* exp(v (sold - highest) / b - log_sum), as the trace of the rule has it. */
static cocreate_status price_of(const cci_maker *m, size_t i, cci_rational *x, cci_rational *y,
                                int64_t *out, cocreate_error *error)
{
    CCI_TRY(cci_rational_set_i64(x, m->share, m->b, error));
    CCI_TRY(cci_rational_set_i64(y, m->sold[i] - m->highest, 1, error));
    CCI_TRY(cci_rational_mul(x, y, x, error));
    CCI_TRY(cci_rational_set_i64(y, m->log_sum, LOG_SCALE, error));
    CCI_TRY(cci_rational_sub(x, y, x, error));
    CCI_TRY(cci_elementary("exp", x, "9", y, error));
    return cci_rational_round(y, 9, CCI_ROUND_FLOOR, out, error); /* exact already */
}

cocreate_status cci_maker_price(const cci_maker *maker, size_t outcome, int64_t *billionths,
                                cocreate_error *error)
{
    cci_rational x = {0}, y = {0};
    cocreate_status status = cci_rational_init(&x, error);
    if (status == COCREATE_OK)
        status = cci_rational_init(&y, error);
    if (status == COCREATE_OK)
        status = price_of(maker, outcome, &x, &y, billionths, error);
    cci_rational_clear(&y);
    cci_rational_clear(&x);
    return status;
}

cocreate_status cci_maker_loss(size_t n, int64_t b, int64_t *minor, cocreate_error *error)
{
    cci_rational a = {0}, log = {0};
    int64_t billionths = 0;
    CCI_TRY(log_of((int64_t)n, 1, &billionths, error));
    cocreate_status status = cci_rational_init(&a, error);
    if (status == COCREATE_OK)
        status = cci_rational_init(&log, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(&a, b, LOG_SCALE, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(&log, billionths, 1, error);
    if (status == COCREATE_OK)
        status = cci_rational_mul(&a, &log, &a, error);
    if (status == COCREATE_OK)
        status = cci_rational_round(&a, 0, CCI_ROUND_CEIL, minor, error);
    cci_rational_clear(&log);
    cci_rational_clear(&a);
    return status;
}
