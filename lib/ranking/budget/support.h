/* Who supports what, and how much: the ballots by candidate. */
#ifndef CCI_RANKING_BUDGET_SUPPORT_H
#define CCI_RANKING_BUDGET_SUPPORT_H

#include "ranking/method.h"

/* What a voter gets from a project is what the ballot gives it times a factor of the project. */
typedef enum cci_satisfaction {
    CCI_SATISFACTION_COST,        /* the factor is the cost */
    CCI_SATISFACTION_CARDINALITY, /* 1 */
    CCI_SATISFACTION_EFFORT,      /* the cost divided by the number of supporters */
    CCI_SATISFACTION_SQRT_COST,   /* the square root of the cost */
    CCI_SATISFACTION_CC           /* 1, but only the best project of a voter counts */
} cci_satisfaction;

extern const char *const cci_satisfactions[]; /* their names; NULL-terminated */

/* The supporters of candidate c are group[start[c]] .. group[start[c + 1] - 1]: ballots of the
 * electorate of weight > 0 that give c a value > 0. */
typedef struct cci_support {
    cocreate_allocator allocator;
    size_t candidates;
    size_t ballots;
    size_t *start;
    uint32_t *group;
    int64_t *value;  /* what each gives; NULL where all give 1 */
    int64_t *weight; /* of all supporters, by candidate */
    int64_t *total;  /* value times weight of all supporters, by candidate */
} cci_support;

/* A ballot gives 1 to what it approves, the points or the score it says, and as a ranking to each
 * option the number of others it ranks below. What gives nothing or less than nothing is no
 * support. COCREATE_ERR_OVERFLOW where a total does not fit 64 bits. Freeing a zeroed struct is a
 * no-op. */
cocreate_status cci_support_open(const cci_run *run, cci_support *out, cocreate_error *error);
void cci_support_close(cci_support *s);

/* What all ballots together give to each candidate, what is below 0 included. */
cocreate_status cci_votes(const cci_run *run, int64_t *votes, cocreate_error *error);

/* What ballot entry i (in the rank that ends before `stop`, on a ballot that ends before `end`)
 * gives to its option; ranks are found as they come. */
static inline int64_t cci_given(const cci_electorate *e, size_t i, size_t *stop, size_t end)
{
    if (e->info.kind != COCREATE_BALLOT_RANKING)
        return e->values[i];
    if (i == *stop)
        *stop = cci_rank_end(e, i, end);
    return (int64_t)(end - *stop);
}

#endif
