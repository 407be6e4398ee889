/* contributor_roles: credit for each role that somebody had, as author, reviewer or mentor. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "reward/recognition/teams.h"

enum { ROLES_MAX = 200 };

typedef struct role {
    const char *name, *title; /* title: NULL without */
    int authors;              /* those behind eligible entries have it, too */
    cci_number min;           /* amount of contributions that it takes */
    cci_number agreement;     /* part of them that agrees with the outcome; missing: any */
    cci_number max;           /* counted of one person at most; missing: all */
} role;

typedef struct roles {
    role *items; /* by name */
    size_t n;
} roles;

static const cci_parameter parameters[] = {
    {"roles", "object", 0,
     "each role with {min, max, agreement, authors, title}: what contributions it takes (1), how much "
     "counts, what part agrees with the outcome, whether those behind entries have it, what its "
     "holders are called"},
    {"preset", "choice", 0, "credit, in place of roles: the 14 of CRediT"},
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_END,
};

/* ANSI/NISO Z39.104-2022, CRediT, Contributor Roles Taxonomy. */
static const char *const credit[] = {
    "conceptualization", "data-curation",          "formal-analysis", "funding-acquisition",
    "investigation",     "methodology",            "project-administration",
    "resources",         "software",               "supervision",     "validation",
    "visualization",     "writing-original-draft", "writing-review-editing"};

/* -- Reading ---------------------------------------------------------------------------------- */

static int by_name(const void *a, const void *b)
{
    return strcmp(((const role *)a)->name, ((const role *)b)->name);
}

static cocreate_status read_positive(const json_t *json, const char *key, cci_number *out,
                                     const cci_path *path, cocreate_error *error)
{
    cci_path at = cci_path_key(path, key);
    CCI_TRY(cci_row_number(json, key, 1, out, path, error));
    return out->den == 0 || out->num > 0
               ? COCREATE_OK
               : cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "is not more than 0");
}

static cocreate_status read_role(cocreate_scheme *scheme, const char *name, const json_t *json,
                                 role *r, const cci_path *at, cocreate_error *error)
{
    static const char *const keys[] = {"min", "max", "agreement", "authors", "title", NULL};
    cci_path agreement_at = cci_path_key(at, "agreement");
    const char *title = NULL;
    CCI_TRY(cci_json_object(json, at, error));
    CCI_TRY(cci_json_keys(json, keys, at, error));
    CCI_TRY(read_positive(json, "min", &r->min, at, error));
    CCI_TRY(read_positive(json, "max", &r->max, at, error));
    CCI_TRY(read_positive(json, "agreement", &r->agreement, at, error));
    CCI_TRY(cci_json_bool_opt(json, "authors", &r->authors, at, error));
    CCI_TRY(cci_json_string_opt(json, "title", &title, at, error));
    if (r->agreement.den > 0 && r->agreement.num > r->agreement.den)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &agreement_at, "is more than 1");
    if (r->min.den == 0)
        r->min = (cci_number){1, 1};
    r->name = cci_arena_copy(&scheme->arena, name, strlen(name));
    if (title != NULL)
        r->title = cci_arena_copy(&scheme->arena, title, strlen(title));
    return r->name == NULL || (title != NULL && r->title == NULL) ? cci_no_memory(error)
                                                                   : COCREATE_OK;
}

static cocreate_status read_roles(cocreate_scheme *scheme, json_t *json, roles *out,
                                  const cci_path *path, cocreate_error *error)
{
    cci_path at = cci_path_key(path, "roles");
    const char *name;
    json_t *value;
    size_t n = json_object_size(json);
    if (n == 0 || n > ROLES_MAX)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "holds %zu roles, not 1 to %d", n,
                             ROLES_MAX);
    out->items = cci_arena_alloc(&scheme->arena, n, sizeof *out->items);
    if (out->items == NULL)
        return cci_no_memory(error);
    json_object_foreach(json, name, value)
    {
        cci_path here = cci_path_key(&at, name);
        CCI_TRY(read_role(scheme, name, value, &out->items[out->n++], &here, error));
    }
    qsort(out->items, n, sizeof *out->items, by_name);
    return COCREATE_OK;
}

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    static const char *const presets[] = {"credit", NULL};
    json_t *list;
    int preset = -1;
    roles *r = cci_arena_alloc(&scheme->arena, 1, sizeof *r);
    if (r == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_json_choice_opt(json, "preset", presets, &preset, path, error));
    CCI_TRY(cci_json_get_object_opt(json, "roles", &list, path, error));
    if ((preset >= 0) == (list != NULL))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, path,
                             "needs one of \"roles\" and \"preset\"");
    rule->parameters = r;
    rule->why = "credit costs nothing";
    if (list != NULL)
        return read_roles(scheme, list, r, path, error);
    r->n = sizeof credit / sizeof credit[0];
    r->items = cci_arena_alloc(&scheme->arena, r->n, sizeof *r->items);
    if (r->items == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < r->n; i++)
        r->items[i] = (role){.name = credit[i], .min = {1, 1}};
    return COCREATE_OK;
}

