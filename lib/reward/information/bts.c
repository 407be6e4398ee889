/* The Bayesian truth serum. With x the part of each answer and y the geometric mean of what was predicted
 * for it, who answers k scores ln(x_k / y_k) + alpha * sum of x ln(own prediction / x). */
#include <string.h>

#include "reward/information/peers.h"
#include "reward/sharing/share.h"

#define BILLION INT64_C(1000000000)

typedef struct serum {
    cci_people answers;  /* all that are given or predicted */
    int64_t *counts;     /* of reports with it */
    int64_t *log_shares; /* ln of its part in billionths; 0 where nobody gave it */
    int64_t *log_sums;   /* sum of ln of all predictions, in billionths */
    int64_t *own;        /* of each report, ln of its prediction for each answer */
} serum;

static cocreate_status find_answers(cci_evaluation *e, const cci_report *reports, size_t n, serum *s,
                                    cocreate_error *error)
{
    size_t total = n, at = 0;
    for (size_t i = 0; i < n; i++)
        total += reports[i].odds.n;
    s->answers.ids = cci_arena_alloc(&e->scratch, total, sizeof *s->answers.ids);
    if (s->answers.ids == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < n; i++) {
        s->answers.ids[at++] = reports[i].answer;
        for (size_t k = 0; k < reports[i].odds.n; k++)
            s->answers.ids[at++] = reports[i].odds.names[k];
    }
    s->answers.n = total;
    cci_people_sort(&s->answers);
    return COCREATE_OK;
}

/* max(p, epsilon) for each answer, over their sum. */
static cocreate_status log_predictions(const cci_peering *p, const serum *s, const cci_report *r,
                                       cci_rational *sum, cci_rational *term, int64_t *out,
                                       cocreate_error *error)
{
    CCI_TRY(cci_rational_set_i64(sum, 0, 1, error));
    for (int pass = 0; pass < 2; pass++)
        for (size_t k = 0, named = 0; k < s->answers.n; k++) {
            cci_number y = {0, 1};
            if (named < r->odds.n && strcmp(r->odds.names[named], s->answers.ids[k]) == 0)
                y = r->odds.p[named++]; /* both ascend */
            if (cci_number_compare(y, p->epsilon) < 0)
                y = p->epsilon;
            CCI_TRY(cci_set_number(term, y, error));
            if (pass == 0) {
                CCI_TRY(cci_rational_add(sum, term, sum, error));
                continue;
            }
            CCI_TRY(cci_rational_div(term, sum, term, error));
            CCI_TRY(cci_ln_billionths(term, &out[k], error));
        }
    return COCREATE_OK;
}

static cocreate_status log_shares(serum *s, size_t n, cocreate_error *error)
{
    cci_rational x = {0};
    cocreate_status status = cci_rational_init(&x, error);
    for (size_t k = 0; k < s->answers.n && status == COCREATE_OK; k++) {
        if (s->counts[k] == 0)
            continue;
        status = cci_rational_set_i64(&x, s->counts[k], (int64_t)n, error);
        if (status == COCREATE_OK)
            status = cci_ln_billionths(&x, &s->log_shares[k], error);
    }
    cci_rational_clear(&x);
    return status;
}

static cocreate_status prepare(cci_evaluation *e, const cci_rule *rule, const cci_report *reports,
                               size_t n, int64_t *work, serum *s, cocreate_error *error)
{
    const cci_peering *p = rule->parameters;
    cci_rational sum = {0}, term = {0};
    CCI_TRY(find_answers(e, reports, n, s, error));
    size_t m = s->answers.n;
    CCI_TRY(cci_peer_work(rule, 50 * (int64_t)n, (int64_t)m, work, error));
    s->counts = cci_arena_alloc(&e->scratch, m, sizeof *s->counts);
    s->log_shares = cci_arena_alloc(&e->scratch, m, sizeof *s->log_shares);
    s->log_sums = cci_arena_alloc(&e->scratch, m, sizeof *s->log_sums);
    s->own = cci_arena_alloc(&e->scratch, n * m, sizeof *s->own);
    if (s->counts == NULL || s->log_shares == NULL || s->log_sums == NULL || s->own == NULL)
        return cci_no_memory(error);
    cocreate_status status = cci_rational_init(&sum, error);
    if (status == COCREATE_OK)
        status = cci_rational_init(&term, error);
    for (size_t i = 0; i < n && status == COCREATE_OK; i++) {
        s->counts[cci_people_find(&s->answers, reports[i].answer)]++;
        status = log_predictions(p, s, &reports[i], &sum, &term, &s->own[i * m], error);
        for (size_t k = 0; k < m && status == COCREATE_OK; k++)
            s->log_sums[k] += s->own[i * m + k];
    }
    cci_rational_clear(&term);
    cci_rational_clear(&sum);
    return status == COCREATE_OK ? log_shares(s, n, error) : status;
}

