/* Committees from scores, seat by seat: the best by score is elected, and the ballots that scored it
 * spend some of what they count for. Ballots that count for the same stand in one class. */
#ifndef CCI_RANKING_RATING_SPENDING_H
#define CCI_RANKING_RATING_SPENDING_H

#include "ranking/method.h"

typedef struct cci_spending {
    cci_run *run;
    int64_t maximum;   /* highest score */
    uint32_t *class_of; /* by ballot */
    cci_rational *shares; /* by class: what its ballots count for */
    size_t classes;
    cci_rational *totals; /* by candidate, in this round */
    uint8_t *alive;
    cci_rational sum, term;
    /* Ballots of a class that give the elected a score, as cells class * (maximum + 1) + score. */
    int64_t *weights;
    cci_rational *left; /* by cell: what they count for afterwards, written by the rule */
} cci_spending;

/* The rule: fill `left` for every cell with weight (score 0: the share stays and is filled already),
 * once `elected` has got a seat with `total`. */
typedef cocreate_status (*cci_spend)(cci_spending *s, const cci_rational *total,
                                     cocreate_error *error);

/* Elect run->seats candidates. */
cocreate_status cci_spending_elect(cci_run *run, cci_spend rule, cocreate_error *error);

/* Options of these methods. */
extern const cci_option_spec cci_spending_options[1];

#endif
