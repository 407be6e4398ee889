/* scoring_rule: pay for forecasts by proper scoring rules: from a fund, by a lottery, or out of the
 * stakes of those who forecast. */
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "reward/information/score.h"
#include "reward/sharing/share.h"

typedef enum score { BRIER, LOG, SPHERICAL } score;
typedef enum form { LINEAR, LOTTERY, WAGER } form;

typedef struct scoring {
    int score, form;
    cci_terms_of_pay pay;
    int64_t prize; /* of a lottery */
} scoring;

static const cci_parameter parameters[] = {
    CCI_PARAMETER_FUND,
    {"score", "choice", 1,
     "brier: 1 less the square of what was missing from certainty; log: the natural logarithm; "
     "spherical: the probability over the length of the forecast"},
    {"form", "choice", 0,
     "linear (default): base and scale times the score; lottery: the prize, with the score as the "
     "chance; wager: the stakes, shared by the scores"},
    CCI_PARAMETER_BASE,
    CCI_PARAMETER_SCALE(0),
    CCI_PARAMETER_LEAST,
    CCI_PARAMETER_MOST,
    {"prize", "amount", 0, "of a lottery; required there"},
    CCI_PARAMETER_MAX_AWARDS(0),
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_ROUNDING,
    CCI_PARAMETER_END,
};

/* ---- the scheme ---- */

static cocreate_status refuse_others(const scoring *s, const json_t *json, const cci_path *path,
                                     cocreate_error *error)
{
    static const cci_form_key keys[] = {
        {"base", "given, but only the form linear has it", 1 << LINEAR},
        {"scale", "given, but only the form linear has it", 1 << LINEAR},
        {"min", "given, but only the form linear has it", 1 << LINEAR},
        {"max", "given, but only the form linear has it", 1 << LINEAR},
        {"prize", "given, but only the form lottery has it", 1 << LOTTERY},
        {"max_awards", "given, but stakes bound what a wager pays", 1 << LINEAR | 1 << LOTTERY},
        {"rounding", "given, but only the form wager splits anything", 1 << WAGER},
        {NULL, NULL, 0},
    };
    CCI_TRY(cci_refuse_forms(keys, s->form, json, path, error));
    if (s->score == LOG && s->form != LINEAR)
        return cci_refuse_key(path, "score",
                              "a logarithm is not between 0 and 1, as chances and wagers need it",
                              error);
    return COCREATE_OK;
}

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    static const char *const scores[] = {"brier", "log", "spherical", NULL};
    static const char *const forms[] = {"linear", "lottery", "wager", NULL};
    scoring *s = cci_arena_alloc(&scheme->arena, 1, sizeof *s);
    if (s == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_json_choice(json, "score", scores, &s->score, path, error));
    CCI_TRY(cci_json_choice_opt(json, "form", forms, &s->form, path, error));
    CCI_TRY(refuse_others(s, json, path, error));
    rule->parameters = s;
    if (s->form == WAGER) {
        rule->why = "stakes only: what is staked is paid";
        return COCREATE_OK;
    }
    if (s->form == LINEAR)
        return cci_read_pay(scheme, json, rule, (cci_number){s->score == LOG ? 0 : 1, 1}, &s->pay,
                            path, error);
    CCI_TRY(cci_read_amount(scheme, json, "prize", &s->prize, path, error));
    CCI_TRY(cci_read_max_awards(json, rule, &s->pay.max_awards, path, error));
    return cci_bound_each(scheme, rule, s->prize, s->pay.max_awards, path, error);
}

/* ---- forecasts ---- */

typedef struct forecast {
    const char *question, *person;
    const char *outcome; /* NULL: not decided */
    cci_odds odds;
    int64_t stake;
    size_t index;
} forecast;

static int in_order(const void *a, const void *b)
{
    const forecast *x = a, *y = b;
    int order = strcmp(x->question, y->question);
    if (order == 0)
        order = strcmp(x->person, y->person);
    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

static cocreate_status read_forecast(cci_evaluation *e, const cci_rule *rule, const json_t *row,
                                     const cci_questions *questions, forecast *f, int *counts,
                                     const cci_path *path, cocreate_error *error)
{
    const scoring *s = rule->parameters;
    cci_path question_at = cci_path_key(path, "question");
    CCI_TRY(cci_json_id(row, "forecaster", &f->person, path, error));
    CCI_TRY(cci_json_id(row, "question", &f->question, path, error));
    CCI_TRY(cci_odds_read(&e->scratch, row, "probabilities", &f->odds, path, error));
    CCI_TRY(cci_row_counts(row, counts, path, error));
    const cci_question *question = cci_question_find(questions, f->question);
    if (question == NULL)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &question_at,
                             "\"%s\" is not among the questions", f->question);
    f->outcome = question->outcome;
    if (s->form == WAGER) {
        CCI_TRY(cci_row_amount(e, row, "stake", &f->stake, path, error));
        if (f->stake == 0)
            return cci_refuse_key(path, "stake", "is not more than 0", error);
    }
    *counts = *counts && cci_person_eligible(e, rule, f->person);
    return COCREATE_OK;
}

