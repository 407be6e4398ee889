/* peer_prediction: pay for answers that nobody can check, by what others answer. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "reward/information/peers.h"
#include "reward/sharing/share.h"

static const cci_parameter parameters[] = {
    CCI_PARAMETER_FUND,
    {"form", "choice", 1,
     "bts: Bayesian truth serum, answers more common than predicted; rbts: the robust one, for yes and "
     "no; pts: peer truth serum, agreement over how common the answer is; ca: correlated agreement "
     "beyond chance, over several tasks; output_agreement: agreement"},
    {"peers", "choice", 0,
     "average (default): all others; random: drawn by the seed; not with bts, which has all"},
    CCI_PARAMETER_BASE,
    CCI_PARAMETER_SCALE(1),
    CCI_PARAMETER_LEAST,
    CCI_PARAMETER_MOST,
    CCI_PARAMETER_MAX_AWARDS(1),
    {"alpha", "number", 0, "of bts: what predictions weigh, above 0; 1 by default"},
    {"epsilon", "number", 0,
     "of bts: predictions below it count as this, above 0 and at most 1/2; 1/100 by default"},
    {"prior", "object", 0,
     "of pts: how common each answer is taken to be; by default as common as in all reports"},
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_END,
};

/* ---- the scheme ---- */

static cocreate_status refuse_others(const cci_peering *p, const json_t *json, const cci_path *path,
                                     cocreate_error *error)
{
    static const cci_form_key keys[] = {
        {"alpha", "given, but only the form bts has it", 1 << CCI_BTS},
        {"epsilon", "given, but only the form bts has it", 1 << CCI_BTS},
        {"prior", "given, but only the form pts has it", 1 << CCI_PTS},
        {"peers", "given, but all others are peers in the form bts",
         1 << CCI_RBTS | 1 << CCI_PTS | 1 << CCI_CA | 1 << CCI_OUTPUT},
        {NULL, NULL, 0},
    };
    return cci_refuse_forms(keys, p->form, json, path, error);
}

static cocreate_status read_serum(const json_t *json, cci_peering *p, const cci_path *path,
                                  cocreate_error *error)
{
    CCI_TRY(cci_row_number(json, "alpha", 1, &p->alpha, path, error));
    CCI_TRY(cci_row_number(json, "epsilon", 1, &p->epsilon, path, error));
    if (p->alpha.den == 0)
        p->alpha = (cci_number){1, 1};
    if (p->epsilon.den == 0)
        p->epsilon = (cci_number){1, 100};
    if (p->alpha.num <= 0)
        return cci_refuse_key(path, "alpha", "is not more than 0", error);
    if (p->epsilon.num <= 0 || p->epsilon.num > p->epsilon.den / 2)
        return cci_refuse_key(path, "epsilon", "is not above 0 and at most 1/2", error);
    return COCREATE_OK;
}

/* The prior, and the largest score that it allows. */
static cocreate_status read_prior(cocreate_scheme *scheme, const json_t *json, cci_peering *p,
                                  cci_number *highest, const cci_path *path, cocreate_error *error)
{
    cci_path at = cci_path_key(path, "prior");
    const json_t *prior = json_object_get(json, "prior");
    cci_number least = {1, 1};
    *highest = (cci_number){0, 0};
    if (prior == NULL || json_is_null(prior))
        return COCREATE_OK;
    CCI_TRY(cci_odds_read(&scheme->arena, json, "prior", &p->prior, path, error));
    for (size_t i = 0; i < p->prior.n; i++) {
        cci_path here = cci_path_key(&at, p->prior.names[i]);
        if (p->prior.p[i].num == 0)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "is not more than 0");
        if (cci_number_compare(p->prior.p[i], least) < 0)
            least = p->prior.p[i];
        p->prior.names[i] = cci_arena_copy(&scheme->arena, p->prior.names[i],
                                           strlen(p->prior.names[i]));
        if (p->prior.names[i] == NULL)
            return cci_no_memory(error);
    }
    *highest = (cci_number){least.den, least.num};
    return COCREATE_OK;
}

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    static const char *const forms[] = {"bts", "rbts", "pts", "ca", "output_agreement", NULL};
    static const char *const peers[] = {"average", "random", NULL};
    cci_number highest = {0, 0};
    cci_peering *p = cci_arena_alloc(&scheme->arena, 1, sizeof *p);
    if (p == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_json_choice(json, "form", forms, &p->form, path, error));
    CCI_TRY(cci_json_choice_opt(json, "peers", peers, &p->drawn, path, error));
    CCI_TRY(refuse_others(p, json, path, error));
    rule->parameters = p;
    if (p->form == CCI_BTS)
        CCI_TRY(read_serum(json, p, path, error));
    else if (p->form == CCI_PTS)
        CCI_TRY(read_prior(scheme, json, p, &highest, path, error));
    else
        highest = (cci_number){p->form == CCI_RBTS ? 2 : 1, 1};
    return cci_read_pay(scheme, json, rule, highest, &p->pay, path, error);
}

