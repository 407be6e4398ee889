/* Reading JSON (RFC 8259) into values of jansson, in one pass over the bytes. */
#include <string.h>

#include "base/checked.h"
#include "base/decimal.h"
#include "base/json.h"
#include "base/text.h"

typedef struct reader {
    const char *start, *at, *end;
    int canonical; /* refuse integers that canonical JSON cannot hold */
    cci_buffer unescaped;
    cocreate_error *error;
} reader;

/* Failure at a place. Lines and columns (in characters, from 1) are counted only here. */
static cocreate_status refuse(reader *r, const char *at, cocreate_status status, const char *what)
{
    size_t line = 1, column = 1;
    for (const char *p = r->start; p < at; p++) {
        if (*p == '\n') {
            line++;
            column = 1;
        } else if (((uint8_t)*p & 0xc0) != 0x80) {
            column++;
        }
    }
    return cci_fail_at(r->error, status, (uint64_t)(at - r->start), "line %zu, column %zu: %s",
                       line, column, what);
}

/* "expected ',' or ']', found 'x'" */
static cocreate_status unexpected(reader *r, const char *expected)
{
    assert(strlen(expected) < 32);
    char what[64] = "expected ", found[8];
    strcat(what, expected);
    if (r->at == r->end) {
        strcat(what, ", found the end");
        return refuse(r, r->at, COCREATE_ERR_PARSE, what);
    }
    uint32_t code;
    size_t length = cci_utf8_next(r->at, (size_t)(r->end - r->at), &code);
    strcat(what, ", found '");
    strcat(what, cci_quote(r->at, length ? length : 1, found, sizeof found));
    strcat(what, "'");
    return refuse(r, r->at, COCREATE_ERR_PARSE, what);
}

static void skip_space(reader *r)
{
    while (r->at < r->end && (*r->at == ' ' || *r->at == '\t' || *r->at == '\n' || *r->at == '\r'))
        r->at++;
}

/* Step over `c` if it is next. */
static int accept(reader *r, char c)
{
    if (r->at == r->end || *r->at != c)
        return 0;
    r->at++;
    return 1;
}

static size_t skip_digits(reader *r)
{
    const char *from = r->at;
    while (r->at < r->end && *r->at >= '0' && *r->at <= '9')
        r->at++;
    return (size_t)(r->at - from);
}

/* Four hex digits of an escape; `escape` is where it begins. */
static cocreate_status read_unit(reader *r, const char *escape, uint32_t *out)
{
    uint8_t bytes[2];
    if (r->end - r->at < 4 || !cci_parse_hex(r->at, 4, bytes, 2))
        return refuse(r, escape, COCREATE_ERR_PARSE, "\\u without four hex digits");
    r->at += 4;
    *out = (uint32_t)bytes[0] << 8 | bytes[1];
    return COCREATE_OK;
}

static void add_utf8(cci_buffer *b, uint32_t code)
{
    if (code < 0x80) {
        cci_buffer_byte(b, (uint8_t)code);
        return;
    }
    unsigned length = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    unsigned shift = 6 * (length - 1);
    cci_buffer_byte(b, (uint8_t)((0xf00U >> length & 0xffU) | code >> shift));
    while (shift) {
        shift -= 6;
        cci_buffer_byte(b, (uint8_t)(0x80 | (code >> shift & 0x3f)));
    }
}

/* What follows "\u": one UTF-16 unit, or two that make a pair. */
static cocreate_status read_unicode(reader *r, const char *escape)
{
    uint32_t code = 0, low = 0;
    CCI_TRY(read_unit(r, escape, &code));
    if (code >= 0xd800 && code < 0xdc00 && r->end - r->at >= 2 && r->at[0] == '\\' &&
        r->at[1] == 'u') {
        r->at += 2;
        CCI_TRY(read_unit(r, escape, &low));
        if (low >= 0xdc00 && low < 0xe000)
            code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
    }
    if (code >= 0xd800 && code < 0xe000)
        return refuse(r, escape, COCREATE_ERR_PARSE, "half of a surrogate pair");
    if (code == 0)
        return refuse(r, escape, COCREATE_ERR_PARSE, "\\u0000 is not allowed in strings");
    add_utf8(&r->unescaped, code);
    return COCREATE_OK;
}

static cocreate_status read_escape(reader *r)
{
    static const char names[] = "\"\\/bfnrt";
    static const char meant[] = "\"\\/\b\f\n\r\t";
    const char *escape = r->at++;
    if (accept(r, 'u'))
        return read_unicode(r, escape);
    const char *name = r->at < r->end && *r->at ? strchr(names, *r->at) : NULL;
    if (!name)
        return refuse(r, escape, COCREATE_ERR_PARSE, "an escape that JSON does not know");
    r->at++;
    cci_buffer_byte(&r->unescaped, (uint8_t)meant[name - names]);
    return COCREATE_OK;
}

