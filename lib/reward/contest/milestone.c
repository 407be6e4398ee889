/* milestone: amounts for what a project reaches, part of which is kept back until it is complete. */
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "reward/section.h"
#include "reward/steps.h"

enum { MILESTONES_MAX = 1000 };

typedef struct step {
    cci_number at;
    int64_t minor;
} step;

typedef struct milestones {
    step *steps;
    size_t n;
    cci_number retainage; /* missing: none */
    int64_t max_entries;
} milestones;

static const cci_parameter parameters[] = {
    CCI_PARAMETER_FUND,
    {"milestones", "list", 1, "[{at, amount}], rising: what is due once the value reaches `at`"},
    {"retainage", "number", 0,
     "the part of what is due that is paid on completion, 0 to 1; by default 0"},
    {"max_entries", "integer", 0, "how many entries may be paid; by default 1"},
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_TEAM,
    CCI_PARAMETER_END,
};

static cocreate_status read_steps(cocreate_scheme *scheme, const json_t *json, milestones *m,
                                  int64_t *sum, const cci_path *path, cocreate_error *error)
{
    static const char *const keys[] = {"at", "amount", NULL};
    cci_path list_at = cci_path_key(path, "milestones");
    json_t *list;
    CCI_TRY(cci_json_get_array(json, "milestones", &list, path, error));
    m->n = json_array_size(list);
    if (m->n == 0 || m->n > MILESTONES_MAX)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &list_at,
                             "holds %zu milestones, not 1 to %d", m->n, MILESTONES_MAX);
    m->steps = cci_arena_alloc(&scheme->arena, m->n, sizeof *m->steps);
    if (m->steps == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < m->n; i++) {
        const json_t *item = json_array_get(list, i);
        cci_path here = cci_path_at(&list_at, i), at = cci_path_key(&here, "at");
        CCI_TRY(cci_json_object(item, &here, error));
        CCI_TRY(cci_json_keys(item, keys, &here, error));
        const json_t *value = json_object_get(item, "at");
        if (value == NULL)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "required, but missing");
        CCI_TRY(cci_number_read(value, &m->steps[i].at, &at, error));
        CCI_TRY(cci_read_amount(scheme, item, "amount", &m->steps[i].minor, &here, error));
        if (i > 0 && cci_number_compare(m->steps[i - 1].at, m->steps[i].at) >= 0)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                                 "is not more than that of the milestone before");
        if (!cci_add_i64(*sum, m->steps[i].minor, sum))
            return cci_json_fail(error, COCREATE_ERR_OVERFLOW, &here,
                                 "the amounts sum to more than 2^63 - 1 minor units");
    }
    return COCREATE_OK;
}

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    cci_path at = cci_path_key(path, "retainage"), list_at = cci_path_key(path, "milestones");
    int64_t sum = 0;
    milestones *m = cci_arena_alloc(&scheme->arena, 1, sizeof *m);
    if (m == NULL)
        return cci_no_memory(error);
    m->max_entries = 1;
    CCI_TRY(read_steps(scheme, json, m, &sum, path, error));
    CCI_TRY(cci_json_i64_opt(json, "max_entries", 1, INT32_MAX, &m->max_entries, path, error));
    const json_t *retainage = json_object_get(json, "retainage");
    if (retainage != NULL && !json_is_null(retainage))
        CCI_TRY(cci_number_read(retainage, &m->retainage, &at, error));
    if (m->retainage.num < 0 || (m->retainage.den > 0 &&
                                 cci_number_compare(m->retainage, (cci_number){1, 1}) > 0))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "not from 0 to 1");
    if (!cci_mul_i64(sum, m->max_entries, &rule->bound) || rule->bound > CCI_MINOR_MAX)
        return cci_json_fail(error, COCREATE_ERR_OVERFLOW, &list_at,
                             "may cost more than 2^53 - 1 minor units of %s", scheme->currency);
    rule->why = m->max_entries == 1 ? "all milestones" : "all milestones of max_entries entries";
    rule->parameters = m;
    return COCREATE_OK;
}

/* How far an entry has come: the most that was verified. */
typedef struct state {
    const cci_entry *entry;
    cci_number value;
    int complete;
} state;

static int by_entry(const void *a, const void *b)
{
    const state *x = a, *y = b;
    return (x->entry > y->entry) - (x->entry < y->entry);
}

