/* Tables of prizes that follow from a purse: generators, published tables, based-on purses. */
#ifndef CCI_REWARD_CONTEST_TABLES_H
#define CCI_REWARD_CONTEST_TABLES_H

#include "reward/rule.h"

/* "480 based on 32": the purse follows the number of entries. */
typedef struct cci_based_on {
    int64_t entries;          /* 0: it does not */
    int64_t most;             /* the purse never exceeds it */
    int64_t guaranteed_above; /* a purse above it ... */
    cci_number guaranteed;    /* ... falls to this part at most */
} cci_based_on;

/* Shares of a purse by largest remainder, an equal claim to the better place. */
cocreate_status cci_table_split(cci_evaluation *e, int64_t purse, const int64_t *weights, size_t n,
                                int64_t *of, cocreate_error *error);

/* "table" of a rule, for a purse: *of is of the scheme's arena. *digital_run: the table of the
 * most places that it has, which fewer entries replace. */
cocreate_status cci_table_parse(cocreate_scheme *scheme, const json_t *table, int64_t purse,
                                int64_t **of, size_t *n, int *digital_run, const cci_path *path,
                                cocreate_error *error);

/* Percents of a purse for `passing` submissions (Topcoder Digital Run, 2008v2); five at most. */
const int64_t *cci_table_digital_run(size_t passing, size_t *n);

cocreate_status cci_based_on_parse(cocreate_scheme *scheme, const json_t *json, int64_t purse,
                                   cci_based_on *out, const cci_path *path,
                                   cocreate_error *error);

/* The purse for `entries` entries, with the steps of the trace that say so. */
cocreate_status cci_based_on_purse(cci_evaluation *e, const cci_based_on *b, int64_t purse,
                                   int64_t entries, int64_t *out, cocreate_error *error);

#endif