/* A string, from its opening quote. What comes out stands in the text itself or, if it has
 * escapes, in r->unescaped, and is good until the next string. */
static cocreate_status read_characters(reader *r, const char **out, size_t *size)
{
    const char *open = r->at++, *from = r->at;
    int escaped = 0;
    cci_buffer_clear(&r->unescaped);
    while (r->at < r->end && *r->at != '"') {
        if (*r->at == '\\') {
            cci_buffer_add(&r->unescaped, from, (size_t)(r->at - from));
            CCI_TRY(read_escape(r));
            from = r->at;
            escaped = 1;
            continue;
        }
        uint32_t code;
        size_t length = cci_utf8_next(r->at, (size_t)(r->end - r->at), &code);
        if (length == 0)
            return refuse(r, r->at, COCREATE_ERR_PARSE, "invalid UTF-8");
        if (code < 0x20)
            return refuse(r, r->at, COCREATE_ERR_PARSE,
                          "a control character in a string, which needs an escape");
        r->at += length;
    }
    if (r->at == r->end)
        return refuse(r, open, COCREATE_ERR_PARSE, "a string without its closing quote");
    *out = from;
    *size = (size_t)(r->at - from);
    r->at++;
    if (!escaped)
        return COCREATE_OK;
    cci_buffer_add(&r->unescaped, from, *size);
    if (r->unescaped.failed)
        return cci_no_memory(r->error);
    *out = r->unescaped.data;
    *size = r->unescaped.size;
    return COCREATE_OK;
}

/* Take what a constructor of jansson made. */
static cocreate_status made(reader *r, json_t *value, json_t **out)
{
    if (!value)
        return cci_no_memory(r->error);
    *out = value;
    return COCREATE_OK;
}

static cocreate_status read_string(reader *r, json_t **out)
{
    const char *characters = NULL;
    size_t size = 0;
    CCI_TRY(read_characters(r, &characters, &size));
    return made(r, json_stringn_nocheck(characters, size), out);
}

static cocreate_status too_large(reader *r, const char *at)
{
    return refuse(r, at, COCREATE_ERR_OVERFLOW,
                  "an integer beyond 2^53 - 1, which canonical JSON cannot hold");
}

/* The number between `from` and r->at, whose exponent (0 if there is none) begins at `e`. */
static cocreate_status read_real(reader *r, const char *from, const char *e, json_t **out)
{
    if (r->at - from > CCI_DECIMAL_MAX)
        return refuse(r, from, COCREATE_ERR_PARSE, "a number of more than 400 characters");
    char digits[CCI_DECIMAL_MAX];
    size_t n = 0;
    int64_t point = 0, exponent = 0;
    int negative = *from == '-', behind_point = 0;
    for (const char *p = from + negative; p < e; p++) {
        if (*p == '.') {
            behind_point = 1;
        } else {
            digits[n++] = *p;
            point += !behind_point;
        }
    }
    int falls = e + 1 < r->at && e[1] == '-';
    for (const char *p = e; p < r->at; p++)
        if (*p >= '0' && *p <= '9' && exponent < 1000000)
            exponent = exponent * 10 + (*p - '0');
    double value;
    CCI_TRY(cci_decimal_double(digits, n, falls ? point - exponent : point + exponent, &value,
                               r->error));
    if (value - value != 0.0) /* an infinity */
        return refuse(r, from, COCREATE_ERR_OVERFLOW, "a number too large for a double");
    if (r->canonical && !cci_json_real_is_safe(value))
        return too_large(r, from);
    return made(r, json_real(negative ? -value : value), out);
}

static cocreate_status read_number(reader *r, json_t **out)
{
    const char *from = r->at;
    accept(r, '-');
    const char *first = r->at;
    if (skip_digits(r) == 0)
        return unexpected(r, "a digit");
    if (*first == '0' && r->at - first > 1)
        return refuse(r, from, COCREATE_ERR_PARSE, "a number with leading zeros");
    const char *whole_end = r->at;
    if (accept(r, '.') && skip_digits(r) == 0)
        return unexpected(r, "a digit");
    const char *e = r->at;
    if (accept(r, 'e') || accept(r, 'E')) {
        if (!accept(r, '+'))
            accept(r, '-');
        if (skip_digits(r) == 0)
            return unexpected(r, "a digit");
    }
    if (r->at != whole_end)
        return read_real(r, from, e, out);
    int64_t value;
    if (!cci_parse_i64(from, (size_t)(r->at - from), &value))
        return refuse(r, from, COCREATE_ERR_OVERFLOW, "an integer beyond 64 bits");
    if (r->canonical && (value > CCI_JSON_INTEGER_MAX || value < -CCI_JSON_INTEGER_MAX))
        return too_large(r, from);
    return made(r, json_integer(value), out);
}

