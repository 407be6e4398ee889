#include "campaign/rounds/extras.h"

#include <string.h>

#include "base/text.h"
#include "campaign/graph/merge.h"
#include "campaign/instruments/instrument.h"

#define EXTRAS "extras"
#define EXTRAS_MAX 20

/* ---- the brief ---- */

cocreate_status cci_extras_read(json_t *json, cci_round_spec *spec, const cci_path *path,
                                cocreate_error *error)
{
    json_t *list = NULL;
    cci_path here = cci_path_key(path, EXTRAS);
    CCI_TRY(cci_json_get_array_opt(json, EXTRAS, &list, path, error));
    if (!list)
        return COCREATE_OK;
    if (spec->unit == CCI_UNIT_PAIR || spec->questions)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                             "stands beside marks of single options: not duels, not a survey");
    if (json_array_size(list) == 0 || json_array_size(list) > EXTRAS_MAX)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "expected 1 to %d names, got %zu", EXTRAS_MAX,
                             json_array_size(list));
    for (size_t i = 0; i < json_array_size(list); i++) {
        cci_path item = cci_path_at(&here, i);
        const char *name = json_string_value(json_array_get(list, i));
        if (!name)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &item, "expected a name");
        CCI_TRY(cci_id_check(name, EXTRAS, error));
        if (cci_json_index(list, name) < i)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &item, "'%.60s' stands there twice", name);
    }
    spec->extras = list;
    spec->counted |= CCI_COUNTED_EXTRAS;
    return COCREATE_OK;
}

/* ---- what a ballot says ---- */

static cocreate_status check_list(const cci_ballot_in *ballot, const json_t *list, const cci_path *path,
                                  cocreate_error *error)
{
    if (!json_is_array(list))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, path, "expected an array of options");
    for (size_t i = 0; i < json_array_size(list); i++) {
        cci_path here = cci_path_at(path, i);
        const char *id = json_string_value(json_array_get(list, i));
        size_t k = 0;
        if (!id)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "expected an option");
        while (k < ballot->n && strcmp(ballot->options[k], id) != 0)
            k++;
        if (k == ballot->n)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "the ballot does not speak of '%.128s'",
                                 id);
    }
    return COCREATE_OK;
}

cocreate_status cci_extras_check(const cci_campaign *c, size_t round, const cci_ballot_in *ballot,
                                 const json_t *said, cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[round];
    cci_path path = cci_path_key(&CCI_ROOT, EXTRAS);
    const char *name;
    json_t *list;
    if (said && !spec->extras)
        return cci_refuse_round(error, round, EXTRAS, "round '%s' asks nothing beside the mark", spec->id);
    json_object_foreach((json_t *)(uintptr_t)said, name, list)
    {
        cci_path here = cci_path_key(&path, name);
        if (!cci_json_lists(spec->extras, name))
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "round '%.60s' does not ask this",
                                 spec->id);
        CCI_TRY(check_list(ballot, list, &here, error));
    }
    return COCREATE_OK;
}

/* ---- rows ---- */

/* One more word to a list, each once, in the order they come. */
static int add_word(json_t *list, const char *word)
{
    return cci_json_lists(list, word) || cci_json_push(list, json_string(word));
}

/* {"would_buy": ["a"]} as {"a": ["would_buy"]}, under the names that stand; in the order of the brief. */
static cocreate_status by_option(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                 const json_t *said, json_t *rows, cocreate_error *error)
{
    for (size_t i = 0; i < json_array_size(spec->extras); i++) {
        const char *word = json_string_value(json_array_get(spec->extras, i));
        const json_t *list = json_object_get(said, word);
        for (size_t k = 0; k < json_array_size(list); k++) {
            char id[COCREATE_ID_MAX + 1];
            const char *option = json_string_value(json_array_get(list, k));
            CCI_TRY(cci_merge_target(e, c->part, option ? option : "", id, error));
            json_t *words = json_object_get(rows, id);
            if (!words && cci_json_put(rows, id, json_array()))
                words = json_object_get(rows, id);
            if (!words || !add_word(words, word))
                return cci_no_memory(error);
        }
    }
    return COCREATE_OK;
}

static cocreate_status collect(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    json_t *words = json_object_get(doc, EXTRAS);
    if (!json_is_array(words))
        return cci_fail(error, COCREATE_ERR_CORRUPT, "row '%.100s' says yes to nothing", id);
    return cci_json_put(user, cci_json_text(doc, "contribution"), json_incref(words)) ? COCREATE_OK
                                                                                      : cci_no_memory(error);
}

