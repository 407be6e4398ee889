#include "campaign/money/lists.h"

#include <string.h>

#include "base/table.h"
#include "campaign/graph/edges.h"
#include "campaign/rounds/ballots.h"
#include "cocreate/money.h"

/* ---- ballots ---- */

/* How a list writes that a person gave something to an entry. */
typedef struct ballot_list {
    const char *name, *person, *entry;
    const char *amount; /* member for the value, minor units as an amount; NULL none */
    int timed;          /* "at" of the ballot */
} ballot_list;

static const ballot_list ballot_lists[] = {
    {"votes", "voter", "entry", NULL, 1},          {"supports", "person", "entry", NULL, 1},
    {"pledges", "person", "entry", "amount", 0},   {"gifts", "donor", "project", "amount", 0},
    {"ballots", "voter", "project", "amount", 0},
};

static const ballot_list *find_list(const char *name)
{
    for (size_t i = 0; i < sizeof ballot_lists / sizeof *ballot_lists; i++)
        if (strcmp(ballot_lists[i].name, name) == 0)
            return &ballot_lists[i];
    return NULL;
}

typedef struct writer {
    cci_engine *e;
    const cci_campaign *c;
    const cci_round_spec *spec;
    const ballot_list *list;
    json_t *rows;
    int32_t exponent;
    const json_t *facts; /* {name: source}, or NULL */
} writer;

static cocreate_status event_time(void *user, const cci_event_row *row, cocreate_error *error)
{
    int64_t *at = user;
    (void)error;
    *at = row->at;
    return COCREATE_OK;
}

static cocreate_status add_row(const writer *w, const char *voter, size_t voter_size,
                               const char *option, int64_t value, int64_t at,
                               cocreate_error *error)
{
    char amount[COCREATE_AMOUNT_TEXT] = "";
    json_t *row = cci_json_new();
    if (w->list->amount) {
        cocreate_status status = cocreate_amount_print(value, w->exponent, amount, error);
        if (status != COCREATE_OK) {
            json_decref(row);
            return status;
        }
    }
    int made = cci_json_put(row, w->list->person, json_stringn(voter, voter_size)) &&
               cci_json_put(row, w->list->entry, json_string(option)) &&
               (!w->list->amount || cci_json_put(row, w->list->amount, json_string(amount))) &&
               (!w->list->timed || cci_json_put(row, "at", json_integer(at))) &&
               cci_json_push(w->rows, json_incref(row));
    json_decref(row);
    return made ? COCREATE_OK : cci_no_memory(error);
}

/* Who gave a positive value to what; a rank is none, so rankings count their first places. */
static cocreate_status add_options(const writer *w, const cci_ballot_row *row,
                                   const json_t *ballot, int64_t at, cocreate_error *error)
{
    cci_bytes voter = cci_ballot_voter(row);
    int ranks = w->spec->kind == COCREATE_BALLOT_RANKING;
    const char *option;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)ballot, option, value)
    {
        int64_t number;
        CCI_TRY(cci_ballot_value(w->spec, value, &CCI_ROOT, &number, error));
        if (ranks ? number != 1 : number <= 0)
            continue;
        CCI_TRY(add_row(w, voter.data, voter.size, option, number, at, error));
    }
    return COCREATE_OK;
}

static cocreate_status add_ballot(void *user, int64_t part, int64_t round,
                                  const cci_ballot_row *row, cocreate_error *error)
{
    const writer *w = user;
    json_t *ballot;
    int64_t at = 0;
    (void)part;
    (void)round;
    if (w->list->timed)
        CCI_TRY(w->e->store->backend->scan_events(w->e->store->self, row->seq, row->seq, event_time,
                                                  &at, error));
    CCI_TRY(cci_json_parse(row->data.data, row->data.size, &ballot, error));
    cocreate_status status = add_options(w, row, ballot, at, error);
    json_decref(ballot);
    return status;
}

static cocreate_status add_ballots(writer *w, const char *round, cocreate_error *error)
{
    size_t index = 0;
    CCI_TRY(cci_round_find(w->c, round, &index, error));
    w->spec = &w->c->brief.rounds[index];
    return w->e->store->backend->scan_ballots(w->e->store->self, w->c->part, (int64_t)index,
                                              add_ballot, w, error);
}

/* ---- edges ---- */

