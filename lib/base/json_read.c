/* Members of objects with their types, ranges and names checked. */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/decimal.h"
#include "base/json.h"
#include "base/text.h"

#define SEEN_MAX 48

/* A value, or NULL, as a message shows it: scalars as they are, containers by their kind. */
static const char *seen(const json_t *value, char out[SEEN_MAX])
{
    char shown[SEEN_MAX - 2];
    cci_buffer number;
    if (!value)
        return "nothing";
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return "an object";
    case JSON_ARRAY:
        return json_array_size(value) ? "an array" : "an empty array";
    case JSON_STRING:
        snprintf(out, SEEN_MAX, "\"%s\"",
                 cci_quote(json_string_value(value), json_string_length(value), shown,
                           sizeof shown));
        return out;
    case JSON_INTEGER:
        snprintf(out, SEEN_MAX, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        return out;
    case JSON_REAL:
        cci_buffer_init(&number, NULL);
        if (cci_json_double(&number, json_real_value(value), NULL) == COCREATE_OK)
            snprintf(out, SEEN_MAX, "%s", number.data);
        else
            strcpy(out, "a real number");
        cci_buffer_free(&number);
        return out;
    case JSON_TRUE:
        return "true";
    case JSON_FALSE:
        return "false";
    case JSON_NULL:
        return "null";
    }
    return "nothing known";
}

static cocreate_status wrong_type(const json_t *value, const char *expected, const cci_path *path,
                                  cocreate_error *error)
{
    char shown[SEEN_MAX];
    return cci_json_fail(error, COCREATE_ERR_SCHEMA, path, "expected %s, got %s", expected,
                         seen(value, shown));
}

cocreate_status cci_json_object(const json_t *json, const cci_path *path, cocreate_error *error)
{
    return json_is_object(json) ? COCREATE_OK : wrong_type(json, "an object", path, error);
}

cocreate_status cci_json_array(const json_t *json, const cci_path *path, cocreate_error *error)
{
    return json_is_array(json) ? COCREATE_OK : wrong_type(json, "an array", path, error);
}

/* Edits (insert, delete, replace, swap neighbours) that make one key of the other, or `limit` + 1
 * when there are more: optimal string alignment, row by row. */
static size_t edit_distance(const char *a, const char *b, size_t limit)
{
    enum { LONGEST = 40 };
    size_t n = strlen(a), m = strlen(b);
    if (n > LONGEST || m > LONGEST)
        return limit + 1;
    size_t rows[3][LONGEST + 1];
    for (size_t j = 0; j <= m; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *above2 = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t best = above[j - 1] + (a[i - 1] != b[j - 1]);
            if (above[j] + 1 < best)
                best = above[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            int swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped && above2[j - 2] + 1 < best)
                best = above2[j - 2] + 1;
            row[j] = best;
        }
    }
    size_t distance = rows[n % 3][m];
    return distance <= limit ? distance : limit + 1;
}

const char *cci_nearest(const char *word, const char *const *words)
{
    /* A third of the letters may be wrong; the first of the nearest is taken. */
    size_t limit = strlen(word) / 3 + (strlen(word) < 3);
    size_t best = limit + 1;
    const char *nearest = NULL;
    for (; *words; words++) {
        size_t distance = edit_distance(word, *words, limit);
        if (distance < best) {
            best = distance;
            nearest = *words;
        }
    }
    return nearest;
}

/* "a", "b" or "c" into `out`, as many as fit. */
static const char *list_words(const char *const *words, char *out, size_t out_size)
{
    size_t at = 0;
    out[0] = '\0';
    for (size_t i = 0; words[i]; i++) {
        const char *between = i == 0 ? "" : words[i + 1] ? ", " : " or ";
        int length = snprintf(out + at, out_size - at, "%s\"%s\"", between, words[i]);
        if (length < 0 || (size_t)length + 6 > out_size - at) {
            strcpy(out + at, ", ...");
            break;
        }
        at += (size_t)length;
    }
    return out;
}

cocreate_status cci_json_keys(const json_t *json, const char *const *keys, const cci_path *path,
                              cocreate_error *error)
{
    CCI_TRY(cci_json_object(json, path, error));
    json_t *unchanged = (json_t *)(uintptr_t)json; /* iteration wants it writable */
    for (void *at = json_object_iter(unchanged); at; at = json_object_iter_next(unchanged, at)) {
        const char *key = json_object_iter_key(at);
        size_t i = 0;
        while (keys[i] && strcmp(keys[i], key) != 0)
            i++;
        if (keys[i])
            continue;
        cci_path here = cci_path_key(path, key);
        const char *nearest = cci_nearest(key, keys);
        if (nearest)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                                 "unknown key, did you mean \"%s\"?", nearest);
        char known[150];
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                             keys[0] ? "unknown key, known are %s" : "unknown key, none is known%s",
                             list_words(keys, known, sizeof known));
    }
    return COCREATE_OK;
}

