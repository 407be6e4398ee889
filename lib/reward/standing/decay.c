/* decay: what is left of points at a time. A view of the log of events, which stays as it is. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "reward/recognition/events.h"

/* Ages that a trace shows one by one; what is older stands there in one number. */
enum { KINDS_MAX = 200, STEPS_MAX = 32, SHOWN_MAX = 5 };

typedef enum form { HALF_LIFE, LINEAR, STEPS, INTERVAL } form;

typedef struct step {
    cci_number after; /* days */
    cci_number factor;
} step;

typedef struct worth {
    const char *kind;
    cci_number points;
} worth;

typedef struct decay {
    int form;
    cci_number days; /* half-life, until nothing is left, or an interval */
    const char *days_text;
    cci_number discount;
    const char *keep_text; /* 1 - discount */
    step steps[STEPS_MAX]; /* rising */
    size_t n_steps;
    worth *worths; /* by kind; NULL: an event is worth its value */
    size_t n_worths;
    cci_guards guards;
} decay;

static const cci_parameter parameters[] = {
    {"form", "choice", 1,
     "half_life: 2^(-age / days); linear: 1 - age / days, and 0 from then on; steps: the factor of the "
     "last step that is over; interval: (1 - discount)^n after n whole intervals"},
    {"days", "number", 0, "the half-life, the time until nothing is left, or an interval"},
    {"steps", "list", 0, "{after_days, factor}: rising ages and falling factors, 1 to 32"},
    {"discount", "number", 0, "what an interval takes away, 0 to 1"},
    {"events", "object", 0,
     "the points of each kind of event; by default an event is worth its value"},
    CCI_PARAMETER_GUARDS,
    CCI_PARAMETER_UNIT,
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_END,
};

/* -- Parameters ------------------------------------------------------------------------------- */

static cocreate_status keep_text(cocreate_scheme *scheme, cci_number n, const char **out,
                                 cocreate_error *error)
{
    cci_buffer b;
    cci_buffer_init(&b, &scheme->arena.allocator);
    cci_number_text(n, &b);
    return cci_arena_finish(&scheme->arena, &b, out, error);
}

static int by_kind(const void *a, const void *b)
{
    return strcmp(((const worth *)a)->kind, ((const worth *)b)->kind);
}

static cocreate_status read_events(cocreate_scheme *scheme, const json_t *json, decay *d,
                                   const cci_path *path, cocreate_error *error)
{
    cci_path at = cci_path_key(path, "events");
    json_t *events, *value;
    const char *key;
    CCI_TRY(cci_json_get_object_opt(json, "events", &events, path, error));
    if (events == NULL)
        return COCREATE_OK;
    size_t n = json_object_size(events);
    if (n == 0 || n > KINDS_MAX)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "holds %zu kinds, not 1 to %d", n,
                             KINDS_MAX);
    d->worths = cci_arena_alloc(&scheme->arena, n, sizeof *d->worths);
    if (d->worths == NULL)
        return cci_no_memory(error);
    json_object_foreach(events, key, value)
    {
        cci_path here = cci_path_key(&at, key);
        worth *w = &d->worths[d->n_worths++];
        w->kind = cci_arena_copy(&scheme->arena, key, strlen(key));
        if (w->kind == NULL)
            return cci_no_memory(error);
        CCI_TRY(cci_number_read(value, &w->points, &here, error));
    }
    qsort(d->worths, n, sizeof *d->worths, by_kind);
    return COCREATE_OK;
}

