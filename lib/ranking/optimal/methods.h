/* The methods that search: orders, sets and lotteries that are best of all. One line a method. */
#ifndef CCI_RANKING_OPTIMAL_METHODS_H
#define CCI_RANKING_OPTIMAL_METHODS_H

#define CCI_OPTIMAL_METHODS(X) \
    X(bipartisan_set) \
    X(dodgson) \
    X(essential_set) \
    X(kemeny) \
    X(maximal_lotteries) \
    X(proportional_borda) \
    X(random_ballot) \
    X(slater) \
    X(young)

#endif
