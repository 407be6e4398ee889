/* Cast vote records as CSV: a row for each ballot, a column for each rank, a name in each cell, as
 * RCTab and the makers of voting machines export them. The head and the rules are in cvr.c, ballots
 * in cvr_ballots.c, writing in cvr_write.c.
 *
 *   Record Id,Rank 1,Rank 2,Rank 3
 *   1,Ann,overvote,Bo
 *   2,Bo,undervote,Ann
 *
 * Such a file leaves open what an overvote, a skipped rank and a repeated name mean; reading rules
 * say it. They follow RCTab (https://github.com/BrightSpots/rcv), rank by rank: first the skipped
 * ranks before it, then names seen before, then an overvote. */
#ifndef CCI_FORMATS_CVR_H
#define CCI_FORMATS_CVR_H

#include "base/table.h"
#include "formats/records.h"
#include "formats/rules.h"

typedef enum cci_cvr_action { CVR_REFUSE, CVR_EXHAUST, CVR_SKIP, CVR_TIE } cci_cvr_action;

typedef struct cci_cvr_reader {
    cci_reader *r;
    cci_records records;
    /* Rules. */
    int overvote, duplicate; /* a cci_cvr_action */
    int64_t max_skipped;     /* ranks in a row; INT64_MAX: any number */
    int64_t max_ranks, first_rank;
    const char *contest, *delimiter, *blank;
    int declared; /* the rules name the candidates */
    /* Columns by rank, and of the count (SIZE_MAX: none). */
    size_t *columns;
    size_t n_columns, columns_capacity, count_column, width;
    /* Candidates as they come. */
    char **names;
    size_t n, names_capacity;
    cci_table table;
    /* The present ballot. */
    uint32_t *options;
    int64_t *ranks;
    size_t n_ranked;
    uint64_t *seen; /* by candidate: the ballot that named it last, from 1 */
} cci_cvr_reader;

/* A row: in the first pass names are collected, in the second ballots are added. */
cocreate_status cci_cvr_collect(cci_cvr_reader *c);
cocreate_status cci_cvr_add(cci_cvr_reader *c);

/* Index of a name; a new one is put at the end. */
cocreate_status cci_cvr_name(cci_cvr_reader *c, const char *s, size_t size, uint32_t *out);
/* Is the cell one of the labels of a rule, or a standard one where the rule is not given? ASCII
 * letters count alike in both cases. */
int cci_cvr_is_label(const cci_cvr_reader *c, const char *rule, const char *s, size_t size);

cocreate_status cci_cvr_write(const cocreate_profile *profile, cci_buffer *out,
                              cocreate_error *error);

#endif
