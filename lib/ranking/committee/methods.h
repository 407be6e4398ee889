/* The committees from approvals. One line a method. */
#ifndef CCI_RANKING_COMMITTEE_METHODS_H
#define CCI_RANKING_COMMITTEE_METHODS_H

#define CCI_COMMITTEE_METHODS(X) \
    X(adams) \
    X(av) \
    X(cc) \
    X(geometric) \
    X(lexcc) \
    X(pav) \
    X(sav) \
    X(slav) \
    X(thiele)

#endif