/* sum of x_k (ln own_k - ln x_k) as the number called "prediction" */
static cocreate_status trace_prediction(cci_trace *t, const serum *s, const int64_t *own, size_t n,
                                        cocreate_error *error)
{
    cci_rational sum = {0}, term = {0}, count = {0};
    cocreate_status status = cci_rational_init(&sum, error);
    if (status == COCREATE_OK)
        status = cci_rational_init(&term, error);
    if (status == COCREATE_OK)
        status = cci_rational_init(&count, error);
    for (size_t k = 0; k < s->answers.n && status == COCREATE_OK; k++) {
        if (s->counts[k] == 0)
            continue;
        status = cci_rational_set_i64(&term, own[k] - s->log_shares[k], BILLION, error);
        if (status == COCREATE_OK)
            status = cci_rational_set_i64(&count, s->counts[k], (int64_t)n, error);
        if (status == COCREATE_OK)
            status = cci_rational_mul(&term, &count, &term, error);
        if (status == COCREATE_OK)
            status = cci_rational_add(&sum, &term, &sum, error);
    }
    if (status == COCREATE_OK)
        status = cci_trace_value(t, "prediction", CCI_UNIT_NONE, &sum, error);
    cci_rational_clear(&count);
    cci_rational_clear(&term);
    cci_rational_clear(&sum);
    return status;
}

/* sum / (10^9 n) as the number called "log predicted" */
static cocreate_status trace_predicted(cci_trace *t, int64_t sum, size_t n, cocreate_error *error)
{
    cci_rational mean = {0}, count = {0};
    cocreate_status status = cci_rational_init(&mean, error);
    if (status == COCREATE_OK)
        status = cci_rational_init(&count, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(&mean, sum, BILLION, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(&count, (int64_t)n, 1, error);
    if (status == COCREATE_OK)
        status = cci_rational_div(&mean, &count, &mean, error);
    if (status == COCREATE_OK)
        status = cci_trace_value(t, "log predicted", CCI_UNIT_NONE, &mean, error);
    cci_rational_clear(&count);
    cci_rational_clear(&mean);
    return status;
}

static cocreate_status pay_report(cci_evaluation *e, const cci_rule *rule, const cci_report *r,
                                  const serum *s, const int64_t *own, size_t n,
                                  cocreate_error *error)
{
    const cci_peering *p = rule->parameters;
    cci_trace *t = &e->trace;
    size_t k = cci_people_find(&s->answers, r->answer);
    cci_trace_begin(t);
    CCI_TRY(cci_trace_integer(t, "reports", CCI_UNIT_NONE, (int64_t)n, error));
    CCI_TRY(cci_trace_integer(t, "alike", CCI_UNIT_NONE, s->counts[k], error));
    CCI_TRY(cci_trace_calc(t, "part", CCI_UNIT_NONE, "quotient", CCI_ARGS("alike", "reports"), error));
    CCI_TRY(cci_trace_calc(t, "log part", CCI_UNIT_NONE, "ln", CCI_ARGS("part", "9"), error));
    CCI_TRY(cci_trace_number(t, "quantum of logs", CCI_UNIT_NONE, (cci_number){1, BILLION}, error));
    CCI_TRY(trace_predicted(t, s->log_sums[k], n, error));
    CCI_TRY(cci_trace_calc(t, "information", CCI_UNIT_NONE, "difference",
                           CCI_ARGS("log part", "log predicted"), error));
    CCI_TRY(trace_prediction(t, s, own, n, error));
    CCI_TRY(cci_trace_number(t, "alpha", CCI_UNIT_NONE, p->alpha, error));
    CCI_TRY(cci_trace_calc(t, "weighted", CCI_UNIT_NONE, "product", CCI_ARGS("alpha", "prediction"),
                           error));
    CCI_TRY(cci_trace_calc(t, "score", CCI_UNIT_NONE, "sum", CCI_ARGS("information", "weighted"),
                           error));
    return cci_pay_score(e, rule, &p->pay, r->person, r->task,
                         "{alike} of {reports} gave this answer: {information} for how much more common "
                         "it is than predicted, {weighted} for the own prediction, a score of {score}.",
                         error);
}

cocreate_status cci_pay_bts(cci_evaluation *e, const cci_rule *rule, const cci_report *reports,
                            size_t n, int64_t *work, cocreate_error *error)
{
    serum s = {.counts = NULL};
    CCI_TRY(prepare(e, rule, reports, n, work, &s, error));
    for (size_t i = 0; i < n; i++)
        CCI_TRY(pay_report(e, rule, &reports[i], &s, &s.own[i * s.answers.n], n, error));
    return COCREATE_OK;
}