/* -- Contributions ---------------------------------------------------------------------------- */

typedef struct contribution {
    const role *role;
    const char *person;
    cci_number amount; /* value * share */
    int agrees, late;
    size_t index;
} contribution;

static int by_person(const void *a, const void *b)
{
    const contribution *x = a, *y = b;
    int order = strcmp(x->person, y->person);
    if (order == 0 && x->role != y->role)
        order = x->role < y->role ? -1 : 1;
    return order;
}

static cocreate_status read_row(const cci_rule *rule, const cci_section *list, size_t i,
                                contribution *c, cocreate_error *error)
{
    static const char *const degrees[] = {"equal", "lead", "supporting", NULL};
    const roles *r = rule->parameters;
    const json_t *row;
    cci_path at;
    cci_number share = {1, 1};
    int degree = -1;
    role key = {.name = NULL};
    CCI_TRY(cci_section_row(list, i, &row, &at, error));
    cci_path value_at = cci_path_key(&at, "value");
    *c = (contribution){.agrees = 1, .index = i};
    CCI_TRY(cci_json_id(row, "person", &c->person, &at, error));
    CCI_TRY(cci_json_id(row, "role", &key.name, &at, error));
    CCI_TRY(read_positive(row, "value", &c->amount, &at, error));
    CCI_TRY(read_positive(row, "share", &share, &at, error));
    CCI_TRY(cci_json_bool_opt(row, "agrees", &c->agrees, &at, error));
    CCI_TRY(cci_json_bool_opt(row, "late", &c->late, &at, error));
    CCI_TRY(cci_json_choice_opt(row, "degree", degrees, &degree, &at, error));
    c->role = bsearch(&key, r->items, r->n, sizeof key, by_name);
    if (c->amount.den == 0)
        c->amount = (cci_number){1, 1};
    if (share.den == 0)
        share = (cci_number){1, 1};
    return cci_number_mul(c->amount, share, &c->amount)
               ? COCREATE_OK
               : cci_json_fail(error, COCREATE_ERR_OVERFLOW, &value_at, "is beyond 64 bits");
}

/* Those of eligible persons in roles of the rule, and authors. */
static cocreate_status read_all(cci_evaluation *e, const cci_rule *rule, contribution **out,
                                size_t *n, cocreate_error *error)
{
    const roles *r = rule->parameters;
    cci_section list;
    cci_stand *stands;
    size_t n_stands, authors = 0, count = 0;
    CCI_TRY(cci_section_open(e, rule, "contributions", 1, &list, error));
    CCI_TRY(cci_standing(e, rule, 0, &stands, &n_stands, error));
    for (size_t i = 0; i < n_stands; i++)
        authors += stands[i].entry->n_team > 0 ? stands[i].entry->n_team : 1;
    size_t room = list.n;
    for (size_t k = 0; k < r->n; k++)
        room += r->items[k].authors ? authors : 0;
    contribution *items = cci_arena_alloc(&e->scratch, room, sizeof *items);
    if (items == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < list.n; i++) {
        contribution c;
        CCI_TRY(read_row(rule, &list, i, &c, error));
        if (c.role != NULL && !c.late && cci_person_eligible(e, rule, c.person))
            items[count++] = c;
    }
    for (size_t k = 0; k < r->n; k++)
        for (size_t i = 0; i < n_stands && r->items[k].authors; i++)
            for (size_t m = 0; m == 0 || m < stands[i].entry->n_team; m++)
                items[count++] = (contribution){.role = &r->items[k],
                                                .person = cci_member_of(stands[i].entry, m),
                                                .amount = {1, 1},
                                                .agrees = 1};
    *out = items;
    *n = count;
    return COCREATE_OK;
}

