/* cocreate_check: every invariant, over what the store says of itself. */
#include "campaign/check/check.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void cci_violation(cci_check *k, const char *what, const char *id, const char *problem)
{
    if (k->violations++ == 0)
        snprintf(k->first, sizeof k->first, "%s: %s '%.100s': %s", k->id, what, id, problem);
}

void cci_violation_at(cci_check *k, const cci_told *event, const char *format, ...)
{
    va_list args;
    if (k->violations++ > 0)
        return;
    int n = snprintf(k->first, sizeof k->first, "%s: event %llu (%.60s): ", k->id,
                     (unsigned long long)event->seq, event->type);
    va_start(args, format);
    vsnprintf(k->first + n, sizeof k->first - (size_t)n, format, args);
    va_end(args);
}

/* ---- reading ---- */

/* A document of the library as JSON. Steals the text. */
static cocreate_status parse(cocreate_text *text, json_t **out, cocreate_error *error)
{
    cocreate_status status = cci_json_parse_canonical(cocreate_text_data(text),
                                                      cocreate_text_size(text), out, error);
    cocreate_text_free(text);
    return status;
}

static cocreate_status show(cci_check *k, const char *campaign, json_t **out, cocreate_error *error)
{
    cocreate_text *text;
    CCI_TRY(cocreate_show(k->e->store, campaign, &text, error));
    return parse(text, out, error);
}

/* The replay speaks of everything that the log proves. */
static cocreate_status check_log(cci_check *k, const cocreate_progress *progress,
                                 cocreate_error *error)
{
    cocreate_error why = {0};
    cocreate_status status = cocreate_verify(k->e->store, NULL, 0, progress, NULL, &why);
    k->checked += k->e->tree.size;
    if (status == COCREATE_ERR_VERIFY && k->violations++ == 0)
        snprintf(k->first, sizeof k->first, "%s: %s", k->id, why.text);
    if (status == COCREATE_OK || status == COCREATE_ERR_VERIFY)
        return COCREATE_OK;
    if (error)
        *error = why;
    return status;
}

/* ---- hearing the log ---- */

typedef struct listener {
    cci_check *k;
    const char *only;
    uint64_t *checked; /* of each invariant */
} listener;

static int wanted(const cci_invariant *invariant, const char *only)
{
    return !only || strcmp(invariant->id, only) == 0;
}

static cocreate_status hear(const listener *l, const cci_told *event, cocreate_error *error)
{
    cci_check *k = l->k;
    for (size_t i = 0; cci_invariants[i].id; i++) {
        if (!cci_invariants[i].hear || !wanted(&cci_invariants[i], l->only))
            continue;
        k->id = cci_invariants[i].id;
        k->checked = 0;
        CCI_TRY(cci_invariants[i].hear(k, event, error));
        l->checked[i] += k->checked;
    }
    k->before = event->at;
    return cci_facts_add(k, event, error);
}

static cocreate_status hear_row(void *user, const cci_event_row *row, cocreate_error *error)
{
    json_t *document;
    CCI_TRY(cci_json_parse(row->payload.data, row->payload.size, &document, error));
    cci_told event = {row->seq,
                      row->at,
                      cci_json_text(document, "actor"),
                      cci_json_text(document, "type"),
                      cci_json_text(document, "campaign"),
                      json_object_get(document, "data")};
    cocreate_status status = hear(user, &event, error);
    json_decref(document);
    return status;
}

/* ---- looking at campaigns ---- */

static cocreate_status look(cci_check *k, const cci_invariant *invariant, const json_t *shown,
                            cocreate_error *error)
{
    for (size_t i = 0; i < json_array_size(shown); i++) {
        k->shown = json_array_get(shown, i);
        k->campaign = json_string_value(json_object_get(k->shown, "id"));
        CCI_TRY(invariant->look(k, error));
    }
    return COCREATE_OK;
}

static cocreate_status add_row(json_t *rows, const cci_invariant *invariant, uint64_t checked,
                               cocreate_error *error)
{
    json_t *row = cci_json_new();
    int made = cci_json_put(row, "id", json_string(invariant->id)) &&
               cci_json_put(row, "title", json_string(invariant->title)) &&
               cci_json_put(row, "checked", json_integer((json_int_t)checked));
    if (!made) {
        json_decref(row);
        return cci_no_memory(error);
    }
    return cci_json_push(rows, row) ? COCREATE_OK : cci_no_memory(error);
}