/* What stands of a voter: of this option, or where it is NULL of all. */
static cocreate_status standing(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                const char *voter, const char *option, json_t *rows, cocreate_error *error)
{
    json_t *row = NULL;
    if (!option)
        return cci_state_scan_by(e, c->part, CCI_KIND_EXTRA, CCI_KEY(spec->id, voter, ""), collect, rows,
                                 error);
    CCI_TRY(cci_state_get_by(e, c->part, CCI_KIND_EXTRA, CCI_KEY(spec->id, voter, option), &row, error));
    cocreate_status status = row ? collect(rows, "", row, error) : COCREATE_OK;
    json_decref(row);
    return status;
}

cocreate_status cci_extras_stand(cci_engine *e, const cci_campaign *c, size_t round,
                                 const cci_ballot_in *ballot, int *same, cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[round];
    char id[COCREATE_ID_MAX + 1];
    const char *option = NULL;
    *same = 1;
    if (!spec->extras)
        return COCREATE_OK;
    if (spec->unit == CCI_UNIT_OPTION && ballot->n > 0) {
        CCI_TRY(cci_merge_target(e, c->part, ballot->options[0], id, error));
        option = id;
    }
    json_t *now = cci_json_new(), *said = cci_json_new();
    cocreate_status status = now && said ? standing(e, c, spec, ballot->voter, option, now, error)
                                         : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = by_option(e, c, spec, ballot->extras, said, error);
    *same = status == COCREATE_OK && json_equal(now, said);
    json_decref(now);
    json_decref(said);
    return status;
}

static cocreate_status drop_row(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                const char *voter, const char *option, cocreate_error *error)
{
    return cci_state_delete_by(e, c->part, CCI_KIND_EXTRA, CCI_KEY(spec->id, voter, option), error);
}

static cocreate_status put_row(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                               const char *voter, const char *option, json_t *words, cocreate_error *error)
{
    json_t *row = cci_json_new();
    int made = cci_json_put(row, "round", json_string(spec->id)) &&
               cci_json_put(row, "voter", json_string(voter)) &&
               cci_json_put(row, "contribution", json_string(option)) &&
               cci_json_put(row, EXTRAS, json_incref(words));
    cocreate_status status = made ? cci_state_put_by(e, c->part, CCI_KIND_EXTRA,
                                                     CCI_KEY(spec->id, voter, option), row, error)
                                  : cci_no_memory(error);
    json_decref(row);
    return status;
}

cocreate_status cci_extras_cast(cci_engine *e, const cci_event *event, size_t round, const char *voter,
                                const json_t *marks, const json_t *said, cocreate_error *error)
{
    const cci_campaign *c = event->campaign;
    const cci_round_spec *spec = &c->brief.rounds[round];
    void *first = json_object_iter((json_t *)(uintptr_t)marks);
    const char *option, *only = spec->unit == CCI_UNIT_OPTION && first ? json_object_iter_key(first) : NULL;
    json_t *words, *old, *now;
    if (!spec->extras)
        return COCREATE_OK;
    old = cci_json_new();
    now = cci_json_new();
    cocreate_status status = old && now ? standing(e, c, spec, voter, only, old, error)
                                        : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = by_option(e, c, spec, said, now, error);
    if (status == COCREATE_OK)
        json_object_foreach(old, option, words)
            if (status == COCREATE_OK)
                status = drop_row(e, c, spec, voter, option, error);
    if (status == COCREATE_OK)
        json_object_foreach(now, option, words)
            if (status == COCREATE_OK)
                status = put_row(e, c, spec, voter, option, words, error);
    json_decref(old);
    json_decref(now);
    return status;
}

cocreate_status cci_extras_clear(cci_engine *e, const cci_event *event, size_t round, const char *voter,
                                 const char *option, cocreate_error *error)
{
    const cci_campaign *c = event->campaign;
    const cci_round_spec *spec = &c->brief.rounds[round];
    return spec->extras ? drop_row(e, c, spec, voter, option, error) : COCREATE_OK;
}

/* ---- merging ---- */

typedef struct merging {
    const char *from;
    json_t *rows; /* of what is merged */
} merging;

static cocreate_status collect_from(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    const merging *m = user;
    (void)id;
    int other = strcmp(cci_json_text(doc, "contribution"), m->from) != 0;
    return other || cci_json_push(m->rows, json_incref(doc)) ? COCREATE_OK : cci_no_memory(error);
}