/* By question and person. */
static cocreate_status read_forecasts(cci_evaluation *e, const cci_rule *rule,
                                      const cci_section *section, forecast **out, size_t *n,
                                      cocreate_error *error)
{
    cci_questions questions = {0};
    size_t count = 0;
    CCI_TRY(cci_questions_read(e, rule, &questions, error));
    forecast *list = cci_arena_alloc(&e->scratch, section->n, sizeof *list);
    if (list == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < section->n; i++) {
        const json_t *row;
        cci_path path;
        int counts = 0;
        CCI_TRY(cci_section_row(section, i, &row, &path, error));
        list[count].index = i;
        CCI_TRY(read_forecast(e, rule, row, &questions, &list[count], &counts, &path, error));
        count += counts != 0;
    }
    if (count > 0)
        qsort(list, count, sizeof *list, in_order);
    for (size_t i = 1; i < count; i++)
        if (strcmp(list[i - 1].question, list[i].question) == 0 &&
            strcmp(list[i - 1].person, list[i].person) == 0) {
            cci_path at = cci_path_at(&section->list, list[i].index);
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                                 "\"%s\" forecasts \"%s\" at $.forecasts[%zu] already",
                                 list[i].person, list[i].question, list[i - 1].index);
        }
    *out = list;
    *n = count;
    return COCREATE_OK;
}

/* ---- scores ---- */

static cocreate_status sum_squares(const cci_odds *odds, cci_number *out, cocreate_error *error)
{
    cci_rational sum = {0}, term = {0};
    cocreate_status status = cci_rational_init(&sum, error);
    if (status == COCREATE_OK)
        status = cci_rational_init(&term, error);
    for (size_t i = 0; i < odds->n && status == COCREATE_OK; i++) {
        status = cci_rational_set_i64(&term, odds->p[i].num, odds->p[i].den, error);
        if (status == COCREATE_OK)
            status = cci_rational_mul(&term, &term, &term, error);
        if (status == COCREATE_OK)
            status = cci_rational_add(&sum, &term, &sum, error);
    }
    *out = (cci_number){0, 1};
    if (status == COCREATE_OK && !cci_number_set(out, &sum))
        status = cci_fail(error, COCREATE_ERR_OVERFLOW, "overflow");
    cci_rational_clear(&term);
    cci_rational_clear(&sum);
    return status;
}

/* The squares of all probabilities, summed up, as "squares". */
static cocreate_status trace_squares(cci_evaluation *e, const forecast *f, cocreate_error *error)
{
    cci_number squares;
    cocreate_error inner;
    cci_path root = CCI_ROOT, list = cci_path_key(&root, "forecasts");
    cci_path at = cci_path_at(&list, f->index);
    cocreate_status status = sum_squares(&f->odds, &squares, &inner);
    if (status == COCREATE_ERR_MEMORY)
        return cci_no_memory(error);
    if (status != COCREATE_OK)
        return cci_json_fail(error, COCREATE_ERR_OVERFLOW, &at,
                             "the squares of the probabilities do not sum up within 64 bits: write "
                             "fewer decimals");
    return cci_trace_number(&e->trace, "squares", CCI_UNIT_NONE, squares, error);
}

static cocreate_status trace_brier(cci_evaluation *e, const forecast *f, const char *name,
                                   cocreate_error *error)
{
    cci_trace *t = &e->trace;
    const cci_odds *odds = &f->odds;
    if (odds->n == 2 && (strcmp(odds->names[0], f->outcome) == 0 ||
                         strcmp(odds->names[1], f->outcome) == 0)) {
        CCI_TRY(cci_trace_calc(t, "missing", CCI_UNIT_NONE, "difference", CCI_ARGS("1", "p"), error));
        CCI_TRY(cci_trace_calc(t, "square", CCI_UNIT_NONE, "power", CCI_ARGS("missing", "2"), error));
        return cci_trace_calc(t, name, CCI_UNIT_NONE, "difference", CCI_ARGS("1", "square"), error);
    }
    /* 1 - ((1 - p)^2 + the other squares) / 2 */
    CCI_TRY(trace_squares(e, f, error));
    CCI_TRY(cci_trace_calc(t, "half", CCI_UNIT_NONE, "quotient", CCI_ARGS("squares", "2"), error));
    CCI_TRY(cci_trace_calc(t, "whole", CCI_UNIT_NONE, "sum", CCI_ARGS("0.5", "p"), error));
    return cci_trace_calc(t, name, CCI_UNIT_NONE, "difference", CCI_ARGS("whole", "half"), error);
}

