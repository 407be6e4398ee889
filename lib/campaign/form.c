/* The form of a contribution: read from the brief, and held against what is submitted. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "campaign/brief_read.h"
#include "campaign/guards.h"

#define FIELDS_MAX 200
#define CHOICES_MAX 1000
#define LEVELS_MAX (CCI_JSON_DEPTH - 8) /* events and what is shown hold the fields deeper */

static const char *const type_words[] = {"text",   "integer", "decimal", "choice",
                                         "digest", "amount",  NULL};

/* ---- the form itself ---- */

/* An exact number is a bound of decimals, an integer one of everything else that has bounds. */
static cocreate_status check_bound(const cci_field *f, const json_t *bound, const cci_path *path,
                                   cocreate_error *error)
{
    if (f->type == CCI_FIELD_CHOICE || f->type == CCI_FIELD_DIGEST)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, path, "a %s has no bounds", type_words[f->type]);
    if (f->type != CCI_FIELD_DECIMAL) {
        int may_be_negative = f->type == CCI_FIELD_INTEGER;
        if (!json_is_integer(bound) || (!may_be_negative && json_integer_value(bound) < 0))
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, path, "expected an integer%s",
                                 may_be_negative ? "" : ", not below 0");
    }
    return COCREATE_OK;
}

/* -1, 0, 1 as a <=> b, both exact numbers. */
static cocreate_status compare(const json_t *a, const json_t *b, int *out, const cci_path *path,
                               cocreate_error *error)
{
    cci_rational x = {{0}, {0}}, y = {{0}, {0}};
    cocreate_status status = cci_rational_init(&x, error);
    if (status == COCREATE_OK)
        status = cci_rational_init(&y, error);
    if (status == COCREATE_OK)
        status = cci_json_number(a, &x, path, error);
    if (status == COCREATE_OK)
        status = cci_json_number(b, &y, path, error);
    if (status == COCREATE_OK)
        status = cci_rational_compare(&x, &y, out, error);
    cci_rational_clear(&x);
    cci_rational_clear(&y);
    return status;
}

static cocreate_status read_bounds(json_t *json, cci_field *f, const cci_path *path,
                                   cocreate_error *error)
{
    cci_path min = cci_path_key(path, "min"), max = cci_path_key(path, "max");
    int order = 0;
    f->min = json_object_get(json, "min");
    f->max = json_object_get(json, "max");
    if (f->min) {
        CCI_TRY(check_bound(f, f->min, &min, error));
        CCI_TRY(compare(f->min, f->min, &order, &min, error)); /* is it a number at all? */
    }
    if (f->max) {
        CCI_TRY(check_bound(f, f->max, &max, error));
        CCI_TRY(compare(f->max, f->max, &order, &max, error));
    }
    if (f->min && f->max)
        CCI_TRY(compare(f->min, f->max, &order, path, error));
    return order > 0 ? cci_json_fail(error, COCREATE_ERR_SCHEMA, &max, "is below min")
                     : COCREATE_OK;
}

static cocreate_status read_choices(const json_t *json, cci_field *f, const cci_path *path,
                                    cocreate_error *error)
{
    cci_path here = cci_path_key(path, "choices");
    f->choices = json_object_get(json, "choices");
    if (f->type != CCI_FIELD_CHOICE)
        return f->choices ? cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                                          "is only for fields of type 'choice'")
                          : COCREATE_OK;
    size_t n = json_array_size(f->choices);
    if (n < 1 || n > CHOICES_MAX)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "expected a list of 1 to %d texts",
                             CHOICES_MAX);
    for (size_t i = 0; i < n; i++)
        if (!json_is_string(json_array_get(f->choices, i))) {
            cci_path item = cci_path_at(&here, i);
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &item, "expected a text");
        }
    return COCREATE_OK;
}

