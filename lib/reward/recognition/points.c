/* points: what events are worth, with caps that do not depend on their order. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "reward/recognition/events.h"

enum { KINDS_MAX = 200, MULTIPLIERS_MAX = 16 };

typedef struct worth {
    const char *kind;
    cci_number points;
    int exempt;        /* from the cap */
    int64_t max_total; /* the most a person gains by it, in minor units; 0: no limit */
} worth;

typedef enum stacking { COMPOUND, ADDITIVE, HIGHEST } stacking;

typedef struct points {
    worth *worths; /* by kind */
    size_t n;
    int64_t cap; /* 0: none */
    int period;  /* a cci_period */
    int has_floor;
    int64_t floor, start;
    int stack; /* a stacking */
    int window; /* a cci_period */
    int64_t zone;
    cci_guards guards;
} points;

static const cci_parameter parameters[] = {
    {"events", "object", 0,
     "what each kind of event is worth: points, or {points, exempt, max_total}"},
    {"preset", "choice", 0, "stack_exchange, in place of events, cap, floor and start"},
    {"cap", "object", 0, "{points, period}: the most a day, week or month brings, but for exempt kinds"},
    {"floor", "number", 0, "nobody has less at the end of a day"},
    {"start", "number", 0, "what everybody begins with; by default 0"},
    {"stack", "choice", 0, "multipliers of one event: compound (default), additive or highest"},
    {"window", "choice", 0,
     "only events of the day, week or month of the result's as_of; by default all"},
    CCI_PARAMETER_ZONE,
    CCI_PARAMETER_GUARDS,
    CCI_PARAMETER_UNIT,
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_END,
};

/* Stack Exchange, What is reputation? (help centre); bounties come with their value. */
static const worth stack_exchange[] = {
    {"accept_given", {2, 1}, 1, 0},      {"accepted", {15, 1}, 1, 0},
    {"answer_down", {-2, 1}, 0, 0},      {"answer_up", {10, 1}, 0, 0},
    {"association", {100, 1}, 1, 0},     {"bounty_earned", {1, 1}, 1, 0},
    {"bounty_offered", {-1, 1}, 1, 0},   {"downvote_cast", {-1, 1}, 0, 0},
    {"edit", {2, 1}, 0, 1000},           {"question_down", {-2, 1}, 0, 0},
    {"question_up", {10, 1}, 0, 0},      {"spam", {-100, 1}, 0, 0},
};

static int by_kind(const void *a, const void *b)
{
    return strcmp(((const worth *)a)->kind, ((const worth *)b)->kind);
}

static cocreate_status read_points(const cci_rule *rule, const json_t *json, const char *key,
                                   int64_t *out, const cci_path *path, cocreate_error *error)
{
    cci_number n;
    cci_path at = cci_path_key(path, key);
    CCI_TRY(cci_row_number(json, key, 1, &n, path, error));
    return n.den == 0 ? COCREATE_OK : cci_points_minor(rule, n, out, &at, error);
}

static cocreate_status read_worth(const cci_rule *rule, const json_t *json, worth *w,
                                  const cci_path *at, cocreate_error *error)
{
    static const char *const keys[] = {"points", "exempt", "max_total", NULL};
    cci_path max_at = cci_path_key(at, "max_total");
    int64_t minor;
    if (!json_is_object(json)) {
        CCI_TRY(cci_number_read(json, &w->points, at, error));
        return cci_points_minor(rule, w->points, &minor, at, error);
    }
    CCI_TRY(cci_json_keys(json, keys, at, error));
    CCI_TRY(cci_row_number(json, "points", 0, &w->points, at, error));
    CCI_TRY(cci_points_minor(rule, w->points, &minor, at, error));
    CCI_TRY(cci_json_bool_opt(json, "exempt", &w->exempt, at, error));
    CCI_TRY(read_points(rule, json, "max_total", &w->max_total, at, error));
    if (json_object_get(json, "max_total") != NULL && w->max_total <= 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &max_at, "is not more than 0");
    return COCREATE_OK;
}

static cocreate_status read_events(cocreate_scheme *scheme, const cci_rule *rule, json_t *events,
                                   points *p, const cci_path *path, cocreate_error *error)
{
    cci_path at = cci_path_key(path, "events");
    const char *key;
    json_t *value;
    size_t n = json_object_size(events);
    if (n == 0 || n > KINDS_MAX)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "holds %zu kinds, not 1 to %d", n,
                             KINDS_MAX);
    p->worths = cci_arena_alloc(&scheme->arena, n, sizeof *p->worths);
    if (p->worths == NULL)
        return cci_no_memory(error);
    json_object_foreach(events, key, value)
    {
        cci_path here = cci_path_key(&at, key);
        worth *w = &p->worths[p->n++];
        w->kind = cci_arena_copy(&scheme->arena, key, strlen(key));
        if (w->kind == NULL)
            return cci_no_memory(error);
        CCI_TRY(read_worth(rule, value, w, &here, error));
    }
    qsort(p->worths, n, sizeof *p->worths, by_kind);
    return COCREATE_OK;
}

