/* The committees from approvals. One line a method. */
#ifndef CCI_RANKING_COMMITTEE_METHODS_H
#define CCI_RANKING_COMMITTEE_METHODS_H

#define CCI_COMMITTEE_METHODS(X) \
    X(adams) \
    X(av) \
    X(cc) \
    X(consensus) \
    X(eph) \
    X(geometric) \
    X(lexcc) \
    X(lexmin_minimax_av) \
    X(lexmin_phragmen) \
    X(minimax_av) \
    X(minimax_phragmen) \
    X(monroe) \
    X(pav) \
    X(phragmen_enestroem) \
    X(rsd) \
    X(sav) \
    X(slav) \
    X(thiele)

#endif
