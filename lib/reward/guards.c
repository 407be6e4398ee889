#include "reward/guards.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "reward/awards.h"

enum { ROLES_MAX = 100, DAYS_MAX = 36500 };
#define DAY INT64_C(86400000000)

const char *const cci_guard_names[] = {"role",      "verified",   "account_age",  "one_prize",
                                       "person_cap", "household_cap", NULL};

/* ---- reading ---- */

static cocreate_status read_roles(cocreate_scheme *scheme, const json_t *json, cci_guards *g,
                                  const cci_path *path, cocreate_error *error)
{
    cci_path at = cci_path_key(path, "exclude_roles");
    json_t *list;
    CCI_TRY(cci_json_get_array_opt(json, "exclude_roles", &list, path, error));
    size_t n = list == NULL ? 0 : json_array_size(list);
    if (n > ROLES_MAX)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "holds %zu roles, more than %d", n,
                             ROLES_MAX);
    g->roles = cci_arena_alloc(&scheme->arena, n, sizeof *g->roles);
    if (g->roles == NULL)
        return cci_no_memory(error);
    for (; g->n_roles < n; g->n_roles++) {
        const json_t *item = json_array_get(list, g->n_roles);
        cci_path here = cci_path_at(&at, g->n_roles);
        if (!json_is_string(item))
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "a role is a string");
        const char *role = json_string_value(item);
        g->roles[g->n_roles] = cci_arena_copy(&scheme->arena, role, strlen(role));
        if (g->roles[g->n_roles] == NULL)
            return cci_no_memory(error);
    }
    return COCREATE_OK;
}

cocreate_status cci_guards_read(cocreate_scheme *scheme, const json_t *json, cocreate_error *error)
{
    static const char *const keys[] = {"person_cap",   "household_cap", "one_prize", "verified",
                                       "account_days", "exclude_roles", NULL};
    cci_path root = CCI_ROOT, at = cci_path_key(&root, "guards");
    json_t *guards;
    CCI_TRY(cci_json_get_object_opt(json, "guards", &guards, &root, error));
    if (guards == NULL)
        return COCREATE_OK;
    cci_guards *g = cci_arena_alloc(&scheme->arena, 1, sizeof *g);
    if (g == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_json_keys(guards, keys, &at, error));
    CCI_TRY(cci_read_amount_opt(scheme, guards, "person_cap", &g->person_cap, &at, error));
    CCI_TRY(cci_read_amount_opt(scheme, guards, "household_cap", &g->household_cap, &at, error));
    CCI_TRY(cci_json_bool_opt(guards, "one_prize", &g->one_prize, &at, error));
    CCI_TRY(cci_json_bool_opt(guards, "verified", &g->verified, &at, error));
    CCI_TRY(cci_json_i64_opt(guards, "account_days", 1, DAYS_MAX, &g->account_days, &at, error));
    CCI_TRY(read_roles(scheme, guards, g, &at, error));
    scheme->guards = g;
    return COCREATE_OK;
}

/* ---- facts of persons ---- */

typedef struct facts {
    const char *household; /* or NULL */
    int role, verified, old_enough;
} facts;

typedef struct work {
    cci_evaluation *e;
    const cci_guards *g;
    cci_time closed;
    cci_buffer cuts; /* JSON, without the brackets */
} work;

static int has_role(const cci_person *person, const cci_guards *g)
{
    for (size_t i = 0; i < person->n_roles; i++)
        for (size_t k = 0; k < g->n_roles; k++)
            if (strcmp(person->roles[i], g->roles[k]) == 0)
                return 1;
    return 0;
}

/* What the result does not say of a person is not so. */
static cocreate_status facts_of(const work *w, const char *id, facts *out, cocreate_error *error)
{
    const cci_person *person = cci_result_person(w->e->result, id);
    cci_path root = CCI_ROOT, list = cci_path_key(&root, "persons");
    cci_time created = {0, 0};
    *out = (facts){.household = NULL};
    if (person == NULL)
        return COCREATE_OK;
    cci_path at = cci_path_at(&list, person->index);
    CCI_TRY(cci_json_id_opt(person->facts, "household", &out->household, &at, error));
    CCI_TRY(cci_json_bool_opt(person->facts, "verified", &out->verified, &at, error));
    CCI_TRY(cci_result_time(person->facts, "account_created", &created, &at, error));
    out->role = has_role(person, w->g);
    out->old_enough = created.known && w->closed.known &&
                      w->closed.at - created.at >= w->g->account_days * DAY;
    return COCREATE_OK;
}