static cocreate_status use_preset(cocreate_scheme *scheme, const cci_rule *rule, points *p,
                                  const cci_path *path, cocreate_error *error)
{
    cci_number limits[] = {{200, 1}, {1, 1}, {1, 1}};
    int64_t *minors[] = {&p->cap, &p->floor, &p->start};
    size_t n = sizeof stack_exchange / sizeof stack_exchange[0];
    p->worths = cci_arena_alloc(&scheme->arena, n, sizeof *p->worths);
    if (p->worths == NULL)
        return cci_no_memory(error);
    memcpy(p->worths, stack_exchange, sizeof stack_exchange);
    p->n = n;
    p->has_floor = 1;
    for (int i = 0; i < 3; i++)
        CCI_TRY(cci_points_minor(rule, limits[i], minors[i], path, error));
    for (size_t i = 0; i < n; i++)
        CCI_TRY(cci_points_minor(rule, (cci_number){p->worths[i].max_total, 1},
                                 &p->worths[i].max_total, path, error));
    return COCREATE_OK;
}

static cocreate_status read_cap(const cci_rule *rule, const json_t *json, points *p,
                                const cci_path *path, cocreate_error *error)
{
    static const char *const keys[] = {"points", "period", NULL};
    cci_path at = cci_path_key(path, "cap"), points_at = cci_path_key(&at, "points");
    json_t *cap;
    CCI_TRY(cci_json_get_object_opt(json, "cap", &cap, path, error));
    if (cap == NULL)
        return COCREATE_OK;
    CCI_TRY(cci_json_keys(cap, keys, &at, error));
    CCI_TRY(cci_json_choice_opt(cap, "period", cci_period_names, &p->period, &at, error));
    CCI_TRY(read_points(rule, cap, "points", &p->cap, &at, error));
    return p->cap > 0 ? COCREATE_OK
                      : cci_json_fail(error, COCREATE_ERR_SCHEMA, &points_at,
                                      "required, and more than 0");
}

static cocreate_status read_numbers(cocreate_scheme *scheme, const cci_rule *rule,
                                    const json_t *json, points *p, const cci_path *path,
                                    cocreate_error *error)
{
    static const char *const presets[] = {"stack_exchange", NULL};
    static const char *const owned[] = {"events", "cap", "floor", "start", NULL};
    cci_path at = cci_path_key(path, "events");
    json_t *events;
    int preset = -1;
    CCI_TRY(cci_json_choice_opt(json, "preset", presets, &preset, path, error));
    for (int i = 0; preset >= 0 && owned[i] != NULL; i++) {
        cci_path owned_at = cci_path_key(path, owned[i]);
        if (json_object_get(json, owned[i]) != NULL)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &owned_at,
                                 "given, but the preset says it");
    }
    if (preset >= 0)
        return use_preset(scheme, rule, p, path, error);
    CCI_TRY(cci_json_get_object_opt(json, "events", &events, path, error));
    if (events == NULL)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                             "required, but missing: without a preset each kind needs its points");
    CCI_TRY(read_events(scheme, rule, events, p, path, error));
    CCI_TRY(read_cap(rule, json, p, path, error));
    p->has_floor = json_object_get(json, "floor") != NULL &&
                   !json_is_null(json_object_get(json, "floor"));
    CCI_TRY(read_points(rule, json, "floor", &p->floor, path, error));
    return read_points(rule, json, "start", &p->start, path, error);
}

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    static const char *const stackings[] = {"compound", "additive", "highest", NULL};
    points *p = cci_arena_alloc(&scheme->arena, 1, sizeof *p);
    if (p == NULL)
        return cci_no_memory(error);
    p->window = CCI_ALWAYS;
    CCI_TRY(read_numbers(scheme, rule, json, p, path, error));
    CCI_TRY(cci_json_choice_opt(json, "stack", stackings, &p->stack, path, error));
    CCI_TRY(cci_json_choice_opt(json, "window", cci_period_names, &p->window, path, error));
    CCI_TRY(cci_read_zone(json, &p->zone, path, error));
    CCI_TRY(cci_read_guards(scheme, json, &p->guards, path, error));
    rule->parameters = p;
    rule->why = "points cost nothing";
    return COCREATE_OK;
}