static int is_lineage(const char *type)
{
    static const char *const types[] = {"amends", "combines", "derives"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(type, types[i]) == 0)
            return 1;
    return 0;
}

static cocreate_status add_edge(void *user, const char *id, json_t *edge, cocreate_error *error)
{
    const writer *w = user;
    json_t *credit = json_object_get(edge, "credit"), *row;
    (void)id;
    if (strcmp(cci_json_text(edge, "state"), "accepted") != 0 || !is_lineage(cci_json_text(edge, "type")))
        return COCREATE_OK;
    row = cci_json_new();
    int made = cci_json_put(row, "child", json_incref(json_object_get(edge, "from"))) &&
               cci_json_put(row, "parent", json_incref(json_object_get(edge, "to"))) &&
               (!credit || cci_json_put(row, "rate", json_incref(credit))) &&
               cci_json_push(w->rows, json_incref(row));
    json_decref(row);
    return made ? COCREATE_OK : cci_no_memory(error);
}

/* ---- facts ---- */

/* ["field", key] of a contribution, or ["attribute", key] of its first author, as text; NULL where there is
 * none, or another kind of value. */
static cocreate_status fact_of(const writer *w, const json_t *contribution, const json_t *source,
                               json_t **out,
                               cocreate_error *error)
{
    const char *key = json_string_value(json_array_get(source, 1));
    const json_t *author = json_array_get(json_object_get(contribution, "authors"), 0);
    json_t *value = NULL, *attributes = NULL;
    if (strcmp(json_string_value(json_array_get(source, 0)), "field") == 0) {
        value = json_object_get(json_object_get(contribution, "fields"), key);
    } else {
        CCI_TRY(cci_state_get(w->e, 0, CCI_KIND_ATTRIBUTES, cci_json_text(author, "participant"), &attributes,
                              error));
        value = json_object_get(attributes, key);
    }
    *out = json_is_string(value) || json_is_integer(value) ? json_incref(value) : NULL;
    json_decref(attributes);
    return COCREATE_OK;
}

static cocreate_status add_facts(const writer *w, const char *id, const json_t *contribution,
                                 cocreate_error *error)
{
    const char *name;
    json_t *source, *row = cci_json_new();
    cocreate_status status =
        cci_json_put(row, "entry", json_string(id)) ? COCREATE_OK : cci_no_memory(error);
    json_object_foreach((json_t *)(uintptr_t)w->facts, name, source)
    {
        json_t *value = NULL;
        if (status == COCREATE_OK)
            status = fact_of(w, contribution, source, &value, error);
        if (value && !cci_json_put(row, name, value))
            status = cci_no_memory(error);
    }
    if (status == COCREATE_OK && !cci_json_push(w->rows, json_incref(row)))
        status = cci_no_memory(error);
    json_decref(row);
    return status;
}

/* Rows of those that are entries of the result alone. */
static cocreate_status add_facts_of(const writer *w, const json_t *entries, cocreate_error *error)
{
    for (size_t i = 0; i < json_array_size(entries); i++) {
        const char *id = cci_json_text(json_array_get(entries, i), "id");
        json_t *contribution = NULL;
        CCI_TRY(cci_state_get(w->e, w->c->part, CCI_KIND_CONTRIBUTION, id, &contribution, error));
        cocreate_status status = add_facts(w, id, contribution, error);
        json_decref(contribution);
        CCI_TRY(status);
    }
    return COCREATE_OK;
}

/* {"id": person, name: value} for each author of an entry, once. */
static cocreate_status add_person(const writer *w, const char *person, cocreate_error *error)
{
    const char *name;
    json_t *source, *attributes = NULL, *row = cci_json_new();
    int made = cci_json_put(row, "id", json_string(person));
    cocreate_status status =
        cci_state_get(w->e, 0, CCI_KIND_ATTRIBUTES, person, &attributes, error);
    json_object_foreach((json_t *)(uintptr_t)w->facts, name, source)
    {
        json_t *value = json_object_get(attributes, json_string_value(json_array_get(source, 1)));
        if (value)
            made = made && cci_json_put(row, name, json_incref(value));
    }
    made = made && cci_json_push(w->rows, json_incref(row));
    json_decref(attributes);
    json_decref(row);
    return status != COCREATE_OK || made ? status : cci_no_memory(error);
}

