/* What the PrefLib formats share: header lines and ballot lines.
 *
 *   # NUMBER ALTERNATIVES: 3
 *   # ALTERNATIVE NAME 1: Taking Lives
 *   199: 2,{3,1}
 *
 * Source: "Format Specification" of PrefLib, https://preflib.github.io/PrefLib-Jekyll/format.
 * Other header lines, and lines that begin with # and are none, are passed over. */
#ifndef CCI_FORMATS_PREFLIB_H
#define CCI_FORMATS_PREFLIB_H

#include "formats/format.h"

/* What the orders of a format must be. */
typedef struct cci_preflib_orders {
    const char *name;
    int complete; /* every alternative is ranked */
    int strict;   /* none are tied */
} cci_preflib_orders;

/* A ballot line, as its alternatives in order; groups count from 1. */
typedef struct cci_preflib_ballot {
    int64_t count;
    size_t n;
    uint32_t *options;  /* n_options */
    int64_t *groups;    /* n_options: the item of the list that each stands in, empty ones counted */
    int64_t last_group; /* items in the list */
    uint64_t *seen;     /* n_options: the ballot line that named each last */
} cci_preflib_ballot;

/* What the header of a file says; -1 where it is silent. */
typedef struct cci_preflib_header {
    int64_t alternatives, voters, categories;
    uint64_t voters_line;
    uint8_t *named; /* by alternative: its name was given */
} cci_preflib_header;

/* How a format reads: `take` is called with each ballot line whose count is not 0. */
typedef struct cci_preflib_reader {
    cci_reader *r;
    cci_preflib_header header;
    cci_preflib_ballot ballot;
    uint64_t voters; /* ballots so far */
    const cci_preflib_orders *orders; /* NULL: categories */
    cocreate_status (*take)(struct cci_preflib_reader *p);
} cci_preflib_reader;

cocreate_status cci_preflib_read(cci_preflib_reader *p);
/* Add the first n options of the ballot with these values; failures in the words of the format. */
cocreate_status cci_preflib_add(cci_preflib_reader *p, size_t n, const int64_t *values);

cocreate_status cci_preflib_read_orders(cci_reader *r, const cci_preflib_orders *orders);
cocreate_status cci_preflib_write_orders(const cocreate_profile *profile,
                                         const cci_preflib_orders *orders, cci_buffer *out,
                                         cocreate_error *error);
/* The header lines that say what a profile holds. `unique` names its count of distinct ballots. */
cocreate_status cci_preflib_write_header(const cocreate_profile *profile, const char *name,
                                         const char *unique, int64_t categories, cci_buffer *out,
                                         cocreate_error *error);

#endif