static cocreate_status look_at_all(const listener *l, const json_t *shown, json_t *rows,
                                   cocreate_error *error)
{
    cci_check *k = l->k;
    for (size_t i = 0; cci_invariants[i].id; i++) {
        const cci_invariant *invariant = &cci_invariants[i];
        if (!wanted(invariant, l->only))
            continue;
        k->id = invariant->id;
        k->checked = l->checked[i];
        if (invariant->look)
            CCI_TRY(look(k, invariant, shown, error));
        if (rows)
            CCI_TRY(add_row(rows, invariant, k->checked, error));
    }
    return COCREATE_OK;
}

/* What cocreate_show() says of every campaign. */
static cocreate_status show_all(cci_check *k, json_t *list, cocreate_error *error)
{
    json_t *store;
    CCI_TRY(show(k, NULL, &store, error));
    const json_t *campaigns = json_object_get(store, "campaigns");
    cocreate_status status = COCREATE_OK;
    for (size_t i = 0; i < json_array_size(campaigns) && status == COCREATE_OK; i++) {
        json_t *one;
        const json_t *id = json_object_get(json_array_get(campaigns, i), "id");
        status = show(k, json_string_value(id), &one, error);
        if (status == COCREATE_OK && !cci_json_push(list, one))
            status = cci_no_memory(error);
    }
    json_decref(store);
    return status;
}

/* The replay comes first: a log that does not give the state cannot be heard, and its fault is the one
 * to name. */
static cocreate_status replay(const listener *l, const cocreate_progress *progress,
                              cocreate_error *error)
{
    for (size_t i = 0; cci_invariants[i].id; i++) {
        if (cci_invariants[i].hear || cci_invariants[i].look || !wanted(&cci_invariants[i], l->only))
            continue;
        l->k->id = cci_invariants[i].id;
        l->k->checked = 0;
        CCI_TRY(check_log(l->k, progress, error));
        l->checked[i] = l->k->checked;
    }
    return COCREATE_OK;
}

static size_t count_of_invariants(void)
{
    size_t n = 0;
    while (cci_invariants[n].id)
        n++;
    return n;
}

cocreate_status cci_check_store(cci_check *k, const char *only, json_t *rows,
                                const cocreate_progress *progress, cocreate_error *error)
{
    listener l = {k, only, cci_alloc(&k->e->allocator, count_of_invariants(), sizeof *l.checked)};
    cocreate_store *store = k->e->store;
    json_t *shown = json_array();
    k->facts = cci_json_new();
    cocreate_status status =
        l.checked && shown && k->facts ? replay(&l, progress, error) : cci_no_memory(error);
    if (status == COCREATE_OK && k->violations == 0) {
        status = store->backend->scan_events(store->self, 1, 0, hear_row, &l, error);
        if (status == COCREATE_OK)
            status = show_all(k, shown, error);
        if (status == COCREATE_OK)
            status = look_at_all(&l, shown, rows, error);
    }
    cci_free(&k->e->allocator, l.checked);
    json_decref(shown);
    json_decref(k->facts);
    k->facts = NULL;
    return status;
}

static cocreate_status report(const cci_check *k, json_t *rows, cocreate_text **out,
                              cocreate_error *error)
{
    cci_buffer text;
    json_t *document = cci_json_new();
    int made = cci_json_put(document, "invariants", json_incref(rows));
    cci_buffer_init(&text, &k->e->allocator);
    cocreate_status status =
        made ? cci_json_canonical(document, &text, error) : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = cci_buffer_finish(&text, out, error);
    cci_buffer_free(&text);
    json_decref(document);
    return status;
}

cocreate_status cocreate_check(cocreate_store *store, const cocreate_progress *progress,
                               cocreate_text **out, cocreate_error *error)
{
    cci_check k = {0};
    CCI_TRY(cci_engine_of(store, &k.e, error));
    json_t *rows = json_array();
    cocreate_status status =
        rows ? cci_check_store(&k, NULL, rows, progress, error) : cci_no_memory(error);
    if (status == COCREATE_OK && k.violations > 1)
        status = cci_fail(error, COCREATE_ERR_VERIFY, "%s (and %llu more)", k.first,
                          (unsigned long long)(k.violations - 1));
    else if (status == COCREATE_OK && k.violations)
        status = cci_fail(error, COCREATE_ERR_VERIFY, "%s", k.first);
    if (status == COCREATE_OK && out)
        status = report(&k, rows, out, error);
    json_decref(rows);
    return status;
}
