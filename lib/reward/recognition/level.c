/* level: how many thresholds somebody's points have reached. */
#include <stdlib.h>
#include <string.h>

#include "reward/recognition/events.h"

enum { LEVELS_MAX = 1000 };

typedef struct levels {
    const char *of;
    cci_number *thresholds; /* rising */
    const char **names;     /* or NULL */
    size_t n;
    int demotion;
} levels;

static const cci_parameter parameters[] = {
    {"thresholds", "numbers", 1, "the points each level needs, rising; 1 to 1000"},
    {"names", "strings", 0, "what the levels are called"},
    {"demotion", "boolean", 0,
     "who loses points loses the level; by default the best total counts (\"best\" of totals)"},
    CCI_PARAMETER_OF,
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_END,
};

static cocreate_status read_thresholds(cocreate_scheme *scheme, const json_t *json, levels *l,
                                       const cci_path *path, cocreate_error *error)
{
    cci_path at = cci_path_key(path, "thresholds");
    json_t *list;
    CCI_TRY(cci_json_get_array(json, "thresholds", &list, path, error));
    l->n = json_array_size(list);
    if (l->n == 0 || l->n > LEVELS_MAX)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "holds %zu levels, not 1 to %d", l->n,
                             LEVELS_MAX);
    l->thresholds = cci_arena_alloc(&scheme->arena, l->n, sizeof *l->thresholds);
    if (l->thresholds == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < l->n; i++) {
        cci_path here = cci_path_at(&at, i);
        CCI_TRY(cci_number_read(json_array_get(list, i), &l->thresholds[i], &here, error));
        if (i > 0 && cci_number_compare(l->thresholds[i], l->thresholds[i - 1]) <= 0)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                                 "is not more than the threshold before it");
    }
    return COCREATE_OK;
}

static cocreate_status read_names(cocreate_scheme *scheme, const json_t *json, levels *l,
                                  const cci_path *path, cocreate_error *error)
{
    cci_path at = cci_path_key(path, "names");
    json_t *list;
    CCI_TRY(cci_json_get_array_opt(json, "names", &list, path, error));
    if (list == NULL)
        return COCREATE_OK;
    if (json_array_size(list) != l->n)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "%zu names for %zu levels",
                             json_array_size(list), l->n);
    l->names = cci_arena_alloc(&scheme->arena, l->n, sizeof *l->names);
    if (l->names == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < l->n; i++) {
        cci_path here = cci_path_at(&at, i);
        const char *name = json_string_value(json_array_get(list, i));
        if (name == NULL)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "not a string");
        l->names[i] = cci_arena_copy(&scheme->arena, name, strlen(name));
        if (l->names[i] == NULL)
            return cci_no_memory(error);
    }
    return COCREATE_OK;
}

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    levels *l = cci_arena_alloc(&scheme->arena, 1, sizeof *l);
    if (l == NULL)
        return cci_no_memory(error);
    CCI_TRY(read_thresholds(scheme, json, l, path, error));
    CCI_TRY(read_names(scheme, json, l, path, error));
    CCI_TRY(cci_json_bool_opt(json, "demotion", &l->demotion, path, error));
    CCI_TRY(cci_read_of(scheme, json, rule, &l->of, path, error));
    rule->parameters = l;
    rule->why = "levels cost nothing";
    return COCREATE_OK;
}

static cocreate_status award(cci_evaluation *e, const cci_rule *rule, const cci_total *total,
                             cci_number points, size_t level, cocreate_error *error)
{
    const levels *l = rule->parameters;
    cci_trace *t = &e->trace;
    int kept = cci_number_compare(points, total->points) > 0, top = level == l->n;
    const char *text = kept  ? "Level {level}: the best total was {best}, and the level stays."
                       : top ? "Level {level}: {points} points reach {threshold}, the last threshold."
                             : "Level {level}: {points} points reach {threshold}; the next level is "
                               "at {next}.";
    cci_trace_begin(t);
    CCI_TRY(cci_trace_number(t, "points", CCI_UNIT_NONE, total->points, error));
    CCI_TRY(cci_trace_number(t, "threshold", CCI_UNIT_NONE, l->thresholds[level - 1], error));
    CCI_TRY(cci_trace_integer(t, "level", CCI_UNIT_NONE, (int64_t)level, error));
    if (kept)
        CCI_TRY(cci_trace_number(t, "best", CCI_UNIT_NONE, points, error));
    if (!top)
        CCI_TRY(cci_trace_number(t, "next", CCI_UNIT_NONE, l->thresholds[level], error));
    CCI_TRY(cci_trace_check(t, kept ? "best" : "points", "at_least", "threshold", error));
    if (!top)
        CCI_TRY(cci_trace_check(t, kept ? "best" : "points", "less", "next", error));
    cci_buffer b;
    cci_buffer_init(&b, &e->scratch.allocator);
    cci_detail_integer(&b, "level", (int64_t)level);
    cci_detail_text(&b, "name", l->names != NULL ? l->names[level - 1] : NULL);
    return cci_recognise_with(e, rule, total->person, "", text, &b, error);
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    const levels *l = rule->parameters;
    cci_total *totals = NULL;
    size_t n = 0;
    CCI_TRY(cci_totals_read(e, rule, l->of, &totals, &n, error));
    for (size_t i = 0; i < n; i++) {
        cci_number points = totals[i].points;
        size_t level = 0;
        if (points.den == 0)
            continue;
        if (!l->demotion && totals[i].best.den > 0 &&
            cci_number_compare(totals[i].best, points) > 0)
            points = totals[i].best;
        while (level < l->n && cci_number_compare(l->thresholds[level], points) <= 0)
            level++;
        if (level > 0)
            CCI_TRY(award(e, rule, &totals[i], points, level, error));
    }
    return COCREATE_OK;
}

const cci_rule_kind cci_rule_level = {
    .kind = "level",
    .title = "Levels by thresholds of points",
    .parameters = parameters,
    .bound = "nothing",
    .source = "level-up (thresholds, tiers with a high-water mark or with demotion)",
    .own_lists = 1,
    .parse = parse,
    .evaluate = evaluate,
};