static cocreate_status trace_spherical(cci_evaluation *e, const forecast *f, const char *name,
                                       cocreate_error *error)
{
    cci_trace *t = &e->trace;
    CCI_TRY(trace_squares(e, f, error));
    CCI_TRY(cci_trace_calc(t, "p squared", CCI_UNIT_NONE, "power", CCI_ARGS("p", "2"), error));
    CCI_TRY(cci_trace_calc(t, "ratio", CCI_UNIT_NONE, "quotient", CCI_ARGS("p squared", "squares"),
                           error));
    return cci_trace_calc(t, name, CCI_UNIT_NONE, "root", CCI_ARGS("ratio", "32"), error);
}

/* The score of a forecast as the number called `name`; `p` is what it gave to what happened. */
static cocreate_status trace_score(cci_evaluation *e, const cci_rule *rule, const forecast *f,
                                   const char *name, cci_number *p, cocreate_error *error)
{
    const scoring *s = rule->parameters;
    cci_trace_begin(&e->trace);
    *p = cci_odds_of(&f->odds, f->outcome);
    CCI_TRY(cci_trace_number(&e->trace, "p", CCI_UNIT_NONE, *p, error));
    if (s->score == BRIER)
        return trace_brier(e, f, name, error);
    if (s->score == SPHERICAL)
        return trace_spherical(e, f, name, error);
    if (p->num == 0)
        return COCREATE_OK; /* minus infinity: no number */
    return cci_trace_calc(&e->trace, name, CCI_UNIT_NONE, "ln", CCI_ARGS("p", "9"), error);
}

/* ---- linear ---- */

static cocreate_status pay_linear(cci_evaluation *e, const cci_rule *rule, const forecast *f,
                                  cocreate_error *error)
{
    static const char *const sentences[] = {
        "{p} was forecast for what happened: a Brier score of {score}.",
        "{p} was forecast for what happened: a logarithmic score of {score}.",
        "{p} was forecast for what happened: a spherical score of {score}.",
    };
    const scoring *s = rule->parameters;
    cci_number p;
    CCI_TRY(trace_score(e, rule, f, "score", &p, error));
    if (s->score == LOG && p.num == 0)
        return cci_pay_least(e, rule, &s->pay, f->person, f->question,
                             "Nothing was forecast for what happened: a logarithmic score of minus "
                             "infinity.",
                             error);
    return cci_pay_score(e, rule, &s->pay, f->person, f->question, sentences[s->score], error);
}

/* ---- lottery ---- */

/* 48 bits of the ticket, as a part of 1. */
static cocreate_status draw(const cci_evaluation *e, const cci_rule *rule, const forecast *f,
                            cci_number *out, cocreate_error *error)
{
    cci_digest ticket;
    int64_t bits = 0;
    CCI_TRY(cci_matter_ticket(e, rule, f->question, f->person, &ticket, error));
    for (int i = 0; i < 6; i++)
        bits = bits << 8 | ticket.bytes[i];
    *out = cci_number_of(bits, INT64_C(1) << 48);
    return COCREATE_OK;
}

