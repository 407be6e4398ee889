/* What a budget buys. One line a method. */
#ifndef CCI_RANKING_BUDGET_METHODS_H
#define CCI_RANKING_BUDGET_METHODS_H

#define CCI_BUDGET_METHODS(X) \
    X(greedy) \
    X(max_welfare) \
    X(maximin_support) \
    X(phragmen_seq) \
    X(equal_shares) \
    X(exact_equal_shares) \
    X(expanding_approvals)

#endif