static cocreate_status add_persons(const writer *w, cci_string_set *known, const json_t *entries,
                                   cocreate_error *error)
{
    for (size_t i = 0; i < json_array_size(entries); i++) {
        const json_t *entry = json_array_get(entries, i), *team = json_object_get(entry, "team");
        size_t n = team ? json_array_size(team) : 1;
        for (size_t k = 0; k < n; k++) {
            const json_t *member = team ? json_array_get(team, k) : entry;
            const char *person = cci_json_text(member, team ? "id" : "owner");
            uint32_t index;
            int added;
            CCI_TRY(cci_string_set_add(known, person, &index, &added, error));
            if (added)
                CCI_TRY(add_person(w, person, error));
        }
    }
    return COCREATE_OK;
}

static cocreate_status add_persons_of(const writer *w, const json_t *entries, cocreate_error *error)
{
    cci_string_set known;
    cci_string_set_init(&known, &w->e->allocator);
    cocreate_status status = add_persons(w, &known, entries, error);
    cci_string_set_free(&known);
    return status;
}

/* Facts of entries, or of persons, who have no fields. */
static cocreate_status check_facts(json_t *facts, int of_persons, const cci_path *path, cocreate_error *error)
{
    const char *name;
    json_t *source;
    CCI_TRY(cci_json_object(facts, path, error));
    json_object_foreach(facts, name, source)
    {
        cci_path here = cci_path_key(path, name);
        const char *from = json_string_value(json_array_get(source, 0));
        const char *key = json_string_value(json_array_get(source, 1));
        if (strcmp(name, of_persons ? "id" : "entry") == 0 || json_array_size(source) != 2 || !from || !key ||
            (strcmp(from, "attribute") != 0 && (of_persons || strcmp(from, "field") != 0)))
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                                 of_persons ? "expected [\"attribute\", KEY] under a name other than id" :
                                 "expected [\"field\", KEY] or [\"attribute\", KEY] under a name other "
                                 "than entry");
    }
    return COCREATE_OK;
}

/* ---- all of them ---- */

cocreate_status cci_lists_check(const cci_brief *b, const json_t *json, const cci_path *path,
                                cocreate_error *error)
{
    static const char *const keys[] = {"round", NULL};
    const char *name;
    json_t *source;
    json_object_foreach((json_t *)(uintptr_t)json, name, source)
    {
        cci_path here = cci_path_key(path, name);
        const char *round;
        if (strcmp(name, "lineage") == 0) {
            if (strcmp(json_is_string(source) ? json_string_value(source) : "", "edges") == 0)
                continue;
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "expected \"edges\"");
        }
        if (strcmp(name, "facts") == 0 || strcmp(name, "persons") == 0) {
            CCI_TRY(check_facts(source, strcmp(name, "persons") == 0, &here, error));
            continue;
        }
        if (!find_list(name))
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                                 "the campaign knows votes, supports, pledges, gifts, ballots, facts, "
                                 "persons and lineage; other lists are reported");
        CCI_TRY(cci_json_object(source, &here, error));
        CCI_TRY(cci_json_keys(source, keys, &here, error));
        CCI_TRY(cci_json_id(source, "round", &round, &here, error));
        const cci_round_spec *spec = cci_brief_round(b, round);
        if (!spec || spec->kind == 0)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                                 spec ? "round '%.60s' has no ballots" : "there is no round '%.60s'", round);
    }
    return COCREATE_OK;
}

cocreate_status cci_lists_add(cci_engine *e, const cci_campaign *c, const json_t *lists,
                              int32_t exponent, json_t *result, cocreate_error *error)
{
    const char *name;
    json_t *source;
    json_object_foreach((json_t *)(uintptr_t)lists, name, source)
    {
        json_t *rows = json_array();
        writer w = {e, c, NULL, find_list(name), rows, exponent, source};
        if (!cci_json_put(result, name, rows))
            return cci_no_memory(error);
        if (strcmp(name, "facts") == 0) {
            CCI_TRY(add_facts_of(&w, json_object_get(result, "entries"), error));
            continue;
        }
        if (strcmp(name, "persons") == 0) {
            CCI_TRY(add_persons_of(&w, json_object_get(result, "entries"), error));
            continue;
        }
        CCI_TRY(w.list ? add_ballots(&w, cci_json_text(source, "round"), error)
                       : cci_state_scan(e, c->part, CCI_KIND_EDGE, NULL, add_edge, &w, error));
    }
    return COCREATE_OK;
}
