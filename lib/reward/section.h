/* Lists of the result besides its entries: votes, gifts, bids ... A rule reads the list it needs and
 * says where a row stands in what it refuses: $.gifts[3].amount. */
#ifndef CCI_REWARD_SECTION_H
#define CCI_REWARD_SECTION_H

#include "reward/rule.h"

typedef struct cci_section {
    const json_t *rows; /* NULL if there is none */
    size_t n;
    cci_path root, list;
} cci_section;

/* The list called `key`, borrowed. It may be missing only where it is optional; then n is 0. The
 * section must stay where it is while paths of its rows are used. */
cocreate_status cci_section_open(const cci_evaluation *e, const cci_rule *rule, const char *key,
                                 int optional, cci_section *out, cocreate_error *error);

/* Row i, which is an object, and its path. */
cocreate_status cci_section_row(const cci_section *section, size_t i, const json_t **row,
                                cci_path *path, cocreate_error *error);

/* The entry whose id a row gives. COCREATE_ERR_SCHEMA where the result has none of that id. */
cocreate_status cci_row_entry(const cci_evaluation *e, const json_t *row, const char *key,
                              const cci_entry **out, const cci_path *path, cocreate_error *error);

/* Members of rows. Amounts are strings of major units of the scheme's currency. */
cocreate_status cci_row_amount(const cci_evaluation *e, const json_t *row, const char *key,
                               int64_t *minor, const cci_path *path, cocreate_error *error);
/* Less than nothing is fine. */
cocreate_status cci_row_signed_amount(const cci_evaluation *e, const json_t *row, const char *key,
                                      int64_t *minor, const cci_path *path,
                                      cocreate_error *error);
/* An exact number; a missing one has den 0 and is refused unless it is optional. */
cocreate_status cci_row_number(const json_t *row, const char *key, int optional, cci_number *out,
                               const cci_path *path, cocreate_error *error);
/* Microseconds, or a time as text; unknown if it is missing. */
cocreate_status cci_row_time(const json_t *row, const char *key, cci_time *out,
                             const cci_path *path, cocreate_error *error);

#endif
