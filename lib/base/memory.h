/* Allocation through a cocreate_allocator, and bytes that grow. */
#ifndef CCI_BASE_MEMORY_H
#define CCI_BASE_MEMORY_H

#include <stdarg.h>

#include "base/fail.h"

/* A usable allocator for what a caller gave: a copy, or malloc and friends. */
cocreate_allocator cci_allocator(const cocreate_allocator *given);

/* Is the allocator NULL or complete? Constructors refuse anything else. */
cocreate_status cci_allocator_check(const cocreate_allocator *given, cocreate_error *error);

/* Zeroed memory for count * size bytes; NULL on failure or overflow. 0 bytes give a valid block. */
void *cci_alloc(const cocreate_allocator *a, size_t count, size_t size);
/* Resize; contents beyond the old size are not zeroed. NULL leaves the old block. */
void *cci_realloc(const cocreate_allocator *a, void *block, size_t count, size_t size);
/* NULL is fine. */
void cci_free(const cocreate_allocator *a, void *block);
/* A NUL-terminated copy of `size` bytes. */
char *cci_strndup(const cocreate_allocator *a, const char *s, size_t size);

/* Make room for `need` items in a growing array: *items and *capacity change together, and only on
 * success. Returns 0 when memory is short. */
int cci_grow(const cocreate_allocator *a, void **items, size_t *capacity, size_t need,
             size_t item_size);

/* Bytes that grow. A failed append sticks in `failed`, so that writers check once at the end. */
typedef struct cci_buffer {
    cocreate_allocator allocator;
    char *data; /* NUL-terminated once anything was appended */
    size_t size;
    size_t capacity;
    int failed;
} cci_buffer;

void cci_buffer_init(cci_buffer *b, const cocreate_allocator *a);
void cci_buffer_free(cci_buffer *b);
void cci_buffer_clear(cci_buffer *b); /* size 0 and not failed; keeps its memory */
/* Where `size` bytes and a NUL may be written, for writers that then raise b->size themselves;
 * NULL if that failed. */
char *cci_buffer_reserve(cci_buffer *b, size_t size);
/* Back to an earlier size: what was appended since is undone. */
void cci_buffer_cut(cci_buffer *b, size_t size);
void cci_buffer_add(cci_buffer *b, const void *bytes, size_t size);
void cci_buffer_byte(cci_buffer *b, uint8_t byte);
void cci_buffer_text(cci_buffer *b, const char *text);
void cci_buffer_i64(cci_buffer *b, int64_t n); /* decimal */
void cci_buffer_u64(cci_buffer *b, uint64_t n);
void cci_buffer_hex(cci_buffer *b, const uint8_t *bytes, size_t size);
/* printf for what has no floating point: %s %d %zu PRI macros. Locale-free. */
void cci_buffer_format(cci_buffer *b, const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 2, 3)))
#endif
    ;
void cci_buffer_vformat(cci_buffer *b, const char *format, va_list arguments);
/* Little-endian integers, for encodings. */
void cci_buffer_le32(cci_buffer *b, uint32_t n);
void cci_buffer_le64(cci_buffer *b, uint64_t n);
/* Unsigned LEB128. */
void cci_buffer_varint(cci_buffer *b, uint64_t n);

/* Hand the bytes over as a text and leave the buffer empty. COCREATE_ERR_MEMORY if it failed: the
 * buffer then still owns its bytes. */
cocreate_status cci_buffer_finish(cci_buffer *b, cocreate_text **out, cocreate_error *error);

/* Reading encodings: a cursor that never runs past its end. Each returns 0 at the end of bytes. */
typedef struct cci_cursor {
    const uint8_t *at, *end, *start;
} cci_cursor;

int cci_read_byte(cci_cursor *c, uint8_t *out);
int cci_read_le32(cci_cursor *c, uint32_t *out);
int cci_read_le64(cci_cursor *c, uint64_t *out);
int cci_read_varint(cci_cursor *c, uint64_t *out); /* canonical: no padding bytes */
int cci_read_bytes(cci_cursor *c, size_t size, const uint8_t **out);

#endif