static cocreate_status read_step(const json_t *json, const step *before, step *out,
                                 const cci_path *at, cocreate_error *error)
{
    static const char *const keys[] = {"after_days", "factor", NULL};
    cci_path after_at = cci_path_key(at, "after_days"), factor_at = cci_path_key(at, "factor");
    cci_number one = {1, 1}, least = before != NULL ? before->factor : one;
    CCI_TRY(cci_json_object(json, at, error));
    CCI_TRY(cci_json_keys(json, keys, at, error));
    CCI_TRY(cci_row_number(json, "after_days", 0, &out->after, at, error));
    CCI_TRY(cci_row_number(json, "factor", 0, &out->factor, at, error));
    if (out->after.num < 0 || (before != NULL && cci_number_compare(out->after, before->after) <= 0))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &after_at,
                             before != NULL ? "is not more than the age before it"
                                            : "is less than 0");
    if (out->factor.num < 0 || cci_number_compare(out->factor, least) > 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &factor_at,
                             before != NULL ? "is not from 0 to the factor before it"
                                            : "is not from 0 to 1");
    return COCREATE_OK;
}

static cocreate_status read_steps(const json_t *json, decay *d, const cci_path *path,
                                  cocreate_error *error)
{
    cci_path at = cci_path_key(path, "steps");
    json_t *list;
    CCI_TRY(cci_json_get_array(json, "steps", &list, path, error));
    size_t n = json_array_size(list);
    if (n == 0 || n > STEPS_MAX)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "holds %zu steps, not 1 to %d", n,
                             STEPS_MAX);
    for (; d->n_steps < n; d->n_steps++) {
        cci_path here = cci_path_at(&at, d->n_steps);
        CCI_TRY(read_step(json_array_get(list, d->n_steps),
                          d->n_steps > 0 ? &d->steps[d->n_steps - 1] : NULL, &d->steps[d->n_steps],
                          &here, error));
    }
    return COCREATE_OK;
}

static cocreate_status read_form(cocreate_scheme *scheme, const json_t *json, decay *d,
                                 const cci_path *path, cocreate_error *error)
{
    static const char *const owned[] = {"days", "steps", "discount"};
    static const int takes[][3] = {{1, 0, 0}, {1, 0, 0}, {0, 1, 0}, {1, 0, 1}};
    static const char *const forms[] = {"half_life", "linear", "steps", "interval", NULL};
    cci_path days_at = cci_path_key(path, "days"), discount_at = cci_path_key(path, "discount");
    CCI_TRY(cci_json_choice(json, "form", forms, &d->form, path, error));
    for (int i = 0; i < 3; i++) {
        cci_path at = cci_path_key(path, owned[i]);
        if (!takes[d->form][i] && json_object_get(json, owned[i]) != NULL)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                                 "given, but the form \"%s\" does not use it", forms[d->form]);
    }
    if (d->form == STEPS)
        return read_steps(json, d, path, error);
    CCI_TRY(cci_row_number(json, "days", 0, &d->days, path, error));
    if (d->days.num <= 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &days_at, "is not more than 0");
    CCI_TRY(keep_text(scheme, d->days, &d->days_text, error));
    if (d->form != INTERVAL)
        return COCREATE_OK;
    CCI_TRY(cci_row_number(json, "discount", 0, &d->discount, path, error));
    if (d->discount.num < 0 || d->discount.num > d->discount.den)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &discount_at, "is not from 0 to 1");
    return keep_text(scheme, cci_number_of(d->discount.den - d->discount.num, d->discount.den),
                     &d->keep_text, error);
}

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    decay *d = cci_arena_alloc(&scheme->arena, 1, sizeof *d);
    if (d == NULL)
        return cci_no_memory(error);
    CCI_TRY(read_form(scheme, json, d, path, error));
    CCI_TRY(read_events(scheme, json, d, path, error));
    CCI_TRY(cci_read_guards(scheme, json, &d->guards, path, error));
    rule->parameters = d;
    rule->why = "points cost nothing";
    return COCREATE_OK;
}

/* -- What is left of points of one age -------------------------------------------------------- */

/* Events of one person and one time. */
typedef struct share {
    int64_t at;
    cci_number age, points;
} share;

enum { AGE, POINTS, SPANS, WHOLE, EXPONENT, FACTOR, LEFT, NAMES };