/* One state an eligible entry, by id. */
static cocreate_status read_states(cci_evaluation *e, const cci_rule *rule, state **out, size_t *n,
                                   cocreate_error *error)
{
    cci_section section;
    size_t count = 0, kept = 0;
    CCI_TRY(cci_section_open(e, rule, "progress", 0, &section, error));
    state *list = cci_arena_alloc(&e->scratch, section.n, sizeof *list);
    if (list == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < section.n; i++) {
        const json_t *row;
        cci_path path;
        state s = {.complete = 0};
        int verified = 1;
        CCI_TRY(cci_section_row(&section, i, &row, &path, error));
        CCI_TRY(cci_row_entry(e, row, "entry", &s.entry, &path, error));
        CCI_TRY(cci_row_number(row, "value", 0, &s.value, &path, error));
        CCI_TRY(cci_json_bool_opt(row, "verified", &verified, &path, error));
        CCI_TRY(cci_json_bool_opt(row, "complete", &s.complete, &path, error));
        if (verified && cci_eligible(rule, s.entry))
            list[count++] = s;
    }
    if (count > 1)
        qsort(list, count, sizeof *list, by_entry);
    for (size_t i = 0; i < count; i++) {
        state *last = kept > 0 ? &list[kept - 1] : NULL;
        if (last == NULL || last->entry != list[i].entry) {
            list[kept++] = list[i];
            continue;
        }
        if (cci_number_compare(last->value, list[i].value) < 0)
            last->value = list[i].value;
        last->complete |= list[i].complete;
    }
    *out = list;
    *n = kept;
    return COCREATE_OK;
}

static cocreate_status pay(cci_evaluation *e, const cci_rule *rule, const state *s, size_t reached,
                           int64_t due, cocreate_error *error)
{
    const milestones *m = rule->parameters;
    cci_trace *t = &e->trace;
    int64_t minor = 0;
    int keeps = m->retainage.num > 0;
    cci_trace_begin(t);
    CCI_TRY(cci_trace_number(t, "value", CCI_UNIT_NONE, s->value, error));
    CCI_TRY(cci_trace_number(t, "milestone", CCI_UNIT_NONE, m->steps[reached - 1].at, error));
    CCI_TRY(cci_trace_check(t, "value", "at_least", "milestone", error));
    CCI_TRY(cci_trace_integer(t, "reached", CCI_UNIT_NONE, (int64_t)reached, error));
    CCI_TRY(cci_trace_integer(t, "milestones", CCI_UNIT_NONE, (int64_t)m->n, error));
    CCI_TRY(cci_trace_integer(t, "due", CCI_UNIT_MINOR, due, error));
    if (keeps && !s->complete) {
        CCI_TRY(cci_trace_number(t, "retainage", CCI_UNIT_NONE, m->retainage, error));
        CCI_TRY(cci_trace_calc(t, "kept exact", CCI_UNIT_MINOR, "product",
                               CCI_ARGS("due", "retainage"), error));
        CCI_TRY(cci_trace_calc(t, "kept", CCI_UNIT_MINOR, "half_up", CCI_ARGS("kept exact"),
                               error));
        CCI_TRY(cci_trace_calc(t, "paid", CCI_UNIT_MINOR, "difference", CCI_ARGS("due", "kept"),
                               error));
        cci_trace_say(t, "{value} reaches milestone {reached} of {milestones}: {due} is due, {kept} of "
                         "it is kept until completion, {paid} is paid.");
    } else {
        CCI_TRY(cci_trace_calc(t, "paid", CCI_UNIT_MINOR, "sum", CCI_ARGS("due"), error));
        cci_trace_say(t, keeps ? "{value} reaches milestone {reached} of {milestones} and the project "
                                 "is complete: {paid} is paid, nothing is kept back."
                               : "{value} reaches milestone {reached} of {milestones}: {paid} is paid.");
    }
    CCI_TRY(cci_trace_pay(t, "paid", &minor, error));
    return cci_pay(e, rule, s->entry, minor, error);
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    const milestones *m = rule->parameters;
    state *states = NULL;
    size_t n = 0;
    int64_t paid = 0;
    CCI_TRY(read_states(e, rule, &states, &n, error));
    for (size_t i = 0; i < n; i++) {
        size_t reached = 0;
        int64_t due = 0;
        while (reached < m->n &&
               cci_number_compare(m->steps[reached].at, states[i].value) <= 0)
            due += m->steps[reached++].minor;
        if (reached == 0)
            continue;
        if (++paid > m->max_entries)
            return cci_fail(error, COCREATE_ERR_SCHEMA,
                            "$.progress: \"%s\" is one entry more than the %lld that rule \"%s\" may "
                            "pay",
                            states[i].entry->id, (long long)m->max_entries, rule->id);
        CCI_TRY(pay(e, rule, &states[i], reached, due, error));
    }
    return COCREATE_OK;
}

const cci_rule_kind cci_rule_milestone = {
    .kind = "milestone",
    .title = "Amounts for milestones that are reached",
    .parameters = parameters,
    .bound = "the sum of the milestones, times max_entries",
    .source = "Allo protocol, direct grants (milestones); retainage as in construction contracts",
    .parse = parse,
    .evaluate = evaluate,
};
