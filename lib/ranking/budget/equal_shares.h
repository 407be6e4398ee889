/* The method of equal shares as a run of it goes: who is next, by price, then by its completion. */
#ifndef CCI_RANKING_BUDGET_EQUAL_SHARES_H
#define CCI_RANKING_BUDGET_EQUAL_SHARES_H

#include "ranking/budget/loads.h"
#include "ranking/budget/market.h"

typedef enum cci_completion {
    CCI_COMPLETION_NONE,
    CCI_COMPLETION_GREEDY,
    CCI_COMPLETION_ADD1,
    CCI_COMPLETION_ADD1U,
    CCI_COMPLETION_PHRAGMEN
} cci_completion;

typedef struct cci_equal_shares {
    cci_run *run;
    cci_market market;
    cci_support support;
    cci_purses purses;
    cci_loads loads; /* of the second phase */
    cci_satisfaction satisfaction;
    cci_completion completion;
    int64_t increment;
    int64_t voters;    /* who has money: of a budget all ballots, of a committee those that count */
    uint8_t *too_dear; /* costs more than the whole budget */
    uint8_t *without;  /* not in the second phase */
    int second;        /* the second phase has begun */
    int stopped;       /* at market.tied[0], which does not fit */
    size_t rounds;     /* in the trace */
    cci_buffer unbought; /* elements of a JSON array: what voters could not pay */
} cci_equal_shares;

/* On failure as on success to be closed. */
cocreate_status cci_equal_shares_open(cci_equal_shares *k, cci_run *run,
                                      cci_satisfaction satisfaction, cocreate_error *error);
void cci_equal_shares_close(cci_equal_shares *k);

/* Begin, with that many increments for every voter. What is free and has supporters is bought. */
cocreate_status cci_equal_shares_reset(cci_equal_shares *k, int64_t increments,
                                       cocreate_error *error);
/* The money of all voters together then. */
cocreate_status cci_equal_shares_money(const cci_equal_shares *k, int64_t increments, int64_t *out,
                                       cocreate_error *error);
/* Who is next by price, into market.tied; *n = 0 when nothing can be paid any more. */
cocreate_status cci_equal_shares_next(cci_equal_shares *k, size_t *n, cocreate_error *error);
/* The same in the second phase, which begins with the first call: by the completion phragmen, or in
 * a committee greedy; with others nobody. */
cocreate_status cci_equal_shares_complete(cci_equal_shares *k, size_t *n, cocreate_error *error);
cocreate_status cci_equal_shares_take(cci_equal_shares *k, uint32_t candidate,
                                      cocreate_error *error);

/* The whole method; with `whole` supporters pay whole shares only. */
cocreate_status cci_equal_shares_run(cci_run *run, int whole, cocreate_error *error);

extern const char *const cci_equal_shares_satisfactions[];

/* All options but the completion, which stands before them. */
#define CCI_EQUAL_SHARES_OPTIONS \
    {"increment", CCI_OPTION_INTEGER, NULL, 1, INT64_C(1000000000000), 1, \
     "what a step of add1 gives to every voter, in whole units of the currency; of a committee, " \
     "by how many seats it raises the money of all voters together"}, \
    CCI_LIMITS_OPTION, \
    {"satisfaction", CCI_OPTION_CHOICE, cci_equal_shares_satisfactions, 0, 0, 0, \
     "what a supporter gets from a bought project: its cost, 1, its cost shared by its " \
     "supporters, or the square root of its cost"}

/* -- Trace and sentences ------------------------------------------------------------------------ */

extern const char *const cci_completions[]; /* in the order of cci_completion */
/* Up to the beginning of the rounds. */
cocreate_status cci_equal_shares_write_head(cci_equal_shares *k, int64_t increments,
                                            cocreate_error *error);
/* What was taken last. */
cocreate_status cci_equal_shares_write_round(cci_equal_shares *k, uint32_t candidate,
                                             cocreate_error *error);
/* At the end of the first phase: what voters could not pay. */
cocreate_status cci_equal_shares_write_unbought(cci_equal_shares *k, cocreate_error *error);
/* What comes after the rounds and what was bought greedily. */
cocreate_status cci_equal_shares_write_end(cci_equal_shares *k, cocreate_error *error);

#endif
