/* The single transferable vote. One line a method. */
#ifndef CCI_RANKING_STV_METHODS_H
#define CCI_RANKING_STV_METHODS_H

#define CCI_STV_METHODS(X) \
    X(stv_scottish)        \
    X(stv_wigm)            \
    X(stv_gregory)         \
    X(stv_meek)            \
    X(stv_warren)

#endif