#define NAMES_OF(i)                                                                           \
    {                                                                                         \
        "age " #i, "points " #i, "spans " #i, "whole " #i, "exponent " #i, "factor " #i,      \
            "left " #i                                                                        \
    }
static const char *const names[SHOWN_MAX][NAMES] = {NAMES_OF(1), NAMES_OF(2), NAMES_OF(3),
                                                    NAMES_OF(4), NAMES_OF(5)};

#define CALC(name, operation, ...) \
    CCI_TRY(cci_trace_calc(t, name, CCI_UNIT_NONE, operation, CCI_ARGS(__VA_ARGS__), error))

static cocreate_status step_factor(const decay *d, const share *s, cci_trace *t, const char *name,
                                   cocreate_error *error)
{
    cci_number factor = {1, 1};
    for (size_t i = 0; i < d->n_steps; i++)
        if (cci_number_compare(d->steps[i].after, s->age) <= 0)
            factor = d->steps[i].factor;
    return cci_trace_number(t, name, CCI_UNIT_NONE, factor, error);
}

static cocreate_status interval_factor(const decay *d, const share *s, cci_trace *t,
                                       const char *const *name, cocreate_error *error)
{
    (void)s;
    CALC(name[SPANS], "quotient", name[AGE], d->days_text);
    CALC(name[WHOLE], "floor", name[SPANS]);
    if (d->discount.num == 0)
        CALC(name[FACTOR], "minimum", "1");
    else if (d->discount.num == d->discount.den) {
        CALC(name[EXPONENT], "difference", "1", name[WHOLE]);
        CALC(name[FACTOR], "maximum", name[EXPONENT], "0");
    } else {
        CALC(name[EXPONENT], "product", name[WHOLE], "log factor");
        CALC(name[FACTOR], "exp", name[EXPONENT], "12");
    }
    return COCREATE_OK;
}

/* The steps of a trace from the age and the points to what is left. */
static cocreate_status trace_share(const decay *d, const share *s, cci_trace *t,
                                   const char *const *name, cocreate_error *error)
{
    CCI_TRY(cci_trace_number(t, name[AGE], CCI_UNIT_NONE, s->age, error));
    CCI_TRY(cci_trace_number(t, name[POINTS], CCI_UNIT_NONE, s->points, error));
    switch (d->form) {
    case HALF_LIFE:
        CALC(name[SPANS], "quotient", name[AGE], d->days_text);
        CALC(name[EXPONENT], "product", name[SPANS], "log factor");
        CALC(name[FACTOR], "exp", name[EXPONENT], "12");
        break;
    case LINEAR:
        CALC(name[SPANS], "quotient", name[AGE], d->days_text);
        CALC(name[EXPONENT], "difference", "1", name[SPANS]);
        CALC(name[FACTOR], "maximum", name[EXPONENT], "0");
        break;
    case STEPS: CCI_TRY(step_factor(d, s, t, name[FACTOR], error)); break;
    default: CCI_TRY(interval_factor(d, s, t, name, error));
    }
    CALC(name[LEFT], "product", name[POINTS], name[FACTOR]);
    return COCREATE_OK;
}

/* ln of what one span leaves, to 15 decimals. */
static cocreate_status trace_log(const decay *d, cci_trace *t, cocreate_error *error)
{
    const char *factor = d->form == HALF_LIFE ? "0.5" : d->keep_text;
    int inside = d->form == INTERVAL && d->discount.num > 0 && d->discount.num < d->discount.den;
    if (d->form == HALF_LIFE || inside)
        CALC("log factor", "ln", factor, "15");
    if (d->form == HALF_LIFE) /* minus lambda */
        CALC("daily rate", "quotient", "log factor", d->days_text);
    return COCREATE_OK;
}

/* -- A person --------------------------------------------------------------------------------- */

