/* Ballots grouped by what a Meek or Warren count can tell apart: the elected that a ballot ranks
 * one after the other, up to the first hopeful. A pass over all votes costs one step a group, and
 * papers move only when somebody is elected or eliminated. */
#ifndef CCI_RANKING_STV_TREE_H
#define CCI_RANKING_STV_TREE_H

#include "ranking/stv/count.h"

#define CCI_NO_NODE UINT32_MAX

/* Most groups of ballots. */
#define CCI_NODES_MAX 4194304

/* Papers that have passed the same elected. A node of a hopeful is a leaf and holds its papers. */
typedef struct cci_node {
    uint32_t parent;
    uint32_t candidate;      /* CCI_NO_PAPER at the root */
    uint32_t child, sibling; /* or CCI_NO_NODE */
    cci_bundle papers;       /* the count also counts those that went on to children */
} cci_node;

/* What a pass reads of a node. */
typedef struct cci_step {
    uint32_t parent, candidate;
    uint64_t papers; /* in units of 1 / tree->shares */
    uint64_t spent;  /* of them, those that go no further */
} cci_step;

typedef struct cci_tree {
    cci_count *count;
    cci_node *nodes; /* parents before children */
    size_t size, room;
    uint8_t *open;   /* options that papers may go to */
    uint32_t *where; /* child of a parent, by option */
    struct cci_task *tasks; /* bundles that wait to be placed */
    size_t task_count, task_room;
    cci_step *steps; /* one a node, after cci_stv_tree_settle() */
    size_t step_room;
    int64_t shares;  /* common denominator of all counts of papers */
} cci_tree;

/* All papers go to their first hopeful. Free also after a failed init. */
cocreate_status cci_stv_tree_init(cci_tree *t, cci_count *c, cci_bundle *all,
                                  cocreate_error *error);
void cci_stv_tree_free(cci_tree *t);
/* The candidate was elected: its papers go on, in part, to those ranked next. */
cocreate_status cci_stv_tree_elect(cci_tree *t, uint32_t candidate, cocreate_error *error);
/* The candidate was eliminated: its papers are those of the next, as if it had never stood. */
cocreate_status cci_stv_tree_eliminate(cci_tree *t, uint32_t candidate, cocreate_error *error);
/* Make the steps. COCREATE_ERR_LIMIT where shares of equal ranks have no common denominator that
 * fits. */
cocreate_status cci_stv_tree_settle(cci_tree *t, cocreate_error *error);

#endif
