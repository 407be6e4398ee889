#include "formats/records.h"

void cci_records_open(cci_records *records, cci_reader *r, char delimiter)
{
    *records = (cci_records){.r = r, .allocator = cci_allocator(r->allocator),
                             .delimiter = delimiter, .next_line = r->line + 1};
}

void cci_records_close(cci_records *records)
{
    cci_free(&records->allocator, records->fields);
    cci_free(&records->allocator, records->unescaped);
}

/* A field that begins with a quote; r->at stands on the quote and ends behind the closing one. */
static cocreate_status read_quoted(cci_records *records, cci_field *field)
{
    cci_reader *r = records->r;
    const char *start = r->at + 1, *s = start;
    for (;;) {
        const char *quote = memchr(s, '"', (size_t)(r->end - s));
        if (!quote)
            return cci_reader_fail(r, COCREATE_ERR_PARSE, "a quoted field does not end");
        if (quote + 1 == r->end || quote[1] != '"') {
            field->s = start;
            field->size = (size_t)(quote - start);
            r->at = quote + 1;
            break;
        }
        field->escaped = 1;
        s = quote + 2;
    }
    for (s = start; (s = memchr(s, '\n', (size_t)(r->at - s))) != NULL; s++)
        records->next_line++;
    return COCREATE_OK;
}

static void read_plain(cci_records *records, cci_field *field)
{
    cci_reader *r = records->r;
    const char *s = r->at;
    while (s < r->end && *s != records->delimiter && *s != '\n')
        s++;
    int windows = (s == r->end || *s == '\n') && s > r->at && s[-1] == '\r';
    field->s = r->at;
    field->size = (size_t)(s - r->at) - (windows ? 1 : 0);
    r->at = s;
}

/* Behind a field: is there another one in the record? */
static cocreate_status read_separator(cci_records *records, int *another)
{
    cci_reader *r = records->r;
    *another = 0;
    if (r->at < r->end && *r->at == records->delimiter) {
        r->at++;
        *another = 1;
        return COCREATE_OK;
    }
    if (r->at < r->end && *r->at == '\r')
        r->at++;
    if (r->at == r->end)
        return COCREATE_OK;
    if (*r->at != '\n')
        return cci_reader_fail(r, COCREATE_ERR_PARSE, "expected '%c' after the closing quote",
                               records->delimiter);
    r->at++;
    records->next_line++;
    return COCREATE_OK;
}

/* Make single quotes of doubled ones, in memory of our own. */
static cocreate_status unescape(cci_records *records)
{
    size_t need = 0;
    for (size_t i = 0; i < records->n; i++)
        need += records->fields[i].escaped ? records->fields[i].size : 0;
    if (need == 0)
        return COCREATE_OK;
    if (!cci_grow(&records->allocator, (void **)&records->unescaped,
                  &records->unescaped_capacity, need, 1))
        return cci_no_memory(records->r->error);
    char *to = records->unescaped;
    for (size_t i = 0; i < records->n; i++) {
        cci_field *field = &records->fields[i];
        if (!field->escaped)
            continue;
        const char *from = field->s, *end = from + field->size;
        field->s = to;
        while (from < end) {
            from += *from == '"';
            *to++ = *from++;
        }
        field->size = (size_t)(to - field->s);
    }
    return COCREATE_OK;
}

static cocreate_status read_record(cci_records *records)
{
    cci_reader *r = records->r;
    int another = 1;
    records->n = 0;
    r->line = records->next_line;
    while (another) {
        if (!cci_grow(&records->allocator, (void **)&records->fields, &records->capacity,
                      records->n + 1, sizeof *records->fields))
            return cci_no_memory(r->error);
        cci_field *field = &records->fields[records->n++];
        *field = (cci_field){r->at, 0, 0};
        if (r->at < r->end && *r->at == '"')
            CCI_TRY(read_quoted(records, field));
        else
            read_plain(records, field);
        CCI_TRY(read_separator(records, &another));
    }
    return unescape(records);
}

cocreate_status cci_records_next(cci_records *records, int *more)
{
    cci_reader *r = records->r;
    do {
        *more = r->at < r->end;
        if (!*more)
            return COCREATE_OK;
        CCI_TRY(read_record(records));
    } while (records->n == 1 && records->fields[0].size == 0);
    return COCREATE_OK;
}

void cci_records_write(cci_buffer *out, const char *s, char delimiter)
{
    const char special[] = {'"', '\r', '\n', delimiter, '\0'};
    if (*s != '\0' && !strpbrk(s, special)) {
        cci_buffer_text(out, s);
        return;
    }
    cci_buffer_byte(out, '"');
    for (; *s != '\0'; s++) {
        if (*s == '"')
            cci_buffer_byte(out, '"');
        cci_buffer_byte(out, (uint8_t)*s);
    }
    cci_buffer_byte(out, '"');
}
