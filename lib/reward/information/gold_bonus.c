/* gold_bonus: pay for answers to questions whose right answer is known: for accuracy that is shown
 * beyond chance, or double or nothing. */
#include <stdlib.h>
#include <string.h>

#include "reward/information/score.h"

typedef enum form { THRESHOLD, DOUBLE_OR_NOTHING } form;

typedef struct gold {
    int form;
    int64_t each;
    cci_number accuracy, z; /* z 0: the plain share counts */
    int64_t min_tasks;
    int64_t least, most, questions;
    cci_number confidence;
    int64_t max_awards;
} gold;

static const cci_parameter parameters[] = {
    CCI_PARAMETER_FUND,
    {"form", "choice", 1,
     "threshold: the same for all who are accurate enough; double_or_nothing: the most, less for "
     "each question skipped, nothing beyond min after a wrong answer"},
    {"each", "amount", 0, "of threshold: the bonus; required there"},
    {"accuracy", "number", 0,
     "of threshold: what part of the answers must be right, above 0 and below 1; required there"},
    {"z", "number", 0,
     "of threshold: the lower bound of the Wilson interval of so many standard deviations must reach "
     "the accuracy; 1.96 by default, which is 95 %; 0: the share itself"},
    {"min_tasks", "integer", 0, "of threshold: answers that are needed; 1 by default"},
    {"max", "amount", 0, "of double_or_nothing: for right answers to all questions; required there"},
    {"min", "amount", 0, "of double_or_nothing: whatever the answers; 0 by default"},
    {"confidence", "number", 0,
     "of double_or_nothing: how sure one should be to answer, above 0 and below 1; a skipped question "
     "leaves this part; required there"},
    {"questions", "integer", 0,
     "of double_or_nothing: how many everybody is asked, to 64; those without a row are skipped; "
     "required there"},
    CCI_PARAMETER_MAX_AWARDS(1),
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_END,
};

/* ---- the scheme ---- */

static cocreate_status read_part(const json_t *json, const char *key, cci_number *out,
                                 const cci_path *path, cocreate_error *error)
{
    CCI_TRY(cci_row_number(json, key, 0, out, path, error));
    if (out->num <= 0 || out->num >= out->den)
        return cci_refuse_key(path, key, "is not between 0 and 1", error);
    return COCREATE_OK;
}

static cocreate_status read_threshold(cocreate_scheme *scheme, const json_t *json, cci_rule *rule,
                                      gold *g, const cci_path *path, cocreate_error *error)
{
    CCI_TRY(cci_read_amount(scheme, json, "each", &g->each, path, error));
    CCI_TRY(read_part(json, "accuracy", &g->accuracy, path, error));
    CCI_TRY(cci_row_number(json, "z", 1, &g->z, path, error));
    if (g->z.den == 0)
        g->z = (cci_number){49, 25};
    if (g->z.num < 0 || g->z.num / g->z.den > 10)
        return cci_refuse_key(path, "z", "is not from 0 to 10", error);
    g->min_tasks = 1;
    CCI_TRY(cci_json_i64_opt(json, "min_tasks", 1, INT32_MAX, &g->min_tasks, path, error));
    CCI_TRY(cci_read_max_awards(json, rule, &g->max_awards, path, error));
    return cci_bound_each(scheme, rule, g->each, g->max_awards, path, error);
}

/* Its power must fit a number of a trace, 400 characters. */
static int is_short(const gold *g)
{
    enum { BITS = 560 };
    int bits = 0;
    for (int64_t d = g->confidence.den; d > 0; d >>= 1)
        bits++;
    return bits * (int)g->questions <= BITS;
}

static cocreate_status read_double(cocreate_scheme *scheme, const json_t *json, cci_rule *rule,
                                   gold *g, const cci_path *path, cocreate_error *error)
{
    CCI_TRY(cci_read_amount(scheme, json, "max", &g->most, path, error));
    CCI_TRY(cci_read_amount_opt(scheme, json, "min", &g->least, path, error));
    if (g->least > g->most)
        return cci_refuse_key(path, "min", "is more than \"max\"", error);
    CCI_TRY(read_part(json, "confidence", &g->confidence, path, error));
    CCI_TRY(cci_json_i64(json, "questions", 1, 64, &g->questions, path, error));
    if (!is_short(g))
        return cci_refuse_key(path, "confidence", "is too long for so many questions", error);
    CCI_TRY(cci_read_max_awards(json, rule, &g->max_awards, path, error));
    return cci_bound_each(scheme, rule, g->most, g->max_awards, path, error);
}

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    static const char *const forms[] = {"threshold", "double_or_nothing", NULL};
    static const char *const others[][5] = {{"max", "min", "confidence", "questions", NULL},
                                            {"each", "accuracy", "z", "min_tasks", NULL}};
    gold *g = cci_arena_alloc(&scheme->arena, 1, sizeof *g);
    if (g == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_json_choice(json, "form", forms, &g->form, path, error));
    for (const char *const *key = others[g->form]; *key != NULL; key++) {
        const json_t *value = json_object_get(json, *key);
        if (value != NULL && !json_is_null(value))
            return cci_refuse_key(path, *key,
                                  g->form == THRESHOLD
                                      ? "given, but only the form double_or_nothing has it"
                                      : "given, but only the form threshold has it",
                                  error);
    }
    rule->parameters = g;
    return g->form == THRESHOLD ? read_threshold(scheme, json, rule, g, path, error)
                                : read_double(scheme, json, rule, g, path, error);
}

