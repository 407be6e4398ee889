/* kudos: thanks from person to person, with a budget for each giver. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reward/recognition/events.h"

enum { ROLES_MAX = 50 };

typedef struct allowance {
    const char *role;
    int64_t budget;
} allowance;

typedef struct kudos {
    const char *event; /* kind of the events that are kudos */
    int64_t each;      /* minor units */
    int64_t budget;    /* of a giver in a period; 0: no limit */
    int per;           /* a cci_period */
    allowance *roles;
    size_t n_roles;
    int window;  /* a cci_period in which one thanks another once */
    int subject; /* for each subject anew */
    int64_t zone;
    cci_guards guards;
} kudos;

static const cci_parameter parameters[] = {
    {"event", "string", 0, "the kind of events that are kudos; by default kudos"},
    {"each", "number", 0, "points for each; by default 1"},
    {"budget", "object", 0,
     "{count, per, roles}: the first so many that somebody gives in a day (default), week, month or in "
     "all count; roles: other counts for givers with a role, the most of them"},
    {"once", "object", 0,
     "{per, subject}: kudos of one to another count once in a day (default), week, month or in all; "
     "subject: for each subject anew"},
    CCI_PARAMETER_ZONE,
    CCI_PARAMETER_GUARDS,
    CCI_PARAMETER_UNIT,
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_END,
};

/* -- Reading ---------------------------------------------------------------------------------- */

static cocreate_status read_roles(cocreate_scheme *scheme, json_t *json, kudos *k,
                                  const cci_path *path, cocreate_error *error)
{
    cci_path at = cci_path_key(path, "roles");
    const char *role;
    json_t *roles, *value;
    CCI_TRY(cci_json_get_object_opt(json, "roles", &roles, path, error));
    size_t n = roles != NULL ? json_object_size(roles) : 0;
    if (n > ROLES_MAX)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "holds %zu roles, not 0 to %d", n,
                             ROLES_MAX);
    k->roles = cci_arena_alloc(&scheme->arena, n, sizeof *k->roles);
    if (k->roles == NULL)
        return cci_no_memory(error);
    json_object_foreach(roles, role, value)
    {
        allowance *a = &k->roles[k->n_roles++];
        CCI_TRY(cci_json_i64(roles, role, 1, 1000000, &a->budget, &at, error));
        a->role = cci_arena_copy(&scheme->arena, role, strlen(role));
        if (a->role == NULL)
            return cci_no_memory(error);
    }
    return COCREATE_OK;
}

static cocreate_status read_limits(cocreate_scheme *scheme, const json_t *json, kudos *k,
                                   const cci_path *path, cocreate_error *error)
{
    static const char *const budget_keys[] = {"count", "per", "roles", NULL};
    static const char *const once_keys[] = {"per", "subject", NULL};
    cci_path budget_at = cci_path_key(path, "budget"), once_at = cci_path_key(path, "once");
    json_t *budget, *once;
    CCI_TRY(cci_json_get_object_opt(json, "budget", &budget, path, error));
    CCI_TRY(cci_json_get_object_opt(json, "once", &once, path, error));
    if (budget != NULL) {
        CCI_TRY(cci_json_keys(budget, budget_keys, &budget_at, error));
        CCI_TRY(cci_json_i64(budget, "count", 1, 1000000, &k->budget, &budget_at, error));
        CCI_TRY(cci_json_choice_opt(budget, "per", cci_period_names, &k->per, &budget_at, error));
        CCI_TRY(read_roles(scheme, budget, k, &budget_at, error));
    }
    if (once == NULL)
        return COCREATE_OK;
    CCI_TRY(cci_json_keys(once, once_keys, &once_at, error));
    CCI_TRY(cci_json_choice_opt(once, "per", cci_period_names, &k->window, &once_at, error));
    return cci_json_bool_opt(once, "subject", &k->subject, &once_at, error);
}

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    cci_path each_at = cci_path_key(path, "each");
    cci_number each;
    const char *event = "kudos";
    kudos *k = cci_arena_alloc(&scheme->arena, 1, sizeof *k);
    if (k == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_json_id_opt(json, "event", &event, path, error));
    k->event = cci_arena_copy(&scheme->arena, event, strlen(event));
    if (k->event == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_row_number(json, "each", 1, &each, path, error));
    if (each.den == 0)
        each = (cci_number){1, 1};
    CCI_TRY(cci_points_minor(rule, each, &k->each, &each_at, error));
    if (k->each <= 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &each_at, "is not more than 0");
    CCI_TRY(read_limits(scheme, json, k, path, error));
    CCI_TRY(cci_read_zone(json, &k->zone, path, error));
    CCI_TRY(cci_read_guards(scheme, json, &k->guards, path, error));
    rule->parameters = k;
    rule->why = "points cost nothing";
    return COCREATE_OK;
}

