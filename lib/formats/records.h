/* Records of delimited text with quotes: RFC 4180, with the delimiter given. */
#ifndef CCI_FORMATS_RECORDS_H
#define CCI_FORMATS_RECORDS_H

#include "formats/format.h"

typedef struct cci_field {
    const char *s; /* into the input, or into `unescaped` */
    size_t size;
    int escaped; /* holds doubled quotes, while the record is being read */
} cci_field;

typedef struct cci_records {
    cci_reader *r;
    cocreate_allocator allocator;
    char delimiter;
    uint64_t next_line;
    cci_field *fields; /* of the present record; good until the next */
    size_t n, capacity;
    char *unescaped;
    size_t unescaped_capacity;
} cci_records;

void cci_records_open(cci_records *records, cci_reader *r, char delimiter);
void cci_records_close(cci_records *records);
/* The next record; *more = 0 at the end. Blank lines are none. r->line is its first line. */
cocreate_status cci_records_next(cci_records *records, int *more);
/* Append a field, quoted where it needs to be. */
void cci_records_write(cci_buffer *out, const char *s, char delimiter);

#endif
