/* title: what somebody may call themselves, by their entries or by what an earlier rule gave. */
#include <stdlib.h>
#include <string.h>

#include "base/table.h"
#include "reward/awards.h"
#include "reward/recognition/teams.h"

typedef struct title {
    const char *text;
    int by_entries;
    cci_where where;
    const char *of; /* an earlier rule, or NULL */
    int64_t at_least;
} title;

static const cci_parameter parameters[] = {
    {"title", "string", 1, "the title"},
    {"where", "condition", 0, "for persons behind entries, as rank<=1; this or of"},
    {"of", "id", 0, "for persons whom an earlier rule awards something; this or where"},
    {"at_least", "integer", 0, "so many awards of that rule, or such entries; by default 1"},
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_END,
};

static cocreate_status read_of(const cocreate_scheme *scheme, const json_t *json,
                               const cci_rule *rule, title *t, const cci_path *path,
                               cocreate_error *error)
{
    cci_path at = cci_path_key(path, "of");
    const char *of = NULL;
    CCI_TRY(cci_json_id_opt(json, "of", &of, path, error));
    for (size_t i = 0; of != NULL && i < rule->index; i++)
        if (strcmp(scheme->rules[i].id, of) == 0)
            t->of = scheme->rules[i].id;
    if (of != NULL && t->of == NULL)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                             "no rule before this one is called \"%s\"", of);
    return COCREATE_OK;
}

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    cci_path where_at = cci_path_key(path, "where"), title_at = cci_path_key(path, "title");
    const char *text, *where = NULL;
    title *t = cci_arena_alloc(&scheme->arena, 1, sizeof *t);
    if (t == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_json_string(json, "title", &text, path, error));
    if (text[0] == '\0')
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &title_at, "is empty");
    t->text = cci_arena_copy(&scheme->arena, text, strlen(text));
    if (t->text == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_json_string_opt(json, "where", &where, path, error));
    CCI_TRY(read_of(scheme, json, rule, t, path, error));
    if ((where != NULL) == (t->of != NULL))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, path, "needs one of \"where\" and \"of\"");
    t->at_least = 1;
    CCI_TRY(cci_json_i64_opt(json, "at_least", 1, 1000000, &t->at_least, path, error));
    if (where != NULL) {
        t->by_entries = 1;
        CCI_TRY(cci_where_parse(&scheme->arena, where, &t->where, &where_at, error));
        scheme->needs |= t->where.needs | CCI_NEED_ENTRIES;
    }
    rule->parameters = t;
    rule->why = "titles cost nothing";
    return COCREATE_OK;
}

typedef struct holders {
    const char **persons; /* one for each reason */
    size_t n, capacity;
} holders;

static cocreate_status add(cci_evaluation *e, const cci_rule *rule, holders *h, const char *person,
                           cocreate_error *error)
{
    if (!cci_person_eligible(e, rule, person))
        return COCREATE_OK;
    if (h->n == h->capacity) {
        size_t room = h->capacity > 0 ? 2 * h->capacity : 64;
        const char **more = cci_arena_alloc(&e->scratch, room, sizeof *more);
        if (more == NULL)
            return cci_no_memory(error);
        if (h->n > 0)
            memcpy(more, h->persons, h->n * sizeof *more);
        h->persons = more;
        h->capacity = room;
    }
    h->persons[h->n++] = person;
    return COCREATE_OK;
}

static cocreate_status by_entries(cci_evaluation *e, const cci_rule *rule, holders *h,
                                  cocreate_error *error)
{
    const title *t = rule->parameters;
    cci_stand *stands;
    size_t n;
    CCI_TRY(cci_standing(e, rule, 0, &stands, &n, error));
    for (size_t i = 0; i < n; i++) {
        const cci_entry *entry = stands[i].entry;
        if (!cci_where_holds(&t->where, entry, stands[i].place))
            continue;
        for (size_t k = 0; k < (entry->n_team > 0 ? entry->n_team : 1); k++)
            CCI_TRY(add(e, rule, h, cci_member_of(entry, k), error));
    }
    return COCREATE_OK;
}

static cocreate_status by_awards(cci_evaluation *e, const cci_rule *rule, holders *h,
                                 cocreate_error *error)
{
    const title *t = rule->parameters;
    for (size_t i = 0; i < e->awards->n; i++)
        if (strcmp(e->awards->items[i].rule_id, t->of) == 0)
            CCI_TRY(add(e, rule, h, e->awards->items[i].to, error));
    return COCREATE_OK;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* "2 entries that meet rank<=3; 2 give the title." */
static cocreate_status sentence(cci_evaluation *e, const title *t, size_t reasons, const char **out,
                                cocreate_error *error)
{
    cci_buffer b;
    cci_buffer_init(&b, &e->scratch.allocator);
    cci_buffer_text(&b, reasons == 1 ? "One " : "{count} ");
    if (t->by_entries)
        cci_buffer_text(&b, reasons == 1 ? "entry that meets " : "entries that meet ");
    else
        cci_buffer_text(&b, reasons == 1 ? "award of an earlier rule" : "awards of an earlier rule");
    cci_buffer_text(&b, t->by_entries ? t->where.text : "");
    cci_buffer_text(&b, reasons == 1 ? " gives the title." : "; {needed} would do for the title.");
    return cci_arena_finish(&e->scratch, &b, out, error);
}

static cocreate_status award(cci_evaluation *e, const cci_rule *rule, const char *person,
                             size_t reasons, cocreate_error *error)
{
    const title *t = rule->parameters;
    cci_trace *trace = &e->trace;
    const char *say;
    cci_buffer b;
    cci_trace_begin(trace);
    CCI_TRY(cci_trace_integer(trace, "count", CCI_UNIT_NONE, (int64_t)reasons, error));
    CCI_TRY(cci_trace_integer(trace, "needed", CCI_UNIT_NONE, t->at_least, error));
    CCI_TRY(cci_trace_check(trace, "count", "at_least", "needed", error));
    CCI_TRY(sentence(e, t, reasons, &say, error));
    cci_buffer_init(&b, &e->scratch.allocator);
    cci_detail_text(&b, "title", t->text);
    return cci_recognise_with(e, rule, person, "", say, &b, error);
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    const title *t = rule->parameters;
    holders h = {NULL, 0, 0};
    CCI_TRY(t->by_entries ? by_entries(e, rule, &h, error) : by_awards(e, rule, &h, error));
    if (h.n > 0)
        qsort(h.persons, h.n, sizeof *h.persons, by_text);
    for (size_t i = 0, next; i < h.n; i = next) {
        for (next = i + 1; next < h.n && strcmp(h.persons[next], h.persons[i]) == 0;)
            next++;
        if (next - i >= (size_t)t->at_least)
            CCI_TRY(award(e, rule, h.persons[i], next - i, error));
    }
    return COCREATE_OK;
}

const cci_rule_kind cci_rule_title = {
    .kind = "title",
    .title = "A title for whoever meets a condition or holds an award",
    .parameters = parameters,
    .bound = "nothing",
    .source = "Discourse, badges that allow a title; Decidim (levels for 1, 5, 10, 20, 50)",
    .own_lists = 1,
    .parse = parse,
    .evaluate = evaluate,
};