static cocreate_status less(const cci_trace *t, const char *name, cci_number than, int *out,
                            cocreate_error *error)
{
    cci_rational a = {0}, b = {0};
    int order = 0;
    cocreate_status status = cci_rational_init(&a, error);
    if (status == COCREATE_OK)
        status = cci_rational_init(&b, error);
    if (status == COCREATE_OK)
        status = cci_trace_get(t, name, &a, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(&b, than.num, than.den, error);
    if (status == COCREATE_OK)
        status = cci_rational_compare(&b, &a, &order, error);
    cci_rational_clear(&b);
    cci_rational_clear(&a);
    *out = order < 0;
    return status;
}

static cocreate_status pay_lottery(cci_evaluation *e, const cci_rule *rule, const forecast *f,
                                   cocreate_error *error)
{
    const scoring *s = rule->parameters;
    cci_trace *t = &e->trace;
    cci_number p, drawn;
    int64_t minor;
    int wins = 0;
    CCI_TRY(trace_score(e, rule, f, "score", &p, error));
    CCI_TRY(draw(e, rule, f, &drawn, error));
    CCI_TRY(less(t, "score", drawn, &wins, error));
    if (!wins)
        return COCREATE_OK;
    CCI_TRY(cci_trace_number(t, "drawn", CCI_UNIT_NONE, drawn, error));
    CCI_TRY(cci_trace_check(t, "drawn", "less", "score", error));
    CCI_TRY(cci_trace_integer(t, "prize", CCI_UNIT_MINOR, s->prize, error));
    cci_trace_say(t, "{p} was forecast for what happened: a chance of {score} to win {prize}. {drawn} "
                     "was drawn, which is less, and wins.");
    CCI_TRY(cci_trace_pay(t, "prize", &minor, error));
    return cci_pay_person(e, rule, f->person, f->question, minor, error);
}

/* ---- wager ---- */

/* The score to nine decimals as "score": sums of many stay short. */
static cocreate_status trace_short_score(cci_evaluation *e, const cci_rule *rule, const forecast *f,
                                         cocreate_error *error)
{
    cci_trace *t = &e->trace;
    cci_number p;
    CCI_TRY(trace_score(e, rule, f, "exact score", &p, error));
    CCI_TRY(cci_trace_calc(t, "billionths", CCI_UNIT_NONE, "product",
                           CCI_ARGS("exact score", "1000000000"), error));
    CCI_TRY(cci_trace_calc(t, "nearest", CCI_UNIT_NONE, "half_even", CCI_ARGS("billionths"), error));
    return cci_trace_calc(t, "score", CCI_UNIT_NONE, "quotient", CCI_ARGS("nearest", "1000000000"),
                          error);
}

/* The mean of the scores by stakes. */
static cocreate_status mean_score(cci_evaluation *e, const cci_rule *rule, const forecast *list,
                                  size_t n, int64_t total, cci_rational *mean, cocreate_error *error)
{
    cci_rational term = {0}, stake = {0};
    cocreate_status status = cci_rational_init(&term, error);
    if (status == COCREATE_OK)
        status = cci_rational_init(&stake, error);
    for (size_t i = 0; i < n && status == COCREATE_OK; i++) {
        status = trace_short_score(e, rule, &list[i], error);
        if (status == COCREATE_OK)
            status = cci_trace_get(&e->trace, "score", &term, error);
        if (status == COCREATE_OK)
            status = cci_rational_set_i64(&stake, list[i].stake, 1, error);
        if (status == COCREATE_OK)
            status = cci_rational_mul(&term, &stake, &term, error);
        if (status == COCREATE_OK)
            status = cci_rational_add(mean, &term, mean, error);
    }
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(&stake, total, 1, error);
    if (status == COCREATE_OK)
        status = cci_rational_div(mean, &stake, mean, error);
    cci_rational_clear(&stake);
    cci_rational_clear(&term);
    return status;
}

/* What the stake becomes, as "becomes". */
static cocreate_status trace_wager(cci_evaluation *e, const cci_rule *rule, const forecast *f,
                                   const cci_rational *mean, cocreate_error *error)
{
    cci_trace *t = &e->trace;
    CCI_TRY(trace_short_score(e, rule, f, error));
    CCI_TRY(cci_trace_value(t, "mean score", CCI_UNIT_NONE, mean, error));
    CCI_TRY(cci_trace_calc(t, "edge", CCI_UNIT_NONE, "difference", CCI_ARGS("score", "mean score"),
                           error));
    CCI_TRY(cci_trace_calc(t, "factor", CCI_UNIT_NONE, "sum", CCI_ARGS("1", "edge"), error));
    CCI_TRY(cci_trace_integer(t, "stake", CCI_UNIT_MINOR, f->stake, error));
    return cci_trace_calc(t, "becomes", CCI_UNIT_MINOR, "product", CCI_ARGS("stake", "factor"),
                          error);
}

static cocreate_status settle_with(cci_evaluation *e, const cci_rule *rule, const forecast *list,
                                   size_t n, int64_t total, const cci_rational *mean,
                                   cci_claims *claims, cocreate_error *error)
{
    cci_path root = CCI_ROOT, at = cci_path_key(&root, "forecasts");
    CCI_TRY(cci_claims_init(e, n, claims, error));
    for (size_t i = 0; i < n; i++) {
        claims->ids[i] = list[i].person;
        CCI_TRY(trace_wager(e, rule, &list[i], mean, error));
        CCI_TRY(cci_trace_get(&e->trace, "becomes", &claims->weights[i], error));
    }
    CCI_TRY(cci_claims_split(e, rule, total, CCI_EMPTY_RETURN, "stake", &at, claims, error));
    for (size_t i = 0; i < n; i++) {
        CCI_TRY(trace_wager(e, rule, &list[i], mean, error));
        cci_trace_say(&e->trace,
                      "{p} was forecast for what happened: a score of {score}; the mean of all stakes "
                      "is {mean score}. A stake of {stake} becomes {becomes}.");
        CCI_TRY(cci_trace_share(&e->trace, rule, total, claims, i, "stake", "becomes", error));
        CCI_TRY(cci_pay_person(e, rule, list[i].person, list[i].question, claims->shares[i], error));
    }
    return COCREATE_OK;
}

static cocreate_status give_back(cci_evaluation *e, const cci_rule *rule, const forecast *f,
                                 cocreate_error *error)
{
    int64_t minor;
    cci_trace_begin(&e->trace);
    CCI_TRY(cci_trace_integer(&e->trace, "stake", CCI_UNIT_MINOR, f->stake, error));
    cci_trace_say(&e->trace, "The question was not decided: the stake of {stake} is given back.");
    CCI_TRY(cci_trace_pay(&e->trace, "stake", &minor, error));
    return cci_pay_person(e, rule, f->person, f->question, minor, error);
}

/* All forecasts of one question. */
static cocreate_status settle_wager(cci_evaluation *e, const cci_rule *rule, const forecast *list,
                                    size_t n, cocreate_error *error)
{
    cci_claims claims = {0};
    cci_rational mean = {0};
    int64_t total = 0;
    cci_path root = CCI_ROOT, at = cci_path_key(&root, "forecasts");
    for (size_t i = 0; i < n; i++)
        if (!cci_add_i64(total, list[i].stake, &total) || total > CCI_MINOR_MAX)
            return cci_json_fail(error, COCREATE_ERR_OVERFLOW, &at,
                                 "more than 2^53 - 1 minor units are staked on \"%s\"",
                                 list[0].question);
    CCI_TRY(cci_receive(e, rule, total, &at, error));
    if (list[0].outcome == NULL) {
        for (size_t i = 0; i < n; i++)
            CCI_TRY(give_back(e, rule, &list[i], error));
        return COCREATE_OK;
    }
    cocreate_status status = cci_rational_init(&mean, error);
    if (status == COCREATE_OK)
        status = mean_score(e, rule, list, n, total, &mean, error);
    if (status == COCREATE_OK)
        status = settle_with(e, rule, list, n, total, &mean, &claims, error);
    cci_claims_free(&claims);
    cci_rational_clear(&mean);
    return status;
}

/* ---- all forms ---- */

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    const scoring *s = rule->parameters;
    cci_section section;
    forecast *list = NULL;
    size_t n = 0, due = 0;
    CCI_TRY(cci_section_open(e, rule, "forecasts", 0, &section, error));
    CCI_TRY(read_forecasts(e, rule, &section, &list, &n, error));
    if (s->form == WAGER) {
        for (size_t i = 0, end; i < n; i = end) {
            for (end = i + 1; end < n && strcmp(list[end].question, list[i].question) == 0;)
                end++;
            CCI_TRY(settle_wager(e, rule, &list[i], end - i, error));
        }
        return COCREATE_OK;
    }
    if (s->form == LOTTERY)
        CCI_TRY(cci_need_seed(e, rule, error));
    for (size_t i = 0; i < n; i++)
        due += list[i].outcome != NULL;
    CCI_TRY(cci_check_due(rule, &section, due, s->pay.max_awards, error));
    for (size_t i = 0; i < n; i++)
        if (list[i].outcome != NULL)
            CCI_TRY(s->form == LINEAR ? pay_linear(e, rule, &list[i], error)
                                      : pay_lottery(e, rule, &list[i], error));
    return COCREATE_OK;
}

const cci_rule_kind cci_rule_scoring_rule = {
    .kind = "scoring_rule",
    .title = "Pay for forecasts by proper scores",
    .parameters = parameters,
    .bound = "max_awards times the most that a score pays; nothing for wagers",
    .source = "Brier 1950; Good 1952 (logarithm); Gneiting & Raftery, Strictly proper scoring rules, "
              "2007; Lambert et al., Self-financed wagering mechanisms for forecasting, EC 2008; Hossain "
              "& Okui, The binarized scoring rule, 2013",
    .own_lists = 1,
    .parse = parse,
    .evaluate = evaluate,
};