/* -- What counts ------------------------------------------------------------------------------ */

typedef struct thanks {
    const cci_deed *deed;
    int64_t window, period;
    enum { COUNTED, REPEATED, OVER } state;
} thanks;

static int by_time(const thanks *x, const thanks *y)
{
    if (x->deed->at != y->deed->at)
        return x->deed->at < y->deed->at ? -1 : 1;
    return strcmp(x->deed->id, y->deed->id);
}

static int same_window(const thanks *x, const thanks *y)
{
    int order = strcmp(x->deed->by, y->deed->by);
    if (order == 0)
        order = strcmp(x->deed->person, y->deed->person);
    if (order == 0 && x->deed->subject != NULL && y->deed->subject != NULL)
        order = strcmp(x->deed->subject, y->deed->subject);
    else if (order == 0)
        order = (x->deed->subject != NULL) - (y->deed->subject != NULL);
    return order != 0 ? order : (x->window > y->window) - (x->window < y->window);
}

static int by_window(const void *a, const void *b)
{
    int order = same_window(a, b);
    return order != 0 ? order : by_time(a, b);
}

static int same_giver(const thanks *x, const thanks *y)
{
    int order = strcmp(x->deed->by, y->deed->by);
    return order != 0 ? order : (x->period > y->period) - (x->period < y->period);
}

/* Repeated ones last: they use nothing up. */
static int by_giver(const void *a, const void *b)
{
    const thanks *x = a, *y = b;
    int order = same_giver(x, y);
    if (order == 0)
        order = (x->state == REPEATED) - (y->state == REPEATED);
    return order != 0 ? order : by_time(x, y);
}

static int by_person(const void *a, const void *b)
{
    const thanks *x = a, *y = b;
    int order = strcmp(x->deed->person, y->deed->person);
    if (order == 0)
        order = strcmp(x->deed->by, y->deed->by);
    return order != 0 ? order : by_time(x, y);
}

static int64_t budget_of(const cci_evaluation *e, const kudos *k, const char *giver)
{
    const cci_person *p = cci_result_person(e->result, giver);
    int64_t most = 0;
    for (size_t i = 0; p != NULL && i < p->n_roles; i++)
        for (size_t r = 0; r < k->n_roles; r++)
            if (strcmp(k->roles[r].role, p->roles[i]) == 0 && k->roles[r].budget > most)
                most = k->roles[r].budget;
    return most > 0 ? most : k->budget;
}

/* Of what one gives another in a window the first counts, and of a giver's period the first up to the
 * budget. */
static void judge(const cci_evaluation *e, const kudos *k, thanks *items, size_t n)
{
    int64_t used = 0, budget = 0;
    if (n == 0)
        return;
    qsort(items, n, sizeof *items, by_window);
    for (size_t i = 1; i < n; i++)
        if (same_window(&items[i], &items[i - 1]) == 0)
            items[i].state = REPEATED;
    qsort(items, n, sizeof *items, by_giver);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || same_giver(&items[i], &items[i - 1]) != 0) {
            used = 0;
            budget = budget_of(e, k, items[i].deed->by);
        }
        if (items[i].state == COUNTED && k->budget > 0 && ++used > budget)
            items[i].state = OVER;
    }
    qsort(items, n, sizeof *items, by_person);
}

