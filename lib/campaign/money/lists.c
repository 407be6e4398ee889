#include "campaign/money/lists.h"

#include <string.h>

#include "campaign/money/fact_lists.h"
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
} writer;

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
    json_t *kept;
    const char *channel, *voided;
    int64_t at = 0;
    (void)part;
    (void)round;
    if (w->list->timed)
        CCI_TRY(cci_ballot_time(w->e, row, &at, error));
    CCI_TRY(cci_json_parse(row->data.data, row->data.size, &kept, error));
    const json_t *marks = cci_ballot_marks(kept, &channel, &voided);
    cocreate_status status = marks ? add_options(w, row, marks, at, error) : COCREATE_OK;
    json_decref(kept);
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
            CCI_TRY(cci_fact_list_check(source, strcmp(name, "persons") == 0, &here, error));
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
        writer w = {e, c, NULL, find_list(name), rows, exponent};
        if (!cci_json_put(result, name, rows))
            return cci_no_memory(error);
        if (strcmp(name, "facts") == 0) {
            CCI_TRY(cci_fact_list_entries(e, c, source, json_object_get(result, "entries"), rows, error));
            continue;
        }
        if (strcmp(name, "persons") == 0) {
            CCI_TRY(cci_fact_list_persons(e, c, source, json_object_get(result, "entries"), rows, error));
            continue;
        }
        CCI_TRY(w.list ? add_ballots(&w, cci_json_text(source, "round"), error)
                       : cci_state_scan(e, c->part, CCI_KIND_EDGE, NULL, add_edge, &w, error));
    }
    return COCREATE_OK;
}
