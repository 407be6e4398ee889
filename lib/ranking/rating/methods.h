/* The methods from approvals, scores and points, for one winner or an order. One line a method. */
#ifndef CCI_RANKING_RATING_METHODS_H
#define CCI_RANKING_RATING_METHODS_H

#define CCI_RATING_METHODS(X) \
    X(approval) \
    X(score) \
    X(star) \
    X(majority_judgment) \
    X(cumulative) \
    X(quadratic) \
    X(d21) \
    X(sntv) \
    X(block) \
    X(limited) \
    X(bloc_star) \
    X(allocated_score) \
    X(reweighted_range) \
    X(sequentially_spent_score)

#endif