cocreate_status cci_brief_form(cci_brief *b, cocreate_error *error)
{
    static const char *const keys[] = {"key",     "type",    "required", "min", "max",
                                       "choices", "private", NULL};
    json_t *list;
    cci_path path = cci_path_key(&CCI_ROOT, "form");
    CCI_TRY(cci_brief_list(&b->allocator, b->json, "form", FIELDS_MAX, &list,
                           (void **)&b->fields, &b->n_fields, sizeof *b->fields, &CCI_ROOT,
                           error));
    for (size_t i = 0; i < b->n_fields; i++) {
        json_t *json = json_array_get(list, i);
        cci_path here = cci_path_at(&path, i);
        cci_field *f = &b->fields[i];
        int type;
        CCI_TRY(cci_brief_object(json, keys, &here, error));
        CCI_TRY(cci_json_id(json, "key", &f->key, &here, error));
        for (size_t j = 0; j < i; j++)
            if (strcmp(b->fields[j].key, f->key) == 0)
                return cci_brief_repeated(&here, "key", f->key, error);
        CCI_TRY(cci_json_choice(json, "type", type_words, &type, &here, error));
        f->type = (cci_field_type)type;
        CCI_TRY(cci_brief_bool(json, "required", 0, &f->required, &here, error));
        CCI_TRY(read_bounds(json, f, &here, error));
        CCI_TRY(read_choices(json, f, &here, error));
        CCI_TRY(cci_json_bool_opt(json, "private", &f->secret, &here, error));
    }
    CCI_TRY(cci_brief_bool(b->json, "extra_fields", 0, &b->extra_fields, &CCI_ROOT, error));
    if (b->control == CCI_CONTROL_OPEN)
        return COCREATE_OK;
    cci_path extra = cci_path_key(&CCI_ROOT, "extra_fields");
    if (b->extra_fields)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &extra,
                             "a fixed contribution has the fields of its form and no others");
    if (b->n_fields == 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &path, "a fixed contribution needs a form");
    return COCREATE_OK;
}

/* ---- what is submitted ---- */

/* The rule in the brief that refuses a field. */
static cocreate_status refuse(cocreate_error *error, const cci_brief *brief, const cci_field *f,
                              const char *key, const char *text)
{
    cci_path form = cci_path_key(&CCI_ROOT, "form");
    cci_path row = cci_path_at(&form, (size_t)(f - brief->fields));
    cci_path at = key ? cci_path_key(&row, key) : row;
    return cci_refuse_at(error, &at, "field '%s' %s", f->key, text);
}

static int has_type(const cci_field *f, const json_t *value)
{
    const char *text = json_string_value(value);
    switch (f->type) {
    case CCI_FIELD_INTEGER:
        return json_is_integer(value);
    case CCI_FIELD_AMOUNT:
        return json_is_integer(value) && json_integer_value(value) >= 0;
    case CCI_FIELD_DECIMAL:
        return json_is_number(value) || text;
    case CCI_FIELD_DIGEST:
        return text && cci_digest_parse(text, NULL);
    default:
        return text != NULL;
    }
}

static const char *const type_texts[] = {
    "must be a text",
    "must be an integer",
    "must be an exact number, as \"0.25\" or 3",
    "must be a text",
    "must be \"sha256:\" and 64 hex digits",
    "must be an integer of minor units, not below 0",
};

/* A number as its author wrote it, or nearly. */
static cocreate_status add_number(cci_buffer *text, const json_t *value, cocreate_error *error)
{
    if (!json_is_string(value))
        return cci_json_canonical(value, text, error);
    char shown[40];
    cci_buffer_text(text, cci_quote(json_string_value(value), json_string_length(value), shown,
                                    sizeof shown));
    return text->failed ? cci_no_memory(error) : COCREATE_OK;
}

/* "field 'colors' is 9, at most 8" */
static cocreate_status refuse_bound(const cci_brief *brief, const cci_field *f, const char *key,
                                    const json_t *value, const json_t *bound,
                                    cocreate_error *error)
{
    int is_text = f->type == CCI_FIELD_TEXT;
    cci_buffer text;
    cci_buffer_init(&text, &brief->allocator);
    cci_buffer_text(&text, is_text ? "has " : "is ");
    cocreate_status status = add_number(&text, value, error);
    cci_buffer_text(&text, is_text ? " bytes, at " : ", at ");
    cci_buffer_text(&text, strcmp(key, "min") == 0 ? "least " : "most ");
    if (status == COCREATE_OK)
        status = add_number(&text, bound, error);
    if (status == COCREATE_OK)
        status = refuse(error, brief, f, key, text.data);
    cci_buffer_free(&text);
    return status;
}

