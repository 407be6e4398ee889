/* BLT: ballots for the single transferable vote. Reading is in blt.c and blt_names.c, writing in
 * blt_write.c.
 *
 *   4 2               candidates, seats
 *   -2                withdrawn
 *   3 1 3=4 0         three ballots: 1, then 3 and 4 tied; 0 ends a ballot
 *   0                 and this one the ballots
 *   "Adam" ...        the names, then a title
 *
 * Source: Hill, Wichmann & Woodall, Algorithm 123: Single Transferable Vote by Meek's Method, The
 * Computer Journal 30 (1987). What others added: equal and skipped ranks, comments and ballot ids
 * (OpenSTV, OpaVote); lists in brackets (Droop); ties in parentheses (Hill); commas where a table
 * was saved as text. */
#ifndef CCI_FORMATS_BLT_H
#define CCI_FORMATS_BLT_H

#include "base/table.h"
#include "formats/format.h"

/* A word of the file, or one of the signs = ( ) [ ]. */
typedef struct cci_blt_token {
    const char *s;
    size_t size; /* 0: the file has ended */
} cci_blt_token;

typedef struct cci_blt_reader {
    cci_reader *r;
    uint64_t next_line; /* the one that r->at stands on */
    cci_blt_token token;
    size_t n_options;
    /* Nicknames, by candidate; NULL where the file has none. */
    cci_blt_token *nicks;
    cci_table nick_table;
    /* The present ballot. */
    uint32_t *options;
    int64_t *ranks;
    size_t n;
    uint64_t *seen; /* by candidate: the ballot that named it last, from 1 */
} cci_blt_reader;

static inline int cci_blt_is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ',';
}

/* The names behind the last ballot. */
cocreate_status cci_blt_read_names(cci_blt_reader *b);

cocreate_status cci_blt_write(const cocreate_profile *profile, cci_buffer *out,
                              cocreate_error *error);

#endif
