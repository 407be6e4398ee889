/* The robust Bayesian truth serum, for yes and no. A peer's forecast y is moved by min(y, 1 - y) towards
 * the own answer; this shadow and the own forecast are scored by the answer of another peer with the
 * quadratic rule R(y, yes) = 2 y - y^2, R(y, no) = 1 - y^2. */
#include <string.h>

#include "reward/information/peers.h"

#define BILLION INT64_C(1000000000)

static int says_yes(const cci_report *r)
{
    return strcmp(r->answer, "yes") == 0;
}

static cci_number forecast_of(const cci_report *r)
{
    return cci_odds_of(&r->odds, "yes");
}

/* y + delta or y - delta with delta = min(y, 1 - y): 0, 1, 2 y or 2 y - 1. */
static cci_number shadow_of(cci_number y, int yes)
{
    int low = y.num <= y.den - y.num; /* y <= 1/2 */
    if (low)
        return yes ? (y.den % 2 == 0 ? cci_number_of(y.num, y.den / 2)
                                     : cci_number_of(y.num * 2, y.den))
                   : (cci_number){0, 1};
    return yes ? (cci_number){1, 1}
               : cci_number_of(y.num - (y.den - y.num), y.den);
}

/* R(y, answer) in billionths, halves to even. */
static cocreate_status quadratic(cci_number y, int yes, int64_t *out, cocreate_error *error)
{
    cci_rational miss = {0}, one = {0};
    cocreate_status status = cci_rational_init(&miss, error);
    if (status == COCREATE_OK)
        status = cci_rational_init(&one, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(&miss, yes ? y.den - y.num : y.num, y.den, error);
    if (status == COCREATE_OK)
        status = cci_rational_mul(&miss, &miss, &miss, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(&one, 1, 1, error);
    if (status == COCREATE_OK)
        status = cci_rational_sub(&one, &miss, &one, error);
    if (status == COCREATE_OK)
        status = cci_rational_round(&one, 9, CCI_ROUND_HALF_EVEN, out, error);
    cci_rational_clear(&one);
    cci_rational_clear(&miss);
    return status;
}

/* -- All pairs of peers ----------------------------------------------------------------------- */

/* What does not depend on who is paid. */
typedef struct sums {
    size_t n;
    int64_t yes;
    /* Of the shadows for an own answer, of the peers who gave an answer, the sum of R by an answer. */
    int64_t shadow[2][2][2];
} sums;

static cocreate_status sum_up(const cci_report *reports, size_t n, sums *s, cocreate_error *error)
{
    *s = (sums){.n = n};
    for (size_t i = 0; i < n; i++) {
        int given = says_yes(&reports[i]);
        s->yes += given;
        for (int own = 0; own < 2; own++)
            for (int by = 0; by < 2; by++) {
                int64_t r;
                CCI_TRY(quadratic(shadow_of(forecast_of(&reports[i]), own), by, &r, error));
                s->shadow[own][given][by] += r; /* at most 10^9 each */
            }
    }
    return COCREATE_OK;
}

/* *out += count * sum / (10^9 * over) */
static cocreate_status add_part(cci_rational *out, int64_t count, int64_t sum, int64_t over,
                                cocreate_error *error)
{
    cci_rational a = {0}, b = {0};
    cocreate_status status = cci_rational_init(&a, error);
    if (status == COCREATE_OK)
        status = cci_rational_init(&b, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(&a, sum, BILLION, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(&b, count, over, error);
    if (status == COCREATE_OK)
        status = cci_rational_mul(&a, &b, &a, error);
    if (status == COCREATE_OK)
        status = cci_rational_add(out, &a, out, error);
    cci_rational_clear(&b);
    cci_rational_clear(&a);
    return status;
}

/* The mean over peers j and, for each of them, other peers k, of R(shadow of j, answer of k). */
static cocreate_status mean_information(const sums *s, const cci_report *r, cci_rational *out,
                                        cocreate_error *error)
{
    int own = says_yes(r);
    int64_t others = (int64_t)s->n - 1, pairs = others * (others - 1);
    for (int given = 0; given < 2; given++) {
        int64_t yes = s->yes - own - given, no = others - 1 - yes;
        for (int by = 0; by < 2; by++) {
            int64_t sum = s->shadow[own][given][by], mine;
            if (given == own) {
                CCI_TRY(quadratic(shadow_of(forecast_of(r), own), by, &mine, error));
                sum -= mine;
            }
            if (sum > 0) /* where nobody else gave this answer there is no such peer */
                CCI_TRY(add_part(out, by ? yes : no, sum, pairs, error));
        }
    }
    return COCREATE_OK;
}

static cocreate_status mean_prediction(const sums *s, const cci_report *r, cci_rational *out,
                                       cocreate_error *error)
{
    int64_t others = (int64_t)s->n - 1, yes = s->yes - says_yes(r), score;
    for (int by = 0; by < 2; by++) {
        CCI_TRY(quadratic(forecast_of(r), by, &score, error));
        CCI_TRY(add_part(out, by ? yes : others - yes, score, others, error));
    }
    return COCREATE_OK;
}

typedef cocreate_status mean_of(const sums *s, const cci_report *r, cci_rational *out,
                                cocreate_error *error);

static cocreate_status trace_mean(cci_trace *t, const char *name, mean_of *mean, const sums *s,
                                  const cci_report *r, cocreate_error *error)
{
    cci_rational value = {0};
    CCI_TRY(cci_rational_init(&value, error));
    cocreate_status status = mean(s, r, &value, error);
    if (status == COCREATE_OK)
        status = cci_trace_value(t, name, CCI_UNIT_NONE, &value, error);
    cci_rational_clear(&value);
    return status;
}

static cocreate_status pay_mean(cci_evaluation *e, const cci_rule *rule, const sums *s,
                                const cci_report *r, cocreate_error *error)
{
    const cci_peering *p = rule->parameters;
    cci_trace *t = &e->trace;
    cci_trace_begin(t);
    CCI_TRY(cci_trace_integer(t, "reports", CCI_UNIT_NONE, (int64_t)s->n, error));
    CCI_TRY(cci_trace_number(t, "quantum of scores", CCI_UNIT_NONE, (cci_number){1, BILLION}, error));
    CCI_TRY(trace_mean(t, "information", mean_information, s, r, error));
    CCI_TRY(trace_mean(t, "prediction", mean_prediction, s, r, error));
    CCI_TRY(cci_trace_calc(t, "score", CCI_UNIT_NONE, "sum", CCI_ARGS("information", "prediction"),
                           error));
    return cci_pay_score(e, rule, &p->pay, r->person, r->task,
                         "By all pairs of peers among {reports} reports: {information} for the answer "
                         "and {prediction} for the forecast, a score of {score}.",
                         error);
}

/* -- Two peers by lot ------------------------------------------------------------------------- */

/* R as the number called `name`: 1 less the square of what `y` misses the reference by. */
static cocreate_status trace_quadratic(cci_trace *t, const char *y, const char *const names[3],
                                       cocreate_error *error)
{
    CCI_TRY(cci_trace_calc(t, names[0], CCI_UNIT_NONE, "difference", CCI_ARGS("reference", y), error));
    CCI_TRY(cci_trace_calc(t, names[1], CCI_UNIT_NONE, "power", CCI_ARGS(names[0], "2"), error));
    return cci_trace_calc(t, names[2], CCI_UNIT_NONE, "difference", CCI_ARGS("1", names[1]), error);
}

static cocreate_status pay_drawn(cci_evaluation *e, const cci_rule *rule, const cci_report *r,
                                 const cci_report *peer, const cci_report *reference,
                                 cocreate_error *error)
{
    static const char *const of_shadow[] = {"shadow missed", "shadow square", "information"};
    static const char *const of_forecast[] = {"missed", "square", "prediction"};
    const cci_peering *p = rule->parameters;
    cci_trace *t = &e->trace;
    cci_trace_begin(t);
    CCI_TRY(cci_trace_number(t, "forecast", CCI_UNIT_NONE, forecast_of(r), error));
    CCI_TRY(cci_trace_number(t, "peer forecast", CCI_UNIT_NONE, forecast_of(peer), error));
    CCI_TRY(cci_trace_integer(t, "reference", CCI_UNIT_NONE, says_yes(reference), error));
    CCI_TRY(cci_trace_calc(t, "peer rest", CCI_UNIT_NONE, "difference", CCI_ARGS("1", "peer forecast"),
                           error));
    CCI_TRY(cci_trace_calc(t, "delta", CCI_UNIT_NONE, "minimum",
                           CCI_ARGS("peer forecast", "peer rest"), error));
    CCI_TRY(cci_trace_calc(t, "shadow", CCI_UNIT_NONE, says_yes(r) ? "sum" : "difference",
                           CCI_ARGS("peer forecast", "delta"), error));
    CCI_TRY(trace_quadratic(t, "shadow", of_shadow, error));
    CCI_TRY(trace_quadratic(t, "forecast", of_forecast, error));
    CCI_TRY(cci_trace_calc(t, "score", CCI_UNIT_NONE, "sum", CCI_ARGS("information", "prediction"),
                           error));
    return cci_pay_score(e, rule, &p->pay, r->person, r->task,
                         "By two peers that were drawn: {information} for the answer and {prediction} "
                         "for the forecast of {forecast}, a score of {score}.",
                         error);
}

cocreate_status cci_pay_rbts(cci_evaluation *e, const cci_rule *rule, const cci_report *reports,
                             size_t n, cocreate_error *error)
{
    const cci_peering *p = rule->parameters;
    sums s = {.n = n};
    if (!p->drawn)
        CCI_TRY(sum_up(reports, n, &s, error));
    for (size_t i = 0; i < n; i++)
        CCI_TRY(p->drawn ? pay_drawn(e, rule, &reports[i], &reports[(i + 1) % n],
                                     &reports[(i + 2) % n], error)
                         : pay_mean(e, rule, &s, &reports[i], error));
    return COCREATE_OK;
}