/* ---- answers ---- */

typedef enum answer { RIGHT, WRONG, SKIPPED } answer;

typedef struct label {
    const char *worker, *task;
    int answer;
    size_t index;
} label;

static int in_order(const void *a, const void *b)
{
    const label *x = a, *y = b;
    int order = strcmp(x->worker, y->worker);
    if (order == 0)
        order = strcmp(x->task, y->task);
    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

static cocreate_status read_labels(cci_evaluation *e, const cci_rule *rule,
                                   const cci_section *section, label **out, size_t *n,
                                   cocreate_error *error)
{
    static const char *const answers[] = {"correct", "wrong", "skipped", NULL};
    size_t count = 0;
    label *list = cci_arena_alloc(&e->scratch, section->n, sizeof *list);
    if (list == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < section->n; i++) {
        const json_t *row;
        cci_path path;
        int counts = 0;
        label *l = &list[count];
        CCI_TRY(cci_section_row(section, i, &row, &path, error));
        CCI_TRY(cci_json_id(row, "worker", &l->worker, &path, error));
        CCI_TRY(cci_json_id(row, "task", &l->task, &path, error));
        CCI_TRY(cci_json_choice(row, "answer", answers, &l->answer, &path, error));
        CCI_TRY(cci_row_counts(row, &counts, &path, error));
        l->index = i;
        count += counts && cci_person_eligible(e, rule, l->worker);
    }
    if (count > 0)
        qsort(list, count, sizeof *list, in_order);
    for (size_t i = 1; i < count; i++)
        if (strcmp(list[i - 1].worker, list[i].worker) == 0 &&
            strcmp(list[i - 1].task, list[i].task) == 0) {
            cci_path at = cci_path_at(&section->list, list[i].index);
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                                 "\"%s\" answers \"%s\" at $.gold[%zu] already", list[i].worker,
                                 list[i].task, list[i - 1].index);
        }
    *out = list;
    *n = count;
    return COCREATE_OK;
}

/* What somebody answered. */
typedef struct worker {
    const char *id;
    int64_t right, wrong, skipped;
    size_t index; /* of a row */
} worker;

static size_t group(const label *list, size_t n, worker *out)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        if (count == 0 || strcmp(out[count - 1].id, list[i].worker) != 0)
            out[count++] = (worker){.id = list[i].worker, .index = list[i].index};
        worker *w = &out[count - 1];
        w->right += list[i].answer == RIGHT;
        w->wrong += list[i].answer == WRONG;
        w->skipped += list[i].answer == SKIPPED;
    }
    return count;
}

/* ---- threshold ---- */

/* The Wilson bound L is where (share - L)^2 n = z^2 L (1 - L) with L below the share, so that it
 * reaches the accuracy a where (share - a)^2 n >= z^2 a (1 - a): no root is needed to decide. */
static cocreate_status trace_evidence(cci_trace *t, cocreate_error *error)
{
    CCI_TRY(cci_trace_calc(t, "beyond", CCI_UNIT_NONE, "difference", CCI_ARGS("share", "accuracy"),
                           error));
    CCI_TRY(cci_trace_calc(t, "evidence", CCI_UNIT_NONE, "product",
                           CCI_ARGS("beyond", "beyond", "answers"), error));
    CCI_TRY(cci_trace_calc(t, "rest", CCI_UNIT_NONE, "difference", CCI_ARGS("1", "accuracy"), error));
    return cci_trace_calc(t, "chance", CCI_UNIT_NONE, "product",
                          CCI_ARGS("z", "z", "accuracy", "rest"), error);
}

