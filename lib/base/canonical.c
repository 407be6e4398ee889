/* Canonical JSON, RFC 8785: the same bytes for the same value, whoever writes it. */
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/digest.h"
#include "base/json.h"
#include "base/text.h"

void cci_json_quote(cci_buffer *out, const char *s, size_t size)
{
    static const char short_escapes[] = "btn\0fr"; /* of U+0008 .. U+000D; U+000B has none */
    cci_buffer_byte(out, '"');
    size_t from = 0;
    for (size_t i = 0; i < size; i++) {
        uint8_t byte = (uint8_t)s[i];
        if (byte >= 0x20 && byte != '"' && byte != '\\')
            continue;
        cci_buffer_add(out, s + from, i - from);
        from = i + 1;
        cci_buffer_byte(out, '\\');
        if (byte >= 0x20) {
            cci_buffer_byte(out, byte);
        } else if (byte >= 8 && byte <= 13 && short_escapes[byte - 8]) {
            cci_buffer_byte(out, (uint8_t)short_escapes[byte - 8]);
        } else {
            cci_buffer_text(out, "u00");
            cci_buffer_hex(out, &byte, 1);
        }
    }
    cci_buffer_add(out, s + from, size - from);
    cci_buffer_byte(out, '"');
}

static void add_zeros(cci_buffer *out, int count)
{
    for (int i = 0; i < count; i++)
        cci_buffer_byte(out, '0');
}

/* Number::toString of ECMA-262, with n as there: the number is 0.digits * 10^n. */
static void add_decimal(cci_buffer *out, const cci_decimal *d)
{
    int k = d->count, n = d->point;
    size_t count = (size_t)k;
    if (d->negative)
        cci_buffer_byte(out, '-');
    if (k <= n && n <= 21) {
        cci_buffer_add(out, d->digits, count);
        add_zeros(out, n - k);
    } else if (0 < n && n <= 21) {
        cci_buffer_add(out, d->digits, (size_t)n);
        cci_buffer_byte(out, '.');
        cci_buffer_add(out, d->digits + n, (size_t)(k - n));
    } else if (-6 < n && n <= 0) {
        cci_buffer_text(out, "0.");
        add_zeros(out, -n);
        cci_buffer_add(out, d->digits, count);
    } else {
        cci_buffer_add(out, d->digits, 1);
        if (k > 1) {
            cci_buffer_byte(out, '.');
            cci_buffer_add(out, d->digits + 1, count - 1);
        }
        cci_buffer_text(out, n > 0 ? "e+" : "e");
        cci_buffer_i64(out, n - 1);
    }
}

int cci_json_real_is_safe(double value)
{
    double size = value < 0 ? -value : value;
    return size <= (double)CCI_JSON_INTEGER_MAX || size >= 1e21;
}

cocreate_status cci_json_double(cci_buffer *out, double value, cocreate_error *error)
{
    if (value - value != 0.0)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "JSON has no number for %s",
                        value != value ? "NaN"
                        : value > 0    ? "infinity"
                                       : "-infinity");
    cci_decimal decimal;
    CCI_TRY(cci_decimal_shortest(value, &decimal, error));
    add_decimal(out, &decimal);
    return out->failed ? cci_no_memory(error) : COCREATE_OK;
}

/* Keys are ordered as arrays of UTF-16 units. Bytes of UTF-8 give that order too, but for
 * U+E000..U+FFFF (lead bytes EE, EF), which stand behind the surrogates of what is above. */
static int utf16_weight(char c)
{
    uint8_t byte = (uint8_t)c;
    return byte == 0xee || byte == 0xef ? byte + 0x10 : byte;
}

int cci_json_key_compare(const char *x, const char *y)
{
    while (*x && *x == *y) {
        x++;
        y++;
    }
    int wx = utf16_weight(*x), wy = utf16_weight(*y);
    return (wx > wy) - (wx < wy);
}

static int compare_keys(const void *a, const void *b)
{
    return cci_json_key_compare(*(const char *const *)a, *(const char *const *)b);
}

static cocreate_status add_value(cci_buffer *out, const json_t *value, const cci_path *path,
                                 int depth, cocreate_error *error);

static cocreate_status add_array(cci_buffer *out, const json_t *array, const cci_path *path,
                                 int depth, cocreate_error *error)
{
    cci_buffer_byte(out, '[');
    for (size_t i = 0; i < json_array_size(array); i++) {
        cci_path here = cci_path_at(path, i);
        if (i > 0)
            cci_buffer_byte(out, ',');
        CCI_TRY(add_value(out, json_array_get(array, i), &here, depth, error));
    }
    cci_buffer_byte(out, ']');
    return COCREATE_OK;
}