/* The member, or NULL where it is missing or null and that is allowed. */
static cocreate_status get_member(const json_t *json, const char *key, int optional,
                                  const json_t **out, const cci_path *path, cocreate_error *error)
{
    CCI_TRY(cci_json_object(json, path, error));
    const json_t *value = json_object_get(json, key);
    if (!value || json_is_null(value)) {
        cci_path here = cci_path_key(path, key);
        if (!optional)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "required, but %s",
                                 value ? "null" : "missing");
        value = NULL;
    }
    *out = value;
    return COCREATE_OK;
}

static cocreate_status read_string(const json_t *json, const char *key, int optional,
                                   const char **out, const cci_path *path, cocreate_error *error)
{
    const json_t *value = NULL;
    CCI_TRY(get_member(json, key, optional, &value, path, error));
    if (!value)
        return COCREATE_OK;
    cci_path here = cci_path_key(path, key);
    if (!json_is_string(value))
        return wrong_type(value, "a string", &here, error);
    *out = json_string_value(value);
    return COCREATE_OK;
}

cocreate_status cci_json_string(const json_t *json, const char *key, const char **out,
                                const cci_path *path, cocreate_error *error)
{
    return read_string(json, key, 0, out, path, error);
}

cocreate_status cci_json_string_opt(const json_t *json, const char *key, const char **out,
                                    const cci_path *path, cocreate_error *error)
{
    return read_string(json, key, 1, out, path, error);
}

const char *cci_json_text(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

size_t cci_json_index(const json_t *list, const char *text)
{
    size_t i = 0, n = json_array_size(list);
    for (; i < n; i++) {
        const char *item = json_string_value(json_array_get(list, i));
        if (item && text && strcmp(item, text) == 0)
            break;
    }
    return i;
}

int cci_json_lists(const json_t *list, const char *text)
{
    return cci_json_index(list, text) < json_array_size(list);
}

/* Is the value an integer? 1.0 and 1e2 are: JSON Schema has it so, and their canonical form is that
 * of 1 and 100. */
static int as_integer(const json_t *value, int64_t *out)
{
    if (json_is_integer(value)) {
        *out = json_integer_value(value);
        return 1;
    }
    double real = json_real_value(value); /* 0 for what is no real */
    double most = (double)CCI_JSON_INTEGER_MAX;
    if (!json_is_real(value) || !(real >= -most && real <= most) || (double)(int64_t)real != real)
        return 0;
    *out = (int64_t)real;
    return 1;
}

static cocreate_status read_i64(const json_t *json, const char *key, int optional, int64_t min,
                                int64_t max, int64_t *out, const cci_path *path,
                                cocreate_error *error)
{
    const json_t *value = NULL;
    CCI_TRY(get_member(json, key, optional, &value, path, error));
    if (!value)
        return COCREATE_OK;
    cci_path here = cci_path_key(path, key);
    int64_t n = 0;
    if (!as_integer(value, &n))
        return wrong_type(value, "an integer", &here, error);
    if (n < min && max == INT64_MAX)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                             "%lld is too small, at least %lld is expected", (long long)n,
                             (long long)min);
    if (n < min || n > max)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                             "%lld is out of range, expected %lld to %lld", (long long)n,
                             (long long)min, (long long)max);
    *out = n;
    return COCREATE_OK;
}

cocreate_status cci_json_i64(const json_t *json, const char *key, int64_t min, int64_t max,
                             int64_t *out, const cci_path *path, cocreate_error *error)
{
    return read_i64(json, key, 0, min, max, out, path, error);
}

cocreate_status cci_json_i64_opt(const json_t *json, const char *key, int64_t min, int64_t max,
                                 int64_t *out, const cci_path *path, cocreate_error *error)
{
    return read_i64(json, key, 1, min, max, out, path, error);
}

cocreate_status cci_json_bool_opt(const json_t *json, const char *key, int *out,
                                  const cci_path *path, cocreate_error *error)
{
    const json_t *value = NULL;
    CCI_TRY(get_member(json, key, 1, &value, path, error));
    if (!value)
        return COCREATE_OK;
    cci_path here = cci_path_key(path, key);
    if (!json_is_boolean(value))
        return wrong_type(value, "true or false", &here, error);
    *out = json_is_true(value);
    return COCREATE_OK;
}

static cocreate_status read_choice(const json_t *json, const char *key, int optional,
                                   const char *const *choices, int *out, const cci_path *path,
                                   cocreate_error *error)
{
    const char *word = NULL;
    CCI_TRY(read_string(json, key, optional, &word, path, error));
    if (!word)
        return COCREATE_OK;
    for (int i = 0; choices[i]; i++) {
        if (strcmp(choices[i], word) == 0) {
            *out = i;
            return COCREATE_OK;
        }
    }
    cci_path here = cci_path_key(path, key);
    char shown[SEEN_MAX], known[150];
    return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "expected %s, got \"%s\"",
                         list_words(choices, known, sizeof known),
                         cci_quote(word, strlen(word), shown, sizeof shown));
}

