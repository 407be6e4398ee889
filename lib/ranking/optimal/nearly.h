/* How far options are from beating everyone: what Young's and Dodgson's methods share. */
#ifndef CCI_RANKING_OPTIMAL_NEARLY_H
#define CCI_RANKING_OPTIMAL_NEARLY_H

#include "ranking/condorcet/contest.h"
#include "ranking/optimal/choices.h"

/* Rank of an option that a ballot leaves out and that is not compared. */
#define CCI_RANK_NONE UINT32_MAX

/* A method of this kind. */
typedef struct cci_nearly {
    /* Put the needs of an option into choices: needs, and need[] for them in the order in which
     * slot[option] numbers them; SIZE_MAX for options without a need. */
    void (*needs)(const cci_contest *c, size_t option, cci_choices *out, size_t *slot);
    /* Add the levels of a ballot: rank[o] counts from 0, the same for equal ones. */
    cocreate_status (*levels)(cci_contest *c, size_t option, const uint32_t *rank,
                              const size_t *slot, cci_choices *out, cocreate_error *error);
    int64_t unit; /* costs of one */
    const char *one, *many; /* "ballot is removed" */
} cci_nearly;

/* Solve for every option: score and places, least first. */
cocreate_status cci_nearly_hold(cci_contest *c, const cci_nearly *kind, cocreate_error *error);

#endif
