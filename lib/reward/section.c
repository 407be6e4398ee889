#include "reward/section.h"

#include <string.h>

#include "cocreate/money.h"

cocreate_status cci_section_open(const cci_evaluation *e, const cci_rule *rule, const char *key,
                                 int optional, cci_section *out, cocreate_error *error)
{
    const json_t *rows = json_object_get(e->document, key);
    *out = (cci_section){.root = CCI_ROOT};
    /* The path points into the section, which stays where it is. */
    out->list = cci_path_key(&out->root, key);
    if (json_is_null(rows))
        rows = NULL;
    if (rows == NULL)
        return optional ? COCREATE_OK
                        : cci_json_fail(error, COCREATE_ERR_SCHEMA, &out->list,
                                        "required by rule \"%s\", but missing", rule->id);
    CCI_TRY(cci_json_array(rows, &out->list, error));
    out->rows = rows;
    out->n = json_array_size(rows);
    return COCREATE_OK;
}

cocreate_status cci_section_row(const cci_section *section, size_t i, const json_t **row,
                                cci_path *path, cocreate_error *error)
{
    *path = cci_path_at(&section->list, i);
    *row = json_array_get(section->rows, i);
    return cci_json_object(*row, path, error);
}

cocreate_status cci_row_entry(const cci_evaluation *e, const json_t *row, const char *key,
                              const cci_entry **out, const cci_path *path, cocreate_error *error)
{
    const char *id;
    cci_path at = cci_path_key(path, key);
    CCI_TRY(cci_json_id(row, key, &id, path, error));
    const cci_entry *entry = cci_result_find(e->result, id);
    if (entry == NULL)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "no entry has the id \"%s\"", id);
    *out = entry;
    return COCREATE_OK;
}

cocreate_status cci_row_signed_amount(const cci_evaluation *e, const json_t *row, const char *key,
                                      int64_t *minor, const cci_path *path, cocreate_error *error)
{
    const char *text;
    cocreate_error inner;
    cci_path at = cci_path_key(path, key);
    int64_t value;
    const json_t *json = json_object_get(row, key);
    if (json != NULL && !json_is_string(json) && !json_is_null(json))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                             "an amount is a string such as \"1000.00\"");
    CCI_TRY(cci_json_string(row, key, &text, path, error));
    cocreate_status status = cocreate_amount_parse(text, e->scheme->exponent, &value, &inner);
    if (status == COCREATE_ERR_OVERFLOW ||
        (status == COCREATE_OK && (value > CCI_MINOR_MAX || value < -CCI_MINOR_MAX)))
        return cci_json_fail(error, COCREATE_ERR_OVERFLOW, &at,
                             "more than 2^53 - 1 minor units of %s", e->scheme->currency);
    if (status != COCREATE_OK)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "%s", inner.text);
    *minor = value;
    return COCREATE_OK;
}

cocreate_status cci_row_amount(const cci_evaluation *e, const json_t *row, const char *key,
                               int64_t *minor, const cci_path *path, cocreate_error *error)
{
    int64_t value = 0;
    cci_path at = cci_path_key(path, key);
    CCI_TRY(cci_row_signed_amount(e, row, key, &value, path, error));
    if (value < 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "is less than 0");
    *minor = value;
    return COCREATE_OK;
}

cocreate_status cci_row_number(const json_t *row, const char *key, int optional, cci_number *out,
                               const cci_path *path, cocreate_error *error)
{
    const json_t *value = json_object_get(row, key);
    cci_path at = cci_path_key(path, key);
    *out = (cci_number){0, 0};
    if (value == NULL || json_is_null(value))
        return optional ? COCREATE_OK
                        : cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "required, but missing");
    return cci_number_read(value, out, &at, error);
}

cocreate_status cci_row_time(const json_t *row, const char *key, cci_time *out,
                             const cci_path *path, cocreate_error *error)
{
    *out = (cci_time){0, 0};
    return cci_result_time(row, key, out, path, error);
}
