/* The positional methods: points by rank. One line a method. */
#ifndef CCI_RANKING_POSITIONAL_METHODS_H
#define CCI_RANKING_POSITIONAL_METHODS_H

#define CCI_POSITIONAL_METHODS(X) \
    X(absolute_majority) \
    X(borda) \
    X(bucklin) \
    X(k_approval) \
    X(plurality) \
    X(positive_negative) \
    X(veto)

#endif
