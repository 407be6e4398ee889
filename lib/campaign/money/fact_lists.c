#include "campaign/money/fact_lists.h"

#include <string.h>

/* ["attribute", KEY] or ["field", KEY] */
static int is_attribute(const json_t *source)
{
    const char *from = json_string_value(json_array_get(source, 0));
    return from && strcmp(from, "attribute") == 0;
}

static const char *key_of(const json_t *source)
{
    return json_string_value(json_array_get(source, 1));
}

cocreate_status cci_fact_list_check(json_t *facts, int of_persons, const cci_path *path,
                                    cocreate_error *error)
{
    const char *name;
    json_t *source;
    CCI_TRY(cci_json_object(facts, path, error));
    json_object_foreach(facts, name, source)
    {
        cci_path here = cci_path_key(path, name);
        const char *from = json_string_value(json_array_get(source, 0));
        int known = from && (is_attribute(source) || (!of_persons && strcmp(from, "field") == 0));
        if (strcmp(name, of_persons ? "id" : "entry") == 0 || json_array_size(source) != 2 || !known ||
            !key_of(source))
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                                 of_persons ? "expected [\"attribute\", KEY] under a name other than id" :
                                 "expected [\"field\", KEY] or [\"attribute\", KEY] under a name other "
                                 "than entry");
    }
    return COCREATE_OK;
}

/* ---- as they were handed in ---- */

static int keep(const json_t *sources, const json_t *attributes, json_t *kept)
{
    const char *name;
    json_t *source;
    json_object_foreach((json_t *)(uintptr_t)sources, name, source)
    {
        json_t *value = is_attribute(source) ? json_object_get(attributes, key_of(source)) : NULL;
        if (value && !cci_json_put(kept, key_of(source), json_incref(value)))
            return 0;
    }
    return 1;
}

cocreate_status cci_fact_list_keep(cci_engine *e, const cci_campaign *c, const char *author, json_t *row,
                                   cocreate_error *error)
{
    static const char *const lists[] = {"facts", "persons"};
    json_t *attributes = NULL, *kept = NULL;
    cocreate_status status = COCREATE_OK;
    for (size_t i = 0; status == COCREATE_OK && i < 2 * c->brief.n_rewards; i++) {
        const json_t *sources = json_object_get(c->brief.rewards[i / 2].lists, lists[i % 2]);
        if (!sources)
            continue;
        if (!kept) {
            kept = cci_json_new();
            status = cci_state_get(e, 0, CCI_KIND_ATTRIBUTES, author, &attributes, error);
        }
        if (status == COCREATE_OK && !(kept && keep(sources, attributes, kept)))
            status = cci_no_memory(error);
    }
    if (status == COCREATE_OK && json_object_size(kept) > 0 &&
        !cci_json_put(row, "facts", json_incref(kept)))
        status = cci_no_memory(error);
    json_decref(kept);
    json_decref(attributes);
    return status;
}

static cocreate_status authorship(cci_engine *e, const cci_campaign *c, const char *author, const char *entry,
                                  json_t **out, cocreate_error *error)
{
    return cci_state_get_by(e, c->part, CCI_KIND_AUTHOR, CCI_KEY(author, entry), out, error);
}

/* ---- rows of a result ---- */

/* A number, a word, or nothing. */
static int put_fact(json_t *row, const char *name, json_t *value)
{
    return !(json_is_string(value) || json_is_integer(value)) || cci_json_put(row, name, json_incref(value));
}

static int put_facts(json_t *row, const json_t *facts, const json_t *fields, const json_t *kept)
{
    const char *name;
    json_t *source;
    json_object_foreach((json_t *)(uintptr_t)facts, name, source)
    {
        if (!put_fact(row, name, json_object_get(is_attribute(source) ? kept : fields, key_of(source))))
            return 0;
    }
    return 1;
}

static cocreate_status add_entry(cci_engine *e, const cci_campaign *c, const json_t *facts, const char *id,
                                 json_t *rows, cocreate_error *error)
{
    json_t *contribution = NULL, *author = NULL, *row = NULL;
    CCI_TRY(cci_state_get(e, c->part, CCI_KIND_CONTRIBUTION, id, &contribution, error));
    const json_t *first = json_array_get(json_object_get(contribution, "authors"), 0);
    cocreate_status status = authorship(e, c, cci_json_text(first, "participant"), id, &author, error);
    if (status == COCREATE_OK) {
        row = cci_json_new();
        if (!cci_json_put(row, "entry", json_string(id)) ||
            !put_facts(row, facts, json_object_get(contribution, "fields"),
                       json_object_get(author, "facts")) ||
            !cci_json_push(rows, json_incref(row)))
            status = cci_no_memory(error);
    }
    json_decref(row);
    json_decref(author);
    json_decref(contribution);
    return status;
}

cocreate_status cci_fact_list_entries(cci_engine *e, const cci_campaign *c, const json_t *facts,
                                      const json_t *entries, json_t *rows, cocreate_error *error)
{
    for (size_t i = 0; i < json_array_size(entries); i++)
        CCI_TRY(add_entry(e, c, facts, cci_json_text(json_array_get(entries, i), "id"), rows, error));
    return COCREATE_OK;
}

/* {person: authorship with its "entry"}: the earliest, of two at one instant that with the lesser id. */
static cocreate_status meet(cci_engine *e, const cci_campaign *c, const char *person, const char *entry,
                            json_t *first, cocreate_error *error)
{
    json_t *known = json_object_get(first, person), *row = NULL;
    CCI_TRY(authorship(e, c, person, entry, &row, error));
    int64_t at = json_integer_value(json_object_get(row, "at"));
    int64_t before = json_integer_value(json_object_get(known, "at"));
    int made = 1;
    if (!known || at < before || (at == before && strcmp(entry, cci_json_text(known, "entry")) < 0)) {
        json_t *copy = row ? cci_json_copy(row) : cci_json_new();
        made = cci_json_put(copy, "entry", json_string(entry)) &&
               cci_json_put(first, person, json_incref(copy));
        json_decref(copy);
    }
    json_decref(row);
    return made ? COCREATE_OK : cci_no_memory(error);
}

static cocreate_status meet_all(cci_engine *e, const cci_campaign *c, const json_t *entries, json_t *first,
                                cocreate_error *error)
{
    for (size_t i = 0; i < json_array_size(entries); i++) {
        const json_t *entry = json_array_get(entries, i), *team = json_object_get(entry, "team");
        size_t n = team ? json_array_size(team) : 1;
        for (size_t k = 0; k < n; k++) {
            const char *person = team ? cci_json_text(json_array_get(team, k), "id")
                                      : cci_json_text(entry, "owner");
            CCI_TRY(meet(e, c, person, cci_json_text(entry, "id"), first, error));
        }
    }
    return COCREATE_OK;
}

cocreate_status cci_fact_list_persons(cci_engine *e, const cci_campaign *c, const json_t *facts,
                                      const json_t *entries, json_t *rows, cocreate_error *error)
{
    const char *person;
    json_t *author, *first = cci_json_new();
    cocreate_status status = first ? meet_all(e, c, entries, first, error) : cci_no_memory(error);
    json_object_foreach(first, person, author) /* in the order in which they were met */
    {
        json_t *row = status == COCREATE_OK ? cci_json_new() : NULL;
        if (status == COCREATE_OK && (!cci_json_put(row, "id", json_string(person)) ||
                                      !put_facts(row, facts, NULL, json_object_get(author, "facts")) ||
                                      !cci_json_push(rows, json_incref(row))))
            status = cci_no_memory(error);
        json_decref(row);
    }
    json_decref(first);
    return status;
}
