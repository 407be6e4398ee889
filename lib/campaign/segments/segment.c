#include "campaign/segments/segment.h"

#include <stdio.h>

#define VERSION 1

void cci_segment_init(cci_segment *s, const cocreate_allocator *a)
{
    *s = (cci_segment){.allocator = *a};
}

void cci_segment_free(cci_segment *s)
{
    for (size_t i = 0; i < CCI_COLUMNS; i++)
        cci_free(&s->allocator, s->columns[i].items);
}

void cci_segment_clear(cci_segment *s)
{
    for (size_t i = 0; i < CCI_COLUMNS; i++)
        s->columns[i].n = 0;
}

int cci_segment_push(cci_segment *s, cci_column_name column, int64_t value)
{
    cci_column *c = &s->columns[column];
    if (!cci_grow(&s->allocator, (void **)&c->items, &c->capacity, c->n + 1, sizeof *c->items))
        return 0;
    c->items[c->n++] = value;
    return 1;
}

/* ---- encoding ---- */

static uint8_t width_of(uint64_t greatest)
{
    return greatest == 0 ? 0 : greatest <= UINT8_MAX ? 1 : greatest <= UINT16_MAX ? 2
                                                       : greatest <= UINT32_MAX   ? 4
                                                                                  : 8;
}

/* Differences are taken modulo 2^64, where they always fit. */
static void encode_column(const cci_column *c, cci_buffer *out)
{
    int64_t least = c->n > 0 ? c->items[0] : 0, greatest = least;
    for (size_t i = 1; i < c->n; i++) {
        least = c->items[i] < least ? c->items[i] : least;
        greatest = c->items[i] > greatest ? c->items[i] : greatest;
    }
    uint8_t width = width_of((uint64_t)greatest - (uint64_t)least);
    cci_buffer_byte(out, width);
    cci_buffer_le64(out, (uint64_t)least);
    char *to = cci_buffer_reserve(out, c->n * width);
    if (!to)
        return;
    for (size_t i = 0; i < c->n; i++) {
        uint64_t above = (uint64_t)c->items[i] - (uint64_t)least;
        for (unsigned k = 0; k < width; k++)
            *to++ = (char)(uint8_t)(above >> (8 * k) & 0xff);
    }
    out->size += c->n * width;
    *to = '\0';
}

void cci_segment_encode(const cci_segment *s, cci_buffer *out)
{
    cci_buffer_le32(out, VERSION);
    cci_buffer_le32(out, (uint32_t)s->columns[CCI_COLUMN_LENGTH].n);
    cci_buffer_le32(out, (uint32_t)s->columns[CCI_COLUMN_OPTION].n);
    for (size_t i = 0; i < CCI_COLUMNS; i++)
        encode_column(&s->columns[i], out);
}

/* ---- decoding ---- */

static inline uint64_t read_above(const uint8_t *from, unsigned width)
{
    uint64_t above = 0;
    for (unsigned k = 0; k < width; k++)
        above |= (uint64_t)from[k] << (8 * k);
    return above;
}

/* A constant width lets the compiler make one load of it. */
static void read_items(const uint8_t *from, size_t n, unsigned width, uint64_t least, int64_t *to)
{
    switch (width) {
    case 0:
        for (size_t i = 0; i < n; i++)
            to[i] = (int64_t)least;
        break;
    case 1:
        for (size_t i = 0; i < n; i++)
            to[i] = (int64_t)(least + from[i]);
        break;
    case 2:
        for (size_t i = 0; i < n; i++)
            to[i] = (int64_t)(least + read_above(from + 2 * i, 2));
        break;
    case 4:
        for (size_t i = 0; i < n; i++)
            to[i] = (int64_t)(least + read_above(from + 4 * i, 4));
        break;
    default:
        for (size_t i = 0; i < n; i++)
            to[i] = (int64_t)(least + read_above(from + 8 * i, 8));
    }
}

static cocreate_status damaged(cocreate_error *error)
{
    return cci_fail(error, COCREATE_ERR_CORRUPT, "a segment of ballots is damaged");
}

static cocreate_status decode_column(cci_segment *s, cci_column *c, size_t n, cci_cursor *cursor,
                                     cocreate_error *error)
{
    uint8_t width;
    uint64_t least;
    const uint8_t *bytes;
    if (!cci_read_byte(cursor, &width) || width > 8 || (width & (width - 1)) != 0 ||
        !cci_read_le64(cursor, &least) || !cci_read_bytes(cursor, n * width, &bytes))
        return damaged(error);
    if (!cci_grow(&s->allocator, (void **)&c->items, &c->capacity, n, sizeof *c->items))
        return cci_no_memory(error);
    read_items(bytes, n, width, least, c->items);
    c->n = n;
    return COCREATE_OK;
}

/* Lengths that sum up to the marks, counts and weights that are none below. */
static int sound(const cci_segment *s)
{
    const cci_column *length = &s->columns[CCI_COLUMN_LENGTH];
    int64_t left = (int64_t)s->columns[CCI_COLUMN_OPTION].n;
    for (size_t i = 0; i < length->n; i++) {
        if (length->items[i] < 0 || length->items[i] > left ||
            s->columns[CCI_COLUMN_CHANNEL].items[i] < 0 ||
            s->columns[CCI_COLUMN_COUNT].items[i] < 1 ||
            s->columns[CCI_COLUMN_WEIGHT].items[i] < 0)
            return 0;
        left -= length->items[i];
    }
    return left == 0;
}

cocreate_status cci_segment_decode(cci_segment *s, const void *bytes, size_t size,
                                   cocreate_error *error)
{
    const uint8_t *start = bytes;
    cci_cursor cursor = {start, start + size, start};
    uint32_t version, ballots, marks;
    cci_segment_clear(s);
    if (!cci_read_le32(&cursor, &version) || version != VERSION ||
        !cci_read_le32(&cursor, &ballots) || !cci_read_le32(&cursor, &marks) ||
        ballots > CCI_SEGMENT_BALLOTS || marks > CCI_SEGMENT_MARKS + COCREATE_OPTIONS_MAX)
        return damaged(error);
    for (size_t i = 0; i < CCI_COLUMNS; i++)
        CCI_TRY(decode_column(s, &s->columns[i], i < CCI_COLUMN_OPTION ? ballots : marks, &cursor,
                              error));
    return cursor.at == cursor.end && sound(s) ? COCREATE_OK : damaged(error);
}

char *cci_segment_id(const char *round, int64_t number, char out[CCI_SEGMENT_ID_SIZE])
{
    snprintf(out, CCI_SEGMENT_ID_SIZE, "%.128s\n%06lld", round, (long long)number);
    return out;
}

char *cci_distinct_id(const char *round, char out[CCI_SEGMENT_ID_SIZE])
{
    snprintf(out, CCI_SEGMENT_ID_SIZE, "%.128s\ndistinct", round);
    return out;
}
