/* Pabulib .pb: participatory budgeting. Reading is in pb.c and pb_votes.c, writing in pb_write.c.
 *
 *   META          PROJECTS                       VOTES
 *   key;value     project_id;cost;...;name;...   voter_id;...;vote;points;...
 *
 * Source: Faliszewski et al., Participatory Budgeting: Data, Tools, and Analysis, IJCAI 2023, and
 * the format description at https://pabulib.org/format. Columns and keys that are not named here are
 * passed over. */
#ifndef CCI_FORMATS_PB_H
#define CCI_FORMATS_PB_H

#include "formats/records.h"

/* An amount as the file has it: digits and how many of them are decimals. */
typedef struct cci_pb_amount {
    int64_t digits;
    int32_t decimals;
} cci_pb_amount;

typedef struct cci_pb_vote_type {
    const char *name;
    int32_t kind;
    int has_points;
    int single; /* at most one project */
    int repeats; /* a project may stand on a ballot again; its points add up */
} cci_pb_vote_type;

typedef struct cci_pb_reader {
    cci_reader *r;
    cci_records records;
    /* META */
    const cci_pb_vote_type *type;
    cci_pb_amount budget; /* digits -1: none */
    int64_t num_projects, num_votes;
    int64_t max_length, max_sum_points; /* of a ballot; INT64_MAX: not said, as below */
    int64_t min_points, max_points;     /* of a project */
    cci_pb_amount max_sum_cost;         /* digits -1: not said */
    int64_t max_cost;                   /* the same in units of 10^-exponent */
    uint64_t budget_line, num_projects_line, num_votes_line;
    int by_index; /* ids are ordered by their place in the file */
    /* PROJECTS */
    int32_t exponent; /* most decimals of any amount */
    /* VOTES */
    size_t vote_column, points_column;
    uint32_t *options; /* of the present ballot */
    int64_t *values;
    uint32_t *place;   /* by option: its place on the present ballot, from 1; 0: not on it */
} cci_pb_reader;

/* The key that keeps the order of ids, which Pabulib itself leaves open. */
#define CCI_PB_ID_ORDER "cocreate_id_order"

/* The line of a section: its name alone, in any case. */
int cci_pb_is_section(const cci_records *records, const char *name);
/* The column with this title in the present record; SIZE_MAX if there is none. */
size_t cci_pb_column(const cci_records *records, const char *title);
/* Field `column` of the present record without blanks around; empty where the record is shorter. */
cci_field cci_pb_field(const cci_records *records, size_t column);
/* Read the votes, behind the line "VOTES". */
cocreate_status cci_pb_read_votes(cci_pb_reader *pb);

cocreate_status cci_pb_write(const cocreate_profile *profile, cci_buffer *out,
                             cocreate_error *error);

#endif