static cocreate_status award(cci_evaluation *e, const cci_rule *rule, const thanks *items,
                             size_t n, cocreate_error *error)
{
    const kudos *k = rule->parameters;
    cci_trace *t = &e->trace;
    int64_t counts[3] = {0, 0, 0}, givers = 0, minor;
    const char *last = NULL;
    char text[240];
    for (size_t i = 0; i < n; i++) {
        counts[items[i].state]++;
        if (items[i].state == COUNTED && (last == NULL || strcmp(last, items[i].deed->by) != 0)) {
            last = items[i].deed->by;
            givers++;
        }
    }
    if (counts[COUNTED] == 0)
        return COCREATE_OK;
    cci_trace_begin(t);
    CCI_TRY(cci_trace_integer(t, "kudos", CCI_UNIT_NONE, counts[COUNTED], error));
    CCI_TRY(cci_trace_integer(t, "givers", CCI_UNIT_NONE, givers, error));
    CCI_TRY(cci_trace_integer(t, "repeated", CCI_UNIT_NONE, counts[REPEATED], error));
    CCI_TRY(cci_trace_integer(t, "over", CCI_UNIT_NONE, counts[OVER], error));
    CCI_TRY(cci_trace_integer(t, "each", CCI_UNIT_MINOR, k->each, error));
    CCI_TRY(cci_trace_calc(t, "total", CCI_UNIT_MINOR, "product", CCI_ARGS("kudos", "each"),
                           error));
    snprintf(text, sizeof text, "{kudos} kudos from %s at {each}: {total}.%s%s",
             givers == 1 ? "one person" : "{givers} people",
             counts[REPEATED] > 0 ? " Repeated ones, {repeated}, do not count." : "",
             counts[OVER] > 0 ? " Beyond the budgets of their givers are {over}." : "");
    cci_trace_say(t, text);
    CCI_TRY(cci_trace_pay(t, "total", &minor, error));
    if (minor > CCI_MINOR_MAX)
        return cci_fail(error, COCREATE_ERR_OVERFLOW,
                        "$.rules[%zu]: \"%s\" has more than 2^53 - 1 minor units of %s",
                        rule->index, items[0].deed->person, rule->unit);
    return cci_pay_person(e, rule, items[0].deed->person, "", minor, error);
}

static cocreate_status collect(cci_evaluation *e, const cci_rule *rule, const cci_deed *deeds,
                               size_t n, thanks *items, size_t *count, cocreate_error *error)
{
    const kudos *k = rule->parameters;
    cci_path root = CCI_ROOT, list = cci_path_key(&root, "events");
    for (size_t i = 0; i < n; i++) {
        const cci_deed *d = &deeds[i];
        cci_path at = cci_path_at(&list, d->index), by_at = cci_path_key(&at, "by");
        if (strcmp(d->kind, k->event) != 0)
            continue;
        if (d->by == NULL)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &by_at,
                                 "required of kudos by rule \"%s\", but missing", rule->id);
        if (!cci_person_eligible(e, rule, d->by))
            continue;
        items[(*count)++] = (thanks){
            .deed = d,
            .window = cci_period_of((cci_period)k->window, d->day),
            .period = cci_period_of((cci_period)k->per, d->day)};
    }
    return COCREATE_OK;
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    const kudos *k = rule->parameters;
    cci_deed *deeds = NULL;
    size_t n = 0, count = 0;
    CCI_TRY(cci_deeds_read(e, rule, &k->guards, k->zone, &deeds, &n, error));
    cci_deed *bare = cci_arena_alloc(&e->scratch, n, sizeof *bare);
    thanks *items = cci_arena_alloc(&e->scratch, n, sizeof *items);
    if (bare == NULL || items == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < n; i++) {
        bare[i] = deeds[i];
        if (!k->subject)
            bare[i].subject = NULL;
    }
    CCI_TRY(collect(e, rule, bare, n, items, &count, error));
    judge(e, k, items, count);
    for (size_t i = 0, next; i < count; i = next) {
        next = i + 1;
        while (next < count && strcmp(items[next].deed->person, items[i].deed->person) == 0)
            next++;
        CCI_TRY(award(e, rule, &items[i], next - i, error));
    }
    return COCREATE_OK;
}

const cci_rule_kind cci_rule_kudos = {
    .kind = "kudos",
    .title = "Thanks from person to person, within a budget",
    .parameters = parameters,
    .bound = "nothing: points are no money",
    .source = "Discourse, max_likes_per_day and its multipliers by trust level; Coordinape (tokens "
              "to give)",
    .own_lists = 1,
    .parse = parse,
    .evaluate = evaluate,
};