/* ---- cutting ---- */

/* The trace of an award with one step more. */
static cocreate_status add_step(work *w, cci_award *award, cci_guard guard, int64_t limit,
                                int64_t used, int64_t minor, cocreate_error *error)
{
    cci_buffer b;
    cci_buffer_init(&b, &w->e->scratch.allocator);
    cci_buffer_add(&b, award->trace, strlen(award->trace) - 1);
    cci_buffer_format(&b, ",{\"guard\":\"%s\"", cci_guard_names[guard]);
    if (limit > 0)
        cci_buffer_format(&b, ",\"limit\":%" PRId64, limit);
    cci_buffer_format(&b, ",\"minor\":%" PRId64 ",\"op\":\"guard\"", minor);
    if (limit > 0 && guard != CCI_GUARD_ACCOUNT_AGE)
        cci_buffer_format(&b, ",\"used\":%" PRId64, used);
    cci_buffer_text(&b, "}]");
    return cci_arena_finish(&w->e->awards->arena, &b, &award->trace, error);
}

static void text_member(cci_buffer *b, const char *before, const char *value)
{
    cci_buffer_text(b, before);
    cci_json_quote(b, value, strlen(value));
}

/* {"by","entry"?,"from","id","minor","rule","says","to","trace"} */
static cocreate_status write_cut(work *w, const cci_award *award, cci_guard guard, int64_t from,
                                 cocreate_error *error)
{
    cci_buffer *b = &w->cuts, says;
    cci_buffer_init(&says, &w->e->scratch.allocator);
    cocreate_status status = cci_trace_explain(award->trace, award->exponent, &says, error);
    if (b->size > 0)
        cci_buffer_byte(b, ',');
    text_member(b, "{\"by\":", cci_guard_names[guard]);
    if (award->entry != NULL)
        text_member(b, ",\"entry\":", award->entry);
    cci_buffer_format(b, ",\"from\":%" PRId64, from);
    text_member(b, ",\"id\":", award->id);
    cci_buffer_format(b, ",\"minor\":%" PRId64, award->minor);
    text_member(b, ",\"rule\":", award->rule_id);
    cci_buffer_text(b, ",\"says\":");
    if (!says.failed && says.data != NULL)
        cci_json_quote(b, says.data, says.size);
    text_member(b, ",\"to\":", award->to);
    cci_buffer_text(b, ",\"trace\":");
    cci_buffer_text(b, award->trace);
    cci_buffer_byte(b, '}');
    if (status == COCREATE_OK && (says.failed || b->failed))
        status = cci_no_memory(error);
    cci_buffer_free(&says);
    return status;
}

static cocreate_status cut(work *w, cci_award *award, cci_guard guard, int64_t limit, int64_t used,
                           int64_t minor, cocreate_error *error)
{
    int64_t from = award->minor;
    if (minor == from)
        return COCREATE_OK;
    CCI_TRY(add_step(w, award, guard, limit, used, minor, error));
    award->minor = minor;
    return write_cut(w, award, guard, from, error);
}

/* Awards of money that are left. */
static int counts(const cci_award *award)
{
    return award->fund != NULL && award->minor > 0;
}

static cocreate_status exclude(work *w, cci_award *award, const facts *f, cocreate_error *error)
{
    if (f->role)
        return cut(w, award, CCI_GUARD_ROLE, 0, 0, 0, error);
    if (w->g->verified && !f->verified)
        return cut(w, award, CCI_GUARD_VERIFIED, 0, 0, 0, error);
    if (w->g->account_days > 0 && !f->old_enough)
        return cut(w, award, CCI_GUARD_ACCOUNT_AGE, w->g->account_days, 0, 0, error);
    return COCREATE_OK;
}

