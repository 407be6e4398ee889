/* Reading rules. */
#include "formats/rules.h"

#include "base/text.h"

const char *const cci_rules_none[] = {NULL};
const char *const cci_rules_counts[] = {"counts", NULL};
const char *const cci_rules_bounds[] = {"counts", "bounds", NULL};

/* The same failure with what it is about. */
static cocreate_status about(const char *format, cocreate_status status,
                             const cocreate_error *inner, cocreate_error *error)
{
    if (status == COCREATE_ERR_MEMORY)
        return cci_no_memory(error);
    return cci_fail(error, status, "rules of %s: %s", format, inner->text);
}

cocreate_status cci_rules_open(const char *text, const cci_format *format, json_t **out,
                               cocreate_error *error)
{
    json_t *rules = NULL;
    cocreate_error inner = {0};
    cci_path root = CCI_ROOT;
    *out = NULL;
    if (!text)
        return COCREATE_OK;
    cocreate_status status = cci_json_parse(text, strlen(text), &rules, &inner);
    if (status == COCREATE_OK)
        status = cci_json_keys(rules, format->rules, &root, &inner);
    if (status == COCREATE_OK) {
        *out = rules;
        return COCREATE_OK;
    }
    json_decref(rules);
    return about(format->name, status, &inner, error);
}

cocreate_status cci_rule_choice(const cci_reader *r, const char *key, const char *const *choices,
                                int *out)
{
    cocreate_error inner = {0};
    cci_path root = CCI_ROOT;
    if (!r->rules)
        return COCREATE_OK;
    cocreate_status status = cci_json_choice_opt(r->rules, key, choices, out, &root, &inner);
    return status == COCREATE_OK ? status : about(r->format, status, &inner, r->error);
}

cocreate_status cci_rule_integer(const cci_reader *r, const char *key, int64_t min, int64_t max,
                                 int64_t *out)
{
    cocreate_error inner = {0};
    cci_path root = CCI_ROOT;
    const json_t *value = r->rules ? json_object_get(r->rules, key) : NULL;
    int64_t n;
    if (!value)
        return COCREATE_OK;
    if (json_is_string(value) && cci_parse_i64(json_string_value(value),
                                               json_string_length(value), &n) &&
        n >= min && n <= max) {
        *out = n;
        return COCREATE_OK;
    }
    cocreate_status status = cci_json_i64_opt(r->rules, key, min, max, out, &root, &inner);
    return status == COCREATE_OK ? status : about(r->format, status, &inner, r->error);
}

cocreate_status cci_rule_text(const cci_reader *r, const char *key, const char **out)
{
    cocreate_error inner = {0};
    cci_path root = CCI_ROOT;
    if (!r->rules)
        return COCREATE_OK;
    cocreate_status status = cci_json_string_opt(r->rules, key, out, &root, &inner);
    return status == COCREATE_OK ? status : about(r->format, status, &inner, r->error);
}

cocreate_status cci_rule_texts(const cci_reader *r, const char *key, size_t *n)
{
    const json_t *value = r->rules ? json_object_get(r->rules, key) : NULL;
    *n = !value || json_is_null(value) ? 0 : json_is_string(value) ? 1 : json_array_size(value);
    if (!value || json_is_null(value) || json_is_string(value))
        return COCREATE_OK;
    int good = json_is_array(value);
    for (size_t i = 0; good && i < *n; i++)
        good = json_is_string(json_array_get(value, i));
    return good ? COCREATE_OK
                : cci_fail(r->error, COCREATE_ERR_SCHEMA,
                           "rules of %s: $.%s: expected a string, or an array of them", r->format,
                           key);
}

const char *cci_rule_text_at(const cci_reader *r, const char *key, size_t index)
{
    const json_t *value = json_object_get(r->rules, key);
    return json_string_value(json_is_array(value) ? json_array_get(value, index) : value);
}
