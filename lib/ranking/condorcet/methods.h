/* The methods on pairwise majorities. One line a method. */
#ifndef CCI_RANKING_CONDORCET_METHODS_H
#define CCI_RANKING_CONDORCET_METHODS_H

#define CCI_CONDORCET_METHODS(X) \
    X(condorcet) \
    X(condorcet_loser) \
    X(copeland) \
    X(llull) \
    X(minimax) \
    X(ranked_pairs) \
    X(river) \
    X(schulze) \
    X(schwartz) \
    X(smith) \
    X(smith_minimax) \
    X(split_cycle) \
    X(uncovered) \
    X(weak_condorcet)

#endif