/* -- Awards ----------------------------------------------------------------------------------- */

static cocreate_status credit_person(cci_evaluation *e, const cci_rule *rule,
                                     const contribution *first, cci_number amount, int64_t count,
                                     int64_t agreeing, cocreate_error *error)
{
    const role *r = first->role;
    cci_trace *t = &e->trace;
    cci_buffer b;
    cci_trace_begin(t);
    CCI_TRY(cci_trace_integer(t, "contributions", CCI_UNIT_NONE, count, error));
    CCI_TRY(cci_trace_number(t, "amount", CCI_UNIT_NONE, amount, error));
    CCI_TRY(cci_trace_number(t, "needed", CCI_UNIT_NONE, r->min, error));
    CCI_TRY(cci_trace_check(t, "amount", "at_least", "needed", error));
    if (r->agreement.den > 0) {
        CCI_TRY(cci_trace_integer(t, "agreeing", CCI_UNIT_NONE, agreeing, error));
        CCI_TRY(cci_trace_calc(t, "agreement", CCI_UNIT_NONE, "quotient",
                               CCI_ARGS("agreeing", "contributions"), error));
        CCI_TRY(cci_trace_number(t, "agreement needed", CCI_UNIT_NONE, r->agreement, error));
        CCI_TRY(cci_trace_check(t, "agreement", "at_least", "agreement needed", error));
    }
    if (r->max.den > 0 && cci_number_compare(amount, r->max) > 0) {
        CCI_TRY(cci_trace_number(t, "counted", CCI_UNIT_NONE, r->max, error));
        amount = r->max;
    }
    cci_buffer_init(&b, &e->scratch.allocator);
    cci_detail_number(&b, "amount", amount);
    cci_detail_text(&b, "role", r->name);
    cci_detail_text(&b, "title", r->title);
    const char *say = count == 1 ? "One contribution in this role: {amount}."
                                 : "{contributions} contributions in this role: {amount}.";
    if (r->agreement.den > 0)
        say = count == 1 ? "One contribution in this role, and it agrees with the outcome: {amount}."
                         : "{contributions} contributions in this role, of which {agreeing} agree with "
                           "the outcome: {amount}.";
    return cci_recognise_with(e, rule, first->person, r->name, say, &b, error);
}

static cocreate_status judge(cci_evaluation *e, const cci_rule *rule, const contribution *items,
                             size_t n, cocreate_error *error)
{
    const role *r = items[0].role;
    cci_number amount = {0, 1};
    int64_t agreeing = 0;
    for (size_t i = 0; i < n; i++) {
        agreeing += items[i].agrees;
        if (!cci_number_add(amount, items[i].amount, &amount))
            return cci_fail(error, COCREATE_ERR_OVERFLOW,
                            "$.contributions: those of \"%s\" as %s do not fit 64 bits",
                            items[0].person, r->name);
    }
    if (cci_number_compare(amount, r->min) < 0)
        return COCREATE_OK;
    if (r->agreement.den > 0 &&
        cci_number_compare(cci_number_of(agreeing, (int64_t)n), r->agreement) < 0)
        return COCREATE_OK;
    return credit_person(e, rule, items, amount, (int64_t)n, agreeing, error);
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    contribution *items = NULL;
    size_t n = 0;
    CCI_TRY(read_all(e, rule, &items, &n, error));
    if (n > 0)
        qsort(items, n, sizeof *items, by_person);
    for (size_t i = 0, next; i < n; i = next) {
        for (next = i + 1; next < n && by_person(&items[next], &items[i]) == 0;)
            next++;
        CCI_TRY(judge(e, rule, &items[i], next - i, error));
    }
    return COCREATE_OK;
}

const cci_rule_kind cci_rule_contributor_roles = {
    .kind = "contributor_roles",
    .title = "Credit for the roles people had",
    .parameters = parameters,
    .bound = "nothing",
    .source = "ANSI/NISO Z39.104-2022, CRediT, Contributor Roles Taxonomy (preset, degrees)",
    .own_lists = 1,
    .parse = parse,
    .evaluate = evaluate,
};