/* -- What an event is worth ------------------------------------------------------------------- */

static cocreate_status multiply(const points *p, const cci_deed *event, cci_number *out,
                                const cci_path *path, cocreate_error *error)
{
    json_t *list;
    cci_path at = cci_path_key(path, "multipliers");
    cci_number all = {p->stack == COMPOUND, 1};
    int fits = 1;
    CCI_TRY(cci_json_get_array_opt(event->row, "multipliers", &list, path, error));
    size_t n = list != NULL ? json_array_size(list) : 0;
    if (n == 0)
        return COCREATE_OK;
    if (n > MULTIPLIERS_MAX)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "more than %d multipliers",
                             MULTIPLIERS_MAX);
    for (size_t i = 0; i < n && fits; i++) {
        cci_path here = cci_path_at(&at, i);
        cci_number m;
        CCI_TRY(cci_number_read(json_array_get(list, i), &m, &here, error));
        if (m.num <= 0)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "is not more than 0");
        if (p->stack == COMPOUND)
            fits = cci_number_mul(all, m, &all);
        else if (p->stack == ADDITIVE)
            fits = cci_number_add(all, m, &all);
        else if (i == 0 || cci_number_compare(m, all) > 0)
            all = m;
    }
    if (!fits || !cci_number_mul(*out, all, out))
        return cci_json_fail(error, COCREATE_ERR_OVERFLOW, &at, "their product is beyond 64 bits");
    return COCREATE_OK;
}

/* NULL: nothing. */
static const worth *worth_of(const points *p, const char *kind)
{
    worth key = {.kind = kind};
    return bsearch(&key, p->worths, p->n, sizeof key, by_kind);
}

static cocreate_status minor_of(const cci_rule *rule, const worth *w, const cci_deed *event,
                                int64_t *minor, cocreate_error *error)
{
    cci_path root = CCI_ROOT, list = cci_path_key(&root, "events");
    cci_path at = cci_path_at(&list, event->index), value_at = cci_path_key(&at, "value");
    cci_number n;
    if (!cci_number_mul(w->points, event->value, &n))
        return cci_json_fail(error, COCREATE_ERR_OVERFLOW, &value_at, "is beyond 64 bits");
    CCI_TRY(multiply(rule->parameters, event, &n, &at, error));
    return cci_points_minor(rule, n, minor, &at, error);
}

/* -- A person --------------------------------------------------------------------------------- */

typedef struct account {
    int64_t events, points; /* as they come */
    int64_t cut, raised;    /* above the cap, up to the floor */
    int64_t total;
} account;

/* Events of one period: min(cap, what counts towards it) + what is exempt. The floor is that of the
 * end of each day. */
static int close_period(const points *p, int64_t capped, account *a)
{
    int64_t over = p->cap > 0 && capped > p->cap ? capped - p->cap : 0;
    return cci_add_i64(a->cut, over, &a->cut) && cci_sub_i64(a->total, over, &a->total);
}

static void close_day(const points *p, account *a)
{
    if (!p->has_floor || a->total >= p->floor)
        return;
    a->raised += p->floor - a->total;
    a->total = p->floor;
}

/* Gains of a kind stop at its maximum. */
static int64_t within(const worth *w, int64_t minor, int64_t *gained)
{
    if (w->max_total == 0 || minor <= 0)
        return minor;
    if (minor > w->max_total - *gained)
        minor = w->max_total - *gained;
    *gained += minor;
    return minor;
}

static cocreate_status sum_up(const cci_rule *rule, const cci_deed *events, size_t n,
                              int64_t *gained, account *a, cocreate_error *error)
{
    const points *p = rule->parameters;
    int64_t capped = 0;
    int fits = 1;
    *a = (account){.total = p->start};
    memset(gained, 0, p->n * sizeof *gained);
    for (size_t i = 0; i < n && fits; i++) {
        const worth *w = worth_of(p, events[i].kind);
        int64_t minor = 0;
        int ends = i + 1 == n;
        int day_ends = ends || events[i + 1].day != events[i].day;
        int period_ends = ends || cci_period_of((cci_period)p->period, events[i].day) !=
                                      cci_period_of((cci_period)p->period, events[i + 1].day);
        if (w != NULL) {
            CCI_TRY(minor_of(rule, w, &events[i], &minor, error));
            minor = within(w, minor, &gained[w - p->worths]);
            a->events++;
            fits = cci_add_i64(a->points, minor, &a->points) &&
                   cci_add_i64(a->total, minor, &a->total) &&
                   (w->exempt || cci_add_i64(capped, minor, &capped));
        }
        if (period_ends && fits) {
            fits = close_period(p, capped, a);
            capped = 0;
        }
        if (day_ends)
            close_day(p, a);
    }
    if (!fits || a->total > CCI_MINOR_MAX || a->total < -CCI_MINOR_MAX)
        return cci_fail(error, COCREATE_ERR_OVERFLOW,
                        "$.rules[%zu]: \"%s\" has more than 2^53 - 1 minor units of %s", rule->index,
                        events[0].person, rule->unit);
    return COCREATE_OK;
}