/* The bound itself, for people: (right + z^2/2 - z sqrt(right wrong / n + z^2/4)) / (n + z^2). */
static cocreate_status trace_bound(cci_trace *t, cocreate_error *error)
{
    static const struct {
        const char *name, *operation, *args[4];
    } steps[] = {
        {"zz", "product", {"z", "z", NULL}},
        {"half zz", "quotient", {"zz", "2", NULL}},
        {"quarter zz", "quotient", {"zz", "4", NULL}},
        {"wrong ones", "difference", {"answers", "right ones", NULL}},
        {"spread", "product", {"share", "wrong ones", NULL}},
        {"under", "sum", {"spread", "quarter zz", NULL}},
        {"deviation", "root", {"under", "32", NULL}},
        {"margin", "product", {"z", "deviation", NULL}},
        {"top", "sum", {"right ones", "half zz", NULL}},
        {"lower", "difference", {"top", "margin", NULL}},
        {"all", "sum", {"answers", "zz", NULL}},
        {"lower bound", "quotient", {"lower", "all", NULL}},
    };
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        CCI_TRY(cci_trace_calc(t, steps[i].name, CCI_UNIT_NONE, steps[i].operation, steps[i].args,
                               error));
    return COCREATE_OK;
}

/* Does the sign of a - b of two numbers of the trace say at least? */
static cocreate_status reaches(const cci_trace *t, const char *of, const char *than, int *out,
                               cocreate_error *error)
{
    cci_rational a = {0}, b = {0};
    int order = 0;
    cocreate_status status = cci_rational_init(&a, error);
    if (status == COCREATE_OK)
        status = cci_rational_init(&b, error);
    if (status == COCREATE_OK)
        status = cci_trace_get(t, of, &a, error);
    if (status == COCREATE_OK)
        status = cci_trace_get(t, than, &b, error);
    if (status == COCREATE_OK)
        status = cci_rational_compare(&a, &b, &order, error);
    cci_rational_clear(&b);
    cci_rational_clear(&a);
    *out = order >= 0;
    return status;
}

/* Skipped questions count for nothing. The trace stands as far as the bonus is due. */
static cocreate_status is_accurate(cci_evaluation *e, const gold *g, const worker *w, int *due,
                                   cocreate_error *error)
{
    cci_trace *t = &e->trace;
    int64_t answers = w->right + w->wrong;
    *due = 0;
    if (answers < g->min_tasks)
        return COCREATE_OK;
    cci_trace_begin(t);
    CCI_TRY(cci_trace_integer(t, "right ones", CCI_UNIT_NONE, w->right, error));
    CCI_TRY(cci_trace_integer(t, "answers", CCI_UNIT_NONE, answers, error));
    CCI_TRY(cci_trace_integer(t, "needed", CCI_UNIT_NONE, g->min_tasks, error));
    CCI_TRY(cci_trace_check(t, "answers", "at_least", "needed", error));
    CCI_TRY(cci_trace_calc(t, "share", CCI_UNIT_NONE, "quotient", CCI_ARGS("right ones", "answers"),
                           error));
    CCI_TRY(cci_trace_number(t, "accuracy", CCI_UNIT_NONE, g->accuracy, error));
    CCI_TRY(reaches(t, "share", "accuracy", due, error));
    if (!*due)
        return COCREATE_OK;
    CCI_TRY(cci_trace_check(t, "share", "at_least", "accuracy", error));
    if (g->z.num == 0)
        return COCREATE_OK;
    CCI_TRY(cci_trace_number(t, "z", CCI_UNIT_NONE, g->z, error));
    CCI_TRY(trace_evidence(t, error));
    CCI_TRY(reaches(t, "evidence", "chance", due, error));
    if (!*due)
        return COCREATE_OK;
    CCI_TRY(cci_trace_check(t, "evidence", "at_least", "chance", error));
    return trace_bound(t, error);
}

static cocreate_status pay_accurate(cci_evaluation *e, const cci_rule *rule, const worker *w,
                                    cocreate_error *error)
{
    const gold *g = rule->parameters;
    cci_trace *t = &e->trace;
    int64_t minor;
    int due;
    CCI_TRY(is_accurate(e, g, w, &due, error));
    assert(due);
    CCI_TRY(cci_trace_integer(t, "bonus", CCI_UNIT_MINOR, g->each, error));
    cci_trace_say(t, g->z.num == 0
                         ? "{right ones} of {answers} answers are right, at least {accuracy} of them: "
                           "{bonus}."
                         : "{right ones} of {answers} answers are right: that shows an accuracy of "
                           "{lower bound} or more, and {accuracy} is needed: {bonus}.");
    CCI_TRY(cci_trace_pay(t, "bonus", &minor, error));
    return cci_pay_person(e, rule, w->id, "", minor, error);
}

/* ---- double or nothing ---- */