/* Each person keeps the most valuable award, of equal ones the first. */
static cocreate_status one_prize(work *w, cocreate_error *error)
{
    cocreate_awards *awards = w->e->awards;
    cci_string_set persons;
    cocreate_status status = COCREATE_OK;
    uint32_t index;
    int added;
    size_t *best = cci_arena_alloc(&w->e->scratch, awards->n, sizeof *best);
    if (best == NULL)
        return cci_no_memory(error);
    cci_string_set_init(&persons, &w->e->scratch.allocator);
    for (size_t i = 0; i < awards->n && status == COCREATE_OK; i++) {
        const cci_award *award = &awards->items[i];
        if (!counts(award))
            continue;
        status = cci_string_set_add(&persons, award->to, &index, &added, error);
        if (status == COCREATE_OK && (added || award->minor > awards->items[best[index]].minor))
            best[index] = i;
    }
    for (size_t i = 0; i < awards->n && status == COCREATE_OK; i++) {
        cci_award *award = &awards->items[i];
        if (counts(award) && best[cci_string_set_find(&persons, award->to)] != i)
            status = cut(w, award, CCI_GUARD_ONE_PRIZE, 0, 0, 0, error);
    }
    cci_string_set_free(&persons);
    return status;
}

/* In order of the awards: what was awarded first is kept. */
static cocreate_status cap(work *w, cci_guard guard, int64_t limit, cocreate_error *error)
{
    cocreate_awards *awards = w->e->awards;
    cci_string_set names;
    cocreate_status status = COCREATE_OK;
    uint32_t index = 0;
    int added = 0;
    int64_t *used = cci_arena_alloc(&w->e->scratch, awards->n, sizeof *used);
    if (used == NULL)
        return cci_no_memory(error);
    cci_string_set_init(&names, &w->e->scratch.allocator);
    for (size_t i = 0; i < awards->n && status == COCREATE_OK; i++) {
        cci_award *award = &awards->items[i];
        facts f = {.household = NULL};
        if (!counts(award))
            continue;
        if (guard == CCI_GUARD_HOUSEHOLD_CAP)
            status = facts_of(w, award->to, &f, error);
        const char *name = guard == CCI_GUARD_HOUSEHOLD_CAP ? f.household : award->to;
        if (status != COCREATE_OK || name == NULL)
            continue;
        status = cci_string_set_add(&names, name, &index, &added, error);
        if (status != COCREATE_OK)
            break;
        int64_t room = limit - used[index];
        status = cut(w, award, guard, limit, used[index],
                     award->minor < room ? award->minor : room, error);
        used[index] += award->minor;
    }
    cci_string_set_free(&names);
    return status;
}

static cocreate_status apply(work *w, cocreate_error *error)
{
    cocreate_awards *awards = w->e->awards;
    cci_path root = CCI_ROOT;
    CCI_TRY(cci_result_time(w->e->document, "closed_at", &w->closed, &root, error));
    if (w->g->account_days > 0 && !w->closed.known)
        return cci_fail(error, COCREATE_ERR_SCHEMA, "$.closed_at: required by the guard of "
                                                    "account_days, but missing");
    for (size_t i = 0; i < awards->n; i++) {
        facts f;
        if (!counts(&awards->items[i]))
            continue;
        CCI_TRY(facts_of(w, awards->items[i].to, &f, error));
        CCI_TRY(exclude(w, &awards->items[i], &f, error));
    }
    if (w->g->one_prize)
        CCI_TRY(one_prize(w, error));
    if (w->g->person_cap > 0)
        CCI_TRY(cap(w, CCI_GUARD_PERSON_CAP, w->g->person_cap, error));
    if (w->g->household_cap > 0)
        CCI_TRY(cap(w, CCI_GUARD_HOUSEHOLD_CAP, w->g->household_cap, error));
    size_t kept = 0;
    for (size_t i = 0; i < awards->n; i++)
        if (awards->items[i].fund == NULL || awards->items[i].minor > 0)
            awards->items[kept++] = awards->items[i];
    awards->n = kept;
    return COCREATE_OK;
}

cocreate_status cci_guards_apply(cci_evaluation *e, cocreate_error *error)
{
    work w = {.e = e, .g = e->scheme->guards};
    if (w.g == NULL)
        return COCREATE_OK;
    cci_buffer_init(&w.cuts, &e->scratch.allocator);
    cocreate_status status = apply(&w, error);
    if (status == COCREATE_OK && w.cuts.size > 0)
        return cci_arena_finish(&e->awards->arena, &w.cuts, &e->awards->cuts, error);
    cci_buffer_free(&w.cuts);
    return status;
}