cocreate_status cci_json_choice(const json_t *json, const char *key, const char *const *choices,
                                int *out, const cci_path *path, cocreate_error *error)
{
    return read_choice(json, key, 0, choices, out, path, error);
}

cocreate_status cci_json_choice_opt(const json_t *json, const char *key,
                                    const char *const *choices, int *out, const cci_path *path,
                                    cocreate_error *error)
{
    return read_choice(json, key, 1, choices, out, path, error);
}

static cocreate_status read_id(const json_t *json, const char *key, int optional, const char **out,
                               const cci_path *path, cocreate_error *error)
{
    const char *id = NULL;
    CCI_TRY(read_string(json, key, optional, &id, path, error));
    if (!id)
        return COCREATE_OK;
    cocreate_error why = {0};
    cci_path here = cci_path_key(path, key);
    if (cci_id_check(id, "id", &why) != COCREATE_OK)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "%s", why.text);
    *out = id;
    return COCREATE_OK;
}

cocreate_status cci_json_id(const json_t *json, const char *key, const char **out,
                            const cci_path *path, cocreate_error *error)
{
    return read_id(json, key, 0, out, path, error);
}

cocreate_status cci_json_id_opt(const json_t *json, const char *key, const char **out,
                                const cci_path *path, cocreate_error *error)
{
    return read_id(json, key, 1, out, path, error);
}

/* An array or object; *out becomes NULL where it is missing and may be. */
static cocreate_status get_container(const json_t *json, const char *key, int optional,
                                     json_type type, json_t **out, const cci_path *path,
                                     cocreate_error *error)
{
    const json_t *value = NULL;
    CCI_TRY(get_member(json, key, optional, &value, path, error));
    cci_path here = cci_path_key(path, key);
    if (value && json_typeof(value) != type)
        return wrong_type(value, type == JSON_ARRAY ? "an array" : "an object", &here, error);
    *out = (json_t *)(uintptr_t)value;
    return COCREATE_OK;
}

cocreate_status cci_json_get_array(const json_t *json, const char *key, json_t **out,
                                   const cci_path *path, cocreate_error *error)
{
    return get_container(json, key, 0, JSON_ARRAY, out, path, error);
}

cocreate_status cci_json_get_array_opt(const json_t *json, const char *key, json_t **out,
                                       const cci_path *path, cocreate_error *error)
{
    return get_container(json, key, 1, JSON_ARRAY, out, path, error);
}

cocreate_status cci_json_get_object(const json_t *json, const char *key, json_t **out,
                                    const cci_path *path, cocreate_error *error)
{
    return get_container(json, key, 0, JSON_OBJECT, out, path, error);
}

cocreate_status cci_json_get_object_opt(const json_t *json, const char *key, json_t **out,
                                        const cci_path *path, cocreate_error *error)
{
    return get_container(json, key, 1, JSON_OBJECT, out, path, error);
}

/* The decimal that the author of a real wrote, or one that is as short and reads the same. */
static cocreate_status from_real(double value, cci_rational *out, cocreate_error *error)
{
    cci_decimal d;
    CCI_TRY(cci_decimal_shortest(value, &d, error));
    int exponent = d.point - d.count;
    mp_int num = {0}, den = {0}, scale = {0};
    CCI_TRY(cci_big_status(mp_init_multi(&num, &den, &scale, NULL), error));
    mp_set(&den, 1);
    mp_set(&scale, 10);
    mp_err result = mp_read_radix(&num, d.digits, 10);
    if (result == MP_OKAY && d.negative)
        result = mp_neg(&num, &num);
    if (result == MP_OKAY)
        result = mp_expt_u32(&scale, (uint32_t)(exponent < 0 ? -exponent : exponent), &scale);
    if (result == MP_OKAY)
        result = exponent < 0 ? mp_copy(&scale, &den) : mp_mul(&num, &scale, &num);
    cocreate_status status = cci_big_status(result, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_big(out, &num, &den, error);
    mp_clear_multi(&num, &den, &scale, NULL);
    return status;
}

cocreate_status cci_json_number(const json_t *value, cci_rational *out, const cci_path *path,
                                cocreate_error *error)
{
    if (json_is_integer(value))
        return cci_rational_set_i64(out, json_integer_value(value), 1, error);
    if (json_is_real(value))
        return from_real(json_real_value(value), out, error);
    if (!json_is_string(value))
        return wrong_type(value, "a number", path, error);
    cocreate_error why = {0};
    cocreate_status status = cci_rational_parse(json_string_value(value),
                                                json_string_length(value), out, &why);
    if (status == COCREATE_ERR_PARSE)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, path, "%s", why.text);
    return status == COCREATE_OK ? status : cci_fail(error, status, "%s", why.text);
}