static cocreate_status read_word(reader *r, json_t **out)
{
    static const char *const words[] = {"true", "false", "null"};
    for (size_t i = 0; i < 3; i++) {
        size_t size = strlen(words[i]);
        if ((size_t)(r->end - r->at) >= size && memcmp(r->at, words[i], size) == 0) {
            r->at += size;
            return made(r, i == 0 ? json_true() : i == 1 ? json_false() : json_null(), out);
        }
    }
    return unexpected(r, "a value");
}

static cocreate_status read_value(reader *r, int depth, json_t **out);

static cocreate_status read_elements(reader *r, int depth, json_t *array)
{
    skip_space(r);
    if (accept(r, ']'))
        return COCREATE_OK;
    for (;;) {
        json_t *element = NULL;
        CCI_TRY(read_value(r, depth, &element));
        if (json_array_append_new(array, element) != 0)
            return cci_no_memory(r->error);
        skip_space(r);
        if (accept(r, ']'))
            return COCREATE_OK;
        if (!accept(r, ','))
            return unexpected(r, "',' or ']'");
    }
}

/* "key": value */
static cocreate_status read_member(reader *r, int depth, json_t *object)
{
    skip_space(r);
    if (r->at == r->end || *r->at != '"')
        return unexpected(r, "a quoted key");
    const char *at = r->at;
    json_t *key = NULL, *value = NULL;
    CCI_TRY(read_string(r, &key)); /* a copy: the value may have strings of its own */
    const char *name = json_string_value(key);
    size_t size = json_string_length(key);

    cocreate_status status = COCREATE_OK;
    skip_space(r);
    if (json_object_getn(object, name, size)) {
        char what[80] = "key \"", shown[48];
        strcat(what, cci_quote(name, size, shown, sizeof shown));
        strcat(what, "\" appears twice");
        status = refuse(r, at, COCREATE_ERR_PARSE, what);
    } else if (!accept(r, ':')) {
        status = unexpected(r, "':'");
    } else {
        status = read_value(r, depth, &value);
    }
    if (status == COCREATE_OK && json_object_setn_new_nocheck(object, name, size, value) != 0)
        status = cci_no_memory(r->error);
    json_decref(key);
    return status;
}

static cocreate_status read_members(reader *r, int depth, json_t *object)
{
    skip_space(r);
    if (accept(r, '}'))
        return COCREATE_OK;
    for (;;) {
        CCI_TRY(read_member(r, depth, object));
        skip_space(r);
        if (accept(r, '}'))
            return COCREATE_OK;
        if (!accept(r, ','))
            return unexpected(r, "',' or '}'");
    }
}

static cocreate_status read_container(reader *r, int depth, json_t **out)
{
    int is_object = *r->at == '{';
    if (depth == CCI_JSON_DEPTH)
        return refuse(r, r->at, COCREATE_ERR_PARSE, "nested deeper than 64");
    json_t *container = NULL;
    CCI_TRY(made(r, is_object ? cci_json_new() : json_array(), &container));
    r->at++;
    cocreate_status status = is_object ? read_members(r, depth + 1, container)
                                       : read_elements(r, depth + 1, container);
    if (status != COCREATE_OK) {
        json_decref(container);
        return status;
    }
    *out = container;
    return COCREATE_OK;
}

static cocreate_status read_value(reader *r, int depth, json_t **out)
{
    skip_space(r);
    if (r->at == r->end)
        return unexpected(r, "a value");
    switch (*r->at) {
    case '{':
    case '[':
        return read_container(r, depth, out);
    case '"':
        return read_string(r, out);
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9':
        return read_number(r, out);
    default:
        return read_word(r, out);
    }
}

static cocreate_status read_document(const char *text, size_t size, int canonical, json_t **out,
                                     cocreate_error *error)
{
    assert(text || size == 0);
    if (size == 0)
        text = "";
    reader r = {.start = text, .at = text, .end = text + size, .canonical = canonical, .error = error};
    cci_buffer_init(&r.unescaped, NULL);
    json_t *root = NULL;
    cocreate_status status = read_value(&r, 0, &root);
    skip_space(&r);
    if (status == COCREATE_OK && r.at != r.end)
        status = unexpected(&r, "the end of the text");
    cci_buffer_free(&r.unescaped);
    if (status != COCREATE_OK)
        json_decref(root);
    else
        *out = root;
    return status;
}

cocreate_status cci_json_parse(const char *text, size_t size, json_t **out, cocreate_error *error)
{
    return read_document(text, size, 0, out, error);
}

cocreate_status cci_json_parse_canonical(const char *text, size_t size, json_t **out,
                                         cocreate_error *error)
{
    return read_document(text, size, 1, out, error);
}
