#include "campaign/rounds/reviews.h"

#include <string.h>

#include "base/table.h"
#include "base/time.h"
#include "campaign/graph/kinds.h"
#include "campaign/guards.h"
#include "campaign/instruments/instrument.h"
#include "campaign/rounds/periods.h"
#include "campaign/timers.h"
#include "campaign/windows/windows.h"

#define CUTS_MAX 100

int cci_round_decides(const cci_round_spec *spec)
{
    return spec->instrument->kinds[0] == 0 && spec->instrument->leads & CCI_LEADS_DECIDERS;
}

/* ---- the brief ---- */

static cocreate_status read_cut(json_t *list, size_t i, const cci_path *path, int *relative, int64_t *at,
                                cocreate_error *error)
{
    static const char *const keys[] = {"after_us", NULL};
    json_t *item = json_array_get(list, i), *cut = cci_json_new();
    cci_path here = cci_path_at(path, i);
    *relative = json_is_object(item);
    if (*relative) {
        json_decref(cut);
        CCI_TRY(cci_brief_object(item, keys, &here, error));
        return cci_json_i64(item, "after_us", 0, CCI_JSON_INTEGER_MAX / 4, at, &here, error);
    }
    if (!json_is_integer(item) && !json_is_string(item)) {
        json_decref(cut);
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                             "expected an instant or {\"after_us\": MICROSECONDS} from the publication on");
    }
    cocreate_status status =
        cci_json_put(cut, "at", json_incref(item)) ? COCREATE_OK : cci_no_memory(error);
    if (status == COCREATE_OK && cci_json_time(cut, "at", at, &CCI_ROOT, NULL) != COCREATE_OK)
        status = cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                               "expected an instant, as \"2026-01-31T00:00:00Z\" or in microseconds");
    json_t *integer = status == COCREATE_OK ? json_integer(*at) : NULL;
    if (status == COCREATE_OK && (!integer || json_array_set_new(list, i, integer) != 0))
        status = cci_no_memory(error);
    json_decref(cut);
    return status;
}

static cocreate_status read_cuts(json_t *list, const cci_path *path, cocreate_error *error)
{
    int relative = 0, first = 0;
    int64_t at = 0, before = 0;
    for (size_t i = 0; i < json_array_size(list); i++) {
        cci_path here = cci_path_at(path, i);
        CCI_TRY(read_cut(list, i, path, &relative, &at, error));
        if (i == 0)
            first = relative;
        else if (relative != first)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                                 "cuts are all instants, or all of 'after_us'");
        else if (at <= before)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "comes no later than the cut before");
        before = at;
    }
    return COCREATE_OK;
}

cocreate_status cci_cuts_read(json_t *json, cci_round_spec *spec, const cci_path *path,
                              cocreate_error *error)
{
    json_t *list;
    cci_path here = cci_path_key(path, "cuts");
    if (!json_object_get(json, "cuts"))
        return COCREATE_OK;
    if (json_object_get(json, "every_us"))
        return cci_brief_wrong(path, "cuts", error,
                               "excludes 'every_us': periods end by the one or the other");
    CCI_TRY(cci_json_get_array(json, "cuts", &list, path, error));
    size_t n = json_array_size(list);
    if (n == 0 || n > CUTS_MAX)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "expected 1 to %d instants, not %zu",
                             CUTS_MAX, n);
    spec->cuts = list;
    spec->periods = 1;
    return read_cuts(list, &here, error);
}

/* ---- rows ---- */

int64_t cci_cuts_next(const json_t *row)
{
    const json_t *first = json_array_get(json_object_get(row, "cuts"), 0);
    return first ? json_integer_value(first) : INT64_MAX;
}

int cci_cuts_drop(json_t *row, int64_t until)
{
    json_t *list = json_object_get(row, "cuts"), *rest = list ? json_array() : NULL;
    int made = !list || rest;
    for (size_t i = 0; made && i < json_array_size(list); i++)
        if (json_integer_value(json_array_get(list, i)) > until)
            made = cci_json_push(rest, json_incref(json_array_get(list, i)));
    if (made && list)
        return cci_json_put(row, "cuts", rest);
    json_decref(rest);
    return made;
}

/* The instants of the brief, moved by the pauses that are over. */
static int to_come(const cci_campaign *c, const cci_round_spec *spec, int64_t opened, json_t *out)
{
    int64_t published = json_integer_value(json_object_get(c->doc, "published_at"));
    int decides = cci_round_decides(spec), made = out != NULL;
    for (size_t i = 0; made && i < json_array_size(spec->cuts); i++) {
        const json_t *item = json_array_get(spec->cuts, i);
        int64_t after = json_is_object(item) ? json_integer_value(json_object_get(item, "after_us"))
                                             : json_integer_value(item) - published;
        int64_t at = published > CCI_JSON_INTEGER_MAX - after ? CCI_JSON_INTEGER_MAX
                                                             : cci_deadline(c, published, after);
        if (at < CCI_JSON_INTEGER_MAX && (at > opened || (decides && at == opened)))
            made = cci_json_push(out, json_integer(at));
    }
    return made;
}

