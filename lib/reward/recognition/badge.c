/* badge: recognition for each person behind the entries that meet a condition. */
#include <string.h>

#include "reward/rule.h"

typedef struct badge {
    cci_where where;
    const char *json; /* what its awards show: criteria, role, title */
} badge;

static const cci_parameter parameters[] = {
    {"where", "condition", 1,
     "which entries: rank<=3, score>=60, selected, status=valid, joined by and"},
    {"criteria", "object", 0, "{narrative}: what it stands for, in words"},
    {"role", "string", 0, "the role it recognises, as author"},
    {"title", "string", 0, "a title that the holder may show"},
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_END,
};

static void member(cci_buffer *b, const char *key, const char *value)
{
    if (value == NULL)
        return;
    cci_buffer_format(b, "%s\"%s\":", b->size > 1 ? "," : "", key);
    cci_json_quote(b, value, strlen(value));
}

/* The members as an object in canonical order. */
static cocreate_status write_badge(cocreate_scheme *scheme, const char *narrative,
                                   const char *role, const char *title, const char **out,
                                   cocreate_error *error)
{
    cci_buffer b;
    cci_buffer_init(&b, &scheme->arena.allocator);
    cci_buffer_byte(&b, '{');
    if (narrative != NULL) {
        cci_buffer_text(&b, "\"criteria\":{\"narrative\":");
        cci_json_quote(&b, narrative, strlen(narrative));
        cci_buffer_byte(&b, '}');
    }
    member(&b, "role", role);
    member(&b, "title", title);
    cci_buffer_byte(&b, '}');
    return cci_arena_finish(&scheme->arena, &b, out, error);
}

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    static const char *const criteria_keys[] = {"narrative", NULL};
    cci_path where_at = cci_path_key(path, "where"), criteria_at = cci_path_key(path, "criteria");
    const char *where, *narrative = NULL, *role = NULL, *title = NULL;
    json_t *criteria;
    badge *b = cci_arena_alloc(&scheme->arena, 1, sizeof *b);
    if (b == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_json_string(json, "where", &where, path, error));
    CCI_TRY(cci_where_parse(&scheme->arena, where, &b->where, &where_at, error));
    CCI_TRY(cci_json_get_object_opt(json, "criteria", &criteria, path, error));
    if (criteria != NULL) {
        CCI_TRY(cci_json_keys(criteria, criteria_keys, &criteria_at, error));
        CCI_TRY(cci_json_string(criteria, "narrative", &narrative, &criteria_at, error));
    }
    CCI_TRY(cci_json_string_opt(json, "role", &role, path, error));
    CCI_TRY(cci_json_string_opt(json, "title", &title, path, error));
    scheme->needs |= b->where.needs;
    rule->parameters = b;
    rule->why = "badges cost nothing";
    return write_badge(scheme, narrative, role, title, &b->json, error);
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    const badge *b = rule->parameters;
    cci_stand *stands;
    size_t n;
    cci_string_set holders;
    CCI_TRY(cci_standing(e, rule, 0, &stands, &n, error));
    cci_string_set_init(&holders, &e->scratch.allocator);
    cocreate_status status = COCREATE_OK;
    for (size_t i = 0; i < n && status == COCREATE_OK; i++) {
        const cci_entry *entry = stands[i].entry;
        if (!cci_where_holds(&b->where, entry, stands[i].place))
            continue;
        cci_trace_begin(&e->trace);
        cci_trace_rank(&e->trace, stands[i].place, entry->metrics[CCI_METRIC_SCORE]);
        cci_trace_where(&e->trace, b->where.text);
        status = cci_grant_badge(e, rule, entry, b->json, &holders, error);
    }
    cci_string_set_free(&holders);
    return status;
}

const cci_rule_kind cci_rule_badge = {
    .kind = "badge",
    .title = "A badge for whoever meets a condition",
    .parameters = parameters,
    .bound = "nothing",
    .source = "1EdTech, Open Badges 3.0 (Achievement: criteria, role)",
    .parse = parse,
    .evaluate = evaluate,
};
