/* The methods on pairwise majorities. One line a method. */
#ifndef CCI_RANKING_CONDORCET_METHODS_H
#define CCI_RANKING_CONDORCET_METHODS_H

#define CCI_CONDORCET_METHODS(X) \
    X(schulze)

#endif