static cocreate_status award(cci_evaluation *e, const cci_rule *rule, const char *person,
                             const account *a, cocreate_error *error)
{
    static const char *const periods[] = {"a day", "a week", "a month", "in all"};
    const points *p = rule->parameters;
    cci_trace *t = &e->trace;
    char text[256];
    int64_t minor;
    cci_trace_begin(t);
    CCI_TRY(cci_trace_integer(t, "events", CCI_UNIT_NONE, a->events, error));
    CCI_TRY(cci_trace_integer(t, "points", CCI_UNIT_MINOR, a->points, error));
    CCI_TRY(cci_trace_integer(t, "start", CCI_UNIT_MINOR, p->start, error));
    CCI_TRY(cci_trace_integer(t, "cut", CCI_UNIT_MINOR, a->cut, error));
    if (a->cut > 0)
        CCI_TRY(cci_trace_integer(t, "cap", CCI_UNIT_MINOR, p->cap, error));
    CCI_TRY(cci_trace_integer(t, "raised", CCI_UNIT_MINOR, a->raised, error));
    CCI_TRY(cci_trace_calc(t, "gross", CCI_UNIT_MINOR, "sum", CCI_ARGS("start", "points", "raised"),
                           error));
    CCI_TRY(cci_trace_calc(t, "total", CCI_UNIT_MINOR, "difference", CCI_ARGS("gross", "cut"), error));
    int64_t one = 1;
    for (int32_t i = 0; i < rule->unit_exponent; i++)
        one *= 10;
    snprintf(text, sizeof text, "%s {points} %s%s%s%s%s: {total}.",
             a->events == 1 ? "One event for" : "{events} events for",
             a->points == one ? "point" : "points",
             p->start != 0 ? ", with {start} to begin with" : "",
             a->cut > 0 ? ", without the {cut} above the cap of {cap} " : "",
             a->cut > 0 ? periods[p->period] : "",
             a->raised > 0 ? ", and {raised} that lift the total to the lowest it may be" : "");
    cci_trace_say(t, text);
    CCI_TRY(cci_trace_pay(t, "total", &minor, error));
    return cci_pay_person(e, rule, person, "", minor, error);
}

/* Keep the events of the period of `as_of`. */
static cocreate_status apply_window(const cci_evaluation *e, const cci_rule *rule,
                                    cci_deed *events, size_t *n, cocreate_error *error)
{
    const points *p = rule->parameters;
    int64_t as_of;
    size_t kept = 0;
    if (p->window == CCI_ALWAYS)
        return COCREATE_OK;
    CCI_TRY(cci_need_time(e, rule, "as_of", &as_of, error));
    int64_t period = cci_period_of((cci_period)p->window, cci_day_of(as_of, p->zone));
    for (size_t i = 0; i < *n; i++)
        if (cci_period_of((cci_period)p->window, events[i].day) == period)
            events[kept++] = events[i];
    *n = kept;
    return COCREATE_OK;
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    const points *p = rule->parameters;
    cci_deed *events = NULL;
    size_t n = 0;
    int64_t *gained = cci_arena_alloc(&e->scratch, p->n, sizeof *gained);
    if (gained == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_deeds_read(e, rule, &p->guards, p->zone, &events, &n, error));
    CCI_TRY(apply_window(e, rule, events, &n, error));
    for (size_t i = 0, next; i < n; i = next) {
        account a;
        next = cci_deeds_of_person(events, n, i);
        CCI_TRY(sum_up(rule, &events[i], next - i, gained, &a, error));
        if (a.events > 0)
            CCI_TRY(award(e, rule, events[i].person, &a, error));
    }
    return COCREATE_OK;
}

const cci_rule_kind cci_rule_points = {
    .kind = "points",
    .title = "Points for what people did, with caps and a floor",
    .parameters = parameters,
    .bound = "nothing: points are no money",
    .source = "Stack Exchange, What is reputation? (preset); caps of a day's net, whatever the order",
    .own_lists = 1,
    .parse = parse,
    .evaluate = evaluate,
};
