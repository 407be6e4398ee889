/* What a format is to the registry, and what readers share.
 *
 * A format is one file with one cci_format in it, and one line in registry.c. */
#ifndef CCI_FORMATS_FORMAT_H
#define CCI_FORMATS_FORMAT_H

#include <inttypes.h>
#include <jansson.h>
#include <string.h>

#include "base/memory.h"
#include "cocreate/formats.h"
#include "profile/ballots.h"

/* Bytes in, a profile out. */
typedef struct cci_reader {
    const cocreate_allocator *allocator; /* as given: may be NULL */
    const char *format;                  /* its name, for messages */
    const char *at, *end;                /* what is still to read */
    const char *start;
    size_t size;
    uint64_t line; /* the one read last, from 1 */
    int32_t kind;  /* wanted; 0: any */
    cocreate_read_limits limits;
    json_t *rules;     /* NULL: none */
    int counts_ignored; /* the file may be wrong about how much it holds */
    int bounds_ignored; /* and ballots may go beyond what it allows */
    const cocreate_progress *progress;
    const char *reported; /* where progress was last told */
    uint64_t ballot_lines;
    cocreate_profile *profile; /* freed by the caller, whatever happens */
    cci_stage *stage;          /* closed by the caller too */
    cocreate_error *error;
} cci_reader;

typedef struct cci_format {
    const char *name, *title, *source;
    const char *const *rules; /* it knows; NULL-terminated */
    /* Leaves the profile in r->profile. */
    cocreate_status (*read)(cci_reader *r);
    /* May be NULL. The profile is sorted. */
    cocreate_status (*write)(const cocreate_profile *profile, cci_buffer *out,
                             cocreate_error *error);
} cci_format;

/* Failure at the present line. */
#define cci_reader_fail(r, status, ...) \
    cci_fail_at((r)->error, (status), (r)->line, __VA_ARGS__)

/* The next line without its end (\n or \r\n); 0 at the end of the input. */
static inline int cci_reader_line(cci_reader *r, const char **line, size_t *size)
{
    if (r->at == r->end)
        return 0;
    const char *start = r->at, *stop = memchr(start, '\n', (size_t)(r->end - start));
    r->at = stop ? stop + 1 : r->end;
    if (!stop)
        stop = r->end;
    if (stop > start && stop[-1] == '\r')
        stop--;
    r->line++;
    *line = start;
    *size = (size_t)(stop - start);
    return 1;
}

/* Make r->profile, unless the kind is not the one wanted or there are too many options. */
cocreate_status cci_reader_new_profile(cci_reader *r, int32_t kind, uint64_t n_options,
                                       const char *what);
/* Add a ballot; what is wrong with it is told with the line. */
cocreate_status cci_reader_add(cci_reader *r, const uint32_t *options, const int64_t *values,
                               size_t n, int64_t count, int64_t weight);
/* To be called for each line with a ballot: limits and progress. */
cocreate_status cci_reader_count_ballot(cci_reader *r);
/* Set id and name of an option; either may be NULL. */
cocreate_status cci_reader_set_option(cci_reader *r, size_t index, const char *id, size_t id_size,
                                      const char *name, size_t name_size, int64_t cost);

/* Set the name of an option and leave the rest as it is. */
cocreate_status cci_reader_rename(cci_reader *r, size_t index, const char *name, size_t size);

/* The option stays on ballots, but never ranks or wins. */
cocreate_status cci_reader_withdraw(cci_reader *r, size_t index);

/* The file says that it holds `stated` of something and holds `found`: a failure at the present line,
 * unless the rule "counts" says to ignore it. */
cocreate_status cci_reader_miscounted(cci_reader *r, const char *key, int64_t stated,
                                      const char *what, uint64_t found);

/* Unsigned decimal, digits only. 0 when it is not one or exceeds INT64_MAX. */
int cci_parse_number(const char *s, size_t size, int64_t *out);
/* Cut blanks (space and tab) at both ends. */
void cci_trim(const char **s, size_t *size);
static inline int cci_equals(const char *s, size_t size, const char *text)
{
    return strlen(text) == size && memcmp(s, text, size) == 0;
}

/* Show what stands in a file: quoted, made printable, cut. */
#define CCI_SHOWN 64
const char *cci_shown(const char *s, size_t size, char out[CCI_SHOWN]);

/* --- writing --- */

/* What a format can say beyond ballots; the rest is refused, never dropped in silence. */
enum {
    CCI_SAYS_IDS = 1,   /* else the ids are the numbers from 1 */
    CCI_SAYS_NAMES = 2, /* else the names are the ids */
    CCI_SAYS_COSTS = 4, /* and the budget */
    CCI_SAYS_WEIGHTS = 8,
    CCI_SAYS_LEXICAL = 16,
    CCI_SAYS_WITHDRAWN = 32,
    CCI_SAYS_SEATS = 64
};
cocreate_status cci_writer_check(const cocreate_profile *p, const char *format, unsigned says,
                                 cocreate_error *error);

/* One ballot at a time, in canonical order. */
typedef struct cci_ballots {
    const cocreate_profile *profile;
    size_t next, distinct;
    uint32_t *options; /* of the present ballot */
    int64_t *values;
    size_t n;
    int64_t count, weight;
} cci_ballots;
cocreate_status cci_ballots_open(cci_ballots *b, const cocreate_profile *p,
                                 cocreate_error *error);
/* 0 behind the last one. */
int cci_ballots_next(cci_ballots *b);
void cci_ballots_close(cci_ballots *b);

/* --- rules --- */
extern const char *const cci_rules_none[];
extern const char *const cci_rules_counts[]; /* "counts" */
extern const char *const cci_rules_bounds[]; /* "counts" and "bounds" */

/* --- the list --- */
extern const cci_format cci_format_soc, cci_format_soi, cci_format_toc, cci_format_toi,
    cci_format_cat, cci_format_pb, cci_format_csv, cci_format_blt,
    cci_format_abif, cci_format_cvr;

#endif