cocreate_status cci_cuts_open(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                              int64_t *first, cocreate_error *error)
{
    cci_campaign *c = event->campaign;
    json_t *row, *cuts = json_array();
    cci_round_state state;
    cocreate_status status = cci_round_get(e, c, spec->id, &row, &state, error);
    if (status != COCREATE_OK) {
        json_decref(cuts);
        return status;
    }
    if (!to_come(c, spec, event->at, cuts) || !cci_json_put(row, "cuts", json_incref(cuts)))
        status = cci_no_memory(error);
    if (status == COCREATE_OK)
        status = cci_state_put(e, c->part, CCI_KIND_ROUND, spec->id, row, error);
    *first = cci_cuts_next(row);
    json_decref(cuts);
    json_decref(row);
    return status;
}

cocreate_status cci_cuts_shift(cci_engine *e, cci_campaign *c, const char *subject, int64_t by,
                               cocreate_error *error)
{
    size_t round;
    const char *number;
    json_t *row;
    cci_round_state state;
    CCI_TRY(cci_timer_round(c, subject, &round, &number, error));
    const cci_round_spec *spec = &c->brief.rounds[round];
    if (!spec->cuts)
        return COCREATE_OK;
    CCI_TRY(cci_round_get(e, c, spec->id, &row, &state, error));
    json_t *list = json_object_get(row, "cuts");
    int made = 1;
    for (size_t i = 0; made && i < json_array_size(list); i++) {
        json_t *later = json_integer(cci_later(json_integer_value(json_array_get(list, i)), by));
        made = later && json_array_set_new(list, i, later) == 0;
    }
    cocreate_status status = made ? cci_state_put(e, c->part, CCI_KIND_ROUND, spec->id, row, error)
                                  : cci_no_memory(error);
    json_decref(row);
    cci_rounds_forget(c);
    return status;
}

/* ---- reviews ---- */

/* All that are in one, in a set that borrows them from `rows`. */
static cocreate_status in_review(const json_t *rows, cci_string_set *out, cocreate_error *error)
{
    for (size_t i = 0; i < json_array_size(rows); i++)
        CCI_TRY(cci_ids_add(out, json_object_get(json_array_get(rows, i), "review"), error));
    return COCREATE_OK;
}

static cocreate_status add_live(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                const char *id, json_t *out, cocreate_error *error)
{
    json_t *doc = NULL, *decision = NULL;
    CCI_TRY(cci_state_get(e, c->part, CCI_KIND_CONTRIBUTION, id, &doc, error));
    cocreate_status status =
        cci_state_get_by(e, c->part, CCI_KIND_DECISION, CCI_KEY(spec->id, id), &decision, error);
    if (status == COCREATE_OK && !decision && !cci_state_ended(cci_json_text(doc, "state")) &&
        !cci_json_push(out, json_string(id)))
        status = cci_no_memory(error);
    json_decref(doc);
    json_decref(decision);
    return status;
}

cocreate_status cci_review_begin(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                 const json_t *all, json_t **out, cocreate_error *error)
{
    cci_string_set known;
    json_t *rows = NULL, *ids = json_array();
    cci_string_set_init(&known, &e->allocator);
    cocreate_status status = ids ? cci_periods_list(e, c, spec->id, &rows, error) : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = in_review(rows, &known, error);
    for (size_t i = 0; status == COCREATE_OK && i < json_array_size(all); i++) {
        const char *id = json_string_value(json_array_get(all, i));
        if (cci_string_set_find(&known, id) == CCI_TABLE_NONE)
            status = add_live(e, c, spec, id, ids, error);
    }
    cci_string_set_free(&known);
    json_decref(rows);
    if (status == COCREATE_OK)
        *out = ids;
    else
        json_decref(ids);
    return status;
}

cocreate_status cci_review_of(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                              const char *id, int64_t *since, cocreate_error *error)
{
    json_t *rows = NULL;
    *since = 0;
    CCI_TRY(cci_periods_list(e, c, spec->id, &rows, error));
    for (size_t i = 0; i < json_array_size(rows); i++)
        if (cci_json_lists(json_object_get(json_array_get(rows, i), "review"), id))
            *since = (int64_t)i + 1;
    json_decref(rows);
    return COCREATE_OK;
}

cocreate_status cci_review_rejected(cci_engine *e, const cci_campaign *c, const char *id, int *out,
                                    cocreate_error *error)
{
    *out = 0;
    for (size_t i = 0; i < c->brief.n_rounds && !*out; i++) {
        const cci_round_spec *spec = &c->brief.rounds[i];
        json_t *decision = NULL;
        if (!spec->rolling || !cci_round_decides(spec))
            continue;
        CCI_TRY(cci_state_get_by(e, c->part, CCI_KIND_DECISION, CCI_KEY(spec->id, id), &decision, error));
        *out = strcmp(cci_json_text(decision, "verdict"), "reject") == 0;
        json_decref(decision);
    }
    return COCREATE_OK;
}

cocreate_status cci_review_require(cci_engine *e, const cci_campaign *c, size_t round, const json_t *row,
                                   const char *id, cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[round];
    int64_t since = 0, next = cci_cuts_next(row);
    char at[CCI_TIME_TEXT];
    if (!spec->cuts)
        return COCREATE_OK;
    CCI_TRY(cci_review_of(e, c, spec, id, &since, error));
    if (since > 0)
        return COCREATE_OK;
    if (next == INT64_MAX)
        return cci_refuse_round(error, round, "cuts",
                                "'%s' came after the last review of round '%s' began, and none follows", id,
                                spec->id);
    return cci_refuse_round(error, round, "cuts",
                            "'%s' is in no review of round '%s' yet: the next takes it up, from %s", id,
                            spec->id, cci_time_text(next, at));
}
