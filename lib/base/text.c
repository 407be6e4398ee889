/* UTF-8, ids, decimal text. */
#include <string.h>

#include "base/text.h"

size_t cci_utf8_next(const char *s, size_t size, uint32_t *code)
{
    if (size == 0)
        return 0;
    uint8_t lead = (uint8_t)s[0];
    if (lead < 0x80) {
        *code = lead;
        return 1;
    }
    size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || size < length)
        return 0;
    uint32_t c = lead & (0x7fU >> length);
    for (size_t i = 1; i < length; i++) {
        uint8_t next = (uint8_t)s[i];
        if ((next & 0xc0) != 0x80)
            return 0;
        c = c << 6 | (next & 0x3fU);
    }
    int overlong = c < (length == 4 ? 0x10000U : length == 3 ? 0x800U : 0x80U);
    int surrogate = c >= 0xd800 && c <= 0xdfff;
    if (overlong || surrogate || c > 0x10ffff)
        return 0;
    *code = c;
    return length;
}

/* Index of the first byte that does not belong to well-formed UTF-8, or `size`. */
static size_t first_invalid(const char *s, size_t size)
{
    size_t at = 0;
    while (at < size) {
        uint32_t code;
        size_t length = cci_utf8_next(s + at, size - at, &code);
        if (length == 0)
            return at;
        at += length;
    }
    return size;
}

int cci_utf8_valid(const char *s, size_t size)
{
    return first_invalid(s, size) == size;
}

static cocreate_status check(const char *id, size_t size, size_t max, const char *what,
                             cocreate_error *error)
{
    if (size == 0)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "%s is empty", what);
    char shown[48];
    if (size > max)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "%s \"%s\" is %zu bytes long, at most %zu are allowed", what,
                        cci_quote(id, size, shown, sizeof shown), size, max);
    size_t invalid = first_invalid(id, size);
    if (invalid < size)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "%s \"%s\" is not valid UTF-8 at byte %zu",
                        what, cci_quote(id, size, shown, sizeof shown), invalid);
    for (size_t i = 0; i < size; i++) {
        uint8_t byte = (uint8_t)id[i];
        if (byte < 0x20 || byte == 0x7f)
            return cci_fail(error, COCREATE_ERR_ARGUMENT,
                            "%s \"%s\" has the control character U+%04X at byte %zu", what,
                            cci_quote(id, size, shown, sizeof shown), (unsigned)byte, i);
    }
    return COCREATE_OK;
}

cocreate_status cci_id_check_n(const char *id, size_t size, const char *what,
                               cocreate_error *error)
{
    return check(id, size, COCREATE_ID_MAX, what, error);
}

cocreate_status cci_name_check(const char *name, size_t max, const char *what,
                               cocreate_error *error)
{
    if (!name)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "%s is NULL", what);
    return check(name, strlen(name), max, what, error);
}

cocreate_status cci_id_check(const char *id, const char *what, cocreate_error *error)
{
    return cci_name_check(id, COCREATE_ID_MAX, what, error);
}

int cci_parse_i64(const char *s, size_t size, int64_t *out)
{
    int negative = size > 0 && s[0] == '-';
    if (size == (size_t)negative)
        return 0;
    uint64_t limit = (uint64_t)INT64_MAX + (uint64_t)negative;
    uint64_t n = 0;
    for (size_t i = (size_t)negative; i < size; i++) {
        if (s[i] < '0' || s[i] > '9')
            return 0;
        uint64_t digit = (uint64_t)(s[i] - '0');
        if (n > (limit - digit) / 10)
            return 0;
        n = n * 10 + digit;
    }
    /* The magnitude of INT64_MIN is no int64: go one step less far, then one more. */
    *out = negative && n ? -(int64_t)(n - 1) - 1 : (int64_t)n;
    return 1;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

int cci_parse_hex(const char *s, size_t size, uint8_t *out, size_t n)
{
    if (size % 2 || size / 2 != n)
        return 0;
    for (size_t i = 0; i < size; i++)
        if (hex_digit(s[i]) < 0)
            return 0;
    for (size_t i = 0; i < n; i++)
        out[i] = (uint8_t)(hex_digit(s[2 * i]) << 4 | hex_digit(s[2 * i + 1]));
    return 1;
}

void cci_hex(const uint8_t *bytes, size_t n, char *out)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < n; i++) {
        out[2 * i] = digits[bytes[i] >> 4];
        out[2 * i + 1] = digits[bytes[i] & 15];
    }
    out[2 * n] = '\0';
}

/* Neither a control character nor one that breaks lines or reorders what stands around it. */
static int is_printable(uint32_t code)
{
    return code >= 0x20 && (code < 0x7f || code > 0x9f) && (code < 0x2028 || code > 0x202e) &&
           (code < 0x2066 || code > 0x2069) && code != 0x200e && code != 0x200f &&
           code != 0xfeff;
}

const char *cci_plural(int64_t n)
{
    return n == 1 ? "" : "s";
}

const char *cci_quote(const char *s, size_t size, char *out, size_t out_size)
{
    assert(out_size >= 8);
    size_t from = 0, to = 0, cut = 0; /* cut: where "..." would still fit */
    while (from < size) {
        uint32_t code;
        size_t length = cci_utf8_next(s + from, size - from, &code);
        int shown = length && is_printable(code);
        size_t width = shown ? length : 1;
        if (to + width >= out_size) {
            memcpy(out + cut, "...", 4);
            return out;
        }
        if (shown)
            memcpy(out + to, s + from, length);
        else
            out[to] = '?';
        from += length ? length : 1;
        to += width;
        if (to + 4 <= out_size)
            cut = to;
    }
    out[to] = '\0';
    return out;
}
