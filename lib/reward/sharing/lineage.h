/* Which entries derive from which, as the list "lineage" says. */
#ifndef CCI_REWARD_SHARING_LINEAGE_H
#define CCI_REWARD_SHARING_LINEAGE_H

#include "reward/sharing/share.h"

typedef struct cci_descent {
    size_t child, parent; /* places among the entries of the result */
    cci_number portion;   /* of what the child passes on; missing where none of its edges has one */
    cci_number rate;      /* what the parent takes; 0 if missing */
    int own;              /* child and parent have the same owner */
    size_t index;
} cci_descent;

typedef struct cci_lineage {
    cci_descent *edges; /* by child, then parent */
    size_t n_edges;
    size_t *first; /* of each entry among the edges, and the end; n + 1 */
    size_t *order; /* all entries, children before their parents */
    size_t n;
} cci_lineage;

/* Read "lineage". COCREATE_ERR_SCHEMA for entries that do not exist, edges given twice and circles,
 * which are named. O(E log E + V). */
cocreate_status cci_lineage_read(cci_evaluation *e, const cci_rule *rule, cci_lineage *out,
                                 cocreate_error *error);

#endif