static cocreate_status check_questions(const cci_rule *rule, const cci_section *section,
                                       const worker *w, cocreate_error *error)
{
    const gold *g = rule->parameters;
    cci_path at = cci_path_at(&section->list, w->index);
    int64_t rows = w->right + w->wrong + w->skipped;
    if (rows <= g->questions)
        return COCREATE_OK;
    return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                         "\"%s\" is asked %d questions, but rule \"%s\" asks %d", w->id, (int)rows,
                         rule->id, (int)g->questions);
}

static cocreate_status pay_double(cci_evaluation *e, const cci_rule *rule, const worker *w,
                                  cocreate_error *error)
{
    const gold *g = rule->parameters;
    cci_trace *t = &e->trace;
    int64_t minor;
    cci_trace_begin(t);
    CCI_TRY(cci_trace_integer(t, "most", CCI_UNIT_MINOR, g->most, error));
    CCI_TRY(cci_trace_integer(t, "least", CCI_UNIT_MINOR, g->least, error));
    if (w->wrong > 0) {
        CCI_TRY(cci_trace_integer(t, "wrong ones", CCI_UNIT_NONE, w->wrong, error));
        cci_trace_say(t, "Answers that are wrong: {wrong ones}. {least} is left.");
        CCI_TRY(cci_trace_pay(t, "least", &minor, error));
        return cci_pay_person(e, rule, w->id, "", minor, error);
    }
    CCI_TRY(cci_trace_integer(t, "questions", CCI_UNIT_NONE, g->questions, error));
    CCI_TRY(cci_trace_integer(t, "right ones", CCI_UNIT_NONE, w->right, error));
    CCI_TRY(cci_trace_number(t, "confidence", CCI_UNIT_NONE, g->confidence, error));
    CCI_TRY(cci_trace_calc(t, "skipped", CCI_UNIT_NONE, "difference",
                           CCI_ARGS("questions", "right ones"), error));
    CCI_TRY(cci_trace_calc(t, "part", CCI_UNIT_NONE, "power", CCI_ARGS("confidence", "skipped"),
                           error));
    CCI_TRY(cci_trace_calc(t, "range", CCI_UNIT_MINOR, "difference", CCI_ARGS("most", "least"),
                           error));
    CCI_TRY(cci_trace_calc(t, "more", CCI_UNIT_MINOR, "product", CCI_ARGS("range", "part"), error));
    CCI_TRY(cci_trace_calc(t, "exact", CCI_UNIT_MINOR, "sum", CCI_ARGS("least", "more"), error));
    CCI_TRY(cci_trace_calc(t, "pay", CCI_UNIT_MINOR, "floor", CCI_ARGS("exact"), error));
    cci_trace_say(t, g->least == 0
                         ? "{right ones} of {questions} answers are right, none is wrong. All right is "
                           "{most}, and each skipped one leaves {confidence} of it: {pay}."
                         : "{right ones} of {questions} answers are right, none is wrong. All right is "
                           "{most}, and each skipped one leaves {confidence} of what is above {least}: "
                           "{pay}.");
    CCI_TRY(cci_trace_pay(t, "pay", &minor, error));
    return cci_pay_person(e, rule, w->id, "", minor, error);
}

/* ---- both ---- */

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    const gold *g = rule->parameters;
    cci_section section;
    label *labels = NULL;
    size_t n = 0, due = 0;
    CCI_TRY(cci_section_open(e, rule, "gold", 0, &section, error));
    CCI_TRY(read_labels(e, rule, &section, &labels, &n, error));
    worker *workers = cci_arena_alloc(&e->scratch, n, sizeof *workers);
    if (workers == NULL)
        return cci_no_memory(error);
    n = group(labels, n, workers);
    for (size_t i = 0; i < n; i++) {
        int pays = 1;
        if (g->form == DOUBLE_OR_NOTHING)
            CCI_TRY(check_questions(rule, &section, &workers[i], error));
        else
            CCI_TRY(is_accurate(e, g, &workers[i], &pays, error));
        if (pays)
            workers[due++] = workers[i];
    }
    CCI_TRY(cci_check_due(rule, &section, due, g->max_awards, error));
    for (size_t i = 0; i < due; i++)
        CCI_TRY(g->form == THRESHOLD ? pay_accurate(e, rule, &workers[i], error)
                                     : pay_double(e, rule, &workers[i], error));
    return COCREATE_OK;
}

const cci_rule_kind cci_rule_gold_bonus = {
    .kind = "gold_bonus",
    .title = "A bonus for right answers to questions of gold",
    .parameters = parameters,
    .bound = "max_awards times each, or max",
    .source = "Wilson, Probable inference, 1927; Shah & Zhou, Double or nothing: multiplicative "
              "incentive mechanisms for crowdsourcing, JMLR 17(165), 2016",
    .own_lists = 1,
    .parse = parse,
    .evaluate = evaluate,
};