/* ---- reports ---- */

static int by_task(const void *a, const void *b)
{
    const cci_report *x = a, *y = b;
    int order = strcmp(x->task, y->task);
    if (order == 0) /* zeros where nothing is drawn */
        order = memcmp(x->ticket.bytes, y->ticket.bytes, sizeof x->ticket.bytes);
    if (order == 0)
        order = strcmp(x->person, y->person);
    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

static int by_person(const void *a, const void *b)
{
    const cci_report *x = a, *y = b;
    int order = strcmp(x->person, y->person);
    if (order == 0)
        order = strcmp(x->task, y->task);
    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

static cocreate_status read_report(cci_evaluation *e, const cci_rule *rule, const json_t *row,
                                   cci_report *r, int *counts, const cci_path *path,
                                   cocreate_error *error)
{
    const cci_peering *p = rule->parameters;
    CCI_TRY(cci_json_id(row, "reporter", &r->person, path, error));
    CCI_TRY(cci_json_id(row, "task", &r->task, path, error));
    r->answer = NULL;
    CCI_TRY(cci_outcome_opt(row, "answer", &r->answer, path, error));
    if (r->answer == NULL)
        return cci_refuse_key(path, "answer", "required, but missing", error);
    CCI_TRY(cci_row_counts(row, counts, path, error));
    *counts = *counts && cci_person_eligible(e, rule, r->person);
    if (p->form == CCI_BTS)
        return cci_odds_read(&e->scratch, row, "prediction", &r->odds, path, error);
    if (p->form != CCI_RBTS)
        return COCREATE_OK;
    if (strcmp(r->answer, "yes") != 0 && strcmp(r->answer, "no") != 0)
        return cci_refuse_key(path, "answer", "is not true or false, \"yes\" or \"no\", as rbts has it",
                              error);
    if (json_object_get(row, "p") == NULL)
        return cci_refuse_key(path, "p", "required, but missing", error);
    return cci_odds_read(&e->scratch, row, "prediction", &r->odds, path, error);
}

static cocreate_status read_reports(cci_evaluation *e, const cci_rule *rule,
                                    const cci_section *section, cci_report **out, size_t *n,
                                    cocreate_error *error)
{
    const cci_peering *p = rule->parameters;
    size_t count = 0;
    cci_report *list = cci_arena_alloc(&e->scratch, section->n, sizeof *list);
    if (list == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < section->n; i++) {
        const json_t *row;
        cci_path path;
        int counts = 0;
        CCI_TRY(cci_section_row(section, i, &row, &path, error));
        list[count].index = i;
        CCI_TRY(read_report(e, rule, row, &list[count], &counts, &path, error));
        count += counts != 0;
    }
    if (count > 0)
        qsort(list, count, sizeof *list, by_person);
    for (size_t i = 1; i < count; i++)
        if (strcmp(list[i - 1].task, list[i].task) == 0 &&
            strcmp(list[i - 1].person, list[i].person) == 0) {
            cci_path at = cci_path_at(&section->list, list[i].index);
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                                 "\"%s\" reports on \"%s\" at $.reports[%zu] already", list[i].person,
                                 list[i].task, list[i - 1].index);
        }
    for (size_t i = 0; i < count && p->drawn && p->form != CCI_CA; i++)
        CCI_TRY(cci_matter_ticket(e, rule, list[i].task, list[i].person, &list[i].ticket, error));
    *out = list;
    *n = count;
    return COCREATE_OK;
}

/* ---- the histogram of pts ---- */

static cocreate_status histogram(cci_evaluation *e, const cci_report *reports, size_t n, cci_odds *out,
                                 cocreate_error *error)
{
    cci_people answers = {.n = n};
    answers.ids = cci_arena_alloc(&e->scratch, n, sizeof *answers.ids);
    int64_t *counts = cci_arena_alloc(&e->scratch, n, sizeof *counts);
    out->p = cci_arena_alloc(&e->scratch, n, sizeof *out->p);
    if (answers.ids == NULL || counts == NULL || out->p == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < n; i++)
        answers.ids[i] = reports[i].answer;
    cci_people_sort(&answers);
    for (size_t i = 0; i < n; i++)
        counts[cci_people_find(&answers, reports[i].answer)]++;
    for (size_t i = 0; i < answers.n; i++)
        out->p[i] = cci_number_of(counts[i], (int64_t)n);
    out->names = answers.ids;
    out->n = answers.n;
    return COCREATE_OK;
}

static cocreate_status check_prior(const cci_rule *rule, const cci_section *section,
                                   const cci_report *reports, size_t n, cocreate_error *error)
{
    const cci_peering *p = rule->parameters;
    for (size_t i = 0; i < n && p->prior.n > 0; i++)
        if (cci_odds_of(&p->prior, reports[i].answer).num == 0) {
            cci_path row = cci_path_at(&section->list, reports[i].index);
            cci_path at = cci_path_key(&row, "answer");
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                                 "\"%s\" is not in the prior of rule \"%s\"", reports[i].answer,
                                 rule->id);
        }
    return COCREATE_OK;
}

