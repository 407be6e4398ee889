/* The methods from approvals, scores and points, for one winner or an order. One line a method. */
#ifndef CCI_RANKING_RATING_METHODS_H
#define CCI_RANKING_RATING_METHODS_H

#define CCI_RATING_METHODS(X) \
    X(approval) \
    X(score)

#endif