static cocreate_status add_members(cci_buffer *out, const json_t *object, const char *const *keys,
                                   size_t n, const cci_path *path, int depth,
                                   cocreate_error *error)
{
    cci_buffer_byte(out, '{');
    for (size_t i = 0; i < n; i++) {
        cci_path here = cci_path_key(path, keys[i]);
        if (i > 0)
            cci_buffer_byte(out, ',');
        cci_json_quote(out, keys[i], strlen(keys[i]));
        cci_buffer_byte(out, ':');
        CCI_TRY(add_value(out, json_object_get(object, keys[i]), &here, depth, error));
    }
    cci_buffer_byte(out, '}');
    return COCREATE_OK;
}

static cocreate_status add_object(cci_buffer *out, const json_t *object, const cci_path *path,
                                  int depth, cocreate_error *error)
{
    const char **keys = cci_alloc(&out->allocator, json_object_size(object), sizeof *keys);
    if (!keys)
        return cci_no_memory(error);
    size_t n = 0;
    json_t *unchanged = (json_t *)(uintptr_t)object; /* iteration wants it writable */
    for (void *at = json_object_iter(unchanged); at; at = json_object_iter_next(unchanged, at))
        keys[n++] = json_object_iter_key(at);
    assert(n == json_object_size(object));
    qsort((void *)keys, n, sizeof *keys, compare_keys); /* all different: a total order */
    cocreate_status status = add_members(out, object, keys, n, path, depth, error);
    cci_free(&out->allocator, (void *)keys);
    return status;
}

static cocreate_status too_large(const cci_path *path, cocreate_error *error)
{
    return cci_json_fail(error, COCREATE_ERR_OVERFLOW, path,
                         "an integer beyond 2^53 - 1, which canonical JSON cannot hold");
}

static cocreate_status add_value(cci_buffer *out, const json_t *value, const cci_path *path,
                                 int depth, cocreate_error *error)
{
    json_int_t integer;
    switch (json_typeof(value)) {
    case JSON_OBJECT:
    case JSON_ARRAY:
        if (depth == CCI_JSON_DEPTH)
            return cci_json_fail(error, COCREATE_ERR_LIMIT, path, "nested deeper than %d",
                                 CCI_JSON_DEPTH);
        return json_is_array(value) ? add_array(out, value, path, depth + 1, error)
                                    : add_object(out, value, path, depth + 1, error);
    case JSON_STRING:
        cci_json_quote(out, json_string_value(value), json_string_length(value));
        return COCREATE_OK;
    case JSON_INTEGER:
        integer = json_integer_value(value);
        if (integer > CCI_JSON_INTEGER_MAX || integer < -CCI_JSON_INTEGER_MAX)
            return too_large(path, error);
        cci_buffer_i64(out, integer);
        return COCREATE_OK;
    case JSON_REAL:
        if (!cci_json_real_is_safe(json_real_value(value)))
            return too_large(path, error);
        return cci_json_double(out, json_real_value(value), error);
    case JSON_TRUE:
        cci_buffer_text(out, "true");
        return COCREATE_OK;
    case JSON_FALSE:
        cci_buffer_text(out, "false");
        return COCREATE_OK;
    case JSON_NULL:
        cci_buffer_text(out, "null");
        return COCREATE_OK;
    }
    return cci_fail(error, COCREATE_ERR_INTERNAL, "a JSON value of no known type");
}

cocreate_status cci_json_canonical(const json_t *value, cci_buffer *out, cocreate_error *error)
{
    assert(value);
    size_t before = out->size;
    cci_path root = CCI_ROOT;
    cocreate_status status = add_value(out, value, &root, 0, error);
    if (status == COCREATE_OK && out->failed)
        status = cci_no_memory(error);
    if (status != COCREATE_OK)
        cci_buffer_cut(out, before);
    return status;
}

cocreate_status cci_json_digest(const cocreate_allocator *allocator, const json_t *value, char *out,
                                cocreate_error *error)
{
    cci_buffer text;
    cci_buffer_init(&text, allocator);
    cocreate_status status = cci_json_canonical(value, &text, error);
    if (status == COCREATE_OK) {
        cci_digest digest = cci_sha256(text.data, text.size);
        cci_digest_text(&digest, out);
    }
    cci_buffer_free(&text);
    return status;
}

cocreate_status cocreate_canonical_json(const cocreate_allocator *allocator, const char *json,
                                        size_t size, cocreate_text **out, cocreate_error *error)
{
    if ((!json && size > 0) || !out)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "%s is NULL", out ? "json" : "out");
    CCI_TRY(cci_allocator_check(allocator, error));
    json_t *value;
    CCI_TRY(cci_json_parse_canonical(json, size, &value, error));
    cci_buffer bytes;
    cci_buffer_init(&bytes, allocator);
    cocreate_status status = cci_json_canonical(value, &bytes, error);
    if (status == COCREATE_OK)
        status = cci_buffer_finish(&bytes, out, error);
    cci_buffer_free(&bytes);
    json_decref(value);
    return status;
}
