/* What may not be bought together: sets of options of which only so many, or only for so much, can
 * be bought. Projects that exclude each other are a set with count 1; a category with money of its
 * own is a set with a cost. */
#ifndef CCI_RANKING_BUDGET_LIMITS_H
#define CCI_RANKING_BUDGET_LIMITS_H

#include "ranking/method.h"

typedef struct cci_limit {
    int64_t count, cost;           /* the most; INT64_MAX where there is no such limit */
    int64_t count_left, cost_left;
} cci_limit;

typedef struct cci_limits {
    cocreate_allocator allocator;
    cci_limit *limits;
    size_t count;
    size_t *first; /* candidate c is in the sets limit[first[c]] .. limit[first[c + 1] - 1] */
    uint32_t *limit;
} cci_limits;

/* From the JSON of the option: [{"options": [id, ..], "count": 1}, {"options": [..], "cost":
 * "5000.00"}]; NULL is no limits. COCREATE_ERR_SCHEMA with the path for anything else. On failure
 * nothing is left to free; freeing a zeroed struct is a no-op. */
cocreate_status cci_limits_open(cci_limits *l, const cci_run *run, const json_t *json,
                                cocreate_error *error);
void cci_limits_close(cci_limits *l);
/* Nothing bought. */
void cci_limits_reset(cci_limits *l);
/* May a candidate of this cost be bought beside what is? */
int cci_limits_allow(const cci_limits *l, uint32_t candidate, int64_t cost);
/* It is bought; with back, it is given back. */
void cci_limits_take(cci_limits *l, uint32_t candidate, int64_t cost, int back);

#define CCI_LIMITS_OPTION \
    {"limits", CCI_OPTION_JSON, NULL, 0, 0, 0, \
     "sets of options of which only so many (count) or only for so much (cost) may be bought: " \
     "[{\"options\": [\"a\", \"b\"], \"count\": 1}]"}

#endif
