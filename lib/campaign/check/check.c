/* cocreate_check: every invariant, over what the store says of itself. */
#include "campaign/check/check.h"

#include <stdio.h>

void cci_violation(cci_check *k, const char *what, const char *id, const char *problem)
{
    if (k->violations++ == 0)
        snprintf(k->first, sizeof k->first, "%s: %s '%.100s': %s", k->id, what, id, problem);
}

const char *cci_shown_text(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

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

static cocreate_status check_campaigns(cci_check *k, const json_t *shown,
                                       const cci_invariant *invariant, cocreate_error *error)
{
    for (size_t i = 0; i < json_array_size(shown); i++) {
        k->shown = json_array_get(shown, i);
        k->campaign = json_string_value(json_object_get(k->shown, "id"));
        CCI_TRY(invariant->look(k, error));
    }
    return COCREATE_OK;
}

static cocreate_status check_all(cci_check *k, const json_t *shown, json_t *rows,
                                 const cocreate_progress *progress, cocreate_error *error)
{
    for (const cci_invariant *invariant = cci_invariants; invariant->id; invariant++) {
        k->id = invariant->id;
        k->checked = 0;
        CCI_TRY(invariant->look ? check_campaigns(k, shown, invariant, error)
                                : check_log(k, progress, error));
        json_t *row = cci_json_new();
        int made = cci_json_put(row, "id", json_string(invariant->id)) &&
                   cci_json_put(row, "title", json_string(invariant->title)) &&
                   cci_json_put(row, "checked", json_integer((json_int_t)k->checked));
        if (!made) {
            json_decref(row);
            return cci_no_memory(error);
        }
        if (!cci_json_push(rows, row))
            return cci_no_memory(error);
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
    json_t *shown = json_array(), *rows = json_array();
    cocreate_status status = shown && rows ? show_all(&k, shown, error) : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = check_all(&k, shown, rows, progress, error);
    if (status == COCREATE_OK && k.violations > 1)
        status = cci_fail(error, COCREATE_ERR_VERIFY, "%s (and %llu more)", k.first,
                          (unsigned long long)(k.violations - 1));
    else if (status == COCREATE_OK && k.violations)
        status = cci_fail(error, COCREATE_ERR_VERIFY, "%s", k.first);
    if (status == COCREATE_OK && out)
        status = report(&k, rows, out, error);
    json_decref(shown);
    json_decref(rows);
    return status;
}