/* What the shares from `shown` on leave, added up. */
static cocreate_status sum_rest(const decay *d, const share *shares, size_t n, cci_trace *t,
                                cci_rational *rest, cocreate_error *error)
{
    cci_rational left = {0};
    CCI_TRY(cci_rational_init(&left, error));
    cocreate_status status = COCREATE_OK;
    for (size_t i = SHOWN_MAX; i < n && status == COCREATE_OK; i++) {
        cci_trace_begin(t);
        status = trace_log(d, t, error);
        if (status == COCREATE_OK)
            status = trace_share(d, &shares[i], t, names[0], error);
        if (status == COCREATE_OK)
            status = cci_trace_get(t, names[0][LEFT], &left, error);
        if (status == COCREATE_OK)
            status = cci_rational_add(rest, &left, rest, error);
    }
    cci_rational_clear(&left);
    return status;
}

static cocreate_status trace_sum(const cci_rule *rule, cci_trace *t, size_t n,
                                 const cci_rational *rest, cocreate_error *error)
{
    const char *args[SHOWN_MAX + 2] = {NULL};
    char scale[24] = "1";
    size_t shown = n < SHOWN_MAX ? n : SHOWN_MAX;
    for (size_t i = 0; i < shown; i++)
        args[i] = names[i][LEFT];
    if (n > SHOWN_MAX) {
        CCI_TRY(cci_trace_value(t, "left of older", CCI_UNIT_NONE, rest, error));
        args[shown] = "left of older";
    }
    for (int32_t i = 0; i < rule->unit_exponent; i++)
        snprintf(scale + i + 1, sizeof scale - (size_t)i - 1, "0");
    CCI_TRY(cci_trace_calc(t, "left", CCI_UNIT_NONE, "sum", args, error));
    CALC("scaled", "product", "left", scale);
    return cci_trace_calc(t, "minor", CCI_UNIT_MINOR, "half_up", CCI_ARGS("scaled"), error);
}

static void say(const decay *d, cci_trace *t)
{
    char text[256];
    const char *head = "Of {points} points by then {minor} are left: ";
    if (d->form == HALF_LIFE)
        snprintf(text, sizeof text, "%shalf of them every %s days.", head, d->days_text);
    else if (d->form == LINEAR)
        snprintf(text, sizeof text, "%sthey fade to nothing in %s days.", head, d->days_text);
    else if (d->form == STEPS)
        snprintf(text, sizeof text, "%sthey count less by steps, as they age.", head);
    else
        snprintf(text, sizeof text, "%s%s of them after every %s days.", head, d->keep_text,
                 d->days_text);
    cci_trace_say(t, text);
}

static cocreate_status award(cci_evaluation *e, const cci_rule *rule, const char *person,
                             const share *shares, size_t n, cci_number points,
                             cci_rational *rest, cocreate_error *error)
{
    const decay *d = rule->parameters;
    cci_trace *t = &e->trace;
    int64_t minor;
    CCI_TRY(sum_rest(d, shares, n, t, rest, error));
    cci_trace_begin(t);
    CCI_TRY(cci_trace_number(t, "points", CCI_UNIT_NONE, points, error));
    CCI_TRY(trace_log(d, t, error));
    for (size_t i = 0; i < n && i < SHOWN_MAX; i++)
        CCI_TRY(trace_share(d, &shares[i], t, names[i], error));
    CCI_TRY(trace_sum(rule, t, n, rest, error));
    say(d, t);
    CCI_TRY(cci_trace_pay(t, "minor", &minor, error));
    if (minor > CCI_MINOR_MAX || minor < -CCI_MINOR_MAX)
        return cci_fail(error, COCREATE_ERR_OVERFLOW,
                        "$.rules[%zu]: \"%s\" has more than 2^53 - 1 minor units of %s", rule->index,
                        person, rule->unit);
    return cci_pay_person(e, rule, person, "", minor, error);
}

