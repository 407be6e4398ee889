/* Conditions of rules: "rank<=3", "score>=60", "selected", "status=valid", joined by "and". A closed
 * grammar, parsed once; nothing is executed. */
#ifndef CCI_REWARD_WHERE_H
#define CCI_REWARD_WHERE_H

#include "reward/result.h"

/* where     = condition *( " and " condition )
 * condition = "selected" | "status" "=" word | quantity operator number
 * quantity  = "rank" | "score" | "votes" | "points" | "supporters"
 * operator  = "<=" | ">=" | "<" | ">" | "="
 * Spaces may stand around words and operators. */
enum { CCI_WHERE_MAX = 8 };

typedef enum cci_operator { CCI_LE, CCI_GE, CCI_LT, CCI_GT, CCI_EQ } cci_operator;

typedef struct cci_condition {
    enum { CCI_WHERE_METRIC, CCI_WHERE_RANK, CCI_WHERE_SELECTED, CCI_WHERE_STATUS } what;
    cci_metric metric;
    cci_operator relation;
    cci_number value;
    const char *word;
} cci_condition;

typedef struct cci_where {
    cci_condition conditions[CCI_WHERE_MAX];
    size_t n;
    const char *text; /* as written */
    unsigned needs;   /* CCI_NEED_* */
} cci_where;

cocreate_status cci_where_parse(cci_arena *arena, const char *text, cci_where *out,
                                const cci_path *path, cocreate_error *error);

/* Does an entry at a place meet every condition? A missing number meets none. */
int cci_where_holds(const cci_where *where, const cci_entry *entry, int64_t place);

#endif