/* ---- all forms ---- */

cocreate_status cci_peer_work(const cci_rule *rule, int64_t a, int64_t b, int64_t *work,
                              cocreate_error *error)
{
    int64_t product;
    if (cci_mul_i64(a, b, &product) && cci_add_i64(*work, product, work) && *work <= CCI_PEER_WORK)
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_LIMIT,
                    "$.reports: rule \"%s\" would need more than 10^8 steps to compare so many",
                    rule->id);
}

static size_t end_of_task(const cci_report *reports, size_t n, size_t i)
{
    size_t end = i + 1;
    while (end < n && strcmp(reports[end].task, reports[i].task) == 0)
        end++;
    return end;
}

static cocreate_status pay_task(cci_evaluation *e, const cci_rule *rule, const cci_report *reports,
                                size_t n, const cci_odds *prior, int64_t *work,
                                cocreate_error *error)
{
    const cci_peering *p = rule->parameters;
    switch (p->form) {
    case CCI_BTS:
        return cci_pay_bts(e, rule, reports, n, work, error);
    case CCI_RBTS:
        return cci_pay_rbts(e, rule, reports, n, error);
    default:
        return cci_pay_agreement(e, rule, reports, n, prior, error);
    }
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    const cci_peering *p = rule->parameters;
    size_t least = p->form == CCI_RBTS ? 3 : 2, n = 0, due = 0;
    cci_section section;
    cci_report *reports = NULL;
    cci_odds prior = p->prior;
    int64_t work = 0;
    CCI_TRY(cci_section_open(e, rule, "reports", 0, &section, error));
    if (p->drawn)
        CCI_TRY(cci_need_seed(e, rule, error));
    CCI_TRY(read_reports(e, rule, &section, &reports, &n, error));
    if (p->form == CCI_CA)
        return cci_pay_correlated(e, rule, &section, reports, n, error);
    if (p->form == CCI_PTS)
        CCI_TRY(prior.n > 0 ? check_prior(rule, &section, reports, n, error)
                            : histogram(e, reports, n, &prior, error));
    if (n > 0)
        qsort(reports, n, sizeof *reports, by_task);
    for (size_t i = 0, end; i < n; i = end) {
        end = end_of_task(reports, n, i);
        due += end - i >= least ? end - i : 0;
    }
    CCI_TRY(cci_check_due(rule, &section, due, p->pay.max_awards, error));
    for (size_t i = 0, end; i < n; i = end) {
        end = end_of_task(reports, n, i);
        if (end - i >= least)
            CCI_TRY(pay_task(e, rule, &reports[i], end - i, &prior, &work, error));
    }
    return COCREATE_OK;
}

const cci_rule_kind cci_rule_peer_prediction = {
    .kind = "peer_prediction",
    .title = "Pay for answers by those of others",
    .parameters = parameters,
    .bound = "max_awards times the most that a score pays",
    .source = "Prelec, A Bayesian truth serum for subjective data, Science 306, 2004; Witkowski & "
              "Parkes, A robust Bayesian truth serum for small populations, AAAI 2012; Radanovic, "
              "Faltings & Jurca, Incentives for effort in crowdsourcing using the peer truth serum, ACM "
              "TIST 7, 2016; Shnayder et al., Informed truthfulness in multi-task peer prediction, EC "
              "2016; von Ahn & Dabbish 2004 (output agreement)",
    .own_lists = 1,
    .parse = parse,
    .evaluate = evaluate,
};