/* Does the voter's ballot, as it stands now, speak of this option? */
static cocreate_status speaks_of(cci_engine *e, const cci_campaign *c, size_t round, const char *voter,
                                 const char *option, int *out, cocreate_error *error)
{
    json_t *kept = NULL;
    const char *channel, *voided;
    CCI_TRY(cci_ballot_of(e, c, round, voter, option, "", &kept, error));
    *out = json_object_get(cci_ballot_marks(kept, &channel, &voided), option) != NULL;
    json_decref(kept);
    return COCREATE_OK;
}

static cocreate_status merge_row(cci_engine *e, const cci_campaign *c, size_t round, const json_t *row,
                                 const char *to, cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[round];
    const char *voter = cci_json_text(row, "voter");
    const json_t *said = json_object_get(row, EXTRAS);
    int speaks = 0;
    json_t *rows = cci_json_new();
    cocreate_status status = rows ? speaks_of(e, c, round, voter, to, &speaks, error) : cci_no_memory(error);
    if (status == COCREATE_OK && speaks)
        status = standing(e, c, spec, voter, to, rows, error);
    json_t *words = json_object_get(rows, to);
    if (status == COCREATE_OK && speaks && !words && cci_json_put(rows, to, json_array()))
        words = json_object_get(rows, to);
    for (size_t i = 0; status == COCREATE_OK && speaks && i < json_array_size(said); i++)
        if (!words || !add_word(words, json_string_value(json_array_get(said, i))))
            status = cci_no_memory(error);
    if (status == COCREATE_OK && speaks)
        status = put_row(e, c, spec, voter, to, words, error);
    json_decref(rows);
    return status == COCREATE_OK ? drop_row(e, c, spec, voter, cci_json_text(row, "contribution"), error)
                                 : status;
}

cocreate_status cci_extras_merge(cci_engine *e, const cci_event *event, size_t round, const char *from,
                                 const char *to, cocreate_error *error)
{
    const cci_campaign *c = event->campaign;
    const cci_round_spec *spec = &c->brief.rounds[round];
    merging m = {from, NULL};
    if (!spec->extras)
        return COCREATE_OK;
    m.rows = json_array();
    cocreate_status status = m.rows ? cci_state_scan_by(e, c->part, CCI_KIND_EXTRA, CCI_KEY(spec->id, ""),
                                                        collect_from, &m, error)
                                    : cci_no_memory(error);
    for (size_t i = 0; status == COCREATE_OK && i < json_array_size(m.rows); i++)
        status = merge_row(e, c, round, json_array_get(m.rows, i), to, error);
    json_decref(m.rows);
    return status;
}

/* ---- counting ---- */

typedef struct counter {
    json_t *counts; /* {"would_buy": {"a": 3}} */
    const json_t *places; /* {"a": true} */
} counter;

static cocreate_status count(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    const counter *n = user;
    const char *option = cci_json_text(doc, "contribution");
    const json_t *words = json_object_get(doc, EXTRAS);
    (void)id;
    for (size_t i = 0; json_object_get(n->places, option) && i < json_array_size(words); i++) {
        json_t *of = json_object_get(n->counts, json_string_value(json_array_get(words, i)));
        json_int_t before = json_integer_value(json_object_get(of, option));
        if (of && !cci_json_put(of, option, json_integer(before + 1)))
            return cci_no_memory(error);
    }
    return COCREATE_OK;
}

cocreate_status cci_extras_count(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                 json_t *result, cocreate_error *error)
{
    json_t *counts = cci_json_new(), *placed = cci_json_new();
    const json_t *places = json_object_get(result, "places");
    int made = counts && placed;
    for (size_t i = 0; made && i < json_array_size(spec->extras); i++)
        made = cci_json_put(counts, json_string_value(json_array_get(spec->extras, i)), cci_json_new());
    for (size_t i = 0; made && i < json_array_size(places); i++)
        made = cci_json_put(placed, cci_json_text(json_array_get(places, i), "id"), json_true());
    counter n = {counts, placed};
    cocreate_status status =
        made ? cci_state_scan_by(e, c->part, CCI_KIND_EXTRA, CCI_KEY(spec->id, ""), count, &n, error)
             : cci_no_memory(error);
    if (status == COCREATE_OK && !cci_json_put(result, EXTRAS, json_incref(counts)))
        status = cci_no_memory(error);
    json_decref(placed);
    json_decref(counts);
    return status;
}
