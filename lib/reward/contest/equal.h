/* Equal parts of an amount. */
#ifndef CCI_REWARD_CONTEST_EQUAL_H
#define CCI_REWARD_CONTEST_EQUAL_H

#include "reward/rule.h"

typedef struct cci_equal {
    int64_t pool;
    int64_t place;   /* of all; 0: none */
    const char *by;  /* what they are: "tied entries" */
    const char *say; /* before the part; or NULL */
} cci_equal;

/* Shares of entries that stand in ascending order of their ids, with a trace each. Where e->trace
 * has steps the traces begin with them. */
cocreate_status cci_equal_pay(cci_evaluation *e, const cci_rule *rule, const cci_equal *what,
                              const cci_entry *const *entries, size_t n, cocreate_error *error);

/* In ascending order of ids. */
void cci_entries_sort(const cci_entry **entries, size_t n);

#endif