static int newest_first(const void *a, const void *b)
{
    const share *x = a, *y = b;
    return (x->at < y->at) - (x->at > y->at);
}

static cocreate_status worth_of(const decay *d, const cci_deed *event, cci_number *out,
                                cocreate_error *error)
{
    cci_path root = CCI_ROOT, list = cci_path_key(&root, "events");
    cci_path at = cci_path_at(&list, event->index), value_at = cci_path_key(&at, "value");
    worth key = {.kind = event->kind};
    *out = event->value;
    if (d->worths == NULL)
        return COCREATE_OK;
    const worth *w = bsearch(&key, d->worths, d->n_worths, sizeof key, by_kind);
    if (w == NULL)
        *out = (cci_number){0, 1};
    else if (!cci_number_mul(w->points, event->value, out))
        return cci_json_fail(error, COCREATE_ERR_OVERFLOW, &value_at, "is beyond 64 bits");
    return COCREATE_OK;
}

/* Events of one person, newest first, those of one time as one. */
static cocreate_status gather(const cci_rule *rule, const cci_deed *events, size_t n, int64_t as_of,
                              share *shares, size_t *n_shares, cci_number *points,
                              cocreate_error *error)
{
    size_t count = 0, kept = 0;
    int fits = 1;
    for (size_t i = 0; i < n; i++) {
        share *s = &shares[count];
        int64_t age;
        if (events[i].at > as_of)
            continue;
        CCI_TRY(worth_of(rule->parameters, &events[i], &s->points, error));
        if (!cci_sub_i64(as_of, events[i].at, &age))
            fits = 0;
        else if (s->points.num != 0)
            shares[count++] = (share){events[i].at, cci_number_of(age, CCI_DAY_US), s->points};
    }
    if (count > 0)
        qsort(shares, count, sizeof *shares, newest_first);
    *points = (cci_number){0, 1};
    for (size_t i = 0; i < count && fits; i++) {
        fits = cci_number_add(*points, shares[i].points, points);
        if (kept > 0 && shares[kept - 1].at == shares[i].at)
            fits = fits && cci_number_add(shares[kept - 1].points, shares[i].points,
                                          &shares[kept - 1].points);
        else
            shares[kept++] = shares[i];
    }
    *n_shares = kept;
    return fits ? COCREATE_OK
                : cci_fail(error, COCREATE_ERR_OVERFLOW,
                           "$.rules[%zu]: the points of \"%s\" do not fit 64 bits", rule->index,
                           events[0].person);
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    const decay *d = rule->parameters;
    cci_deed *events = NULL;
    size_t n = 0;
    int64_t as_of;
    CCI_TRY(cci_need_time(e, rule, "as_of", &as_of, error));
    CCI_TRY(cci_deeds_read(e, rule, &d->guards, 0, &events, &n, error));
    share *shares = cci_arena_alloc(&e->scratch, n, sizeof *shares);
    if (shares == NULL)
        return cci_no_memory(error);
    for (size_t i = 0, next; i < n; i = next) {
        size_t count = 0;
        cci_number points;
        cci_rational rest = {0};
        next = cci_deeds_of_person(events, n, i);
        CCI_TRY(gather(rule, &events[i], next - i, as_of, shares, &count, &points, error));
        if (count == 0)
            continue;
        CCI_TRY(cci_rational_init(&rest, error));
        cocreate_status status = award(e, rule, events[i].person, shares, count, points, &rest, error);
        cci_rational_clear(&rest);
        CCI_TRY(status);
    }
    return COCREATE_OK;
}

const cci_rule_kind cci_rule_decay = {
    .kind = "decay",
    .title = "What is left of points as they age",
    .parameters = parameters,
    .bound = "nothing: points are no money",
    .source = "exponential decay; Kaggle, 2012 (linear); SourceCred, RECENT allocation (interval)",
    .own_lists = 1,
    .parse = parse,
    .evaluate = evaluate,
};
