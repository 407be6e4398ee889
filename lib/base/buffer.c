/* Bytes that grow, and the texts they become. */
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/checked.h"
#include "base/memory.h"
#include "base/text.h"

struct cocreate_text {
    cocreate_allocator allocator;
    size_t size;
    char *data;
};

const char *cocreate_text_data(const cocreate_text *text)
{
    assert(text);
    return text->data;
}

size_t cocreate_text_size(const cocreate_text *text)
{
    assert(text);
    return text->size;
}

void cocreate_text_free(cocreate_text *text)
{
    if (!text)
        return;
    cocreate_allocator allocator = text->allocator;
    cci_free(&allocator, text->data);
    cci_free(&allocator, text);
}

void cci_buffer_init(cci_buffer *b, const cocreate_allocator *a)
{
    *b = (cci_buffer){.allocator = cci_allocator(a)};
}

void cci_buffer_free(cci_buffer *b)
{
    cci_free(&b->allocator, b->data);
    b->data = NULL;
    b->size = b->capacity = 0;
    b->failed = 0;
}

void cci_buffer_clear(cci_buffer *b)
{
    b->size = 0;
    b->failed = 0;
    if (b->data)
        b->data[0] = '\0';
}

char *cci_buffer_reserve(cci_buffer *b, size_t size)
{
    size_t need;
    if (!b->failed && (!cci_add_size(b->size, size, &need) || !cci_add_size(need, 1, &need)))
        b->failed = 1;
    void *data = b->data;
    if (!b->failed && !cci_grow(&b->allocator, &data, &b->capacity, need, 1))
        b->failed = 1;
    if (b->failed)
        return NULL;
    b->data = data;
    return b->data + b->size;
}

void cci_buffer_cut(cci_buffer *b, size_t size)
{
    assert(size <= b->size);
    b->size = size;
    if (b->data)
        b->data[size] = '\0';
}

void cci_buffer_add(cci_buffer *b, const void *bytes, size_t size)
{
    char *at = cci_buffer_reserve(b, size);
    if (!at)
        return;
    if (size)
        memcpy(at, bytes, size);
    b->size += size;
    b->data[b->size] = '\0';
}

void cci_buffer_byte(cci_buffer *b, uint8_t byte)
{
    cci_buffer_add(b, &byte, 1);
}

void cci_buffer_text(cci_buffer *b, const char *text)
{
    cci_buffer_add(b, text, strlen(text));
}

void cci_buffer_i64(cci_buffer *b, int64_t n)
{
    if (n < 0)
        cci_buffer_byte(b, '-');
    /* Unsigned negation also has the one value whose magnitude int64 does not hold. */
    cci_buffer_u64(b, n < 0 ? 0 - (uint64_t)n : (uint64_t)n);
}

void cci_buffer_u64(cci_buffer *b, uint64_t n)
{
    char digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + n % 10);
        n /= 10;
    } while (n);
    cci_buffer_add(b, digits + at, sizeof digits - at);
}

void cci_buffer_hex(cci_buffer *b, const uint8_t *bytes, size_t size)
{
    size_t digits;
    if (!cci_mul_size(size, 2, &digits))
        b->failed = 1;
    char *at = b->failed ? NULL : cci_buffer_reserve(b, digits);
    if (!at)
        return;
    cci_hex(bytes, size, at);
    b->size += digits;
}

void cci_buffer_vformat(cci_buffer *b, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    if (length < 0)
        b->failed = 1;
    char *at = b->failed ? NULL : cci_buffer_reserve(b, (size_t)length);
    if (at) {
        vsnprintf(at, (size_t)length + 1, format, again);
        b->size += (size_t)length;
    }
    va_end(again);
}

void cci_buffer_format(cci_buffer *b, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    cci_buffer_vformat(b, format, arguments);
    va_end(arguments);
}

void cci_buffer_le32(cci_buffer *b, uint32_t n)
{
    uint8_t bytes[4];
    for (unsigned i = 0; i < 4; i++)
        bytes[i] = (uint8_t)(n >> (8 * i));
    cci_buffer_add(b, bytes, sizeof bytes);
}

void cci_buffer_le64(cci_buffer *b, uint64_t n)
{
    uint8_t bytes[8];
    for (unsigned i = 0; i < 8; i++)
        bytes[i] = (uint8_t)(n >> (8 * i));
    cci_buffer_add(b, bytes, sizeof bytes);
}

void cci_buffer_varint(cci_buffer *b, uint64_t n)
{
    uint8_t bytes[10];
    size_t size = 0;
    while (n >= 0x80) {
        bytes[size++] = (uint8_t)(n | 0x80);
        n >>= 7;
    }
    bytes[size++] = (uint8_t)n;
    cci_buffer_add(b, bytes, size);
}

cocreate_status cci_buffer_finish(cci_buffer *b, cocreate_text **out, cocreate_error *error)
{
    cci_buffer_add(b, "", 0); /* so that an empty text has its NUL too */
    if (b->failed)
        return cci_no_memory(error);
    cocreate_text *text = cci_alloc(&b->allocator, 1, sizeof *text);
    if (!text)
        return cci_no_memory(error);
    text->allocator = b->allocator;
    text->size = b->size;
    text->data = b->data;
    b->data = NULL;
    b->size = b->capacity = 0;
    *out = text;
    return COCREATE_OK;
}