static cocreate_status check_range(const cci_brief *brief, const cci_field *f, const json_t *value,
                                   cocreate_error *error)
{
    cci_path fields = cci_path_key(&CCI_ROOT, "fields");
    cci_path path = cci_path_key(&fields, f->key);
    int order;
    CCI_TRY(compare(value, f->min ? f->min : value, &order, &path, error));
    if (order < 0)
        return refuse_bound(brief, f, "min", value, f->min, error);
    CCI_TRY(compare(value, f->max ? f->max : value, &order, &path, error));
    return order > 0 ? refuse_bound(brief, f, "max", value, f->max, error) : COCREATE_OK;
}

static cocreate_status check_bounds(const cci_brief *brief, const cci_field *f,
                                    const json_t *value, cocreate_error *error)
{
    if (f->type != CCI_FIELD_TEXT)
        return check_range(brief, f, value, error);
    json_t *length = json_integer((json_int_t)json_string_length(value));
    if (!length)
        return cci_no_memory(error);
    cocreate_status status = check_range(brief, f, length, error);
    json_decref(length);
    return status;
}

static cocreate_status check_field(const cci_brief *brief, const cci_field *f, const json_t *fields,
                                   cocreate_error *error)
{
    const json_t *value = json_object_get(fields, f->key);
    if (!value || json_is_null(value))
        return f->required ? refuse(error, brief, f, "required", "is missing") : COCREATE_OK;
    if (!has_type(f, value))
        return refuse(error, brief, f, "type", type_texts[f->type]);
    if (f->type == CCI_FIELD_CHOICE && !cci_json_lists(f->choices, json_string_value(value))) {
        char text[120];
        snprintf(text, sizeof text, "is none of the choices, as '%.80s'",
                 json_string_value(json_array_get(f->choices, 0)));
        return refuse(error, brief, f, "choices", text);
    }
    return f->type == CCI_FIELD_CHOICE || f->type == CCI_FIELD_DIGEST ? COCREATE_OK
                                                                      : check_bounds(brief, f, value, error);
}

/* Is a value nested deeper than so many levels? */
static int is_deeper(const json_t *value, int levels)
{
    const char *key;
    json_t *item;
    if (!json_is_object(value) && !json_is_array(value))
        return 0;
    if (levels == 0)
        return 1;
    for (size_t i = 0; i < json_array_size(value); i++)
        if (is_deeper(json_array_get(value, i), levels - 1))
            return 1;
    json_object_foreach((json_t *)(uintptr_t)value, key, item)
    {
        if (is_deeper(item, levels - 1))
            return 1;
    }
    return 0;
}

cocreate_status cci_form_depth(const json_t *fields, cocreate_error *error)
{
    if (!is_deeper(fields, LEVELS_MAX))
        return COCREATE_OK;
    cci_path path = cci_path_key(&CCI_ROOT, "fields");
    return cci_json_fail(error, COCREATE_ERR_LIMIT, &path, "nested deeper than %d", LEVELS_MAX);
}

cocreate_status cci_form_check(const cci_brief *brief, const json_t *fields,
                               cocreate_error *error)
{
    for (size_t i = 0; i < brief->n_fields; i++)
        CCI_TRY(check_field(brief, &brief->fields[i], fields, error));
    if (brief->extra_fields)
        return cci_form_depth(fields, error);
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)fields, key, value)
    {
        size_t i = 0;
        while (i < brief->n_fields && strcmp(brief->fields[i].key, key) != 0)
            i++;
        if (i == brief->n_fields)
            return cci_refuse(error, "$.form", "the form has no field '%.80s'", key);
    }
    return COCREATE_OK;
}
